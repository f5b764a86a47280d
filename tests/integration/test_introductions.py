"""Pairings of an older version get what the new ones are introduced with: once, and nothing of it late."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.clock.clock import DemoClock
from bot.clock.ticks import Ticks
from bot.db.pairings import PairingRow
from bot.db.programmes import ProgrammeRow
from bot.db.rounds import MatchRow
from bot.db.session import Database
from bot.db.slots import SlotRow
from bot.domain.pairings import EndReason
from bot.domain.rounds import MatchState
from bot.domain.rules import Rules
from bot.domain.slots import SlotKind
from bot.usecases import introductions
from bot.usecases.introductions import introduce, unplanned_follows
from tests.integration.household import START
from tests.integration.neighbourhood import Neighbourhood, found
from tests.integration.test_database import at_once
from tests.integration.watching import watched

A_DAY = timedelta(days=1)
FOLLOWS = (SlotKind.FIT, SlotKind.NO_MEETING, SlotKind.SILENCE, SlotKind.UNSIGNED)
ROUND_AND_ROUND = (SlotKind.NO_MEETING, SlotKind.SILENCE)


@pytest.fixture
def town(database: Database, clock: DemoClock) -> Neighbourhood:
    """Two people whose pairing an older version made: not a slot was planned with it."""
    town = found(database, clock)
    town.pair({"mira": "Europe/Berlin", "jonas": "America/New_York"})
    return town


def planned(town: Neighbourhood, who: str = "mira") -> dict[SlotKind, datetime]:
    """Return what is planned for somebody beside check-ins. Fails if there are two of a kind."""
    rows = [row for kind in FOLLOWS for row in town.slots(who, kind)]
    assert len(rows) == len({row.kind for row in rows})
    return {row.kind: row.due_at for row in sorted(rows, key=lambda row: row.kind)}


def test_what_is_missing_is_planned_once(town: Neighbourhood) -> None:
    """For both, at their own hours: how it fits, whether they are silent, sign, and meet."""
    town.clock.move(A_DAY)

    assert town.ticks.complete() == 8
    assert town.ticks.complete() == 0
    assert planned(town) == {
        SlotKind.FIT: START + 10 * A_DAY,
        SlotKind.NO_MEETING: START + 30 * A_DAY,
        SlotKind.SILENCE: START + timedelta(days=7, hours=1),
        SlotKind.UNSIGNED: START + timedelta(days=7, hours=5),
    }
    assert tuple(planned(town, "jonas")) == FOLLOWS


@pytest.mark.parametrize(
    ("days", "kinds"), [(8, ("fit", *ROUND_AND_ROUND)), (11, ROUND_AND_ROUND), (40, ROUND_AND_ROUND)]
)
def test_it_begins_with_what_lies_ahead(town: Neighbourhood, days: int, kinds: tuple[SlotKind, ...]) -> None:
    """What comes a single time and is past does not come; what comes again keeps its turns since the introduction."""
    town.clock.move_to(START + days * A_DAY + timedelta(hours=6))
    town.ticks.complete()

    found = planned(town)
    assert tuple(found) == kinds
    for kind, turn in ((SlotKind.SILENCE, 7), (SlotKind.NO_MEETING, 30)):
        ahead = (found[kind].date() - START.date()).days
        assert ahead > days
        assert ahead % turn == 0 or found[kind].weekday() == 0, "a weekend may lie before it"
        assert ahead - days <= turn + 2
    assert not town.ticks.fire()


def test_what_a_new_pairing_is_introduced_with_is_all_there_is(town: Neighbourhood) -> None:
    with town.database.transaction(town.workspace) as tx:
        old = tx.all(sa.select(PairingRow))[0]
        tx.pairings.end(old, EndReason.LEFT)
        match = tx.rounds.match(old.match_id)
        again = MatchRow(
            workspace_id=tx.workspace,
            round_id=match.round_id,
            state=MatchState.PROPOSED,
            position=1,
            quality="strong",
            score=90,
            members=match.members,
            reasons=match.reasons,
        )
        tx.add(again)
        tx.flush()
        introduce(tx, 12, again, old.party)

    found = planned(town)
    assert tuple(found) == FOLLOWS
    assert town.ticks.complete() == 0
    assert planned(town) == found


def test_nothing_is_planned_that_a_programme_does_without_or_for_who_has_gone(town: Neighbourhood) -> None:
    with town.database.transaction(town.workspace) as tx:
        tx.change(sa.update(ProgrammeRow).values(own_rules=Rules(silence_days=()).changed()))
    town.change("jonas", deactivated=True)
    town.ticks.complete()

    assert SlotKind.SILENCE not in planned(town)
    assert planned(town, "jonas") == {}


def test_processes_at_once_plan_it_once(town: Neighbourhood) -> None:
    def complete(_: int) -> int:
        return Ticks(town.database, deliver=lambda: 0, reap=lambda: 0).complete()

    assert sum(at_once(4, complete)) == 8
    assert tuple(planned(town)) == FOLLOWS


def test_thousands_are_planned_in_small_steps(town: Neighbourhood, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for a write; what one step leaves the next one finds."""
    monkeypatch.setattr(introductions, "CHUNK", 4)
    town.pair({"lena": "Europe/Berlin", "noah": "Europe/Berlin"})

    assert town.ticks.complete() == 16
    assert {tuple(planned(town, who)) for who in town.people} == {FOLLOWS}


def test_it_takes_as_many_statements_for_hundreds_as_for_a_few(town: Neighbourhood) -> None:
    """Also where nothing is missing: it comes again and again."""
    counted = []
    for pairs in (3, 60):
        for number in range(pairs):
            town.pair({f"a{pairs}x{number}": "Europe/Berlin", f"b{pairs}x{number}": "Europe/Berlin"})
        for _ in range(2):
            with watched(town.database) as said:
                town.ticks.complete()
            counted.append(len(said))

    assert counted[:2] == counted[2:]
    with town.database.reading(town.workspace) as tx:
        assert unplanned_follows(tx) == []
        assert tx.count(sa.select(SlotRow)) == 4 * len(town.people)

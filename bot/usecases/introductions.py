"""How a match goes live, and what is planned for its people from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import PairingRow
from bot.db.rounds import MatchRow
from bot.db.transaction import Transaction
from bot.domain import cadence, programmes
from bot.domain.fits import FIRST
from bot.domain.messages import MessageKind
from bot.domain.rounds import MatchState
from bot.domain.rules import Rules
from bot.domain.slots import Due, SlotKind
from bot.usecases import fits, looks, meeting_prompts, signatures
from bot.usecases.slots import A_WEEK, CHUNK, Unplanned


def introduce(tx: Transaction, weeks: int, match: MatchRow, members: Iterable[EnrolmentRow]) -> None:
    """Make a pairing of ``weeks`` weeks of a match and tell its people who they are to each other and why."""
    people = list(members)
    match.state = MatchState.INTRODUCED
    ends_on = programmes.last_day(cadence.local_day(tx.now, people[0].person.zone), weeks)
    pairing = tx.pairings.add(people[0].programme_id, match.id, [row.id for row in people], ends_on)
    for row in people:
        row.waited_rounds = 0
        tx.goals.share_waiting(row.enrolment_id, pairing.id)
    tx.slots.plan(due for one in _FOLLOWS.values() for row in people if (due := one.first(pairing, row, tx.now)))
    tx.outbox.put(MessageKind.INTRODUCTION, to=pairing.id, key=f"introduction:{pairing.id}", subject=pairing.id)


class _Follows(NamedTuple):
    """Something every member of a pairing is asked, or looked after for, beginning with ``first``.

    ``once``: what comes a single time, and how long after the introduction; None for what comes again and again.
    ``wanted``: whether a programme has it at all.
    """

    first: Callable[[PairingRow, EnrolmentRow, datetime], Due | None]
    once: Callable[[Rules], timedelta] | None = None
    wanted: Callable[[Rules], bool] = lambda _: True


_FOLLOWS: Mapping[SlotKind, _Follows] = MappingProxyType(
    {
        SlotKind.FIT: _Follows(lambda pairing, row, _: fits.first_question(pairing, row), lambda _: FIRST),
        SlotKind.SILENCE: _Follows(looks.first_look, wanted=lambda rules: bool(rules.silence_days)),
        SlotKind.UNSIGNED: _Follows(
            lambda pairing, row, _: signatures.only_nudge(pairing, row), lambda rules: timedelta(rules.unsigned_days)
        ),
        SlotKind.NO_MEETING: _Follows(meeting_prompts.first_look),
    }
)


def unplanned_follows(tx: Transaction) -> list[Unplanned]:
    """Return what is not planned yet for people whose pairing is older than the version that brought it.

    It begins with the next moment that lies ahead: nothing comes late because of an update. This only reads, and
    returns at most so much as is to be written at once.
    """
    rules = {row.id: row.rules for row in tx.programmes.active()}
    missing = {kind: _missing(tx, kind, follows, rules) for kind, follows in _FOLLOWS.items()}
    pairings = tx.pairings.with_people_of({one for several in missing.values() for one in several})
    members = {row.id: (pairing, row) for pairing in pairings.values() for row in pairing.present}
    first = (_FOLLOWS[kind].first(*members[one], tx.now) for kind, several in missing.items() for one in several)
    return [Unplanned(due, None) for due in first if due and due.at > tx.now]


def _missing(tx: Transaction, kind: SlotKind, follows: _Follows, rules: Mapping[UUID, Rules]) -> list[UUID]:
    wanted = [programme for programme, one in rules.items() if follows.wanted(one)]
    begun_after = None
    if follows.once:  # give or take holidays and weekends, behind which it may have been put
        begun_after = tx.now - A_WEEK - max((follows.once(rules[one]) for one in wanted), default=timedelta())
    return tx.slots.missing(kind, wanted, begun_after, CHUNK // len(_FOLLOWS))

"""The shared part of a check-in: what the partner reads of it, and how they cheer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.db.checkins import CheckinRow
from bot.db.pairings import PairingRow
from bot.db.transaction import Transaction
from bot.domain.access import Action, NotYours, Thing, decide
from bot.domain.checkins import CheckinState, Outcome
from bot.domain.goals import Confidence
from bot.domain.ids import CheckinId, PersonId
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.visibility import Visibility
from bot.usecases import goals, replies
from bot.usecases.participants import may_be_told_at
from bot.usecases.promises import promised_until, words_of


@dataclass(frozen=True, slots=True)
class SharedGoal:
    """How a goal stands that is shared with the reader: ``done`` of ``steps``, and how its author sees it going."""

    title: str
    done: int
    steps: int
    confidence: Confidence | None


@dataclass(frozen=True, slots=True)
class CheckinSummary:
    """What the partner reads: only the shared part.

    ``hand_up``: the author could use a hand; ``helping``: the reader has offered one; ``carried``: it stands in one
    message with other news. In the last check-in of a time together ``promise`` is empty.
    """

    id: CheckinId
    author: str
    outcome: Outcome | None
    promised: str | None
    progress: str | None
    goals: tuple[SharedGoal, ...]
    promise: str
    next_day: date
    cheered: bool
    hand_up: bool = False
    helping: bool = False
    carried: bool = False


def summary(tx: Transaction, checkin: UUID, reader: PersonId) -> CheckinSummary | None:
    """Return the shared part of a check-in as ``reader`` may see it now; None when they may not any more."""
    row = tx.checkins.find(checkin)
    if row is None or row.state is not CheckinState.ANSWERED:
        return None
    pairing = tx.pairings.get(row.pairing_id)
    if reader not in pairing.people - {row.owner_id}:
        return None
    return _summary(tx, row, pairing, reader)


def _summary(tx: Transaction, row: CheckinRow, pairing: PairingRow, reader: PersonId) -> CheckinSummary:
    note = tx.notes.find(row.note_id) if row.note_id else None
    readable = note if note and note.visibility is Visibility.SHARED and note.pairing_id == pairing.id else None
    made = tx.promises.find(row.next_promise_id)
    return CheckinSummary(
        row.checkin_id,
        tx.people.get(row.owner_id).name,
        row.outcome,
        words_of(tx.promises.find(row.promise_id)),
        readable.text if readable else None,
        _shared_goals(tx, row, reader),
        words_of(made) or "",
        promised_until(tx, row),
        cheered=has_cheered(tx, row, reader),
        hand_up=row.hand_up,
        helping=replies.has_offered(tx, row, reader),
        carried=tx.catch_up.is_carried(MessageKind.CHECKIN_SUMMARY, row.id, reader),
    )


def _shared_goals(tx: Transaction, row: CheckinRow, reader: PersonId) -> tuple[SharedGoal, ...]:
    mine = tx.goals.active_of(row.enrolment_id)
    return tuple(
        SharedGoal(goal.title or "", goal.done_steps, len(goal.steps), goal.confidence)
        for goal in mine
        if reader in goals.audience(tx, goal)
    )


def cheer(tx: Transaction, actor: Actor, checkin: UUID) -> CheckinSummary:
    """Cheer a partner on, once per check-in. Raises NotYours."""
    row = tx.checkins.find(checkin)
    pairing = tx.pairings.get(row.pairing_id) if row else None
    people = pairing.people if pairing else frozenset()
    decide(actor, Action.CHEER, Thing(author=row.owner_id if row else None, partners=people))
    if row is None or pairing is None or row.state is not CheckinState.ANSWERED or row.owner_id not in people:
        raise NotYours
    when = may_be_told_at(tx, tx.enrolments.get(row.enrolment_id))
    key = _cheer_key(row, actor.person)
    tx.outbox.put(MessageKind.CHEER, to=row.owner_id, key=key, subject=actor.person, not_before=when)
    return _redrawn(tx, row, pairing, actor.person, f"cheer:{actor.person}")


def offer_help(tx: Transaction, actor: Actor, checkin: UUID) -> CheckinSummary:
    """Offer to help with a partner's check-in, once; its author hears of it. Raises NotYours or NotTogether."""
    row, pairing = replies.tell_of_help(tx, actor, checkin)
    return _redrawn(tx, row, pairing, actor.person, f"help:{actor.person}")


def _redrawn(tx: Transaction, row: CheckinRow, pairing: PairingRow, reader: PersonId, change: str) -> CheckinSummary:
    """Return the summary after the reader's click; where it stands among other news, that message is made anew."""
    shown = _summary(tx, row, pairing, reader)
    if shown.carried:
        tx.outbox.revise(MessageKind.CHECKIN_SUMMARY, row.id, change)
    return shown


def has_cheered(tx: Transaction, row: CheckinRow, person: PersonId) -> bool:
    """Say whether ``person`` cheered this check-in already."""
    return tx.outbox.exists(_cheer_key(row, person))


def _cheer_key(row: CheckinRow, person: PersonId) -> str:
    return f"cheer:{row.occasion}:{person}"

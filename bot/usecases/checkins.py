"""The weekly check-in: opened at the person's own hour, answered in a minute, told to the partner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.db.checkins import CheckinRow, PromiseRow
from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import PairingRow
from bot.db.transaction import Transaction
from bot.domain import checkins
from bot.domain.access import Action, NotYours, Thing, decide
from bot.domain.checkins import (
    CheckinAnswer,
    CheckinOver,
    CheckinState,
    CheckinTooLate,
    NoCheckin,
    NoCheckinYet,
    NoMoreCheckins,
    Outcome,
    PromiseState,
)
from bot.domain.ids import CheckinId
from bot.domain.messages import MessageKind
from bot.domain.pairings import PairingState
from bot.domain.people import Actor
from bot.domain.refusals import Refused
from bot.domain.visibility import Visibility
from bot.usecases.notes import add_note, as_goal
from bot.usecases.participants import own_enrolment, tell
from bot.usecases.slots import next_checkin


@dataclass(frozen=True, slots=True)
class CheckinPrompt:
    """What a check-in asks. ``promised`` is None in the first week; ``next_day`` is until when they promise."""

    id: CheckinId
    name: str
    partners: tuple[str, ...]
    promised: str | None
    question: str
    next_day: date
    line_is_shared: bool
    answer: CheckinAnswer | None


@dataclass(frozen=True, slots=True)
class Kept:
    """An answered check-in as its author sees it."""

    prompt: CheckinPrompt
    first_time: bool


def read_checkin(tx: Transaction, actor: Actor, checkin: UUID) -> CheckinPrompt:
    """Return what a check-in of the actor's asks. Raises NotYours or CheckinOver."""
    return _prompt(tx, own_checkin(tx, actor, checkin))


def current_checkin(tx: Transaction, actor: Actor) -> CheckinPrompt:
    """Return the actor's check-in that can be answered or edited now.

    Raises NotEnrolled, NoCheckin, NoMoreCheckins or NoCheckinYet.
    """
    enrolment = own_enrolment(tx, actor)
    row = latest_of(tx, enrolment)
    if row is None:
        raise _none_open(tx, enrolment)
    return _prompt(tx, row)


def _none_open(tx: Transaction, enrolment: EnrolmentRow) -> Refused:
    day = next_checkin(tx, enrolment)
    if day:
        return NoCheckin(day=day)
    return NoMoreCheckins() if tx.pairings.current(enrolment.id) else NoCheckinYet()


def latest_of(tx: Transaction, enrolment: EnrolmentRow) -> CheckinRow | None:
    """Return the newest check-in of an enrolment if it belongs to the pairing they are in now."""
    row, pairing = tx.checkins.latest(enrolment.id), tx.pairings.current(enrolment.id)
    return row if row and pairing and row.pairing_id == pairing.id else None


def answer_checkin(tx: Transaction, actor: Actor, checkin: UUID, answer: CheckinAnswer) -> Kept:
    """Keep an answer (or an edit of it) and tell the partners the shared part.

    Raises NotYours, CheckinOver, OutcomeMissing, PromiseMissing, PromiseTooLong, ProgressTooLong, TextTooLong.
    """
    row = own_checkin(tx, actor, checkin)
    kept = checkins.kept_answer(answer, promised_before=row.promise_id is not None)
    first_time = row.state is CheckinState.OPEN
    _settle_promise(tx, row, kept.outcome)
    _make_promise(tx, row, kept.promise)
    _keep_line(tx, row, kept.progress)
    tx.reflections.keep(row, kept.reflection)
    row.outcome, row.state, row.answered_at = kept.outcome, CheckinState.ANSWERED, tx.now
    tx.flush()
    for kind in (MessageKind.CHECKIN, MessageKind.CHECKIN_REMINDER):
        tx.outbox.revise(kind, row.id, tx.now.isoformat())
    if first_time:
        for other in tx.pairings.get(row.pairing_id).others(row.owner_id):
            tell(tx, other, MessageKind.CHECKIN_SUMMARY, str(row.id), subject=row.id)
    else:
        tx.outbox.revise(MessageKind.CHECKIN_SUMMARY, row.id, tx.now.isoformat())
    return Kept(_prompt(tx, row), first_time)


def _settle_promise(tx: Transaction, row: CheckinRow, outcome: Outcome | None) -> None:
    promise = tx.promises.find(row.promise_id)
    if promise and outcome:
        promise.state, promise.closed_at = checkins.promise_after(outcome), tx.now


def _make_promise(tx: Transaction, row: CheckinRow, text: str) -> None:
    made = tx.promises.find(row.next_promise_id)
    if made:
        made.text = text
    else:
        row.next_promise_id = tx.promises.make(row, text, promised_until(tx, row)).id


def promised_until(tx: Transaction, row: CheckinRow) -> date:
    """Return until when the promise made in a check-in is for."""
    return checkins.week_ends(row.day, tx.pairings.get(row.pairing_id).ends_on)


def _keep_line(tx: Transaction, row: CheckinRow, text: str | None) -> None:
    note = tx.notes.find(row.note_id) if row.note_id else None
    if note and text:
        note.text = text
    elif note:
        row.note_id = None
        tx.flush()
        tx.remove(note)
    elif text:
        goal, shown = tx.goals.current(row.enrolment_id), _line_visibility(tx, row)
        row.note_id = add_note(tx, tx.enrolments.get(row.enrolment_id), goal, text, shown, announce=False).id


def _line_visibility(tx: Transaction, row: CheckinRow) -> Visibility:
    """A line is shared as its goal is with this pairing; without a goal it is part of the report."""
    goal = tx.goals.current(row.enrolment_id)
    return as_goal(goal, tx.pairings.get(row.pairing_id)) if goal else Visibility.SHARED


def own_checkin(tx: Transaction, actor: Actor, checkin: UUID) -> CheckinRow:
    """Return a check-in of the actor's that may still be answered.

    Raises NotWelcome, NotYours, CheckinOver or CheckinTooLate.
    """
    row = tx.checkins.find(checkin)
    decide(actor, Action.CHANGE, Thing(author=row.owner_id if row else None))
    enrolment = tx.enrolments.active_or_none(actor.person)
    if row is None or enrolment is None or enrolment.id != row.enrolment_id:
        raise NotYours
    pairing = tx.pairings.get(row.pairing_id)
    if pairing.state is PairingState.ENDED:
        raise CheckinTooLate
    if actor.person not in pairing.people:
        raise NotYours
    latest = tx.checkins.latest(row.enrolment_id)
    if row.state is CheckinState.MISSED or (latest and latest.id != row.id):
        raise CheckinOver
    return row


def prompt(tx: Transaction, checkin: UUID) -> CheckinPrompt | None:
    """Return what a check-in message asks; None when it is answered, over, or its person takes a break."""
    row = tx.checkins.find(checkin)
    if row is None or row.state is not CheckinState.OPEN:
        return None
    pairing, enrolment = tx.pairings.get(row.pairing_id), tx.enrolments.get(row.enrolment_id)
    if row.owner_id not in pairing.people or enrolment.paused_until:
        return None
    return _prompt(tx, row)


def answered_prompt(tx: Transaction, checkin: UUID) -> CheckinPrompt | None:
    """Return an answered check-in for the message that asked it; None while it is open or when it is gone."""
    row = tx.checkins.find(checkin)
    return _prompt(tx, row) if row and row.state is CheckinState.ANSWERED else None


def words_of(promise: PromiseRow | None) -> str | None:
    """Return what was promised, if anything was."""
    return promise.text if promise else None


def _prompt(tx: Transaction, row: CheckinRow) -> CheckinPrompt:
    pairing = tx.pairings.get(row.pairing_id)
    return CheckinPrompt(
        row.checkin_id,
        tx.people.get(row.owner_id).name,
        tuple(other.person.name for other in pairing.others(row.owner_id)),
        words_of(tx.promises.find(row.promise_id)),
        row.question,
        promised_until(tx, row),
        _line_visibility(tx, row) is Visibility.SHARED,
        _answer(tx, row) if row.state is CheckinState.ANSWERED else None,
    )


def _answer(tx: Transaction, row: CheckinRow) -> CheckinAnswer:
    note = tx.notes.find(row.note_id) if row.note_id else None
    reflection = tx.reflections.of(row.id)
    return CheckinAnswer(
        row.outcome,
        note.text if note else None,
        words_of(tx.promises.find(row.next_promise_id)) or "",
        reflection.text if reflection else None,
    )


def open_promise(tx: Transaction, enrolment: EnrolmentRow, pairing: PairingRow) -> tuple[str, date] | None:
    """Return what an enrolment has promised and until when, if something is open."""
    row = tx.promises.open_of(enrolment.id, pairing.id)
    return (row.text or "", row.due_on) if row and row.state is PromiseState.OPEN else None

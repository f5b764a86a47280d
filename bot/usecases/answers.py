"""Answer a check-in: by two taps, by the whole form, a second time, or take it back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from bot.db.checkins import CheckinRow
from bot.db.transaction import Transaction
from bot.domain import answers
from bot.domain.answers import CheckinAnswer, OutcomeMissing, StepGone
from bot.domain.checkins import CheckinState, Outcome
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.promises import Then
from bot.usecases import promises, replies
from bot.usecases.checkins import CheckinPrompt, begin_early, line_visibility, own_checkin, prompt_of
from bot.usecases.notes import add_note
from bot.usecases.participants import tell
from bot.usecases.summaries import CheckinSummary, summary

ASKING = (MessageKind.CHECKIN, MessageKind.CHECKIN_REMINDER, MessageKind.CHECKIN_AGAIN)


@dataclass(frozen=True, slots=True)
class Kept:
    """An answered check-in as its author sees it."""

    prompt: CheckinPrompt
    first_time: bool


def report_outcome(tx: Transaction, actor: Actor, checkin: UUID, outcome: Outcome) -> CheckinPrompt:
    """Keep what became of the promise, at once; what counts already stays. Raises NotYours or CheckinOver.

    Nobody is told yet: that comes with the next promise. Where none is asked for, this is the whole answer.
    """
    row = own_checkin(tx, actor, checkin)
    asked = tx.promises.find(row.promise_id)
    if asked and row.outcome is None:
        row.outcome, row.state, row.answered_at = outcome, CheckinState.OPEN, tx.now
        if outcome is Outcome.KEPT:
            promises.settle(tx, asked, outcome, None)
        tx.flush()
    asked_now = prompt_of(tx, row)
    if asked and row.outcome and row.state is CheckinState.OPEN and not asked_now.asks_promise:
        promises.settle(tx, asked, row.outcome, None)
        return _answered(tx, row).prompt
    if needs_words(asked_now):
        have_messages_follow(tx, row)
    return asked_now


def counts(asked: CheckinPrompt) -> bool:
    """Say whether something has been said in a check-in already, or that it is put aside."""
    return asked.state is not CheckinState.OPEN or asked.outcome is not None


def needs_words(asked: CheckinPrompt) -> bool:
    """Say whether the next promise can only be typed: nothing is left to decide, and no step is there to choose."""
    tapped = asked.state is CheckinState.OPEN and asked.outcome is not None
    return tapped and asked.settled and asked.asks_promise and not asked.steps


def let_go(tx: Transaction, actor: Actor, checkin: UUID) -> CheckinPrompt:
    """Let the promise go that a check-in asks about. Raises NotYours, CheckinOver or OutcomeMissing."""
    row = _reported(tx, actor, checkin)
    asked = tx.promises.find(row.promise_id)
    if asked and row.state is CheckinState.OPEN and row.outcome and row.outcome is not Outcome.KEPT:
        promises.settle(tx, asked, row.outcome, Then.LET_GO)
        tx.flush()
    return prompt_of(tx, row)


def carry_over(tx: Transaction, actor: Actor, checkin: UUID) -> Kept:
    """Promise the same once more; what counts already stays. Raises NotYours, CheckinOver or OutcomeMissing."""
    row = _reported(tx, actor, checkin)
    asked = tx.promises.find(row.promise_id)
    if row.state is CheckinState.ANSWERED or asked is None or row.outcome is Outcome.KEPT:
        return Kept(prompt_of(tx, row), first_time=False)
    return _promised(tx, row, asked.text or "", asked.step_id, Then.CARRY)


def take_step(tx: Transaction, actor: Actor, checkin: UUID, step: UUID) -> Kept:
    """Promise one of the actor's next steps; what counts already stays.

    Raises NotYours, CheckinOver, OutcomeMissing or StepGone.
    """
    row = _reported(tx, actor, checkin)
    if row.state is CheckinState.ANSWERED:
        return Kept(prompt_of(tx, row), first_time=False)
    return _promised(tx, row, _step_text(tx, row, step), step, None)


def promise_line(tx: Transaction, actor: Actor, checkin: UUID, text: str, then: Then | None) -> Kept:
    """Promise something in one's own words, with ``then`` in place of what was not kept; typed again it is changed.

    Raises NotYours, CheckinOver, OutcomeMissing, PromiseMissing or TextTooLong.
    """
    row = _reported(tx, actor, checkin)
    return _promised(tx, row, answers.kept_promise(text), None, then)


def _reported(tx: Transaction, actor: Actor, checkin: UUID) -> CheckinRow:
    row = own_checkin(tx, actor, checkin)
    if row.promise_id and row.outcome is None:
        raise OutcomeMissing
    return row


def _step_text(tx: Transaction, row: CheckinRow, step: UUID) -> str:
    found = [one for one in promises.open_steps(tx.goals.active_of(row.enrolment_id)) if one.id == step]
    if not found:
        raise StepGone
    return found[0].text or ""


def _promised(tx: Transaction, row: CheckinRow, text: str, step: UUID | None, then: Then | None) -> Kept:
    asked = tx.promises.find(row.promise_id)
    if asked and row.outcome:
        promises.settle(tx, asked, row.outcome, then)
    promises.make(tx, row, text, step, promises.promised_until(tx, row))
    return _answered(tx, row)


def answer_checkin(tx: Transaction, actor: Actor, checkin: UUID | None, answer: CheckinAnswer) -> Kept:
    """Keep a whole answer (or an edit of it) and tell the partners the shared part; None reports ahead of time.

    Raises NotYours, CheckinOver, NoCheckinYet, OutcomeMissing, PromiseMissing, StepGone or TextTooLong.
    """
    row = own_checkin(tx, actor, checkin or begin_early(tx, actor))
    asked = tx.promises.find(row.promise_id)
    ahead = promises.ahead_of(tx, row)
    kept = answers.kept_answer(answer, promised_before=asked is not None, asks_promise=ahead.asked)
    text, step = _chosen(tx, row, kept)
    if asked and kept.outcome:
        promises.settle(tx, asked, kept.outcome, kept.then)
    if text:
        promises.make(tx, row, text, step, ahead.day)
    _keep_line(tx, row, kept.progress)
    _keep_goals(tx, row, kept)
    tx.reflections.keep(row, kept.reflection)
    if tx.enrolments.get(row.enrolment_id).asks_mood:
        tx.moods.keep(row, kept.mood)
    row.outcome, row.hand_up = kept.outcome, kept.hand_up
    return _answered(tx, row)


def preview_answer(tx: Transaction, actor: Actor, checkin: UUID | None, answer: CheckinAnswer) -> CheckinSummary | None:
    """Keep an answer and return what a partner reads of it: to be tried in a transaction of which nothing is kept.

    None when there is nobody to read it. Raises as ``answer_checkin``.
    """
    kept = answer_checkin(tx, actor, checkin, answer).prompt
    others = tx.pairings.get(own_checkin(tx, actor, kept.id).pairing_id).others(actor.person)
    return summary(tx, kept.id, others[0].owner_id) if others else None


def _chosen(tx: Transaction, row: CheckinRow, kept: CheckinAnswer) -> tuple[str, UUID | None]:
    """Return what is promised and the step it is: one's own words first, then a step, then what is carried over."""
    asked, made = tx.promises.find(row.promise_id), tx.promises.find(row.next_promise_id)
    if kept.promise:
        stands = next((one for one in (made, asked) if one and one.text == kept.promise), None)
        return kept.promise, stands.step_id if stands else None
    if kept.step:
        return _step_text(tx, row, kept.step), kept.step
    return (asked.text or "", asked.step_id) if asked and kept.then else ("", None)


def _keep_line(tx: Transaction, row: CheckinRow, text: str | None) -> None:
    note = tx.notes.find(row.note_id) if row.note_id else None
    if note and text:
        note.text = text
    elif note:
        row.note_id = None
        tx.flush()
        tx.remove(note)
    elif text:
        goal, shown = tx.goals.current(row.enrolment_id), line_visibility(tx, row)
        row.note_id = add_note(tx, tx.enrolments.get(row.enrolment_id), goal, text, shown, announce=False).id


def _keep_goals(tx: Transaction, row: CheckinRow, kept: CheckinAnswer) -> None:
    said = dict(kept.confidence)
    for goal in tx.goals.active_of(row.enrolment_id):
        goal.confidence = said.get(goal.id, goal.confidence)


def _answered(tx: Transaction, row: CheckinRow) -> Kept:
    """Close a check-in that has its promise; its messages turn into the answer, its partners read the shared part."""
    first_time = row.state is not CheckinState.ANSWERED
    row.state, row.answered_at = CheckinState.ANSWERED, tx.now
    tx.flush()
    have_messages_follow(tx, row)
    tell_partners(tx, row)
    return Kept(prompt_of(tx, row), first_time)


def have_messages_follow(tx: Transaction, row: CheckinRow) -> None:
    """Have whatever asked this check-in show what is true now."""
    for kind in ASKING:
        tx.outbox.revise(kind, row.id, tx.now.isoformat())


def tell_partners(tx: Transaction, row: CheckinRow) -> None:
    """Tell the partners the shared part once; what they have been told already is made anew."""
    tx.outbox.revise(MessageKind.CHECKIN_SUMMARY, row.id, tx.now.isoformat())
    for other in tx.pairings.get(row.pairing_id).others(row.owner_id):
        tell(tx, other, MessageKind.CHECKIN_SUMMARY, row.occasion, subject=row.id)


def take_back(tx: Transaction, actor: Actor, checkin: UUID) -> CheckinPrompt:
    """Take an answer back as if it had never been, the partners' copies too; it can be given anew.

    Raises NotYours, CheckinOver or AnswerStands.
    """
    row = own_checkin(tx, actor, checkin)
    if row.answered_at is None:
        return prompt_of(tx, row)
    answers.check_undo(row.answered_at, tx.now, tx.enrolments.get(row.enrolment_id).programme.rules.undo_minutes)
    asked, made = tx.promises.find(row.promise_id), tx.promises.find(row.next_promise_id)
    if asked:
        promises.reopen(tx, asked)
    _keep_line(tx, row, None)
    tx.reflections.keep(row, None)
    tx.moods.keep(row, None)
    row.state, row.outcome, row.answered_at, row.hand_up = CheckinState.OPEN, None, None, False
    row.next_promise_id, row.taken_back = None, row.taken_back + 1
    tx.flush()
    if made:
        tx.remove(made)
    tx.outbox.withdraw(MessageKind.CHECKIN_SUMMARY, row.id)
    replies.forget_offers(tx, row)
    have_messages_follow(tx, row)
    return prompt_of(tx, row)

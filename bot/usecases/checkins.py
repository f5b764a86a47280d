"""The weekly check-in: what it asks, and which one can be answered now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5
from zlib import crc32

from bot.db.checkins import CheckinRow, Opened, Week
from bot.db.enrolments import EnrolmentRow
from bot.db.goals import GoalRow
from bot.db.pairings import PairingRow
from bot.db.promises import PromiseRow
from bot.db.transaction import Transaction
from bot.domain import cadence, reflections
from bot.domain.access import Action, NotYours, Thing, decide
from bot.domain.answers import CheckinAnswer
from bot.domain.checkins import (
    CheckinOver,
    CheckinState,
    CheckinTooLate,
    NoCheckin,
    NoCheckinYet,
    NoMoreCheckins,
    Outcome,
)
from bot.domain.goals import Confidence
from bot.domain.ids import CheckinId
from bot.domain.pairings import PairingState
from bot.domain.people import Actor
from bot.domain.promises import PromiseState, decided
from bot.domain.refusals import Refused
from bot.domain.streaks import weeks_in_a_row
from bot.domain.visibility import Visibility
from bot.usecases.notes import as_goal
from bot.usecases.participants import local_today, own_enrolment
from bot.usecases.promises import NextStep, ahead_of, next_steps, words_of
from bot.usecases.slots import next_checkin


@dataclass(frozen=True, slots=True)
class GoalAsked:
    """A goal whose author is asked how it goes."""

    id: UUID
    title: str
    confidence: Confidence | None


@dataclass(frozen=True, slots=True)
class CheckinPrompt:
    """What a check-in asks, and what counts of its answer so far.

    ``promised`` is None in the first week, ``plan`` says when and how they meant to do it, ``settled`` whether nothing
    is left to decide about it; ``next_day`` is until when they promise, if that is asked for at all. ``weeks`` is for
    the author alone; ``early``: it is not there yet, and begins with the answer; ``last``: the close comes next.
    """

    id: CheckinId
    name: str
    partners: tuple[str, ...]
    promised: str | None
    question: str
    next_day: date
    line_is_shared: bool
    answer: CheckinAnswer | None
    state: CheckinState = CheckinState.OPEN
    outcome: Outcome | None = None
    settled: bool = False
    plan: str | None = None
    since: date | None = None
    steps: tuple[NextStep, ...] = ()
    goals: tuple[GoalAsked, ...] = ()
    asks_mood: bool = False
    weeks: int = 0
    early: bool = False
    asks_promise: bool = True
    last: bool = False


def read_checkin(tx: Transaction, actor: Actor, checkin: UUID) -> CheckinPrompt:
    """Return what a check-in of the actor's asks. Raises NotYours or CheckinOver."""
    return prompt_of(tx, own_checkin(tx, actor, checkin))


def early_checkin(tx: Transaction, actor: Actor) -> CheckinPrompt:
    """Begin a check-in ahead of time and return what it asks: to be tried in a transaction of which nothing is kept.

    Raises NotEnrolled or NoCheckinYet.
    """
    before = latest_of(tx, own_enrolment(tx, actor))
    begun = prompt_of(tx, own_checkin(tx, actor, begin_early(tx, actor)))
    return replace(begun, early=before is None or before.id != begun.id)


def begin_early(tx: Transaction, actor: Actor) -> UUID:
    """Open a check-in ahead of time, or return the open one. Raises NotEnrolled or NoCheckinYet.

    It is this week's if that has not come yet, which then does not come any more; else one of its day beside it.
    """
    enrolment = own_enrolment(tx, actor)
    row = latest_of(tx, enrolment)
    if row and row.state is CheckinState.OPEN:
        return row.id
    ahead = _ahead_of_time(tx, enrolment)
    tx.checkins.open([ahead])
    return ahead.id


def _ahead_of_time(tx: Transaction, enrolment: EnrolmentRow) -> Opened:
    pairing = tx.pairings.current(enrolment.id)
    if pairing is None:
        raise NoCheckinYet
    weeks, today = tx.checkins.weeks_of([enrolment.id]).get(enrolment.id, []), local_today(tx, enrolment)
    taken = any(one.week == cadence.iso_week(today) for one in weeks)
    promise = tx.promises.open_of(enrolment.id, pairing.id)
    period = today.isoformat() if taken else cadence.iso_week(today)
    return opening(enrolment, pairing.id, period, today, weeks, promise.id if promise else None)


def opening(
    to: EnrolmentRow, pairing: UUID, period: str, day: date, weeks: Sequence[Week], promise: UUID | None
) -> Opened:
    """Return a check-in as it begins, with a question that was not asked yet.

    Its id follows from person and period, so that the same week has the same message and the same buttons even in a
    database that was put back and does not know that it has asked already.
    """
    # By Slack's id, so that the same weeks played again ask the same questions.
    question = reflections.next_question({one.question for one in weeks}, crc32(to.person.slack_id.encode()))
    return Opened(uuid5(to.id, f"checkin:{period}"), to.id, to.owner_id, pairing, period, day, question, promise)


def current_checkin(tx: Transaction, actor: Actor) -> CheckinPrompt:
    """Return the actor's check-in that can be answered or edited now.

    Raises NotEnrolled, NoCheckin, NoMoreCheckins or NoCheckinYet.
    """
    enrolment = own_enrolment(tx, actor)
    row = latest_of(tx, enrolment)
    if row is None:
        raise _none_open(tx, enrolment)
    return prompt_of(tx, row)


def _none_open(tx: Transaction, enrolment: EnrolmentRow) -> Refused:
    day = next_checkin(tx, enrolment)
    if day:
        return NoCheckin(day=day)
    return NoMoreCheckins() if tx.pairings.current(enrolment.id) else NoCheckinYet()


def latest_of(tx: Transaction, enrolment: EnrolmentRow) -> CheckinRow | None:
    """Return the newest check-in of an enrolment if it belongs to the pairing they are in now."""
    row, pairing = tx.checkins.latest(enrolment.id), tx.pairings.current(enrolment.id)
    return row if row and pairing and row.pairing_id == pairing.id else None


def line_visibility(tx: Transaction, row: CheckinRow) -> Visibility:
    """Return who reads the line: as its goal is shared with this pairing; without a goal it is part of the report."""
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
    return prompt_of(tx, row)


def standing_prompt(tx: Transaction, checkin: UUID) -> CheckinPrompt | None:
    """Return what the message that asked is to show by now; None when the check-in is gone or over."""
    row = tx.checkins.find(checkin)
    return prompt_of(tx, row) if row and row.state is not CheckinState.MISSED else None


def prompt_of(tx: Transaction, row: CheckinRow) -> CheckinPrompt:
    """Return a check-in as its author sees it."""
    pairing, enrolment = tx.pairings.get(row.pairing_id), tx.enrolments.get(row.enrolment_id)
    asked, goals = tx.promises.find(row.promise_id), tx.goals.active_of(row.enrolment_id)
    step = tx.goals.find_step(asked.step_id) if asked and asked.step_id else None
    answered, ahead = row.state is CheckinState.ANSWERED, ahead_of(tx, row)
    return CheckinPrompt(
        row.checkin_id,
        enrolment.person.name,
        tuple(other.person.name for other in pairing.others(row.owner_id)),
        words_of(asked),
        row.question,
        ahead.day,
        line_visibility(tx, row) is Visibility.SHARED,
        _answer(tx, row, asked) if answered else None,
        row.state,
        row.outcome,
        asked is None or asked.state is not PromiseState.OPEN,
        step.plan if step else None,
        cadence.local_day(asked.since, enrolment.person.zone) if asked and asked.follows_id else None,
        next_steps(goals, row.pairing_id),
        _goals_asked(goals),
        enrolment.asks_mood,
        _weeks(tx, row) if answered else 0,
        asks_promise=ahead.asked,
        last=ahead.last,
    )


def _goals_asked(goals: Sequence[GoalRow]) -> tuple[GoalAsked, ...]:
    return tuple(GoalAsked(goal.id, goal.title or "", goal.confidence) for goal in goals)


def _weeks(tx: Transaction, row: CheckinRow) -> int:
    weeks = tx.checkins.weeks_of([row.enrolment_id])[row.enrolment_id]
    return weeks_in_a_row([(one.day, one.state) for one in reversed(weeks)])


def _answer(tx: Transaction, row: CheckinRow, asked: PromiseRow | None) -> CheckinAnswer:
    note = tx.notes.find(row.note_id) if row.note_id else None
    reflection = tx.reflections.of(row.id)
    felt = next((one.mood for one in tx.moods.of(row.enrolment_id) if one.checkin_id == row.id), None)
    return CheckinAnswer(
        row.outcome,
        note.text if note else None,
        words_of(tx.promises.find(row.next_promise_id)) or "",
        reflection.text if reflection else None,
        decided(asked.state) if asked else None,
        hand_up=row.hand_up,
        mood=felt,
    )


def open_promise(tx: Transaction, enrolment: EnrolmentRow, pairing: PairingRow) -> tuple[str, date] | None:
    """Return what an enrolment has promised and until when, if something is open."""
    row = tx.promises.open_of(enrolment.id, pairing.id)
    return (row.text or "", row.due_on) if row and row.state is PromiseState.OPEN else None

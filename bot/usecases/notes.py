"""Write, change, take back and read progress notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.goals import GoalRow
from bot.db.notes import NoteRow
from bot.db.pairings import PairingRow
from bot.db.transaction import Transaction
from bot.domain import cadence, notes
from bot.domain.access import Action, NotYours, Thing, decide
from bot.domain.ids import GoalId, NoteId, PersonId
from bot.domain.messages import MessageKind
from bot.domain.notes import UndoTooLate
from bot.domain.people import Actor
from bot.domain.visibility import Visibility
from bot.usecases.goals import own_goal
from bot.usecases.participants import own_enrolment, partner_names, tell


@dataclass(frozen=True, slots=True)
class Note:
    """A note as its author sees it. ``readers`` are names; ``day`` is the author's own."""

    id: NoteId
    text: str
    goal: GoalId | None
    goal_title: str | None
    visibility: Visibility
    readers: tuple[str, ...]
    written_at: datetime
    day: date


@dataclass(frozen=True, slots=True)
class NotePage:
    """``page`` counts from 0; ``pages`` is at least 1."""

    notes: tuple[Note, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class SharedNote:
    """A note as a partner reads it."""

    author: str
    text: str
    goal_title: str | None


@dataclass(frozen=True, slots=True)
class NoteChoices:
    """What a note can be about, who could read it, as names, and how a new one is shared unless somebody chooses."""

    goals: tuple[tuple[GoalId, str], ...]
    partners: tuple[str, ...]
    preset: Visibility


def note_choices(tx: Transaction, actor: Actor) -> NoteChoices:
    """Return what the actor's note form offers. Raises NotEnrolled."""
    enrolment = own_enrolment(tx, actor)
    goals = tuple((row.goal_id, row.title or "") for row in tx.goals.active_of(enrolment.id))
    pairing = tx.pairings.current(enrolment.id)
    preset = as_goal(tx.goals.current(enrolment.id), pairing) if pairing else Visibility.PRIVATE
    return NoteChoices(goals, partner_names(tx, enrolment), preset)


def write_note(
    tx: Transaction,
    actor: Actor,
    text: str,
    *,
    goal: UUID | None = None,
    without_goal: bool = False,
    visibility: Visibility | None = None,
) -> Note:
    """Keep a note for the given goal, else the newest (unless ``without_goal``); if not said, shared as that goal is.

    Raises NotEnrolled, NoteEmpty, NoteTooLong, or NotYours for somebody else's goal.
    """
    kept = notes.kept_text(text)
    enrolment = own_enrolment(tx, actor)
    newest = None if without_goal else tx.goals.current(enrolment.id)
    target = own_goal(tx, actor, goal) if goal else newest
    return _note(tx, add_note(tx, enrolment, target, kept, visibility, announce=True))


def add_note(
    tx: Transaction,
    enrolment: EnrolmentRow,
    goal: GoalRow | None,
    text: str,
    visibility: Visibility | None,
    *,
    announce: bool,
) -> NoteRow:
    """Store a kept text as a note; ``announce`` tells its readers now (a check-in tells them by its summary)."""
    current = tx.pairings.current(enrolment.id)
    shown = visibility or as_goal(goal, current)
    pairing = current if shown is Visibility.SHARED else None
    row = tx.notes.add(enrolment, goal, text, shown, pairing.id if pairing else None)
    if announce and pairing:
        _announce(tx, row, pairing)
    return row


def as_goal(goal: GoalRow | None, pairing: PairingRow | None) -> Visibility:
    """Return how something about ``goal`` is shared unless somebody says otherwise: never with a later pairing."""
    shared = goal is not None and _shared_alike(goal, pairing.id if pairing else None)
    return Visibility.SHARED if shared else Visibility.PRIVATE


def _announce(tx: Transaction, row: NoteRow, pairing: PairingRow) -> None:
    for other in pairing.others(row.owner_id):
        tell(tx, other, MessageKind.NOTE_SHARED, f"{row.id}:{tx.now.isoformat()}", subject=row.id)


def change_note(
    tx: Transaction, actor: Actor, note: UUID, text: str, goal: UUID | None, visibility: Visibility
) -> Note:
    """Change a note's words, its goal or who reads it; the partners' copies follow. Raises NotYours, NoteEmpty, …."""
    row = own_note(tx, actor, note)
    kept = notes.kept_text(text)
    about = row.goal_id if goal == row.goal_id else own_goal(tx, actor, goal).id if goal else None
    pairing = tx.pairings.current(row.enrolment_id) if visibility is Visibility.SHARED else None
    moved = (row.visibility, row.pairing_id) != (visibility, pairing.id if pairing else None)
    row.text, row.goal_id, row.visibility = kept, about, visibility
    row.pairing_id = pairing.id if pairing else None
    _revise_summary(tx, row)
    if not moved:
        tx.outbox.revise(MessageKind.NOTE_SHARED, row.id, tx.now.isoformat())
    else:
        tx.outbox.withdraw(MessageKind.NOTE_SHARED, row.id)
        if pairing:
            _announce(tx, row, pairing)
    return _note(tx, row)


def _revise_summary(tx: Transaction, row: NoteRow) -> None:
    """Have the partners' summaries follow, where the note is the line of a check-in."""
    checkin = tx.checkins.with_line(row.id)
    if checkin:
        tx.outbox.revise(MessageKind.CHECKIN_SUMMARY, checkin.id, tx.now.isoformat())


def undo_note(tx: Transaction, actor: Actor, note: UUID) -> None:
    """Take a note back as if it had never been, the partners' copies too. Raises NotYours or UndoTooLate."""
    row = own_note(tx, actor, note)
    rules = tx.enrolments.get(row.enrolment_id).programme.rules
    if not notes.can_undo(row.written_at, tx.now, rules.undo_minutes):
        raise UndoTooLate
    tx.outbox.withdraw(MessageKind.NOTE_SHARED, row.id)
    _revise_summary(tx, row)
    tx.remove(row)


def read_note(tx: Transaction, actor: Actor, note: UUID) -> Note:
    """Return one of the actor's own notes. Raises NotYours."""
    return _note(tx, own_note(tx, actor, note))


def read_notes(tx: Transaction, actor: Actor, page: int = 0) -> NotePage:
    """Return one page of the actor's own notes, newest first. Raises NotEnrolled."""
    return notes_of(tx, own_enrolment(tx, actor), page, notes.PAGE)


def notes_of(tx: Transaction, enrolment: EnrolmentRow, page: int, size: int) -> NotePage:
    """Return one page of the notes of an enrolment, for its owner's eyes; ``page`` is brought into range."""
    total = tx.notes.own_count(enrolment.owner_id, enrolment.id)
    pages = max(1, -(-total // size))
    page = min(max(page, 0), pages - 1)
    rows = tx.notes.own_page(enrolment.owner_id, enrolment.id, page=page, size=size)
    return NotePage(tuple(_note(tx, row) for row in rows), page, pages, total)


def shared_note(tx: Transaction, note: UUID, reader: PersonId) -> SharedNote | None:
    """Return a note as ``reader`` may see it now; None when it is gone or no longer shared with them."""
    row = tx.notes.find(note)
    if row is None or reader not in note_audience(tx, row):
        return None
    return SharedNote(tx.people.get(row.owner_id).name, row.text or "", _goal_title(tx, row, for_reader=True))


def own_note(tx: Transaction, actor: Actor, note: UUID) -> NoteRow:
    """Return a note of the actor's. Raises NotWelcome or NotYours."""
    row = tx.notes.find(note)
    decide(actor, Action.CHANGE, Thing(author=row.owner_id if row else None))
    enrolment = tx.enrolments.active_or_none(actor.person)
    if row is None or enrolment is None or enrolment.id != row.enrolment_id:
        raise NotYours
    return row


def note_audience(tx: Transaction, row: NoteRow) -> frozenset[PersonId]:
    """Return who besides the author may read a note today."""
    if row.visibility is not Visibility.SHARED or row.pairing_id is None:
        return frozenset()
    return tx.pairings.get(row.pairing_id).people - {row.owner_id}


def _goal_title(tx: Transaction, row: NoteRow, *, for_reader: bool) -> str | None:
    goal = tx.goals.find(row.goal_id) if row.goal_id else None
    if goal is None or (for_reader and not _shared_alike(goal, row.pairing_id)):
        return None
    return goal.title


def _shared_alike(goal: GoalRow, pairing: UUID | None) -> bool:
    return goal.visibility is Visibility.SHARED and goal.pairing_id == pairing


def _note(tx: Transaction, row: NoteRow) -> Note:
    readers = tx.people.all_of(list(note_audience(tx, row)))
    return Note(
        row.note_id,
        row.text or "",
        GoalId(row.goal_id) if row.goal_id else None,
        _goal_title(tx, row, for_reader=False),
        row.visibility if readers else Visibility.PRIVATE,
        tuple(reader.name for reader in readers),
        row.written_at,
        cadence.local_day(row.written_at, tx.people.get(row.owner_id).zone),
    )

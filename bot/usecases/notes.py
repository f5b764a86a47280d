"""Write, change, take back and read progress notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
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
from bot.domain.undo import can_undo
from bot.domain.visibility import Visibility
from bot.usecases.goals import own_goal
from bot.usecases.participants import own_enrolment, partner_names, tell

_AT_ONCE = 200  # notes opened at once while somebody searches


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
class NotesFound:
    """``page`` counts from 0; ``older`` says whether there is one more."""

    wanted: str
    notes: tuple[Note, ...]
    page: int
    older: bool


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
    if not can_undo(row.written_at, tx.now, rules.undo_minutes):
        raise UndoTooLate
    tx.outbox.withdraw(MessageKind.NOTE_SHARED, row.id)
    _revise_summary(tx, row)
    tx.remove(row)


def read_note(tx: Transaction, actor: Actor, note: UUID) -> Note:
    """Return one of the actor's own notes. Raises NotYours."""
    return _note(tx, own_note(tx, actor, note))


def read_notes(tx: Transaction, actor: Actor, page: int = 0) -> NotePage:
    """Return one page of the actor's own notes, newest first; ``page`` is brought into range. Raises NotEnrolled."""
    enrolment = own_enrolment(tx, actor)
    total = tx.notes.own_count(enrolment.owner_id, enrolment.id)
    pages = max(1, -(-total // notes.PAGE))
    page = min(max(page, 0), pages - 1)
    rows = tx.notes.own_page(enrolment.owner_id, enrolment.id, page=page, size=notes.PAGE)
    return NotePage(_notes(tx, rows), page, pages, total)


def latest_notes(tx: Transaction, enrolment: EnrolmentRow, most: int) -> tuple[Note, ...]:
    """Return the newest notes of an enrolment, for its owner's eyes, whatever else there is."""
    return _notes(tx, tx.notes.own_page(enrolment.owner_id, enrolment.id, page=0, size=most))


def search_notes(tx: Transaction, actor: Actor, wanted: str, page: int = 0) -> NotesFound:
    """Return one page of the actor's own notes with every word of ``wanted``, newest first.

    Words are sealed, so this opens the actor's own notes one by one, the newest LOOKED_AT of them. Raises NotEnrolled
    or NothingToFind.
    """
    enrolment, wanted = own_enrolment(tx, actor), notes.kept_search(wanted)
    page = max(page, 0)
    start, matching = page * notes.PAGE, (row for row in _newest(tx, enrolment) if notes.has(row.text or "", wanted))
    found = list(islice(matching, start, start + notes.PAGE + 1))
    return NotesFound(wanted, _notes(tx, found[: notes.PAGE]), page, len(found) > notes.PAGE)


def shared_note(tx: Transaction, note: UUID, reader: PersonId) -> SharedNote | None:
    """Return a note as ``reader`` may see it now; None when it is gone or no longer shared with them."""
    row = tx.notes.find(note)
    if row is None or reader not in note_audience(tx, row):
        return None
    return SharedNote(tx.people.get(row.owner_id).name, row.text or "", _title_for_reader(tx, row))


def _newest(tx: Transaction, enrolment: EnrolmentRow) -> Iterator[NoteRow]:
    """Go through an enrolment's own notes, newest first, some at a time and only as far as somebody reads."""
    for page in range(notes.LOOKED_AT // _AT_ONCE):
        rows = tx.notes.own_page(enrolment.owner_id, enrolment.id, page=page, size=_AT_ONCE)
        yield from rows
        if len(rows) < _AT_ONCE:
            return


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


def _title_for_reader(tx: Transaction, row: NoteRow) -> str | None:
    goal = tx.goals.find(row.goal_id) if row.goal_id else None
    return goal.title if goal and _shared_alike(goal, row.pairing_id) else None


def _shared_alike(goal: GoalRow, pairing: UUID | None) -> bool:
    return goal.visibility is Visibility.SHARED and goal.pairing_id == pairing


def _note(tx: Transaction, row: NoteRow) -> Note:
    return _notes(tx, [row])[0]


def _notes(tx: Transaction, rows: Sequence[NoteRow]) -> tuple[Note, ...]:
    """Return notes as their author sees them; as many statements for a page as for one."""
    pairings = tx.pairings.of_all({row.pairing_id for row in rows if row.pairing_id})
    goals = tx.goals.of_all({row.goal_id for row in rows if row.goal_id})
    return tuple(_drawn(tx, row, _readers(row, pairings), goals.get(row.goal_id or row.id)) for row in rows)


def _readers(row: NoteRow, pairings: Mapping[UUID, PairingRow]) -> tuple[str, ...]:
    pairing = pairings.get(row.pairing_id or row.id)
    if pairing is None or row.visibility is not Visibility.SHARED:
        return ()
    return tuple(sorted((other.person.name for other in pairing.others(row.owner_id)), key=str.casefold))


def _drawn(tx: Transaction, row: NoteRow, readers: tuple[str, ...], goal: GoalRow | None) -> Note:
    return Note(
        row.note_id,
        row.text or "",
        GoalId(row.goal_id) if row.goal_id else None,
        goal.title if goal else None,
        row.visibility if readers else Visibility.PRIVATE,
        readers,
        row.written_at,
        cadence.local_day(row.written_at, tx.people.get(row.owner_id).zone),
    )

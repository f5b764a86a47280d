"""Progress notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from bot.domain import notes as note_rules
from bot.domain.ids import GoalId, NoteId
from bot.domain.visibility import Visibility
from bot.slack.samples import goals as goal_samples
from bot.slack.samples.content import Content
from bot.slack.samples.sample import ID, MONDAY, Sample, of
from bot.slack.screens import notes
from bot.usecases.notes import Note, NoteChoices, NotePage, NotesFound, SharedNote


def a_note(content: Content) -> Note:
    written = datetime(2026, 11, 2, 8, 12, tzinfo=UTC)
    return Note(
        id=NoteId(ID),
        text=content.note,
        goal=GoalId(ID),
        goal_title=content.goal,
        visibility=Visibility.SHARED,
        readers=content.partners,
        written_at=written,
        day=MONDAY,
    )


def bare(note: Note) -> Note:
    return replace(note, goal=None, goal_title=None, visibility=Visibility.PRIVATE, readers=())


def samples(content: Content) -> Iterator[Sample]:
    note = a_note(content)
    about = tuple((GoalId(UUID(int=i)), content.goal) for i in range(goal_samples.MOST - 1))
    choices = NoteChoices((*about, (GoalId(ID), content.goal)), content.partners, Visibility.SHARED)
    yield of(notes.note_form, "new", choices=choices, text=content.typed)
    yield of(notes.note_form, "to change", choices=choices, note=note)
    yield of(notes.note_form, "no goal, no partner", choices=NoteChoices((), (), Visibility.PRIVATE))
    yield of(notes.note_kept, note=note)
    yield of(notes.note_kept, "private, no goal", note=bare(note))
    yield of(notes.note_saved, note=note)
    yield of(notes.note_undone)
    yield of(notes.note_gone)
    page = (note, *(bare(note),) * (note_rules.PAGE - 1))[: content.many]
    yield of(notes.note_list, page=NotePage(page, page=0, pages=1, total=len(page)))
    yield of(notes.note_list, "middle", page=NotePage((note,) * note_rules.PAGE, page=1, pages=160, total=1_274))
    yield of(notes.note_list, "none", page=NotePage((), page=0, pages=1, total=0))
    yield of(notes.search_form)
    found = NotesFound(content.typed[: note_rules.SEARCH], (note,) * note_rules.PAGE, page=1, older=True)
    yield of(notes.notes_found, "middle", found=found)
    yield of(notes.notes_found, "none", found=replace(found, notes=(), page=0, older=False))
    yield of(notes.note_card, note=note)
    yield of(notes.shared, note=SharedNote(content.me, content.note, content.goal))
    yield of(notes.shared, "no goal", note=SharedNote(content.me, content.note, None))
    yield of(notes.draft_too_long)
    yield of(notes.dropped)
    yield of(notes.draft, text=content.note[: notes.DRAFT])

"""Progress notes."""

from __future__ import annotations

from bot.domain.ids import GoalId
from bot.domain.notes import MAX_LENGTH, SEARCH
from bot.domain.visibility import fingerprint, preselected
from bot.locales import Words
from bot.slack.blocks import (
    Block,
    Message,
    View,
    actions,
    ask,
    button,
    context,
    line,
    option,
    paragraph,
    radio,
    section,
    select,
)
from bot.slack.screens.goals import readers_line, title_option, visibility_options
from bot.slack.screens.trouble import message
from bot.slack.text import Mrkdwn, as_typed, clip, clip_plain, escape, fill, first_name, lines, plain
from bot.usecases.notes import Note, NoteChoices, NotePage, NotesFound, SharedNote

NO_GOAL = "none"
DRAFT = 2_000  # characters a button can carry
BEGINNING, BELOW = 600, 500  # characters of a note in a list: eight of them stay within one message


def note_form(choices: NoteChoices, words: Words, *, note: Note | None = None, text: str = "") -> View:
    """Return the form for a new note, or to change ``note``."""
    goals = [option(title_option(title), str(goal)) for goal, title in _goals(choices, note).items()]
    none = option(plain(words("No goal in particular")), NO_GOAL)
    newest = str(choices.goals[-1][0]) if choices.goals else NO_GOAL
    about = (str(note.goal) if note.goal else NO_GOAL) if note else newest
    shown = preselected(note.visibility, note.readers, choices.partners) if note else choices.preset
    return View(
        title=plain(words("Progress note")),
        callback="note.save",
        submit=plain(words("Save")),
        close=plain(words("Cancel")),
        memo={"note": str(note.id) if note else "", "readers": fingerprint(choices.partners)},
        blocks=(
            ask(
                "text", plain(words("What happened?")), paragraph(MAX_LENGTH, note.text if note else text[:MAX_LENGTH])
            ),
            ask("goal", plain(words("Which goal is it about?")), select([*goals, none], about)),
            ask(
                "visibility",
                plain(words("Who can see it?")),
                radio(visibility_options(choices.partners, words), shown.value),
            ),
        ),
    )


def _goals(choices: NoteChoices, note: Note | None) -> dict[GoalId, str]:
    """Return the goals a note can be about; one it has been about so far stays, even when it is done by now."""
    own = {note.goal: note.goal_title} if note and note.goal and note.goal_title else {}
    return {**own, **dict(choices.goals)}


def note_kept(note: Note, words: Words) -> Message:
    """Say that a note is kept, for which goal and for whose eyes, with the way back."""
    head = fill(words("Saved for “{goal}”."), goal=note.goal_title) if note.goal_title else fill(words("Saved."))
    buttons = actions(
        button(plain(words("Undo")), "note.undo", str(note.id)),
        button(plain(words("Change")), "note.change", str(note.id)),
    )
    return Message(
        head,
        (
            section(lines(head, readers_line(note.visibility, note.readers, words))),
            section(as_typed(note.text)),
            buttons,
        ),
    )


def note_saved(note: Note, words: Words) -> View:
    """Say the same inside the form's window."""
    shown = note_kept(note, words)
    return View(title=plain(words("Progress note")), close=plain(words("Close")), blocks=shown.blocks)


def note_undone(words: Words) -> Message:
    return message(fill(words("Taken back. It is gone, for your partner too.")))


def note_gone(words: Words) -> View:
    """Say the same inside the form's window."""
    return View(title=plain(words("Progress note")), close=plain(words("Close")), blocks=note_undone(words).blocks)


def note_list(page: NotePage, words: Words) -> Message:
    """Return one page of somebody's own notes."""
    write = button(plain(words("Write a note")), "note.new", style="primary")
    if not page.total:
        text = fill(words("No notes yet. One line is enough: `/tandem note finished the outline`."))
        return Message(text, (section(text), actions(write)))
    head = fill(
        words.many("*Your notes* ({count})", "*Your notes* ({count})", page.total), count=words.number(page.total)
    )
    blocks = [block for note in page.notes for block in note_card(note, words)]
    paging = [write, button(plain(words("My weeks")), "weeks.show")]
    if page.page > 0:
        paging.append(button(plain(words("Newer")), "notes.page.newer", str(page.page - 1)))
    if page.page + 1 < page.pages:
        paging.append(button(plain(words("Older")), "notes.page.older", str(page.page + 1)))
    if page.pages > 1:
        paging.append(button(plain(words("Search")), "notes.search"))
    return Message(head, (section(head), *blocks, actions(*paging)))


def search_form(words: Words) -> View:
    """Ask what to look for in one's own notes."""
    return View(
        title=plain(words("Search my notes")),
        callback="notes.find",
        submit=plain(words("Search")),
        close=plain(words("Cancel")),
        blocks=(ask("wanted", plain(words("Words that were in it")), line(SEARCH)),),
    )


def notes_found(found: NotesFound, words: Words) -> Message:
    """Return one page of somebody's own notes in which their words are."""
    again = button(plain(words("Search")), "notes.search")
    everything = button(plain(words("See all notes")), "notes.show")
    if not found.notes:
        text = fill(words("No note of yours has “{wanted}” in it."), wanted=found.wanted)
        return Message(text, (section(text), actions(again, everything)))
    head = fill(words("*Your notes with “{wanted}”*"), wanted=found.wanted)
    blocks = [block for note in found.notes for block in note_card(note, words)]
    paging = [again, everything]
    if found.page > 0:
        paging.append(button(plain(words("Newer")), "notes.found.newer", f"{found.page - 1}:{found.wanted}"))
    if found.older:
        paging.append(button(plain(words("Older")), "notes.found.older", f"{found.page + 1}:{found.wanted}"))
    return Message(head, (section(head), *blocks, actions(*paging)))


def note_card(note: Note, words: Words) -> list[Block]:
    """Return one note: its beginning, day, goal, readers, and a way to see all of it and change it."""
    about = [escape(words.day(note.day))]
    if note.goal_title:
        about.append(fill("{goal}", goal=note.goal_title))
    about.append(readers_line(note.visibility, note.readers, words))
    change = button(plain(words("Change")), "note.change", str(note.id))
    text, below = clip_plain(as_typed(note.text), BEGINNING), clip(Mrkdwn(" · ".join(about)), BELOW)
    return [section(text, change), context(below)]


def shared(note: SharedNote, words: Words) -> Message:
    """Return a note as a partner reads it."""
    if note.goal_title:
        head = fill(words("{name} wrote a note about “{goal}”:"), name=first_name(note.author), goal=note.goal_title)
    else:
        head = fill(words("{name} wrote a note:"), name=first_name(note.author))
    more = button(plain(words("See my partner")), "partner.show")
    return Message(head, (section(head, more), section(as_typed(note.text))))


def draft_too_long(words: Words) -> Message:
    """Say where a long text can be kept."""
    text = fill(words("That is a long one, and I have not stored it. Open the form and paste it there."))
    return Message(text, (section(text), actions(button(plain(words("Write a note")), "note.new"))))


def draft(text: str, words: Words) -> Message:
    """Offer to keep what somebody wrote to the bot; nothing is stored unless they say so."""
    head = fill(words("Shall I keep this as a progress note? Nothing is stored yet."))
    keep = button(plain(words("Keep as a note")), "note.draft", as_typed(text), style="primary")
    drop = button(plain(words("No, thanks")), "note.drop")
    return Message(head, (section(head), section(as_typed(text)), actions(keep, drop)))


def dropped(words: Words) -> Message:
    """Say that nothing was kept."""
    return message(fill(words("All right, nothing is stored.")))

"""Progress notes."""

from __future__ import annotations

from bot.domain.notes import looked_for
from bot.domain.visibility import Visibility
from bot.slack.blocks import Message
from bot.slack.house import House
from bot.slack.listeners.goals import read_visibility
from bot.slack.replies import OpenModal, Private, Replace, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, command, shortcut, submission
from bot.slack.screens import notes as screens
from bot.usecases import notes
from bot.usecases.participants import check_readers

LONGEST_PAGE = 5  # digits


@command("note", "notiz")
@action("note.new")
def note(request: Request, house: House) -> Reply:
    """`/tandem note [text]`: with a text it is kept at once, without one the form opens."""
    if not request.text:
        return _open_form(request, house)
    with house.acting(request) as (tx, actor):
        written = notes.write_note(tx, actor, request.text)
    return Private(screens.note_kept(written, house.words(request)))


@shortcut("note_new")
def note_shortcut(request: Request, house: House) -> Reply:
    """Global shortcut "Write a progress note"."""
    return _open_form(request, house)


@shortcut("note_from_message")
def note_from_message(request: Request, house: House) -> Reply:
    """Message shortcut: one's own message fills the form, anybody else's leaves it empty."""
    return _open_form(request, house, text=request.text)


@action("note.draft")
def note_draft(request: Request, house: House) -> Reply:
    return _open_form(request, house, text=request.value)


@action("note.drop")
def drop_draft(request: Request, house: House) -> Reply:
    """Nothing was stored, and nothing is."""
    return Replace(screens.dropped(house.words(request)))


def _open_form(request: Request, house: House, *, text: str = "") -> Reply:
    with house.looking(request) as (tx, actor):
        choices = notes.note_choices(tx, actor)
    return OpenModal(screens.note_form(choices, house.words(request), text=text))


@action("note.change")
def change(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        kept, choices = notes.read_note(tx, actor, thing_id(request.value)), notes.note_choices(tx, actor)
    return OpenModal(screens.note_form(choices, house.words(request), note=kept))


@submission("note.save")
def save_note(request: Request, house: House) -> Reply:
    text, name, goal = request.said("text"), request.memo("note"), request.said("goal")
    about = None if goal in {"", screens.NO_GOAL} else thing_id(goal)
    shown = read_visibility(request.said("visibility"))
    with house.acting(request) as (tx, actor):
        if name:
            kept = notes.change_note(tx, actor, thing_id(name), text, about, shown)
        else:
            kept = notes.write_note(tx, actor, text, goal=about, visibility=shown, without_goal=about is None)
        if shown is Visibility.SHARED:
            check_readers(tx, actor, request.memo("readers"))
    return ShowModal(screens.note_saved(kept, house.words(request)))


@action("note.undo")
def undo(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        notes.undo_note(tx, actor, thing_id(request.value))
    shown = screens.note_undone(house.words(request))
    return ShowModal(screens.note_gone(house.words(request))) if request.in_modal else Replace(shown)


@command("notes", "notizen")
@action("notes.show")
def show_notes(request: Request, house: House) -> Reply:
    """`/tandem notes [search words]`: my notes, newest first; with words only those that have them."""
    if request.text:
        wanted = looked_for(request.text)
        return Private(_found(request, house, wanted, 0)) if wanted else search(request, house)
    with house.looking(request) as (tx, actor):
        page = notes.read_notes(tx, actor)
    return Private(screens.note_list(page, house.words(request)))


@action("notes.page.newer", "notes.page.older")
def turn_page(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        page = notes.read_notes(tx, actor, _number(request.value))
    return Replace(screens.note_list(page, house.words(request)))


@action("notes.search")
def search(request: Request, house: House) -> Reply:
    return OpenModal(screens.search_form(house.words(request)))


@submission("notes.find")
def find(request: Request, house: House) -> Reply:
    return Private(_found(request, house, request.said("wanted"), 0))


@action("notes.found.newer", "notes.found.older")
def turn_page_found(request: Request, house: House) -> Reply:
    number, _, wanted = request.value.partition(":")
    return Replace(_found(request, house, wanted, _number(number)))


def _found(request: Request, house: House, wanted: str, page: int) -> Message:
    with house.looking(request) as (tx, actor):
        found = notes.search_notes(tx, actor, wanted, page)
    return screens.notes_found(found, house.words(request))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_PAGE else 0

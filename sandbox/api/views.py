"""`views.*`: modals and home tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.errors import SlackError, invalid
from sandbox.screens import closed_modals, definition, replace_view, show_home, stack_modal, view_object

if TYPE_CHECKING:
    from sandbox.calls import Ask
    from sandbox.surfaces import View


def open_modal(ask: Ask) -> dict[str, Any]:
    content = _content(ask, "modal")
    trigger = ask.hub.triggers.exchange(ask.text("trigger_id"))
    closed_modals(ask.hub.workspace, trigger.person_id)
    return _answer(ask, stack_modal(ask.hub.workspace, trigger.person_id, content))


def push(ask: Ask) -> dict[str, Any]:
    content = _content(ask, "modal")
    trigger = ask.hub.triggers.exchange(ask.text("trigger_id"))
    if not ask.hub.workspace.modals.get(trigger.person_id):
        raise SlackError("not_found")
    return _answer(ask, stack_modal(ask.hub.workspace, trigger.person_id, content))


def update(ask: Ask) -> dict[str, Any]:
    view_id, external_id = ask.text("view_id", ""), ask.text("external_id", "")
    if not view_id and not external_id:
        raise invalid("invalid_arguments", ["[ERROR] missing required field: view_id or external_id"])
    view = ask.hub.workspace.find_view(view_id, external_id)
    if not view:
        raise SlackError("not_found")
    content = _content(ask, view.kind)
    _same_hash(ask, view)
    return _answer(ask, replace_view(ask.hub.workspace, view, content))


def publish(ask: Ask) -> dict[str, Any]:
    person = ask.hub.workspace.people.get(ask.text("user_id"))
    if not person or person.bot or person.deleted:
        raise invalid("invalid_arguments", ["[ERROR] invalid `user_id`"])
    content = _content(ask, "home")
    known = ask.hub.workspace.homes.get(person.id)
    if known:
        _same_hash(ask, known)
    return _answer(ask, show_home(ask.hub.workspace, person.id, content))


def _content(ask: Ask, kind: str) -> dict[str, Any]:
    return definition(ask.hub.workspace, ask.structure("view", "invalid_arguments"), kind)


def _same_hash(ask: Ask, view: View) -> None:
    if ask.text("hash", view.hash) != view.hash:
        raise SlackError("hash_conflict")


def _answer(ask: Ask, view: View) -> dict[str, Any]:
    ask.readers = frozenset({ask.hub.workspace.people[view.person_id].handle})
    return {"view": view_object(ask.hub.workspace, view)}

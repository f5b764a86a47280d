"""Putting modals and home tabs on people's screens; used by the Web API and by answers to submissions alike."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from sandbox.blockkit import check_view, is_too_large, with_ids
from sandbox.errors import SlackError, invalid
from sandbox.ids import view_hash
from sandbox.surfaces import View, starting_state

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

MOST_MODALS = 3


def definition(town: Workspace, raw: Any, kind: str) -> dict[str, Any]:
    """Return the checked content of a view. Raises `invalid_arguments` (with the places) or `view_too_large`."""
    problems = check_view(raw, kind)
    if problems:
        raise invalid("invalid_arguments", problems)
    if is_too_large(raw):
        raise SlackError("view_too_large")
    return {**raw, "blocks": with_ids(raw["blocks"], lambda: town.ids.new("b"))}


def stack_modal(town: Workspace, person_id: str, content: dict[str, Any]) -> View:
    """Show a modal on top of those the person has open. Raises `push_limit_reached`, `duplicate_external_id`."""
    stack = town.modals.setdefault(person_id, [])
    if len(stack) >= MOST_MODALS:
        raise SlackError("push_limit_reached")
    _unique(town, content, None)
    name = town.ids.new("V")
    view = View(name, person_id, content, view_hash(town.now()), stack[0].id if stack else name)
    view.previous_id = stack[-1].id if stack else None
    view.state = starting_state(view.blocks)
    stack.append(view)
    return view


def replace_view(town: Workspace, view: View, content: dict[str, Any]) -> View:
    """Show other content in an open view; its hash changes, what was typed in the same fields stays."""
    _unique(town, content, view)
    view.show(content)
    view.hash = view_hash(town.now())
    return view


def show_home(town: Workspace, person_id: str, content: dict[str, Any]) -> View:
    known = town.homes.get(person_id)
    if known:
        return replace_view(town, known, content)
    name = town.ids.new("V")
    view = View(name, person_id, content, view_hash(town.now()), name)
    view.state = starting_state(view.blocks)
    town.homes[person_id] = view
    return view


def closed_modals(town: Workspace, person_id: str) -> list[View]:
    """Close every modal of the person and return them, top first."""
    return list(reversed(town.modals.pop(person_id, [])))


def view_object(town: Workspace, view: View) -> dict[str, Any]:
    """Return the view as Slack hands it to the app."""
    content = view.definition
    return {
        "id": view.id,
        "team_id": town.team_id,
        "type": view.kind,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": copy.deepcopy(view.state)},
        "hash": view.hash,
        "title": content.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": town.app_id,
        "external_id": content.get("external_id", ""),
        "app_installed_team_id": town.team_id,
        "bot_id": town.bot_id,
    }


def _unique(town: Workspace, content: dict[str, Any], own: View | None) -> None:
    name = content.get("external_id")
    taken = town.find_view("", name) if name else None
    if taken and taken is not own:
        raise SlackError("duplicate_external_id")

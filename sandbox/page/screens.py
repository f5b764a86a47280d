"""A person's home tab and the modals in front of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.page.asked import Asked
    from sandbox.surfaces import View


async def show(asked: Asked) -> dict[str, Any]:
    person = asked.person()
    home = asked.town.homes.get(person.id)
    stack = asked.town.modals.get(person.id, [])
    return {"home": _described(home) if home else None, "modals": [_described(one) for one in stack]}


def _described(view: View) -> dict[str, Any]:
    return {
        "id": view.id,
        "hash": view.hash,
        "title": view.title,
        "blocks": view.blocks,
        "state": view.state,
        "submit": view.definition.get("submit", {}).get("text") if view.definition.get("submit") else None,
        "close": view.definition.get("close", {}).get("text") if view.definition.get("close") else None,
    }

"""What the page needs to know once: names, commands, shortcuts, what may go wrong on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.faults import KINDS

if TYPE_CHECKING:
    from sandbox.page.asked import Asked


async def show(asked: Asked) -> dict[str, Any]:
    town = asked.town
    return {
        "edition": asked.page.edition,
        "name": town.name,
        "team": town.team_id,
        "bot": {"id": town.bot.id, "name": town.bot.name},
        "about": asked.page.manifest.get("display_information", {}),
        "shortcuts": asked.page.features("shortcuts"),
        "methods": sorted([*asked.hub.methods, "response_url"]),
        "faults": KINDS,
        **await commands(asked),
    }


async def commands(asked: Asked) -> dict[str, Any]:
    return {"commands": asked.page.features("slash_commands")}

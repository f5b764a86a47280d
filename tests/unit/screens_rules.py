"""What Slack takes: the stand-in's Block Kit rules and the sizes that hold for a whole message or view."""

from __future__ import annotations

from typing import Any

from bot.slack.blocks import Message, View
from sandbox.blockkit import MESSAGE_CHARACTERS, characters, check_message, check_view, is_too_large
from tests.unit.screens_reading import payload

NOTIFICATION = 4_000  # characters of the line shown where blocks are not; Slack advises to stay below


def problems(drawn: Any) -> list[str]:
    """Return what Slack would refuse in a message, view, list of blocks or of options; nothing when it takes it."""
    if isinstance(drawn, View):
        return _of_view(drawn)
    blocks = payload(drawn)
    found = check_message(blocks)
    if characters(blocks) > MESSAGE_CHARACTERS:
        found.append(f"{characters(blocks)} characters in one message")
    if isinstance(drawn, Message) and not 0 < len(drawn.text.strip()) <= NOTIFICATION:
        found.append(f"a notification of {len(drawn.text)} characters")
    return found


def _of_view(view: View) -> list[str]:
    shown = view.payload()
    found = check_view(shown, shown["type"])
    return [*found, "over 250 kB"] if is_too_large(shown) else found

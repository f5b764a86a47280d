"""Block Kit as strict as Slack: what may stand where, and how long it may be."""

from __future__ import annotations

from sandbox.blockkit.surface import (
    MESSAGE_CHARACTERS,
    characters,
    check_message,
    check_options,
    check_view,
    is_too_large,
    with_ids,
)

__all__ = [
    "MESSAGE_CHARACTERS",
    "characters",
    "check_message",
    "check_options",
    "check_view",
    "is_too_large",
    "with_ids",
]

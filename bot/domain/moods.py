"""How a week felt: asked only of whoever wants to be asked, kept for them alone, and not for long."""

from __future__ import annotations

from enum import StrEnum

KEPT = 2  # the newest of each person


class Mood(StrEnum):
    VERY_GOOD = "very_good"
    GOOD = "good"
    SO_SO = "so_so"
    LOW = "low"
    VERY_LOW = "very_low"


def read_mood(text: str) -> Mood | None:
    """Return the mood a form chose; None for none, or for anything unknown."""
    return Mood(text) if text in set(Mood) else None

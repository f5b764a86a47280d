"""What the doctor finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """``what`` was looked at; ``advice`` is what to do when it is not ``ok``."""

    what: str
    ok: bool
    advice: str = ""

"""Undo: how long what somebody wrote can be taken back as if it had never been."""

from __future__ import annotations

from datetime import datetime, timedelta


def can_undo(written_at: datetime, now: datetime, minutes: int) -> bool:
    """Say whether what was written may still be taken back, within so many ``minutes``."""
    return now - written_at <= timedelta(minutes=minutes)

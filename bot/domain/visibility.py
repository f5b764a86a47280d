"""Who may read a thing: me alone, or me and the pairing it is shared with."""

from __future__ import annotations

from enum import StrEnum


class Visibility(StrEnum):
    PRIVATE = "private"
    SHARED = "shared"

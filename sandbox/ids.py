"""Ids and timestamps in the shapes Slack gives them."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_BODY = 9


@dataclass(slots=True)
class Ids:
    """Gives the same ids in the same order for the same seed, so that two runs of a story can be compared."""

    seed: str = ""
    given: int = 0

    def new(self, prefix: str) -> str:
        self.given += 1
        digest = hashlib.blake2b(f"{self.seed}:{prefix}:{self.given}".encode()).digest()
        return f"{prefix}0{base64.b32encode(digest).decode()[:_BODY]}"


@dataclass(slots=True)
class Stamps:
    """Message timestamps: seconds with six decimals, always rising, as Slack's own clock never goes back."""

    last: int = 0  # microseconds since 1970

    def next(self, at: datetime) -> str:
        self.last = max(round(at.timestamp() * 1_000_000), self.last + 1)
        return f"{self.last // 1_000_000}.{self.last % 1_000_000:06d}"


def view_hash(at: datetime) -> str:
    return f"{int(at.timestamp())}.{secrets.token_hex(4)}"

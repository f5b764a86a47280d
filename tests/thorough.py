"""How much is tried: all of it with ``FAULTS=full`` (`make faults`), else a part that fits beside the other tests."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
THOROUGH = os.environ.get("FAULTS") == "full"


def some(cases: Sequence[T], every: int) -> Sequence[T]:
    """Return all cases, or without thoroughness each ``every``-th of them."""
    return cases if THOROUGH else cases[::every]


def examples(count: int) -> int:
    """Return how many examples to try: ``count``, or without thoroughness a fifth."""
    return count if THOROUGH else max(3, count // 5)

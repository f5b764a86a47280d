"""Who may read a thing: me alone, or me and the pairing it is shared with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import StrEnum

from bot.domain.refusals import N_, Refused


class Visibility(StrEnum):
    PRIVATE = "private"
    SHARED = "shared"


class ReadersChanged(Refused):
    text = N_(
        "Your partner has changed since you opened this form. Keep it to yourself for now, or copy your text and open "
        "the form again."
    )
    field = "visibility"


def preselected(kept: Visibility, readers: Iterable[str], partners: Iterable[str]) -> Visibility:
    """Return what a form about a kept thing starts from: with others than it was shared with so far, privacy.

    ``readers`` read it today, ``partners`` would if it were shared now, both by name.
    """
    return kept if set(readers) == set(partners) else Visibility.PRIVATE


def fingerprint(readers: Iterable[str]) -> str:
    """Return a mark by which a form remembers whom it named as readers; empty when it named nobody."""
    names = "\x1f".join(readers)
    return hashlib.sha256(names.encode(errors="replace")).hexdigest()[:32] if names else ""


def check_readers(promised: str, readers: Iterable[str]) -> None:
    """Return if a form that ``promised`` (a fingerprint) who reads it still tells the truth. Raises ReadersChanged."""
    if promised and promised != fingerprint(readers):
        raise ReadersChanged

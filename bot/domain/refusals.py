"""Refusals: a wish that cannot be met, with the sentence the person reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar


def N_(text: str) -> str:  # noqa: N802  the name every gettext reader knows
    """Mark ``text`` as a catalogue sentence and return it unchanged."""
    return text


class Refused(Exception):
    """Base of all refusals.

    ``text`` is the English catalogue sentence with ``{named}`` fields, ``values`` fills them,
    ``field`` names the form input it belongs to (None: the whole form).
    """

    text: ClassVar[str] = ""
    field: str | None = None

    def __init__(self, **values: object) -> None:
        super().__init__(type(self).__name__)
        self.values = values


@contextmanager
def at_field(field: str) -> Iterator[None]:
    """Say that whatever is refused inside belongs to the form input ``field``."""
    try:
        yield
    except Refused as refusal:
        refusal.field = field
        raise

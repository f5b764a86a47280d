"""Progress notes: what may be kept, and what finds one again. Who may read one is in access.py."""

from __future__ import annotations

from bot.domain import wording
from bot.domain.refusals import N_, Refused

MAX_LENGTH = wording.TEXT
PAGE = 8
SEARCH = 100  # characters
_SEARCHING = frozenset({"search", "suche", "suchen"})  # what one says before what one looks for, in either language
LOOKED_AT = 20_000  # of somebody's own notes, the newest: more than four years of fourteen a day


class NoteEmpty(Refused):
    text = N_("There is nothing to keep yet. Write what happened, in a few words.")
    field = "text"


class NoteTooLong(Refused):
    text = N_("A note may have up to {limit} characters; this one has {length}. Shorten it a little.")
    field = "text"


class NothingToFind(Refused):
    text = N_("Write a word or two to look for.")
    field = "wanted"


class UndoTooLate(Refused):
    text = N_("It is too late for Undo. You can still change who sees the note.")


def kept_text(text: str) -> str:
    """Return the note as it is kept: trimmed, control characters removed. Raises NoteEmpty or NoteTooLong."""
    try:
        return wording.kept(text, MAX_LENGTH)
    except wording.TextMissing:
        raise NoteEmpty from None
    except wording.TextTooLong as error:
        raise NoteTooLong(**error.values) from None


def looked_for(text: str) -> str:
    """Return what somebody looks for who types it after the command: without "search", nothing where only that is."""
    first, _, rest = text.strip().partition(" ")
    return rest.strip() if first.lower() in _SEARCHING else text


def kept_search(text: str) -> str:
    """Return what is searched for on one line, cut where it is longer than SEARCH. Raises NothingToFind."""
    wanted = " ".join(wording.clean(text[: 4 * SEARCH]).split())[:SEARCH].strip()
    if not wanted:
        raise NothingToFind
    return wanted


def has(text: str, wanted: str) -> bool:
    """Say whether a note has every word of ``wanted`` somewhere in it, upper or lower case."""
    folded = text.casefold()
    return all(word in folded for word in wanted.casefold().split())

"""What people typed, made safe to keep: control characters out, white space trimmed, length bounded."""

from __future__ import annotations

import unicodedata

from bot.domain.refusals import N_, Refused

LINE = 300  # characters: a title, a promise, one line
TEXT = 3_000  # characters: one Slack text block

_KEPT_CONTROLS = frozenset("\n\t")
# Cc controls, Cs lone surrogates, Co private use, Cn unassigned; Cf holds the bidi overrides that make a text lie.
_DROPPED = frozenset({"Cc", "Cs", "Co", "Cn"})
# Besides them: zero-width characters that make an empty text look written.
_BIDI = frozenset("\u200b\u2060\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


class TextMissing(Refused):
    text = N_("There is nothing here yet. Write a few words, then try again.")


class TextTooLong(Refused):
    text = N_("This may have up to {limit} characters; yours has {length}. Shorten it a little.")


def clean(text: str) -> str:
    """Return ``text`` without control and bidi characters, NFC-normalised and trimmed. Linear in its length."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in normal if _keeps(c)).strip()


def _keeps(character: str) -> bool:
    if character in _KEPT_CONTROLS:
        return True
    return character not in _BIDI and unicodedata.category(character) not in _DROPPED


def kept(text: str, limit: int = TEXT) -> str:
    """Return ``text`` cleaned, as it is stored.

    Raises TextMissing when nothing is left, TextTooLong above ``limit`` characters.
    """
    if len(text) > 4 * limit:
        raise TextTooLong(limit=limit, length=len(text))
    result = clean(text)
    if not result:
        raise TextMissing
    if len(result) > limit:
        raise TextTooLong(limit=limit, length=len(result))
    return result


def kept_line(text: str, limit: int = LINE) -> str:
    """Return ``text`` as one line: line breaks and runs of white space become single spaces. Errors as ``kept``."""
    return kept(" ".join(text.split()) if len(text) <= 4 * limit else text, limit)


def optional(text: str | None, limit: int = TEXT) -> str | None:
    """Return ``text`` as kept, or None when there is nothing in it. Raises TextTooLong."""
    return kept(text, limit) if text and clean(text[: 4 * limit]) else None

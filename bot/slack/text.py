"""The only escaping in the house. A text object that did not pass here does not exist.

``Mrkdwn`` is text in which everything people typed is escaped, so that no mention, link or channel
in it is alive unless this file wrote it. ``Plain`` is text Slack shows as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import Formatter

from bot.domain.wording import clean
from bot.locales import Words

ELLIPSIS = "…"
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ENTITY_TAIL = re.compile(r"(?:&[a-z]{0,3}|<[^>]{0,500})\Z")
_FORMATTER = Formatter()


class Mrkdwn(str):
    """Text safe to hand to Slack as mrkdwn."""

    __slots__ = ()


class Plain(str):
    """Text safe to hand to Slack as plain_text."""

    __slots__ = ()


def escape(value: object) -> Mrkdwn:
    """Return ``value`` as mrkdwn in which nothing is alive."""
    if isinstance(value, Mrkdwn):
        return value
    return Mrkdwn("".join(_ESCAPES.get(character, character) for character in clean(str(value))))


def fill(template: str, **values: object) -> Mrkdwn:
    """Return a catalogue ``template`` with its ``{fields}`` filled by escaped ``values``."""
    return Mrkdwn(_FORMATTER.vformat(template, (), {name: escape(value) for name, value in values.items()}))


def plain(template: str, **values: object) -> Plain:
    """Return ``template`` filled for a plain_text object: nothing is parsed there, so nothing is escaped."""
    shown = {name: clean(str(value)) for name, value in values.items()}
    return Plain(_FORMATTER.vformat(template, (), shown))


def as_typed(text: str) -> Plain:
    """Return what somebody typed, for a plain_text object."""
    return Plain(clean(text))


def one_line(text: str, limit: int) -> Plain:
    """Return what somebody typed on one line of at most ``limit`` characters."""
    return clip_plain(Plain(" ".join(clean(text).split())), limit)


def first_name(name: str) -> str:
    """Return the first word of a name."""
    return name.split(maxsplit=1)[0] if name.split() else name


def first_names(names: Sequence[str]) -> list[str]:
    """Return the first words of names; all of a name where another one begins alike."""
    short = [first_name(name) for name in names]
    return [name if short.count(first) > 1 else first for name, first in zip(names, short, strict=True)]


def by_first_name(names: Sequence[str], words: Words) -> str:
    """Return people as they are told about: ``Jonas``, ``Jonas und Olga``; nothing for nobody."""
    return words.list(first_names(names))


def lines(*parts: Mrkdwn) -> Mrkdwn:
    """Join parts by line breaks, leaving out empty ones."""
    return Mrkdwn("\n".join(part for part in parts if part))


def person(slack_id: str) -> Mrkdwn:
    """Return a live mention the bot means."""
    return Mrkdwn(f"<@{slack_id}>")


def channel(channel_id: str) -> Mrkdwn:
    """Return a live channel link the bot means."""
    return Mrkdwn(f"<#{channel_id}>")


def clip(text: Mrkdwn, limit: int) -> Mrkdwn:
    """Return ``text`` cut to ``limit`` characters, never inside an entity or a link."""
    if len(text) <= limit:
        return text
    return Mrkdwn(_ENTITY_TAIL.sub("", text[: limit - 1]) + ELLIPSIS)


def clip_plain(text: Plain, limit: int) -> Plain:
    """Return ``text`` cut to ``limit`` characters."""
    return text if len(text) <= limit else Plain(text[: limit - 1] + ELLIPSIS)

"""Several pieces of news in one message, for somebody who finds them all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.locales import Words
from bot.slack.blocks import BLOCKS, Block, Message, characters, divider, section
from bot.slack.blocks import MESSAGE as ROOM
from bot.slack.screens.trouble import message
from bot.slack.text import fill


@dataclass(frozen=True, slots=True)
class News:
    """One message that would have come alone. ``name`` is its key, by which it is found in Slack among the others."""

    name: str
    message: Message


def in_the_meantime(news: Iterable[News], words: Words) -> Message:
    """Return one message that holds several, in their order."""
    head = fill(words("In the meantime, this came in for you:"))
    return Message(head, (section(head), *(block for one in news for block in _blocks(one))))


def _blocks(news: News) -> tuple[Block, ...]:
    named = (block | {"block_id": f"{news.name}.{number}"} for number, block in enumerate(news.message.blocks))
    return (divider(), *named)


def fitting(news: Iterable[News], words: Words) -> int:
    """Return how many of the first of ``news`` one message has room for; the very first always has."""
    head = in_the_meantime((), words).blocks
    blocks, text, count = len(head), characters(head), 0
    for one in news:
        blocks, text = blocks + len(_blocks(one)), text + characters(one.message.blocks)
        if count and (blocks > BLOCKS or text > ROOM):
            break
        count += 1
    return count


def nothing_left(words: Words) -> Message:
    """Return what a posted message turns into when nothing of it is true or meant for its reader any more."""
    return message(fill(words("What stood here is no longer there.")))

"""Matches somebody is asked about."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind, Verb
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject
from bot.slack.screens import offers as screens
from bot.usecases import offers


def _offer(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    words = reader_words(tx, row, texts)
    if row.verb is Verb.UPDATE:
        happened = offers.came_about(tx, subject(row))
        return None if happened is None else (screens.came_about if happened else screens.over)(words)
    asked = offers.read_offer(tx, subject(row), PersonId(row.target_id))
    return screens.offer(asked, words) if asked else None


def _offer_over(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    if not offers.may_hear_of_the_end(tx, subject(row), PersonId(row.target_id)):
        return None
    return screens.over(reader_words(tx, row, texts))


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.OFFER: _offer,
        MessageKind.OFFER_OVER: _offer_over,
    }
)

"""Half-time, the last week, and going on together."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject, told
from bot.slack.screens import milestones as screens
from bot.usecases import milestones, renewals


def _half_time(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    asked = milestones.asked_about(tx, subject(row), PersonId(row.target_id))
    if asked is None:
        return None
    return screens.half_time(asked.partners, str(row.subject_id), reader_words(tx, row, texts), agreed=asked.agreed)


def _closing(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    asked = milestones.asked_about(tx, subject(row), PersonId(row.target_id))
    if asked is None:
        return None
    words = reader_words(tx, row, texts)
    return screens.closing(asked.partners, asked.ends_on, str(row.subject_id), asked.term, words)


def _renewed(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, renewals.told_renewed, screens.renewed)


def _ended(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    told = renewals.told_end(tx, subject(row), PersonId(row.target_id))
    if told is None:
        return None
    words = reader_words(tx, row, texts)
    return screens.ended(told.partners, told.wish, str(row.subject_id), told.term, words, until=told.until)


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.HALF_TIME: _half_time,
        MessageKind.CLOSING: _closing,
        MessageKind.RENEWED: _renewed,
        MessageKind.PAIRING_ENDED: _ended,
    }
)

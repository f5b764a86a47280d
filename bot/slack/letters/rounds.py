"""Rounds: the question before, and what the owners hear."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, room_words, subject
from bot.slack.screens import attendance as heads_up_screens
from bot.slack.screens import rounds as screens
from bot.usecases import attendance, rounds, schedules


def _heads_up(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    asked = attendance.read_heads_up(tx, subject(row))
    return heads_up_screens.heads_up(asked, reader_words(tx, row, texts)) if asked else None


def _round_ready(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    one = subject(row)
    if not rounds.is_open(tx, one):
        return None
    return screens.round_ready(rounds.count_round(tx, one), one, room_words(tx, row, texts))


def _round_too_few(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    following = schedules.next_day(tx, tx.schedules.of(row.target_id))
    counts = rounds.count_round(tx, subject(row))
    return screens.round_without_matches(counts, following, room_words(tx, row, texts))


def _round_approved(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    counts = rounds.count_round(tx, subject(row))
    return screens.round_approved(counts, room_words(tx, row, texts))


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.HEADS_UP: _heads_up,
        MessageKind.ROUND_READY: _round_ready,
        MessageKind.ROUND_TOO_FEW: _round_too_few,
        MessageKind.ROUND_APPROVED: _round_approved,
    }
)

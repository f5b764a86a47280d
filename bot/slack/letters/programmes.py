"""What is said in the owners' room about the programme."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.messages import MessageKind
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, room_words, subject
from bot.slack.screens import programmes as screens


def _programme_ready(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return screens.ready(tx.programmes.get(row.target_id).plan, room_words(tx, row, texts))


def _owner_joined(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return screens.owner_joined(tx.people.get(subject(row)).slack_id, room_words(tx, row, texts))


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.PROGRAMME_READY: _programme_ready,
        MessageKind.OWNER_JOINED: _owner_joined,
    }
)

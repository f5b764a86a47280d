"""What every letter needs: the reader's words, and what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar
from uuid import UUID

from bot.db.outbox import MessageRow
from bot.db.transaction import Gone, Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.locales import Texts, Words
from bot.slack.blocks import Message

Writer = Callable[[Transaction, MessageRow, Texts], Message | None]
Writers = Mapping[MessageKind, Writer]
T = TypeVar("T")


def reader_words(tx: Transaction, row: MessageRow, texts: Texts) -> Words:
    """Return the words of the person a letter is for."""
    return texts.for_(tx.people.get(row.target_id).language)


def room_words(tx: Transaction, row: MessageRow, texts: Texts) -> Words:
    """Return the words of the programme whose owners' room a letter is for."""
    return texts.for_(tx.programmes.get(row.target_id).language)


def subject(row: MessageRow) -> UUID:
    """Return the id of what a letter is about. Raises Gone where it has none any more."""
    if row.subject_id is None:
        raise Gone(row.kind)
    return row.subject_id


def is_waiting(tx: Transaction, row: MessageRow) -> bool:
    """Say whether the reader has no partner now."""
    reader = tx.enrolments.active_or_none(PersonId(row.target_id))
    return reader is None or tx.pairings.current(reader.id) is None


def shown(
    tx: Transaction, row: MessageRow, texts: Texts, found: T | None, screen: Callable[[T, Words], Message]
) -> Message | None:
    """Return what was found as ``screen`` shows it to the reader; nothing found, nothing sent."""
    return screen(found, reader_words(tx, row, texts)) if found else None


def told(
    tx: Transaction,
    row: MessageRow,
    texts: Texts,
    read: Callable[[Transaction, UUID, PersonId], T | None],
    screen: Callable[[T, Words], Message],
) -> Message | None:
    """Return what ``read`` finds of the letter's subject for its reader, as ``shown``."""
    return shown(tx, row, texts, read(tx, subject(row), PersonId(row.target_id)), screen)

"""Meetings: suggested, agreed, close, over, and missing."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.meetings import Answer, MeetingState
from bot.domain.messages import MessageKind, Verb
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject
from bot.slack.screens import meetings as screens
from bot.usecases.fits import asked_about
from bot.usecases.meeting_cards import Meeting, read_card


def _read(tx: Transaction, row: MessageRow, state: MeetingState) -> Meeting | None:
    """Return the meeting a letter is about while it is in ``state``; a letter that is made anew tells any state."""
    read = read_card(tx, subject(row), PersonId(row.target_id))
    return read if read and (row.verb is Verb.UPDATE or read.state is state) else None


def _proposed(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = _read(tx, row, MeetingState.PROPOSED)
    if read is None or (row.verb is Verb.POST and (read.mine is not Answer.OPEN or read.over)):
        return None
    return screens.card(read, reader_words(tx, row, texts))


def _accepted(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = _read(tx, row, MeetingState.ACCEPTED)
    return screens.card(read, reader_words(tx, row, texts)) if read else None


def _declined(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = _read(tx, row, MeetingState.DECLINED)
    return screens.declined(read, reader_words(tx, row, texts)) if read else None


def _cancelled(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = _read(tx, row, MeetingState.CANCELLED)
    return screens.card(read, reader_words(tx, row, texts)) if read else None


def _day_before(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = _read(tx, row, MeetingState.ACCEPTED)
    return screens.day_before(read, reader_words(tx, row, texts)) if read else None


def _soon(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = _read(tx, row, MeetingState.ACCEPTED)
    return screens.soon(read, reader_words(tx, row, texts)) if read else None


def _afterwards(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = read_card(tx, subject(row), PersonId(row.target_id))
    return screens.afterwards(read, reader_words(tx, row, texts)) if read and read.said is None else None


def _rhythm(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    names = asked_about(tx, subject(row), PersonId(row.target_id))
    return screens.rhythm(names, reader_words(tx, row, texts)) if names else None


def _no_meeting(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    names = asked_about(tx, subject(row), PersonId(row.target_id))
    return screens.no_meeting(names, reader_words(tx, row, texts)) if names else None


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.MEETING_PROPOSED: _proposed,
        MessageKind.MEETING_ACCEPTED: _accepted,
        MessageKind.MEETING_DECLINED: _declined,
        MessageKind.MEETING_CANCELLED: _cancelled,
        MessageKind.MEETING_DAY: _day_before,
        MessageKind.MEETING_SOON: _soon,
        MessageKind.MEETING_AFTER: _afterwards,
        MessageKind.MEETING_RHYTHM: _rhythm,
        MessageKind.NO_MEETING: _no_meeting,
    }
)

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
from bot.slack.letters.letter import Writers, reader_words, shown, subject, told
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
    return shown(tx, row, texts, _read(tx, row, MeetingState.ACCEPTED), screens.card)


def _declined(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return shown(tx, row, texts, _read(tx, row, MeetingState.DECLINED), screens.declined)


def _cancelled(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return shown(tx, row, texts, _read(tx, row, MeetingState.CANCELLED), screens.card)


def _day_before(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return shown(tx, row, texts, _read(tx, row, MeetingState.ACCEPTED), screens.day_before)


def _soon(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return shown(tx, row, texts, _read(tx, row, MeetingState.ACCEPTED), screens.soon)


def _afterwards(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = read_card(tx, subject(row), PersonId(row.target_id))
    return screens.afterwards(read, reader_words(tx, row, texts)) if read and read.said is None else None


def _rhythm(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, asked_about, screens.rhythm)


def _no_meeting(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return told(tx, row, texts, asked_about, screens.no_meeting)


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

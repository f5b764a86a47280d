"""The weekly question, its reminder, and the question asked again later."""

from __future__ import annotations

from types import MappingProxyType

from bot.db.outbox import MessageRow
from bot.db.transaction import Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind, Verb
from bot.locales import Texts
from bot.slack.blocks import Message
from bot.slack.letters.letter import Writers, reader_words, subject
from bot.slack.screens import checkins as screens
from bot.slack.screens import follow_ups as follow_up_screens
from bot.slack.screens import reminders as reminder_screens
from bot.usecases import checkins, follow_ups, reminders


def _checkin_with_follow_ups(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    asked, to = _checkin(tx, row, texts), tx.enrolments.active_or_none(PersonId(row.target_id))
    if asked is None or to is None:
        return asked
    tasks = follow_up_screens.open_lines(follow_ups.open_of(tx, to), reader_words(tx, row, texts))
    return Message(asked.text, (*asked.blocks, *tasks))


def _checkin(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    update = row.verb is Verb.UPDATE
    asked = checkins.standing_prompt(tx, subject(row)) if update else checkins.prompt(tx, subject(row))
    return screens.standing(asked, reader_words(tx, row, texts)) if asked else None


def _reminder(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    if row.verb is Verb.UPDATE:
        return _checkin(tx, row, texts)
    asked = checkins.prompt(tx, subject(row))
    how = reminders.reminding(tx, subject(row))
    return reminder_screens.reminder(asked, how, reader_words(tx, row, texts)) if asked else None


WRITERS: Writers = MappingProxyType(
    {
        MessageKind.CHECKIN: _checkin_with_follow_ups,
        MessageKind.CHECKIN_REMINDER: _reminder,
        MessageKind.CHECKIN_AGAIN: _checkin,
    }
)

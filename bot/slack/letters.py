"""What the outbox says: for each kind of message, what is true now and the screen that shows it.

A letter is written at the moment it is sent, for the one who will read it. None means: no longer true, or
no longer for their eyes; it is then not sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from bot.db.claims import BROKEN
from bot.db.outbox import MessageRow
from bot.db.transaction import Gone, Transaction
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind, Verb
from bot.locales import Texts, Words
from bot.slack.blocks import Message
from bot.slack.screens import agreements as agreement_screens
from bot.slack.screens import attendance as attendance_screens
from bot.slack.screens import catch_up as catch_up_screens
from bot.slack.screens import checkins as checkin_screens
from bot.slack.screens import enrolments as enrolment_screens
from bot.slack.screens import fits as fit_screens
from bot.slack.screens import notes as note_screens
from bot.slack.screens import offers as offer_screens
from bot.slack.screens import pairings as pairing_screens
from bot.slack.screens import programmes as programme_screens
from bot.slack.screens import rounds as round_screens
from bot.slack.screens.catch_up import News
from bot.usecases import (
    agreements,
    attendance,
    catch_up,
    checkins,
    fits,
    notes,
    offers,
    pairings,
    rounds,
    schedules,
)


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes letters in the reader's language."""

    texts: Texts

    def write(self, tx: Transaction, row: MessageRow) -> Message | None:
        """Return the message of an outbox row as it is to be posted (or posted anew) now; None to let it go."""
        try:
            return _WRITERS[row.kind](tx, row, self.texts)
        except Gone:
            return None


def _reader_words(tx: Transaction, row: MessageRow, texts: Texts) -> Words:
    return texts.for_(tx.people.get(row.target_id).language)


def _room_words(tx: Transaction, row: MessageRow, texts: Texts) -> Words:
    return texts.for_(tx.programmes.get(row.target_id).language)


def _subject(row: MessageRow) -> UUID:
    if row.subject_id is None:
        raise Gone(row.kind)
    return row.subject_id


def _introduction(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    told = pairings.introduction(tx, tx.pairings.get(row.target_id))
    return pairing_screens.introduction(told, texts.for_(told.language)) if told else None


def _introduction_alone(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    told = pairings.introduction(tx, tx.pairings.get(_subject(row)))
    return pairing_screens.introduction(told, _reader_words(tx, row, texts), alone=True) if told else None


def _not_matched(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    person = tx.people.get(row.target_id)
    enrolment = tx.enrolments.active_or_none(person.person_id)
    reason = rounds.unmatched_reason(tx, _subject(row), enrolment.id) if enrolment else None
    return pairing_screens.not_matched(reason, texts.for_(person.language)) if reason else None


def _offer(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    words = _reader_words(tx, row, texts)
    if row.verb is Verb.UPDATE:
        happened = offers.came_about(tx, _subject(row))
        return None if happened is None else (offer_screens.came_about if happened else offer_screens.over)(words)
    asked = offers.read_offer(tx, _subject(row), PersonId(row.target_id))
    return offer_screens.offer(asked, words) if asked else None


def _offer_over(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    if not offers.may_hear_of_the_end(tx, _subject(row), PersonId(row.target_id)):
        return None
    return offer_screens.over(_reader_words(tx, row, texts))


def _fit(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    names = fits.asked_about(tx, _subject(row), PersonId(row.target_id))
    return fit_screens.question(names, str(row.subject_id), _reader_words(tx, row, texts)) if names else None


def _parted(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    names = pairings.former_partners(tx, _subject(row), PersonId(row.target_id))
    return pairing_screens.parted(names, _reader_words(tx, row, texts), waiting=_is_waiting(tx, row))


def _parted_from(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    name = tx.enrolments.get(_subject(row)).person.name
    return pairing_screens.parted_from(name, _reader_words(tx, row, texts))


def _is_waiting(tx: Transaction, row: MessageRow) -> bool:
    reader = tx.enrolments.active_or_none(PersonId(row.target_id))
    return reader is None or tx.pairings.current(reader.id) is None


def _checkin(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    words = _reader_words(tx, row, texts)
    if row.verb is Verb.UPDATE:
        done = checkins.answered_prompt(tx, _subject(row))
        return checkin_screens.answered(done, words) if done else None
    asked = checkins.prompt(tx, _subject(row))
    return checkin_screens.prompt(asked, words) if asked else None


def _reminder(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    if row.verb is Verb.UPDATE:
        return _checkin(tx, row, texts)
    asked = checkins.prompt(tx, _subject(row))
    return checkin_screens.reminder(asked, _reader_words(tx, row, texts)) if asked else None


def _summary(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = checkins.summary(tx, _subject(row), PersonId(row.target_id))
    return checkin_screens.summary(read, _reader_words(tx, row, texts)) if read else None


def _cheer(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return checkin_screens.cheered(tx.people.get(_subject(row)).name, _reader_words(tx, row, texts))


def _note_shared(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = notes.shared_note(tx, _subject(row), PersonId(row.target_id))
    return note_screens.shared(read, _reader_words(tx, row, texts)) if read else None


def _agreement_written(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = agreements.told_agreement(tx, _subject(row), PersonId(row.target_id), signed=False)
    return agreement_screens.written(read, _reader_words(tx, row, texts)) if read else None


def _agreement_signed(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    read = agreements.told_agreement(tx, _subject(row), PersonId(row.target_id), signed=True)
    return agreement_screens.signed(read, _reader_words(tx, row, texts)) if read else None


def _partner_paused(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    enrolment, words = tx.enrolments.get(_subject(row)), _reader_words(tx, row, texts)
    if enrolment.paused_until is None:
        return None
    return enrolment_screens.partner_paused(enrolment.person.name, words.full_date(enrolment.paused_until), words)


def _partner_back(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    enrolment = tx.enrolments.get(_subject(row))
    if enrolment.paused_until is not None:
        return None
    return enrolment_screens.partner_back(enrolment.person.name, _reader_words(tx, row, texts))


def _partner_left(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    name = tx.enrolments.get(_subject(row)).person.name
    return pairing_screens.partner_left(name, _reader_words(tx, row, texts), waiting=_is_waiting(tx, row))


def _pairing_ended(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    names = pairings.former_partners(tx, _subject(row), PersonId(row.target_id))
    return pairing_screens.ended(names, _reader_words(tx, row, texts))


def _programme_ready(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return programme_screens.ready(tx.programmes.get(row.target_id).plan, _room_words(tx, row, texts))


def _heads_up(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    asked = attendance.read_heads_up(tx, _subject(row))
    return attendance_screens.heads_up(asked, _reader_words(tx, row, texts)) if asked else None


def _round_ready(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    one = _subject(row)
    if not rounds.is_open(tx, one):
        return None
    return round_screens.round_ready(rounds.count_round(tx, one), one, _room_words(tx, row, texts))


def _round_too_few(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    following = schedules.next_day(tx, tx.schedules.of(row.target_id))
    counts = rounds.count_round(tx, _subject(row))
    return round_screens.round_without_matches(counts, following, _room_words(tx, row, texts))


def _round_approved(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    counts = rounds.count_round(tx, _subject(row))
    return round_screens.round_approved(counts, _room_words(tx, row, texts))


def _owner_joined(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    return programme_screens.owner_joined(tx.people.get(_subject(row)).slack_id, _room_words(tx, row, texts))


def _catch_up(tx: Transaction, row: MessageRow, texts: Texts) -> Message | None:
    words = _reader_words(tx, row, texts)
    parts = {part: drawn for part in tx.catch_up.parts(row.of_id or row.id) if (drawn := _part(tx, part, texts))}
    news = [News(part.dedupe_key, drawn) for part, drawn in parts.items()]
    room = catch_up_screens.fitting(news, words)
    for part in list(parts)[room:]:
        catch_up.release(tx, part)
    if news:
        return catch_up_screens.in_the_meantime(news[:room], words)
    return catch_up_screens.nothing_left(words) if row.verb is Verb.UPDATE else None


def _part(tx: Transaction, part: MessageRow, texts: Texts) -> Message | None:
    try:
        return _WRITERS[part.kind](tx, part, texts)
    except Gone:
        return None
    except BROKEN:
        catch_up.release_broken(tx, part)
        return None


Writer = Callable[[Transaction, MessageRow, Texts], Message | None]
_WRITERS: Mapping[MessageKind, Writer] = MappingProxyType(
    {
        MessageKind.INTRODUCTION: _introduction,
        MessageKind.INTRODUCTION_ALONE: _introduction_alone,
        MessageKind.NOT_MATCHED: _not_matched,
        MessageKind.OFFER: _offer,
        MessageKind.OFFER_OVER: _offer_over,
        MessageKind.FIT: _fit,
        MessageKind.PARTED: _parted,
        MessageKind.PARTED_FROM: _parted_from,
        MessageKind.CHECKIN: _checkin,
        MessageKind.CHECKIN_REMINDER: _reminder,
        MessageKind.CHECKIN_SUMMARY: _summary,
        MessageKind.CHEER: _cheer,
        MessageKind.NOTE_SHARED: _note_shared,
        MessageKind.AGREEMENT_WRITTEN: _agreement_written,
        MessageKind.AGREEMENT_SIGNED: _agreement_signed,
        MessageKind.PARTNER_PAUSED: _partner_paused,
        MessageKind.PARTNER_BACK: _partner_back,
        MessageKind.PARTNER_LEFT: _partner_left,
        MessageKind.PAIRING_ENDED: _pairing_ended,
        MessageKind.PROGRAMME_READY: _programme_ready,
        MessageKind.HEADS_UP: _heads_up,
        MessageKind.ROUND_READY: _round_ready,
        MessageKind.ROUND_TOO_FEW: _round_too_few,
        MessageKind.ROUND_APPROVED: _round_approved,
        MessageKind.OWNER_JOINED: _owner_joined,
        MessageKind.CATCH_UP: _catch_up,
    }
)

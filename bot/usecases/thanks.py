"""Thank-yous: delivered once, readable for as long as their reader is here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import PairingRow
from bot.db.thanks import ThanksRow
from bot.db.transaction import Transaction
from bot.domain import cadence
from bot.domain.access import Action, decide
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.thanks import PAGE
from bot.usecases.participants import tell


@dataclass(frozen=True, slots=True)
class ThankYou:
    author: str
    text: str
    day: date


@dataclass(frozen=True, slots=True)
class ThanksPage:
    """Some of the thank-yous somebody got, newest first. ``page`` counts from 0; ``pages`` is at least 1."""

    thanks: tuple[ThankYou, ...]
    total: int
    page: int
    pages: int


def thank(
    tx: Transaction,
    pairing: PairingRow,
    term: int,
    author: PersonId,
    readers: Iterable[EnrolmentRow],
    texts: Mapping[str, str | None],
) -> None:
    """Give each reader their thank-you (by Slack id), change the one they have, or take it back where none is left."""
    written = tx.thanks.written(pairing, term, author)
    for reader in readers:
        text, row = texts.get(reader.person.slack_id), written.get(reader.owner_id)
        if row and text and row.text != text:
            row.text = text
            tx.outbox.revise(MessageKind.THANKS, row.id, tx.now.isoformat())
        elif row and not text:
            tx.outbox.withdraw(MessageKind.THANKS, row.id)
            tx.remove(row)
        elif text and not row:
            new = tx.thanks.add(pairing, term, author, reader.owner_id, text)
            tell(tx, reader, MessageKind.THANKS, str(new.id), subject=new.id)


def read_thanks(tx: Transaction, actor: Actor, page: int = 0) -> ThanksPage:
    """Return one page of the thank-yous the actor got; ``page`` is brought into range. Raises NotWelcome."""
    decide(actor, Action.JOIN)
    total = tx.thanks.count(actor.person)
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 0), pages - 1)
    rows = tx.thanks.received(actor.person, page=page, size=PAGE)
    return ThanksPage(_shown(tx, rows, tx.people.get(actor.person).zone), total, page, pages)


def told_thanks(tx: Transaction, thanks: UUID, reader: PersonId) -> ThankYou | None:
    """Return a thank-you for the message that brings it; None when it was taken back or is not ``reader``'s."""
    row = tx.thanks.find(thanks)
    if row is None or row.reader_id != reader:
        return None
    return _shown(tx, [row], tx.people.get(reader).zone)[0]


def _shown(tx: Transaction, rows: Iterable[ThanksRow], zone: str) -> tuple[ThankYou, ...]:
    several = list(rows)
    names = {one.person_id: one.name for one in tx.people.all_of([row.owner_id for row in several])}
    return tuple(
        ThankYou(names.get(row.owner_id, ""), row.text or "", cadence.local_day(row.written_at, zone))
        for row in several
    )

"""Say something to a partner's check-in, by a line or an offer to help; its author alone hears it, and may answer."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from bot.db.checkins import CheckinRow
from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import PairingRow
from bot.db.replies import ReplyRow
from bot.db.transaction import Transaction
from bot.domain import replies
from bot.domain.access import Action, NotYours, Thing, decide
from bot.domain.checkins import CheckinState
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.people import Actor
from bot.domain.replies import LineGone, NotTogether, ReplyKind
from bot.usecases.participants import tell


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom a line goes to, and what they wrote that it answers: their promise, or their own line."""

    name: str
    quoted: str | None


@dataclass(frozen=True, slots=True)
class Passed:
    """A line that is passed on, and the name of who gets it."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is told. ``mine``: it is about the reader's own check-in; ``promise`` is the one made in it."""

    id: UUID
    name: str
    slack_id: str
    kind: ReplyKind
    text: str | None
    promise: str
    mine: bool


@dataclass(frozen=True, slots=True)
class _Exchange:
    """One who speaks and one who listens, about a check-in."""

    checkin: CheckinRow
    by: EnrolmentRow
    to: EnrolmentRow


def read_checkin_to_reply(tx: Transaction, actor: Actor, checkin: UUID) -> Addressed:
    """Return whom a line to a partner's check-in goes to. Raises NotYours or NotTogether."""
    exchange = _about_checkin(tx, actor, checkin)
    return Addressed(exchange.to.person.name, _promise(tx, exchange.checkin))


def reply_to_checkin(tx: Transaction, actor: Actor, checkin: UUID, text: str) -> Passed:
    """Keep a line and tell it to the author of the check-in, nobody else.

    Raises NotYours, NotTogether, TooManyLines, TextMissing or TextTooLong.
    """
    return _say(tx, _about_checkin(tx, actor, checkin), text)


def read_reply_to_answer(tx: Transaction, actor: Actor, reply: UUID) -> Addressed:
    """Return whom an answer goes to, and the line it answers. Raises NotYours or NotTogether."""
    row = _own_reply(tx, actor, reply)
    return Addressed(_back(tx, actor, row).to.person.name, row.text)


def answer_reply(tx: Transaction, actor: Actor, reply: UUID, text: str) -> Passed:
    """Keep a line that answers one, and tell it to its writer, nobody else. Raises as ``reply_to_checkin``."""
    return _say(tx, _back(tx, actor, _own_reply(tx, actor, reply)), text)


def undo_reply(tx: Transaction, actor: Actor, reply: UUID) -> str:
    """Take a line of the actor's back as if it had never been; return the name of who does not read it any more.

    Raises NotYours, LineGone or LineStands.
    """
    row = tx.replies.find(reply)
    decide(actor, Action.CHANGE, Thing(author=row.owner_id if row else actor.person))
    if row is None:
        raise LineGone
    replies.check_undo(row.said_at, tx.now, tx.enrolments.get(row.enrolment_id).programme.rules.undo_minutes)
    _take_back(tx, row, MessageKind.REPLY)
    return tx.people.get(row.reader_id).name


def tell_of_help(tx: Transaction, actor: Actor, checkin: UUID) -> tuple[CheckinRow, PairingRow]:
    """Tell the author of a partner's check-in, once, that the actor can help. Raises NotYours or NotTogether."""
    exchange = _about_checkin(tx, actor, checkin)
    if not has_offered(tx, exchange.checkin, actor.person):
        _tell(tx, exchange, MessageKind.HELP_OFFERED, ReplyKind.HELP, None)
    return exchange.checkin, tx.pairings.get(exchange.checkin.pairing_id)


def has_offered(tx: Transaction, checkin: CheckinRow, person: PersonId) -> bool:
    """Say whether ``person`` has offered to help with this check-in."""
    return tx.replies.count(checkin.id, person, ReplyKind.HELP) > 0


def forget_offers(tx: Transaction, checkin: CheckinRow) -> None:
    """Take back what was offered for an answer that is taken back: the next one can be helped with anew."""
    for row in tx.replies.offers_to(checkin.id):
        _take_back(tx, row, MessageKind.HELP_OFFERED)


def _take_back(tx: Transaction, row: ReplyRow, told_by: MessageKind) -> None:
    tx.outbox.withdraw(told_by, row.id)
    tx.remove(row)


def told_reply(tx: Transaction, reply: UUID, reader: PersonId) -> Told | None:
    """Return what ``reader`` was told; None when it is gone, or when the two are not together any more."""
    row = tx.replies.find(reply)
    checkin = tx.checkins.find(row.checkin_id) if row else None
    if row is None or checkin is None or row.reader_id != reader:
        return None
    if not {row.owner_id, reader} <= tx.pairings.get(row.pairing_id).people:
        return None
    by = tx.people.get(row.owner_id)
    promise = _promise(tx, checkin) or ""
    return Told(row.id, by.name, by.slack_id, row.kind, row.text, promise, checkin.owner_id == reader)


def _about_checkin(tx: Transaction, actor: Actor, checkin: UUID) -> _Exchange:
    """Return who speaks to whom when the actor says something to a partner's answered check-in."""
    row = tx.checkins.find(checkin)
    pairing = tx.pairings.get(row.pairing_id) if row else None
    ever = frozenset(one.enrolment.owner_id for one in pairing.memberships) if pairing else frozenset()
    decide(actor, Action.REPLY, Thing(author=row.owner_id if row else None, partners=ever))
    if row is None or pairing is None or row.state is not CheckinState.ANSWERED:
        raise NotYours
    return _exchange(row, pairing, actor.person, row.owner_id)


def _own_reply(tx: Transaction, actor: Actor, reply: UUID) -> ReplyRow:
    """Return something that was said to the actor. Raises NotYours."""
    row = tx.replies.find(reply)
    partners = frozenset({row.reader_id}) if row else frozenset[PersonId]()
    decide(actor, Action.REPLY, Thing(author=row.owner_id if row else None, partners=partners))
    if row is None:
        raise NotYours
    return row


def _back(tx: Transaction, actor: Actor, row: ReplyRow) -> _Exchange:
    checkin = tx.checkins.find(row.checkin_id)
    if checkin is None:
        raise NotYours
    return _exchange(checkin, tx.pairings.get(row.pairing_id), actor.person, row.owner_id)


def _exchange(checkin: CheckinRow, pairing: PairingRow, by: PersonId, to: PersonId) -> _Exchange:
    here = {one.owner_id: one for one in pairing.present}
    if by not in here or to not in here:
        raise NotTogether
    return _Exchange(checkin, here[by], here[to])


def _say(tx: Transaction, exchange: _Exchange, text: str) -> Passed:
    kept = replies.kept_line(text)
    replies.check_room_for_one_more(tx.replies.count(exchange.checkin.id, exchange.by.owner_id, ReplyKind.LINE))
    row = _tell(tx, exchange, MessageKind.REPLY, ReplyKind.LINE, kept)
    return Passed(row.id, exchange.to.person.name)


def _tell(tx: Transaction, exchange: _Exchange, message: MessageKind, kind: ReplyKind, text: str | None) -> ReplyRow:
    row = tx.replies.add(exchange.checkin, exchange.by, exchange.to.owner_id, kind, text)
    tell(tx, exchange.to, message, str(row.id), subject=row.id)
    return row


def _promise(tx: Transaction, checkin: CheckinRow) -> str | None:
    made = tx.promises.find(checkin.next_promise_id)
    return made.text if made else None

"""Active listening: say in one sentence what one heard the partner say; the partner confirms or corrects it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from bot.db.listening import HeardRow
from bot.db.transaction import Transaction
from bot.domain import wording
from bot.domain.access import NotYours
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.pairings import PairingState
from bot.domain.people import Actor
from bot.domain.refusals import at_field
from bot.usecases.meetings import own_meeting
from bot.usecases.participants import tell


@dataclass(frozen=True, slots=True)
class Speakers:
    """Whom somebody can have listened to in a meeting, as Slack id and name."""

    meeting: UUID
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """``correction`` None and ``answered``: it is what was meant."""

    id: UUID
    listener: str
    speaker: str
    text: str
    answered: bool
    correction: str | None


def open_heard(tx: Transaction, actor: Actor, meeting: UUID) -> Speakers:
    """Return whom the actor can have listened to. Raises NotYours."""
    _, pairing, _ = own_meeting(tx, actor, meeting)
    return Speakers(meeting, tuple((one.person.slack_id, one.person.name) for one in pairing.others(actor.person)))


def write_heard(tx: Transaction, actor: Actor, meeting: UUID, speaker: str, text: str) -> str:
    """Keep what the actor heard ``speaker`` (a Slack id; the only partner if empty) say, and ask them; return the name.

    Raises NotYours, TextMissing or TextTooLong.
    """
    row, pairing, _ = own_meeting(tx, actor, meeting)
    others = pairing.others(actor.person)
    meant = [one for one in others if one.person.slack_id == speaker] if speaker else others[:1]
    if not meant:
        raise NotYours
    with at_field("heard"):
        kept = wording.kept_line(text)
    heard = tx.listening.keep(row, actor.person, meant[0].owner_id, kept)
    tell(tx, meant[0], MessageKind.HEARD, f"{heard.id}:{tx.now.isoformat()}", subject=heard.id)
    return meant[0].person.name


def read_heard(tx: Transaction, actor: Actor, heard: UUID) -> Heard:
    """Return what somebody heard the actor say. Raises NotYours."""
    return _heard(tx, _said_by(tx, actor, heard))


def answer_heard(tx: Transaction, actor: Actor, heard: UUID, correction: str | None) -> Heard:
    """Confirm what somebody heard the actor say, or correct it; the listener is told.

    Raises NotYours, TextMissing or TextTooLong.
    """
    row = _said_by(tx, actor, heard)
    if correction is not None:
        with at_field("correction"):
            correction = wording.kept_line(correction)
    row.correction, row.answered_at = correction, tx.now
    tx.flush()
    tx.outbox.revise(MessageKind.HEARD, row.id, tx.now.isoformat())
    tx.outbox.revise(MessageKind.HEARD_ANSWERED, row.id, tx.now.isoformat())
    _, pairing, _ = own_meeting(tx, actor, row.meeting_id)
    for other in pairing.others(actor.person):
        if other.owner_id == row.owner_id:
            tell(tx, other, MessageKind.HEARD_ANSWERED, str(row.id), subject=row.id)
    return _heard(tx, row)


def _said_by(tx: Transaction, actor: Actor, heard: UUID) -> HeardRow:
    row = tx.listening.find(heard)
    own_meeting(tx, actor, row.meeting_id if row else heard)
    if row is None or row.speaker_id != actor.person:
        raise NotYours
    return row


def told_heard(tx: Transaction, heard: UUID, reader: PersonId) -> Heard | None:
    """Return what was heard for a message to one of the two; None once either is out of the pairing."""
    row = tx.listening.find(heard)
    meeting = tx.meetings.find(row.meeting_id) if row else None
    if row is None or meeting is None or reader not in {row.owner_id, row.speaker_id}:
        return None
    pairing = tx.pairings.get(meeting.pairing_id)
    both = frozenset({row.owner_id, row.speaker_id}) <= pairing.people
    return _heard(tx, row) if pairing.state is PairingState.ACTIVE and both else None


def _heard(tx: Transaction, row: HeardRow) -> Heard:
    listener, speaker = tx.people.get(row.owner_id), tx.people.get(row.speaker_id)
    return Heard(
        row.id,
        listener.name,
        speaker.name,
        row.text or "",
        answered=row.answered_at is not None,
        correction=row.correction,
    )

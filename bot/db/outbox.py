"""The outbox: every message a person will see, written in the commit of its cause."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column

from bot.db.base import Owned, in_words, only, word
from bot.domain import messages
from bot.domain.ids import MessageId, PersonId, new_id
from bot.domain.messages import Destination, MessageKind, MessageState, Verb

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


WAITING = (MessageState.PENDING, MessageState.AMBIGUOUS)
TAKEN = (MessageState.SENDING,)
OPEN = (*WAITING, MessageState.SENDING)
PARKED = (MessageState.HELD, MessageState.FAILED)  # only a person can go on with these
_NEVER_CAME = frozenset({MessageState.DROPPED, MessageState.FAILED})


class Mail(NamedTuple):
    """A message that waits: which, how urgent, from when on."""

    message: UUID
    priority: int
    not_before: datetime


class Outgoing(NamedTuple):
    """A message to be put: to whom, once per ``key``, about what, from when and until when."""

    to: UUID
    key: str
    subject: UUID | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None


class MessageRow(Owned):
    """One message on its way. Ids only: its words are made when it is sent."""

    __tablename__ = "message"
    __table_args__ = (
        sa.UniqueConstraint("workspace_id", "dedupe_key"),
        # What is open is little, what is over is much: these hold only the little.
        sa.Index("ix_message_waiting", "workspace_id", "not_before", **only(WAITING)),
        sa.Index("ix_message_open", "target_id", **only(OPEN)),
        sa.Index("ix_message_sending", "workspace_id", "lease_until", **only(TAKEN)),
        sa.Index("ix_message_parked", "workspace_id", **only(PARKED)),
        sa.Index("ix_message_target_id_sent_at", "target_id", "sent_at"),
        sa.Index("ix_message_workspace_id_sent_at", "workspace_id", "sent_at"),
        sa.Index("ix_message_kind_subject_id", "kind", "subject_id"),
    )

    dedupe_key: Mapped[str] = mapped_column(sa.String(200))
    kind: Mapped[MessageKind] = mapped_column(word(MessageKind))
    verb: Mapped[Verb] = mapped_column(word(Verb))
    destination: Mapped[Destination] = mapped_column(word(Destination))
    target_id: Mapped[UUID]  # a person, a pairing or a programme, by destination
    subject_id: Mapped[UUID | None]
    of_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("message.id", ondelete="CASCADE"))
    # The one message that carries this one's words together with others.
    merged_into: Mapped[UUID | None] = mapped_column(sa.ForeignKey("message.id", ondelete="SET NULL"), index=True)
    priority: Mapped[int]
    state: Mapped[MessageState] = mapped_column(word(MessageState))
    made_at: Mapped[datetime]
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    attempt: Mapped[int] = mapped_column(default=0)
    lease_owner: Mapped[str | None] = mapped_column(sa.String(80))
    lease_until: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(sa.String(80))
    channel: Mapped[str | None] = mapped_column(sa.String(40))
    ts: Mapped[str | None] = mapped_column(sa.String(40))
    sent_at: Mapped[datetime | None]

    @property
    def message_id(self) -> MessageId:
        return MessageId(self.id)


def _is_merged() -> sa.ColumnElement[bool]:
    return MessageRow.state == MessageState.MERGED


class Outbox:
    """Puts and queries on messages of one workspace."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def put(  # noqa: PLR0913  a message is these facts
        self,
        kind: MessageKind,
        *,
        to: UUID,
        key: str,
        subject: UUID | None = None,
        not_before: datetime | None = None,
        expires_at: datetime | None = None,
        verb: Verb = Verb.POST,
        of: UUID | None = None,
    ) -> bool:
        """Write a message once per ``key``; say whether it is new. ``kind`` decides where it goes, ``to`` whom to."""
        one = self._values(kind, Outgoing(to, key, subject, not_before, expires_at)) | {"verb": verb, "of_id": of}
        made = self._tx.insert_new(MessageRow, **one)
        if made:
            self._tx.mail.append(Mail(made, messages.priority(kind), not_before or self._tx.now))
            self._tell(kind, [to])
        return made is not None

    def put_all(self, kind: MessageKind, several: Iterable[Outgoing]) -> list[UUID]:
        """Write several messages as ``put`` does, in one statement; return the ids of the new."""
        rows = {new_id(): one for one in several}
        made = self._tx.insert_all(MessageRow, ({"id": id_, **self._values(kind, one)} for id_, one in rows.items()))
        now, priority = self._tx.now, messages.priority(kind)
        self._tx.mail += [Mail(one, priority, rows[one].not_before or now) for one in made]
        self._tell(kind, [rows[one].to for one in made])
        return made

    def _tell(self, kind: MessageKind, targets: Iterable[UUID]) -> None:
        if messages.destination(kind) is Destination.PERSON:
            self._tx.told.update(targets)

    def _values(self, kind: MessageKind, one: Outgoing) -> dict[str, object]:
        return {
            "dedupe_key": one.key,
            "kind": kind,
            "verb": Verb.POST,
            "destination": messages.destination(kind),
            "target_id": one.to,
            "subject_id": one.subject,
            "priority": messages.priority(kind),
            "state": MessageState.PENDING,
            "made_at": self._tx.now,
            "not_before": one.not_before or self._tx.now,
            "expires_at": one.expires_at,
            "attempt": 0,
        }

    def on_the_way(self, kind: MessageKind, subjects: Iterable[UUID]) -> dict[UUID, UUID]:
        """Return the messages about ``subjects``, by subject, that still wait or are being sent."""
        about = MessageRow.kind == kind, MessageRow.subject_id.in_(list(subjects))
        waits = MessageRow.verb == Verb.POST, MessageRow.state.in_(OPEN)
        query = sa.select(MessageRow.subject_id, MessageRow.id).where(*about, *waits)
        return {row.subject_id: row.id for row in self._tx.among(query, MessageRow)}

    def reaching(
        self, people: Collection[PersonId], kinds: Collection[MessageKind], since: datetime
    ) -> list[tuple[PersonId, datetime]]:
        """Return whom messages of ``kinds`` reached ``since``, or will reach, and when: now, where they are late."""
        sent = sa.and_(MessageRow.state == MessageState.SENT, MessageRow.sent_at >= since)
        waits = sa.and_(MessageRow.state.in_(OPEN), MessageRow.sent_at.is_(None))
        query = sa.select(MessageRow.target_id, MessageRow.sent_at, MessageRow.not_before).where(
            *(MessageRow.target_id.in_(people), MessageRow.kind.in_(kinds)),
            *(MessageRow.verb == Verb.POST, sent | waits),
        )
        rows = self._tx.among(query, MessageRow)
        return [(row.target_id, row.sent_at or max(row.not_before, self._tx.now)) for row in rows]

    def revise(self, kind: MessageKind, subject: UUID, revision: str) -> None:
        """Have every posted message about ``subject`` made anew; what still waits is made when it is sent anyway."""
        self._follow(kind, subject, Verb.UPDATE, revision)

    def withdraw(self, kind: MessageKind, subject: UUID, *, not_before: datetime | None = None) -> None:
        """Take back every message about ``subject``: what waits is dropped, what was posted is deleted."""
        for row in self._follow(kind, subject, Verb.DELETE, "withdrawn", not_before):
            row.state = MessageState.DROPPED

    def _follow(
        self, kind: MessageKind, subject: UUID, verb: Verb, revision: str, not_before: datetime | None = None
    ) -> list[MessageRow]:
        waiting = []
        for row in self._posts(kind, subject):
            if row.state is MessageState.MERGED:
                self._follow_part(row, verb, revision, not_before)
            elif row.state is MessageState.PENDING and row.attempt == 0:
                waiting.append(row)
            elif row.state not in _NEVER_CAME:
                key = f"{row.dedupe_key}:{verb}:{revision}"
                to = row.target_id
                self.put(kind, to=to, key=key, subject=subject, verb=verb, of=row.id, not_before=not_before)
        return waiting

    def _follow_part(self, part: MessageRow, verb: Verb, revision: str, not_before: datetime | None) -> None:
        """Have the message that carries ``part`` made anew, without it if it is taken back; deleted with its last part.

        A reminder that its check-in carries has no words of its own there.
        """
        if verb is Verb.DELETE:
            part.state = MessageState.DROPPED
        carrier = self.find(part.merged_into) if part.merged_into else None
        if carrier is None or carrier.kind is not MessageKind.CATCH_UP or carrier.state in _NEVER_CAME:
            return
        if carrier.state is MessageState.PENDING and carrier.attempt == 0:
            return
        left = self._tx.count(self._all().where(MessageRow.merged_into == carrier.id, _is_merged()))
        change = Verb.UPDATE if left else Verb.DELETE
        key, to = f"{carrier.dedupe_key}:{change}:{part.id}:{revision}", carrier.target_id
        self.put(carrier.kind, to=to, key=key, verb=change, of=carrier.id, not_before=not_before)

    def _posts(self, kind: MessageKind, subject: UUID) -> list[MessageRow]:
        """Return the posts about ``subject``, those that were taken back left out: nothing stands there any more."""
        back = aliased(MessageRow)
        taken_back = sa.exists().where(back.of_id == MessageRow.id, back.verb == Verb.DELETE).select_from(back)
        about = MessageRow.kind == kind, MessageRow.subject_id == subject, MessageRow.verb == Verb.POST
        return self._tx.all(self._all().where(*about, ~taken_back).order_by(MessageRow.id).with_for_update())

    def posted(self, kind: MessageKind, subject: UUID, to: UUID) -> MessageRow | None:
        """Return the message of ``kind`` about ``subject`` that was sent to ``to``."""
        query = self._all().where(
            MessageRow.kind == kind,
            MessageRow.subject_id == subject,
            MessageRow.target_id == to,
            MessageRow.verb == Verb.POST,
            MessageRow.state == MessageState.SENT,
        )
        return self._tx.one_or_none(query.order_by(MessageRow.id.desc()).limit(1))

    def waiting_for(self, person: UUID) -> list[MessageRow]:
        """Return what nobody has tried to send to ``person`` yet."""
        query = self._all().where(
            MessageRow.destination == Destination.PERSON,
            MessageRow.target_id == person,
            MessageRow.state == MessageState.PENDING,
            MessageRow.attempt == 0,
        )
        return self._tx.all(query.with_for_update())

    def reschedule(self, row: MessageRow, moment: datetime) -> None:
        """Let a waiting message come up at ``moment``, before its like: it had its turn once."""
        row.not_before = moment
        self.announce(row, moment)

    def announce(self, row: MessageRow, moment: datetime) -> None:
        """Have a waiting message looked at again at ``moment``; it keeps its place in its lane."""
        self._tx.mail.append(Mail(row.id, row.priority - 1, moment))

    def exists(self, key: str) -> bool:
        """Say whether a message with this key was ever put (and is still kept)."""
        return self._tx.count(self._all().where(MessageRow.dedupe_key == key)) > 0

    def find(self, message: UUID) -> MessageRow | None:
        return self._tx.one_or_none(self._all().where(MessageRow.id == message))

    def counts(self) -> dict[MessageState, int]:
        """Return how many messages are in each state."""
        query = (
            sa.select(MessageRow.state, sa.func.count())
            .where(MessageRow.workspace_id == self._tx.workspace)
            .group_by(MessageRow.state)
        )
        return {state: count for state, count in self._tx.session.execute(query)}  # noqa: C416  rows are not pairs to mypy

    def errors(self) -> dict[str, int]:
        """Return how many messages failed or are held, by class of error."""
        query = (
            sa.select(MessageRow.error, sa.func.count())
            .where(MessageRow.workspace_id == self._tx.workspace, in_words(MessageRow.state, PARKED))
            .group_by(MessageRow.error)
        )
        return {error or "unknown": count for error, count in self._tx.session.execute(query)}

    def _all(self) -> sa.Select[MessageRow]:
        return sa.select(MessageRow).where(MessageRow.workspace_id == self._tx.workspace)

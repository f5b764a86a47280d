"""When nothing is heard of somebody in a pairing: how silent they are, what is said about it, and what is answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import PairingRow
from bot.db.silence import SilenceRow
from bot.db.transaction import Transaction
from bot.domain.access import NotYours
from bot.domain.ids import PersonId
from bot.domain.people import Actor
from bot.domain.silence import Loop, Step
from bot.usecases.pairings import own_pairing
from bot.usecases.participants import own_enrolment


@dataclass(frozen=True, slots=True)
class Quiet:
    """A member of a pairing and how silent they are: since when, which step was taken last, and on which day."""

    to: EnrolmentRow
    pairing: PairingRow
    row: SilenceRow | None
    since: date
    step: Step
    stepped_on: date | None

    @property
    def loop(self) -> Loop:
        return Loop(self.to.programme.rules.silence_days, self.pairing.every_weeks, self.to.presence.region)

    @property
    def next_on(self) -> date:
        """The day of the next step; none is taken after the last."""
        return self.loop.due_on(Step(self.step + 1), self.since, self.stepped_on)

    @property
    def others(self) -> list[EnrolmentRow]:
        return self.pairing.others(self.to.owner_id)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a message about silence is about, as ``reader`` may see it.

    ``names`` are the reader's partners, ``quiet`` is who was not heard of, ``ends_on`` the day on which it ends
    otherwise, ``open``: a check-in of the reader's waits for an answer.
    """

    silence: UUID
    pairing: UUID
    quiet: str
    names: tuple[str, ...]
    ends_on: date
    open: bool


def read_quiet(tx: Transaction, enrolments: Collection[UUID]) -> dict[UUID, Quiet]:
    """Return how silent everybody is who is in a pairing with any of ``enrolments``, by enrolment."""
    found = tx.pairings.with_people_of(enrolments)
    members = {one.id: (one, row) for row in found.values() for one in row.present}
    kept = tx.silence.of_all(list(members))
    heard = tx.signs.heard_of([one for one, _ in members.values()], {row.id for row in found.values()})
    return {
        id_: _quiet(one, pairing, kept.get((id_, pairing.id)), heard.get(id_))
        for id_, (one, pairing) in members.items()
    }


def _quiet(to: EnrolmentRow, pairing: PairingRow, row: SilenceRow | None, heard: datetime | None) -> Quiet:
    known = (pairing.started_at, heard) if heard else (pairing.started_at,)
    since = max(to.presence.day(moment) for moment in known)
    if row and row.since >= since:
        return Quiet(to, pairing, row, row.since, row.taken, row.stepped_on)
    return Quiet(to, pairing, row, since, Step.NONE, None)


def begin_again(tx: Transaction, enrolment: EnrolmentRow) -> None:
    """Count the silence of everybody in somebody's pairing from today: who was away could not be talked to."""
    pairing = tx.pairings.current(enrolment.id)
    if pairing is None:
        return
    kept = tx.silence.of_all([one.id for one in pairing.present])
    for one in pairing.present:
        today = one.presence.day(tx.now)
        row = kept.get((one.id, pairing.id)) or tx.silence.add(one, pairing.id, today)
        row.begin_again(today)


def asked(tx: Transaction, silence_id: UUID, reader: PersonId, step: Step) -> Asked | None:
    """Return what ``reader`` is asked at ``step``; None once something was heard, it was stopped, or it is over."""
    row = tx.silence.find(silence_id)
    one = read_quiet(tx, [row.enrolment_id]).get(row.enrolment_id) if row else None
    if row is None or row.stopped or one is None or one.row is None or one.pairing.id != row.pairing_id:
        return None
    if one.step < step or reader not in one.pairing.people:
        return None
    mine = [member.id for member in one.pairing.present if member.owner_id == reader]
    return Asked(
        row.id,
        row.pairing_id,
        one.to.person.name,
        tuple(other.person.name for other in one.pairing.others(reader)),
        one.loop.due_on(Step.CLOSE, one.since, one.stepped_on),
        bool(tx.signs.asked_at(mine)),
    )


def released_from(tx: Transaction, pairing: UUID, reader: PersonId) -> tuple[str, ...] | None:
    """Return with whom somebody was whose silence ended it; None once they look for a partner again."""
    row = tx.pairings.get(pairing)
    left = {one.enrolment.owner_id: one.left_at for one in row.memberships}
    left_at = left.get(reader)
    if left_at is None or not any(one.enrolment.resting for one in row.memberships if one.enrolment.owner_id == reader):
        return None
    others = [one for one in row.memberships if one.enrolment.owner_id != reader]
    return tuple(one.enrolment.person.name for one in others if one.left_at is None or one.left_at >= left_at)


def still_here(tx: Transaction, actor: Actor, silence_id: UUID) -> None:
    """Take a sign of life: from who was silent, or from a partner who knows better. Raises NotYours when it is over."""
    row = _own(tx, actor, silence_id)
    row.begin_again(tx.enrolments.get(row.enrolment_id).presence.day(tx.now))


def stop_asking(tx: Transaction, actor: Actor, silence_id: UUID) -> None:
    """Ask nobody any more about this silence, for as long as the pairing lasts. Raises NotYours when it is over."""
    _own(tx, actor, silence_id).stopped = True


def not_in_touch(tx: Transaction, actor: Actor, silence_id: UUID) -> Asked:
    """Return what somebody can do who has not heard of their partner either. Raises NotYours when it is over."""
    row = _own(tx, actor, silence_id)
    found = asked(tx, row.id, actor.person, Step.NONE)
    if found is None:
        raise NotYours
    return found


def look_again(tx: Transaction, actor: Actor) -> None:
    """Match the actor again, whose last pairing ended in silence. Raises NotEnrolled."""
    row = own_enrolment(tx, actor)
    if row.resting:
        row.resting = False
        tx.attendance.forget(row.id)  # out of rounds because of the silence


def _own(tx: Transaction, actor: Actor, silence_id: UUID) -> SilenceRow:
    row = tx.silence.find(silence_id)
    own_pairing(tx, actor, row.pairing_id if row else silence_id)
    if row is None:
        raise NotYours
    return row

"""Ask nobody two things of our own accord on one day: put off what can wait.

In the same number of statements however many people there are. Nothing is held meanwhile: of two processes that look at
two slots of one person, the one whose slot gives way sees the other slot still planned, or its message written.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.slots import DueSlot, Standing
from bot.db.transaction import Transaction
from bot.domain import asking
from bot.domain.ids import PersonId
from bot.domain.participants import may_be_told_at
from bot.domain.slots import SlotKind
from bot.usecases.participants import taking_part

_A_DAY_ANYWHERE = timedelta(days=2)  # the beginning of today lies behind it, on the longest day as well


class Questions:
    """What ``people`` are asked on the day on which they can be told next, as far as ``kind`` gives way to it."""

    def __init__(self, tx: Transaction, people: Collection[EnrolmentRow], kind: SlotKind) -> None:
        self._now, self._kind = tx.now, kind
        several = {row.owner_id for row in people}
        until = max((self._end(row) for row in people), default=tx.now)
        self._planned: dict[PersonId, list[Standing]] = {}
        self._told: dict[PersonId, list[datetime]] = {}
        # Slots before messages: what another process decides in between has its message there by then.
        for slot in tx.slots.standing(several, {*asking.goes_before(kind), kind}, until):
            self._planned.setdefault(slot.person, []).append(slot)
        for person, moment in tx.outbox.reaching(several, asking.QUESTIONS, tx.now - _A_DAY_ANYWHERE):
            self._told.setdefault(person, []).append(moment)

    def next_chance(self, to: EnrolmentRow, slot: DueSlot) -> datetime | None:
        """Return when something for ``to`` is due instead; None when nothing goes before it, or it can wait no more.

        Of two slots of one kind for one person the first one stays.
        """
        if not self._is_told(to) and not self._is_due(to, slot):
            return None
        at = asking.next_chance(to.presence, to.presence.day(self._told_at(to)), slot.due_at)
        return at if at < slot.expires_at else None

    def ask(self, several: Collection[EnrolmentRow]) -> None:
        """Count ``several`` as asked from now on: they are about to be."""
        for to in several:
            self._told.setdefault(to.owner_id, []).append(self._told_at(to))

    def _is_told(self, to: EnrolmentRow) -> bool:
        day = to.presence.day(self._told_at(to))
        return any(to.presence.day(moment) == day for moment in self._told.get(to.owner_id, ()))

    def _is_due(self, to: EnrolmentRow, slot: DueSlot) -> bool:
        planned = (one for one in self._planned.get(to.owner_id, ()) if one.due_at < self._end(to))
        return any(one.kind is not self._kind or one.id < slot.id for one in planned)

    def _told_at(self, to: EnrolmentRow) -> datetime:
        return may_be_told_at(to.presence, self._now)

    def _end(self, to: EnrolmentRow) -> datetime:
        return asking.end_of_day(to.presence, to.presence.day(self._told_at(to)))


def give_way(tx: Transaction, kind: SlotKind, due: list[DueSlot]) -> list[DueSlot]:
    """Put off those slots, all of ``kind``, whose people are asked something else that day; return the others.

    Whoever is on a break is left to what asks them: it knows when they are back.
    """
    if not due:
        return due
    people = {key: row for key, row in taking_part(tx, due).items() if not row.presence.is_paused(tx.now)}
    questions = Questions(tx, people.values(), kind)
    later: dict[UUID, tuple[datetime, datetime]] = {}
    for slot in due:
        to = people.get((slot.programme, slot.person))
        at = questions.next_chance(to, slot) if to else None
        if at:
            later[slot.id] = slot.due_at, at
    tx.slots.put_off(later)
    return [slot for slot in due if slot.id not in later]

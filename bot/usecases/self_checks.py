"""A private look at eight skills: at half-time, again at the end, and what has grown between, for oneself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bot.db.enrolments import EnrolmentRow
from bot.db.pairings import PairingRow
from bot.db.transaction import Transaction
from bot.domain import self_checks
from bot.domain.people import Actor
from bot.domain.self_checks import Levels, Moment
from bot.usecases.milestones import is_closing, own_time


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """What somebody chose at half-time and at the end, as far as they did; ``moment`` is the one they are at."""

    pairing: UUID
    moment: Moment
    half_time: Levels | None
    close: Levels | None

    @property
    def now(self) -> Levels | None:
        return self.close if self.moment is Moment.CLOSE else self.half_time


def read_self_check(tx: Transaction, actor: Actor, pairing: UUID) -> SelfCheck:
    """Return what the actor's look at the eight skills starts from. Raises NotYours or TimeOver."""
    row, mine = own_time(tx, actor, pairing)
    return _read(tx, row, mine)


def write_self_check(tx: Transaction, actor: Actor, pairing: UUID, chosen: Mapping[str, str]) -> SelfCheck:
    """Keep what the actor chose, for their eyes alone, and return it beside what they chose before.

    Raises NotYours, TimeOver or SkillsMissing.
    """
    row, mine = own_time(tx, actor, pairing)
    moment = Moment.CLOSE if is_closing(tx, row, mine) else Moment.HALF_TIME
    tx.self_checks.keep(row, mine, moment, self_checks.read_levels(chosen))
    return _read(tx, row, mine)


def _read(tx: Transaction, row: PairingRow, mine: EnrolmentRow) -> SelfCheck:
    kept = {moment: one.said for moment, one in tx.self_checks.of(row, mine).items()}
    moment = Moment.CLOSE if is_closing(tx, row, mine) else Moment.HALF_TIME
    return SelfCheck(row.id, moment, kept.get(Moment.HALF_TIME), kept.get(Moment.CLOSE))

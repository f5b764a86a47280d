"""Rounds and the matches they propose."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.db.base import Owned, in_words, only, word
from bot.domain.ids import PersonId
from bot.domain.rounds import AHEAD, LIVE, MatchState, RoundState

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class MatchRow(Owned):
    """A proposed set of people. ``members`` are enrolment ids, ``reasons`` structured, never sentences."""

    __tablename__ = "match"

    round_id: Mapped[UUID] = mapped_column(sa.ForeignKey("round.id", ondelete="CASCADE"), index=True)
    state: Mapped[MatchState] = mapped_column(word(MatchState), default=MatchState.PROPOSED)
    position: Mapped[int]
    quality: Mapped[str] = mapped_column(sa.String(20))
    score: Mapped[int]
    members: Mapped[list[str]]
    reasons: Mapped[dict[str, Any]]
    offered_at: Mapped[datetime | None]  # when its people were asked whether they want it

    @property
    def enrolments(self) -> tuple[UUID, ...]:
        return tuple(UUID(member) for member in self.members)


class RoundRow(Owned):
    __tablename__ = "round"
    __table_args__ = (
        sa.Index("uq_round_programme_id_day", "programme_id", "day", unique=True),
        sa.Index("ix_round_ahead", "workspace_id", "due_at", **only(AHEAD)),
    )

    programme_id: Mapped[UUID] = mapped_column(sa.ForeignKey("programme.id", ondelete="CASCADE"), index=True)
    state: Mapped[RoundState] = mapped_column(word(RoundState))
    seed: Mapped[int]
    made_by: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    unmatched: Mapped[dict[str, Any]]  # enrolment id → reason
    decisions: Mapped[dict[str, Any]] = mapped_column(default=dict)  # pins and forbidden, as lists of enrolment ids
    day: Mapped[date | None]  # on which the schedule has it; None: run by hand
    late: Mapped[bool] = mapped_column(default=False)  # a weekly run for late joiners, without a heads-up
    due_at: Mapped[datetime | None]
    left_out: Mapped[dict[str, Any] | None]  # how many were asked and are not in it, by reason
    held_by: Mapped[UUID | None]  # the process that solves it
    held_until: Mapped[datetime | None]

    matches: Mapped[list[MatchRow]] = relationship(
        order_by=MatchRow.position, cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def proposed(self) -> list[MatchRow]:
        """The matches that wait for a decision."""
        return [match for match in self.matches if match.state is MatchState.PROPOSED]


class Rounds:
    """Queries on rounds."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def add(
        self,
        programme: UUID,
        *,
        seed: int,
        made_by: PersonId,
        unmatched: dict[str, Any],
        decisions: dict[str, Any] | None = None,
    ) -> RoundRow:
        return self._tx.add(
            RoundRow(
                workspace_id=self._tx.workspace,
                programme_id=programme,
                state=RoundState.PREVIEW,
                seed=seed,
                made_by=made_by,
                made_at=self._tx.now,
                unmatched=unmatched,
                decisions=decisions or {},
            )
        )

    def get(self, round_id: UUID) -> RoundRow:
        return self._tx.get(RoundRow, round_id)

    def find(self, round_id: UUID) -> RoundRow | None:
        return self._tx.one_or_none(self._all().where(RoundRow.id == round_id))

    def previews(self, programme: UUID) -> list[RoundRow]:
        return self._tx.all(self._all().where(RoundRow.programme_id == programme, RoundRow.state == RoundState.PREVIEW))

    def count(self, programme: UUID) -> int:
        return self._tx.count(self._all().where(RoundRow.programme_id == programme))

    def last_approved(self, programme: UUID) -> RoundRow | None:
        query = self._all().where(RoundRow.programme_id == programme, in_words(RoundRow.state, LIVE))
        return self._tx.one_or_none(query.order_by(RoundRow.decided_at.desc(), RoundRow.id.desc()).limit(1))

    def match(self, match_id: UUID) -> MatchRow:
        return self._tx.get(MatchRow, match_id)

    def find_match(self, match_id: UUID) -> MatchRow | None:
        """Return a match, None if it is gone: another owner may have taken it apart."""
        query = sa.select(MatchRow).where(MatchRow.workspace_id == self._tx.workspace, MatchRow.id == match_id)
        return self._tx.one_or_none(query)

    def _all(self) -> sa.Select[RoundRow]:
        return sa.select(RoundRow).where(RoundRow.workspace_id == self._tx.workspace)

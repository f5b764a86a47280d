"""How long nothing was heard of somebody in a pairing: kept only once a step was taken, forgotten when it ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.agreements import AgreementRow, SignatureRow
from bot.db.base import Owned
from bot.db.checkins import CheckinRow
from bot.db.fits import FitRow
from bot.db.goals import GoalRow, StepRow
from bot.db.notes import NoteRow
from bot.db.outbox import MessageRow
from bot.domain.checkins import CheckinState
from bot.domain.ids import PersonId
from bot.domain.messages import MessageKind
from bot.domain.silence import Step

if TYPE_CHECKING:
    from bot.db.enrolments import EnrolmentRow
    from bot.db.transaction import Transaction


class SilenceRow(Owned):
    __tablename__ = "silence"
    __table_args__ = (sa.UniqueConstraint("pairing_id", "enrolment_id"),)

    pairing_id: Mapped[UUID] = mapped_column(sa.ForeignKey("pairing.id", ondelete="CASCADE"))
    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"), index=True)
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"))
    since: Mapped[date]  # the day from which it is counted
    step: Mapped[int]
    stepped_on: Mapped[date | None]
    stopped: Mapped[bool] = mapped_column(default=False)

    @property
    def taken(self) -> Step:
        return Step(self.step)

    def take(self, step: Step, since: date, today: date) -> None:
        self.since, self.step, self.stepped_on = since, int(step), today

    def begin_again(self, today: date) -> None:
        """Count from ``today``: something was heard, or a break is over."""
        self.since, self.step, self.stepped_on = today, int(Step.NONE), None


class Silence:
    """Queries on silence and on what breaks it."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def of_all(self, enrolments: Collection[UUID]) -> dict[tuple[UUID, UUID], SilenceRow]:
        """Return what is kept of ``enrolments``, by enrolment and pairing."""
        rows = self._tx.all(sa.select(SilenceRow).where(SilenceRow.enrolment_id.in_(enrolments)))
        here = [row for row in rows if row.workspace_id == self._tx.workspace]
        return {(row.enrolment_id, row.pairing_id): row for row in here}

    def find(self, silence: UUID) -> SilenceRow | None:
        query = sa.select(SilenceRow).where(SilenceRow.workspace_id == self._tx.workspace, SilenceRow.id == silence)
        return self._tx.one_or_none(query)

    def add(self, enrolment: EnrolmentRow, pairing: UUID, since: date) -> SilenceRow:
        # Its id follows from pairing and person, so that the buttons of a message work in a restored database too.
        return self._tx.add(
            SilenceRow(
                id=uuid5(pairing, f"silence:{enrolment.id}"),
                workspace_id=self._tx.workspace,
                pairing_id=pairing,
                enrolment_id=enrolment.id,
                owner_id=enrolment.owner_id,
                since=since,
                step=int(Step.NONE),
                stopped=False,
            )
        )

    def heard_of(self, enrolments: Iterable[EnrolmentRow], pairings: Collection[UUID]) -> dict[UUID, datetime]:
        """Return when each of ``enrolments``, members of ``pairings``, last did anything; who never did is left out."""
        people = {row.id: row.owner_id for row in enrolments}
        signs = sa.union_all(*_of_enrolments(list(people)), *_of_people(list(people.values()), pairings))
        latest: dict[UUID, datetime] = {}
        for whose, workspace, at in self._tx.session.execute(signs):
            if workspace == self._tx.workspace:
                latest[whose] = max(at, latest.get(whose, at))
        found = {row: [latest[one] for one in (row, person) if one in latest] for row, person in people.items()}
        return {row: max(moments) for row, moments in found.items() if moments}

    def asked_at(self, enrolments: Collection[UUID]) -> dict[UUID, datetime]:
        """Return when the newest check-in was opened that still waits for an answer, of those who have one."""
        query = sa.select(CheckinRow.enrolment_id, CheckinRow.opened_at).where(
            CheckinRow.enrolment_id.in_(enrolments), CheckinRow.state == CheckinState.OPEN
        )
        rows = self._tx.among(query.order_by(CheckinRow.opened_at), CheckinRow)
        return {row.enrolment_id: row.opened_at for row in rows}


def _of_enrolments(enrolments: list[UUID]) -> list[sa.Select[Any]]:
    """Return the signs of life that hang on an enrolment. A new kind of thing people do belongs here or below."""
    ticked = _latest(GoalRow.enrolment_id, StepRow.done_at, GoalRow.enrolment_id.in_(enrolments))
    return [
        _latest(CheckinRow.enrolment_id, CheckinRow.answered_at, CheckinRow.enrolment_id.in_(enrolments)),
        _latest(NoteRow.enrolment_id, NoteRow.written_at, NoteRow.enrolment_id.in_(enrolments)),
        _latest(GoalRow.enrolment_id, GoalRow.made_at, GoalRow.enrolment_id.in_(enrolments)),
        _latest(FitRow.enrolment_id, FitRow.answered_at, FitRow.enrolment_id.in_(enrolments)),
        ticked.join(StepRow, StepRow.goal_id == GoalRow.id),
    ]


def _of_people(people: list[PersonId], pairings: Collection[UUID]) -> list[sa.Select[Any]]:
    """Return the signs of life that hang on a person."""
    signed = _latest(SignatureRow.owner_id, SignatureRow.signed_at, AgreementRow.pairing_id.in_(pairings))
    cheered = MessageRow.kind == MessageKind.CHEER, MessageRow.subject_id.in_(people)  # about whoever cheered
    return [
        signed.join(AgreementRow, AgreementRow.id == SignatureRow.agreement_id),
        _latest(MessageRow.subject_id, MessageRow.made_at, *cheered),
    ]


def _latest(whose: Any, at: Any, *conditions: Any) -> sa.Select[Any]:
    workspace = whose.class_.workspace_id
    return sa.select(whose, workspace, sa.func.max(at)).where(at.is_not(None), *conditions).group_by(whose, workspace)

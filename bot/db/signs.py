"""Signs of life: when somebody last did anything in their pairing, whatever it was."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa

from bot.db.agreements import AgreementRow, SignatureRow
from bot.db.checkins import CheckinRow
from bot.db.closings import ClosingRow
from bot.db.fits import FitRow
from bot.db.follow_ups import FollowUpRow
from bot.db.goals import GoalRow, StepRow
from bot.db.listening import HeardRow
from bot.db.meetings import AttendeeRow, MeetingRow
from bot.db.notes import NoteRow
from bot.db.outbox import MessageRow
from bot.db.replies import ReplyRow
from bot.db.self_checks import SelfCheckRow
from bot.domain.checkins import CheckinState
from bot.domain.ids import PersonId
from bot.domain.meetings import Answer
from bot.domain.messages import MessageKind

if TYPE_CHECKING:
    from bot.db.enrolments import EnrolmentRow
    from bot.db.transaction import Transaction


class Signs:
    """Queries on what people last did."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

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
    # When somebody says yes to a time, or whether they met, is kept nowhere: the latest moment before it stands for it.
    mine = AttendeeRow.enrolment_id.in_(enrolments)
    agreed = _latest(AttendeeRow.enrolment_id, MeetingRow.made_at, mine, AttendeeRow.answer == Answer.ACCEPTED)
    told = _latest(AttendeeRow.enrolment_id, MeetingRow.starts_at, mine, AttendeeRow.happened.is_not(None))
    return [
        _latest(CheckinRow.enrolment_id, CheckinRow.answered_at, CheckinRow.enrolment_id.in_(enrolments)),
        _latest(NoteRow.enrolment_id, NoteRow.written_at, NoteRow.enrolment_id.in_(enrolments)),
        _latest(GoalRow.enrolment_id, GoalRow.made_at, GoalRow.enrolment_id.in_(enrolments)),
        _latest(FitRow.enrolment_id, FitRow.answered_at, FitRow.enrolment_id.in_(enrolments)),
        ticked.join(StepRow, StepRow.goal_id == GoalRow.id),
        agreed.join(MeetingRow, MeetingRow.id == AttendeeRow.meeting_id),
        told.join(MeetingRow, MeetingRow.id == AttendeeRow.meeting_id),
        _latest(SelfCheckRow.enrolment_id, SelfCheckRow.written_at, SelfCheckRow.enrolment_id.in_(enrolments)),
        _latest(ClosingRow.enrolment_id, ClosingRow.written_at, ClosingRow.enrolment_id.in_(enrolments)),
        _latest(ReplyRow.enrolment_id, ReplyRow.said_at, ReplyRow.enrolment_id.in_(enrolments)),
        _latest(FollowUpRow.enrolment_id, FollowUpRow.closed_at, FollowUpRow.enrolment_id.in_(enrolments)),
    ]


def _of_people(people: list[PersonId], pairings: Collection[UUID]) -> list[sa.Select[Any]]:
    """Return the signs of life that hang on a person."""
    signed = _latest(SignatureRow.owner_id, SignatureRow.signed_at, AgreementRow.pairing_id.in_(pairings))
    cheered = MessageRow.kind == MessageKind.CHEER, MessageRow.subject_id.in_(people)  # about whoever cheered
    return [
        signed.join(AgreementRow, AgreementRow.id == SignatureRow.agreement_id),
        _latest(MessageRow.subject_id, MessageRow.made_at, *cheered),
        _latest(MeetingRow.owner_id, MeetingRow.made_at, MeetingRow.pairing_id.in_(pairings)),
        _latest(HeardRow.owner_id, HeardRow.written_at, HeardRow.owner_id.in_(people)),
    ]


def _latest(whose: Any, at: Any, *conditions: Any) -> sa.Select[Any]:
    workspace = whose.class_.workspace_id
    return sa.select(whose, workspace, sa.func.max(at)).where(at.is_not(None), *conditions).group_by(whose, workspace)

"""Finding and deleting what has been kept long enough. How long that is stands in ``bot.domain.retention``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from bot.db.agreements import AgreementRow
from bot.db.base import Owned
from bot.db.checkins import CheckinRow
from bot.db.closings import ClosingRow
from bot.db.enrolments import EnrolmentRow
from bot.db.follow_ups import FollowUpRow
from bot.db.goals import GoalRow
from bot.db.listening import HeardRow
from bot.db.meetings import MeetingRow
from bot.db.notes import NoteRow
from bot.db.outbox import MessageRow
from bot.db.pairings import MembershipRow, PairingRow
from bot.db.people import PersonRow
from bot.db.programmes import ProgrammeRow
from bot.db.promises import PromiseRow
from bot.db.reflections import ReflectionRow
from bot.db.replies import ReplyRow
from bot.db.rounds import MatchRow, RoundRow
from bot.db.schedules import ScheduleRow
from bot.db.self_checks import SelfCheckRow
from bot.db.skills import ProfileSkillRow, SkillRow
from bot.db.slots import SlotRow
from bot.db.snapshots import SnapshotRow
from bot.db.thanks import ThanksRow
from bot.domain.enrolments import EnrolmentState
from bot.domain.goals import GoalState
from bot.domain.messages import MessageKind, MessageState
from bot.domain.visibility import Visibility

if TYPE_CHECKING:
    from bot.db.transaction import Transaction

R = TypeVar("R", bound=Owned)
Condition = sa.ColumnElement[bool]

QUOTING: Mapping[MessageKind, type[Owned]] = MappingProxyType(
    {
        MessageKind.NOTE_SHARED: NoteRow,
        MessageKind.REPLY: ReplyRow,
        MessageKind.HELP_OFFERED: ReplyRow,
        MessageKind.GOAL_REACHED: GoalRow,
        MessageKind.GOAL_LET_GO: GoalRow,
        MessageKind.CHECKIN: CheckinRow,
        MessageKind.CHECKIN_REMINDER: CheckinRow,
        MessageKind.CHECKIN_AGAIN: CheckinRow,
        MessageKind.CHECKIN_SUMMARY: CheckinRow,
        MessageKind.LEARNED: ClosingRow,
        MessageKind.THANKS: ThanksRow,
        MessageKind.AGREEMENT_WRITTEN: AgreementRow,
        MessageKind.AGREEMENT_SIGNED: AgreementRow,
        MessageKind.MEETING_PROPOSED: MeetingRow,
        MessageKind.MEETING_ACCEPTED: MeetingRow,
        MessageKind.MEETING_DECLINED: MeetingRow,
        MessageKind.MEETING_CANCELLED: MeetingRow,
        MessageKind.MEETING_DAY: MeetingRow,
        MessageKind.MEETING_SOON: MeetingRow,
        MessageKind.MEETING_AFTER: MeetingRow,
        MessageKind.FOLLOW_UP_GIVEN: FollowUpRow,
        MessageKind.FOLLOW_UP_RETURNED: FollowUpRow,
        MessageKind.HEARD: HeardRow,
        MessageKind.HEARD_ANSWERED: HeardRow,
        MessageKind.OFFER: MatchRow,
        MessageKind.INTRODUCTION: PairingRow,
        MessageKind.INTRODUCTION_ALONE: PairingRow,
    }
)
"""The messages that hold what people wrote, and what each is about: it stays known as long as that is kept."""

_AT_REST = (
    *(MessageState.SENT, MessageState.MERGED, MessageState.DROPPED),
    *(MessageState.FAILED, MessageState.HELD),
)


class Expired:
    """Queries on what is over in one workspace; every one takes the moment its event must lie before."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def notes(self, limit: datetime, hard_limit: datetime, most: int) -> list[NoteRow]:
        """Return notes whose pairing is over for their author (unshared: every pairing), or that are too old."""
        shared = NoteRow.pairing_id.is_not(None)
        over = sa.or_(
            sa.and_(shared, _left(NoteRow.enrolment_id, NoteRow.pairing_id, limit)),
            sa.and_(~shared, _through(NoteRow.enrolment_id, limit), NoteRow.written_at < limit),
        )
        return self._some(NoteRow, most, sa.or_(over, NoteRow.written_at < hard_limit))

    def reflections(self, limit: datetime, hard_limit: datetime, most: int) -> list[ReflectionRow]:
        pairing = (
            sa.select(CheckinRow.pairing_id).where(CheckinRow.id == ReflectionRow.checkin_id).correlate(ReflectionRow)
        ).scalar_subquery()
        over = _left(ReflectionRow.enrolment_id, pairing, limit)
        return self._some(ReflectionRow, most, sa.or_(over, ReflectionRow.written_at < hard_limit))

    def replies(self, limit: datetime, hard_limit: datetime, most: int) -> list[ReplyRow]:
        """Return what was said between two of whom one has left the pairing, or too long ago."""
        reader = sa.select(EnrolmentRow.id).where(
            EnrolmentRow.id == MembershipRow.enrolment_id, EnrolmentRow.owner_id == ReplyRow.reader_id
        )
        pairing = MembershipRow.pairing_id == ReplyRow.pairing_id, MembershipRow.left_at < limit
        over = sa.or_(
            _left(ReplyRow.enrolment_id, ReplyRow.pairing_id, limit), _exists(MembershipRow, *pairing, reader.exists())
        )
        return self._some(ReplyRow, most, sa.or_(over, ReplyRow.said_at < hard_limit))

    def closings(self, limit: datetime, hard_limit: datetime, most: int) -> list[ClosingRow]:
        over = _left(ClosingRow.enrolment_id, ClosingRow.pairing_id, limit)
        return self._some(ClosingRow, most, sa.or_(over, ClosingRow.written_at < hard_limit))

    def self_checks(self, limit: datetime, hard_limit: datetime, most: int) -> list[SelfCheckRow]:
        over = _left(SelfCheckRow.enrolment_id, SelfCheckRow.pairing_id, limit)
        return self._some(SelfCheckRow, most, sa.or_(over, SelfCheckRow.written_at < hard_limit))

    def checkins(self, limit: datetime, most: int) -> list[CheckinRow]:
        return self._some(CheckinRow, most, _left(CheckinRow.enrolment_id, CheckinRow.pairing_id, limit))

    def summarised(self, notes: list[NoteRow]) -> list[UUID]:
        """Return the check-ins whose summary told the words of ``notes``."""
        return self._tx.scalars(sa.select(CheckinRow.id).where(CheckinRow.note_id.in_([note.id for note in notes])))

    def promises(self, limit: datetime, most: int) -> list[PromiseRow]:
        return self._some(PromiseRow, most, _left(PromiseRow.enrolment_id, PromiseRow.pairing_id, limit))

    def meetings(self, limit: datetime, most: int) -> list[MeetingRow]:
        over = _exists(PairingRow, PairingRow.id == MeetingRow.pairing_id, PairingRow.ended_at < limit)
        return self._some(MeetingRow, most, over)

    def heard_in(self, meetings: list[MeetingRow]) -> list[UUID]:
        """Return what was heard in ``meetings``."""
        return self._tx.scalars(sa.select(HeardRow.id).where(HeardRow.meeting_id.in_([one.id for one in meetings])))

    def follow_ups(self, limit: datetime, most: int) -> list[FollowUpRow]:
        return self._some(FollowUpRow, most, _left(FollowUpRow.enrolment_id, FollowUpRow.pairing_id, limit))

    def goals(self, limit: datetime, most: int) -> list[GoalRow]:
        """Return goals that are closed, or whose author has left, with every pairing of theirs over."""
        closed = sa.and_(GoalRow.state != GoalState.ACTIVE, GoalRow.ended_at < limit)
        gone = _exists(EnrolmentRow, EnrolmentRow.id == GoalRow.enrolment_id, _gone(limit))
        return self._some(GoalRow, most, sa.or_(closed, gone), _through(GoalRow.enrolment_id, limit))

    def enrolments(self, limit: datetime, most: int) -> list[EnrolmentRow]:
        """Return enrolments that were left or never begun, once nothing their person wrote hangs on them."""
        kept = (
            NoteRow,
            ReplyRow,
            ReflectionRow,
            CheckinRow,
            PromiseRow,
            FollowUpRow,
            GoalRow,
            ClosingRow,
            SelfCheckRow,
        )
        empty = [~_exists(kind, kind.enrolment_id == EnrolmentRow.id) for kind in (*kept, SelfCheckRow)]
        return self._some(EnrolmentRow, most, _gone(limit), *empty)

    def pairings(self, limit: datetime, most: int) -> list[PairingRow]:
        """Return pairings that ended before ``limit``, and longer ago than the same people may not meet again."""
        query = sa.select(ProgrammeRow.id, ProgrammeRow.min_gap_weeks)
        programmes = self._tx.session.execute(query.where(ProgrammeRow.workspace_id == self._tx.workspace))
        limits = ((one, min(limit, self._tx.now - timedelta(weeks=gap))) for one, gap in programmes)
        over = [sa.and_(PairingRow.programme_id == one, PairingRow.ended_at < moment) for one, moment in limits]
        return self._some(PairingRow, most, sa.or_(sa.false(), *over))

    def unshare_goals(self, pairings: list[PairingRow]) -> None:
        """Make private what was shared with ``pairings``: without them it would look as if it waited for a partner."""
        shared = GoalRow.pairing_id.in_([pairing.id for pairing in pairings])
        self._tx.change(sa.update(GoalRow).where(shared).values(visibility=Visibility.PRIVATE, pairing_id=None))

    def rounds(self, limit: datetime, most: int) -> list[RoundRow]:
        made = sa.select(PairingRow.id).join(MatchRow, MatchRow.id == PairingRow.match_id)
        pairing = made.where(MatchRow.round_id == RoundRow.id).correlate(RoundRow).exists()
        moment = sa.func.coalesce(RoundRow.decided_at, RoundRow.due_at, RoundRow.made_at)
        return self._some(RoundRow, most, moment < limit, ~pairing)

    def people(self, limit: datetime, most: int) -> list[PersonRow]:
        """Return people nobody needs to know any more: in no programme, no round or kept thank-you is theirs."""
        kept = _exists(EnrolmentRow, EnrolmentRow.owner_id == ThanksRow.reader_id)
        needed = (
            _exists(ThanksRow, ThanksRow.owner_id == PersonRow.id, kept),
            _exists(EnrolmentRow, EnrolmentRow.owner_id == PersonRow.id),
            _exists(RoundRow, RoundRow.made_by == PersonRow.id),
            _exists(ScheduleRow, ScheduleRow.set_by == PersonRow.id),
        )
        return self._some(PersonRow, most, PersonRow.checked_at < limit, *(~one for one in needed))

    def skills(self, most: int) -> list[SkillRow]:
        """Return skills nobody names any more, but none that stands for others by now. Hold the list first."""
        older = aliased(SkillRow)
        named = _exists(ProfileSkillRow, ProfileSkillRow.skill_id == SkillRow.id)
        merged = _exists(older, older.merged_into_id == SkillRow.id)
        return self._some(SkillRow, most, SkillRow.merged_into_id.is_(None), ~named, ~merged)

    def slots(self, limit: datetime, most: int) -> list[SlotRow]:
        return self._some(SlotRow, most, SlotRow.expires_at < limit)

    def snapshots(self, limit: datetime, most: int) -> list[SnapshotRow]:
        return self._some(SnapshotRow, most, SnapshotRow.taken_at < limit)

    def messages(self, limit: datetime, most: int) -> list[MessageRow]:
        """Return messages at rest, but none that a younger one follows and none that quotes what is still kept.

        What carries others stays as long as any of them.
        """
        follower, part = aliased(MessageRow), aliased(MessageRow)
        carrying = _exists(part, part.merged_into == MessageRow.id)
        followed = _exists(follower, follower.of_id == MessageRow.id, ~_rests(follower, limit))
        quoted = [
            sa.and_(MessageRow.kind == message, _exists(about, about.id == MessageRow.subject_id))
            for message, about in QUOTING.items()
        ]
        return self._some(MessageRow, most, _rests(MessageRow, limit), ~followed, ~carrying, ~sa.or_(*quoted))

    def delete(self, kind: type[R], rows: list[R]) -> int:
        """Delete ``rows`` with what the database hangs on them; return how many."""
        return self._tx.change(sa.delete(kind).where(kind.id.in_([row.id for row in rows]))) if rows else 0

    def _some(self, kind: type[R], most: int, *conditions: Condition) -> list[R]:
        query = sa.select(kind).where(kind.workspace_id == self._tx.workspace, *conditions)
        return self._tx.all(query.order_by(kind.id).limit(most))


def _exists(kind: Any, *conditions: Any) -> Condition:
    return sa.exists().where(*conditions).select_from(kind)


def _left(enrolment: Any, pairing: Any, limit: datetime) -> Condition:
    """Say that somebody's time in a pairing ended before ``limit``."""
    return _exists(
        MembershipRow,
        MembershipRow.enrolment_id == enrolment,
        MembershipRow.pairing_id == pairing,
        MembershipRow.left_at < limit,
    )


def _through(enrolment: Any, limit: datetime) -> Condition:
    """Say that somebody has had a pairing or has left, and that all of it was over before ``limit``."""
    mine = MembershipRow.enrolment_id == enrolment
    lasting = _exists(MembershipRow, mine, sa.or_(MembershipRow.left_at.is_(None), MembershipRow.left_at >= limit))
    gone = _exists(EnrolmentRow, EnrolmentRow.id == enrolment, _gone(limit))
    return sa.and_(~lasting, sa.or_(_exists(MembershipRow, mine), gone))


def _gone(limit: datetime) -> Condition:
    left = sa.and_(EnrolmentRow.state == EnrolmentState.LEFT, EnrolmentRow.left_at < limit)
    never_began = sa.and_(EnrolmentRow.state == EnrolmentState.AGREED, EnrolmentRow.agreed_at < limit)
    return sa.or_(left, never_began)


def _rests(row: Any, limit: datetime) -> Condition:
    return sa.and_(row.state.in_(_AT_REST), sa.func.coalesce(row.sent_at, row.not_before) < limit)

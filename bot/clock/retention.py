"""The job that forgets: what has been kept long enough is deleted, and what the bot posted about it is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

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
from bot.db.pairings import PairingRow
from bot.db.people import PersonRow
from bot.db.promises import PromiseRow
from bot.db.reflections import ReflectionRow
from bot.db.replies import ReplyRow
from bot.db.retention import QUOTING, Expired
from bot.db.rounds import MatchRow, RoundRow
from bot.db.self_checks import SelfCheckRow
from bot.db.session import Database
from bot.db.skills import SkillRow
from bot.db.slots import SlotRow
from bot.db.snapshots import SnapshotRow
from bot.db.transaction import Transaction
from bot.domain.ids import WorkspaceId
from bot.domain.messages import MessageKind
from bot.domain.retention import RULES, Data

BATCH = 200
BATCHES_AT_MOST = 10  # of one kind in one run; the next run goes on, so that nobody waits for the forgetting
APART = timedelta(seconds=2)  # between two deletions in Slack: they must not use up what posting needs

Step = Callable[[Transaction], int]


def retain(database: Database) -> int:
    """Forget what is over in every workspace, each batch in its own transaction; return how many rows."""
    return sum(_exhaust(database, workspace, step) for workspace, _ in database.workspaces() for step in STEPS)


def _exhaust(database: Database, workspace: WorkspaceId, step: Step) -> int:
    total = 0
    for _ in range(BATCHES_AT_MOST):
        with database.transaction(workspace) as tx:
            done = step(tx)
        total += done
        if done < BATCH:
            break
    return total


def _take_back(tx: Transaction, kind: type[Owned], subjects: Iterable[UUID]) -> None:
    """Have the bot's own messages about things deleted in Slack, slowly."""
    for turn, subject in enumerate(subjects):
        for message, about in QUOTING.items():
            if about is kind:
                tx.outbox.withdraw(message, subject, not_before=tx.now + turn * APART)


def _notes(tx: Transaction) -> int:
    rule, expired = RULES[Data.NOTE], Expired(tx)
    rows = expired.notes(rule.limit(tx.now), rule.hard_limit(tx.now), BATCH)
    _take_back(tx, NoteRow, [row.id for row in rows])
    for turn, checkin in enumerate(expired.summarised(rows)):
        tx.outbox.withdraw(MessageKind.CHECKIN_SUMMARY, checkin, not_before=tx.now + turn * APART)
    return expired.delete(NoteRow, rows)


def _replies(tx: Transaction) -> int:
    rule, expired = RULES[Data.REPLY], Expired(tx)
    rows = expired.replies(rule.limit(tx.now), rule.hard_limit(tx.now), BATCH)
    _take_back(tx, ReplyRow, [row.id for row in rows])
    return expired.delete(ReplyRow, rows)


def _reflections(tx: Transaction) -> int:
    rule, expired = RULES[Data.REFLECTION], Expired(tx)
    return expired.delete(ReflectionRow, expired.reflections(rule.limit(tx.now), rule.hard_limit(tx.now), BATCH))


def _closings(tx: Transaction) -> int:
    rule, expired = RULES[Data.CLOSING], Expired(tx)
    rows = expired.closings(rule.limit(tx.now), rule.hard_limit(tx.now), BATCH)
    _take_back(tx, ClosingRow, [row.id for row in rows])
    return expired.delete(ClosingRow, rows)


def _self_checks(tx: Transaction) -> int:
    rule, expired = RULES[Data.CLOSING], Expired(tx)
    return expired.delete(SelfCheckRow, expired.self_checks(rule.limit(tx.now), rule.hard_limit(tx.now), BATCH))


def _checkins(tx: Transaction) -> int:
    expired = Expired(tx)
    rows = expired.checkins(RULES[Data.CHECKIN].limit(tx.now), BATCH)
    _take_back(tx, CheckinRow, [row.id for row in rows])
    return expired.delete(CheckinRow, rows)


def _promises(tx: Transaction) -> int:
    expired = Expired(tx)
    return expired.delete(PromiseRow, expired.promises(RULES[Data.CHECKIN].limit(tx.now), BATCH))


def _meetings(tx: Transaction) -> int:
    expired = Expired(tx)
    rows = expired.meetings(RULES[Data.MEETING].limit(tx.now), BATCH)
    _take_back(tx, MeetingRow, [row.id for row in rows])
    _take_back(tx, HeardRow, expired.heard_in(rows))
    return expired.delete(MeetingRow, rows)


def _follow_ups(tx: Transaction) -> int:
    expired = Expired(tx)
    rows = expired.follow_ups(RULES[Data.FOLLOW_UP].limit(tx.now), BATCH)
    _take_back(tx, FollowUpRow, [row.id for row in rows])
    return expired.delete(FollowUpRow, rows)


def _goals(tx: Transaction) -> int:
    expired = Expired(tx)
    rows = expired.goals(RULES[Data.GOAL].limit(tx.now), BATCH)
    _take_back(tx, GoalRow, [row.id for row in rows])
    return expired.delete(GoalRow, rows)


def _enrolments(tx: Transaction) -> int:
    expired = Expired(tx)
    return expired.delete(EnrolmentRow, expired.enrolments(RULES[Data.ENROLMENT].limit(tx.now), BATCH))


def _skills(tx: Transaction) -> int:
    tx.skills.hold()
    expired = Expired(tx)
    return expired.delete(SkillRow, expired.skills(BATCH))


def _pairings(tx: Transaction) -> int:
    expired = Expired(tx)
    rows = expired.pairings(RULES[Data.PAIRING].limit(tx.now), BATCH)
    _take_back(tx, PairingRow, [row.id for row in rows])
    expired.unshare_goals(rows)
    return expired.delete(PairingRow, rows)


def _rounds(tx: Transaction) -> int:
    expired = Expired(tx)
    rows = expired.rounds(RULES[Data.ROUND].limit(tx.now), BATCH)
    _take_back(tx, MatchRow, [match.id for row in rows for match in row.matches])
    return expired.delete(RoundRow, rows)


def _people(tx: Transaction) -> int:
    expired = Expired(tx)
    return expired.delete(PersonRow, expired.people(RULES[Data.PERSON].limit(tx.now), BATCH))


def _snapshots(tx: Transaction) -> int:
    expired = Expired(tx)
    return expired.delete(SnapshotRow, expired.snapshots(RULES[Data.SNAPSHOT].limit(tx.now), BATCH))


def _slots(tx: Transaction) -> int:
    expired = Expired(tx)
    return expired.delete(SlotRow, expired.slots(RULES[Data.SLOT].limit(tx.now), BATCH))


def _messages(tx: Transaction) -> int:
    expired = Expired(tx)
    return expired.delete(MessageRow, expired.messages(RULES[Data.MESSAGE].limit(tx.now), BATCH))


def _inbound(tx: Transaction) -> int:
    return tx.inbound.forget_before(RULES[Data.INBOUND].limit(tx.now))


def _audit(tx: Transaction) -> int:
    return tx.audit.forget_before(RULES[Data.AUDIT].limit(tx.now))


# What people wrote goes before what it hangs on, so that nothing is deleted without its copies in Slack.
STEPS: tuple[Step, ...] = (
    _notes,
    _replies,
    _reflections,
    _closings,
    _self_checks,
    _checkins,
    _promises,
    _follow_ups,
    _meetings,
    _goals,
    _enrolments,
    _skills,
    _pairings,
    _rounds,
    _people,
    _snapshots,
    _slots,
    _messages,
    _inbound,
    _audit,
)

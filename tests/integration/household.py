"""A small workspace put straight into a database: two people, a pairing, one row of everything they make."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from bot.clock.clock import DemoClock
from bot.db.base import Row
from bot.db.checkins import CheckinRow, Opened
from bot.db.enrolments import EnrolmentRow
from bot.db.goals import GoalRow
from bot.db.people import DirectoryEntry
from bot.db.rounds import MatchRow
from bot.db.sealing import Keyring, sealed_columns
from bot.db.session import Database, open_engine
from bot.db.transaction import Transaction
from bot.domain import closings
from bot.domain.agreements import Terms
from bot.domain.cadence import Weekday, WorkingHours
from bot.domain.closings import Next, Wish
from bot.domain.enrolments import EnrolmentState
from bot.domain.fits import FitAnswer
from bot.domain.follow_ups import FollowUpDraft
from bot.domain.goals import GoalDraft
from bot.domain.ids import PersonId, WorkspaceId, new_id
from bot.domain.messages import MessageKind
from bot.domain.moods import Mood
from bot.domain.people import Language, Standing
from bot.domain.profiles import Profile
from bot.domain.programmes import ProgrammePlan
from bot.domain.replies import ReplyKind
from bot.domain.rounds import MatchState, RoundState
from bot.domain.self_checks import Moment, Skill
from bot.domain.slots import Due, SlotKind
from bot.domain.snapshots import LEAST, Answer, Figure, Measure
from bot.domain.visibility import Visibility

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
NEXT_DAY = START + timedelta(days=1)
PLAN = ProgrammePlan("Growing together", "Learn", Weekday.MONDAY, 9, 12, "Be kind", Language.EN)
NEWER = frozenset(
    {"agreed-hopes", "agreed-meetings", "agreed-word", "agreed-rules", "still_deciding"}
    | {"avoided-ids", "competing-ids", "wished-ids", "step-plan", "goal-farewell"}
    | {"so_so    ", "a-reply"}
    | {"meeting-place", "meeting-topic", "heard-text", "heard-correction", "follow-up"}
    | {"35142345", "what-was-learned", "renew:".ljust(22), "the-thank-you"}
)
"""What the first versions have no place for."""
TEXTS = NEWER | frozenset(
    {"hope-mira", "hope-jonas", "goal-title", "goal-why", "goal-measure", "step-one", "the-promise", "shared-note"}
    | {"private-note", "the-reflection"}
)


TERMS = Terms("agreed-hopes", "agreed-meetings", "agreed-word", "agreed-rules", Weekday.MONDAY, 1, date(2027, 1, 25))


@dataclass(frozen=True, slots=True)
class Household:
    """The ids of what was put into one workspace. ``mira`` wrote everything, but the reply to her."""

    workspace: WorkspaceId
    programme: UUID
    mira: PersonId
    jonas: PersonId
    enrolment: UUID
    partner: UUID
    round: UUID
    match: UUID
    pairing: UUID
    goal: UUID
    step: UUID
    checkin: UUID
    promise: UUID
    shared_note: UUID
    private_note: UUID
    reflection: UUID
    reply: UUID
    agreement: UUID
    offer: UUID
    meeting: UUID
    follow_up: UUID
    heard: UUID
    silence: UUID
    closing: UUID
    thanks: UUID


def new_keyring() -> Keyring:
    return Keyring([("k1", secrets.token_bytes(32))])


@contextmanager
def opened(url: str, now: Callable[[], datetime] | None = None, keyring: Keyring | None = None) -> Iterator[Database]:
    """Open a migrated database; leaving the block closes it."""
    database = Database(open_engine(url), keyring or new_keyring(), now or DemoClock(START).now)
    try:
        yield database
    finally:
        database.close()


def person(tx: Transaction, slack_id: str, name: str = "Mira Vogel") -> PersonId:
    entry = DirectoryEntry(slack_id, name, "Europe/Berlin", Language.DE, Standing())
    return tx.people.keep(entry).person_id


def enrolled(tx: Transaction, who: PersonId, programme: UUID, hope: str) -> EnrolmentRow:
    row = tx.enrolments.agree(who, programme, 1)
    tx.flush()
    tx.enrolments.fill(row, Profile(("writing",), ("speaking",), hope, ("en",), WorkingHours()))
    row.state, row.joined_at = EnrolmentState.ACTIVE, tx.now
    tx.flush()
    return row


def paired(tx: Transaction, programme: UUID, *members: EnrolmentRow) -> tuple[UUID, UUID, UUID]:
    """Bring enrolments together by an approved round; return the ids of round, match and pairing."""
    row = tx.rounds.add(programme, seed=1, made_by=members[0].owner_id, unmatched={})
    match = MatchRow(
        workspace_id=tx.workspace,
        state=MatchState.INTRODUCED,
        position=0,
        quality="strong",
        score=90,
        members=[str(one.id) for one in members],
        reasons={"reasons": []},
    )
    row.matches.append(match)
    row.state, row.decided_at = RoundState.INTRODUCED, tx.now
    tx.flush()
    pairing = tx.pairings.add(programme, match.id, [one.id for one in members], date(2027, 1, 25))
    return row.id, match.id, pairing.id


def opened_checkin(tx: Transaction, who: EnrolmentRow, pairing: UUID) -> CheckinRow:
    row = Opened(new_id(), who.id, who.owner_id, pairing, "2026-W45", tx.now.date(), "worked", None)
    tx.checkins.open([row])
    found = tx.checkins.find(row.id)
    assert found is not None
    return found


def furnish(database: Database, team: str = "T1", room: str = "C1") -> Household:
    """Put one of everything into the workspace of ``team``; Slack ids are the same in every workspace."""
    workspace = database.workspace(team, team)
    with database.transaction(workspace) as tx:
        programme = tx.programmes.add(PLAN, room=room, min_gap_weeks=12).id
        tx.flush()
        mira, jonas = person(tx, "U1"), person(tx, "U2", "Jonas Lind")
        one, other = enrolled(tx, mira, programme, "hope-mira"), enrolled(tx, jonas, programme, "hope-jonas")
        one.follows_status = True
        one.avoided, one.competing, one.wished = "avoided-ids", "competing-ids", "wished-ids"
        round_id, match, pairing = paired(tx, programme, one, other)
        goal = _goal(tx, one, pairing)
        checkin = opened_checkin(tx, one, pairing)
        tx.flush()
        promise = tx.promises.make(checkin, "the-promise", tx.now.date() + timedelta(days=7))
        shared, private = _write(tx, one, goal, pairing)
        checkin.next_promise_id, checkin.note_id = promise.id, shared
        tx.reflections.keep(checkin, "the-reflection")
        tx.moods.keep(checkin, Mood.SO_SO)
        tx.flush()
        reflection = tx.reflections.of(checkin.id)
        assert reflection is not None
        offer = _ask(tx, one, other, round_id, pairing)
        closing, thanks = _close(tx, one, other, pairing)
        _surround(tx, programme, mira, checkin.id)
        return Household(
            workspace,
            programme,
            mira,
            jonas,
            one.id,
            other.id,
            round_id,
            match,
            pairing,
            goal.id,
            goal.steps[0].id,
            checkin.id,
            promise.id,
            shared,
            private,
            reflection.id,
            tx.replies.add(checkin, other, mira, ReplyKind.LINE, "a-reply").id,
            tx.agreements.add(tx.pairings.get(pairing), mira, TERMS).id,
            offer,
            *_meet(tx, one, other, pairing),
            tx.silence.add(one, pairing, tx.now.date()).id,
            closing,
            thanks,
        )


def _goal(tx: Transaction, one: EnrolmentRow, pairing: UUID) -> GoalRow:
    """Let ``one`` have a goal with a planned step, and a sentence for letting it go."""
    draft = GoalDraft("goal-title", "goal-why", "goal-measure", None, Visibility.SHARED, ("step-one",))
    goal = tx.goals.add(one, draft, pairing)
    goal.farewell, goal.steps[0].plan = "goal-farewell", "step-plan"
    return goal


def _write(tx: Transaction, one: EnrolmentRow, goal: GoalRow, pairing: UUID) -> tuple[UUID, UUID]:
    """Let ``one`` have written a note for both and one for their own eyes."""
    shared = tx.notes.add(one, goal, "shared-note", Visibility.SHARED, pairing)
    return shared.id, tx.notes.add(one, None, "private-note", Visibility.PRIVATE, None).id


def _meet(tx: Transaction, one: EnrolmentRow, other: EnrolmentRow, pairing: UUID) -> tuple[UUID, UUID, UUID]:
    """Let ``one`` have suggested to meet, noted what to do, and heard what ``other`` has put right."""
    row = tx.pairings.get(pairing)
    meeting = tx.meetings.add(row, one.owner_id, NEXT_DAY, 45, "meeting-place", "meeting-topic")
    heard = tx.listening.keep(meeting, one.owner_id, other.owner_id, "heard-text")
    heard.correction, heard.answered_at = "heard-correction", tx.now
    follow_up = tx.follow_ups.add(pairing, meeting.id, one.owner_id, one, FollowUpDraft("follow-up", "", None))
    return meeting.id, follow_up.id, heard.id


def _ask(tx: Transaction, one: EnrolmentRow, other: EnrolmentRow, round_id: UUID, pairing: UUID) -> UUID:
    """Let ``one`` have said how it fits, and be asked about a match of another one that came to nothing."""
    row = tx.fits.add(one, pairing)
    row.asked = 1
    row.say(FitAnswer.DECIDING, tx.now)
    turned_down = MatchRow(
        workspace_id=tx.workspace,
        round_id=round_id,
        state=MatchState.DECLINED,
        offered_at=tx.now,
        position=1,
        quality="good",
        score=50,
        members=[str(one.id), str(other.id)],
        reasons={"reasons": []},
    )
    tx.add(turned_down)
    tx.flush()
    offer = tx.offers.add(turned_down.id, one, tx.now + timedelta(days=3))
    tx.flush()
    return offer.id


def _close(tx: Transaction, one: EnrolmentRow, other: EnrolmentRow, pairing: UUID) -> tuple[UUID, UUID]:
    """Let ``one`` have looked at eight skills, looked back and thanked the other."""
    row = tx.pairings.get(pairing)
    tx.self_checks.keep(row, one, Moment.HALF_TIME, dict(zip(Skill, (3, 5, 1, 4, 2, 3, 4, 5), strict=True)))
    closing = tx.closings.begin(row, one, row.term)
    closing.learned, closing.visibility = "what-was-learned", Visibility.SHARED
    closing.wish = closings.as_kept(Wish(Next.RENEW))
    thanks = tx.thanks.add(row, row.term, one.owner_id, other.owner_id, "the-thank-you")
    return closing.id, thanks.id


def _surround(tx: Transaction, programme: UUID, mira: PersonId, checkin: UUID) -> None:
    tx.slots.plan([Due(programme, mira, SlotKind.CHECKIN, "2026-W46", tx.now + timedelta(days=1))])
    tx.outbox.put(MessageKind.CHECKIN, to=mira, key=f"checkin:{checkin}", subject=checkin)
    figure = Figure(Answer.SOME, 7, 20, LEAST)
    tx.snapshots.keep(programme, Measure.UNSIGNED, "2026-W45", figure, tx.now - timedelta(days=14))
    tx.inbound.claim("event:1")
    tx.audit.record(mira, "set_up", programme)


def tables() -> list[type[Row]]:
    """Return every table class of the house, parents before children."""
    mappers = {mapper.local_table: mapper.class_ for mapper in Row.registry.mappers}
    return [mappers[table] for table in Row.metadata.sorted_tables]


def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Return every stored value of every table and column there is at this revision, rows by id."""
    found = {}
    with database.engine.connect() as connection:
        there = sa.inspect(connection)
        for table in Row.metadata.sorted_tables:
            if there.has_table(table.name):
                names = [column["name"] for column in there.get_columns(table.name)]
                columns = [table.c[name] for name in names if name in table.c]  # others are of an older revision
                rows = connection.execute(sa.select(*columns).order_by(table.c.id)).mappings()
                found[table.name] = [dict(row) for row in rows]
    return found


def plain_texts(database: Database, workspace: WorkspaceId) -> frozenset[str]:
    """Open every sealed value of a workspace and return the texts."""
    texts: set[str] = set()
    with database.reading(workspace) as tx:
        for kind in tables():
            names = [column._name for column in sealed_columns(kind)]  # noqa: SLF001  there is no other way to list them
            for row in tx.session.scalars(sa.select(kind)) if names else []:
                texts |= {text for name in names if (text := getattr(row, name)) is not None}
    return frozenset(texts)

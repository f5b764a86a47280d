from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import exc

from bot.db.attendance import AttendanceRow
from bot.db.base import Owned
from bot.db.enrolments import EnrolmentRow
from bot.db.notes import NoteRow
from bot.db.offers import OfferRow
from bot.db.outbox import MessageRow
from bot.db.pairings import PairingRow
from bot.db.people import PersonRow
from bot.db.rounds import RoundRow
from bot.db.runs import Planned
from bot.db.session import BUSY_MILLISECONDS, Database, open_engine
from bot.db.skills import SkillRow
from bot.db.transaction import Gone, Transaction
from bot.domain.access import NotAnOwner, NotEnrolled
from bot.domain.goals import GoalDraft, GoalState
from bot.domain.messages import MessageKind
from bot.domain.people import Actor, Standing
from bot.domain.promises import PromiseState
from bot.domain.replies import ReplyKind
from bot.domain.schedules import Rhythm, Schedule
from bot.domain.slots import SlotKind
from bot.domain.snapshots import Measure
from bot.domain.visibility import Visibility
from tests.integration.household import NEXT_DAY, START, Household, furnish, opened, paired, person, tables

THREADS = 10
WRITES = 200


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as opened_one:
        yield opened_one


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Run ``act`` in threads that all start together; return what each came to."""
    gate = threading.Barrier(count)

    def one(number: int) -> Any:
        gate.wait()
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_many_threads_write_and_none_finds_the_database_locked(database: Database) -> None:
    """Ten at once, two hundred commits each, every one kept."""
    home = furnish(database)

    def write(number: int) -> None:
        for count in range(WRITES):
            with database.transaction(home.workspace) as tx:
                tx.inbound.claim(f"event:{number}:{count}")

    at_once(THREADS, write)

    with database.engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM inbound")) == THREADS * WRITES + 1


def test_two_processes_on_one_file_wait_for_each_other(sqlite_url: str) -> None:
    """Two engines know nothing of each other's lock in memory; the database makes them queue."""
    with opened(sqlite_url) as one, opened(sqlite_url) as other:
        workspace = one.workspace("T1")

        def write(number: int) -> None:
            for count in range(50):
                with (one, other)[number % 2].transaction(workspace) as tx:
                    tx.inbound.claim(f"{number}:{count}")

        at_once(4, write)
        with one.reading(workspace) as tx:
            assert tx.session.scalar(sa.text("SELECT count(*) FROM inbound")) == 200


def test_a_reader_is_not_held_up_by_a_writer_and_sees_nothing_half_done(database: Database) -> None:
    """While a transaction is open, others read the state before it."""
    home = furnish(database)
    with database.transaction(home.workspace) as tx:
        tx.notes.add(tx.enrolments.get(home.enrolment), None, "half-done", Visibility.PRIVATE, None)
        with ThreadPoolExecutor(1) as pool:
            seen = pool.submit(_count_notes, database, home).result(timeout=20)

    assert seen == 2
    assert _count_notes(database, home) == 3


def _count_notes(database: Database, home: Household) -> int:
    with database.reading(home.workspace) as tx:
        return tx.notes.own_count(home.mira, home.enrolment)


def test_an_exception_takes_everything_back(database: Database) -> None:
    """State, key and message of one transaction live or die together."""
    home = furnish(database)

    with pytest.raises(RuntimeError), database.transaction(home.workspace) as tx:
        _half_way(tx, home)

    with database.transaction(home.workspace) as tx:
        tx.inbound.claim("event:2")
        assert not tx.outbox.exists("note:1")
    assert _count_notes(database, home) == 2


def _half_way(tx: Transaction, home: Household) -> None:
    tx.inbound.claim("event:2")
    tx.outbox.put(MessageKind.NOTE_SHARED, to=home.jonas, key="note:1")
    tx.notes.add(tx.enrolments.get(home.enrolment), None, "lost", Visibility.PRIVATE, None)
    raise RuntimeError


def test_what_a_reading_transaction_changes_is_not_kept(database: Database) -> None:
    """Reading is reading, whatever the code inside does: Postgres refuses it, SQLite forgets it."""
    home = furnish(database)
    with suppress(sa.exc.InternalError), database.reading(home.workspace) as tx:
        tx.people.get(home.mira).name = "Somebody Else"
        tx.flush()

    with database.reading(home.workspace) as tx:
        assert tx.people.get(home.mira).name == "Mira Vogel"


def test_a_row_that_points_nowhere_is_refused(database: Database) -> None:
    """Foreign keys are on, in every connection."""
    home = furnish(database)

    def write(_: int) -> None:
        with pytest.raises(exc.IntegrityError):
            _write_nowhere(database, home)

    at_once(4, write)
    assert _count_notes(database, home) == 2


def _write_nowhere(database: Database, home: Household) -> None:
    with database.transaction(home.workspace) as tx:
        row = NoteRow(
            workspace_id=home.workspace,
            enrolment_id=uuid4(),
            owner_id=home.mira,
            visibility=Visibility.PRIVATE,
            written_at=tx.now,
            text="lost",
        )
        tx.add(row)


def test_deleting_a_person_deletes_what_is_theirs_and_nothing_else(database: Database) -> None:
    """The database itself follows the cascade."""
    home = furnish(database)
    with database.transaction(home.workspace) as tx:
        tx.rounds.get(home.round).made_by = home.jonas
    with database.transaction(home.workspace) as tx:
        tx.remove(tx.people.get(home.mira))

    with database.reading(home.workspace) as tx:
        assert tx.notes.find(home.shared_note) is None
        assert tx.goals.find(home.goal) is None
        assert tx.enrolments.get(home.partner).hope == "hope-jonas"
        assert tx.pairings.get(home.pairing).people == {home.jonas}


def test_an_enrolment_is_in_one_pairing_at_a_time(database: Database) -> None:
    """However many rounds run at once, the database keeps somebody from having two partners by accident."""
    home = furnish(database)

    with pytest.raises(exc.IntegrityError):
        _pair_again(database, home)


def _pair_again(database: Database, home: Household) -> None:
    with database.transaction(home.workspace) as tx:
        paired(tx, home.programme, tx.enrolments.get(home.enrolment))


def test_a_time_without_a_zone_is_never_stored(database: Database) -> None:
    """A naive time would mean something else on every machine."""
    home = furnish(database)

    with pytest.raises(exc.StatementError, match="without a zone"):
        _check(database, home, START.replace(tzinfo=None))


def _check(database: Database, home: Household, moment: datetime) -> None:
    with database.transaction(home.workspace) as tx:
        tx.people.get(home.mira).checked_at = moment


def test_times_come_back_as_the_same_instant_in_utc(database: Database) -> None:
    """Whatever zone they were given in, both databases return aware UTC with microseconds."""
    home = furnish(database)
    given = datetime(2026, 3, 29, 3, 30, 0, 123456, tzinfo=timezone(timedelta(hours=2)))
    _check(database, home, given)

    with database.reading(home.workspace) as tx:
        read = tx.people.get(home.mira).checked_at
    assert read == given
    assert read.tzinfo is UTC


def test_an_unknown_word_in_a_column_is_an_error_not_a_guess(database: Database) -> None:
    """A state the code does not know, from a newer version or a wrong hand, stops the reader."""
    home = furnish(database)
    with database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE promise SET state = 'forgiven'"))

    with pytest.raises(ValueError, match="forgiven"), database.reading(home.workspace) as tx:
        tx.promises.find(home.promise)
    assert "forgiven" not in set(PromiseState)


def test_the_team_is_remembered_once(database: Database) -> None:
    """Asking again gives the same workspace; its Slack id is told back."""
    one = database.workspace("T1", "Acme")

    assert database.workspace("T1") == one
    assert database.workspaces() == [(one, "T1")]


def test_the_team_is_remembered_once_by_many_at_once(database_url: str) -> None:
    """Two processes that start together do not make two workspaces of one team."""
    with opened(database_url) as one, opened(database_url) as other:
        found = at_once(8, lambda number: (one, other)[number % 2].workspace("T1"))

        assert len(set(found)) == 1
        assert len(one.workspaces()) == 1


def test_a_person_is_remembered_once_by_many_at_once(database: Database) -> None:
    """Two commands of somebody new, typed in one second, make one person and no error."""
    workspace = database.workspace("T1")

    def meet(_: int) -> object:
        with database.transaction(workspace) as tx:
            return person(tx, "U7")

    assert len(set(at_once(8, meet))) == 1


def test_a_statement_that_hangs_is_ended_while_somebody_waits_and_nowhere_else(postgres_url: str) -> None:
    """Slack gives three seconds to answer; a tick may take its time. SQLite runs no statement anywhere else."""
    nap = sa.text("SELECT pg_sleep(:seconds)")
    with opened(postgres_url) as database:
        workspace = database.workspace("T1")
        for begin in (database.transaction, database.reading):
            with pytest.raises(exc.OperationalError, match="statement timeout"), begin(workspace, hurry=True) as tx:
                tx.session.execute(nap, {"seconds": 60})
            with begin(workspace) as tx:
                tx.session.execute(nap, {"seconds": BUSY_MILLISECONDS / 1000 + 0.2})


def test_a_database_that_answers_says_so(database: Database) -> None:
    assert database.answers()


def test_a_database_that_is_gone_says_so_too() -> None:
    """Asked by /readyz and by the doctor; it is an answer, not an error."""
    with opened("postgresql+psycopg://nobody@127.0.0.1:9/none?connect_timeout=2") as gone:
        assert not gone.answers()


def test_a_folder_for_the_database_file_is_made(tmp_path: Any) -> None:
    """The first run needs no mkdir."""
    engine = open_engine(f"sqlite:///{tmp_path}/data/here/tandem.db")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    engine.dispose()


# Two workspaces with the same Slack ids, programmes and rooms: nothing of one is found from the other.


@pytest.fixture
def twins(database: Database) -> tuple[Database, Household, Household]:
    homes = furnish(database, "T1"), furnish(database, "T2")
    for home in homes:
        _plan_a_round(database, home)
        _close_a_goal(database, home)
    return database, *homes


ROUND_DAY, TOKEN, A_YEAR = date(2026, 11, 12), UUID(int=7), timedelta(days=365)


def _close_a_goal(database: Database, home: Household) -> None:
    """Let Mira have reached another goal and answered her check-in."""
    draft = GoalDraft("reached", None, None, None, Visibility.PRIVATE, ())
    with database.transaction(home.workspace) as tx:
        goal = tx.goals.add(tx.enrolments.get(home.enrolment), draft, None)
        goal.state, goal.ended_at = GoalState.DONE, tx.now
        checkin = tx.checkins.find(home.checkin)
        assert checkin
        checkin.answered_at = tx.now


def _plan_a_round(database: Database, home: Household) -> None:
    """Plan a round that one process works on, with Mira asked for it."""
    schedule = Schedule(Rhythm.ONCE, first_day=ROUND_DAY)
    with database.transaction(home.workspace) as tx:
        tx.schedules.keep(home.programme, schedule, zone="Europe/Berlin", set_by=home.mira)
        tx.runs.plan([Planned(home.programme, ROUND_DAY, START + timedelta(days=10), False, home.mira)])
        row = tx.runs.next_of(home.programme)
        assert row
        tx.runs.take(row.id, TOKEN, START)
        tx.attendance.ask([(uuid4(), row.id, home.enrolment, None)])


def _planned_of(tx: Transaction, home: Household) -> UUID:
    mine = RoundRow.programme_id == home.programme, RoundRow.held_by == TOKEN
    found: UUID = tx.scalars(sa.select(RoundRow.id).where(*mine))[0]
    return found


def _attendance_of(tx: Transaction, home: Household) -> UUID:
    found: UUID = tx.scalars(sa.select(AttendanceRow.id).where(AttendanceRow.enrolment_id == home.enrolment))[0]
    return found


def test_the_same_slack_id_is_two_people_in_two_workspaces(twins: tuple[Database, Household, Household]) -> None:
    """S28: ids are unique inside a workspace only."""
    database, here, there = twins
    with database.transaction(here.workspace) as tx:
        assert person(tx, "U1") == here.mira
    with database.transaction(there.workspace) as tx:
        assert person(tx, "U1") == there.mira
    assert here.mira != there.mira


def actor(home: Household) -> Actor:
    return Actor(home.workspace, home.mira, "U1", Standing())


def _messages_of(tx: Transaction, home: Household) -> list[UUID]:
    return tx.scalars(sa.select(MessageRow.id).where(MessageRow.workspace_id == home.workspace))


def _match_of(tx: Transaction, home: Household) -> UUID:
    [offer] = tx.session.scalars(sa.select(OfferRow).where(OfferRow.id == home.offer))
    return offer.match_id


def _members_of(tx: Transaction, home: Household) -> list[EnrolmentRow]:
    return list(tx.session.scalars(sa.select(EnrolmentRow).where(EnrolmentRow.id == home.enrolment)))


def _pairing_of(tx: Transaction, home: Household) -> PairingRow:
    [row] = tx.session.scalars(sa.select(PairingRow).where(PairingRow.id == home.pairing))
    return row


def _enrolment_of(tx: Transaction, home: Household) -> EnrolmentRow:
    [row] = tx.session.scalars(sa.select(EnrolmentRow).where(EnrolmentRow.id == home.enrolment))
    return row


def _skills_of(tx: Transaction, home: Household) -> list[UUID]:
    return tx.scalars(sa.select(SkillRow.id).where(SkillRow.workspace_id == home.workspace).order_by(SkillRow.id))


# What a query finds when it is asked for the other workspace's things: nothing, or a refusal.
EMPTY: dict[str, Callable[[Transaction, Household], object]] = {
    "people.all_of": lambda tx, far: tx.people.all_of([far.mira, far.jonas]),
    "enrolments.of": lambda tx, far: tx.enrolments.of(far.mira, far.programme),
    "enrolments.of_all": lambda tx, far: tx.enrolments.of_all([(far.programme, far.mira)]),
    "enrolments.in_use": lambda tx, far: tx.enrolments.in_use([far.mira]),
    "enrolments.active_or_none": lambda tx, far: tx.enrolments.active_or_none(far.mira),
    "enrolments.all_of": lambda tx, far: tx.enrolments.all_of(far.mira),
    "enrolments.following": lambda tx, far: tx.enrolments.following(far.mira),
    "enrolments.takes_part": lambda tx, far: tx.enrolments.takes_part(far.mira),
    "enrolments.skills_in": lambda tx, far: tx.enrolments.skills_in(far.programme),
    "skills.all_of": lambda tx, far: tx.skills.all_of(_skills_of(tx, far)),
    "skills.places": lambda tx, far: tx.skills.places(_skills_of(tx, far)[0]),
    "skills.find": lambda tx, far: tx.skills.find(_skills_of(tx, far)[0]),
    "enrolments.active_in": lambda tx, far: tx.enrolments.active_in(far.programme),
    "attendance.answers": lambda tx, far: tx.attendance.answers([far.enrolment]),
    "attendance.asked_for": lambda tx, far: tx.attendance.asked_for(_planned_of(tx, far)),
    "attendance.find": lambda tx, far: tx.attendance.find(_attendance_of(tx, far)),
    "attendance.last_days": lambda tx, far: tx.attendance.last_days([far.enrolment]),
    "attendance.newest_in": lambda tx, far: tx.attendance.newest_in(far.programme),
    "attendance.open_rounds": lambda tx, far: tx.attendance.open_rounds([far.programme]),
    "attendance.waiting": lambda tx, far: tx.attendance.waiting(far.programme, "2026-11-12"),
    "runs.dated": lambda tx, far: tx.runs.dated([far.programme], date(2026, 11, 2)),
    "runs.held": lambda tx, far: tx.runs.held(_planned_of(tx, far), TOKEN),
    "runs.next_of": lambda tx, far: tx.runs.next_of(far.programme),
    "schedules.of": lambda tx, far: tx.schedules.of(far.programme),
    "rounds.find": lambda tx, far: tx.rounds.find(far.round),
    "rounds.find_match": lambda tx, far: tx.rounds.find_match(far.match),
    "rounds.previews": lambda tx, far: tx.rounds.previews(far.programme),
    "rounds.count": lambda tx, far: tx.rounds.count(far.programme),
    "rounds.last_approved": lambda tx, far: tx.rounds.last_approved(far.programme),
    "offers.find": lambda tx, far: tx.offers.find(far.offer),
    "offers.programme_of": lambda tx, far: tx.offers.programme_of(far.offer),
    "offers.open_of": lambda tx, far: tx.offers.open_of(far.enrolment),
    "offers.in_match": lambda tx, far: tx.offers.in_match(_match_of(tx, far)),
    "offers.of_people": lambda tx, far: tx.offers.of_people([far.mira]),
    "offers.thinking": lambda tx, far: tx.offers.thinking(far.programme),
    "offers.turned_down": lambda tx, far: tx.offers.turned_down(far.programme),
    "fits.of_all": lambda tx, far: tx.fits.of_all([far.enrolment]),
    "silence.of_all": lambda tx, far: tx.silence.of_all([far.enrolment]),
    "silence.find": lambda tx, far: tx.silence.find(far.silence),
    "signs.heard_of": lambda tx, far: tx.signs.heard_of(_members_of(tx, far), [far.pairing]),
    "signs.asked_at": lambda tx, far: tx.signs.asked_at([far.enrolment]),
    "pairings.with_people_of": lambda tx, far: tx.pairings.with_people_of([far.enrolment]),
    "pairings.find": lambda tx, far: tx.pairings.find(far.pairing),
    "pairings.of_all": lambda tx, far: tx.pairings.of_all([far.pairing]),
    "pairings.programme_of": lambda tx, far: tx.pairings.programme_of(far.pairing),
    "pairings.current": lambda tx, far: tx.pairings.current(far.enrolment),
    "pairings.current_of": lambda tx, far: tx.pairings.current_of([far.enrolment]),
    "pairings.names_in": lambda tx, far: tx.pairings.names_in([far.pairing]),
    "pairings.taken": lambda tx, far: tx.pairings.taken(far.programme),
    "pairings.history": lambda tx, far: tx.pairings.history(far.programme),
    "pairings.ended_of": lambda tx, far: tx.pairings.ended_of(far.jonas),
    "milestones.terms_of": lambda tx, far: tx.milestones.terms_of([far.enrolment]),
    "milestones.people": lambda tx, far: tx.milestones.people([far.pairing], tuple(SlotKind), tx.now),
    "closings.find": lambda tx, far: tx.closings.find(far.closing),
    "closings.of_all": lambda tx, far: tx.closings.of_all([far.pairing]),
    "thanks.find": lambda tx, far: tx.thanks.find(far.thanks),
    "thanks.count": lambda tx, far: tx.thanks.count(far.jonas),
    "thanks.received": lambda tx, far: tx.thanks.received(far.jonas, page=0, size=5),
    "thanks.written": lambda tx, far: tx.thanks.written(_pairing_of(tx, far), 0, far.mira),
    "self_checks.of": lambda tx, far: tx.self_checks.of(_pairing_of(tx, far), _enrolment_of(tx, far)),
    "agreements.find": lambda tx, far: tx.agreements.find(far.agreement),
    "agreements.in_force": lambda tx, far: tx.agreements.in_force(far.pairing),
    "agreements.versions_of": lambda tx, far: tx.agreements.versions_of([far.pairing]),
    "agreements.latest": lambda tx, far: tx.agreements.latest(far.pairing),
    "meetings.find": lambda tx, far: tx.meetings.find(far.meeting),
    "meetings.pairing_of": lambda tx, far: tx.meetings.pairing_of(far.meeting),
    "meetings.standing": lambda tx, far: tx.meetings.standing(far.pairing),
    "meetings.moved_since_held": lambda tx, far: tx.meetings.moved_since_held(far.pairing),
    "meetings.of_people": lambda tx, far: tx.meetings.of_people([far.enrolment], [NEXT_DAY]),
    "meetings.last_starts": lambda tx, far: tx.meetings.last_starts([far.pairing]),
    "meetings.suggested_in": lambda tx, far: tx.meetings.suggested_in([far.pairing]),
    "follow_ups.find": lambda tx, far: tx.follow_ups.find(far.follow_up),
    "follow_ups.pairing_of": lambda tx, far: tx.follow_ups.pairing_of(far.follow_up),
    "follow_ups.of_pairing": lambda tx, far: tx.follow_ups.of_pairing(far.pairing),
    "follow_ups.open_of": lambda tx, far: tx.follow_ups.open_of([far.enrolment], far.pairing),
    "listening.find": lambda tx, far: tx.listening.find(far.heard),
    "goals.find": lambda tx, far: tx.goals.find(far.goal),
    "goals.of_all": lambda tx, far: tx.goals.of_all([far.goal]),
    "goals.find_step": lambda tx, far: tx.goals.find_step(far.step),
    "goals.active_of": lambda tx, far: tx.goals.active_of(far.enrolment),
    "goals.closed_page": lambda tx, far: tx.goals.closed_page(far.enrolment, page=0, size=8),
    "goals.closed_count": lambda tx, far: tx.goals.closed_count(far.enrolment),
    "goals.current": lambda tx, far: tx.goals.current(far.enrolment),
    "checkins.find": lambda tx, far: tx.checkins.find(far.checkin),
    "checkins.answered_in": lambda tx, far: tx.checkins.answered_in(far.enrolment, far.pairing, START),
    "checkins.latest": lambda tx, far: tx.checkins.latest(far.enrolment),
    "checkins.in_week": lambda tx, far: tx.checkins.in_week(far.enrolment, "2026-W45"),
    "checkins.with_line": lambda tx, far: tx.checkins.with_line(far.shared_note),
    "checkins.reported_since": lambda tx, far: tx.checkins.reported_since(far.enrolment, date(2026, 1, 1)),
    "checkins.weeks_of": lambda tx, far: tx.checkins.weeks_of([far.enrolment]),
    "promises.open_in": lambda tx, far: tx.promises.open_in([far.enrolment]),
    "promises.of_pairing": lambda tx, far: tx.promises.of_pairing(far.pairing),
    "promises.find": lambda tx, far: tx.promises.find(far.promise),
    "promises.open_of": lambda tx, far: tx.promises.open_of(far.enrolment, far.pairing),
    "replies.find": lambda tx, far: tx.replies.find(far.reply),
    "replies.count": lambda tx, far: tx.replies.count(far.checkin, far.jonas, ReplyKind.LINE),
    "replies.offers_to": lambda tx, far: tx.replies.offers_to(far.checkin),
    "reflections.of": lambda tx, far: tx.reflections.of(far.checkin),
    "moods.of": lambda tx, far: tx.moods.of(far.enrolment),
    "notes.find": lambda tx, far: tx.notes.find(far.shared_note),
    "notes.own_page": lambda tx, far: tx.notes.own_page(far.mira, far.enrolment, page=0, size=8),
    "notes.shared_about": lambda tx, far: tx.notes.shared_about(far.goal),
    "notes.own_moments": lambda tx, far: tx.notes.own_moments(far.mira, far.enrolment, START),
    "notes.own_count": lambda tx, far: tx.notes.own_count(far.mira, far.enrolment),
    "outbox.exists": lambda tx, far: tx.outbox.exists(f"checkin:{far.checkin}"),
    "outbox.waiting_for": lambda tx, far: tx.outbox.waiting_for(far.mira),
    "outbox.on_the_way": lambda tx, far: tx.outbox.on_the_way(MessageKind.CHECKIN, [far.checkin]),
    "catch_up.waiting": lambda tx, far: tx.catch_up.waiting(far.mira),
    "catch_up.hold": lambda tx, far: tx.catch_up.hold(_messages_of(tx, far)),
    "catch_up.parts": lambda tx, far: tx.catch_up.parts(_messages_of(tx, far)[0]),
    "catch_up.is_carried": lambda tx, far: tx.catch_up.is_carried(MessageKind.CHECKIN, far.checkin, far.mira),
    "snapshots.counted_until": lambda tx, far: tx.snapshots.counted_until(far.programme, Measure.UNSIGNED),
    "snapshots.since": lambda tx, far: tx.snapshots.since([far.programme], Measure.UNSIGNED, START),
    "snapshots.agreeing": lambda tx, far: tx.snapshots.agreeing(far.programme, START - A_YEAR, START + A_YEAR),
    "outbox.reaching": lambda tx, far: tx.outbox.reaching([far.mira], list(MessageKind), START - timedelta(days=1)),
    "slots.standing": lambda tx, far: tx.slots.standing([far.mira], list(SlotKind), START + timedelta(days=30)),
    "slots.missing": lambda tx, far: tx.slots.missing(SlotKind.SILENCE, [far.programme], None, 10),
    "outbox.posted": lambda tx, far: tx.outbox.posted(MessageKind.CHECKIN, far.checkin, far.mira),
}
GONE: dict[str, Callable[[Transaction, Household], object]] = {
    "people.get": lambda tx, far: tx.people.get(far.mira),
    "programmes.get": lambda tx, far: tx.programmes.get(far.programme),
    "enrolments.get": lambda tx, far: tx.enrolments.get(far.enrolment),
    "rounds.get": lambda tx, far: tx.rounds.get(far.round),
    "rounds.match": lambda tx, far: tx.rounds.match(far.match),
    "pairings.get": lambda tx, far: tx.pairings.get(far.pairing),
}
# What belongs to the whole workspace: here it is found, from the other it is somebody else's.
WHOLE: dict[str, Callable[[Transaction], object]] = {
    "people.by_slack_id": lambda tx: tx.people.by_slack_id("U1"),
    "passes.needed": lambda tx: tx.passes.needed(["U1"]),
    "people.actor": lambda tx: tx.people.actor("U1"),
    "programmes.run_from": lambda tx: tx.programmes.run_from("C1"),
    "programmes.owned_by_room": lambda tx: tx.programmes.owned_by_room("C1"),
    "runs.ahead": lambda tx: tx.runs.ahead(),
    "snapshots.missing": lambda tx: tx.snapshots.missing(Measure.UNSIGNED, "2026-W46", START + A_YEAR),
    "runs.due": lambda tx: tx.runs.due(),
    "runs.next_due": lambda tx: tx.runs.next_due(),
    "runs.over": lambda tx: tx.runs.over(),
    "schedules.active": lambda tx: tx.schedules.active(),
    "enrolments.silent_on_work": lambda tx: tx.enrolments.silent_on_work(10),
    "skills.listed": lambda tx: tx.skills.listed(),
    "skills.merged": lambda tx: tx.skills.merged(),
    "skills.names": lambda tx: tx.skills.names(),
    "programmes.active": lambda tx: tx.programmes.active(),
    "programmes.rhythms": lambda tx: tx.programmes.rhythms(),
    "programmes.rooms": lambda tx: tx.programmes.rooms(),
    "catch_up.anything_older": lambda tx: tx.catch_up.anything_older(-timedelta(minutes=1)),
    "milestones.terms": lambda tx: tx.milestones.terms(),
    "pairings.ending": lambda tx: tx.pairings.ending(date(2028, 1, 1)),
    "pairings.ending_in": lambda tx: tx.pairings.ending_in(date(2028, 1, 1)),
    "slots.members": lambda tx: [row.slot for row in tx.slots.members(SlotKind.CHECKIN, ["2026-W46"])],
    "enrolments.maybe_back": lambda tx: tx.enrolments.maybe_back(date(2028, 1, 1)),
    "slots.due": lambda tx: tx.slots.due(10),
    "slots.anything_due": lambda tx: tx.slots.anything_due(),
    "slots.next_due": lambda tx: tx.slots.next_due(),
    "claims.ready": lambda tx: tx.claims.ready(10),
    "claims.anything_ready": lambda tx: tx.claims.anything_ready(),
    "claims.next_ready": lambda tx: tx.claims.next_ready(),
    "claims.abandoned": lambda tx: tx.claims.abandoned(10),
    "claims.held_by": lambda tx: tx.claims.held_by("me"),
    "budgets.blocked": lambda tx: tx.budgets.blocked(),
    "backlog.open": lambda tx: tx.backlog.open(),
    "backlog.due": lambda tx: tx.backlog.due(),
    "backlog.oldest_due": lambda tx: tx.backlog.oldest_due(),
    "outbox.counts": lambda tx: tx.outbox.counts(),
    "outbox.errors": lambda tx: tx.outbox.errors(),
}
REFUSED: dict[str, tuple[type[Exception], Callable[[Transaction, Household], object]]] = {
    "enrolments.active": (NotEnrolled, lambda tx, far: tx.enrolments.active(actor(far))),
}
# Writes: they start from a row or a key of the transaction's own workspace.
WRITES_ONLY = frozenset(
    {
        "agreements.add",
        "meetings.add",
        "follow_ups.add",
        "listening.keep",
        "agreements.sign",
        "audit.forget_before",
        "audit.record",
        "catch_up.carry",
        "catch_up.put_off",
        "catch_up.release",
        "checkins.miss",
        "checkins.open",
        "enrolments.agree",
        "enrolments.fill",
        "goals.add",
        "goals.add_steps",
        "goals.order",
        "goals.share_waiting",
        "inbound.claim",
        "inbound.forget_before",
        "closings.begin",
        "fits.add",
        "moods.forget",
        "moods.keep",
        "silence.add",
        "notes.add",
        "offers.add",
        "offers.forget",
        "outbox.find",
        "audit.record_by",
        "backlog.find_parked",
        "backlog.list_parked",
        "backlog.parked",
        "backlog.sent_within",
        "budgets.block",
        "budgets.take",
        "claims.leased",
        "claims.ready_one",
        "claims.renew",
        "claims.take",
        "claims.waiting",
        "outbox.reschedule",
        "outbox.announce",
        "outbox.put",
        "outbox.put_all",
        "outbox.revise",
        "outbox.withdraw",
        "pairings.add",
        "pairings.end",
        "pairings.hold",
        "pairings.leave",
        "pairings.renew",
        "self_checks.keep",
        "thanks.add",
        "passes.begin_again",
        "passes.put_off",
        "passes.take_turn",
        "passes.turn_page",
        "people.keep",
        "programmes.add",
        "promises.make",
        "reflections.keep",
        "replies.add",
        "restores.doubt",
        "restores.last",
        "restores.mark",
        "attendance.ask",
        "attendance.forget",
        "rounds.add",
        "runs.begin",
        "runs.close",
        "runs.drop",
        "runs.lock",
        "runs.plan",
        "runs.take",
        "schedules.keep",
        "skills.called",
        "skills.hold",
        "skills.merge",
        "snapshots.keep",
        "slots.decide",
        "slots.merge",
        "slots.move",
        "slots.plan",
        "slots.put_off",
    }
)
NOUNS = frozenset(
    {"people", "programmes", "enrolments", "rounds", "pairings", "goals", "checkins", "promises"}
    | {
        "reflections",
        "replies",
        "notes",
        "slots",
        "outbox",
        "claims",
        "backlog",
        "budgets",
        "inbound",
        "audit",
        "passes",
    }
    | {
        "restores",
        "catch_up",
        "agreements",
        "offers",
        "fits",
        "silence",
        "signs",
        "attendance",
        "runs",
        "schedules",
        "skills",
    }
    | {"moods", "milestones", "closings", "thanks", "self_checks", "signs"}
    | {"meetings", "follow_ups", "listening", "snapshots"}
)


def test_every_query_of_the_house_is_tried_from_the_other_workspace(database: Database) -> None:
    """A new query fails here until it stands in one of the lists above."""
    with database.reading(database.workspace("T1")) as tx:
        offered = {
            f"{noun}.{name}" for noun in NOUNS for name in vars(type(getattr(tx, noun))) if not name.startswith("_")
        }

    assert offered == {*EMPTY, *GONE, *WHOLE, *REFUSED, *WRITES_ONLY}


def test_no_query_finds_the_other_workspaces_things(twins: tuple[Database, Household, Household]) -> None:
    """With the right ids in hand, from the wrong side of the wall."""
    database, here, there = twins
    for near, far in ((here, there), (there, here)):
        with database.transaction(near.workspace) as tx:
            for name, query in EMPTY.items():
                assert not query(tx, far), name
            for query in GONE.values():
                with pytest.raises(Gone):
                    query(tx, far)
            for refusal, query in REFUSED.values():
                with pytest.raises(refusal):
                    query(tx, far)


def test_every_query_finds_its_own_workspaces_things(twins: tuple[Database, Household, Household]) -> None:
    """The test above would be worth nothing if these queries never found anything."""
    database, here, _ = twins
    blank = {
        "meetings.moved_since_held",
        "meetings.last_starts",
        "agreements.in_force",
        "rounds.previews",
        "outbox.posted",
        "replies.offers_to",
        "catch_up.parts",
        "catch_up.is_carried",
        "pairings.ended_of",
    }
    with database.transaction(here.workspace) as tx:
        for name, query in {**EMPTY, **GONE}.items():
            assert bool(query(tx, here)) is (name not in blank), name


def test_lists_of_a_workspace_hold_its_own_rows_only(twins: tuple[Database, Household, Household]) -> None:
    """Work that goes through everything goes through one workspace's everything."""
    database, here, there = twins
    for home in (here, there):
        with database.transaction(home.workspace) as tx:
            for name, query in WHOLE.items():
                for row in _rows(query(tx)):
                    assert row.workspace_id == home.workspace, name


def _rows(found: object) -> list[Owned]:
    several = found if isinstance(found, list) else [found]
    return [row for row in several if isinstance(row, Owned)]


def test_an_empty_workspace_beside_a_full_one_is_empty(database: Database) -> None:
    """Counts, rooms, due slots and waiting messages of the neighbour are not there."""
    furnish(database, "T1")
    with database.transaction(database.workspace("T2")) as tx:
        for name, query in WHOLE.items():
            if name in {"people.actor", "programmes.owned_by_room"}:
                with pytest.raises((LookupError, NotAnOwner)):
                    query(tx)
            else:
                assert not query(tx), name


def test_every_table_but_the_workspace_carries_its_workspace() -> None:
    """And the database refuses a row without one."""
    for kind in tables():
        if kind.__tablename__ != "workspace":
            assert issubclass(kind, Owned)
            assert not kind.__table__.c.workspace_id.nullable
    assert PersonRow in tables()

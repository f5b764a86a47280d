"""What waited too long comes together, in the morning, and can still be changed and taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from bot.clock.clock import DemoClock
from bot.clock.retention import retain
from bot.db.goals import GoalRow
from bot.db.notes import NoteRow
from bot.db.outbox import MessageRow
from bot.db.sealing import sealed_columns
from bot.db.session import Database
from bot.domain.catch_up import MOST
from bot.domain.messages import MessageKind, MessageState, Verb
from bot.domain.pairings import EndReason
from bot.domain.slots import SlotKind, SlotState
from bot.domain.visibility import Visibility
from bot.usecases import catch_up
from tests.integration.household import START
from tests.integration.neighbourhood import Neighbourhood, at_work, found

HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = START + 7 * A_DAY
TOGETHER = "In der Zwischenzeit"


@pytest.fixture
def home(database: Database, clock: DemoClock) -> Neighbourhood:
    """Mira and Jonas in Berlin, introduced and asked nothing yet, on a Monday at nine."""
    made = found(database, clock)
    made.pair({"mira": "Europe/Berlin", "jonas": "Europe/Berlin"})
    return made


def write(home: Neighbourhood, *texts: str, by: str = "mira", to: str = "jonas") -> list[UUID]:
    """Have somebody share notes with their partner; return the notes."""
    made = []
    with home.database.transaction(home.workspace) as tx:
        [enrolment] = tx.enrolments.all_of(home.people[by])
        reader = home.people[to]
        pairing = tx.pairings.current(enrolment.id)
        assert pairing is not None
        for text in texts:
            note = tx.notes.add(enrolment, None, text, Visibility.SHARED, pairing.id)
            tx.flush()
            made.append(note.id)
            key = f"note_shared:{note.id}:{reader}"
            tx.outbox.put(MessageKind.NOTE_SHARED, to=reader, key=key, subject=note.id)
    return made


def rows(home: Neighbourhood, *conditions: sa.ColumnElement[bool]) -> list[MessageRow]:
    with home.database.reading(home.workspace) as tx:
        return tx.all(sa.select(MessageRow).where(*conditions).order_by(MessageRow.id))


def told(home: Neighbourhood, who: str = "jonas") -> list[str]:
    return [post.text for post in home.posts(who) if post.kind is not MessageKind.CHECKIN]


def pass_on(home: Neighbourhood, by: timedelta) -> None:
    """Let time pass while nobody is running."""
    home.clock.move(by)


@pytest.mark.parametrize(("count", "messages"), [(1, 1), (2, 2), (3, 1), (5, 1), (MOST, 1), (MOST + 1, 2), (40, 3)])
def test_three_late_pieces_of_news_come_as_one(home: Neighbourhood, count: int, messages: int) -> None:
    """Two come as two; more than one message holds come as few as possible. Nothing is lost, the order is kept."""
    texts = [f"note-{number:02}." for number in range(count)]
    write(home, *texts)
    pass_on(home, 2 * HOUR)
    home.tick()

    assert len(told(home)) == messages
    said = "".join(told(home))
    assert [said.count(text) for text in texts] == [1] * count
    assert sorted(texts, key=said.index) == texts
    assert (TOGETHER in said) is (count >= 3)


def test_what_is_in_time_comes_one_by_one(home: Neighbourhood) -> None:
    """An hour is no delay to speak of."""
    write(home, "one", "two", "three", "four")
    pass_on(home, HOUR)
    home.tick()

    assert len(told(home)) == 4
    assert TOGETHER not in "".join(told(home))


def test_fresh_news_joins_what_waited(home: Neighbourhood) -> None:
    """Three of yesterday and one of just now are one message."""
    write(home, "one", "two", "three")
    pass_on(home, A_DAY)
    write(home, "four")
    home.tick()

    [only] = told(home)
    assert only.index("one") < only.index("three") < only.index("four")


def test_late_at_night_everything_waits_for_the_morning(home: Neighbourhood) -> None:
    """Found at midnight on Friday: it comes on Monday at nine, as one."""
    write(home, "one", "two", "three")
    home.clock.move_to(datetime(2026, 11, 6, 23, 0, tzinfo=START.tzinfo))
    home.run_until(MONDAY + HOUR)

    [together] = [post for post in home.posts("jonas") if TOGETHER in post.text]
    assert together.at.isoformat() == "2026-11-09T09:00:00+01:00"


def test_one_late_message_at_night_waits_too(home: Neighbourhood) -> None:
    write(home, "only one")
    home.clock.move_to(START + 14 * HOUR)
    home.run_until(START + 2 * A_DAY)

    [post] = home.posts("jonas")
    assert at_work(post) and post.at.date() == date(2026, 11, 3)


def test_the_sender_looks_by_itself_before_it_takes_something_late(home: Neighbourhood) -> None:
    """Also where no tick comes first: a worker that is told of each message alone."""
    write(home, "one", "two", "three")
    home.clock.move_to(START + 14 * HOUR)
    home.deliver_only()
    assert told(home) == []
    home.clock.move_to(START + A_DAY)
    home.deliver_only()

    [together] = told(home)
    assert all(text in together for text in ("one", "two", "three"))


def test_what_a_break_held_up_comes_as_one_when_it_is_over(home: Neighbourhood) -> None:
    """News waits for the first day back, and is not five messages then."""
    home.change("jonas", paused_until=date(2026, 11, 6))
    write(home, "one", "two", "three")
    with home.database.transaction(home.workspace) as tx:
        for row in tx.all(sa.select(MessageRow)):
            tx.outbox.reschedule(row, datetime(2026, 11, 6, 8, 0, tzinfo=START.tzinfo))
    home.run_until(MONDAY - A_DAY)

    [together] = [post for post in home.posts("jonas") if TOGETHER in post.text]
    assert together.at.isoformat() == "2026-11-06T09:00:00+01:00"


def test_a_check_in_stays_a_message_of_its_own(home: Neighbourhood) -> None:
    """It has buttons that somebody looks for."""
    home.run_until(MONDAY - A_DAY)
    write(home, "one", "two", "three")
    home.clock.move_to(MONDAY + A_DAY)
    home.run_until(MONDAY + A_DAY + HOUR)

    assert [post.kind for post in home.posts("jonas")] == [MessageKind.CHECKIN, MessageKind.CATCH_UP]


def test_a_reminder_is_folded_into_a_check_in_that_still_waits(home: Neighbourhood) -> None:
    """Slack is down from Monday to Wednesday: one message, and the reminder is recorded as part of it."""
    home.run_until(MONDAY - HOUR)
    home.box.down = True
    for moment in (MONDAY, MONDAY + A_DAY, MONDAY + A_DAY + 3 * HOUR):
        home.clock.move_to(moment)
        home.tick()
    home.box.down = False
    home.run_until(MONDAY + 3 * A_DAY)

    assert [post.kind for post in home.posts("jonas")] == [MessageKind.CHECKIN]
    [reminder] = rows(home, MessageRow.kind == MessageKind.CHECKIN_REMINDER, _to(home, "jonas"))
    [asked] = rows(home, MessageRow.kind == MessageKind.CHECKIN, _to(home, "jonas"))
    assert (reminder.state, reminder.merged_into) == (MessageState.MERGED, asked.id)


def test_a_reminder_found_late_beside_its_check_in_is_recorded_as_folded(home: Neighbourhood) -> None:
    """Its slot says so; no second message was made."""
    home.run_until(MONDAY - HOUR)
    home.box.down = True
    for moment in (MONDAY, MONDAY + A_DAY + 2 * HOUR):
        home.clock.move_to(moment)
        home.tick()

    [slot] = home.slots("jonas", SlotKind.REMINDER)
    assert slot.state is SlotState.MERGED
    assert rows(home, MessageRow.kind == MessageKind.CHECKIN_REMINDER) == []


def _to(home: Neighbourhood, who: str) -> sa.ColumnElement[bool]:
    return MessageRow.target_id == home.people[who]


def together(home: Neighbourhood) -> list[UUID]:
    """Have three notes arrive as one message; return the notes."""
    made = write(home, "one", "two", "three")
    pass_on(home, 2 * HOUR)
    home.tick()
    return made


def withdraw(home: Neighbourhood, note: UUID) -> None:
    with home.database.transaction(home.workspace) as tx:
        tx.outbox.withdraw(MessageKind.NOTE_SHARED, note)
        tx.change(sa.delete(NoteRow).where(NoteRow.id == note))
    home.tick()


def test_taking_back_a_part_takes_it_out_and_taking_back_the_last_deletes_the_message(home: Neighbourhood) -> None:
    """The others stay where they are."""
    made = together(home)
    for left, note in zip(("one three", "three", ""), (made[1], made[0], made[2]), strict=True):
        withdraw(home, note)
        assert [word for word in ("one", "two", "three") if word in "".join(told(home))] == left.split()
    assert home.box.deleted == 1


def test_a_part_taken_back_before_the_message_went_is_never_sent(home: Neighbourhood) -> None:
    made = write(home, "one", "two", "three")
    home.clock.move_to(START + 2 * HOUR)
    with home.database.transaction(home.workspace) as tx:
        catch_up.merge_late(tx)
    withdraw(home, made[1])

    [only] = told(home)
    assert "two" not in only
    assert rows(home, MessageRow.verb != Verb.POST) == []


def test_a_part_that_changes_changes_where_it_stands(home: Neighbourhood) -> None:
    """In its place, once for each change."""
    made = together(home)
    with home.database.transaction(home.workspace) as tx:
        note = tx.notes.find(made[1])
        assert note is not None
        note.text = "TWO"
        tx.outbox.revise(MessageKind.NOTE_SHARED, note.id, "again")
    home.tick()

    [only] = told(home)
    assert only.index("one") < only.index("TWO") < only.index("three")


def test_a_part_that_grows_out_of_the_message_comes_alone(home: Neighbourhood) -> None:
    """Three notes of 3,000 characters fit, a fourth does not: nothing is cut off or lost."""
    made = write(home, *(f"{number} short" for number in range(5)))
    pass_on(home, 2 * HOUR)
    home.tick()
    with home.database.transaction(home.workspace) as tx:
        for number, identity in enumerate(made):
            note = tx.notes.find(identity)
            assert note is not None
            note.text = f"{number}{'x' * 2_999}"
            tx.outbox.revise(MessageKind.NOTE_SHARED, note.id, "longer")
    home.run_until(home.clock.now() + HOUR)

    texts = "".join(told(home))
    assert [texts.count(f"{number}xxx") for number in range(5)] == [1] * 5
    assert len(told(home)) == 3


def test_what_is_no_longer_true_is_left_out(home: Neighbourhood) -> None:
    """The pairing ended while the message waited: notes are not shown to a partner of the past."""
    write(home, "one", "two", "three")
    with home.database.transaction(home.workspace) as tx:
        [enrolment] = tx.enrolments.all_of(home.people["mira"])
        pairing = tx.pairings.current(enrolment.id)
        assert pairing is not None
        tx.pairings.end(pairing, EndReason.LEFT)
    pass_on(home, 2 * HOUR)
    home.tick()

    assert told(home) == []
    assert [row.state for row in rows(home, MessageRow.kind == MessageKind.CATCH_UP)] == [MessageState.DROPPED]


def test_a_part_that_cannot_be_written_holds_up_no_other(home: Neighbourhood) -> None:
    """It goes its own way, and is held in the end; it is not brought together with others again."""
    made = write(home, "one", "two", "three", "four")
    column = next(iter(sealed_columns(NoteRow)))
    with home.database.engine.begin() as connection:
        broken = {f"{column._name}_sealed": b"broken"}  # noqa: SLF001  there is no other way to name it
        connection.execute(sa.update(NoteRow.__table__).where(NoteRow.__table__.c.id == made[1]).values(broken))  # type: ignore[arg-type]  # a table, said less exactly
    pass_on(home, 2 * HOUR)
    home.run_until(home.clock.now() + 5 * HOUR)

    [only] = told(home)
    assert [word in only for word in ("one", "two", "three", "four")] == [True, False, True, True]
    [part] = rows(home, MessageRow.subject_id == made[1])
    assert (part.merged_into, part.error) == (None, "unwritable")


def test_bringing_together_twice_is_once(home: Neighbourhood) -> None:
    """Every process may do it, at any time."""
    write(home, "one", "two", "three")
    pass_on(home, 2 * HOUR)
    for _ in range(3):
        with home.database.transaction(home.workspace) as tx:
            catch_up.merge_late(tx)

    assert len(rows(home, MessageRow.kind == MessageKind.CATCH_UP)) == 1
    assert {row.state for row in rows(home, MessageRow.kind == MessageKind.NOTE_SHARED)} == {MessageState.MERGED}


def test_what_is_being_taken_back_is_not_brought_together(home: Neighbourhood) -> None:
    """A message that was tried and is to be deleted as soon as it is there stays by itself."""
    made = write(home, "one", "two", "three", "four")
    home.box.down = True
    home.tick()
    home.box.down = False
    with home.database.transaction(home.workspace) as tx:
        tx.outbox.withdraw(MessageKind.NOTE_SHARED, made[0])
    pass_on(home, 2 * HOUR)
    home.run_until(home.clock.now() + HOUR)

    assert "one" not in "".join(told(home))
    assert all(word in "".join(told(home)) for word in ("two", "three", "four"))


def test_the_message_that_carries_others_is_known_as_long_as_they_are(home: Neighbourhood) -> None:
    """Months later a note is forgotten: then it disappears from what was posted, and then the row goes."""
    together(home)
    home.clock.move(60 * A_DAY)
    retain(home.database)
    assert len(rows(home, MessageRow.kind == MessageKind.CATCH_UP, MessageRow.verb == Verb.POST)) == 1

    with home.database.transaction(home.workspace) as tx:
        tx.change(sa.delete(GoalRow))
        tx.change(sa.update(NoteRow).values(written_at=home.clock.now() - 731 * A_DAY))
    retain(home.database)
    home.run_until(home.clock.now() + A_DAY)
    assert "".join(told(home)) == ""
    home.clock.move(40 * A_DAY)
    for _ in range(2):
        retain(home.database)
    assert rows(home, MessageRow.kind.in_([MessageKind.CATCH_UP, MessageKind.NOTE_SHARED])) == []


def test_somebody_who_left_is_brought_nothing(home: Neighbourhood) -> None:
    """Without an enrolment their zone alone says when it is night; the words are no longer for them."""
    write(home, "one", "two", "three")
    with home.database.transaction(home.workspace) as tx:
        [enrolment] = tx.enrolments.all_of(home.people["jonas"])
        tx.remove(enrolment)
    home.clock.move_to(START + 14 * HOUR)
    home.tick()
    assert {row.not_before for row in rows(home)} == {START + A_DAY}
    home.run_until(START + A_DAY + HOUR)

    assert told(home) == []


def test_nothing_is_looked_through_while_nothing_is_late(home: Neighbourhood) -> None:
    """The tick comes every second."""
    write(home, "one", "two", "three")
    said: list[str] = []
    sa.event.listen(home.database.engine, "before_cursor_execute", lambda *found: said.append(found[2]))
    assert home.ticks.catch_up() == 0

    assert len([one for one in said if "message" in one]) == 1
    assert [row.state for row in rows(home)] == [MessageState.PENDING] * 3

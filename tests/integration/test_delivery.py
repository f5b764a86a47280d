"""R7: whatever Slack does to a call, each message is delivered once, or parked with a reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from slack_bolt.util.utils import create_copy
from slack_sdk import WebClient

from bot.clock.clock import DemoClock
from bot.db.notes import NoteRow
from bot.db.outbox import MessageRow
from bot.db.pairings import PairingRow
from bot.db.people import PersonRow
from bot.db.programmes import ProgrammeRow
from bot.db.session import Database
from bot.delivery.claim import DeliveryRules
from bot.delivery.deliver import Delivery
from bot.delivery.post import Letter, Post, Result
from bot.domain.messages import MessageKind, MessageState, Verb
from bot.domain.pairings import EndReason
from bot.domain.visibility import Visibility
from bot.locales import load_texts
from bot.slack.letters.letters import Letters
from demo.town import Town
from sandbox import Channel, Message, Sandbox
from tests.integration.household import START, Household, furnish, opened
from tests.scenario.people import dms, paired, shown

SETTLE = timedelta(seconds=60)
LEASE = 60.0
MOST = 5
TURNS = 12
CALL_SECONDS = 1


@dataclass(frozen=True, slots=True)
class PostOffice:
    """A furnished database, a stand-in Slack with the same two people and the owners' room, one clock for both."""

    database: Database
    home: Household
    box: Sandbox
    clock: DemoClock
    room: Channel

    def delivery(self, owner: str = "one", *, post: Post | None = None) -> Delivery:
        rules = DeliveryRules(owner, SETTLE, LEASE, MOST)
        write = Letters(load_texts()).write
        return Delivery(self.database, self.home.workspace, post or Post(self.web), write, self.clock.now, rules)

    @property
    def web(self) -> WebClient:
        return WebClient(self.box.bot_token, base_url=self.box.api_url, timeout=CALL_SECONDS, retry_handlers=[])

    def put(self, kind: MessageKind, to: UUID, subject: UUID | None = None, **more: Any) -> UUID:
        key = f"{kind}:{to}:{len(self.rows())}"
        with self.database.transaction(self.home.workspace) as tx:
            assert tx.outbox.put(kind, to=to, key=key, subject=subject, **more)
            row = tx.one_or_none(sa.select(MessageRow).where(MessageRow.dedupe_key == key))
            assert row is not None
            return row.id

    def put_note(self) -> UUID:
        return self.put(MessageKind.NOTE_SHARED, self.home.jonas, self.home.shared_note)

    def put_introduction(self) -> UUID:
        return self.put(MessageKind.INTRODUCTION, self.home.pairing, self.home.pairing)

    def put_to_room(self) -> UUID:
        return self.put(MessageKind.PROGRAMME_READY, self.home.programme, self.home.programme)

    def rows(self) -> list[MessageRow]:
        with self.database.reading(self.home.workspace) as tx:
            return tx.all(sa.select(MessageRow).order_by(MessageRow.id))

    def row(self, message: UUID) -> MessageRow:
        return next(row for row in self.rows() if row.id == message)

    def state(self, message: UUID) -> MessageState:
        return self.row(message).state

    def change(self, message: UUID, **values: Any) -> None:
        with self.database.transaction(self.home.workspace) as tx:
            tx.change(sa.update(MessageRow).where(MessageRow.id == message).values(**values))

    def run(self, delivery: Delivery | None = None, turns: int = TURNS) -> None:
        """Deliver, reap and let a settling time pass, over and over."""
        delivery = delivery or self.delivery()
        for _ in range(turns):
            delivery.run()
            self.clock.move(SETTLE + timedelta(seconds=1))
            delivery.reap()

    def seen(self, who: str = "jonas") -> list[Message]:
        return self.box.messages(who)

    def tries(self, method: str = "chat.postMessage") -> int:
        return sum(call.method == method for call in self.box.calls)


@pytest.fixture
def office(database_url: str) -> Iterator[PostOffice]:
    clock = DemoClock(START)
    with Sandbox.start(now=clock.now) as box, opened(database_url, clock.now) as database:
        home = furnish(database)
        people = {home.mira: box.add_person("mira"), home.jonas: box.add_person("jonas")}
        room = box.add_channel("owners", private=True, members=["mira"], bot_in=True)
        with database.transaction(home.workspace) as tx:
            tx.change(sa.delete(MessageRow))
            for person, member in people.items():
                tx.change(sa.update(PersonRow).where(PersonRow.id == person).values(slack_id=member.id))
            tx.change(sa.update(ProgrammeRow).values(room=room.id))
        yield PostOffice(database, home, box, clock, room)


def test_a_message_arrives_once_and_is_not_sent_again(office: PostOffice) -> None:
    """With its key in the metadata, without unfurling, and where it went is remembered."""
    note = office.put_note()

    office.run(turns=3)

    (message,) = office.seen()
    row = office.row(note)
    assert "shared-note" in str(message.blocks)
    assert (row.state, row.channel, row.ts, row.attempt) == (MessageState.SENT, message.channel.id, message.ts, 1)
    assert message.metadata == {"event_type": "tandem_message", "event_payload": {"key": row.dedupe_key}}
    assert (row.lease_owner, row.lease_until, row.error) == (None, None, None)
    assert office.tries() == 1


def test_the_channel_of_a_person_is_asked_for_once(office: PostOffice) -> None:
    """Slack allows few `conversations.open`; the answer is kept."""
    for _ in range(3):
        office.put_note()
        office.run(turns=1)

    assert office.tries("conversations.open") == 1
    assert len(office.seen()) == 3


def test_a_429_waits_as_long_as_slack_says_and_sends_once(office: PostOffice) -> None:
    """Surely not sent: no look-up, no attempt used up, nothing else sent meanwhile either."""
    office.box.faults.add(method="chat.postMessage", kind="429", retry_after=30)
    note, delivery = office.put_note(), office.delivery()

    delivery.run()
    assert (office.state(note), office.row(note).attempt) == (MessageState.PENDING, 0)
    office.put_introduction()
    office.clock.move(timedelta(seconds=29))
    delivery.run()
    assert office.tries() == 1
    office.clock.move(timedelta(seconds=2))
    delivery.run()

    assert office.state(note) is MessageState.SENT
    assert len(office.seen()) == 2
    assert office.tries("conversations.history") == 0


def test_429s_without_end_use_up_no_attempts(office: PostOffice) -> None:
    """A busy morning holds nothing back for good."""
    office.box.faults.add(method="chat.postMessage", kind="429", times=20, retry_after=10)
    note = office.put_note()

    office.run(turns=22)

    assert office.state(note) is MessageState.SENT
    assert len(office.seen()) == 1


# What leaves it open whether Slack took the message; "hang" and "late" outlast the client's patience.
UNCLEAR = [
    "500_before",
    "500_after",
    "internal_error",
    "internal_error_after",
    "reset",
    "reset_after",
    "truncated",
    "html",
    "hang",
    "late",
]
SLOW = {"seconds": CALL_SECONDS + 0.5}


@pytest.mark.parametrize("kind", UNCLEAR)
def test_an_unclear_direct_message_is_looked_up_and_visible_once(office: PostOffice, kind: str) -> None:
    """The bot's own DM tells whether it is there; it is sent again only if it is not."""
    office.box.faults.add(method="chat.postMessage", kind=kind, **SLOW)
    note, delivery = office.put_note(), office.delivery()

    delivery.run()
    assert office.state(note) is MessageState.AMBIGUOUS
    assert re.fullmatch(r"\w+", office.row(note).error or ""), "a class of error, never a piece of the answer"
    assert office.tries() == 1
    assert office.box.until(lambda: all(call.status for call in office.box.calls)), "Slack never ended the call"
    office.run(delivery)

    assert office.state(note) is MessageState.SENT
    assert len(office.seen()) == 1
    assert office.row(note).ts == office.seen()[0].ts
    assert office.tries("conversations.history") == 1


@pytest.mark.parametrize("kind", ["500_after", "reset"])
def test_an_unclear_message_is_found_behind_a_page_of_others(office: PostOffice, kind: str) -> None:
    """The look-up reads page by page."""
    web, jonas = office.web, office.box.person("jonas")
    channel = str(web.conversations_open(users=[jonas.id])["channel"]["id"])
    office.box.limits.enforced = False
    office.box.faults.add(method="chat.postMessage", kind=kind, times=1)
    note = office.put_note()
    office.delivery().run()
    for number in range(120):
        web.chat_postMessage(channel=channel, text=f"other {number}")

    office.run()

    assert office.state(note) is MessageState.SENT
    assert sum("shared-note" in str(message.blocks) for message in office.seen()) == 1


@pytest.mark.parametrize("kind", ["500_before", "429", "reset", "truncated", "html", "internal_error"])
def test_a_failed_look_up_is_looked_up_again_before_anything_is_sent(office: PostOffice, kind: str) -> None:
    """A look-up that fails proves nothing about the message."""
    office.box.faults.add(method="chat.postMessage", kind="500_after")
    office.box.faults.add(method="conversations.history", kind=kind, times=2, retry_after=5)
    note = office.put_note()

    office.run()

    assert office.state(note) is MessageState.SENT
    assert len(office.seen()) == 1
    assert office.tries() == 1


@pytest.mark.parametrize(
    ("error", "looks"), [("missing_scope", 1), ("token_revoked", 1), ("channel_not_found", MOST - 1)]
)
def test_what_can_never_be_looked_up_is_held_not_sent_again(office: PostOffice, error: str, looks: int) -> None:
    """Without reading its own DM the bot does not guess; without the right to, it does not even ask again."""
    office.box.faults.add(method="chat.postMessage", kind="500_after")
    office.box.faults.add(method="conversations.history", kind="error", error=error, times=None)
    note = office.put_note()

    office.run(turns=40)

    assert (office.state(note), office.row(note).error) == (MessageState.HELD, error)
    assert (len(office.seen()), office.tries("conversations.history")) == (1, looks)


@pytest.mark.parametrize("kind", ["500_before", "500_after", "reset_after", "html"])
def test_an_unclear_group_message_is_sent_again_once_at_most(office: PostOffice, kind: str) -> None:
    """Where the bot may not read, one repeat is the most a group will see."""
    office.box.faults.add(method="chat.postMessage", kind=kind)
    introduction = office.put_introduction()

    office.run()

    assert office.state(introduction) is MessageState.SENT
    assert office.tries() == 2
    assert office.tries("conversations.history") == 0
    assert len(office.seen()) == (1 if kind in {"500_before", "html"} else 2)


def test_a_group_that_stays_unclear_is_told_one_by_one(office: PostOffice) -> None:
    """After the one repeat each member gets the introduction alone, where the bot can look it up."""
    office.box.faults.add(method="chat.postMessage", kind="500_before", times=2)
    introduction = office.put_introduction()

    office.run()

    assert (office.state(introduction), office.row(introduction).error) == (MessageState.DROPPED, "told_alone")
    for who in ("mira", "jonas"):
        (told,) = office.seen(who)
        assert "einzeln" in str(told.blocks)


@pytest.mark.parametrize("kind", ["500_before", "500_after", "reset", "truncated"])
def test_an_unclear_channel_message_is_held_at_once(office: PostOffice, kind: str) -> None:
    """A channel is read by many: never twice."""
    office.box.faults.add(method="chat.postMessage", kind=kind)
    ready = office.put_to_room()

    office.run()

    assert office.state(ready) is MessageState.HELD
    assert office.tries() == 1
    assert office.row(ready).error, "the reason is kept for the operator"


@pytest.mark.parametrize("put", [PostOffice.put_note, PostOffice.put_introduction, PostOffice.put_to_room])
@pytest.mark.parametrize("error", ["is_archived", "invalid_blocks", "restricted_action"])
def test_a_definite_error_fails_with_its_reason(
    office: PostOffice, put: Callable[[PostOffice], UUID], error: str
) -> None:
    """Another try would change nothing, so there is none."""
    office.box.faults.add(method="chat.postMessage", kind="error", error=error)
    message = put(office)

    office.run(turns=3)

    assert (office.state(message), office.row(message).error) == (MessageState.FAILED, error)
    assert office.tries() == 1


@pytest.mark.parametrize("put", [PostOffice.put_note, PostOffice.put_introduction, PostOffice.put_to_room])
@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "missing_scope"])
def test_what_is_wrong_with_the_app_and_not_with_the_message_holds_it(
    office: PostOffice, put: Callable[[PostOffice], UUID], error: str
) -> None:
    """Once the token is a good one again, an operator can let them go; a failed one would be lost."""
    office.box.faults.add(method="chat.postMessage", kind="error", error=error)
    message = put(office)

    office.run(turns=3)

    assert (office.state(message), office.row(message).error) == (MessageState.HELD, error)
    assert office.tries() == 1


def test_an_hour_without_any_way_to_slack_gives_up_no_message(office: PostOffice) -> None:
    """Surely not sent however often: after many more tries than are allowed otherwise it waits, and then it goes."""
    note = office.put_note()
    nowhere = WebClient("xoxb", base_url="http://127.0.0.1:9/api/", timeout=CALL_SECONDS, retry_handlers=[])
    cut_off = office.delivery(post=Post(nowhere))
    for _ in range(3 * MOST):
        cut_off.run()
        office.clock.move(timedelta(minutes=15))
    assert (office.state(note), office.row(note).error) == (MessageState.PENDING, "connection_refused")

    office.run(turns=1)

    assert office.state(note) is MessageState.SENT


def test_nobody_listening_is_surely_not_sent(office: PostOffice) -> None:
    """A refused connection is tried again without looking, with longer and longer waits."""
    note = office.put_note()
    nowhere = WebClient("xoxb", base_url="http://127.0.0.1:9/api/", timeout=CALL_SECONDS, retry_handlers=[])
    office.delivery(post=Post(nowhere)).run()
    assert (office.state(note), office.row(note).error) == (MessageState.PENDING, "connection_refused")

    office.run(turns=2)

    assert office.state(note) is MessageState.SENT


def test_too_many_attempts_are_held_with_the_last_reason(office: PostOffice) -> None:
    """Nothing is tried for ever, nothing is dropped in silence."""
    office.box.faults.add(method="conversations.open", kind="500_before", times=None)
    note = office.put_note()

    office.run(turns=40)

    assert office.state(note) is MessageState.HELD
    assert office.row(note).attempt == MOST
    assert office.row(note).error
    assert office.seen() == []


class Interrupted(Post):
    """The real post, with something happening between Slack's answer and the writing down of it."""

    def __init__(self, web: WebClient, meanwhile: Callable[[], None]) -> None:
        super().__init__(web)
        self._meanwhile = meanwhile

    def send(self, channel: str, letter: Letter, key: str) -> Result:
        result = super().send(channel, letter, key)
        self._meanwhile()
        return result


def test_a_sender_whose_lease_was_taken_over_writes_nothing(office: PostOffice) -> None:
    """A stopped process that wakes up late cannot overwrite what another found out."""
    note = office.put_note()
    other = office.delivery("other")

    def take_over() -> None:
        office.clock.move(timedelta(seconds=LEASE + 1))
        assert other.reap() == 1
        other.run()
        assert office.tries() == 1, "it settles first: Slack may still be taking what the sleeper sent"
        office.clock.move(SETTLE)
        other.run()

    office.delivery("sleepy", post=Interrupted(office.web, take_over)).run()

    row = office.row(note)
    assert (row.state, row.attempt, row.lease_owner) == (MessageState.SENT, 2, None)
    assert len(office.seen()) == 1


def test_a_dead_sender_is_found_out_and_its_message_looked_up(office: PostOffice) -> None:
    """Killed after Slack took it, before that was written down."""

    class Killed(BaseException):
        """A kill -9 in the middle of a call."""

    def die() -> None:
        raise Killed

    note = office.put_note()
    with pytest.raises(Killed):
        office.delivery("dead", post=Interrupted(office.web, die)).run()
    assert office.state(note) is MessageState.SENDING
    living = office.delivery("living")
    assert living.reap() == 0, "its lease still runs"
    living.run()
    assert office.tries() == 1

    office.clock.move(timedelta(seconds=LEASE + 1))
    assert living.reap() == 1
    living.run()
    assert office.state(note) is MessageState.AMBIGUOUS, "it settles first"
    office.clock.move(SETTLE)
    living.run()

    assert office.state(note) is MessageState.SENT
    assert (len(office.seen()), office.tries()) == (1, 1)


def test_a_sender_that_slept_over_its_lease_between_two_calls_does_not_send(office: PostOffice) -> None:
    """It had looked in vain and was stopped; meanwhile another found its time over and sent the message."""
    other = office.delivery("other")

    class Sleepy(Post):
        """Falls asleep after a look-up."""

        def find(self, channel: str, key: str, since: datetime) -> str | None:
            found = super().find(channel, key, since)
            office.clock.move(timedelta(seconds=LEASE + 1))
            assert other.reap() == 1
            office.clock.move(SETTLE)
            other.run()
            return found

    office.box.faults.add(method="chat.postMessage", kind="500_before")
    note = office.put_note()
    office.delivery("sleepy").run()
    office.clock.move(SETTLE)
    office.delivery("sleepy", post=Sleepy(office.web)).run()

    assert office.state(note) is MessageState.SENT
    assert (len(office.seen()), office.tries()) == (1, 2)


def test_what_hangs_when_we_stop_is_left_to_others(office: PostOffice) -> None:
    """They need not wait for the lease; what the hanging call brings is written by nobody."""
    note, stopping = office.put_note(), office.delivery("stopping")
    found: list[int] = []
    hanging = Interrupted(office.web, lambda: found.append(stopping.let_go()))
    office.delivery("stopping", post=hanging).run()
    assert (office.state(note), office.row(note).error) == (MessageState.AMBIGUOUS, "sender_stopped")

    office.clock.move(SETTLE)
    office.delivery("other").run()

    assert found == [1]
    assert office.state(note) is MessageState.SENT
    assert (len(office.seen()), office.tries()) == (1, 1)


def test_a_sender_that_died_before_the_call_is_made_up_for(office: PostOffice) -> None:
    """Not found in the DM, so it is sent."""
    note = office.put_note()
    with office.database.transaction(office.home.workspace) as tx:
        row = tx.outbox.find(note)
        assert row is not None
        tx.claims.take(row, "dead", LEASE)
    office.clock.move(timedelta(seconds=LEASE + 1))

    office.run()

    assert office.state(note) is MessageState.SENT
    assert len(office.seen()) == 1


def test_an_expired_message_is_dropped(office: PostOffice) -> None:
    """A reminder of last week is worth nothing."""
    note = office.put(
        MessageKind.NOTE_SHARED, office.home.jonas, office.home.shared_note, expires_at=START + timedelta(hours=1)
    )
    office.clock.move(timedelta(hours=1))

    office.run()

    assert (office.state(note), office.row(note).error) == (MessageState.DROPPED, "expired")
    assert office.tries() == 0


def test_an_expired_message_that_may_have_been_posted_is_looked_up_and_never_sent_again(office: PostOffice) -> None:
    """Where it stands has to be known to whoever wants to take it back."""
    for kind in ("500_after", "500_before"):
        office.box.faults.add(method="chat.postMessage", kind=kind)
    late = {"expires_at": START + timedelta(seconds=30)}
    notes = [
        office.put(MessageKind.NOTE_SHARED, who, office.home.shared_note, **late)
        for who in (office.home.jonas, office.home.jonas)
    ]
    delivery = office.delivery()
    delivery.run()
    office.change(notes[1], expires_at=START + timedelta(hours=1))
    office.clock.move(SETTLE)
    delivery.run()
    delivery.run()
    office.change(notes[1], expires_at=START)
    office.run(delivery)

    assert [office.state(one) for one in notes] == [MessageState.SENT, MessageState.DROPPED]
    assert office.row(notes[0]).ts == office.seen()[0].ts
    assert (len(office.seen()), office.tries()) == (1, 2)


def test_a_message_waits_for_its_hour(office: PostOffice) -> None:
    """Not before the reader's working day."""
    note = office.put(
        MessageKind.NOTE_SHARED, office.home.jonas, office.home.shared_note, not_before=START + timedelta(hours=1)
    )

    office.delivery().run()
    assert office.state(note) is MessageState.PENDING
    office.clock.move(timedelta(hours=1))
    office.delivery().run()

    assert office.state(note) is MessageState.SENT


def remove_note(office: PostOffice) -> None:
    with office.database.transaction(office.home.workspace) as tx:
        row = tx.notes.find(office.home.shared_note)
        assert row is not None
        tx.outbox.withdraw(MessageKind.NOTE_SHARED, row.id)
        tx.remove(row)


def test_an_undone_note_is_never_sent(office: PostOffice) -> None:
    """Taken back while it waited."""
    note = office.put_note()
    remove_note(office)

    office.run()

    assert office.state(note) is MessageState.DROPPED
    assert office.tries() == 0


def test_what_is_no_longer_true_is_not_sent(office: PostOffice) -> None:
    """Words are made at the last moment: a note made private in between stays with its author."""
    note = office.put_note()
    with office.database.transaction(office.home.workspace) as tx:
        row = tx.notes.find(office.home.shared_note)
        assert row is not None
        row.visibility = Visibility.PRIVATE

    office.run()

    assert office.state(note) is MessageState.DROPPED
    assert office.seen() == []


def test_an_undone_note_that_was_posted_is_deleted_in_slack(office: PostOffice) -> None:
    """The partner's copy goes too."""
    office.put_note()
    office.run(turns=1)
    assert len(office.seen()) == 1
    remove_note(office)

    office.run()

    assert office.seen() == []
    assert {row.state for row in office.rows()} == {MessageState.SENT}


def test_an_undone_note_whose_posting_was_unclear_ends_invisible(office: PostOffice) -> None:
    """Slack had taken it without saying so; it is found and deleted all the same."""
    office.box.faults.add(method="chat.postMessage", kind="500_after")
    office.put_note()
    delivery = office.delivery()
    delivery.run()
    remove_note(office)

    office.run(delivery)

    assert office.seen() == []


def test_an_edit_changes_the_posted_message_in_place(office: PostOffice) -> None:
    """Once for each revision, never as a new message."""
    office.put_note()
    office.run(turns=1)
    for number in range(2):
        with office.database.transaction(office.home.workspace) as tx:
            row = tx.notes.find(office.home.shared_note)
            assert row is not None
            row.text = f"edited {number}"
            tx.outbox.revise(MessageKind.NOTE_SHARED, row.id, str(number))
            tx.outbox.revise(MessageKind.NOTE_SHARED, row.id, str(number))

    office.run()

    (message,) = office.seen()
    assert "edited 1" in str(message.blocks)
    assert office.tries("chat.update") == 2


def test_an_edit_waits_for_its_original(office: PostOffice) -> None:
    """While it is unclear whether the original is there, there is nothing to change."""
    office.box.faults.add(method="chat.postMessage", kind="500_after")
    note, delivery = office.put_note(), office.delivery()
    delivery.run()
    with office.database.transaction(office.home.workspace) as tx:
        tx.outbox.revise(MessageKind.NOTE_SHARED, office.home.shared_note, "1")

    delivery.run()
    assert office.tries("chat.update") == 0
    office.run(delivery)

    assert office.state(note) is MessageState.SENT
    assert office.tries("chat.update") == 1


@pytest.mark.parametrize("verb", [Verb.UPDATE, Verb.DELETE])
@pytest.mark.parametrize("state", [MessageState.FAILED, MessageState.HELD, MessageState.DROPPED])
def test_what_follows_a_message_that_never_came_is_dropped(office: PostOffice, verb: Verb, state: MessageState) -> None:
    """There is nothing to change or delete."""
    note = office.put_note()
    office.change(note, state=state)
    follower = office.put(MessageKind.NOTE_SHARED, office.home.jonas, office.home.shared_note, verb=verb, of=note)

    office.run(turns=2)

    assert office.state(follower) is MessageState.DROPPED


@pytest.mark.parametrize("kind", ["500_before", "500_after", "reset_after", "429"])
@pytest.mark.parametrize("method", ["chat.update", "chat.delete"])
def test_a_change_or_deletion_that_failed_is_made_again(office: PostOffice, method: str, kind: str) -> None:
    """Both can be repeated without harm, so they are until Slack confirms."""
    office.put_note()
    office.run(turns=1)
    office.box.faults.add(method=method, kind=kind, retry_after=5)
    if method == "chat.delete":
        remove_note(office)
    else:
        with office.database.transaction(office.home.workspace) as tx:
            tx.outbox.revise(MessageKind.NOTE_SHARED, office.home.shared_note, "1")

    office.run()

    assert {row.state for row in office.rows()} == {MessageState.SENT}
    assert len(office.seen()) == (0 if method == "chat.delete" else 1)


def test_nothing_is_sent_to_somebody_deactivated(office: PostOffice) -> None:
    """Messages stop with the account."""
    note = office.put_note()
    with office.database.transaction(office.home.workspace) as tx:
        tx.people.get(office.home.jonas).deactivated = True

    office.run(turns=2)

    assert (office.state(note), office.tries()) == (MessageState.DROPPED, 0)


def test_nothing_is_posted_to_a_group_that_has_ended(office: PostOffice) -> None:
    """An introduction that waited too long says nothing to people who are no longer together."""
    introduction = office.put_introduction()
    with office.database.transaction(office.home.workspace) as tx:
        row = tx.one_or_none(sa.select(PairingRow))
        assert row is not None
        tx.pairings.end(row, EndReason.LEFT)

    office.run(turns=2)

    assert (office.state(introduction), office.tries()) == (MessageState.DROPPED, 0)


def test_one_broken_message_holds_up_no_other(office: PostOffice) -> None:
    """The rest of the batch goes out."""
    broken, note = office.put(MessageKind.NOTE_SHARED, office.home.jonas), office.put_note()
    gone = office.put(MessageKind.CHECKIN, office.home.mira, office.home.goal)

    office.run(turns=2)

    assert office.state(note) is MessageState.SENT
    assert {office.state(broken), office.state(gone)} == {MessageState.DROPPED}


def test_another_workspaces_messages_wait_for_whoever_has_its_token(office: PostOffice) -> None:
    """Sent with this one's token they would be refused by Slack, and so lost."""
    other = furnish(office.database, "T2")
    note = office.put_note()

    office.run(turns=2)

    with office.database.reading(other.workspace) as tx:
        assert set(tx.outbox.counts()) == {MessageState.PENDING}
    assert office.state(note) is MessageState.SENT


def test_a_letter_that_cannot_be_written_holds_up_no_other_and_is_held_in_the_end(office: PostOffice) -> None:
    """Its text does not open any more; whoever waits behind it gets theirs at once."""
    broken, behind = office.put_note(), office.put_introduction()
    with office.database.transaction(office.home.workspace) as tx:
        tx.change(sa.update(NoteRow).where(NoteRow.id == office.home.shared_note).values(text_sealed=b"\x01\x00junk"))

    delivery = office.delivery()
    delivery.run()
    assert office.state(behind) is MessageState.SENT
    assert (office.state(broken), office.row(broken).error) == (MessageState.PENDING, "unwritable")
    office.run(delivery, turns=2 * MOST)

    assert (office.state(broken), office.row(broken).error) == (MessageState.HELD, "unwritable")
    assert office.tries() == 1


def test_after_a_429_the_rest_of_a_batch_waits_too(office: PostOffice) -> None:
    """Not one more call before Slack's time is over, and no attempt is used up."""
    office.box.faults.add(method="chat.postMessage", kind="429", retry_after=30)
    waiting, delivery = [office.put_note(), office.put_introduction()], office.delivery()

    delivery.run()
    assert office.tries() == 1
    assert [(office.state(one), office.row(one).attempt) for one in waiting] == [(MessageState.PENDING, 0)] * 2
    office.clock.move(timedelta(seconds=31))
    delivery.run()

    assert [office.state(one) for one in waiting] == [MessageState.SENT] * 2


def test_every_client_of_the_bot_leaves_repeating_to_the_outbox(town: Town) -> None:
    """The client library repeats a reset call by default, which is a second visible message."""
    for client in (town.tandem.web, town.tandem.app.client, create_copy(town.tandem.app.client)):
        assert client.retry_handlers == []
        assert client.timeout <= 30


def test_a_reset_in_the_running_bot_is_one_visible_message(town: Town) -> None:
    """The whole bot, not only its parts: the line is cut after Slack took a direct message."""
    paired(town, "mira", "jonas")
    town.says("mira", "/tandem goal")
    town.submits("mira", {"title": "Speak up", "visibility": "shared"})
    town.box.faults.add(method="chat.postMessage", kind="reset_after")
    town.says("mira", "/tandem note the outline stands")
    town.travel(timedelta(minutes=10))

    assert sum("the outline stands" in shown(message) for message in dms(town, "jonas")) == 1

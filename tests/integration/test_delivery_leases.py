"""R3: a sender that dies, sleeps or stops in the middle leaves its messages to others, and no trace of two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from slack_sdk import WebClient

from bot.delivery.post import Letter, Post, Result
from bot.domain.messages import MessageState
from tests.integration.postoffice import LEASE, SETTLE, PostOffice


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

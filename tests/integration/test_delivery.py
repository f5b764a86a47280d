"""R7: whatever Slack does to a call, each message is delivered once, or parked with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from slack_bolt.util.utils import create_copy
from slack_sdk import WebClient

from bot.db.notes import NoteRow
from bot.db.pairings import PairingRow
from bot.delivery.post import Post
from bot.domain.messages import MessageKind, MessageState
from bot.domain.pairings import EndReason
from demo.town import Town
from tests.integration.household import furnish
from tests.integration.postoffice import CALL_SECONDS, MOST, PostOffice
from tests.scenario.people import dms, paired, shown


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

"""Messages that expire, are taken back or change: before they are sent, afterwards, and when that is unclear."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.messages import MessageKind, MessageState, Verb
from bot.domain.visibility import Visibility
from tests.integration.household import START
from tests.integration.postoffice import SETTLE, PostOffice


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

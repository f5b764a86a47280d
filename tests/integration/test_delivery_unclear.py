"""R7: nobody knows whether Slack took a message: it is looked up, told otherwise, or held."""

from __future__ import annotations

import re

import pytest

from bot.domain.messages import MessageState
from tests.integration.postoffice import CALL_SECONDS, HALF_ANSWERED, MOST, PostOffice

UNCLEAR = [*HALF_ANSWERED, "hang", "late"]  # these two outlast the client's patience


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

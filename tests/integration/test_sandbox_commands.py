"""Slash commands in the stand-in, answered by a real Bolt app over both transports."""

from __future__ import annotations

from typing import Any

import pytest
from slack_bolt import App

from sandbox import NotOnScreenError, Sandbox
from tests.integration.standin import plain


def test_a_command_carries_what_slack_sends_and_shows_the_ack(
    box: Sandbox, running: App, heard: list[dict[str, Any]]
) -> None:
    """The answer in the ack is seen by the person alone, in the place where they typed."""

    @running.command("/tandem")
    def answer(ack: Any) -> None:
        ack(text="hi", blocks=[{"type": "section", "text": plain("hi there")}])

    given = box.command("mira", "/tandem", "note a < b & c")

    assert (given.ok, given.text, given.blocks[0]["text"]["text"]) == (True, "hi", "hi there")
    assert [(one.text, one.ephemeral, one.author) for one in box.messages("mira")] == [("hi", True, "tandem")]
    assert box.messages("jonas") == []
    body = heard[-1]
    assert (body["user_id"], body["text"], body["channel_name"]) == (
        box.person("mira").id,
        "note a < b & c",
        "directmessage",
    )
    assert body["response_url"].startswith("http://127.0.0.1")


def test_a_plain_text_ack_is_shown_too(box: Sandbox, running: App) -> None:
    """A text that looks like a number stays a text."""

    @running.command("/tandem")
    def answer(ack: Any) -> None:
        ack("5")

    assert box.command("mira", "/tandem").text == "5"


def test_a_command_in_a_room_is_answered_in_that_room(box: Sandbox, running: App) -> None:
    """The others in the room do not see the answer; who is not in it cannot type there."""
    box.add_channel("talk", members=["mira"])

    @running.command("/tandem")
    def answer(ack: Any) -> None:
        ack("hi")

    given = box.command("mira", "/tandem", channel="talk")

    assert given.message
    assert given.message.channel.name == "talk"
    assert box.channel_messages("talk") == []
    with pytest.raises(NotOnScreenError):
        box.command("jonas", "/tandem", channel="talk")


def test_an_ack_slack_cannot_show_is_a_problem(box: Sandbox, running: App) -> None:
    """Blocks over a limit in an ack are not shown, and the answer says why."""

    @running.command("/tandem")
    def answer(ack: Any) -> None:
        ack(text="x", blocks=[{"type": "header", "text": plain("x" * 151)}])

    given = box.command("mira", "/tandem")

    assert (given.ok, given.problem) == (False, "invalid_command_response")
    assert box.messages("mira") == []


def test_nobody_listening_is_a_problem(box: Sandbox) -> None:
    """Without a connection the person is told that it did not work."""
    given = box.command("mira", "/tandem")

    assert (given.ok, given.status, given.problem) == (False, 0, "dispatch_failed")


def test_what_is_sent_says_who_can_read_the_answer(box: Sandbox, running: App) -> None:
    """Deliveries carry the readers of what their ack shows."""
    running.command("/tandem")(lambda ack: ack("for you"))
    box.command("mira", "/tandem")

    sent = box.deliveries[-1]

    assert (sent.kind, sent.attempts, sent.readers) == ("slash_commands", 1, frozenset({"mira"}))
    assert sent.answers[0].status == 200

"""Messages in the Web API of the stand-in: posted, changed, taken back, read again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.integration.standin import Hands, buttons, dm, error_of, refused


def test_a_message_can_be_changed_and_taken_back(box: Sandbox, slack: WebClient) -> None:
    """What a test saw before stays as it was; the person sees the new text, then nothing."""
    place = dm(slack, box, "mira")
    ts = slack.chat_postMessage(channel=place, text="first")["ts"]
    before = box.messages("mira")[0]
    slack.chat_update(channel=place, ts=ts, text="second")
    after = box.messages("mira")[0]
    slack.chat_delete(channel=place, ts=ts)

    assert (before.text, before.edited) == ("first", None)
    assert after.text == "second"
    assert after.edited
    assert box.messages("mira") == []
    assert refused(slack.chat_update, channel=place, ts=ts, text="third")["error"] == "message_not_found"


def test_an_update_takes_away_what_it_does_not_name(box: Sandbox, slack: WebClient, place: str) -> None:
    """A text alone removes the blocks and is marked as edited; blocks alone keep the text and are not."""
    ts = slack.chat_postMessage(channel=place, text="first", blocks=buttons())["ts"]
    seen = []
    for change in ({"blocks": buttons()[:1]}, {"text": "second"}, {"text": "third", "blocks": []}):
        slack.api_call("chat.update", json={"channel": place, "ts": ts, **change})
        seen += [(one.text, len(one.blocks), one.edited is not None) for one in box.messages("mira")]

    assert seen == [("first", 1, False), ("second", 0, True), ("third", 0, True)]
    assert error_of(slack.chat_update, channel=place, ts=ts, text="x" * 4001) == "msg_too_long"
    assert error_of(slack.api_call, api_method="chat.update", json={"channel": place, "ts": ts}) == "no_text"


def test_an_update_keeps_the_metadata_unless_it_is_emptied(box: Sandbox, slack: WebClient, place: str) -> None:
    """Our key stays where it was put; an empty object takes it away."""
    metadata = {"event_type": "out", "event_payload": {"key": "k"}}
    ts = slack.chat_postMessage(channel=place, text="first", metadata=metadata)["ts"]
    kept = slack.chat_update(channel=place, ts=ts, text="second")["message"].get("metadata")
    gone = slack.chat_update(channel=place, ts=ts, text="third", metadata={})["message"].get("metadata")

    assert (kept, gone) == (metadata, None)


def test_what_one_person_alone_sees_is_out_of_reach(box: Sandbox, slack: WebClient, place: str) -> None:
    """An ephemeral message can be neither changed nor deleted by its time."""
    ts = slack.chat_postEphemeral(channel=place, user=box.person("mira").id, text="psst")["message_ts"]

    assert error_of(slack.chat_update, channel=place, ts=ts, text="x") == "message_not_found"
    assert error_of(slack.chat_delete, channel=place, ts=ts) == "message_not_found"
    assert [one.text for one in box.messages("mira")] == ["psst"]


def test_bad_blocks_are_named(box: Sandbox, slack: WebClient, place: str) -> None:
    """The refusal says which block is wrong and what about it, wherever blocks go; nothing is posted."""
    wrong = [*buttons(), {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    ts = slack.chat_postMessage(channel=place, text="fine")["ts"]
    mira = box.person("mira").id
    calls = [(slack.chat_postMessage, {}), (slack.chat_update, {"ts": ts}), (slack.chat_postEphemeral, {"user": mira})]

    for call, more in calls:
        body = refused(call, channel=place, text="x", blocks=wrong, **more)
        assert body["error"] == "invalid_blocks"
        assert [message for message in body["response_metadata"]["messages"] if "/blocks/2/text" in message]
    assert error_of(slack.chat_postMessage, channel=place, text="x", blocks="{") == "invalid_blocks_format"
    assert [one.text for one in box.messages("mira")] == ["fine"]


def test_a_message_has_an_end(box: Sandbox, slack: WebClient, place: str) -> None:
    """Text is cut at 40,000 characters; blocks that hold too much together, or no text at all, are refused."""
    section = {"type": "section", "text": {"type": "plain_text", "text": "x" * 2900}}
    slack.chat_postMessage(channel=place, text="x" * 40_001)

    assert [len(one.text) for one in box.messages("mira")] == [40_000]
    assert error_of(slack.chat_postMessage, channel=place, text="x", blocks=[section] * 5) == "msg_blocks_too_long"
    assert error_of(slack.api_call, api_method="chat.postMessage", json={"channel": place}) == "no_text"
    large = {"event_type": "x", "event_payload": {"key": "x" * 16_000}}
    assert error_of(slack.chat_postMessage, channel=place, text="x", metadata=large) == "metadata_too_large"


def test_a_person_is_written_to_by_their_id(box: Sandbox, slack: WebClient, place: str) -> None:
    """A user id means the direct message with them; a bot has none, and a stranger is not found."""
    assert slack.chat_postMessage(channel=box.person("mira").id, text="hello")["channel"] == place
    assert error_of(slack.chat_postMessage, channel=box.bot_user_id, text="x") == "cannot_dm_bot"
    assert error_of(slack.chat_postMessage, channel="U0NOBODY", text="x") == "channel_not_found"


def test_the_bot_cannot_change_what_a_person_wrote(box: Sandbox, slack: WebClient) -> None:
    """Only its own messages are in its hands."""
    box.say("mira", "mine")
    message = box.messages("mira")[0]

    for call, error in ((slack.chat_update, "cant_update_message"), (slack.chat_delete, "cant_delete_message")):
        assert refused(call, channel=message.channel.id, ts=message.ts, text="x")["error"] == error


def test_an_ephemeral_message_is_seen_by_one_person(box: Sandbox, slack: WebClient) -> None:
    """Nobody else in the room reads it, and it is in no history."""
    room = box.add_channel("talk", members=["mira"], bot_in=True)
    slack.chat_postEphemeral(channel=room.id, user=box.person("mira").id, text="psst")

    assert [(one.text, one.ephemeral) for one in box.messages("mira")] == [("psst", True)]
    assert box.channel_messages("talk") == []
    stranger = box.person("jonas").id
    assert refused(slack.chat_postEphemeral, channel=room.id, user=stranger, text="x")["error"] == "user_not_in_channel"


def test_history_finds_our_key_in_the_metadata(box: Sandbox, slack: WebClient) -> None:
    """The bot's own DM can be read back newest first, in pages, with metadata when asked."""
    place = dm(slack, box, "mira")
    for key in ("a", "b", "c"):
        slack.chat_postMessage(channel=place, text=key, metadata={"event_type": "out", "event_payload": {"key": key}})

    newest = slack.conversations_history(channel=place, limit=2, include_all_metadata=True)
    rest = slack.conversations_history(channel=place, limit=2, cursor=newest["response_metadata"]["next_cursor"])

    assert [one["metadata"]["event_payload"]["key"] for one in newest["messages"]] == ["c", "b"]
    assert [(one["text"], "metadata" in one) for one in rest["messages"]] == [("a", False)]
    assert (newest["has_more"], rest["has_more"]) == (True, False)


def test_history_of_a_group_needs_a_scope_the_bot_does_not_have(box: Sandbox, slack: WebClient) -> None:
    """Conversations between people stay closed."""
    place = dm(slack, box, "mira", "jonas")

    assert refused(slack.conversations_history, channel=place)["needed"] == "mpim:history"


def test_history_goes_from_the_newest_back_and_from_a_moment_forward(
    box: Sandbox, slack: WebClient, hands: Hands
) -> None:
    """`latest` pages back, `oldest` alone pages forward, both ends count only when asked to."""
    place, stamps = box.hub.workspace.dm([box.person("mira").id]).id, []
    for number in range(5):
        hands.at += timedelta(hours=1)
        stamps.append(slack.chat_postMessage(channel=place, text=str(number))["ts"])

    def texts(**arguments: Any) -> list[str]:
        return [one["text"] for one in slack.conversations_history(channel=place, **arguments)["messages"]]

    assert texts() == ["4", "3", "2", "1", "0"]
    assert texts(latest=stamps[3], limit=2) == ["2", "1"]
    assert texts(latest=stamps[3], limit=2, inclusive=True) == ["3", "2"]
    assert texts(latest=stamps[3], oldest=stamps[0]) == ["2", "1"]
    first = slack.conversations_history(channel=place, oldest=stamps[0], limit=2)
    assert [one["text"] for one in first["messages"]] == ["2", "1"]
    assert texts(oldest=stamps[0], limit=2, cursor=first["response_metadata"]["next_cursor"]) == ["4", "3"]
    assert error_of(slack.conversations_history, channel=place, latest="soon") == "invalid_ts_latest"
    assert error_of(slack.conversations_history, channel=place, oldest="once") == "invalid_ts_oldest"


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ("{", "invalid_metadata_format"),
        ([1], "invalid_metadata_format"),
        ({"event_type": "x"}, "invalid_metadata_schema"),
    ],
)
def test_malformed_metadata_is_refused(box: Sandbox, slack: WebClient, metadata: Any, error: str) -> None:
    """Metadata has a type and a payload, or the message is not posted."""
    place = dm(slack, box, "mira")

    assert refused(slack.chat_postMessage, channel=place, text="x", metadata=metadata)["error"] == error
    assert box.messages("mira") == []


def test_the_same_client_msg_id_twice_is_two_messages(box: Sandbox, slack: WebClient) -> None:
    """Slack promises nothing about it, so neither does the stand-in."""
    place = dm(slack, box, "mira")
    for _ in range(2):
        slack.chat_postMessage(channel=place, text="x", client_msg_id="4b2a1a5e-0000-4000-8000-000000000000")

    assert len(box.messages("mira")) == 2


def test_messages_and_times_follow_the_moved_clock(hands: Hands, box: Sandbox, slack: WebClient) -> None:
    """A message's timestamp is the time of the stand-in, and never goes back."""
    place = dm(slack, box, "mira")
    hands.at += timedelta(days=7)
    late = slack.chat_postMessage(channel=place, text="a week later")["ts"]
    hands.at -= timedelta(days=3)
    later = slack.chat_postMessage(channel=place, text="clock moved back")["ts"]

    assert datetime.fromtimestamp(float(late), UTC) == datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    assert later > late

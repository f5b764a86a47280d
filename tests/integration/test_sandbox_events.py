"""What the stand-in tells an app by itself."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox
from tests.integration.ear import Ear


def test_words_in_the_dm_reach_the_app_escaped(box: Sandbox, running: App, heard: list[dict[str, Any]]) -> None:
    """The event looks like Slack's `message.im`; without `im:history` it is not sent."""
    running.event("message")(lambda ack: ack())
    assert box.say("mira", "a < b & c").ok
    event = heard[-1]["event"]
    assert (event["channel_type"], event["text"], event["user"]) == ("im", "a &lt; b &amp; c", box.person("mira").id)

    box.scopes.remove("im:history")
    assert not box.say("mira", "unheard").ok
    assert len(heard) == 1


def test_the_bot_may_hear_its_own_messages(box: Sandbox, running: App, heard: list[dict[str, Any]]) -> None:
    """With `echo` a post, a change and a deletion in a DM come back as Slack sends them, marked as the bot's own."""
    running.event(re.compile("message"))(lambda ack: ack())
    box.echo = True
    place = box.hub.workspace.dm([box.person("mira").id]).id
    ts = running.client.chat_postMessage(channel=place, text="first")["ts"]
    running.client.chat_update(channel=place, ts=ts, text="second")
    running.client.chat_delete(channel=place, ts=ts)

    assert box.until(lambda: len(box.deliveries) == 3 and all(one.answers for one in box.deliveries))
    events = [sent.payload["event"] for sent in box.deliveries]
    assert [event.get("subtype") for event in events] == [None, "message_changed", "message_deleted"]
    assert events[0]["bot_id"] == events[1]["message"]["bot_id"]


def test_the_app_hears_who_comes_changes_and_goes(box: Sandbox, running: App, heard: list[dict[str, Any]]) -> None:
    """Events about people and about rooms the bot is in; other rooms are none of its business."""
    for name in ("user_change", "team_join", "member_joined_channel", "member_left_channel"):
        running.event(name)(lambda ack: ack())
    room = box.add_channel("owners", members=["mira"])
    assert box.join("jonas", room) is None
    box.invite_bot(room)
    box.leave("jonas", room)
    box.change_person("mira", zone="America/New_York")
    box.new_person("ben", name="Ben")

    said = [(body["event"]["type"], body["event"]["user"]) for body in heard]

    assert said[:2] == [("member_joined_channel", box.bot_user_id), ("member_left_channel", box.person("jonas").id)]
    assert [(kind, user["name"], user["tz_offset"]) for kind, user in said[2:]] == [
        ("user_change", "mira", -18000),
        ("team_join", "ben", 3600),
    ]


def test_an_invitation_says_who_invited(box: Sandbox) -> None:
    """`member_joined_channel` names the inviter, and nobody when people come by themselves."""
    room = box.add_channel("owners", members=["mira"])
    box.invite_bot(room, by="mira")
    box.join("jonas", room)

    invited, came = [delivery.payload["event"] for delivery in box.deliveries]

    assert invited["inviter"] == box.person("mira").id
    assert "inviter" not in came


def test_uninstalling_kills_the_token(box: Sandbox, slack: WebClient, ear: Ear) -> None:
    """The app hears of it and every further call is refused."""
    box.uninstall()

    assert [json.loads(body)["event"]["type"] for _, body in ear.heard] == ["tokens_revoked", "app_uninstalled"]
    with pytest.raises(SlackApiError, match="token_revoked"):
        slack.team_info()

"""What the stand-in tells an app by itself."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
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


def test_an_opened_home_carries_what_is_on_it(box: Sandbox, slack: WebClient) -> None:
    """The view comes with the Home tab once one was published, and never with the Messages tab."""
    box.open_home("mira")
    view = slack.views_publish(user_id=box.person("mira").id, view={"type": "home", "blocks": []})["view"]
    box.open_home("mira")
    box.open_home("mira", tab="messages")

    opened = [delivery.payload["event"] for delivery in box.deliveries]

    assert [one["tab"] for one in opened] == ["home", "home", "messages"]
    assert [one.get("view", {}).get("id") for one in opened] == [None, view["id"], None]
    assert {one["channel"] for one in opened} == {box.hub.workspace.dm([box.person("mira").id]).id}


@pytest.mark.parametrize(
    ("scope", "act"),
    [
        ("users:read", lambda box: box.change_person("mira", title="Boss")),
        ("users:read", lambda box: box.new_person("ben")),
        ("groups:read", lambda box: box.join("jonas", "owners")),
        ("channels:read", lambda box: box.join("jonas", "general")),
        ("im:history", lambda box: box.say("mira", "hello")),
    ],
    ids=["user_change", "team_join", "private_room", "public_room", "message"],
)
def test_an_event_wants_its_scope(box: Sandbox, ear: Ear, scope: str, act: Callable[[Sandbox], object]) -> None:
    """Without it the app hears nothing."""
    box.add_channel("owners", members=["mira"], bot_in=True)
    box.add_channel("general", private=False, members=["mira"], bot_in=True)
    box.scopes.discard(scope)
    act(box)
    unheard = len(ear.heard)
    box.scopes.add(scope)
    box.leave("jonas", "owners")
    box.leave("jonas", "general")
    heard = len(ear.heard)
    act(box) if scope != "users:read" else box.change_person("mira", title="Chief")

    assert (unheard, len(ear.heard) - heard) == (0, 1)


def test_who_leaves_the_company_is_told_as_changed(box: Sandbox, ear: Ear) -> None:
    """A deactivated person is marked so and has no zone; one who comes back has."""
    box.change_person("jonas", deleted=True)
    box.change_person("jonas", deleted=False)

    users = [json.loads(body)["event"]["user"] for _, body in ear.heard]

    assert [(one["deleted"], one.get("tz")) for one in users] == [(True, None), (False, "America/New_York")]


def test_the_letter_of_a_room_is_that_of_its_id(box: Sandbox, ear: Ear) -> None:
    """Public and private channels alike have a C since 2021."""
    for name, private in (("owners", True), ("general", False)):
        box.invite_bot(box.add_channel(name, private=private, members=["mira"]))

    events = [json.loads(body)["event"] for _, body in ear.heard]

    assert [(one["channel_type"], one["channel"][0]) for one in events] == [("C", "C"), ("C", "C")]


def test_an_app_that_was_taken_out_hears_nothing_more(box: Sandbox, ear: Ear) -> None:
    """Neither events nor what people do reach it; a fresh workspace has it back."""
    box.uninstall()
    told = len(ear.heard)

    assert (told, box.say("mira", "anybody?").ok, box.open_home("mira").ok) == (2, False, False)
    assert not box.command("mira", "/tandem").ok
    assert len(ear.heard) == told
    box.reset()
    box.add_person("mira")
    assert box.open_home("mira").ok


def test_uninstalling_kills_the_token(box: Sandbox, slack: WebClient, ear: Ear) -> None:
    """The app hears of it and every further call is refused."""
    box.uninstall()

    assert [json.loads(body)["event"]["type"] for _, body in ear.heard] == ["tokens_revoked", "app_uninstalled"]
    with pytest.raises(SlackApiError, match="token_revoked"):
        slack.team_info()

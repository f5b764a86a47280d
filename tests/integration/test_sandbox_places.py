"""People, rooms and groups in the Web API of the stand-in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from slack_sdk import WebClient

from sandbox import NotOnScreenError, Sandbox
from tests.integration.standin import Hands, dm, error_of, refused


def test_people_are_described_with_the_offset_of_the_day(hands: Hands, box: Sandbox, slack: WebClient) -> None:
    """The zone's offset follows summer time; the locale comes only when asked for."""
    user = box.person("mira").id

    winter = slack.users_info(user=user, include_locale=True)["user"]
    hands.at = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    summer = slack.users_info(user=user)["user"]

    assert (winter["tz"], winter["tz_offset"], winter["locale"]) == ("Europe/Berlin", 3600, "de-DE")
    assert (summer["tz_offset"], summer["profile"]["title"], "locale" in summer) == (7200, "Lead", False)


def test_a_deactivated_person_has_no_zone_and_no_new_dm(box: Sandbox, slack: WebClient) -> None:
    """Who left can still be looked up, but not be written to anew."""
    box.change_person("jonas", deleted=True)
    user = box.person("jonas").id

    shown = slack.users_info(user=user)["user"]

    assert shown["deleted"]
    assert "tz" not in shown
    assert refused(slack.conversations_open, users=user)["error"] == "user_disabled"


def test_lists_come_in_pages(box: Sandbox, slack: WebClient) -> None:
    """Following the cursor gives everybody once."""
    for number in range(5):
        box.add_person(f"p{number}")

    pages = [page["members"] for page in slack.users_list(limit=3)]

    assert [len(page) for page in pages] == [3, 3, 2]
    assert len({user["id"] for page in pages for user in page}) == 8
    assert refused(slack.users_list, cursor="garbage")["error"] == "invalid_cursor"


def test_the_same_people_share_one_group_dm(box: Sandbox, slack: WebClient) -> None:
    """Order does not matter, and both see what is posted there."""
    first = dm(slack, box, "mira", "jonas")
    slack.chat_postMessage(channel=first, text="Hello, you two")

    assert dm(slack, box, "jonas", "mira") == first
    assert [message.text for message in box.messages("jonas")] == ["Hello, you two"]
    assert box.calls[-2].readers == {"mira", "jonas"}
    assert box.channel(first).name == "mpdm-jonas--mira--tandem-1"


def test_a_private_channel_is_invisible_until_the_bot_is_invited(box: Sandbox, slack: WebClient) -> None:
    """Its members cannot be read and nothing can be posted before `/invite`."""
    room = box.add_channel("tandem-owners", members=["mira"])
    for call in (slack.conversations_info, slack.conversations_members):
        assert refused(call, channel=room.id)["error"] == "channel_not_found"
    assert refused(slack.chat_postMessage, channel=room.id, text="x")["error"] == "channel_not_found"

    box.invite_bot(room)

    assert slack.conversations_members(channel=room.id)["members"] == [box.person("mira").id, box.bot_user_id]
    assert slack.conversations_info(channel=room.id)["channel"]["is_private"]
    assert [c["id"] for c in slack.users_conversations(types="private_channel")["channels"]] == [room.id]


def test_posting_in_a_public_channel_needs_the_bot_inside(box: Sandbox, slack: WebClient) -> None:
    """A public channel is visible, but closed to a bot that has not joined."""
    room = box.add_channel("general", private=False, members=["mira"])

    assert refused(slack.chat_postMessage, channel=room.id, text="x")["error"] == "not_in_channel"
    box.invite_bot(room)
    slack.chat_postMessage(channel=room.id, text="x")

    assert box.calls[-1].readers == {"mira", "jonas"}


def test_a_group_has_one_to_eight_people(box: Sandbox, slack: WebClient) -> None:
    """Nine are too many, none are too few, a stranger is not found, and the bot itself does not count."""
    many = [box.add_person(f"p{number}").id for number in range(9)]

    assert slack.conversations_open(users=many[:8])["channel"]["id"].startswith("G")
    assert error_of(slack.conversations_open, users=many) == "too_many_users"
    assert error_of(slack.conversations_open, users=[]) == "users_list_not_supplied"
    assert error_of(slack.conversations_open, users=[many[0], "U0NOBODY"]) == "user_not_found"
    alone, with_bot = (
        slack.conversations_open(users=many[0]),
        slack.conversations_open(users=[many[0], box.bot_user_id]),
    )
    assert alone["channel"]["id"] == with_bot["channel"]["id"]


def test_nobody_leaves_or_joins_a_group(box: Sandbox, slack: WebClient) -> None:
    """A group DM is the people in it: another one is needed for others."""
    group = slack.conversations_open(users=[box.person("mira").id, box.person("jonas").id])["channel"]["id"]
    box.add_person("ben")

    for change, who in ((box.leave, "jonas"), (box.join, "ben")):
        with pytest.raises(NotOnScreenError):
            change(who, group)


def test_a_missing_person_or_view_is_named(box: Sandbox, slack: WebClient) -> None:
    """Each with the error of its method."""
    home = {"type": "home", "blocks": []}

    assert error_of(slack.users_info, user="U0NOBODY") == "user_not_found"
    assert error_of(slack.views_publish, user_id="U0NOBODY", view=home) == "user_not_found"
    assert error_of(slack.views_update, view_id="V0NOWHERE", view=home) == "not_found"
    assert error_of(slack.chat_update, channel="C0NOWHERE", ts="1.2", text="x") == "channel_not_found"
    assert error_of(slack.conversations_list, types="secret_channel") == "invalid_types"

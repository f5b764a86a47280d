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
    assert refused(slack.users_list, limit=1000)["error"] == "invalid_arguments"


def test_rooms_and_their_members_come_in_pages_too(box: Sandbox, slack: WebClient) -> None:
    """Each list has its cursor, and a limit Slack does not understand is named."""
    rooms = [box.add_channel(f"room-{number}", private=False, members=["mira", "jonas"]) for number in range(3)]

    listed = [room["id"] for page in slack.conversations_list(limit=2) for room in page["channels"]]
    inside = [user for page in slack.conversations_members(channel=rooms[0].id, limit=1) for user in page["members"]]

    assert listed == [room.id for room in rooms]
    assert inside == [box.person("mira").id, box.person("jonas").id]
    for wrong in (1000, -1, "many"):
        assert error_of(slack.conversations_list, limit=wrong) == "invalid_limit"
        assert error_of(slack.conversations_members, channel=rooms[0].id, limit=wrong) == "invalid_limit"


def test_everybody_is_described_by_their_standing(box: Sandbox, slack: WebClient) -> None:
    """Owners, guests, people of other companies and bots differ; nobody has an e-mail address without its scope."""
    box.add_person("olga", owner=True)
    box.add_person("gus", guest=True)
    box.add_person("elsewhere", external=True)

    olga, gus, elsewhere, bot = (
        slack.users_info(user=box.person(who).id)["user"] for who in ("olga", "gus", "elsewhere", "tandem")
    )

    assert (olga["is_owner"], olga["is_admin"], olga["is_restricted"]) == (True, True, False)
    assert (gus["is_owner"], gus["is_admin"], gus["is_restricted"]) == (False, False, True)
    assert (elsewhere["is_stranger"], elsewhere["team_id"] == box.team_id) == (False, False)
    assert (bot["is_bot"], bot["profile"]["api_app_id"]) == (True, box.app_id)
    assert [one for one in (olga, gus, elsewhere, bot) if "email" in one["profile"]] == []


def test_the_same_people_share_one_group_dm(box: Sandbox, slack: WebClient) -> None:
    """Order does not matter, and both see what is posted there."""
    first = dm(slack, box, "mira", "jonas")
    slack.chat_postMessage(channel=first, text="Hello, you two")

    assert dm(slack, box, "jonas", "mira") == first
    assert [message.text for message in box.messages("jonas")] == ["Hello, you two"]
    assert box.calls[-2].readers == {"mira", "jonas"}
    assert box.channel(first).name == "mpdm-jonas--mira--tandem-1"


def test_a_private_channel_is_invisible_until_the_bot_is_invited(box: Sandbox, slack: WebClient) -> None:
    """It is in no list, nothing of it can be read and nothing can be posted before `/invite`."""
    room = box.add_channel("tandem-owners", members=["mira"])
    box.scopes |= {"groups:history"}
    said, mira = box.write_in("mira", room, "among us"), box.person("mira").id
    for call in (slack.conversations_info, slack.conversations_members, slack.conversations_history):
        assert error_of(call, channel=room.id) == "channel_not_found"
    assert error_of(slack.chat_postMessage, channel=room.id, text="x") == "channel_not_found"
    assert error_of(slack.chat_postEphemeral, channel=room.id, user=mira, text="x") == "channel_not_found"
    assert error_of(slack.chat_update, channel=room.id, ts=said.ts, text="x") == "channel_not_found"
    assert error_of(slack.chat_getPermalink, channel=room.id, message_ts=said.ts) == "channel_not_found"
    for lister in (slack.conversations_list, slack.users_conversations):
        assert lister(types="private_channel")["channels"] == []
    assert slack.users_conversations(types="private_channel", user=mira)["channels"] == []

    box.invite_bot(room)

    assert slack.conversations_members(channel=room.id)["members"] == [box.person("mira").id, box.bot_user_id]
    assert slack.conversations_info(channel=room.id)["channel"]["is_private"]
    assert [c["id"] for c in slack.users_conversations(types="private_channel")["channels"]] == [room.id]


def test_posting_in_a_public_channel_needs_the_bot_inside(box: Sandbox, slack: WebClient) -> None:
    """A public channel and its members are visible, but closed to a bot that has not joined."""
    box.scopes |= {"channels:history"}
    room = box.add_channel("general", private=False, members=["mira"])
    mira = box.person("mira").id

    assert slack.conversations_members(channel=room.id)["members"] == [mira]
    assert slack.conversations_info(channel=room.id)["channel"]["is_member"] is False
    assert error_of(slack.chat_postMessage, channel=room.id, text="x") == "not_in_channel"
    assert error_of(slack.chat_postEphemeral, channel=room.id, user=mira, text="x") == "not_in_channel"
    assert error_of(slack.conversations_history, channel=room.id) == "not_in_channel"
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


def test_only_direct_messages_are_opened_by_their_id(box: Sandbox, slack: WebClient, place: str) -> None:
    """A channel is nothing to open, and a conversation of others is not there."""
    room, others = box.add_channel("owners", bot_in=True), box.add_channel("others")

    assert slack.conversations_open(channel=place)["already_open"]
    assert error_of(slack.conversations_open, channel=room.id) == "method_not_supported_for_channel_type"
    assert error_of(slack.conversations_open, channel=others.id) == "channel_not_found"


def test_asking_for_a_conversation_need_not_begin_one(box: Sandbox, slack: WebClient) -> None:
    """With `prevent_creation` what is not there is not found."""
    mira = box.person("mira").id

    assert error_of(slack.conversations_open, users=mira, prevent_creation=True) == "channel_not_found"
    opened = slack.conversations_open(users=mira)
    assert slack.conversations_open(users=mira, prevent_creation=True)["channel"]["id"] == opened["channel"]["id"]
    assert (opened["already_open"], opened["no_op"]) == (False, False)


def test_nobody_leaves_or_joins_a_group(box: Sandbox, slack: WebClient) -> None:
    """A group DM is the people in it: another one is needed for others, and no method changes that."""
    group = slack.conversations_open(users=[box.person("mira").id, box.person("jonas").id])["channel"]["id"]
    box.add_person("ben")
    for call in (slack.conversations_kick, slack.conversations_invite):
        more = {"user": box.person("jonas").id} if call == slack.conversations_kick else {"users": "U0"}
        assert error_of(call, channel=group, **more) == "unknown_method"

    for change, who in ((box.leave, "jonas"), (box.join, "ben")):
        with pytest.raises(NotOnScreenError):
            change(who, group)


def test_a_missing_person_or_view_is_named(box: Sandbox, slack: WebClient) -> None:
    """Each with the error of its method."""
    home = {"type": "home", "blocks": []}

    assert error_of(slack.users_info, user="U0NOBODY") == "user_not_found"
    assert error_of(slack.users_profile_get, user="U0NOBODY") == "user_not_found"
    assert error_of(slack.users_conversations, user="U0NOBODY") == "user_not_found"
    assert error_of(slack.conversations_open, users="U0NOBODY") == "user_not_found"
    nobody = refused(slack.views_publish, user_id="U0NOBODY", view=home)
    assert nobody["error"] == "invalid_arguments" and "user_id" in nobody["response_metadata"]["messages"][0]
    assert error_of(slack.views_update, view_id="V0NOWHERE", view=home) == "not_found"
    assert error_of(lambda: slack.api_call("views.update", json={"view": home})) == "invalid_arguments"
    assert error_of(slack.chat_update, channel="C0NOWHERE", ts="1.2", text="x") == "channel_not_found"
    assert error_of(slack.conversations_list, types="secret_channel") == "invalid_types"

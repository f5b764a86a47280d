"""The stand-in's Web API, called with the real client."""

from __future__ import annotations

import json
import random
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Sandbox


class Hands:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def box(hands: Hands) -> Iterator[Sandbox]:
    with Sandbox.start(now=hands) as box:
        box.add_person("mira", name="Mira Vogel", zone="Europe/Berlin", locale="de-DE", title="Lead")
        box.add_person("jonas", zone="America/New_York")
        yield box


@pytest.fixture
def slack(box: Sandbox) -> WebClient:
    return WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[])


def refused(call: Any, **arguments: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    body = caught.value.response.data
    assert isinstance(body, dict)
    return body


def dm(slack: WebClient, box: Sandbox, *handles: str) -> str:
    users = [box.person(handle).id for handle in handles]
    return str(slack.conversations_open(users=users)["channel"]["id"])


def post(url: str, body: bytes, content_type: str, token: str = "") -> tuple[int, dict[str, Any]]:
    headers = {"Content-Type": content_type} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310 - loopback
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return answer.status, json.loads(answer.read())


def test_the_bot_learns_who_it_is(box: Sandbox, slack: WebClient) -> None:
    """`auth.test` names team and bot, and the scopes stand in a header."""
    answer = slack.auth_test()

    assert (answer["team_id"], answer["user_id"]) == (box.team_id, box.bot_user_id)
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize(
    ("token", "error"), [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("app", "not_allowed_token_type")]
)
def test_a_wrong_token_is_refused_by_name(box: Sandbox, token: str, error: str) -> None:
    """Each way of having no right token has its own error."""
    client = WebClient(box.app_token if token == "app" else token, base_url=box.api_url, retry_handlers=[])

    assert refused(client.users_list)["error"] == error


def test_a_missing_scope_is_named(box: Sandbox, slack: WebClient) -> None:
    """The refusal says which scope was needed and which were there."""
    box.scopes.remove("users:read")

    body = refused(slack.users_list)

    assert (body["error"], body["needed"]) == ("missing_scope", "users:read")
    assert "chat:write" in body["provided"]


def test_a_direct_message_needs_another_scope_than_a_group(box: Sandbox, slack: WebClient) -> None:
    """`im:write` opens one, `mpim:write` the other."""
    box.scopes = box.scopes - {"mpim:write"}

    assert dm(slack, box, "mira").startswith("D")
    both = [box.person("mira").id, box.person("jonas").id]
    assert refused(slack.conversations_open, users=both)["needed"] == "mpim:write"


def test_arguments_may_come_as_query_form_or_json(box: Sandbox) -> None:
    """All three ways of saying it lead to the same answer."""
    user = box.person("mira").id
    url, form = f"{box.api_url}users.info", "application/x-www-form-urlencoded"

    as_form = post(url, f"user={user}&token={box.bot_token}".encode(), form)
    as_json = post(url, json.dumps({"user": user}).encode(), "application/json; charset=utf-8", box.bot_token)
    as_query = WebClient(box.bot_token, base_url=box.api_url).api_call(
        "users.info", http_verb="GET", params={"user": user}
    )

    assert as_form[1]["user"] == as_json[1]["user"] == as_query["user"]


@pytest.mark.parametrize(
    ("body", "error"),
    [(b"{", "invalid_json"), (b"[1]", "json_not_object"), (b"\xff\xfe", "invalid_json"), (b"[" * 9999, "invalid_json")],
)
def test_unreadable_json_is_named(box: Sandbox, body: bytes, error: str) -> None:
    """A malformed body gets Slack's error and no traceback."""
    assert post(f"{box.api_url}users.info", body, "application/json", box.bot_token) == (
        200,
        {"ok": False, "error": error},
    )


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded; charset=nonsense"])
def test_an_unreadable_form_is_named(box: Sandbox, kind: str) -> None:
    """So does a form nobody can read."""
    assert post(f"{box.api_url}users.info", b"user=\xff", kind)[1]["error"] == "invalid_form_data"


GARBAGE: list[Any] = [
    None,
    "",
    0,
    -1,
    True,
    [],
    {},
    [1],
    [{}],
    {"type": "modal"},
    "{",
    "[1]",
    "\ud800",
    "x" * 50_000,
    1.5,
    "nan",
]
ARGUMENTS = ["channel", "users", "user", "text", "blocks", "view", "trigger_id", "ts", "limit", "cursor", "metadata"]


def test_no_garbage_makes_the_stand_in_stumble(box: Sandbox) -> None:
    """A thousand malformed calls over all methods are all answered with JSON, never with a traceback."""
    dice, place = random.Random(3), box.hub.workspace.dm([box.person("mira").id]).id
    box.limits.enforced = False
    for number in range(1000):
        method = list(box.hub.methods)[number % len(box.hub.methods)]
        args = {name: dice.choice([*GARBAGE, place]) for name in dice.sample(ARGUMENTS, 5)}
        token = box.app_token if method.startswith("apps.") else box.bot_token
        status, body = post(f"{box.api_url}{method}", json.dumps(args).encode(), "application/json", token)
        assert (status, type(body["ok"])) == (200, bool), (method, args)


def test_an_unknown_method_is_named(slack: WebClient) -> None:
    """A typo in a method's name is an error of Slack, not of HTTP."""
    assert refused(lambda: slack.api_call("chat.postMassage"))["error"] == "unknown_method"


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


def test_one_channel_takes_one_message_a_second(hands: Hands, box: Sandbox, slack: WebClient) -> None:
    """After a small burst comes 429 with Retry-After; a moved clock lets the next one through."""
    place, other = dm(slack, box, "mira"), dm(slack, box, "jonas")
    for _ in range(box.limits.burst):
        slack.chat_postMessage(channel=place, text="x")
    with pytest.raises(SlackApiError) as caught:
        slack.chat_postMessage(channel=place, text="too fast")

    assert (caught.value.response.status_code, caught.value.response["error"]) == (429, "ratelimited")
    assert caught.value.response.headers["Retry-After"] == "1"
    slack.chat_postMessage(channel=other, text="another channel is free")
    hands.at += timedelta(seconds=1)
    slack.chat_postMessage(channel=place, text="now")
    assert box.limits.refused == 1


def test_a_method_has_its_tier(hands: Hands, box: Sandbox, slack: WebClient) -> None:
    """`users.list` may be called 20 times at once and then waits."""
    for _ in range(20):
        slack.users_list()
    assert refused(slack.users_list)["error"] == "ratelimited"

    hands.at += timedelta(minutes=1)
    slack.users_list()
    box.limits.enforced = False
    for _ in range(25):
        slack.users_list()


def test_messages_and_times_follow_the_moved_clock(hands: Hands, box: Sandbox, slack: WebClient) -> None:
    """A message's timestamp is the time of the stand-in, and never goes back."""
    place = dm(slack, box, "mira")
    hands.at += timedelta(days=7)
    late = slack.chat_postMessage(channel=place, text="a week later")["ts"]
    hands.at -= timedelta(days=3)
    later = slack.chat_postMessage(channel=place, text="clock moved back")["ts"]

    assert datetime.fromtimestamp(float(late), UTC) == datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
    assert later > late


def test_every_call_is_on_record_with_what_came_of_it(box: Sandbox, slack: WebClient) -> None:
    """The record tells a refused call from one that showed something to somebody."""
    place = dm(slack, box, "mira")
    slack.chat_postMessage(channel=place, text="hello")
    refused(slack.chat_postMessage, channel="C0NOWHERE", text="lost")

    done, lost = box.calls[-2:]

    assert (done.method, done.token, done.done, done.readers) == ("chat.postMessage", "bot", True, frozenset({"mira"}))
    assert (lost.done, lost.readers, lost.response["error"]) == (False, frozenset(), "channel_not_found")
    assert done.args["text"] == "hello"
    assert box.bot_token not in str(box.calls)

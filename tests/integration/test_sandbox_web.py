"""The door of the stand-in's Web API: tokens, scopes, arguments, limits, the record of calls."""

from __future__ import annotations

import json
import random
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Channel, Sandbox
from sandbox.api.methods import methods
from tests.integration.standin import Hands, dm, refused

FORM = "application/x-www-form-urlencoded"
# Each kind of place, the word its scopes begin with, and how to make one with the bot inside.
PLACES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}
PLACE: dict[str, Callable[[Sandbox], Channel]] = {
    "public_channel": lambda box: box.add_channel("general", private=False, bot_in=True),
    "private_channel": lambda box: box.add_channel("owners", bot_in=True),
    "im": lambda box: box.hub.workspace.dm([box.person("mira").id]),
    "mpim": lambda box: box.hub.workspace.dm([box.person("mira").id, box.person("jonas").id]),
}


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


@pytest.mark.parametrize("name", sorted(name for name, method in methods().items() if method.scopes))
def test_every_method_wants_its_scope(box: Sandbox, slack: WebClient, name: str) -> None:
    """Before it looks at anything else."""
    box.scopes = set()

    body = refused(lambda: slack.api_call(name))

    assert (body["error"], body["needed"]) == ("missing_scope", ",".join(methods()[name].scopes))


@pytest.mark.parametrize(("kind", "prefix"), PLACES.items())
def test_a_place_wants_the_scope_of_its_kind(box: Sandbox, slack: WebClient, kind: str, prefix: str) -> None:
    """Looking at it, at who is in it and at what was said there, and listing its kind."""
    place = PLACE[kind](box)
    box.scopes = set()

    for call, right in (("info", "read"), ("members", "read"), ("history", "history")):
        asked = lambda call=call: slack.api_call(f"conversations.{call}", params={"channel": place.id})  # noqa: E731
        assert refused(asked)["needed"] == f"{prefix}:{right}"
    for lister in (slack.conversations_list, slack.users_conversations):
        assert refused(lister, types=kind)["needed"] == f"{prefix}:read"


def test_a_direct_message_needs_another_scope_than_a_group(box: Sandbox, slack: WebClient) -> None:
    """`im:write` opens one, `mpim:write` the other."""
    box.scopes = box.scopes - {"mpim:write"}

    assert dm(slack, box, "mira").startswith("D")
    both = [box.person("mira").id, box.person("jonas").id]
    assert refused(slack.conversations_open, users=both)["needed"] == "mpim:write"
    group = box.hub.workspace.dm(both).id
    assert refused(slack.conversations_open, channel=group)["needed"] == "mpim:write"


def test_arguments_may_come_as_query_form_or_json(box: Sandbox) -> None:
    """All three ways of saying it lead to the same answer."""
    user = box.person("mira").id
    url = f"{box.api_url}users.info"

    as_form = post(url, f"user={user}&token={box.bot_token}".encode(), FORM)
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


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("multipart/form-data", "invalid_form_data"),
        ("application/x-www-form-urlencoded; charset=nonsense", "invalid_charset"),
        ("application/json; charset=utf-7", "invalid_charset"),
        ("application/xml", "invalid_post_type"),
        ("", "missing_post_type"),
    ],
)
def test_an_unreadable_body_is_named(box: Sandbox, kind: str, error: str) -> None:
    """So does a form nobody can read, one in no charset or no type Slack takes, and one that does not say its type."""
    connection = HTTPConnection(box.api_url.split("/")[2])
    connection.request("POST", "/api/users.info", b"user=\xff", {"Content-Type": kind} if kind else {})
    answer = connection.getresponse()
    body = json.loads(answer.read())
    connection.close()

    assert (answer.status, body) == (200, {"ok": False, "error": error})


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("users[]", "invalid_array_arg"),
        ("foo[7]", "invalid_array_arg"),
        ("foo-bar", "invalid_arg_name"),
        ("ä", "invalid_arg_name"),
        ("x" * 101, "invalid_arg_name"),
    ],
)
def test_an_odd_name_of_an_argument_is_refused(slack: WebClient, name: str, error: str) -> None:
    """In a form as in JSON."""
    assert refused(lambda: slack.api_call("users.list", data={name: "1"}))["error"] == error
    assert refused(lambda: slack.api_call("users.list", json={name: "1"}))["error"] == error


def test_the_socket_address_wants_its_token_in_the_header(box: Sandbox) -> None:
    """As an argument it does not count."""
    body = f"token={box.app_token}".encode()

    assert post(f"{box.api_url}apps.connections.open", body, FORM)[1]["error"] == "not_authed"
    assert post(f"{box.api_url}apps.connections.open", b"", FORM, box.app_token)[1]["ok"]


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


def test_limits_can_be_made_stricter_and_say_what_came_too_early(hands: Hands, box: Sandbox, slack: WebClient) -> None:
    """A rate of its own for a method, no more at once than comes back in a second, and a record of each breach."""
    place, other = dm(slack, box, "mira"), dm(slack, box, "jonas")
    box.limits.per_minute, box.limits.seconds, box.limits.burst = {"chat.postMessage": 120}, 1.0, 1
    slack.chat_postMessage(channel=place, text="x")
    assert refused(slack.chat_postMessage, channel=place, text="the channel rests")["error"] == "ratelimited"
    assert refused(slack.chat_postMessage, channel=other, text="two a second are over")["error"] == "ratelimited"
    hands.at += timedelta(seconds=1)
    slack.chat_postMessage(channel=other, text="x")

    assert [one.name for one in box.limits.violations] == [f"post:{place}", "chat.postMessage"]
    assert all(0 < one.seconds <= 1 for one in box.limits.violations)


@pytest.mark.parametrize("name", sorted(methods()))
def test_every_method_has_an_end(box: Sandbox, name: str) -> None:
    """One call more than its tier allows gets 429 with Retry-After, before anything else is looked at."""
    method = box.hub.methods[name]
    token = box.app_token if method.token == "app" else box.bot_token
    client = WebClient(token, base_url=box.api_url, retry_handlers=[])
    box.scopes |= {scope for one in box.hub.methods.values() for scope in one.scopes}
    for _ in range(method.per_minute):
        box.hub.limits.call(name, method.per_minute)

    with pytest.raises(SlackApiError) as caught:
        client.api_call(name)

    assert (caught.value.response.status_code, caught.value.response["error"]) == (429, "ratelimited")
    assert int(caught.value.response.headers["Retry-After"]) >= 1


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

"""Small rules of Slack that a bot trips over: groups of people, pages of history, how often one may ask."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import NotOnScreenError, Sandbox
from sandbox.api.methods import methods
from tests.integration.test_sandbox_people import over_socket, plain

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> list[datetime]:
    return [MONDAY]


@pytest.fixture
def box(clock: list[datetime]) -> Iterator[Sandbox]:
    with Sandbox.start(now=lambda: clock[0]) as box:
        for handle in ("mira", "jonas"):
            box.add_person(handle)
        yield box


@pytest.fixture
def slack(box: Sandbox) -> WebClient:
    return WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[])


def error_of(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


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


def test_history_goes_from_the_newest_back_and_from_a_moment_forward(
    box: Sandbox, slack: WebClient, clock: list[datetime]
) -> None:
    """`latest` pages back, `oldest` alone pages forward, both ends count only when asked to."""
    place, stamps = box.hub.workspace.dm([box.person("mira").id]).id, []
    for number in range(5):
        clock[0] += timedelta(hours=1)
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


def test_a_missing_person_or_view_is_named(box: Sandbox, slack: WebClient) -> None:
    """Each with the error of its method."""
    home = {"type": "home", "blocks": []}

    assert error_of(slack.users_info, user="U0NOBODY") == "user_not_found"
    assert error_of(slack.views_publish, user_id="U0NOBODY", view=home) == "user_not_found"
    assert error_of(slack.views_update, view_id="V0NOWHERE", view=home) == "not_found"
    assert error_of(slack.chat_update, channel="C0NOWHERE", ts="1.2", text="x") == "channel_not_found"
    assert error_of(slack.conversations_list, types="secret_channel") == "invalid_types"


def test_an_invitation_says_who_invited(box: Sandbox) -> None:
    """`member_joined_channel` names the inviter, and nobody when people come by themselves."""
    room = box.add_channel("owners", members=["mira"])
    box.invite_bot(room, by="mira")
    box.join("jonas", room)

    invited, came = [delivery.payload["event"] for delivery in box.deliveries]

    assert invited["inviter"] == box.person("mira").id
    assert "inviter" not in came


def test_a_select_in_a_message_asks_the_app_too(box: Sandbox, aside: ThreadPoolExecutor) -> None:
    """Typing asks for options with the message as its place; choosing sends the chosen one."""
    app = App(client=WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[]), signing_secret="x")
    heard: list[dict[str, Any]] = []

    @app.options("topic")
    def suggest(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        ack(options=[{"text": plain(body["value"].title()), "value": body["value"]}])

    @app.action("topic")
    def chosen(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        ack()

    select = {"type": "external_select", "action_id": "topic", "min_query_length": 2, "placeholder": plain("Topic")}
    place = box.hub.workspace.dm([box.person("mira").id]).id
    app.client.chat_postMessage(
        channel=place, text="?", blocks=[{"type": "actions", "block_id": "b", "elements": [select]}]
    )
    message = box.messages("mira")[0]
    with over_socket(box, app, aside):
        offered = box.type_in_select("mira", "b", "topic", "wri", message=message)
        too_short = box.type_in_select("mira", "b", "topic", "w", message=message)
        assert box.click("mira", message, "topic", option="writing").ok

    assert ([one["value"] for one in offered], too_short) == (["wri"], [])
    assert heard[0]["container"]["message_ts"] == message.ts
    assert heard[-1]["actions"][0]["selected_option"]["value"] == "writing"
    with pytest.raises(NotOnScreenError):
        box.type_in_select("jonas", "b", "topic", "wri", message=message)


@pytest.fixture(scope="module")
def aside() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
def test_a_goodbye_says_why(box: Sandbox, reason: str) -> None:
    """The disconnect frame carries its reason before the line is closed."""

    async def talk() -> list[dict[str, Any]]:
        async with aiohttp.ClientSession() as session, session.ws_connect(address(box)) as line:
            hello = await line.receive_json()
            await asyncio.to_thread(box.disconnect, reason)
            return [hello, await line.receive_json()]

    hello, goodbye = asyncio.run(talk())

    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"]["app_id"] == box.app_id
    assert (goodbye["type"], goodbye["reason"]) == ("disconnect", reason)


def test_an_eleventh_connection_is_one_too_many(box: Sandbox) -> None:
    """Ten connections stand, the next is told so and closed."""

    async def talk() -> tuple[list[dict[str, Any]], int]:
        async with aiohttp.ClientSession() as session:
            lines = [await session.ws_connect(address(box)) for _ in range(11)]
            frames = [await line.receive_json() for line in lines]
            standing = box.connections
            for line in lines:
                await line.close()
            return frames, standing

    frames, standing = asyncio.run(talk())

    assert [frame["type"] for frame in frames] == ["hello"] * 10 + ["disconnect"]
    assert (frames[-1]["reason"], standing) == ("too_many_websockets", 10)


def address(box: Sandbox) -> str:
    apps = WebClient(box.app_token, base_url=box.api_url, retry_handlers=[])
    return str(apps.apps_connections_open(app_token=box.app_token)["url"])

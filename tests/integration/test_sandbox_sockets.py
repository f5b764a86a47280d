"""Socket Mode in the stand-in: envelopes, acks, several connections, goodbyes."""

from __future__ import annotations

import asyncio
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import aiohttp
import pytest
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from sandbox import Sandbox
from tests.patience import PATIENCE


class Plug:
    """A Socket Mode client that acks when told to."""

    def __init__(self, box: Sandbox) -> None:
        self.acks = True
        self.heard: list[SocketModeRequest] = []
        self._hearing = threading.Semaphore(0)
        web = WebClient(box.app_token, base_url=box.api_url, retry_handlers=[])
        self.client = SocketModeClient(box.app_token, web_client=web, ping_interval=0.2)
        self.client.socket_mode_request_listeners.append(self.hear)  # type: ignore[arg-type] # a function will do
        self.client.connect()

    def hear(self, client: SocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        if self.acks:
            client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        self._hearing.release()

    def has_heard(self) -> bool:
        """Wait for the next envelope; it comes by another thread than the answer to who caused it."""
        return self._hearing.acquire(timeout=PATIENCE)


@pytest.fixture
def plug(box: Sandbox, aside: ThreadPoolExecutor) -> Iterator[Plug]:
    plug = Plug(box)
    assert box.wait_connected()
    yield plug
    plug.client.auto_reconnect_enabled = False
    aside.submit(plug.client.close)


def test_an_event_waits_for_the_next_connection(box: Sandbox, request: pytest.FixtureRequest) -> None:
    """What happened while the app was away arrives when it is back, marked as a retry."""
    box.open_home("mira")

    plug = request.getfixturevalue("plug")

    assert box.until(lambda: box.deliveries[0].settled)
    assert (plug.heard[0].type, plug.heard[0].retry_attempt) == ("events_api", 1)


def test_an_event_without_ack_comes_again(box: Sandbox, plug: Plug) -> None:
    """The envelope of the second try is another one, the event is the same."""
    box.hub.courier.patience = 0.05
    plug.acks = False
    assert box.open_home("mira").timed_out
    assert plug.has_heard()
    plug.acks = True
    box.hub.courier.patience = PATIENCE

    box.redeliver_pending()

    first, second = plug.heard
    assert first.payload["event_id"] == second.payload["event_id"]
    assert first.envelope_id != second.envelope_id
    assert (second.retry_attempt, second.retry_reason) == (1, "http_timeout")


def test_a_disconnect_makes_the_app_connect_anew(box: Sandbox, plug: Plug) -> None:
    """The refresh frame is followed by a new connection that gets the next event."""
    opened = len([call for call in box.calls if call.method == "apps.connections.open"])
    box.disconnect()

    assert box.until(lambda: len([c for c in box.calls if c.method == "apps.connections.open"]) > opened)
    assert box.wait_connected()
    assert box.open_home("mira").ok
    assert plug.heard[-1].type == "events_api"


def test_a_warning_leaves_the_line_standing(box: Sandbox) -> None:
    """Ten seconds before the end the app is told, and what comes until then still comes down the old line."""

    async def talk() -> list[dict[str, Any]]:
        async with aiohttp.ClientSession() as session, session.ws_connect(address(box)) as line:
            await line.receive_json()
            await asyncio.to_thread(box.disconnect, "warning")
            opening = asyncio.create_task(asyncio.to_thread(box.open_home, "mira"))
            frames = [await line.receive_json(), await line.receive_json()]
            await line.send_json({"envelope_id": frames[1]["envelope_id"]})
            assert (await opening).ok
            return frames

    warning, event = asyncio.run(talk())

    assert (warning["reason"], event["type"], event["accepts_response_payload"]) == ("warning", "events_api", False)


def test_a_cut_line_is_picked_up_again(box: Sandbox, plug: Plug) -> None:
    """Without a goodbye too: what happened meanwhile comes down the next connection."""
    box.hang_up()
    box.open_home("mira")

    assert box.until(lambda: box.deliveries[-1].settled, seconds=10)
    assert plug.heard[-1].payload["event"]["type"] == "app_home_opened"


def test_a_socket_hears_of_an_event_four_times_at_most(box: Sandbox, plug: Plug) -> None:
    """The first time and three more, each with its number, the last ack counts."""
    box.hub.courier.patience = 0.05
    plug.acks = False
    box.open_home("mira")
    for _ in range(5):
        box.redeliver_pending()

    assert all(plug.has_heard() for _ in range(4))
    assert [one.retry_attempt for one in plug.heard] == [0, 1, 2, 3]
    assert {one.payload["event_id"] for one in plug.heard} == {plug.heard[0].payload["event_id"]}


def test_each_envelope_goes_to_one_of_several_connections(box: Sandbox, plug: Plug, aside: ThreadPoolExecutor) -> None:
    """Two processes share the work, and none gets what the other got."""
    other = Plug(box)
    assert box.wait_connected(2)
    for _ in range(6):
        box.open_home("mira")
    other.client.auto_reconnect_enabled = False
    aside.submit(other.client.close)

    assert (len(plug.heard), len(other.heard)) == (3, 3)


def test_a_ticket_opens_one_connection(box: Sandbox) -> None:
    """A socket URL cannot be used by somebody who was not given it."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{box.hub.base_url}link/?ticket=guessed")  # noqa: S310 - loopback
    assert caught.value.code == 401
    caught.value.close()


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

"""The line between the stand-in and an app: signatures, retries, replays, reconnections, faults."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from sandbox import Sandbox

ROOT = Path(__file__).parents[2]


class Ear(ThreadingHTTPServer):
    """An app that writes down what it hears and answers with the next status on its list, else 200."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), EarHandler)
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.statuses: list[int] = []
        self.delay = threading.Event()
        self.delay.set()

    def handle_error(self, *_: Any) -> None:
        """A caller that gave up is part of the tests."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/slack/events"


class EarHandler(BaseHTTPRequestHandler):
    server: Ear

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append(({key.lower(): value for key, value in self.headers.items()}, body))
        self.server.delay.wait(5)
        answer = json.loads(body).get("challenge", "") if b"url_verification" in body else ""
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start() as box:
        box.add_person("mira")
        yield box


@pytest.fixture
def ear(box: Sandbox) -> Iterator[Ear]:
    with Ear() as ear:
        thread = threading.Thread(target=ear.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        box.use_http(ear.url)
        yield ear
        ear.delay.set()
        ear.shutdown()
        thread.join()


@pytest.fixture
def slack(box: Sandbox) -> WebClient:
    return WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[], timeout=2)


@pytest.fixture
def place(box: Sandbox) -> str:
    return box.hub.workspace.dm([box.person("mira").id]).id


@pytest.fixture(scope="module")
def aside() -> Iterator[ThreadPoolExecutor]:
    """Closing a Socket Mode client takes slack_sdk one to three seconds: done aside, waited for once."""
    with ThreadPoolExecutor(16) as pool:
        yield pool


class Plug:
    """A Socket Mode client that acks when told to."""

    def __init__(self, box: Sandbox) -> None:
        self.acks = True
        self.heard: list[SocketModeRequest] = []
        web = WebClient(box.app_token, base_url=box.api_url, retry_handlers=[])
        self.client = SocketModeClient(box.app_token, web_client=web, ping_interval=0.2)
        self.client.socket_mode_request_listeners.append(self.hear)  # type: ignore[arg-type] # a function will do
        self.client.connect()

    def hear(self, client: SocketModeClient, request: SocketModeRequest) -> None:
        self.heard.append(request)
        if self.acks:
            client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))


@pytest.fixture
def plug(box: Sandbox, aside: ThreadPoolExecutor) -> Iterator[Plug]:
    plug = Plug(box)
    assert box.wait_connected()
    yield plug
    plug.client.auto_reconnect_enabled = False
    aside.submit(plug.client.close)


def test_everything_over_http_is_signed(box: Sandbox, ear: Ear) -> None:
    """Slack's own verifier accepts events, commands and interactions, and notices a changed byte."""
    box.open_home("mira")
    box.command("mira", "/tandem", "für dich & mich")
    box.use_shortcut("mira", "note_new")

    verifier = SignatureVerifier(box.signing_secret)

    assert len(ear.heard) == 3
    for headers, body in ear.heard:
        assert verifier.is_valid_request(body, headers)
        assert not verifier.is_valid_request(body + b" ", headers)
    types = [headers["content-type"] for headers, _ in ear.heard]
    assert types == ["application/json", *["application/x-www-form-urlencoded"] * 2]
    assert parse_qs(ear.heard[1][1].decode())["text"] == ["für dich & mich"]
    assert json.loads(parse_qs(ear.heard[2][1].decode())["payload"][0])["type"] == "shortcut"


def test_the_url_is_verified(box: Sandbox, ear: Ear) -> None:
    """`url_verification` needs the challenge back."""
    assert box.verify_url()
    ear.statuses = [500]
    assert not box.verify_url()


def test_an_unanswered_event_is_sent_three_more_times(box: Sandbox, ear: Ear) -> None:
    """Retries carry their number and reason, keep the event id, and end after the third."""
    ear.statuses = [500] * 9

    assert not box.open_home("mira").ok
    for _ in range(5):
        box.redeliver_pending()

    assert [headers.get("x-slack-retry-num") for headers, _ in ear.heard] == [None, "1", "2", "3"]
    assert ear.heard[1][0]["x-slack-retry-reason"] == "http_error"
    assert len({json.loads(body)["event_id"] for _, body in ear.heard}) == 1
    assert [answer.status for answer in box.deliveries[0].answers] == [500] * 4


def test_an_answered_event_is_not_sent_again(box: Sandbox, ear: Ear) -> None:
    """After a 200 there is nothing to retry."""
    ear.statuses = [500]
    box.open_home("mira")

    assert [one.settled for one in box.redeliver_pending()] == [True]
    assert box.redeliver_pending() == []
    assert len(ear.heard) == 2


def test_commands_are_not_retried_unless_asked(box: Sandbox, ear: Ear) -> None:
    """Slack tells the person instead; a test may still insist."""
    ear.statuses = [500]
    assert box.command("mira", "/tandem").problem == "dispatch_failed"

    assert box.redeliver_pending() == []
    assert len(box.redeliver_pending(everything=True)) == 1


def test_a_replay_is_the_same_bytes(box: Sandbox, ear: Ear) -> None:
    """Signature and body do not change, so an app must notice by itself."""
    box.command("mira", "/tandem", "once")

    replies = box.replay(box.deliveries[0], times=3)

    assert [reply.status for reply in replies] == [200] * 3
    assert len({body for _, body in ear.heard}) == 1
    assert len({headers["x-slack-signature"] for headers, _ in ear.heard}) == 1


def test_an_app_that_takes_too_long_is_timed_out(box: Sandbox, ear: Ear) -> None:
    """The person reads a time-out; an event will say `http_timeout` when it comes again."""
    box.hub.courier.patience = 0.05
    ear.delay.clear()
    given = box.command("mira", "/tandem")
    box.open_home("mira")
    ear.delay.set()
    box.hub.courier.patience = 3.0
    box.redeliver_pending()

    assert (given.timed_out, given.problem) == (True, "operation_timeout")
    assert ear.heard[-1][0]["x-slack-retry-reason"] == "http_timeout"


def test_an_app_that_is_not_there_hears_it_later(box: Sandbox) -> None:
    """A refused connection is a failed attempt, not an error of the stand-in."""
    with Ear() as gone:
        url = gone.url
    box.use_http(url)

    assert box.open_home("mira").status == 0
    assert not box.deliveries[0].settled


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
    plug.acks = True
    box.hub.courier.patience = 3.0

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


NOT_DONE = ["429", "500_before", "internal_error", "error", "hang", "reset", "html"]
DONE = ["500_after", "internal_error_after", "reset_after", "truncated", "slow", "late"]


@pytest.mark.parametrize("kind", NOT_DONE)
def test_a_fault_before_leaves_nothing_behind(box: Sandbox, slack: WebClient, place: str, kind: str) -> None:
    """The app gets a failure and the message is not there; the next try goes through."""
    box.faults.add(method="chat.postMessage", kind=kind, seconds=0.01, retry_after=7, error="fatal_error")

    with pytest.raises((SlackApiError, SlackRequestError, OSError)):
        slack.chat_postMessage(channel=place, text="x")
    assert box.messages("mira") == []
    slack.chat_postMessage(channel=place, text="x")

    assert [(call.fault, call.done) for call in box.calls] == [(kind, False), (None, True)]
    assert len(box.messages("mira")) == 1


@pytest.mark.parametrize("kind", DONE)
def test_a_fault_after_leaves_the_message(box: Sandbox, slack: WebClient, place: str, kind: str) -> None:
    """The message is there whatever the app was told."""
    box.faults.add(method="chat.postMessage", kind=kind, seconds=0.01)

    if kind in {"slow", "late"}:
        slack.chat_postMessage(channel=place, text="x")
    else:
        with pytest.raises((SlackApiError, SlackRequestError, OSError)):
            slack.chat_postMessage(channel=place, text="x")

    assert len(box.messages("mira")) == 1
    assert (box.calls[0].done, box.calls[0].readers) == (True, frozenset({"mira"}))


def test_a_late_accept_reaches_the_person_after_the_app_gave_up(box: Sandbox, place: str) -> None:
    """The client's time-out is over, the message comes all the same."""
    box.faults.add(method="chat.postMessage", kind="late", seconds=1.2)
    impatient = WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[], timeout=1)

    with pytest.raises(OSError, match="timed out"):
        impatient.chat_postMessage(channel=place, text="x")

    assert box.until(lambda: box.messages("mira"))


def test_faults_can_be_aimed(box: Sandbox, slack: WebClient, place: str) -> None:
    """By method, by argument, by number of times, by chance, and never by a kind that is unknown."""
    box.faults.add(method="chat.postMessage", kind="error", error="is_archived", where={"text": "hit"}, times=None)
    box.faults.add(method="team.info", kind="internal_error", chance=0.0)

    slack.chat_postMessage(channel=place, text="miss")
    slack.team_info()
    for _ in range(2):
        with pytest.raises(SlackApiError, match="is_archived"):
            slack.chat_postMessage(channel=place, text="hit")
    box.faults.clear()
    slack.chat_postMessage(channel=place, text="hit")

    with pytest.raises(ValueError, match="unknown fault"):
        box.faults.add(method="*", kind="earthquake")


def test_a_429_says_how_long_to_wait(box: Sandbox, slack: WebClient) -> None:
    """Retry-After is the number the fault asks for."""
    box.faults.add(method="*", kind="429", retry_after=300)

    with pytest.raises(SlackApiError) as caught:
        slack.team_info()

    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "300")


def test_the_default_retries_of_the_sdk_post_twice(box: Sandbox, place: str) -> None:
    """Why writes must go out with `retry_handlers=[]`: a cut line after the post makes two visible messages."""
    careless = WebClient(box.bot_token, base_url=box.api_url)
    box.faults.add(method="chat.postMessage", kind="reset_after")

    careless.chat_postMessage(channel=place, text="x")

    assert len(box.messages("mira")) == 2


def test_uninstalling_kills_the_token(box: Sandbox, slack: WebClient, ear: Ear) -> None:
    """The app hears of it and every further call is refused."""
    box.uninstall()

    assert [json.loads(body)["event"]["type"] for _, body in ear.heard] == ["tokens_revoked", "app_uninstalled"]
    with pytest.raises(SlackApiError, match="token_revoked"):
        slack.team_info()


def test_starting_and_stopping_leaves_nothing_behind() -> None:
    """No thread survives, and the port can be used again."""
    first = Sandbox.start()
    port = int(first.api_url.split(":")[2].split("/")[0])
    first.stop()
    second = Sandbox.start(port=port)
    second.stop()

    assert "sandbox" not in [thread.name for thread in threading.enumerate()]


def test_it_serves_from_the_command_line_until_told_to_stop() -> None:
    """`python -m sandbox` prints what an app needs and ends quietly on a signal."""
    with subprocess.Popen([sys.executable, "-m", "sandbox"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        lines = dict(program.stdout.readline().strip().split("=", 1) for _ in range(4))
        answer = WebClient(lines["TANDEM_SLACK__BOT_TOKEN"], base_url=lines["TANDEM_SLACK__API_URL"]).auth_test()
        program.send_signal(signal.SIGTERM)

    assert answer["ok"]
    assert program.returncode == 0

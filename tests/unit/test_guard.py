from __future__ import annotations

import hashlib
import hmac
import io
import json
import logging
import random
import string
from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import Clock, SignatureVerifier

from bot.slack.guard import MAX_AGE, MAX_BYTES, Guard, quiet_bolt

SECRET = "0123456789abcdef0123456789abcdef"
NOW = 1_790_000_000
BODY = b"command=%2Ftandem&text=help"


class Inner:
    """Stands where Bolt stands and remembers what was let through."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.bodies.append(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        start_response("200 OK", [])
        return [b"inside"]


class Unread(io.BytesIO):
    """A body nobody may look at."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("the body was read")


def sign(timestamp: str, body: bytes, secret: str = SECRET) -> str:
    return "v0=" + hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()


def posted(
    body: bytes = BODY, timestamp: str = str(NOW), signature: str | None = None, *, unread: bool = False, **more: Any
) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/slack/events",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "HTTP_X_SLACK_REQUEST_TIMESTAMP": timestamp,
        "HTTP_X_SLACK_SIGNATURE": sign(timestamp, body) if signature is None else signature,
        "wsgi.input": Unread() if unread else io.BytesIO(body),
    } | more


def ask(app: Any, environ: dict[str, Any]) -> tuple[int, bytes]:
    seen: list[str] = []
    text = b"".join(app(environ, lambda status, _headers, _error=None: seen.append(status)))
    return int(seen[-1].split()[0]), text


def guarded(inner: Any, *, ready: bool = True) -> Guard:
    return Guard(inner, SECRET, now=lambda: float(NOW), ready=lambda: ready)


def test_a_signed_request_comes_through_with_its_body_untouched() -> None:
    """What Slack signed arrives inside byte for byte, and the answer from inside goes back."""
    inner = Inner()
    assert ask(guarded(inner), posted()) == (200, b"inside")
    assert inner.bodies == [BODY]


def test_the_signature_is_the_one_slack_makes() -> None:
    """A signature made by Slack's own library opens the door."""
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=str(NOW), body=BODY)
    assert ask(guarded(Inner()), posted(signature=signature))[0] == 200


@pytest.mark.parametrize("age", [-MAX_AGE, 0, MAX_AGE])
def test_a_signature_is_good_for_five_minutes(age: int) -> None:
    """Up to five minutes before and after, a signed request is taken."""
    assert ask(guarded(Inner()), posted(timestamp=str(NOW - age)))[0] == 200


@pytest.mark.parametrize("age", [-MAX_AGE - 1, MAX_AGE + 1, 86_400])
def test_an_old_or_future_signature_is_refused_unread(age: int) -> None:
    """Outside the five minutes the request is refused before its body is read."""
    inner = Inner()
    assert ask(guarded(inner), posted(timestamp=str(NOW - age), unread=True))[0] == 401
    assert inner.bodies == []


GOOD = sign(str(NOW), BODY)
FIXED_TIMESTAMPS = [
    *("", " ", "0", "-1", "abc", "NaN", "inf", "1e9", "0x6ab0", str(NOW) + ".0", f" {NOW}", f"{NOW} ", f"+{NOW}"),
    *("١٧٩٠٠٠٠٠٠٠", "9" * 13, "9" * 5000, f"{NOW},{NOW}", f"{NOW}\n", "\x00", "¹²³"),
]
FIXED_SIGNATURES = [
    *("", "v0", "v0=", "v1" + GOOD[2:], GOOD[3:], GOOD[:-1], GOOD + "0", GOOD.upper(), GOOD.replace("v0=", "V0=")),
    *(
        f" {GOOD}",
        f"{GOOD}\n",
        f"{GOOD},{GOOD}",
        "v0=" + "g" * 64,
        "v0=" + "0" * 64,
        "v0=" + "é" * 64,
        "v0=" + "\x00" * 64,
    ),
    *("v0=" + "٠" * 64, sign(str(NOW), BODY, "another secret"), sign(str(NOW), BODY + b"x"), sign(str(NOW - 1), BODY)),
]


def test_forty_known_ways_to_get_the_headers_wrong_are_refused() -> None:
    """Every malformed timestamp or signature is answered 401 and nothing inside runs."""
    inner = Inner()
    tries = [posted(timestamp=each, signature=GOOD) for each in FIXED_TIMESTAMPS]
    tries += [posted(signature=each) for each in FIXED_SIGNATURES]
    assert [ask(guarded(inner), each)[0] for each in tries] == [401] * 40
    assert inner.bodies == []


def test_ten_thousand_random_headers_are_refused() -> None:
    """No random timestamp and signature opens the door or upsets the guard."""
    inner, chance = Inner(), random.Random(1)
    guard = guarded(inner)
    letters = string.printable + "éß٣\u2028\ud800"
    for _ in range(10_000):
        timestamp = chance.choice([str(NOW + chance.randint(-400, 400)), "".join(chance.choices(letters, k=9))])
        made_up = "v0=" + "".join(chance.choices("0123456789abcdef", k=64))
        signature = chance.choice([made_up, "".join(chance.choices(letters, k=chance.randint(0, 80)))])
        assert ask(guard, posted(timestamp=timestamp, signature=signature))[0] == 401
    assert inner.bodies == []


@pytest.mark.parametrize("name", ["HTTP_X_SLACK_REQUEST_TIMESTAMP", "HTTP_X_SLACK_SIGNATURE"])
def test_a_missing_header_is_refused(name: str) -> None:
    """Without timestamp or signature there is no way in."""
    environ = posted()
    del environ[name]
    assert ask(guarded(Inner()), environ)[0] == 401


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        *((None, 411), ("", 411), ("abc", 400), ("-1", 400), ("+27", 400), (" 27", 400), ("1e3", 400), ("٢٧", 400)),
        *((str(MAX_BYTES + 1), 413), ("9" * 12, 413), ("9" * 13, 413), ("9" * 5000, 413)),
    ],
)
def test_the_length_is_checked_before_anything_is_read(stated: str | None, status: int) -> None:
    """A missing, garbled or too large length ends the request, whatever its signature."""
    environ = posted(unread=True)
    del environ["CONTENT_LENGTH"]
    environ |= {} if stated is None else {"CONTENT_LENGTH": stated}
    assert ask(guarded(Inner()), environ)[0] == status


def test_a_body_of_one_megabyte_still_fits() -> None:
    """The largest allowed body comes through whole."""
    inner = Inner()
    assert ask(guarded(inner), posted(b"x" * MAX_BYTES))[0] == 200
    assert len(inner.bodies[0]) == MAX_BYTES


def test_a_body_shorter_than_stated_is_judged_by_what_arrived() -> None:
    """A body that was cut on its way does not match its signature."""
    cut = posted(BODY[:-1], signature=GOOD, CONTENT_LENGTH=str(len(BODY)))
    assert ask(guarded(Inner()), cut)[0] == 401


def test_a_chunked_body_is_refused_unread() -> None:
    """Slack never sends chunks, so nobody else may either."""
    assert ask(guarded(Inner()), posted(HTTP_TRANSFER_ENCODING="chunked", unread=True))[0] == 411


def test_only_post_at_the_one_path_is_for_slack() -> None:
    """Other methods and other paths are turned away, signed or not."""
    inner = Inner()
    guard = guarded(inner)
    assert ask(guard, posted(REQUEST_METHOD="GET"))[0] == 405
    assert ask(guard, posted(REQUEST_METHOD="PUT"))[0] == 405
    assert ask(guard, posted(PATH_INFO="/"))[0] == 404
    assert ask(guard, posted(PATH_INFO="/slack/events/"))[0] == 404
    assert ask(guard, posted(PATH_INFO="/healthz"))[0] == 404
    assert inner.bodies == []


@pytest.mark.parametrize(("ready", "status"), [(True, 200), (False, 503)])
def test_health_is_told_without_a_signature(*, ready: bool, status: int) -> None:
    """/healthz says that the process lives, /readyz whether it can work."""
    guard = guarded(Inner(), ready=ready)
    assert ask(guard, {"REQUEST_METHOD": "GET", "PATH_INFO": "/healthz"})[0] == 200
    assert ask(guard, {"REQUEST_METHOD": "GET", "PATH_INFO": "/readyz"})[0] == status


def test_an_error_inside_is_a_plain_400() -> None:
    """Whatever breaks inside, the sender reads nothing about it."""

    def breaks(_environ: Any, _start_response: Any) -> list[bytes]:
        raise LookupError("the secret plan")

    assert ask(guarded(breaks), posted()) == (400, b"Bad Request\n")


def test_without_a_secret_there_is_no_guard() -> None:
    """An empty signing secret is refused when the guard is made, not when the first forged request comes."""
    with pytest.raises(ValueError, match="signing secret"):
        Guard(Inner(), "", now=lambda: 0.0, ready=lambda: True)


@pytest.fixture
def quiet() -> Iterator[None]:
    before = logging.getLogRecordFactory()
    quiet_bolt()
    yield
    logging.setLogRecordFactory(before)


def bolt() -> App:
    known = AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-canary-token")
    app = App(name="tandem", signing_secret=SECRET, authorize=lambda: known, process_before_response=True)

    @app.command("/tandem")
    def fails(ack: Any) -> None:
        ack()
        raise RuntimeError("zinnober in an exception")

    return app


def hostile_and_unhandled() -> list[dict[str, Any]]:
    """Requests on which Bolt logs what it got: wrong signature, nobody listening, a listener that fails."""
    event = json.dumps({"type": "event_callback", "event": {"type": "message", "text": "zinnober"}}).encode()
    said = b"command=%2Ftandem&text=zinnober&team_id=T1&user_id=U1"
    fresh = str(int(Clock().now()))
    return [
        posted(said, signature="v0=" + "0" * 64),
        posted(b"command=%2Funknown&text=zinnober", timestamp=fresh),
        posted(event, timestamp=fresh, CONTENT_TYPE="application/json"),
        posted(said, timestamp=fresh),
    ]


@pytest.mark.usefixtures("quiet")
def test_bolt_never_logs_what_people_wrote(caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG, with a wrong signature, an unknown command or a failing listener, no body reaches a log."""
    caplog.set_level(logging.DEBUG)
    bare = SlackRequestHandler(bolt())
    for each in hostile_and_unhandled():
        ask(bare, each)
    assert any("request_verification.py" in line for line in caplog.messages), "Bolt was expected to say something"
    assert "zinnober" not in caplog.text
    assert "xoxb-canary-token" not in caplog.text


@pytest.fixture
def loud() -> Iterator[None]:
    """Python's own record factory, whatever a bot built earlier in this process has set."""
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(logging.LogRecord)
    yield
    logging.setLogRecordFactory(before)


@pytest.mark.usefixtures("loud")
def test_without_the_quiet_factory_bolt_does_log_bodies(caplog: pytest.LogCaptureFixture) -> None:
    """The trap is real: the same requests show the text, so the test above can fail."""
    caplog.set_level(logging.DEBUG)
    bare = SlackRequestHandler(bolt())
    for each in hostile_and_unhandled():
        ask(bare, each)
    assert "zinnober" in caplog.text


@pytest.mark.usefixtures("quiet")
def test_quiet_keeps_place_and_kind_of_an_error(caplog: pytest.LogCaptureFixture) -> None:
    """An operator still sees where a library stumbled and over which kind of error; our own lines stay whole."""
    try:
        int("zinnober")
    except ValueError:
        logging.getLogger("slack_sdk.web.base_client").exception("response: %s", "zinnober")
    logging.getLogger("bot.clock").warning("tick %s", "plan")
    assert "test_guard.py:" in caplog.messages[0]
    assert "(ValueError)" in caplog.messages[0]
    assert caplog.messages[1] == "tick plan"
    assert "zinnober" not in caplog.text


@pytest.mark.usefixtures("quiet")
def test_quiet_twice_is_quiet_once() -> None:
    """Asking again changes nothing."""
    before = logging.getLogRecordFactory()
    quiet_bolt()
    assert logging.getLogRecordFactory() is before

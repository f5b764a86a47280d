"""The guard before the real Bolt app in a real gunicorn on loopback: hostile bodies, sizes, memory (S2, S3)."""

from __future__ import annotations

import hashlib
import hmac
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import Clock

from bot.slack.guard import MAX_BYTES, Guard, quiet_bolt

SECRET = "0123456789abcdef0123456789abcdef"
CANARY = b"zinnober"
ROOT = Path(__file__).parents[2]
MEGABYTE = 1_000_000


def application() -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """What gunicorn serves here; /memory tells the peak of the process, everything else is the product's."""
    quiet_bolt()
    known = AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1")
    app = App(signing_secret=SECRET, authorize=lambda: known, process_before_response=True)
    app.command("/tandem")(lambda ack: ack("kept"))
    guard = Guard(SlackRequestHandler(app), SECRET, now=time.time, ready=lambda: True)

    def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/memory":
            return guard(environ, start_response)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        start_response("200 OK", [("Content-Length", str(len(str(peak))))])
        return [str(peak).encode()]

    return serve


@dataclass(frozen=True)
class Server:
    address: tuple[str, int]
    log: Path

    def send(self, raw: Iterable[bytes]) -> bytes:
        """Send the bytes as they are and return the whole answer, also if the server stops listening half-way."""
        with socket.create_connection(self.address, timeout=20) as connection:
            try:
                for part in raw:
                    connection.sendall(part)
            except (BrokenPipeError, ConnectionResetError):
                pass
            return b"".join(iter(lambda: _received(connection), b""))

    def post(self, body: Iterable[bytes], **headers: str | None) -> bytes:
        lines = {"Host": "localhost", "Connection": "close", "Content-Type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
        return self.send([f"POST /slack/events HTTP/1.1\r\n{head}\r\n".encode("latin-1"), *body])

    def get(self, path: str) -> bytes:
        return self.send([f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()])


def _received(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65536)
    except ConnectionResetError:
        return b""


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("guard") / "log"
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(64)
    command = [sys.executable, "-m", "gunicorn", "test_guard_http:application()", "--chdir", str(Path(__file__).parent)]
    command += ["--pythonpath", str(ROOT), "--bind", f"fd://{listening.fileno()}", "--log-level", "debug"]
    command += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-file", str(log)]
    with log.open("wb") as lines:
        process = subprocess.Popen(command, pass_fds=[listening.fileno()], stdout=lines, stderr=lines)
    found = Server(listening.getsockname(), log)
    assert status(found.get("/healthz")) == 200, log.read_text()
    yield found
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=20)
    listening.close()


def signed(body: bytes) -> dict[str, str | None]:
    timestamp = str(int(Clock().now()))
    digest = hmac.new(SECRET.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "X_Slack_Request_Timestamp": timestamp,
        "X_Slack_Signature": f"v0={digest}",
        "Content_Length": str(len(body)),
    }


def test_a_signed_command_is_answered_by_bolt(server: Server) -> None:
    """The door is open for Slack."""
    body = b"command=%2Ftandem&text=hi&team_id=T1&user_id=U1"
    answer = server.post([body], **signed(body) | {"Content_Type": "application/x-www-form-urlencoded"})
    assert status(answer) == 200
    assert b"kept" in answer


HOSTILE: list[bytes] = [
    *(b"", b"\x00", b"\xff\xfe", b"{", b"[]", b"null", b"true", b"42", b'"text"', b"{}", b"[[[[", b"{" * 5000),
    *(b"[" * 100_000, b'{"event": null}', b'{"event": 3}', b'{"type": [], "event": {}}', b'{"event":{"type":{}}}'),
    *(b'{"type":"url_verification"}', b'{"challenge":"<script>"}', b"payload=", b"payload=%7B", b"payload=null"),
    *(b"payload=[]", b"payload=%FF", b"payload={}&payload={}", b"payload=" + b"%5B" * 30_000, b"command=", b"=&=&="),
    *(b"ssl_check=1&token=x", b"command=/tandem&text=" + CANARY * 60_000, b"%" * 9999, b"a=1&" * 50_000, b"1e999999"),
    *(
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf{}",
        b"<?xml version='1.0'?>" + CANARY,
        b'{"__proto__":{}}',
        b'{"a":' * 4000,
        b"NaN",
    ),
    b"--x\r\nContent-Disposition: form-data\r\n\r\n--x--",
]


def test_forty_hostile_bodies_without_a_signature_end_at_the_door(server: Server) -> None:
    """Each is answered 4xx in one short line; no trace of what is inside, in the answer or the log."""
    kinds = ("application/json", "application/x-www-form-urlencoded")
    answers = [
        server.post([body], **signed(body) | {"X_Slack_Signature": "v0=" + "0" * 64, "Content_Type": kinds[number % 2]})
        for number, body in enumerate(HOSTILE)
    ]
    assert len(answers) == 40
    assert {status(answer) for answer in answers} <= {400, 401, 411, 413}
    assert not [answer for answer in answers if b"Traceback" in answer or len(answer) > 400]
    log = server.log.read_bytes()
    assert b"Traceback" not in log
    assert CANARY not in log


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[" * 100_000, b"[]", b"payload="])
def test_what_bolt_cannot_parse_is_a_400_even_when_signed(server: Server, body: bytes) -> None:
    """A signature does not excuse nonsense: one short line, nothing about what is inside."""
    answer = server.post([body], **signed(body))
    assert status(answer) == 400
    assert b"Traceback" not in answer + server.log.read_bytes()


def zeros(length: int) -> Iterator[bytes]:
    whole, rest = divmod(length, 65536)
    yield from (bytes(65536) for _ in range(whole))
    yield bytes(rest)


SIZES: list[tuple[int, str | None, int]] = [
    (0, "0", 401),
    (1, "1", 401),
    (MAX_BYTES, str(MAX_BYTES), 401),
    (MAX_BYTES + 1, str(MAX_BYTES + 1), 413),
    (2 * MEGABYTE, str(2 * MEGABYTE), 413),
    (20 * MEGABYTE, str(20 * MEGABYTE), 413),
    (20 * MEGABYTE, "1", 401),
    (0, str(20 * MEGABYTE), 413),
    (0, "9" * 30, 413),
    (100, None, 411),
    (100, "many", 400),
    (100, "-1", 400),
]


@pytest.mark.parametrize(("length", "stated", "expected"), SIZES)
def test_size_is_limited_by_what_is_stated_and_memory_stays_flat(
    server: Server, length: int, stated: str | None, expected: int
) -> None:
    """From nothing to 20 MB, with a right, wrong, odd or missing length: refused without holding it in memory."""
    headers = {"X_Slack_Request_Timestamp": str(int(Clock().now())), "X_Slack_Signature": "v0=" + "0" * 64}
    before = memory(server)
    answer = server.post(zeros(length), **headers, Content_Length=stated)
    assert status(answer) == expected
    assert memory(server) - before < 5 * MEGABYTE


def test_a_chunked_body_is_refused(server: Server) -> None:
    """A body of unknown size is not read."""
    answer = server.post([b"2\r\n{}\r\n0\r\n\r\n"], Transfer_Encoding="chunked")
    assert status(answer) == 411


def memory(server: Server) -> int:
    """Return the peak memory of the serving process in bytes."""
    return int(server.get("/memory").rpartition(b"\r\n")[2])

"""The door in front of Bolt: only small, fresh, signed requests come in. Bolt itself parses before it checks."""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import slack_bolt
import slack_sdk
import structlog

MAX_BYTES = 1_000_000  # Slack's largest view has 250 kB, three times that when every character is form-encoded
MAX_AGE = 300  # seconds a signature is good for, before and after

_LENGTH = re.compile(r"[0-9]+")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class Rejected(Exception):
    """A request that goes no further; `status` is the HTTP status line, the only thing its sender learns."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = status


class Guard:
    """WSGI callable that hands `app` the requests Slack signed for `path`, and answers all others itself.

    `now` returns epoch seconds. `ready` says whether this process can work; it is asked for GET /readyz.
    """

    def __init__(
        self,
        app: WSGIApplication,
        signing_secret: str,
        *,
        now: Callable[[], float],
        ready: Callable[[], bool],
        path: str = "/slack/events",
    ) -> None:
        if not signing_secret:
            raise ValueError("an empty signing secret would let everybody in")
        self._app = app
        self._secret = signing_secret.encode()
        self._now = now
        self._path = path
        self._health: dict[str, Callable[[], bool]] = {"/healthz": lambda: True, "/readyz": ready}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            well = self._health_asked(environ)
            if well is not None:
                return _answer(start_response, "200 OK" if well else "503 Service Unavailable")
            self._check_address(environ)
            body = self._signed_body(environ)
        except Rejected as rejected:
            return _answer(start_response, rejected.status)
        return self._inside(environ | {"wsgi.input": BytesIO(body), "QUERY_STRING": ""}, start_response)

    def _health_asked(self, environ: WSGIEnvironment) -> bool | None:
        check = self._health.get(environ.get("PATH_INFO", "")) if environ["REQUEST_METHOD"] == "GET" else None
        return check() if check else None

    def _check_address(self, environ: WSGIEnvironment) -> None:
        if environ.get("PATH_INFO") != self._path:
            raise Rejected("404 Not Found")
        if environ["REQUEST_METHOD"] != "POST":
            raise Rejected("405 Method Not Allowed")

    def _signed_body(self, environ: WSGIEnvironment) -> bytes:
        length = _length(environ)
        timestamp = _header(environ, "HTTP_X_SLACK_REQUEST_TIMESTAMP", _TIMESTAMP)
        signature = _header(environ, "HTTP_X_SLACK_SIGNATURE", _SIGNATURE)
        if abs(self._now() - int(timestamp)) > MAX_AGE:
            raise Rejected("401 Unauthorized")
        body: bytes = environ["wsgi.input"].read(length)
        if not hmac.compare_digest(self._signature(timestamp, body), signature):
            raise Rejected("401 Unauthorized")
        return body

    def _signature(self, timestamp: str, body: bytes) -> str:
        return "v0=" + hmac.new(self._secret, f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()

    def _inside(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return self._app(environ, start_response)
        except Exception as error:  # noqa: BLE001 - whatever Bolt cannot parse is the sender's fault, signed or not
            structlog.get_logger().warning("request.unusable", error=type(error).__name__)
            return _answer(start_response, "400 Bad Request", sys.exc_info())


def _length(environ: WSGIEnvironment) -> int:
    stated = environ.get("CONTENT_LENGTH") or ""
    if "HTTP_TRANSFER_ENCODING" in environ or not stated:
        raise Rejected("411 Length Required")
    if not _LENGTH.fullmatch(stated):
        raise Rejected("400 Bad Request")
    if len(stated) > len(str(MAX_BYTES)) or int(stated) > MAX_BYTES:
        raise Rejected("413 Content Too Large")
    return int(stated)


def _header(environ: WSGIEnvironment, name: str, shape: re.Pattern[str]) -> str:
    value = environ.get(name, "")
    if not shape.fullmatch(value):
        raise Rejected("401 Unauthorized")
    return str(value)


def _answer(start_response: StartResponse, status: str, error: Any = None) -> list[bytes]:
    text = status.partition(" ")[2].encode() + b"\n"
    headers = [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(text)))]
    start_response(status, headers, error)
    return [text]


@dataclass(frozen=True, slots=True)
class QuietRecords:
    """Log record factory: a line of the Slack libraries keeps its place and the kind of error, nothing that was in it.

    They put whole request bodies, responses and tokens into their sentences and tracebacks, at every level. A filter
    would not do: it sits on one logger, and Bolt makes a logger for each class and for each request.
    """

    previous: Callable[..., logging.LogRecord]
    folders: tuple[str, ...]

    def __call__(  # noqa: PLR0913, PLR0917 - logging calls it so
        self,
        name: str,
        level: int,
        pathname: str,
        lineno: int,
        msg: object,
        args: Any,
        exc_info: Any,
        func: str | None = None,
        sinfo: str | None = None,
        **rest: Any,
    ) -> logging.LogRecord:
        if name.startswith(("slack_bolt", "slack_sdk")) or pathname.startswith(self.folders):
            kind = f" ({exc_info[0].__name__})" if exc_info and exc_info[0] else ""
            msg, args, exc_info, sinfo = f"{Path(pathname).name}:{lineno} {func}{kind}", (), None, None
        return self.previous(name, level, pathname, lineno, msg, args, exc_info, func, sinfo, **rest)


def quiet_bolt() -> None:
    """From now on nothing a person wrote, and no token, can reach a log through slack_bolt or slack_sdk."""
    current = logging.getLogRecordFactory()
    if not isinstance(current, QuietRecords):
        folders = tuple(f"{Path(str(library.__file__)).parent}{os.sep}" for library in (slack_bolt, slack_sdk))
        logging.setLogRecordFactory(QuietRecords(current, folders))

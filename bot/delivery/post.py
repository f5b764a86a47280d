"""One call to Slack and what it proves: sent, surely not sent, refused, or unclear.

Slack documents no idempotency for ``chat.postMessage`` (docs.slack.dev, "chat.postMessage"), so the difference
between "surely not" and "perhaps" decides whether a message may be sent again.
"""

from __future__ import annotations

import errno
import http.client
import json
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.error import URLError
from uuid import NAMESPACE_URL, uuid5

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

EVENT_TYPE = "tandem_message"
HISTORY_PAGE = 100
_TOO_MANY = 429
_SERVER_FAULT = 500
_FALLBACK_RETRY_SECONDS = 30.0
# Slack says these when it does not know itself whether it took the call.
_UNCLEAR_ERRORS = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
# The common errors of docs.slack.dev, "chat.postMessage", that are about token, installation or scopes.
_OF_APP = frozenset(
    {"token_revoked", "token_expired", "invalid_auth", "not_authed", "account_inactive", "missing_scope"}
    | {"not_allowed_token_type", "no_permission", "org_login_required", "ekm_access_denied", "access_denied"}
    | {"two_factor_setup_required", "team_access_not_granted", "enterprise_is_restricted"}
)
_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH})
_UNREADABLE = "unreadable_answer"
_NAME = re.compile(r"[a-z0-9_:-]{1,80}")
_RATE_ERRORS = frozenset({"ratelimited", "rate_limited"})
TROUBLE = (SlackClientError, OSError, http.client.HTTPException, json.JSONDecodeError, UnicodeDecodeError)


class Letter(Protocol):
    """What is posted: a text line and blocks."""

    @property
    def text(self) -> str: ...
    @property
    def blocks(self) -> Sequence[dict[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Sent:
    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Surely not taken; worth another try after ``seconds`` (None: after the usual wait).

    ``limited``: a 429; ``unreached``: there was no way to Slack at all.
    """

    error: str
    seconds: float | None = None
    limited: bool = False
    unreached: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """Surely not taken, and another try would change nothing."""

    error: str

    @property
    def of_app(self) -> bool:
        """Say whether the app's token or rights are the matter, whatever the message."""
        return self.error in _OF_APP


@dataclass(frozen=True, slots=True)
class Unclear:
    """Perhaps taken, perhaps not."""

    error: str


Result = Sent | NotSent | Rejected | Unclear


class Post:
    """Posts, updates, deletes and looks up the bot's own messages."""

    def __init__(self, web: WebClient) -> None:
        self._web = web

    def open(self, people: Sequence[str]) -> str:
        """Return the channel of a DM or group DM with ``people`` (Slack ids). Raises as the Slack client does."""
        return str(self._web.conversations_open(users=list(people))["channel"]["id"])

    def send(self, channel: str, letter: Letter, key: str) -> Result:
        """Post ``letter``; ``key`` goes along so that the message can be found again."""
        try:
            answer = self._web.chat_postMessage(
                channel=channel,
                text=letter.text,
                blocks=list(letter.blocks),
                metadata={"event_type": EVENT_TYPE, "event_payload": {"key": key}},
                client_msg_id=str(uuid5(NAMESPACE_URL, key)),
                unfurl_links=False,
                unfurl_media=False,
            )
        except TROUBLE as error:
            return outcome(error)
        return Sent(str(answer["channel"]), str(answer["ts"]))

    def update(self, channel: str, ts: str, letter: Letter) -> Result:
        try:
            self._web.chat_update(channel=channel, ts=ts, text=letter.text, blocks=list(letter.blocks))
        except TROUBLE as error:
            return outcome(error)
        return Sent(channel, ts)

    def delete(self, channel: str, ts: str) -> Result:
        """Delete a message of the bot's; one that is gone already counts as deleted."""
        try:
            self._web.chat_delete(channel=channel, ts=ts)
        except TROUBLE as error:
            result = outcome(error)
            return Sent(channel, ts) if result == Rejected("message_not_found") else result
        return Sent(channel, ts)

    def find(self, channel: str, key: str, since: datetime) -> str | None:
        """Return the ts of the message with ``key`` in the bot's own DM. Raises as the Slack client does."""
        cursor = ""
        while True:
            page = self._web.conversations_history(
                channel=channel,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata=True,
                limit=HISTORY_PAGE,
                cursor=cursor or None,
            )
            for message in page["messages"]:
                if key in _keys_of(message):
                    return str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None


def _keys_of(message: dict[str, Any]) -> set[str]:
    """Return the keys of what a message says: its own, and those of the messages it carries, by their blocks."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    carried = {str(block.get("block_id", "")).rpartition(".")[0] for block in message.get("blocks") or []}
    return {str(payload.get("key") or "")} | carried


def outcome(error: Exception) -> NotSent | Rejected | Unclear:
    """Return what an exception of a Slack call proves."""
    if isinstance(error, SlackApiError):
        return _of_answer(error)
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, ConnectionRefusedError):
        return NotSent("connection_refused", unreached=True)
    if isinstance(reason, socket.gaierror) or getattr(reason, "errno", None) in _NO_WAY:
        return NotSent("network_unreachable", unreached=True)
    return Unclear(type(reason).__name__)


def _of_answer(error: SlackApiError) -> NotSent | Rejected | Unclear:
    answer = error.response
    name = _error_name(answer.data)
    if answer.status_code == _TOO_MANY or name in _RATE_ERRORS:
        return NotSent("ratelimited", _retry_after(answer.headers), limited=True)
    if answer.status_code >= _SERVER_FAULT or name in _UNCLEAR_ERRORS or name == _UNREADABLE:
        return Unclear(name)
    return Rejected(name)


def _error_name(data: object) -> str:
    """Return Slack's name for an error. Where there is none, the client puts the raw body there: that is no name."""
    name = data.get("error") if isinstance(data, dict) else None
    return name if isinstance(name, str) and _NAME.fullmatch(name) else _UNREADABLE


def _retry_after(headers: Any) -> float:
    found = next((value for name, value in dict(headers).items() if name.lower() == "retry-after"), None)
    text = str(found[0] if isinstance(found, list) and found else found)
    return float(text) if text.isdigit() else _FALLBACK_RETRY_SECONDS

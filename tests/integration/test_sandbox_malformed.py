"""Whatever an app sends, the stand-in answers with JSON and one of Slack's error names, never with a traceback."""

from __future__ import annotations

import json
import math
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox import Sandbox
from sandbox.api.methods import methods

NAME = re.compile(r"[a-z]+(_[a-z]+)*")
ARGUMENTS = [
    "channel",
    "users",
    "user",
    "user_id",
    "text",
    "blocks",
    "view",
    "view_id",
    "external_id",
    "hash",
    "trigger_id",
    "ts",
    "thread_ts",
    "message_ts",
    "limit",
    "cursor",
    "metadata",
    "types",
    "oldest",
    "latest",
    "inclusive",
    "files",
    "file",
    "filename",
    "length",
    "alt_txt",
    "channel_id",
    "channels",
    "initial_comment",
    "client_msg_id",
    "return_im",
    "prevent_creation",
    "include_locale",
    "include_num_members",
]

# What nearly fits is more dangerous than noise: real ids, real shapes with one thing wrong, numbers at the edge.
EDGES = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "nan",
        "inf",
        "1e999",
        "9" * 400,
        "NaN",
        "\x00",
        "\ud83d",
        "x" * 5000,
        "next:",
        "bmV4dDotMQ==",
        "[",
        "{",
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | EDGES
PARTS = st.sampled_from(["type", "blocks", "text", "elements", "accessory", "element", "options", "title", "block_id"])
KINDS = st.sampled_from(["modal", "home", "section", "actions", "input", "header", "button", "static_select", "mrkdwn"])
ANYTHING = st.recursive(
    SCALARS | KINDS,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(PARTS | st.text(max_size=5), inside, max_size=5),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    with Sandbox.start() as box:
        box.limits.enforced = False
        box.add_person("mira")
        box.add_channel("general", private=False, members=["mira"], bot_in=True)
        box.scopes |= {scope for one in methods().values() for scope in one.scopes}
        box.scopes |= {f"{kind}:{right}" for kind in ("im", "mpim", "channels") for right in ("read", "history")}
        yield box


def ids(box: Sandbox) -> list[str]:
    person, town = box.person("mira"), box.hub.workspace
    place = town.dm([person.id])
    file = town.files.announce("a.txt", 1, "")
    return [
        person.id,
        box.bot_user_id,
        place.id,
        box.channel("general").id,
        town.post(place, town.bot, "x").ts,
        file.id,
    ]


def ask(box: Sandbox, method: str, body: bytes, kind: str) -> tuple[int, dict[str, Any]]:
    token = box.app_token if method.startswith("apps.") else box.bot_token
    headers = {"Content-Type": kind, "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"{box.api_url}{method}", body, headers)  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as broken:
        with broken:
            return broken.code, {}


def check(status: int, body: dict[str, Any]) -> None:
    assert (status, type(body.get("ok"))) == (200, bool), body
    assert body["ok"] or NAME.fullmatch(body["error"]), body


@pytest.mark.parametrize("method", sorted(set(methods()) - {"api.test"}))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_json_gets_an_answer(box: Sandbox, method: str, data: st.DataObject) -> None:
    """Random arguments of every type, with real ids among them."""
    known = st.sampled_from(ids(box))
    args = data.draw(st.dictionaries(st.sampled_from(ARGUMENTS), known | ANYTHING, max_size=8))

    check(*ask(box, method, json.dumps(args).encode(), "application/json"))


def right(box: Sandbox, method: str) -> dict[str, Any]:
    """Return arguments that are as they should be, all of them."""
    person, place, general, ts = (ids(box)[at] for at in (0, 2, 3, 4))
    home = {"type": "home", "blocks": [], "private_metadata": "", "callback_id": "c", "external_id": ""}
    page = {"limit": 2, "cursor": ""}
    said: dict[str, Any] = {
        "channel": place,
        "text": "x",
        "blocks": [{"type": "divider"}],
        "thread_ts": ts,
        "client_msg_id": "x",
    }
    said["metadata"] = {"event_type": "x", "event_payload": {}}
    span = {"oldest": ts, "latest": ts, "inclusive": True, "include_all_metadata": True}
    file = box.hub.workspace.files.announce("a.txt", 0, "")
    file.content = b""
    share = {"files": [{"id": file.id, "title": "t"}], "channel_id": place, "channels": general, "initial_comment": "x"}
    every: dict[str, dict[str, Any]] = {
        "users.info": {"user": person, "include_locale": True},
        "users.list": page | {"include_locale": True},
        "users.profile.get": {"user": person},
        "users.conversations": page | {"user": person, "types": "im", "exclude_archived": True},
        "conversations.open": {"users": person, "return_im": True, "prevent_creation": True},
        "conversations.info": {"channel": general, "include_num_members": True},
        "conversations.members": page | {"channel": general},
        "conversations.list": page | {"types": "im,mpim", "exclude_archived": True},
        "conversations.history": page | span | {"channel": place},
        "chat.postMessage": said,
        "chat.postEphemeral": said | {"user": person},
        "chat.update": said | {"ts": ts},
        "chat.delete": {"channel": place, "ts": ts},
        "chat.getPermalink": {"channel": place, "message_ts": ts},
        "files.getUploadURLExternal": {"filename": "a.txt", "length": 1, "alt_txt": "x"},
        "files.completeUploadExternal": share | {"blocks": [{"type": "divider"}], "thread_ts": ts},
        "files.info": {"file": file.id},
        "files.delete": {"file": file.id},
        "views.open": {"trigger_id": box.hub.triggers.give(person), "view": home | {"type": "modal"}},
        "views.push": {"trigger_id": box.hub.triggers.give(person), "view": home | {"type": "modal"}},
        "views.update": {"view_id": "V0", "external_id": "x", "hash": "x", "view": home},
        "views.publish": {"user_id": person, "hash": "", "view": home},
    }
    return every.get(method, {})


ODD: list[Any] = [
    None,
    True,
    -1,
    0,
    10**400,
    1.5,
    math.inf,
    math.nan,
    [],
    [None],
    [[]],
    {},
    {"id": []},
    {"type": []},
    "",
    "0",
]
ODD += [
    "nan",
    "inf",
    "9" * 5000,
    "\x00",
    "\ud83d",
    "x" * 50_000,
    "[",
    "{",
    "[1]",
    "{}",
    "null",
    "bmV4dDotMQ==",
    "bmV4dDox",
]


@pytest.mark.parametrize("method", sorted(methods()))
def test_one_odd_argument_in_a_right_call_gets_an_answer(box: Sandbox, method: str) -> None:
    """Each argument in turn is replaced by each oddity, the others stay right; who takes none gets an unknown one."""
    for name in right(box, method) or ["unknown"]:
        for odd in ODD:
            args = right(box, method) | {name: odd}
            check(*ask(box, method, json.dumps(args).encode(), "application/json"))
    assert box.calls[-1].method == method


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_form_gets_an_answer(box: Sandbox, data: st.DataObject) -> None:
    """The same as a form, where structures come as JSON in text."""
    method = data.draw(st.sampled_from(sorted(methods())))
    known = st.sampled_from(ids(box))
    values = known | ANYTHING.map(json.dumps) | st.text(max_size=9)
    args = data.draw(st.dictionaries(st.sampled_from(ARGUMENTS), values, max_size=8))

    status, body = ask(box, method, urlencode(args, errors="replace").encode(), "application/x-www-form-urlencoded")

    check(status, body)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(
        [
            "application/json",
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=utf-7",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "text/plain",
            "nonsense",
        ]
    ),
    method=st.sampled_from(["chat.postMessage", "api.test", "views.open", "nothing.like.this"]),
)
def test_any_bytes_get_an_answer(box: Sandbox, body: bytes, kind: str, method: str) -> None:
    """Bytes that are neither JSON nor a form are refused by name."""
    check(*ask(box, method, body, kind))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=ANYTHING)
def test_a_response_url_takes_anything_calmly(box: Sandbox, body: Any) -> None:
    """Answers to a `response_url` are a post, a replacement or one of Slack's refusals."""
    town = box.hub.workspace
    place = box.hub.response_urls.give(town.dm([box.person("mira").id]), box.person("mira"))
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{box.hub.base_url}{place}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            said = answer.read()
    except urllib.error.HTTPError as refused:
        with refused:
            said = refused.read()
    assert said == b"ok" or NAME.fullmatch(json.loads(said)["error"])

"""What the page asks its server, without a browser: who may ask, what is answered, what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPResponse
from typing import Any

import pytest

from sandbox.page.assets import STATIC
from tests.browser.bare_town import BareTown


@pytest.fixture
def town() -> Iterator[BareTown]:
    town = BareTown()
    yield town
    town.close()


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1:1", "localhost", "127.0.0.1.nip.example"]
)
def test_only_names_of_this_machine_are_answered(town: BareTown, host: str) -> None:
    """A foreign name that was bound to loopback gets neither the page nor its data."""
    for path in ("/", "/page/api/people", "/page/stream?as=mira", "/page/static/main.js"):
        status, body = town.ask("GET", path, Host=host)
        assert (status, body["error"]) == (403, "foreign_host")


@pytest.mark.parametrize("origin", ["", "null", "http://evil.example", "https://127.0.0.1", "http://127.0.0.1:1"])
def test_only_the_page_itself_may_act(town: BareTown, origin: str) -> None:
    """A form on another page, or a script without an origin, changes nothing."""
    body = {"as": "mira", "channel": town.dm("mira"), "text": "hello"}
    status, answer = town.ask("POST", "/page/api/acts/say", body, Origin=origin)
    assert (status, answer["error"]) == (403, "foreign_origin")
    assert town.box.messages("mira") == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("acts/say", b"{"),
        ("acts/say", b"[1]"),
        ("acts/say", b"\xff\xfe"),
        ("acts/say", b"[" * 100_000),
        ("acts/say", {}),
        ("acts/say", {"as": 7}),
        ("acts/say", {"as": "nobody", "channel": "x", "text": "x"}),
        ("acts/say", {"as": "gone", "channel": "x", "text": "x"}),
        ("acts/say", {"as": "tandem", "channel": "x", "text": "x"}),
        ("acts/say", {"as": "mira", "channel": "C0NOWHERE", "text": "x"}),
        ("acts/say", {"as": "mira", "channel": "DM", "text": "  "}),
        ("acts/say", {"as": "mira", "channel": "DM", "text": "x" * 12_001}),
        ("acts/command", {"as": "mira", "channel": "DM", "line": "/rm -rf"}),
        ("acts/command", {"as": "mira", "channel": "DM", "line": "/invite @nobody"}),
        ("acts/click", {"as": "mira", "channel": "DM", "ts": "1.0", "action_id": "x"}),
        ("acts/click", {"as": "mira", "view": "V0", "action_id": "x"}),
        ("acts/click", {"as": "mira", "view": "V0", "action_id": "x", "option": {"a": 1}}),
        ("acts/click", {"as": "mira", "channel": "DM", "ts": "1.0", "action_id": "x", "values": []}),
        ("acts/submit", {"as": "mira", "view": "V0", "values": []}),
        ("acts/close", {"as": "mira", "view": ["V0"]}),
        ("acts/suggest", {"as": "mira", "view": "V0", "block_id": "b", "action_id": "a", "text": "x"}),
        ("acts/suggest", {"as": "mira", "channel": "DM", "ts": "1.0", "block_id": "b", "action_id": "a", "text": "x"}),
        ("acts/suggest", {"as": "mira", "channel": "DM", "ts": 7, "block_id": "b", "action_id": "a", "text": "x"}),
        ("acts/home", {"as": "mira", "tab": "about"}),
        ("acts/shortcut", {"as": "mira", "callback_id": "nothing"}),
        ("acts/__class__", {"as": "mira"}),
        ("read", {"as": "mira", "channel": "DM"}),
        ("clock", {"as": "mira", "to": "hour"}),
        ("faults", {"kind": "earthquake"}),
        ("faults", {"kind": "429", "method": "nothing"}),
        ("faults", {"kind": "429", "times": "many"}),
        ("faults", {"kind": "429", "times": -1}),
        ("nothing", {}),
    ],
)
def test_a_bad_call_gets_a_sentence(town: BareTown, path: str, body: Any) -> None:
    """Whatever is sent, the answer is 4xx with a name and a sentence, never a traceback."""
    if isinstance(body, dict) and body.get("channel") == "DM":
        body = body | {"channel": town.dm("mira")}
    status, answer = town.ask("POST", f"/page/api/{path}", body)
    assert 400 <= status < 500
    assert set(answer) == {"error", "message"} and answer["message"].endswith(".")
    assert "Traceback" not in answer["message"]


@pytest.mark.parametrize(
    "path", ["people/x", "calls/99", "calls/-1", "calls/x", "messages?as=mira", "screens", "clock?as=x"]
)
def test_a_bad_question_gets_a_sentence(town: BareTown, path: str) -> None:
    """The same for questions."""
    status, answer = town.ask("GET", f"/page/api/{path}")
    assert 400 <= status < 500 and answer["message"].endswith(".")


@pytest.mark.parametrize("name", ["..%2fpage.py", "%2e%2e%2ffiles.py", "nothing.js", ".hidden", "main.py"])
def test_only_the_files_of_the_page_are_served(town: BareTown, name: str) -> None:
    """No path leads out of the folder of the page's files."""
    status, _ = town.ask("GET", f"/page/static/{name}")
    assert status == 404


def test_the_page_may_load_nothing_from_elsewhere(town: BareTown) -> None:
    """The browser itself is told to refuse every other source and to put the page into no frame."""
    response = town.respond("GET", "/")
    policy = response.headers["Content-Security-Policy"]
    assert response.status == 200 and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy and "http" not in policy


def test_no_script_of_the_page_parses_markup() -> None:
    """Words of people can only come in as text: nothing in the page's scripts reads markup."""
    for script in sorted(STATIC.glob("*.js")):
        text = script.read_text("utf-8")
        assert not any(
            word in text for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
        )


def test_the_files_of_the_page_are_small() -> None:
    """Like all files of the house: three hundred lines at most, and all of them are preloaded."""
    index = (STATIC / "index.html").read_text("utf-8")
    files = sorted(one for one in STATIC.iterdir() if one.is_file())
    assert len(files) > 20
    assert [one.name for one in files if len(one.read_text("utf-8").splitlines()) > 300] == []
    assert [one.name for one in files if one.suffix in {".js", ".css", ".svg"} and f"/{one.name}" not in index] == []


def test_each_person_reads_only_their_own_conversations(town: BareTown) -> None:
    """A channel is answered to its members alone; the list names no other."""
    channel = town.box.add_channel("plans", members=["mira"])
    town.box.write_in("mira", channel, "the plan")
    assert channel.id in {one["id"] for one in town.get("conversations?as=mira")["conversations"]}
    assert channel.id not in {one["id"] for one in town.get("conversations?as=jonas")["conversations"]}
    status, answer = town.ask("GET", f"/page/api/messages?as=jonas&channel={channel.id}")
    assert (status, answer["error"]) == (404, "not_visible")


def test_marks_stay_until_somebody_looks(town: BareTown) -> None:
    """Others' words count as unread until they are read; one's own never do."""
    channel = town.box.add_channel("plans", members=["mira", "jonas"])
    last = [town.box.write_in("mira", channel, f"line {number}") for number in range(3)][-1]

    def marks() -> dict[str, int]:
        return {one["handle"]: one["unread"] for one in town.get("people")["people"]}

    assert (marks()["mira"], marks()["jonas"]) == (0, 3)
    assert town.post("read", **{"as": "jonas", "channel": channel.id, "ts": last.ts})[0] == 200
    assert marks()["jonas"] == 0


def test_a_long_conversation_comes_in_pages(town: BareTown) -> None:
    """The newest come first, older ones on demand, each once."""
    channel = town.box.add_channel("plans", members=["mira"])
    for number in range(70):
        town.box.write_in("mira", channel, f"line {number}")
    newest = town.get(f"messages?as=mira&channel={channel.id}")
    older = town.get(f"messages?as=mira&channel={channel.id}&before={newest['messages'][0]['ts']}")
    assert newest["more"] and not older["more"]
    texts = [one["text"] for one in [*older["messages"], *newest["messages"]]]
    assert texts == [f"line {number}" for number in range(70)]


def test_an_app_that_is_not_there_is_a_problem_not_an_error(town: BareTown) -> None:
    """A command to an app that does not listen comes back with the name of what Slack would say."""
    status, answer = town.post("acts/command", **{"as": "mira", "channel": town.dm("mira"), "line": "/tandem help"})
    assert status == 200
    assert (answer["ok"], answer["problem"]) == (False, "dispatch_failed")


def test_somebody_can_be_invited_by_typing(town: BareTown) -> None:
    """`/invite` is Slack's own: the app and colleagues come into a channel by it."""
    channel = town.box.add_channel("plans", members=["mira"])
    for whom in ("@Tandem", "@jonas"):
        assert town.post("acts/command", **{"as": "mira", "channel": channel.id, "line": f"/invite {whom}"})[0] == 200
    inside = next(one for one in town.get("conversations?as=jonas")["conversations"] if one["id"] == channel.id)
    assert town.box.bot_user_id in inside["members"]


def test_the_stream_says_what_changed(town: BareTown) -> None:
    """A message in somebody's channel is told to them by name of the channel, and to nobody outside."""
    channel = town.box.add_channel("plans", members=["mira"])
    inside, outside = (town.respond("GET", f"/page/stream?as={who}") for who in ("mira", "jonas"))
    edition = town.get("workspace")["edition"]
    assert [json.loads(_event(one)) for one in (inside, outside)] == [{"edition": edition}] * 2
    town.post("acts/say", **{"as": "mira", "channel": channel.id, "text": "hello"})
    assert json.loads(_event(inside))["channels"] == [channel.id]
    assert json.loads(_event(outside))["channels"] == []


def _event(stream: HTTPResponse) -> str:
    """Return the data of the next event of a stream."""
    for line in stream:
        if line.startswith(b"data: "):
            return line.removeprefix(b"data: ").decode().strip()
    return ""

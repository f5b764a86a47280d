"""What the stand-in sends has the keys Slack sends: none that Slack does not know, all that Slack shows.

`slack_keys.json` is made by `scripts/slack_types.py` from Slack's own type declarations. `samples.json` is kept by
hand: for each method, event, interaction and Socket Mode frame the page of Slack's documentation and every key its
samples show. `source` says where they were read: on the page, or, where a page was not at hand, in a public repository
that keeps its samples; further ones agree. `left_out` are keys shown there that the stand-in does not send (a pattern),
`also` keys it sends that neither page nor types name, `absent` keys the types ask for without reason, each with why.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sandbox import Delivery, Sandbox
from sandbox.api.methods import methods
from tests.contract.scene import ELEMENTS, Scene
from tests.contract.shapes import closed, missing, paths, strangers, with_paths

HERE = Path(__file__).parent
KEYS: dict[str, dict[str, Any]] = json.loads((HERE / "slack_keys.json").read_text())
SAMPLES: dict[str, dict[str, Any]] = json.loads((HERE / "samples.json").read_text())
Sent = dict[str, dict[str, list[dict[str, Any]]]]
EVERYTHING = [(part, name) for part, entries in SAMPLES.items() for name in entries]
SOURCE = re.compile(r"the page|https://docs\.slack\.dev/\S+|[\w-]+/[\w-]+: \S+")


@pytest.fixture(scope="module")
def sent() -> Iterator[Sent]:
    """Everything that one busy scene made the stand-in send, by part and name."""
    with Sandbox.start() as box:
        found: Sent = {"responses": {}, "events": {}, "interactions": {}, "actions": {}, "frames": {}}
        for frame in asyncio.run(greetings(box)):
            found["frames"][frame["type"]] = [frame]
        Scene(box).play()
        for call in box.calls:
            found["responses"].setdefault(call.method, []).append(call.response)
        for delivery in box.deliveries:
            sort(found, delivery)
        yield found


async def greetings(box: Sandbox) -> list[dict[str, Any]]:
    """Return the first and the last frame of a Socket Mode connection."""
    address = f"{box.hub.base_url}link/?ticket={box.hub.sockets.ticket()}"
    async with aiohttp.ClientSession() as session, session.ws_connect(address) as line:
        hello = await line.receive_json()
        await asyncio.to_thread(box.disconnect)
        return [hello, await line.receive_json()]


def sort(found: Sent, delivery: Delivery) -> None:
    payload = delivery.payload
    found["frames"].setdefault(delivery.kind, []).append(delivery.sent)
    if delivery.kind == "events_api":
        event = payload["event"]
        found["events"].setdefault(event.get("subtype") or event["type"], []).append(event)
    name = "slash_command" if delivery.kind == "slash_commands" else payload["type"]
    found["interactions"].setdefault(name, []).append(payload)
    for action in payload.get("actions", []):
        found["actions"].setdefault(action["type"], []).append(action)


def types(part: str, name: str) -> Any:
    """Return the shape of Slack's types; Socket Mode's frames have none."""
    return KEYS[part][name] if part in KEYS else {}


def test_every_method_has_keys_and_a_sample() -> None:
    """A new method needs a run of the script and a look at its page."""
    assert set(KEYS["responses"]) == set(SAMPLES["responses"]) == set(methods())
    assert set(KEYS["events"]) == set(SAMPLES["events"])
    assert set(KEYS["interactions"]) == set(SAMPLES["interactions"])


@pytest.mark.parametrize(("part", "name"), EVERYTHING)
def test_every_sample_says_where_it_was_read(part: str, name: str) -> None:
    """The page it belongs to, and where its keys were taken from."""
    sample = SAMPLES[part][name]

    assert sample["page"].startswith("https://docs.slack.dev/")
    assert sample["source"]
    assert [one for one in sample["source"] if not SOURCE.fullmatch(one)] == []


@pytest.mark.parametrize(("part", "name"), EVERYTHING)
def test_no_key_is_invented(sent: Sent, part: str, name: str) -> None:
    """Every key that goes out is in Slack's types, in a sample of its documentation, or has its reason."""
    sample = SAMPLES[part][name]
    shape = closed(with_paths(types(part, name), [*sample["shows"], *sample.get("also", {})]))

    assert {path for one in sent[part][name] for path in strangers(one, shape)} == set()


@pytest.mark.parametrize(("part", "name"), EVERYTHING)
def test_no_key_is_forgotten(sent: Sent, part: str, name: str) -> None:
    """Every key that the types always have is always there, and every key a sample shows is there at least once."""
    sample = SAMPLES[part][name]
    done = [one for one in sent[part][name] if one.get("ok", True)]
    wanted = {path for one in done for path in missing(one, types(part, name))}
    seen = {path for one in sent[part][name] for path in paths(one)}
    excused = {path for path in sample["shows"] for why in sample.get("left_out", {}) if fnmatch(path, why)}

    assert wanted - set(sample.get("absent", {})) == set()
    assert set(sample["shows"]) - excused - seen == set()


@pytest.mark.parametrize(("part", "name"), EVERYTHING)
def test_every_exception_is_still_one(sent: Sent, part: str, name: str) -> None:
    """What is left out is documented and not sent, what is sent besides is unknown, what is absent is absent."""
    sample = SAMPLES[part][name]
    shape = closed(with_paths(types(part, name), sample["shows"]))
    seen = {path for one in sent[part][name] for path in paths(one)}
    unknown = {path for one in sent[part][name] for path in strangers(one, shape)}
    wanted = {path for one in sent[part][name] for path in missing(one, types(part, name))}
    left_out = sample.get("left_out", {})

    assert [path for path in left_out if any(fnmatch(one, path) for one in seen)] == []
    assert [path for path in left_out if not any(fnmatch(one, path) for one in sample["shows"])] == []
    assert set(sample.get("also", {})) - {above for path in unknown for above in unrolled(path)} == set()
    assert set(sample.get("absent", {})) - wanted == set()


def unrolled(path: str) -> Iterator[str]:
    """Yield the path and all paths above it."""
    parts = path.split(".")
    return (".".join(parts[: at + 1]) for at in range(len(parts)))


@pytest.mark.parametrize("kind", [*ELEMENTS, "plain_text_input"])
def test_an_action_says_what_was_done(sent: Sent, kind: str) -> None:
    """The entry of `actions` has the keys of its kind of element, no more and no less."""
    for action in sent["actions"][kind]:
        assert set(strangers(action, KEYS["actions"][kind])) == set()
        assert set(missing(action, KEYS["actions"][kind])) == set()


def test_a_refusal_has_the_fields_slack_gives_it(sent: Sent) -> None:
    """`missing_scope` names the scopes, invalid arguments come with messages."""
    refused = [one for responses in sent["responses"].values() for one in responses if not one["ok"]]

    assert {one["error"] for one in refused} >= {"missing_scope", "invalid_blocks", "invalid_arguments"}
    for one in refused:
        assert {"response_metadata", "errors"} & set(one) or not one["error"].startswith("invalid_")
        assert {"needed", "provided"} <= set(one) or one["error"] != "missing_scope"

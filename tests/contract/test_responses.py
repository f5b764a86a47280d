"""What the stand-in sends has the keys Slack sends: none that Slack does not know, all that Slack shows.

`slack_keys.json` is made by `scripts/slack_types.py` from Slack's own type declarations. `samples.json` is kept by
hand: for each method, event and interaction the page of Slack's documentation and the keys its sample shows;
`left_out` are those the stand-in does not send, `also` keys it sends that the types do not know, `absent` keys the
types ask for without reason, each with why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from sandbox import Delivery, Sandbox
from sandbox.api.methods import methods
from tests.contract.scene import ELEMENTS, Scene
from tests.contract.shapes import missing, paths, strangers, with_paths

HERE = Path(__file__).parent
KEYS: dict[str, dict[str, Any]] = json.loads((HERE / "slack_keys.json").read_text())
SAMPLES: dict[str, dict[str, Any]] = json.loads((HERE / "samples.json").read_text())
Sent = dict[str, dict[str, list[dict[str, Any]]]]
EVERYTHING = [(part, name) for part, entries in SAMPLES.items() for name in entries]


@pytest.fixture(scope="module")
def sent() -> Iterator[Sent]:
    """Everything that one busy scene made the stand-in send, by part and name."""
    with Sandbox.start() as box:
        Scene(box).play()
        found: Sent = {"responses": {}, "events": {}, "interactions": {}, "actions": {}}
        for call in box.calls:
            found["responses"].setdefault(call.method, []).append(call.response)
        for delivery in box.deliveries:
            sort(found, delivery)
        yield found


def sort(found: Sent, delivery: Delivery) -> None:
    payload = delivery.payload
    if delivery.kind == "events_api":
        event = payload["event"]
        found["events"].setdefault(event.get("subtype") or event["type"], []).append(event)
    name = "slash_command" if delivery.kind == "slash_commands" else payload["type"]
    found["interactions"].setdefault(name, []).append(payload)
    for action in payload.get("actions", []):
        found["actions"].setdefault(action["type"], []).append(action)


def test_every_method_has_keys_and_a_sample() -> None:
    """A new method needs a run of the script and a look at its page."""
    assert set(KEYS["responses"]) == set(SAMPLES["responses"]) == set(methods())
    assert set(KEYS["events"]) == set(SAMPLES["events"])
    assert set(KEYS["interactions"]) == set(SAMPLES["interactions"])
    assert all(
        entry["page"].startswith("https://docs.slack.dev/") for part in SAMPLES.values() for entry in part.values()
    )


@pytest.mark.parametrize(("part", "name"), EVERYTHING)
def test_no_key_is_invented(sent: Sent, part: str, name: str) -> None:
    """Every key that goes out is in Slack's types or in a sample of its documentation."""
    sample = SAMPLES[part][name]
    known = with_paths(KEYS[part][name], [*sample["shows"], *sample.get("also", {})])

    assert {path for one in sent[part][name] for path in strangers(one, known)} == set()


@pytest.mark.parametrize(("part", "name"), EVERYTHING)
def test_no_key_is_forgotten(sent: Sent, part: str, name: str) -> None:
    """Every key that the types always have is always there, and every key a sample shows is there at least once."""
    sample = SAMPLES[part][name]
    done = [one for one in sent[part][name] if one.get("ok", True)]
    wanted = {path for one in done for path in missing(one, KEYS[part][name])}
    seen = {path for one in done for path in paths(one)}

    assert wanted - set(sample.get("absent", {})) == set()
    assert set(sample["shows"]) - seen == set()


@pytest.mark.parametrize(("part", "name"), EVERYTHING)
def test_every_exception_is_still_one(sent: Sent, part: str, name: str) -> None:
    """What is listed as left out is not sent, what is listed as more is sent and unknown, what is absent is absent."""
    sample = SAMPLES[part][name]
    seen = {path for one in sent[part][name] for path in paths(one)}
    unknown = {
        path for one in sent[part][name] for path in strangers(one, with_paths(KEYS[part][name], sample["shows"]))
    }
    wanted = {path for one in sent[part][name] for path in missing(one, KEYS[part][name])}

    assert [path for path in sample.get("left_out", {}) if any(fnmatch(one, path) for one in seen)] == []
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
        assert "response_metadata" in one or not one["error"].startswith("invalid_")
        assert {"needed", "provided"} <= set(one) or one["error"] != "missing_scope"

"""`docs/sandbox.md` says what the stand-in knows: held against the code, both ways."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from demo.desk.seeds import NAMES
from sandbox import Sandbox, response_urls
from sandbox.api import chat, files
from sandbox.api.methods import Method, methods
from sandbox.blockkit import surface
from sandbox.deliveries import ACK_SECONDS, ATTEMPTS
from sandbox.faults import KINDS
from sandbox.limits import Limits
from sandbox.page import calls, clock, conversations, routes
from sandbox.socket_mode import MOST_LINKS
from sandbox.triggers import LIFETIME

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "sandbox.md").read_text()
KEYS: dict[str, dict[str, Any]] = json.loads((HOUSE / "tests" / "contract" / "slack_keys.json").read_text())
# Scopes that depend on the kind of conversation, and errors that are named for people, not by Slack's table.
BY_KIND = ("`…:read`", "`…:history`", "`im:write` or `mpim:write`")
OTHER_TOKENS = {"app": "app token", "none": "no token", "any": "any token"}
NAMED = re.compile(r"`([a-z_]+)`")


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, its head left out."""
    part = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in part.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def first_names(heading: str) -> list[str]:
    return [row[0].strip("` ") for row in rows(heading)]


def raised() -> set[str]:
    """Return every error name written in the sandbox's code."""
    names: set[str] = set()
    for path in (HOUSE / "sandbox").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                names |= set(errors_in(node))
            if isinstance(node, ast.FunctionDef):
                names |= set(usual_errors(node))
    return names


def usual_errors(function: ast.FunctionDef) -> list[str]:
    """Return what a function answers with unless it is told otherwise: the default of its argument `error`."""
    last = function.args.args[len(function.args.args) - len(function.args.defaults) :]
    pairs = [*zip(last, function.args.defaults, strict=True)]
    pairs += [
        (name, value) for name, value in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True) if value
    ]
    return [str(one.value) for name, one in pairs if name.arg == "error" and isinstance(one, ast.Constant)]


def errors_in(call: ast.Call) -> list[str]:
    """Return the error names handed to the functions that refuse."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    at = {"SlackError": 0, "invalid": 0, "structure": 1, "_own": 1, "found": 2}.get(name)
    given = [call.args[at]] if at is not None and len(call.args) > at else []
    given += [one.value for one in call.keywords if one.arg == "error"]
    return [str(one.value) for one in given if isinstance(one, ast.Constant)]


def test_every_method_has_a_row_and_every_row_a_method() -> None:
    """In the order of the code."""
    assert first_names("Web API") == list(methods())


@pytest.mark.parametrize("name", methods())
def test_a_row_says_scope_and_tier_of_the_code(name: str) -> None:
    """A changed scope or tier needs a changed row."""
    (row,) = (row for row in rows("Web API") if row[0] == f"`{name}`")
    method = methods()[name]

    assert row[1] in scopes(method) or row[1].startswith(BY_KIND)
    assert row[2] == (
        str(method.calls_per_minute) if method.calls_per_minute else f"T{method.tier}: {method.per_minute}"
    )


def scopes(method: Method) -> set[str]:
    plain = " ".join(f"`{scope}`" for scope in method.scopes)
    return {plain or OTHER_TOKENS.get(method.token, "none")}


def test_every_error_of_the_code_is_on_the_page() -> None:
    """And the table names no error the code does not have."""
    inside = {"internal_error", "invalid_response_action", "invalid_response_errors"}  # of faults; shown to people
    named = set(NAMED.findall(PAGE))

    assert raised() - inside - named == set()
    known = raised() | {"invalid_ts_oldest", "invalid_ts_latest", "error"}
    assert {error for row in rows("Web API") for error in NAMED.findall(row[3])} - known == set()


def test_every_event_interaction_and_fault_has_a_row() -> None:
    assert sorted(first_names("Events")) == sorted(KEYS["events"])
    assert sorted(first_names("Commands and interactions")) == sorted(set(KEYS["interactions"]) - {"event_callback"})
    assert [(row[0].strip("`"), row[1]) for row in rows("Faults")] == list(KINDS.items())


def test_every_word_to_the_driver_is_in_the_code() -> None:
    """What the page says one can do with `box` can be done."""
    words = set(re.findall(r"`?box\.([a-z_]+)", PAGE)) - {"py"}

    assert {word for word in words if not hasattr(Sandbox, word)} == set()
    assert {"hang_up", "uninstall", "faults"} <= words


def test_the_limits_are_those_of_the_code() -> None:
    """Each number on the page stands in the code."""
    limits = {row[0]: row[1] for row in rows("Limits")}
    seconds, burst = f"{ACK_SECONDS:g} s", Limits.__dataclass_fields__["burst"].default

    assert limits["answer to anything sent"] == seconds
    assert limits["`trigger_id`"] == f"{LIFETIME:g} s, once"
    minutes = response_urls.LIFETIME.total_seconds() / 60
    assert limits["`response_url`"].startswith(f"{response_urls.USES} uses, {minutes:g} minutes")
    assert limits["messages in one channel"].endswith(f"a burst of {burst}")
    assert limits["retries of an event"] == str(ATTEMPTS - 1)
    assert limits["a view"] == f"{surface.VIEW_BYTES:,} bytes, {surface.VIEW_BLOCKS} blocks"
    numbers = (surface.MESSAGE_BLOCKS, surface.MESSAGE_CHARACTERS, chat.TEXT_CUT, chat.METADATA_BYTES)
    assert [int(found.replace(",", "")) for found in re.findall(r"[\d,]*\d", limits["a message"])] == list(numbers)
    assert (MOST_LINKS, files.LARGEST_FILE) == (10, 4 * 1024 * 1024)
    assert "up to ten connections" in PAGE and "4 MB at most" in PAGE


def test_every_address_of_the_page_has_a_row() -> None:
    """In both directions, with how it is asked."""
    with Sandbox.start() as box:
        app = web.Application()
        routes.mount(app, box.page)
    asked: dict[str, list[str]] = {}
    for one in app.router.routes():
        if one.resource and one.resource.canonical.startswith("/page/api/") and one.method != "HEAD":
            asked.setdefault(one.resource.canonical, []).append(one.method)

    assert {row[0].strip("`"): row[1] for row in rows("The page")} == {
        address: ", ".join(sorted(how)) for address, how in asked.items()
    }


def test_the_page_is_described_as_it_is() -> None:
    """Its numbers and names are those of the code."""
    part = " ".join(PAGE.split("## The page\n", 1)[1].split())

    assert f"{clock.FARTHEST.days} days" in part and f"newest {calls.MOST} calls" in part
    assert f"`limit` of {conversations.MOST}" in part
    assert ", ".join(f"`{name}`" for name in NAMES) in part

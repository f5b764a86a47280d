"""Screens and listeners fit together: no button leads nowhere, no listener waits for a button nobody shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.closings import thanks_field
from bot.domain.refusals import Refused
from bot.domain.self_checks import Skill
from bot.locales import Language, Texts, load_texts, read_catalogue
from bot.manifest import manifest
from bot.settings import Settings
from bot.slack import listeners
from bot.slack.blocks import View
from bot.slack.listeners.every import LISTENERS
from bot.slack.requests import Kind
from bot.slack.router import Router
from bot.slack.samples import samples
from bot.slack.samples.content import longest, ordinary
from bot.slack.samples.trouble import all_refusals
from tests.unit.screens_reading import payload

COMMAND = re.compile(r"`(/tandem(?:-admin)?) ?([^\s`{]*)")
READ = {"said", "chosen", "day", "clock"}


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts()


@pytest.fixture(scope="module")
def router() -> Router:
    return Router(LISTENERS)


@pytest.fixture(scope="module")
def drawn(texts: Texts) -> list[Any]:
    """Every sample, ordinary and long."""
    words = texts.for_(Language.EN)
    both = [*samples(ordinary(Language.EN), words), *samples(longest(Language.EN), words)]
    return [sample.drawn(words) for sample in both]


def elements(drawn: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield every element one can click on outside a form's fields."""
    for block in (block for one in drawn for block in payload(one)):
        if block["type"] == "actions":
            yield from block["elements"]
        if "accessory" in block:
            yield block["accessory"]


def views(drawn: list[Any]) -> list[View]:
    return [one for one in drawn if isinstance(one, View) and one.title]


def answered(router: Router, kind: Kind) -> set[str]:
    return {
        route.name
        for module in LISTENERS
        for listener in vars(module).values()
        for route in getattr(listener, "answers_to", ())
        if route.kind is kind and router.find(kind, route.name)
    }


def test_every_button_has_a_listener(drawn: list[Any], router: Router) -> None:
    """A button nobody answers would just not react."""
    shown = {one["action_id"] for one in elements(drawn)}
    assert {name for name in shown if router.find(Kind.ACTION, name) is None} == set()


def test_every_action_has_a_button(drawn: list[Any], router: Router) -> None:
    """A listener whose button is gone is dead code with a right attached to it."""
    shown = {one["action_id"] for one in elements(drawn)}
    assert answered(router, Kind.ACTION) - shown == set()


def test_every_select_that_asks_while_one_types_has_a_listener(drawn: list[Any], router: Router) -> None:
    """And no listener waits for a select nobody shows."""
    inputs = [block["element"] for view in views(drawn) for block in view.blocks if block["type"] == "input"]
    asking = {one["action_id"] for one in inputs if one["type"].endswith("external_select")}
    assert asking == answered(router, Kind.SUGGESTION)


def test_every_form_has_a_listener_and_every_listener_a_form(drawn: list[Any], router: Router) -> None:
    """What can be sent is what is answered."""
    sent = {view.callback for view in views(drawn) if view.submit}
    assert sent == answered(router, Kind.SUBMISSION)
    assert {view.callback for view in views(drawn) if not view.submit} <= {""}


def test_every_shortcut_of_the_manifest_has_a_listener(router: Router) -> None:
    shortcuts = {one["callback_id"] for one in manifest(Settings())["features"]["shortcuts"]}
    assert shortcuts == answered(router, Kind.SHORTCUT)


def test_forms_ask_exactly_what_listeners_read(drawn: list[Any]) -> None:
    """A field nobody reads loses what was typed; one nobody asks is always empty."""
    asked = {block["block_id"] for view in views(drawn) for block in view.blocks if block["type"] == "input"}
    one_each = {name for name in asked if name in set(Skill) or name.startswith(thanks_field(""))}
    assert asked - one_each == _read_by_listeners(READ)
    assert {*Skill} < one_each  # a field for each skill and for each partner: listeners read them in a loop


def test_forms_remember_exactly_what_listeners_recall(drawn: list[Any]) -> None:
    assert {name for view in views(drawn) for name in view.memo} == _read_by_listeners({"memo"})


def _read_by_listeners(methods: set[str]) -> set[str]:
    files = Path(next(iter(listeners.__path__))).glob("*.py")
    calls = [node for file in files for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    return {
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in methods
        if call.args and isinstance(call.args[0], ast.Constant)
    }


@pytest.mark.parametrize("refusal", all_refusals(), ids=lambda one: one.__name__)
def test_a_refusal_belongs_to_a_field_that_exists(refusal: type[Refused], drawn: list[Any]) -> None:
    """A refusal at a field of a forgotten name would stand at the wrong place of the form."""
    asked = {block["block_id"] for view in views(drawn) for block in view.blocks if block["type"] == "input"}
    assert refusal.field is None or refusal.field in asked


@pytest.mark.parametrize("language", list(Language))
def test_every_command_in_a_text_exists(language: Language, router: Router) -> None:
    """Whoever types what a text tells them to type is understood."""
    told = [
        f"{name} {word}".strip()
        for message in read_catalogue(language)
        for text in ([message.string] if isinstance(message.string, str) else message.string or ())
        for name, word in COMMAND.findall(text)
    ]
    assert len(told) >= 10
    assert {command for command in told if router.find(Kind.COMMAND, command) is None} == set()


def test_every_command_in_a_screen_exists(texts: Texts, router: Router) -> None:
    """The same for the commands a screen puts together itself, as the help does."""
    for language in Language:
        words = texts.for_(language)
        for sample in samples(ordinary(language), words):
            for name, word in COMMAND.findall(str(payload(sample.drawn(words)))):
                assert router.find(Kind.COMMAND, f"{name} {word}".strip()), (sample.name, name, word)

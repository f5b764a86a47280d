"""Who may do what: every actor against every intent, through real payloads. What is not allowed leaves no trace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import pytest

from bot.domain.refusals import Refused
from bot.slack import directory
from demo.town import Town
from tests.scenario.access_rows import ROWS, Row, intents
from tests.scenario.access_scene import Scene, Shown, Who, build

NOT_SAVED = "could not be saved"
EMPTY_WELCOME = "No programme is open yet."


@pytest.fixture(scope="module")
def scene(module_town: Town) -> Scene:
    """The town of the matrix, in which only refused things happen."""
    return build(module_town)


def refusals(kind: type[Refused] = Refused) -> Iterator[str]:
    """Yield the pattern of every sentence that refuses something."""
    for one in kind.__subclasses__():
        parts = Formatter().parse(one.text)
        yield ".+?".join(re.escape(text.replace("\n", " ")) for text, *_ in parts)
        yield from refusals(one)


def is_refusal(shown: Shown) -> bool:
    assert directory.SlackSilent.text not in shown.texts, "Slack was silent"
    return any(re.search(pattern, shown.told) for pattern in refusals() if pattern)


def complaint(row: Row, who: str, shown: Shown) -> str | None:
    """Return what is wrong with how somebody was turned away; None when it was done properly."""
    if not shown.readers <= {who}:
        return f"{who}: others were shown something: {sorted(shown.readers)}"
    if row.intent == "home.read_home":
        return None if EMPTY_WELCOME in shown.texts or not shown.readers else f"{who}: a home tab: {shown.texts[:300]}"
    if shown.answer.raw == {"options": []}:  # a select can offer nothing, and say nothing
        return None
    if not is_refusal(shown) or NOT_SAVED in shown.texts:
        return f"{who}: no refusal: {shown.texts[:300]} {shown.answer.problem}"
    return None


def test_every_intent_has_a_row_in_the_matrix() -> None:
    """A new use case does not go out before somebody has written down who may."""
    assert {row.intent for row in ROWS} == set(intents())


def test_all_actors_are_in_the_matrix() -> None:
    """The author and the fourteen others, among them everybody who is no colleague."""
    assert len(Who) == 15


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_whoever_is_not_allowed_is_refused_privately_and_leaves_no_trace(scene: Scene, row: Row) -> None:
    """Everybody who is not named in the row gets a refusal only they see, and the database stays as it was."""
    before, granted = scene.state(), scene.audited(allowed=True)

    complaints = [complaint(row, who, row.drive(scene, who)) for who in Who if who not in row.allows]

    assert not list(filter(None, complaints))
    assert scene.state() == before
    assert scene.audited(allowed=True) == granted


def test_whoever_is_allowed_succeeds(town: Town) -> None:
    """Everybody who is named in a row gets what they came for, and what should be written is written."""
    scene, failed = build(town), []
    for row in ROWS:
        for who in (one for one in Who if one in row.allows):
            if row.prepare:
                row.prepare(scene)
            before = scene.state()
            shown = row.drive(scene, who)
            wrote = scene.state() != before
            if is_refusal(shown) or NOT_SAVED in shown.texts or not shown.answer.ok or (row.writes and not wrote):
                failed.append(f"{row.name}, {who}: {shown.texts[:200]} {shown.answer.problem} wrote={wrote}")
    assert not failed

"""Every screen fits into Slack, in both languages, with an ordinary week and with the longest anybody can have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.locales import Language, Texts, load_texts
from bot.slack.blocks import View
from bot.slack.samples import samples
from bot.slack.samples.content import LIMITS, Content, longest, ordinary
from bot.slack.screens import trouble
from bot.slack.text import ELLIPSIS
from tests.unit.screens_found import all_screens
from tests.unit.screens_hostile import seen
from tests.unit.screens_reading import payload
from tests.unit.screens_rules import problems

SIZES: dict[str, Callable[[Language], Content]] = {"ordinary": ordinary, "longest": longest}


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts()


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest) -> Language:
    found: Language = request.param
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", sorted(all_screens()))
def test_slack_takes_it(name: str, size: str, language: Language, texts: Texts) -> None:
    """No limit of Block Kit, of a message or of a view is passed."""
    words = texts.for_(language)
    drawn = {one.case: one.drawn(words) for one in samples(SIZES[size](language), words) if one.name == name}
    assert {case: found for case, one in drawn.items() if (found := problems(one))} == {}


def test_nothing_is_cut_off_in_an_ordinary_week(language: Language, texts: Texts) -> None:
    """A label that had to be shortened is a label that is too long."""
    words = texts.for_(language)
    for sample in samples(ordinary(language), words):
        cut = [text for text in seen(shown(sample.drawn(words))) if text.endswith(ELLIPSIS)]
        assert cut == [], sample


def test_titles_and_keys_are_never_cut_off(language: Language, texts: Texts) -> None:
    """A window's title and its two keys are ours alone, so they fit whatever people wrote."""
    words = texts.for_(language)
    for sample in samples(longest(language), words):
        drawn = sample.drawn(words)
        ours = [drawn.title, drawn.submit, drawn.close] if isinstance(drawn, View) and drawn.title else []
        assert [text for text in ours if text and len(text) > 24] == [], sample


def test_whose_eyes_is_never_cut_off(language: Language, texts: Texts) -> None:
    """The choice who can see a thing names everybody, or nobody, even with three long names."""
    words = texts.for_(language)
    for sample in samples(longest(language), words):
        if sample.name == "goals.visibility_options":
            assert [text for text in seen(payload(sample.drawn(words))) if text.endswith(ELLIPSIS)] == []


def test_long_content_is_as_long_as_the_product_allows(language: Language) -> None:
    """Were the long samples short, the limits above would be tested by nothing."""
    content = longest(language)
    for name, limit in LIMITS.items():
        value = getattr(content, name)
        assert {len(one) for one in (value if isinstance(value, tuple) else (value,))} == {limit}, name


@pytest.mark.parametrize("length", [0, 1, 2_999, 3_000, 3_001, 9_000, 12_000, 40_000])
def test_what_was_typed_is_handed_back_in_as_many_blocks_as_it_needs(length: int, texts: Texts) -> None:
    """Nothing typed is lost up to what one message carries, and a longer text never costs the whole message."""
    drawn = trouble.not_saved("x" * length, texts.for_(Language.EN))
    assert problems(drawn) == []
    handed = [block["text"]["text"] for block in drawn.blocks[2:]]
    assert "".join(handed) == "x" * min(length, 12_000)


def shown(drawn: Any) -> Any:
    return drawn.payload() if isinstance(drawn, View) else payload(drawn)

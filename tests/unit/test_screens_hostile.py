"""Whatever people type, nothing in a screen is alive, lies about its direction, or is refused by Slack (S10)."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.locales import Language, Words, load_texts
from bot.slack.blocks import Message, View
from bot.slack.samples import samples
from bot.slack.samples.content import ordinary
from bot.slack.samples.sample import Sample
from bot.slack.text import Mrkdwn, clip, escape, fill, lines, one_line, plain
from tests.unit.screens_found import all_screens
from tests.unit.screens_hostile import HOSTILE, hostile, lies, live, loose, seen, text_objects
from tests.unit.screens_reading import payload
from tests.unit.screens_rules import problems

CANARY = "Zauberzebra"
# Without white space, so that a screen may put it on one line or take the first word of it.
TEMPLATES = ("{0.__class__}", "{name}", "{}", "{{}}", "}{", "%s%(name)s", "$x", "\\n", "<!channel>", "&amp;", "&#60;")


@cache
def words_of(language: Language) -> Words:
    return load_texts().for_(language)


def drawn_samples(name: str, language: Language, text: str) -> list[tuple[Sample, Any]]:
    words = words_of(language)
    return [(one, one.drawn(words)) for one in samples(hostile(language, text), words) if one.name == name]


@cache
def ours(name: str, language: Language) -> dict[str, Counter[str]]:
    """Return the mentions a screen's samples hold by themselves, case by case."""
    words = words_of(language)
    drawn = [(one, one.drawn(words)) for one in samples(hostile(language, CANARY), words) if one.name == name]
    return {sample.case: live("\n".join(mrkdwn(one))) for sample, one in drawn}


def mrkdwn(drawn: Any) -> list[str]:
    """Return every text Slack would parse: mrkdwn objects and the notification."""
    line = [str(drawn.text)] if isinstance(drawn, Message) else []
    return line + [part["text"] for part in text_objects(payload(drawn), "mrkdwn")]


def check(sample: Sample, drawn: Any, language: Language) -> None:
    """Assert that a drawn sample is harmless and that Slack takes it."""
    parsed = mrkdwn(drawn)
    assert live("\n".join(parsed)) <= ours(sample.name, language)[sample.case], sample.name
    assert "".join(loose(text) for text in parsed) == "", sample.name
    assert all(part.get("verbatim") is True for part in text_objects(payload(drawn), "mrkdwn")), sample.name
    readable = seen([parsed, drawn.payload() if isinstance(drawn, View) else payload(drawn)])
    assert [lie for text in readable for lie in lies(text)] == [], sample.name
    assert problems(drawn) == [], sample.name


@pytest.mark.parametrize("name", sorted(all_screens()))
def test_no_hostile_text_comes_alive(name: str) -> None:
    """Each hostile string, in every place where somebody can type, in alternating languages."""
    assert len(HOSTILE) >= 40
    for number, text in enumerate(HOSTILE):
        language = list(Language)[number % 2]
        for sample, drawn in drawn_samples(name, language, text):
            check(sample, drawn, language)


@given(
    text=st.one_of(
        st.text(min_size=1, max_size=60),
        st.text(st.sampled_from("<>&!@#|{}%*_~`\n ^:;/ac\u202e\x00\u226e"), min_size=1, max_size=40),
        st.lists(st.sampled_from(HOSTILE[:40]), min_size=1, max_size=4).map("".join),
    ),
    name=st.sampled_from(sorted(all_screens())),
    language=st.sampled_from(Language),
)
@settings(max_examples=2_000, deadline=None)
def test_no_random_text_comes_alive(text: str, name: str, language: Language) -> None:
    """Two thousand texts nobody thought of."""
    for sample, drawn in drawn_samples(name, language, text):
        check(sample, drawn, language)


@pytest.mark.parametrize("name", sorted(all_screens()))
def test_what_people_type_is_shown_as_they_typed_it(name: str) -> None:
    """A brace, a percent sign or an entity in a text is that character, not a field of a template."""
    language = Language.EN
    places = {sample.case: CANARY in everything(drawn) for sample, drawn in drawn_samples(name, language, CANARY)}
    for text in TEMPLATES:
        for sample, drawn in drawn_samples(name, language, text):
            page = everything(drawn)
            assert not places[sample.case] or text in page or escape(text) in page, (sample.name, text)


def everything(drawn: Any) -> str:
    return "\n".join(seen([mrkdwn(drawn), drawn.payload() if isinstance(drawn, View) else payload(drawn)]))


def test_the_checks_see_what_is_wrong() -> None:
    """Live text, loose characters and lies are found where they are."""
    assert live("Hi <@U1>, <!here> &lt;!channel&gt; <https://x.example|x>") == Counter(
        ["<@U1>", "<!here>", "<https://x.example|x>"]
    )
    assert loose("a &amp; b & c < d") == "&<"
    assert loose("&lt;!channel&gt;") == ""
    assert lies("a\u202eb\x00\n\t") == ["0x202e", "0x0"]


@given(text=st.text(st.sampled_from("ab<>&"), max_size=60), limit=st.integers(2, 60))
@settings(max_examples=500, deadline=None)
def test_cutting_never_leaves_half_an_entity(text: str, limit: int) -> None:
    cut = clip(escape(text), limit)
    assert len(cut) <= limit
    assert loose(cut) == ""


@pytest.mark.parametrize("limit", range(2, 40))
def test_cutting_never_leaves_half_a_mention(limit: int) -> None:
    """A mention is whole or gone."""
    cut = clip(Mrkdwn("Hi <@U0PARTNER1> and <@U0PARTNER2>, welcome"), limit)
    assert loose(cut) == ""
    assert set(live(cut)) <= {"<@U0PARTNER1>", "<@U0PARTNER2>"}


def test_a_mention_we_mean_stays_alive_and_a_typed_one_does_not() -> None:
    said = fill("{ours} {typed}", ours=Mrkdwn("<@U1>"), typed="<@U1>")
    assert said == "<@U1> &lt;@U1&gt;"
    assert lines(said, Mrkdwn("")) == said


def test_plain_text_is_never_escaped() -> None:
    """Slack shows plain text as it is: an entity there would be read as one."""
    assert plain("{a} & b", a="<c> & {d}") == "<c> & {d} & b"
    assert one_line(" a\n b\u202e ", 10) == "a b"


def test_ordinary_samples_pass_the_same_checks() -> None:
    for language in Language:
        words = words_of(language)
        for sample in samples(ordinary(language), words):
            assert problems(sample.drawn(words)) == []

"""Both catalogues are complete, current and in their own language; dates and numbers follow the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from io import StringIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from rich.console import Console

from bot.locales import Language, load_texts, read_catalogue
from bot.locales.extract import NotASentence, Sentence, all_sentences, main, merged, outdated, rendered, sentences
from bot.locales.sheet import print_sheet

# German texts that may read like the English one. Add a text only if a German editor would write exactly this.
SAME_IN_BOTH = {
    "Tandem": "the product's name",
    "OK": "said in German too",
    "Name": "the same word",
}

# Words no German sentence holds. Left out because German has them too: in, an, am, so, was, war, will, man, also,
# all, her, most, not (Not), it (IT), do (Do = Donnerstag), as, a, on, no, made, hat, die. Hyphenated words are whole.
_ENGLISH = re.compile(
    "the|and|you|yours?|with|without|of|to|is|are|this|that|these|those|from|for|be|been|being|or|by|what|when|how|who|"
    "which|why|has|have|had|would|can|could|should|must|may|might|please|we|they|theirs?|them|there|its|if|but|than|then|"
    "until|after|before|about|into|does|did|don['’]t|isn['’]t|can['’]t|it['’]s|let['’]s|here|only|just|more",
    re.IGNORECASE,
)
# Strings for machines inside a sentence: code, commands, links and the names of fields.
_MACHINE = re.compile(r"`[^`]*`|\{[^}]*\}|</?[^>]*>|https?://\S+|/tandem\S*|@\w+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FORMAL = re.compile(r"(?<![.!?:…„“\"«»(·•\n*_–—])\s(Sie|Ihr|Ihnen|Ihre[mnrs]?)\b")


def fields(text: str) -> list[str]:
    """Return the placeholders of a template, sorted. Raises ValueError for a lone brace."""
    return sorted(f"{name}:{spec}" for _, name, spec, _ in Formatter().parse(text) if name is not None)


def english_words(text: str) -> set[str]:
    return {word for word in _WORD.findall(_MACHINE.sub(" ", text)) if _ENGLISH.fullmatch(word)}


def formal_address(text: str) -> list[str]:
    """Return capitalised Sie, Ihr … inside a sentence, where only a formal address is written so."""
    return [str(found) for found in _FORMAL.findall(text)]


def edges(text: str) -> tuple[str, str]:
    """Return the white space a text begins and ends with."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def pairs(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Yield every English form with its translation, where there is one."""
    for message in catalogue:
        if message.id and all(forms(message.string or "")):
            yield from zip(forms(message.id), forms(message.string or ""), strict=True)


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.fixture(scope="module", params=list(Language))
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    language: Language = request.param
    return read_catalogue(language)


@pytest.fixture(scope="module")
def german() -> Catalog:
    return read_catalogue(Language.DE)


class TestCatalogues:
    def test_are_up_to_date_with_the_code(self) -> None:
        """`make catalogues` has nothing to write."""
        assert [path.as_posix() for path in outdated()] == []

    def test_the_check_reports_the_same(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["--check"]) == 0, capsys.readouterr().out

    def test_miss_nothing(self, catalogue: Catalog) -> None:
        assert [message.id for message in catalogue if message.id and not all(forms(message.string or ""))] == []

    def test_hold_nothing_uncertain(self, catalogue: Catalog) -> None:
        assert [message.id for message in catalogue if message.id and message.fuzzy] == []

    def test_keep_every_placeholder(self, catalogue: Catalog) -> None:
        assert [pair for pair in pairs(catalogue) if fields(pair[0]) != fields(pair[1])] == []

    def test_keep_white_space_at_the_edges(self, catalogue: Catalog) -> None:
        assert [pair for pair in pairs(catalogue) if edges(pair[0]) != edges(pair[1])] == []

    def test_every_sentence_of_the_code_is_found_in_both_languages(self) -> None:
        texts = load_texts(strict=True)
        assert len(all_sentences()) > 50, "the extractor looks in the wrong place"
        for sentence in all_sentences():
            for language in Language:
                assert texts.for_(language)(forms(sentence.msgid)[0])


class TestGerman:
    def test_is_translated(self, german: Catalog) -> None:
        assert [msgid for msgid, text in pairs(german) if msgid == text and msgid not in SAME_IN_BOTH] == []

    def test_holds_no_english(self, german: Catalog) -> None:
        assert [(text, english_words(text)) for _, text in pairs(german) if english_words(text)] == []

    def test_says_du(self, german: Catalog) -> None:
        assert [(text, formal_address(text)) for _, text in pairs(german) if formal_address(text)] == []

    def test_needs_every_exception_it_has(self) -> None:
        assert all(reason for reason in SAME_IN_BOTH.values())


class TestTheChecksThemselves:
    @pytest.mark.parametrize(
        "text", ["Geh the Weg", "Sag OF course", "Your Ziel", "Was is los?", "Ziel (please)", "Don’t!"]
    )
    def test_english_in_german_is_seen(self, text: str) -> None:
        assert english_words(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Was war am Do in der To-do-Liste der IT? Man will so die Not und also her damit.",
            "Tippe `/tandem pause until 1 March`, {the} Rest folgt.",
            "Das steht auf <https://example.org/the|der Seite>.",
        ],
    )
    def test_german_is_left_alone(self, text: str) -> None:
        assert not english_words(text)

    @pytest.mark.parametrize("text", ["Haben Sie Zeit?", "Wir danken Ihnen.", "Das ist Ihr Ziel, {name}."])
    def test_formal_address_is_seen(self, text: str) -> None:
        assert formal_address(text)

    @pytest.mark.parametrize(
        "text",
        ["Sie kommt. Ihr Ziel ist klar.", "Für euch: Ihr seid ein Tandem.", "Das ist ihr Ziel.", "Sieh *Ihr* an"],
    )
    def test_they_and_her_are_left_alone(self, text: str) -> None:
        assert not formal_address(text)

    def test_placeholders_are_compared_with_their_format(self) -> None:
        assert fields("{name} {n:d} {name}") == ["n:d", "name:", "name:"]
        assert fields("{name}") != fields("{nahme}")
        with pytest.raises(ValueError, match="expected"):
            fields("{name")


class TestExtraction:
    def found(self, source: str) -> list[Sentence]:
        return list(sentences(source, "bot/x.py"))

    def test_finds_every_kind_of_call_in_order(self) -> None:
        source = """
text = N_("One")
say(words("Two"), page.words("Three"), words.many("{n} step", "{n} steps", n))
words("Four" if late else "Five"), words(refusal.text), other("Six"), tally.many("Seven", "Eight", 1)
"""
        assert [one.msgid for one in self.found(source)] == [
            "One", "Two", "Three", ("{n} step", "{n} steps"), "Four", "Five",
        ]  # fmt: skip

    @pytest.mark.parametrize("argument", ['f"Hello {name}"', '"Hello " + name', '"Hello %s" % name'])
    def test_refuses_a_sentence_put_together_on_the_spot(self, argument: str) -> None:
        with pytest.raises(NotASentence, match=r"bot/x\.py:1"):
            self.found(f"words({argument})")

    def test_keeps_translations_adds_new_sentences_and_drops_old_ones(self) -> None:
        old = Catalog(locale="de")
        old.add("Kept", "Behalten", user_comments=["checked by an editor"])
        old.add("Gone", "Weg")
        new = merged(Language.DE, [Sentence("Kept", "bot/b.py"), Sentence("New", "bot/b.py")], old)

        assert [(message.id, message.string) for message in new if message.id] == [("Kept", "Behalten"), ("New", "")]
        kept = new.get("Kept")
        assert kept is not None
        assert kept.user_comments == ["checked by an editor"]

    def test_fills_english_with_itself(self) -> None:
        new = merged(Language.EN, [Sentence("New", "a"), Sentence(("one", "many"), "a")], Catalog(locale="en"))
        assert [forms(message.string or "") for message in new if message.id] == [("New",), ("one", "many")]

    def test_a_sentence_that_became_plural_is_asked_for_again(self) -> None:
        old = Catalog(locale="de")
        old.add("step", "Schritt")
        new = merged(Language.DE, [Sentence(("step", "steps"), "a")], old)
        assert [forms(message.string or "") for message in new if message.id] == [("", "")]

    def test_refuses_two_plurals_of_one_singular(self) -> None:
        with pytest.raises(NotASentence, match="another plural"):
            merged(Language.EN, [Sentence(("a", "b"), "x"), Sentence(("a", "c"), "y")], Catalog(locale="en"))

    def test_writes_a_quiet_file(self) -> None:
        """No line number and no time stamp: a diff shows only words."""
        found = [Sentence("100 % of {it}", "bot/a.py"), Sentence("100 % of {it}", "bot/b.py")]
        text = rendered(Language.EN, merged(Language.EN, found, Catalog(locale="en")))
        assert text.endswith(
            "\n#: bot/a.py bot/b.py\n#, python-brace-format\n"
            'msgid "100 % of {it}"\nmsgstr "100 % of {it}"\n'
        )  # fmt: skip
        assert "Date" not in text

    def test_only_says_what_it_would_write_when_asked_to_check(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        stale = tmp_path / "tandem.po"
        stale.write_text("old")
        monkeypatch.setattr("bot.locales.extract.outdated", lambda: {stale: "new"})

        assert (main(["--check"]), stale.read_text()) == (1, "old")
        assert (main([]), stale.read_text()) == (0, "new")
        assert capsys.readouterr().out == f"not up to date: {stale}\nwritten: {stale}\n"


class TestWords:
    def test_missing_sentences_come_in_english(self) -> None:
        words = load_texts().for_(Language.DE)
        assert words("There is no such sentence, {name}.") == "There is no such sentence, {name}."
        assert words.many("{n} thing nobody knows", "{n} things nobody knows", 2) == "{n} things nobody knows"

    def test_missing_sentences_raise_when_strict(self) -> None:
        words = load_texts(strict=True).for_(Language.DE)
        with pytest.raises(KeyError):
            words("There is no such sentence.")
        with pytest.raises(KeyError):
            words.many("{n} thing nobody knows", "{n} things nobody knows", 2)

    def test_nothing_stays_nothing(self) -> None:
        assert load_texts(strict=True).for_(Language.DE)("") == ""

    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            (Language.DE, ["Montag, 30. November", "30. November", "30. November 2026", "Montag", "09:00"]),
            (Language.EN, ["Monday, 30 November", "30 November", "30 November 2026", "Monday", "09:00"]),
        ],
    )
    def test_dates_are_written_as_people_say_them(self, language: Language, expected: list[str]) -> None:
        words = load_texts().for_(language)
        day = date(2026, 11, 30)
        assert [
            words.date(day), words.day(day), words.full_date(day), words.weekday(day.weekday()), words.time(time(9)),
        ] == expected  # fmt: skip

    @pytest.mark.parametrize(
        ("language", "expected"),
        [
            (Language.DE, ["1.234,5", "50\N{NO-BREAK SPACE}%", "", "a", "a und b", "a, b und c"]),
            (Language.EN, ["1,234.5", "50%", "", "a", "a and b", "a, b and c"]),
        ],
    )
    def test_numbers_and_lists_follow_the_reader(self, language: Language, expected: list[str]) -> None:
        words = load_texts().for_(language)
        lists = [words.list(list(items)) for items in ("", "a", "ab", "abc")]
        assert [words.number(1234.5), words.percent(0.5), *lists] == expected


class TestLanguage:
    @pytest.mark.parametrize(
        ("locale", "language"),
        [
            ("de-DE", Language.DE), ("de_AT", Language.DE), ("DE", Language.DE), ("en-GB", Language.EN),
            ("fr-FR", Language.EN), ("den", Language.EN), ("", Language.EN), (None, Language.EN),
        ],
    )  # fmt: skip
    def test_follows_the_slack_locale(self, locale: str | None, language: Language) -> None:
        assert Language.from_slack_locale(locale) is language


def test_the_sheet_shows_both_languages_side_by_side() -> None:
    """An editor sees the English text, the German one beside it and a mark where one is missing."""
    english, german = Catalog(locale="en"), Catalog(locale="de")
    for catalogue, texts in ((english, ("Hello", "[Bye]")), (german, ("Hallo", ""))):
        for msgid, text in zip(("Hello", "Bye"), texts, strict=True):
            catalogue.add(msgid, text, locations=[("bot/slack/screens/x.py", 0)])
    paper = Console(file=StringIO(), width=100)

    print_sheet(paper, english, german)

    assert isinstance(paper.file, StringIO)
    lines = [" ".join(line.split()) for line in paper.file.getvalue().splitlines() if line.strip()]
    assert lines == ["bot/slack/screens/x.py", "Hello Hallo", "[Bye] missing"]


def test_messages_know_their_file() -> None:
    """The sheet can group by file because every entry carries one."""
    entries: list[Message] = [message for message in read_catalogue(Language.EN) if message.id]
    assert all(message.locations for message in entries)

"""The story ends well in both languages, and it notices when something is not as it should be."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from string import Formatter

import pytest
from rich.cells import cell_len

from bot.locales import Language
from demo.story import checks
from demo.story.cast import cast
from demo.story.printer import WIDTH
from demo.story.record import ACTS, Entry, Kind
from demo.story.stage import Secret
from demo.story.telling import tell
from demo.story.voice import TOLD, TYPED, Voice
from demo.town import Town

PEOPLE = cast()
KINDS_TOLD = {"typed", "clicked", "filled", "opened", "message", "private", "changed", "taken_back", "window", "home"}
SIGHTS = {
    Language.EN: ("only Mira sees", "Hello, Mira", "/tandem note", "Promises: 19 made, 14 of them due"),
    Language.DE: ("nur für Mira", "Hallo, Mira", "/tandem notiz", "Zusagen: 19 gegeben, 14 davon"),
}


@pytest.mark.slow
@pytest.mark.parametrize("language", list(Language))
def test_the_story_ends_well(language: Language) -> None:
    """Six people, four weeks, every check in order, nothing wider than the page."""
    paper = StringIO()

    assert tell(language, out=paper) == 0

    told = paper.getvalue()
    for sight in (*(player.name for player in PEOPLE.values()), *SIGHTS[language]):
        assert sight in told
    assert "✗" not in told and told.count("✓") == 5
    assert max(map(cell_len, told.splitlines())) <= WIDTH


@pytest.mark.slow
def test_every_recorded_thing_is_one_line_of_json_and_nothing_else_is_printed() -> None:
    """`tandem story --json`, by HTTP: each line parses, everybody acts and sees, the clean output has no log line."""
    command = [sys.executable, "-m", "bot", "story", "--json", "--http", "--language", "de"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {one["kind"] for one in found} == KINDS_TOLD
    assert {who for one in found for who in one.get("by", ())} == set(PEOPLE)
    assert {who for one in found for who in one.get("to", ())} == set(PEOPLE)
    assert all(one["at"] and one["text"] for one in found)


def test_the_story_fails_when_a_message_does_not_arrive() -> None:
    """Slack refuses the first message: the story stops, says who missed what, and is not well."""
    paper = StringIO()

    def spoil(town: Town) -> None:
        town.box.faults.add(method="chat.postMessage", kind="error", error="is_archived")

    assert tell(Language.EN, out=paper, meddle=spoil) == 1
    assert "✗ Olga Brandt should have seen something (ready) and did not." in paper.getvalue()


def test_the_story_fails_aloud_when_only_json_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    """What went wrong goes to standard error, so that every line on standard output stays JSON."""

    def spoil(town: Town) -> None:
        town.box.scopes -= {"groups:read"}

    assert tell(Language.DE, as_json=True, meddle=spoil) == 1

    printed = capsys.readouterr()
    assert all(json.loads(line)["kind"] in KINDS_TOLD for line in printed.out.splitlines())
    assert "✗ Etwas war nicht auf dem Bildschirm: olga" in printed.err


@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_in_doubt_when_all_came_as_it_should(language: Language) -> None:
    assert _doubts(_as_it_should_be(), language=language) == []


def test_a_missing_check_in_is_noticed() -> None:
    first, *rest = _as_it_should_be()
    name = PEOPLE[first.to[0]].name

    assert _doubts(rest) == [f"{name} got no check-in on Monday, 12 October at nine."]


def test_a_check_in_at_the_wrong_hour_is_noticed() -> None:
    first, *rest = _as_it_should_be()
    late = replace(first, at=first.at + timedelta(hours=1))

    assert len(_doubts([late, *rest])) == 2


def test_a_message_sent_twice_is_noticed_by_its_key_and_by_its_words() -> None:
    """A second delivery has the same key; a second planning has other keys and the same words."""
    seen = _as_it_should_be()
    again = _message(0, "mira", "summary", "Jonas kept the promise")
    replanned = replace(again, key="summary:other")

    for twice in ([again, again], [again, replanned]):
        assert any("twice" in doubt for doubt in _doubts([*seen, *twice]))


def test_a_reminder_too_many_is_noticed() -> None:
    extra = _message(1, "mira", "checkin_reminder", "Still open")

    assert _doubts([*_as_it_should_be(), extra]) == ["Mira Vogel got 1 reminders instead of 0."]


def test_a_message_during_a_break_is_noticed() -> None:
    disturbing = _message(15, "ana", "checkin_summary", "Raj kept the promise")

    assert _doubts([*_as_it_should_be(), disturbing]) == [
        "Ana Sousa was written to during a break: “Raj kept the promise”"
    ]


def test_a_private_word_before_the_wrong_eyes_is_noticed_wherever_it_shows() -> None:
    """Whatever sort of thing shows it; the one who typed it is no leak."""
    secret = Secret("only for me", frozenset({"mira"}))
    typed = replace(_message(0, "mira", "", "only for me"), kind=Kind.TYPED)
    for kind in set(Kind) - ACTS:
        leaked = replace(_message(0, "olga", "x", "it says only for me"), kind=kind)

        doubts = _doubts([*_as_it_should_be(), typed, leaked], [secret])
        assert doubts == ["Olga Brandt could read what was not meant for them: “only for me”"]


def test_both_languages_have_every_text_with_the_same_fields() -> None:
    for part in TOLD:
        for key, (english, german) in part.items():
            assert _fields(english) == _fields(german), key
    assert [key for part in TYPED for key, (english, german) in part.items() if english == german] == []


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def _as_it_should_be() -> list[Entry]:
    """Return the check-ins and reminders of four good weeks, in order."""
    asked = [_message(0, who, "checkin", f"Hello, {who}") for who, _ in checks.due(PEOPLE)]
    seen = [
        replace(one, at=at, key=f"{one.key}:{at.isoformat()}")
        for one, (_, at) in zip(asked, checks.due(PEOPLE), strict=True)
    ]
    return [*seen, *(_message(9, who, "checkin_reminder", "Still open") for who in checks.REMINDED)]


def _message(days: int, who: str, about: str, text: str) -> Entry:
    """Return a DM on a day of the first week or later, at noon of the first Monday's zone."""
    _, monday = next(checks.due(PEOPLE))
    at = monday + timedelta(days=days, hours=3)
    return Entry(at, Kind.MESSAGE, (who,), text, "dm", about=about, key=f"{about}:{who}", spot=(who, str(at)))


def _doubts(seen: Sequence[Entry], secrets: Sequence[Secret] = (), language: Language = Language.EN) -> list[str]:
    return checks.doubts(seen, secrets, PEOPLE, Voice(language))

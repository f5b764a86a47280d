"""The season ends well in both languages and by both transports, and it notices what is not as it should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner

from bot.cli import build
from bot.locales import Language
from demo.story.plots import SEASON
from demo.story.printer import WIDTH
from demo.story.reading import Block
from demo.story.record import Entry, Kind
from demo.story.season import checks
from demo.story.season.calendar import SILENT, WEEKS, due, players
from demo.story.season.habits import ANSWERS
from demo.story.stage import Secret
from demo.story.telling import tell
from demo.story.voice import Voice
from demo.town import Transport

PEOPLE = players()
SIGHTS = {
    Language.EN: ("season in twelve weeks", "How does it fit", "Good Friday", "certificate.pdf", "a little → "),
    Language.DE: ("zwölf gemeinsame Wochen", "Wie passt es", "Karfreitag", "certificate.pdf", "ein wenig → "),
}
BUTTON: Sequence[Block] = ({"type": "actions", "elements": [{"type": "button", "action_id": "checkin.open"}]},)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "transport"), [(Language.EN, "socket"), (Language.DE, "http")])
def test_the_season_ends_well(language: Language, transport: Transport) -> None:
    """Seven people, twelve weeks, every check in order, nothing wider than the page."""
    paper = StringIO()

    assert tell(language, plot=SEASON, transport=transport, out=paper) == 0, paper.getvalue()[-2_000:]

    told = paper.getvalue()
    for sight in (*(player.name for player in PEOPLE.values()), *SIGHTS[language]):
        assert sight in told
    assert "✗" not in told and told.count("✓") == 7
    assert max(map(cell_len, told.splitlines())) <= WIDTH


@pytest.mark.slow
def test_the_season_fails_where_nobody_knows_of_easter() -> None:
    """The same season in a programme without a calendar of holidays: it is played to its end, and found wrong."""
    paper = StringIO()

    assert tell(Language.EN, plot=replace(SEASON, programme={}), out=paper) == 1

    told = paper.getvalue()
    assert "✗ Mira Vogel got no check-in on Tuesday, 30 March at nine." in told
    assert "✗ Mira Vogel got a check-in at Mon 09:00, which nobody expected." in told
    assert "✗ Mira Vogel was written to on a public holiday" in told
    assert "✓" not in told


def test_a_length_that_no_story_has_is_refused() -> None:
    result = CliRunner().invoke(build(), ["story", "--weeks", "5"])

    assert result.exit_code == 2
    assert "there is 4, 12" in result.output


def test_everybody_answers_in_every_week_in_which_they_are_asked() -> None:
    """One letter a week; whoever is away, or not there yet, has none."""
    for who, letters in ANSWERS.items():
        asked = {at.isocalendar().week for one, at in due(PEOPLE) if one == who}
        first = datetime(2027, 2, 8, tzinfo=UTC).isocalendar().week
        assert {first + week for week, letter in enumerate(letters) if letter != "-"} == asked & set(
            range(first, first + WEEKS)
        )


@pytest.mark.parametrize("language", list(Language))
def test_nothing_is_in_doubt_when_all_came_as_it_should(language: Language) -> None:
    assert _doubts(_as_it_should_be(), language=language) == []


def test_a_week_that_is_not_asked_about_is_noticed() -> None:
    first, *rest = _as_it_should_be()

    assert _doubts(rest) == [f"{PEOPLE[first.to[0]].name} got no check-in on Monday, 8 February at nine."]


def test_a_message_on_a_holiday_is_noticed() -> None:
    disturbing = _message("jonas", datetime(2027, 3, 26, 12, tzinfo=UTC), "note_shared", "Mira wrote")

    assert _doubts([*_as_it_should_be(), disturbing]) == ["Jonas Lind was written to on a public holiday: “Mira wrote”"]


def test_a_message_during_a_break_is_noticed() -> None:
    disturbing = _message("mira", datetime(2027, 3, 2, 12, tzinfo=UTC), "checkin_summary", "Jonas kept it")

    assert _doubts([*_as_it_should_be(), disturbing]) == ["Mira Vogel was written to during a break: “Jonas kept it”"]


def test_an_answer_after_which_no_promise_stands_is_noticed() -> None:
    """The message has to turn into one that says what was promised, at once."""
    answer = _answer("noor", "go home at six")
    turned = replace(answer, kind=Kind.CHANGED, text="Answered. Your promise: go home at six", values={})
    asked_again = [one for one in _as_it_should_be() if one.to != ("noor",) or one.at < answer.at]
    missing = [one for one in _doubts([*asked_again, answer]) if "no promise stood" in one]

    assert len(missing) == 1 and missing[0].startswith("Noor Haddad answered at Mon 14:00")
    assert not any("no promise stood" in one for one in _doubts([*asked_again, answer, turned]))


def test_a_check_in_that_asks_for_something_else_is_noticed() -> None:
    answer = _answer("noor", "go home at six")
    turned = replace(answer, kind=Kind.CHANGED, text="go home at six", values={})
    seen = sorted([*_as_it_should_be(), answer, turned], key=lambda one: one.at)

    forgotten = [one for one in _doubts(seen) if "but not for what was promised" in one]
    later = [at for who, at in due(PEOPLE) if who == "noor" and at > answer.at]
    assert len(forgotten) == len(later) > 0
    assert all(one.startswith("Noor Haddad was asked") for one in forgotten)


def test_a_message_with_no_way_on_is_noticed_unless_it_closes_something() -> None:
    at = datetime(2027, 2, 10, 12, tzinfo=UTC)
    dead_end = _message("ana", at, "half_time", "Half of your time is over", blocks=())
    ending = _message("ana", at, "parted", "Your time with Raj ends here", blocks=())

    assert _doubts([*_as_it_should_be(), dead_end, ending]) == [
        "Ana Sousa got a message with no way on: “Half of your time is over”"
    ]


def test_a_question_about_silence_too_many_or_to_somebody_else_is_noticed() -> None:
    at = datetime(2027, 4, 14, 12, tzinfo=UTC)
    partner = _message("noor", at, "silence_ask", "Have you been in touch?")

    assert _doubts([*_as_it_should_be(), partner]) == ["Noor Haddad was asked about silence 1 times instead of 0."]


def test_a_private_word_before_the_partner_of_before_is_noticed() -> None:
    """Who read it once has no right to what is written to the new partner."""
    leaked = _message("ana", datetime(2027, 3, 10, 12, tzinfo=UTC), "checkin_summary", "Raj: call the supplier")
    secret = Secret("call the supplier", frozenset({"raj", "noor"}))

    assert _doubts([*_as_it_should_be(), leaked], [secret]) == [
        "Ana Sousa could read what was not meant for them: “call the supplier”"
    ]


def _as_it_should_be() -> list[Entry]:
    """Return the check-ins of a good season in their order, and one word to the one who was silent."""
    asked = [_message(who, at, "checkin", f"Hello, {who}") for who, at in due(PEOPLE)]
    nudge = _message(SILENT, datetime(2027, 3, 24, 4, 30, tzinfo=UTC), "silence_nudge", "It has been quiet")
    return sorted([*asked, nudge], key=lambda one: one.at)


def _message(who: str, at: datetime, about: str, text: str, blocks: Sequence[Block] = BUTTON) -> Entry:
    key = f"{about}:{who}:{at.isoformat()}"
    return Entry(at, Kind.MESSAGE, (who,), text, "dm", blocks=blocks, about=about, key=key, spot=(who, key))


def _answer(who: str, promise: str) -> Entry:
    """Return the form of a check-in as somebody sent it in the tenth week."""
    at = datetime(2027, 4, 12, 10, tzinfo=UTC)
    return Entry(at, Kind.FILLED, (who,), promise, values={"promise": promise}, about="checkin.save")


def _doubts(seen: Sequence[Entry], secrets: Sequence[Secret] = (), language: Language = Language.EN) -> list[str]:
    return checks.found(seen, secrets, PEOPLE, Voice(language))

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from bot.domain.checkins import CheckinState, Outcome
from bot.domain.weeks import A_WEEK, FEWEST, MOST, Mark, Reported, Week, any_sign, begun, first_monday, picture_of
from bot.locales import Language, load_texts
from bot.slack.attachments.bars import PAPER
from bot.slack.attachments.weeks import BLUE, ORANGE, draw_weeks

TODAY, MONDAY = date(2026, 11, 19), date(2026, 11, 16)
A_DAY = timedelta(days=1)


def answered(day: date, outcome: Outcome | None = None) -> Reported:
    return Reported(day, CheckinState.ANSWERED, outcome)


@pytest.mark.parametrize(
    ("state", "outcome", "mark"),
    [
        *((CheckinState.ANSWERED, outcome, Mark(outcome.value)) for outcome in Outcome),
        (CheckinState.ANSWERED, None, Mark.ANSWERED),
        (CheckinState.NOT_THIS_WEEK, None, Mark.ASIDE),
        (CheckinState.MISSED, None, Mark.NONE),
        (CheckinState.OPEN, None, Mark.NONE),
    ],
)
def test_a_week_shows_what_was_said_and_holds_nothing_against_silence(
    state: CheckinState, outcome: Outcome | None, mark: Mark
) -> None:
    *_, last = picture_of(TODAY, [Reported(TODAY, state, outcome)], [])
    assert last == Week(MONDAY, mark, 0)


def test_of_several_reports_in_a_week_the_last_answer_counts() -> None:
    """An open one behind it takes nothing away."""
    several = [answered(MONDAY, Outcome.NOT_YET), answered(MONDAY + A_DAY, Outcome.KEPT)]
    *_, last = picture_of(TODAY, [*several, Reported(TODAY, CheckinState.OPEN, None)], [])
    assert last.mark is Mark.KEPT


def test_a_beginning_is_four_weeks_and_a_long_time_is_eight() -> None:
    """With every week in between, and notes in the week they were written in."""
    young = picture_of(TODAY, [answered(TODAY)], [MONDAY, MONDAY + 6 * A_DAY, MONDAY - A_DAY])
    assert [week.notes for week in young] == [0, 0, 1, 2]
    assert len(young) == FEWEST

    old = picture_of(TODAY, [answered(MONDAY - weeks * A_WEEK) for weeks in range(30)], [])
    assert [week.monday for week in old] == [first_monday(TODAY) + weeks * A_WEEK for weeks in range(MOST)]
    assert all(week.mark is Mark.ANSWERED for week in old)


def test_nothing_at_all_is_seen_as_nothing() -> None:
    assert not any_sign(picture_of(TODAY, [Reported(TODAY, CheckinState.MISSED, None)], []))
    assert any_sign(picture_of(TODAY, [], [TODAY]))


def area(picture: Image.Image, colour: str) -> int:
    """Return how many pixels have a colour."""
    wanted = tuple(bytes.fromhex(colour.removeprefix("#")))
    return {found: count for count, found in picture.getcolors(1 << 22) or []}.get(wanted, 0)


def drawn(*weeks: Week, language: Language = Language.DE) -> Image.Image:
    return Image.open(io.BytesIO(draw_weeks(weeks, load_texts().for_(language)))).convert("RGB")


@pytest.mark.parametrize("language", list(Language))
def test_nothing_runs_over_the_edge(language: Language) -> None:
    """Eight weeks, every mark, many notes."""
    marks = [*Mark, Mark.KEPT, Mark.KEPT]
    picture = drawn(*(Week(MONDAY + n * A_WEEK, mark, 999) for n, mark in enumerate(marks)), language=language)
    width, height = picture.size
    sides = [picture.getpixel((x, y)) for x in (0, width - 1) for y in range(height)]
    ends = [picture.getpixel((x, y)) for x in range(width) for y in (0, height - 1)]
    assert set(sides + ends) == {tuple(bytes.fromhex(PAPER.removeprefix("#")))}


def test_a_bar_is_as_high_as_its_notes_and_a_part_is_less_than_the_whole() -> None:
    assert area(drawn(Week(MONDAY, Mark.NONE, 4), Week(MONDAY + A_WEEK, Mark.NONE, 2)), ORANGE) == pytest.approx(
        1.5 * area(drawn(Week(MONDAY, Mark.NONE, 1)), ORANGE), rel=0.02
    )
    full, half, empty = (area(drawn(Week(MONDAY, mark, 0)), BLUE) for mark in (Mark.KEPT, Mark.PARTLY, Mark.NOT_YET))
    assert full > half > empty > 0
    assert area(drawn(Week(MONDAY, Mark.NONE, 0)), BLUE) == 0


def test_the_week_under_way_is_left_out_while_it_is_empty() -> None:
    """On a Monday morning nobody reads that this week was a quiet one; a quiet week between others stays."""
    kept = [Week(TODAY - number * A_WEEK, Mark.KEPT, 0) for number in (3, 1)]
    quiet, now = Week(TODAY - 2 * A_WEEK, Mark.NONE, 0), Week(TODAY, Mark.NONE, 0)
    assert begun((kept[0], quiet, kept[1], now)) == (kept[0], quiet, kept[1])
    assert begun((now,)) == ()
    assert begun((now, kept[0])) == (kept[0],)

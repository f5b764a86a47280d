"""Later today, not this week, and a report ahead of time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from demo.town import Town
from tests.scenario.habits import answer, checkins, everything, form, letters, local, sent, together, told, typed
from tests.scenario.people import newest, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
AN_HOUR, A_DAY, A_WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


def asked_twice(town: Town) -> None:
    """Have Lena and Noah together, and Lena asked about her promise of two pages."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"promise": "two pages"})
    town.travel_to(NEXT_MONDAY + A_WEEK)


def now(town: Town, ts: str) -> str:
    return shown(next(one for one in letters(town, "lena") if one.ts == ts))


def times(town: Town) -> list[str]:
    return [local(one, "Europe/Berlin") for one in checkins(town, "lena") if "checkin.kept" in str(one.blocks)]


def test_later_today_asks_again_some_hours_on_once(town: Town) -> None:
    """However often it was tapped; and it can be put off again."""
    asked_twice(town)
    asked = checkins(town, "lena")[-1]
    town.clicks("lena", asked, "checkin.later")
    assert "12:00" in now(town, asked.ts)
    town.travel(AN_HOUR / 2)
    town.says("lena", "/tandem checkin")
    town.box.close_modal("lena")
    town.travel(3 * AN_HOUR)
    assert times(town) == ["Mon 2026-11-16 12:00"]
    town.clicks("lena", checkins(town, "lena")[-1], "checkin.later")
    town.travel(4 * AN_HOUR)
    assert times(town) == ["Mon 2026-11-16 15:00"]


def test_who_answered_meanwhile_is_not_asked_again(town: Town) -> None:
    asked_twice(town)
    town.clicks("lena", checkins(town, "lena")[-1], "checkin.later")
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"outcome": "kept", "promise": "two more"})
    before = len(checkins(town, "lena"))
    town.travel(6 * AN_HOUR)
    assert len(checkins(town, "lena")) == before


def test_when_the_day_is_nearly_over_nothing_is_promised(town: Town) -> None:
    asked_twice(town)
    town.travel(8 * AN_HOUR)
    asked = checkins(town, "lena")[-1]
    town.clicks("lena", asked, "checkin.later")
    assert "nearly over" in now(town, asked.ts)


def test_who_moves_while_the_question_waits_is_not_asked_at_night(town: Town) -> None:
    """Noon in Berlin is six in the morning in Toronto: it comes when work begins there."""
    asked_twice(town)
    town.clicks("lena", checkins(town, "lena")[-1], "checkin.later")
    town.box.change_person("lena", zone="America/Toronto")
    town.travel(10 * AN_HOUR)
    [again] = [one for one in checkins(town, "lena") if "checkin.kept" in str(one.blocks)]
    assert local(again, "America/Toronto") == "Mon 2026-11-16 09:00"


def test_a_week_put_aside_keeps_the_promise_and_tells_the_partner_kindly(town: Town) -> None:
    """No reminder comes; the promise is asked for in the next week."""
    asked_twice(town)
    asked = checkins(town, "lena")[-1]
    town.clicks("lena", asked, "checkin.aside")
    assert "nothing is missing" in now(town, asked.ts)
    town.deliver()
    assert "leaves this week out" in told(town, "noah")[-1]
    assert "two pages" in told(town, "noah")[-1]
    assert "23 November" in told(town, "noah")[-1]
    town.travel(6 * A_DAY)
    assert not any("still open" in one for one in told(town, "lena"))
    town.travel(A_DAY)
    assert "two pages" in shown(checkins(town, "lena")[-1])


def test_a_week_put_aside_can_be_answered_after_all(town: Town) -> None:
    """What the partner read becomes the answer, in place."""
    asked_twice(town)
    asked = checkins(town, "lena")[-1]
    town.clicks("lena", asked, "checkin.aside")
    town.deliver()
    before = [one.ts for one in letters(town, "noah")]
    town.travel(A_DAY)
    town.clicks("lena", next(one for one in letters(town, "lena") if one.ts == asked.ts), "checkin.open")
    sent(town, "lena", {"outcome": "kept", "promise": "two more"})
    town.deliver()
    assert "two more" in everything(town, "noah")
    assert "leaves this week out" not in everything(town, "noah")
    assert [one.ts for one in letters(town, "noah")][: len(before)] == before


def test_in_the_first_week_there_is_no_promise_to_keep(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    town.clicks("lena", checkins(town, "lena")[-1], "checkin.aside")
    town.deliver()
    assert "checks in again on Monday, 16 November" in told(town, "noah")[-1]


def test_a_break_beyond_the_week_leaves_no_answer_missing(town: Town) -> None:
    """The row of weeks goes on after it."""
    asked_twice(town)
    town.says("lena", "/tandem pause 2 weeks")
    town.travel(2 * A_WEEK)
    asked = checkins(town, "lena")[-1]
    town.clicks("lena", asked, "checkin.partly")
    town.clicks("lena", next(one for one in letters(town, "lena") if one.ts == asked.ts), "checkin.carry")
    assert "2 weeks in a row" in now(town, asked.ts)


def test_what_is_done_early_is_reported_ahead_of_time(town: Town) -> None:
    """On Thursday, beside Monday's check-in; next Monday asks for the newer promise."""
    asked_twice(town)
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"outcome": "kept", "promise": "two more"})
    town.travel(3 * A_DAY)
    town.says("lena", "/tandem checkin")
    assert "Is “two more” done already?" in form(town, "lena")
    town.box.click_view("lena", "checkin.early")
    assert town.tandem.follow_ups.wait()
    assert "You promised: “two more”" in form(town, "lena")
    assert "23 November" in form(town, "lena")
    assert typed(town, "lena", "promise") is None
    sent(town, "lena", {"outcome": "kept", "promise": "a third page"})
    town.deliver()
    assert "a third page" in told(town, "noah")[-1]
    town.travel_to(NEXT_MONDAY + 2 * A_WEEK)
    assert "a third page" in shown(checkins(town, "lena")[-1])


def test_who_checks_in_before_the_first_one_has_done_that_week(town: Town) -> None:
    """The check-in of a Thursday, done on Tuesday, does not come on Thursday any more."""
    together(town, "lena", "noah", weekday="thursday")
    town.travel_to(NEXT_MONDAY + A_DAY)
    town.travel_to(NEXT_MONDAY + A_WEEK + A_DAY)
    before = len(checkins(town, "lena"))
    town.says("lena", "/tandem checkin")
    sent(town, "lena", {"promise": "late for last week"})
    town.says("lena", "/tandem checkin")
    town.box.click_view("lena", "checkin.early")
    assert town.tandem.follow_ups.wait()
    sent(town, "lena", {"outcome": "kept", "promise": "early for this week"})
    town.travel(4 * A_DAY)
    assert len(checkins(town, "lena")) == before
    town.travel(5 * A_DAY)
    assert "early for this week" in shown(checkins(town, "lena")[-1])


def test_where_none_is_open_yet_a_button_opens_one(town: Town) -> None:
    together(town, "lena", "noah")
    assert "9 November" in answer(town, "lena", "/tandem checkin")
    town.clicks("lena", newest(town, "lena"), "checkin.early")
    sent(town, "lena", {"promise": "a first step"})
    town.deliver()
    assert "a first step" in told(town, "noah")[-1]
    town.travel_to(NEXT_MONDAY)
    assert "a first step" in shown(checkins(town, "lena")[-1])

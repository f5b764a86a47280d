"""News for somebody on a break, or after work, waits until they are there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from demo.town import Town
from tests.scenario.people import answer_checkin, dms, paired, shown

MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)


def _news_while_away(town: Town) -> None:
    """Jonas goes on a break on Monday until Friday, and on Tuesday Mira has news for him."""
    paired(town, "mira", "jonas")
    town.travel_to(MONDAY + timedelta(minutes=10))
    town.says("jonas", "/tandem pause until 13 November")
    town.travel(A_DAY)
    answer_checkin(town, "mira", "write the outline")
    town.deliver()


def test_news_during_a_break_waits_for_the_morning_of_the_return(town: Town) -> None:
    """Nothing arrives until Friday at nine, and then it does, once."""
    _news_while_away(town)
    before = len(dms(town, "jonas"))

    town.travel_to(MONDAY + 4 * A_DAY - timedelta(minutes=1))
    assert len(dms(town, "jonas")) == before
    town.travel_to(MONDAY + 4 * A_DAY)

    arrived = [shown(one) for one in dms(town, "jonas")[before:]]
    assert len([text for text in arrived if "write the outline" in text]) == 1
    assert len([text for text in arrived if "Wie passt es mit Mira?" in text]) == 1, "asked after the break"
    assert len(arrived) == 2
    town.travel_to(MONDAY + 9 * A_DAY + timedelta(hours=8))
    later = [shown(one) for one in dms(town, "jonas")[before + 2 :]]
    assert len([text for text in later if "voneinander erwartet" in text]) == 1, "the agreement is unsigned"


def test_coming_back_early_brings_the_news_at_once(town: Town) -> None:
    _news_while_away(town)
    before = len(dms(town, "jonas"))

    town.says("jonas", "/tandem resume")
    town.deliver()

    assert [("write the outline" in shown(one)) for one in dms(town, "jonas")[before:]] == [True]


def test_news_that_was_waiting_for_the_morning_also_respects_a_break(town: Town) -> None:
    """Mira reports after Jonas's working day; that evening Jonas goes on a break, and the next morning is quiet."""
    paired(town, "mira", "jonas")
    town.travel_to(MONDAY + timedelta(hours=9))
    answer_checkin(town, "mira", "write the outline")
    town.deliver()
    before = len(dms(town, "jonas"))
    town.says("jonas", "/tandem pause until 12 November")

    town.travel(A_DAY)
    assert len(dms(town, "jonas")) == before
    town.travel_to(MONDAY + 3 * A_DAY)

    assert len([one for one in dms(town, "jonas")[before:] if "write the outline" in shown(one)]) == 1


def test_a_cheer_after_work_arrives_in_the_morning(town: Town) -> None:
    """Jonas cheers in the evening; nothing rings at Mira's until nine."""
    paired(town, "mira", "jonas")
    town.travel_to(MONDAY + timedelta(minutes=5))
    answer_checkin(town, "mira", "write the outline")
    town.travel(timedelta(hours=11))
    before = len(dms(town, "mira"))

    read = next(one for one in reversed(dms(town, "jonas")) if "checkin.cheer" in str(one.blocks))
    town.clicks("jonas", read, "checkin.cheer")
    town.deliver()
    assert len(dms(town, "mira")) == before
    town.travel_to(MONDAY + A_DAY)

    assert [":clap:" in shown(one) for one in dms(town, "mira")[before:]] == [True]

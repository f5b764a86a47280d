"""The main loop, end to end: join, match, promise, a week later a check-in, the partner reads the shared part."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from demo.town import Town
from tests.scenario.people import answer_checkin, dms, newest, paired, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


def test_two_colleagues_promise_each_other_something_and_report_a_week_later(town: Town) -> None:
    """A promise made in week one is asked for in week two, and the partner reads what became of it."""
    paired(town, "mira", "jonas")

    town.travel_to(NEXT_MONDAY)
    answer_checkin(town, "mira", "write the outline", reflection="only for me")
    town.travel(timedelta(days=7))
    asked = dms(town, "mira")[-1]
    assert "write the outline" in asked.text

    town.clicks("mira", asked, "checkin.open")
    told = {"outcome": "kept", "progress": "it took two evenings", "promise": "rehearse the opening"}
    answer = town.submits("mira", told)
    assert answer.ok and not answer.errors
    town.deliver()

    summary = shown(newest(town, "jonas"))
    assert "Mira" in summary and "write the outline" in summary
    assert "it took two evenings" in summary and "rehearse the opening" in summary
    assert "only for me" not in str(town.box.messages("jonas"))

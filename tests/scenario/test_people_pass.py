"""Once a day the bot reads Slack's list of people: what it missed while nobody listened is made good."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.clock.ticks import Ticker, TickRules
from bot.db.people import PersonRow
from bot.domain.people import Language
from bot.slack.passes import EVERY, PAGE, PAGES, SILENT, TURN
from demo.town import Town
from tests.scenario.habits import answer, checkins, live_here, local, programme, together, told

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


def missed(town: Town, who: str, **changes: Any) -> None:
    """Have something change about a person while the bot is away, and the event never come."""
    town.stop_bot()
    town.box.change_person(who, **changes)
    town.box.hub.courier.history.clear()
    town.start_bot()


def sync(town: Town) -> int:
    return town.tandem.sender.people.sync_people()


def pages(town: Town) -> int:
    return sum(call.method == "users.list" for call in town.box.calls)


def row(town: Town, who: str) -> PersonRow | None:
    database = town.tandem.database
    with database.reading(database.workspace(town.box.team_id)) as tx:
        return tx.people.by_slack_id(town.box.person(who).id)


def crowd(town: Town, count: int) -> None:
    for number in range(count):
        town.box.add_person(f"c{number}")


def test_who_was_deactivated_unseen_leaves_kindly_and_is_written_to_no_more(town: Town) -> None:
    """The event was lost; the pass ends the pairing, tells the partner once and stops everything within one tick."""
    together(town, "lena", "noah")
    missed(town, "lena", deleted=True)
    before = len(town.box.messages("lena"))
    sync(town)
    town.deliver()
    assert sum("Lena has left the programme" in text for text in told(town, "noah")) == 1
    town.travel_to(NEXT_MONDAY + timedelta(days=1))
    sync(town)
    town.deliver()
    assert len(town.box.messages("lena")) == before
    assert sum("Lena has left the programme" in text for text in told(town, "noah")) == 1


def test_who_moved_unseen_is_asked_at_nine_where_they_are_now(town: Town) -> None:
    """Only what is still to come moves; the partner's hour stays."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY - timedelta(days=1))
    missed(town, "lena", zone="America/New_York")
    sync(town)
    town.travel_to(NEXT_MONDAY + timedelta(days=1))
    assert local(checkins(town, "lena")[0], "America/New_York").endswith("09:00")
    assert local(checkins(town, "noah")[0], "Europe/Berlin").endswith("09:00")


def test_a_name_and_a_language_changed_unseen_are_taken_over(town: Town) -> None:
    """A language somebody chose themselves stays."""
    together(town, "lena", "noah")
    answer(town, "noah", "/tandem language en")
    missed(town, "lena", name="Lena Maria Sommer", locale="de-DE")
    missed(town, "noah", locale="de-DE")
    sync(town)
    assert "Lena Maria Sommer" in answer(town, "noah", "/tandem partner")
    assert (row(town, "lena") or PersonRow()).language is Language.DE
    assert (row(town, "noah") or PersonRow()).language is Language.EN


def test_nobody_else_is_written_down_and_a_visitor_is_not_kept_fresh(town: Town) -> None:
    """Strangers are not stored; who only looked in is forgotten at their time, as if there were no pass."""
    programme(town, "lena")
    live_here(town, "ida", "pia")
    answer(town, "ida", "/tandem help")
    seen = (row(town, "ida") or PersonRow()).checked_at
    town.clock.move(timedelta(hours=2))
    assert sync(town) == 1
    assert row(town, "pia") is None
    assert (row(town, "ida") or PersonRow()).checked_at == seen
    assert (row(town, "lena") or PersonRow()).checked_at == town.now


def test_it_is_read_once_a_day_however_many_processes_run(town: Town) -> None:
    programme(town, "lena")
    crowd(town, PAGE)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: sync(town), range(8)))
    assert (sum(done), pages(town)) == (1, 2)
    town.clock.move(EVERY - TURN)
    sync(town)
    assert pages(town) == 2
    town.clock.move(TURN)
    assert sync(town) == 1
    assert pages(town) == 4


def test_a_big_workspace_is_read_in_turns_below_slacks_limit(town: Town) -> None:
    """Ten pages a minute, where Slack takes twenty calls, and the pass goes on where it stopped."""
    programme(town, "lena")
    crowd(town, PAGE * (PAGES + 2))
    assert town.box.limits.enforced
    sync(town)
    assert pages(town) == PAGES
    sync(town)
    assert pages(town) == PAGES
    town.clock.move(TURN)
    sync(town)
    assert pages(town) == PAGES + 3
    cursors = [call.args.get("cursor") or "" for call in town.box.calls if call.method == "users.list"]
    assert len(set(cursors)) == len(cursors)
    assert town.box.limits.refused == 0


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        ({"kind": "429", "retry_after": 300}, timedelta(seconds=300)),
        ({"kind": "500_before"}, SILENT),
        ({"kind": "reset"}, SILENT),
        ({"kind": "html"}, SILENT),
        ({"kind": "error", "error": "missing_scope"}, SILENT),
    ],
    ids=lambda one: one["kind"] if isinstance(one, dict) else "",
)
def test_what_slack_refuses_is_tried_again_later_from_the_same_page(
    town: Town, fault: dict[str, Any], wait: timedelta
) -> None:
    """Nothing breaks, nothing is asked in between."""
    programme(town, "lena")
    crowd(town, PAGE)
    second = replace_first_call(town)
    town.box.faults.add(method="users.list", where={"cursor": second}, **fault)
    sync(town)
    before = pages(town)
    town.clock.move(wait - timedelta(seconds=1))
    sync(town)
    assert pages(town) == before
    town.clock.move(timedelta(seconds=1))
    sync(town)
    assert [call.args.get("cursor") for call in town.box.calls if call.method == "users.list"][-1] == second


def replace_first_call(town: Town) -> str:
    """Return the cursor of the second page of Slack's list."""
    answered = town.tandem.web.users_list(limit=PAGE)
    return str(answered["response_metadata"]["next_cursor"])


def test_a_cursor_slack_has_forgotten_begins_the_list_again(town: Town) -> None:
    programme(town, "lena")
    crowd(town, PAGE)
    town.box.faults.add(
        method="users.list", kind="error", error="invalid_cursor", where={"cursor": replace_first_call(town)}
    )
    assert sync(town) >= 0
    town.clock.move(TURN)
    assert sync(town) == 1
    town.clock.move(TURN)
    assert sync(town) == 0


def test_a_move_wakes_the_planner_and_no_news_do_not(town: Town) -> None:
    programme(town, "lena", "noah")
    woken: list[bool] = []

    def wake(*, plan: bool = False) -> None:
        woken.append(plan)

    people = replace(town.tandem.sender.people, wake=wake)
    people.sync_people()
    assert woken == []
    missed(town, "lena", zone="Asia/Tokyo")
    town.clock.move(EVERY)
    people = replace(town.tandem.sender.people, wake=wake)
    people.sync_people()
    assert woken == [True]


def test_an_event_about_somebody_wakes_the_planner(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new zone moves what is planned within one tick, not at the next full minute."""
    woken: list[bool] = []
    monkeypatch.setattr(Ticker, "wake", lambda _self, *, plan=False: woken.append(plan))
    town.stop_bot()
    town.start_bot()
    programme(town, "lena")
    woken.clear()
    town.box.change_person("lena", zone="Asia/Tokyo")
    assert woken == [True]


def test_a_running_bot_reads_the_list_by_itself(town: Town) -> None:
    """The pass is one of the ticks."""
    programme(town, "lena")
    ticker = Ticker(town.tandem.ticks, TickRules(send=60, plan=0.1))
    ticker.also(town.tandem.sender.people.sync_people)
    ticker.start()
    try:
        assert town.box.until(lambda: any(call.method == "users.list" for call in town.box.hub.calls), seconds=20)
    finally:
        ticker.stop()


def test_the_list_changes_no_other_workspace(town: Town) -> None:
    """Two workspaces in one database: the same person of the other one stays as they were."""
    programme(town, "lena")
    database = town.tandem.database
    other = database.workspace("T0OTHER")
    with database.transaction(other) as tx:
        tx.insert_new(
            PersonRow,
            slack_id=town.box.person("lena").id,
            name="Somebody Else",
            zone="UTC",
            slack_language=Language.EN,
            checked_at=tx.now,
        )
    missed(town, "lena", zone="Asia/Tokyo")
    sync(town)
    with database.reading(other) as tx:
        assert tx.scalars(sa.select(PersonRow.zone).where(PersonRow.workspace_id == other)) == ["UTC"]

"""The tables of docs/delivery-time.md are what the bot does."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from bot.clock.clock import DemoClock
from bot.db.checkins import CheckinRow
from bot.db.session import Database
from bot.domain.asking import BOUND, GIVES_WAY
from bot.domain.cadence import Weekday
from bot.domain.checkins import CheckinState
from bot.domain.messages import MessageKind
from bot.domain.slots import LATE, Due, LatePolicy, SlotKind
from tests.integration.neighbourhood import Neighbourhood, Posted, found_anew
from tests.integration.test_catch_up import write
from tests.integration.test_clock_changes import AROUND_THE_CLOCK, changes

PAGE = Path(__file__).parents[2] / "docs" / "delivery-time.md"
A_DAY, A_WEEK = timedelta(days=1), timedelta(weeks=1)
MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
DOWN, UP = MONDAY - timedelta(hours=12), MONDAY + timedelta(days=2, hours=12)
BERLIN = ZoneInfo("Europe/Berlin")

WHERE = {
    "lena": ("Europe/Berlin", "Berlin"),
    "noah": ("Europe/Berlin", "Berlin"),
    "emil": ("Europe/Berlin", "Berlin, works from two to ten in the evening"),
    "ida": ("Europe/Berlin", "Berlin, on a break until Friday"),
    "raj": ("Asia/Kathmandu", "Kathmandu"),
    "tess": ("America/New_York", "New York"),
}
NAMES = {
    MessageKind.CHECKIN: "check-in",
    MessageKind.CHECKIN_REMINDER: "reminder",
    MessageKind.NOTE_SHARED: "a note",
    MessageKind.PARTNER_BACK: "Ida is back",
    MessageKind.FIT: "how it fits",
    MessageKind.AGREEMENT_NUDGE: "the agreement",
    MessageKind.NO_MEETING: "no meeting for a month",
}
POLICIES = {
    LatePolicy.SEND: "comes late",
    LatePolicy.MERGE: "comes late, unless its check-in still waits as well: then it is part of that",
    LatePolicy.SKIP: "is left out",
}
KINDS = {
    SlotKind.CHECKIN: "check-in (of two weeks found at once, the newer one)",
    SlotKind.REMINDER: "reminder",
    SlotKind.LATER: "question asked again later that day",
    SlotKind.OFFER: "silence about a match, which counts as a yes",
    SlotKind.FIT: "how a partner fits",
    SlotKind.UNSIGNED: "reminder of an agreement nobody has signed yet",
    SlotKind.SILENCE: "look at how long nothing was heard of somebody",
    SlotKind.HALF_TIME: "half-time of a pairing",
    SlotKind.CLOSING: "the end of a pairing is near (until its last day)",
    SlotKind.HEADS_UP: "question before a round, which decides when it comes",
    SlotKind.MEETING_DAY: "the day before a meeting, until it begins",
    SlotKind.MEETING_SOON: "a quarter of an hour before a meeting, until it begins",
    SlotKind.MEETING_AFTER: "whether a meeting took place",
    SlotKind.NO_MEETING: "no meeting for a month",
}


def table(*rows: Iterable[str]) -> str:
    head, *body = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([head, "|" + "---|" * (head.count("|") - 1), *body])


def check_page(name: str, made: str) -> None:
    """Assert that the page holds ``made`` under its mark; with UPDATE_DOCS write it there."""
    begin, end = f"<!-- {name} -->\n", "\n<!-- end -->"
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(begin)
    stands, _, after = rest.partition(end.lstrip() if rest.startswith(end.lstrip()) else end)
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(f"{before}{begin}{made}{end}{after}", "utf-8")
        stands = made
    assert stands == made


def test_the_page_says_what_becomes_of_what_is_late() -> None:
    rows = [(KINDS[kind], POLICIES[late.policy], _span(late.worth)) for kind, late in LATE.items()]
    check_page("late", table(("what", "late it", "at most"), *rows).replace("| 1 days |", "| 1 day |"))


def _span(worth: timedelta) -> str:
    return f"{worth.days} days" if worth.days else f"{worth // timedelta(hours=1)} hour"


def settled(database: Database, clock: DemoClock, team: str) -> Neighbourhood:
    """Let the cast of the page settle, with the bot running until Sunday evening."""
    clock.move_to(MONDAY - A_WEEK)
    home = found_anew(database, clock, team=team)
    home.pair({who: WHERE[who][0] for who in ("lena", "noah")})
    home.pair({who: WHERE[who][0] for who in ("raj", "tess")})
    home.pair({who: WHERE[who][0] for who in ("emil", "ida")})
    home.change("emil", work_start=14 * 60, work_end=22 * 60)
    home.run_until(MONDAY - 3 * A_DAY)
    home.change("ida", paused_until=date(2026, 11, 13))
    clock.move_to(DOWN - timedelta(hours=1))
    return home


def written_for_noah(home: Neighbourhood) -> None:
    write(home, "one", "two", "three", "four", by="lena", to="noah")
    with home.database.transaction(home.workspace) as tx:
        for row in tx.outbox.waiting_for(home.people["noah"]):
            tx.outbox.reschedule(row, MONDAY)


def got(posts: list[Posted]) -> str:
    """Return what came, by the reader's own clock: ``Mon 09:00 check-in, 4 × a note``."""
    moments = sorted({post.at for post in posts})
    return "; ".join(f"{moment:%a %H:%M} {several([p for p in posts if p.at == moment])}" for moment in moments) or "–"


def several(posts: list[Posted]) -> str:
    counts = Counter(_named(post) for post in posts)
    return ", ".join(name if count == 1 else f"{count} × {name}" for name, count in counts.items())


def _named(post: Posted) -> str:
    notes = post.text.count("hat eine Notiz geschrieben")
    return f"{notes} notes in one message" if post.kind is MessageKind.CATCH_UP else NAMES[post.kind]


def test_the_page_says_what_gives_way_to_what() -> None:
    """In order: first what is bound, then what waits for a free day."""
    waits = [(KINDS[kind], str(number)) for number, kind in enumerate(GIVES_WAY, 1)]
    bound = [(KINDS[kind], "at its moment") for kind in SlotKind if kind in BOUND]
    check_page("order", table(("what is asked", "on a day with several"), *bound, *waits))


def test_a_monday_on_which_four_questions_are_due(database: Database, clock: DemoClock) -> None:
    """Lena answers none of them; Noah answers his check-in, so that no reminder takes a day of his."""
    clock.move_to(MONDAY - 5 * A_WEEK)
    home = found_anew(database, clock, team="crowded")
    home.pair({"lena": "Europe/Berlin", "noah": "Europe/Berlin"})
    clock.move_to(MONDAY - A_DAY)
    due = SlotKind.FIT, SlotKind.UNSIGNED, SlotKind.NO_MEETING
    with home.database.transaction(home.workspace) as tx:
        several = [(who, kind) for who in home.people.values() for kind in due]
        tx.slots.plan(Due(home.programme, who, kind, MONDAY.date().isoformat(), MONDAY) for who, kind in several)
    home.run_until(MONDAY + timedelta(hours=1))
    with home.database.transaction(home.workspace) as tx:
        answered = sa.update(CheckinRow).where(CheckinRow.owner_id == home.people["noah"])
        tx.change(answered.values(state=CheckinState.ANSWERED))
    home.run_until(MONDAY + 5 * A_DAY)

    rows = [(who, got(home.posts(who.lower()))) for who in ("Lena", "Noah")]
    check_page("crowded", table(("who", "is asked"), *rows))


def test_three_days_down_then_up(database: Database, clock: DemoClock) -> None:
    """The same week twice: as it would have been, and with nobody running for three days."""
    weeks = {}
    for name, pause in (("usual", timedelta(0)), ("down", UP - DOWN)):
        home = settled(database, clock, name)
        written_for_noah(home)
        clock.move_to(DOWN + pause)
        home.run_until(MONDAY + 5 * A_DAY)
        weeks[name] = {who: got(home.posts(who)) for who in WHERE}
    rows = [(f"{who.title()} ({place})", weeks["usual"][who], weeks["down"][who]) for who, (_, place) in WHERE.items()]

    check_page("three days", table(("who", "with the bot running", "after three days down"), *rows))


def test_both_nights_a_year_in_berlin(database: Database, clock: DemoClock) -> None:
    """Three years: when the check-in was due, and that each came once."""
    rows = []
    for number, moment in enumerate(changes("Europe/Berlin", date(2026, 11, 1), 3)):
        asked = []
        for weekday, hour in ((Weekday.SUNDAY, 2), (Weekday.MONDAY, 9)):
            clock.move_to(moment - 3 * A_DAY)
            home = found_anew(database, clock, team=f"{number}-{hour}", weekday=weekday, hour=hour)
            home.pair({"one": "Europe/Berlin", "two": "Europe/Berlin"}, AROUND_THE_CLOCK)
            home.run_until(moment + 2 * A_DAY)
            assert set(home.asked_in("one").values()) == {1}
            asked.append(due(home))
        rows.append((night(moment), *asked))

    check_page("berlin", table(("night", "asked on Sunday at two", "asked on Monday at nine"), *rows))


def night(moment: datetime) -> str:
    before, after = (moment - timedelta(minutes=1)).astimezone(BERLIN), moment.astimezone(BERLIN)
    forward = "02:00 → 03:00" if after.utcoffset() > before.utcoffset() else "03:00 → 02:00"  # type: ignore[operator]  # both know theirs
    return f"{after:%-d %B %Y}, {forward}"


def due(home: Neighbourhood) -> str:
    [slot] = [one for one in home.slots("one") if one.due_at <= home.clock.now()]
    local = slot.due_at.astimezone(BERLIN)
    return f"{local:%a %H:%M} {local.tzname()}, {slot.due_at:%H:%M} UTC"


@pytest.mark.parametrize("name", ["order", "crowded", "late", "three days", "berlin"])
def test_every_table_of_the_page_is_there(name: str) -> None:
    assert f"<!-- {name} -->\n|" in PAGE.read_text("utf-8")

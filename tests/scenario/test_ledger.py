"""What people who are together have promised each other, side by side, for their eyes alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from demo.town import Town
from tests.scenario.canaries import secret
from tests.scenario.habits import answer, sent, together
from tests.scenario.people import newest, paired, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
A_WEEK = timedelta(weeks=1)


def reports(town: Town, who: str, promise: str, outcome: str = "") -> None:
    town.says(who, "/tandem checkin")
    sent(town, who, {"promise": promise, **({"outcome": outcome} if outcome else {})})


def columns(town: Town, who: str) -> list[str]:
    """Return what stands in the ledger somebody sees now, person by person."""
    return [one["text"] for block in newest(town, who).blocks for one in block.get("fields", ())]


def test_both_see_both_sides_their_own_first(town: Town) -> None:
    """What is open with its days, and what became of the rest."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    reports(town, "lena", "two pages")
    reports(town, "noah", "call the client")
    town.travel_to(NEXT_MONDAY + A_WEEK)
    reports(town, "lena", "two more", "kept")

    for who, first in (("lena", True), ("noah", False)):
        answer(town, who, "/tandem ledger")
        one, other = columns(town, who)
        lena, noah = (one, other) if first else (other, one)
        assert one.startswith("*You*")
        assert "Open since 16 November: *two more* (until 23 November)" in lena
        assert "Done on 16 November: two pages" in lena
        assert lena.index("two more") < lena.index("two pages")
        assert "Open since 9 November: *call the client*" in noah


def test_three_see_all_three(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    town.travel_to(NEXT_MONDAY)
    for who in ("lena", "noah", "ida"):
        reports(town, who, f"promise of {who}")
    answer(town, "ida", "/tandem zusagen")

    mine, *theirs = columns(town, "ida")
    assert "promise of ida" in mine
    assert sorted(text.partition("promise of ")[2][:4] for text in theirs) == ["lena", "noah"]


def test_nobody_else_sees_it_and_who_has_no_partner_reads_why(town: Town) -> None:
    """Another pairing has its own ledger; the words stay between the two."""
    together(town, "lena", "noah", "ida", "omar")
    town.says("lena", "/tandem partner")
    names = shown(newest(town, "lena"))
    partner = next(who for who in ("noah", "ida", "omar") if town.box.person(who).name in names)
    town.travel_to(NEXT_MONDAY)
    reports(town, "lena", secret(town, "promise", "lena", partner))

    for who in {"noah", "ida", "omar"} - {partner}:
        assert "Nothing here." in answer(town, who, "/tandem ledger")
    town.says("lena", "/tandem leave")
    town.clicks("lena", newest(town, "lena"), "leave.confirm")
    assert "no partner" in answer(town, partner, "/tandem ledger").lower()


def test_months_are_turned_page_by_page(town: Town) -> None:
    """Five of each at a time, there and back, in as many statements as an empty one takes."""
    together(town, "lena", "noah")
    empty = statements(town, "noah")
    for week in range(7):
        town.travel_to(NEXT_MONDAY + week * A_WEEK)
        reports(town, "lena", f"promise {week}", "kept" if week else "")
        answer(town, "noah", "/tandem note still here")
    assert statements(town, "noah") == empty

    _, first = columns(town, "noah")
    assert [week for week in range(7) if f"promise {week}" in first] == [2, 3, 4, 5, 6]
    town.clicks("noah", newest(town, "noah"), "ledger.page.older")
    mine, second = columns(town, "noah")
    assert [week for week in range(7) if f"promise {week}" in second] == [0, 1]
    assert "Nothing here." in mine
    town.clicks("noah", newest(town, "noah"), "ledger.page.newer")
    assert columns(town, "noah")[1] == first


def statements(town: Town, who: str) -> int:
    """Return how many statements the ledger takes of somebody whom the bot has just heard of."""
    answer(town, who, "/tandem ledger")
    said: list[str] = []

    def note(*found: object) -> None:
        said.append(str(found[2]))

    engine = town.tandem.database.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    answer(town, who, "/tandem ledger")
    sa.event.remove(engine, "before_cursor_execute", note)
    return len(said)


def test_it_is_spoken_in_each_readers_language(town: Town) -> None:
    """And found from one's partner, without typing."""
    paired(town, "mira", "jonas")
    town.travel_to(NEXT_MONDAY)
    reports(town, "mira", "zwei Seiten")
    answer(town, "jonas", "/tandem partner")

    town.clicks("jonas", newest(town, "jonas"), "ledger.show")
    mine, theirs = columns(town, "jonas")
    assert (mine, theirs.splitlines()[0]) == ("*Du*\nNoch nichts.", "*Mira Vogel*")
    assert "Offen seit 9. November: *zwei Seiten* (bis 16. November)" in theirs

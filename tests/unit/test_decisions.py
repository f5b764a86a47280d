from __future__ import annotations

from bot.matching.people import Decisions
from bot.usecases.decisions import among, apart, as_stored, together, without

AB, BC, CD = (frozenset(pair) for pair in ("ab", "bc", "cd"))
ABC = frozenset("abc")


def test_nobody_is_kept_in_two_matches() -> None:
    """The newest decision counts."""
    assert together(together(Decisions(), AB), BC).pins == {BC}


def test_who_is_kept_together_is_not_parted_any_more() -> None:
    decided = together(apart(Decisions(), ABC), AB)
    assert decided.pins == {AB}
    assert decided.forbidden == {frozenset("ac"), BC}


def test_who_is_parted_is_not_kept_any_more() -> None:
    decided = apart(together(together(Decisions(), AB), CD), AB)
    assert decided.pins == {CD}
    assert decided.forbidden == {AB}


def test_decisions_about_people_who_are_gone_are_forgotten() -> None:
    decided = among(apart(together(Decisions(), AB), CD), {"a", "b", "c"})
    assert decided == Decisions(pins=frozenset({AB}))


def test_letting_go_of_a_match_leaves_the_others() -> None:
    assert without(together(together(Decisions(), AB), CD), "a").pins == {CD}


def test_decisions_are_stored_in_one_order() -> None:
    """So that the same decisions are the same bytes."""
    decided = apart(together(Decisions(), frozenset("ba")), frozenset("dc"))
    assert as_stored(decided) == {"pins": [["a", "b"]], "forbidden": [["c", "d"]]}

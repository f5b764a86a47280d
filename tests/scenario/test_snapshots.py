"""How many agreements wait, as owners read it: counted on a Monday, the same all week, and without a name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from demo.town import ROOM, Town
from tests.scenario.habits import NAMES, OWNER, answer, live_here, programme, sent
from tests.scenario.people import join, match, newest, shown

THIRD_MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)  # 14 days after an introduction on the first one have passed
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CROWD = [f"person{number:02d}" for number in range(20)]


def status(town: Town) -> str:
    return answer(town, OWNER, "/tandem-admin status", ROOM)


def home(town: Town) -> str:
    return shown(town.opens_home(OWNER))


def many_together(town: Town) -> None:
    """Have twenty people joined and matched, two and two."""
    programme(town)
    live_here(town, *CROWD)
    for who in CROWD:
        join(town, who)
        town.box.close_modal(who)
    match(town, owner=OWNER)


def agree(town: Town, who: str) -> None:
    """Have somebody write an agreement and the partner sign it."""
    said = answer(town, who, "/tandem partner")
    partner = next(other for other in CROWD if other != who and other.title() in said)
    town.says(who, "/tandem agreement")
    town.clicks(who, newest(town, who), "agreement.edit")
    sent(town, who, {"meetings": "by the river"})
    town.deliver()
    request = next(one for one in reversed(town.box.messages(partner)) if "agreement.sign" in str(one.blocks))
    assert town.clicks(partner, request, "agreement.sign").ok
    town.deliver()
    assert "It counts." in answer(town, who, "/tandem agreement")


def waiting(town: Town) -> list[str]:
    """Return who has no agreement yet."""
    return [who for who in CROWD if "no agreement yet" in answer(town, who, "/tandem agreement")]


def test_owners_read_a_count_on_monday_that_tells_of_nobody_and_stays_all_week(town: Town) -> None:
    """Nothing before, nothing live: who signs on Tuesday is not seen; with the count comes what helps."""
    many_together(town)
    for _ in range(5):
        agree(town, waiting(town)[0])
    for read in (status, home):
        assert "Agreements: the first count comes on Monday, 9 November." in read(town)
    town.travel_to(THIRD_MONDAY - timedelta(minutes=1))
    assert "Agreements: no count on Monday, 16 November" in status(town)

    town.travel_to(THIRD_MONDAY)
    monday = "Agreements on Monday, 23 November: of 10 pairings 5 wait for a signature."
    assert monday in home(town)
    assert monday in status(town)
    assert "A kind word to everybody in your programme's channel helps" in status(town)
    town.travel_to(TUESDAY)
    agree(town, waiting(town)[0])
    assert len(waiting(town)) == 8

    for read in (status, home):
        assert monday in read(town)
        assert not [who for who in CROWD if who.title() in read(town)]


def test_few_pairings_are_never_counted(town: Town) -> None:
    """Of three a count would tell of each; that there is none is said without a word on anybody."""
    live_here(town, *list(NAMES)[1:])
    programme(town)
    for who in list(NAMES)[1:]:
        join(town, who)
    match(town, owner=OWNER)
    town.travel_to(THIRD_MONDAY + timedelta(hours=1))

    said = status(town)
    assert "no count on Monday, 23 November. It takes 10 pairings" in said
    assert "wait for a signature" not in said

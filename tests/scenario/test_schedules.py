"""Rounds that come by themselves: everybody is asked before, one process solves them, the owners decide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.db.rounds import RoundRow
from bot.domain.rounds import RoundState
from demo.town import ROOM, Town
from sandbox import Message
from sandbox.channels import Kind
from tests.scenario.habits import OWNER, answer, form, letters, live_here, local, programme, sent, told
from tests.scenario.people import join, match, move_in, newest, set_up, shown

ROUND_DAY = "2026-11-12"  # a Thursday: people are asked on the Monday before
ASKED = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
ROUND = datetime(2026, 11, 12, 8, 0, tzinfo=UTC)
WEEK = timedelta(weeks=1)


def schedule(town: Town, owner: str = OWNER, **fields: str) -> None:
    """Let an owner say when rounds come: once on the round day unless told otherwise."""
    town.says(owner, "/tandem-admin rounds", ROOM)
    town.clicks(owner, newest(town, owner), "schedule.change")
    sent(town, owner, {"rhythm": "once", "first_day": ROUND_DAY, **fields})


def asked(town: Town, who: str) -> list[Message]:
    """Return the questions about a round that somebody got."""
    return [one for one in letters(town, who) if "attendance." in str(one.blocks)]


def room(town: Town) -> list[Message]:
    return [one for one in town.box.channel_messages(ROOM) if not one.ephemeral]


def approve_ready(town: Town) -> None:
    """Let the owner open the preview from the room's message and approve it."""
    [ready] = [one for one in room(town) if "round.show" in str(one.blocks)][-1:]
    town.clicks(OWNER, ready, "round.show")
    town.clicks(OWNER, newest(town, OWNER), "round.approve")
    town.deliver()


def states(town: Town) -> list[RoundState]:
    database = town.tandem.database
    with database.reading(database.workspaces()[0][0]) as tx:
        return [row.state for row in tx.all(sa.select(RoundRow).order_by(RoundRow.id))]


def introduced(town: Town, who: str) -> bool:
    return any(one.channel.kind is Kind.MPIM for one in town.box.messages(who))


def test_without_a_schedule_rounds_are_run_by_hand_and_nobody_is_asked(town: Town) -> None:
    programme(town, "lena", "noah")
    text = answer(town, OWNER, "/tandem-admin rounds", ROOM)
    assert "Next round: when you run it" in text
    assert "Waiting for a partner: 2 people" in text
    town.travel(2 * WEEK)
    assert asked(town, "lena") == []
    assert states(town) == []


def test_a_round_asks_solves_and_waits_for_the_owners(town: Town) -> None:
    """Three days before, at everybody's own local hour; on the day the room reads counts and no name."""
    programme(town, "lena", "noah")
    live_here(town, "tess", zone="America/Toronto")
    join(town, "tess", work_start="780", work_end="1080")
    schedule(town)
    assert "12 November 2026" in answer(town, OWNER, "/tandem-admin rounds", ROOM)
    assert "Next round: 12 November 2026" in answer(town, OWNER, "/tandem-admin status", ROOM)

    town.travel_to(ROUND - timedelta(minutes=1))
    assert [local(one, "Europe/Berlin") for one in asked(town, "lena")] == ["Mon 2026-11-09 09:00"]
    assert [local(one, "America/Toronto") for one in asked(town, "tess")] == ["Mon 2026-11-09 13:00"], "not before work"
    assert states(town) == [RoundState.COLLECTING]
    assert "round.show" not in str([one.blocks for one in room(town)])

    town.travel_to(ROUND)
    assert states(town) == [RoundState.PREVIEW]
    ready = room(town)[-1]
    assert "1 match for 3 people" in shown(ready)
    assert "Lena" not in shown(ready)
    assert not introduced(town, "lena"), "an owner decides"

    approve_ready(town)
    assert all(introduced(town, who) for who in ("lena", "noah", "tess"))
    assert states(town) == [RoundState.INTRODUCED]
    assert "1 pairing for 3 people" in answer(town, OWNER, "/tandem-admin rounds", ROOM)


def test_whoever_skips_is_left_out_without_a_word_and_without_priority(town: Town) -> None:
    programme(town, "lena", "noah", "ida")
    schedule(town)
    town.travel_to(ASKED)
    town.clicks("ida", asked(town, "ida")[0], "attendance.skip")
    assert "You skip the round" in shown(asked(town, "ida")[0])
    assert "You skip this round" in shown(town.opens_home("ida"))

    town.travel_to(ROUND)
    assert "1 match for 2 people" in shown(room(town)[-1])
    assert "not in this round: 1" in shown(room(town)[-1])
    approve_ready(town)
    assert introduced(town, "lena")
    assert not introduced(town, "ida")
    assert "No partner for you" not in "\n".join(told(town, "ida"))


def test_an_answer_can_be_changed_until_the_round_and_not_after(town: Town) -> None:
    programme(town, "lena", "noah", "ida", "omar")
    schedule(town)
    town.travel_to(ASKED)
    for who in ("ida", "omar"):
        town.clicks(who, asked(town, who)[0], "attendance.skip")
    town.clicks("ida", asked(town, "ida")[0], "attendance.in")
    assert "You are in the round" in shown(asked(town, "ida")[0])

    town.travel_to(ROUND)
    assert "1 match for 3 people" in shown(room(town)[-1])
    town.clicks("ida", asked(town, "ida")[0], "attendance.skip")
    assert "put together already" in shown(newest(town, "ida"))
    town.clicks("omar", asked(town, "omar")[0], "attendance.in")
    assert "from the next round on" in told(town, "omar")[-1]
    approve_ready(town)
    assert introduced(town, "ida")
    assert not introduced(town, "omar")


def test_a_round_by_hand_honours_what_was_skipped(town: Town) -> None:
    programme(town, "lena", "noah", "ida")
    schedule(town)
    town.travel_to(ASKED)
    town.clicks("ida", asked(town, "ida")[0], "attendance.skip")
    match(town, owner=OWNER)
    assert introduced(town, "lena")
    assert not introduced(town, "ida")


def test_who_offers_to_be_third_is_third(town: Town) -> None:
    """Lena and Noah could not be better for each other; of the others it is the volunteer who joins a pair."""
    programme(town)
    live_here(town, "lena", "noah", "ida", "omar", "pia")
    for who in ("lena", "noah", "ida", "omar", "pia"):
        join(town, who)
    schedule(town)
    town.travel_to(ASKED)
    town.clicks("pia", asked(town, "pia")[0], "attendance.third")
    assert "also as a third" in shown(asked(town, "pia")[0])
    town.travel_to(ROUND)
    approve_ready(town)
    [hello] = [one for one in town.box.messages("pia") if one.channel.kind is Kind.MPIM]
    assert len(hello.channel.members) == 4, "three and the bot"


def test_two_unanswered_rounds_put_somebody_out_kindly_and_one_button_brings_them_back(town: Town) -> None:
    """Every week a round; Lena is alone, says nothing, and hears no third question after being out."""
    programme(town, "lena")
    schedule(town, rhythm="weeks", weeks="1")
    town.travel_to(ROUND + 2 * WEEK)
    first, second, third = asked(town, "lena")
    assert "attendance.skip" in str(first.blocks) and "attendance.skip" in str(second.blocks)
    assert "I have not heard from you for a while" in shown(third)
    town.travel_to(ROUND + 4 * WEEK)
    assert len(asked(town, "lena")) == 3, "out is out, and nobody reminds of it"
    assert "not on the list at the moment" in shown(town.opens_home("lena"))

    join_late(town, "noah")
    town.clicks("lena", asked(town, "lena")[2], "attendance.in")
    assert len(asked(town, "lena")) == 2, "the button has done its work"
    assert "Good to have you back" in "\n".join(told(town, "lena"))
    town.travel_to(ROUND + 5 * WEEK)
    assert len(asked(town, "lena")) == 3
    assert "1 match for 2 people" in shown(room(town)[-1])


def join_late(town: Town, *handles: str) -> None:
    live_here(town, *handles)
    for who in handles:
        join(town, who)
        town.box.close_modal(who)


def test_breaks_and_leaving_count_at_the_moment_of_the_round(town: Town) -> None:
    programme(town, "lena", "noah", "ida", "omar")
    schedule(town)
    town.travel_to(ASKED)
    answer(town, "ida", "/tandem pause 2 weeks")
    town.says("omar", "/tandem leave")
    town.clicks("omar", newest(town, "omar"), "leave.confirm")
    town.travel_to(ROUND)
    assert "1 match for 2 people" in shown(room(town)[-1])
    assert "not in this round: 2" in shown(room(town)[-1])


def test_a_round_with_too_few_people_is_told_in_one_line_with_the_next_date(town: Town) -> None:
    """And the one who waited hears why, and comes first."""
    programme(town, "lena")
    schedule(town, rhythm="weeks", weeks="2")
    town.travel_to(ROUND)
    assert "came to nothing" in shown(room(town)[-1])
    assert "26 November 2026" in shown(room(town)[-1])
    assert "nobody else was waiting" in told(town, "lena")[-1]
    assert states(town)[0] is RoundState.DISCARDED


def test_whose_pairing_ends_before_the_round_is_asked_and_whose_goes_on_is_not(town: Town) -> None:
    programme(town, "lena", "noah", weeks="1")
    match(town, owner=OWNER)
    schedule(town)
    town.says(OWNER, "/tandem-admin setup", ROOM)
    sent(town, OWNER, {"weeks": "12"})
    join_late(town, "ida", "omar")
    match(town, owner=OWNER)
    town.travel_to(ASKED)
    assert len(asked(town, "lena")) == 1
    assert asked(town, "ida") == []


def test_late_joiners_are_matched_weekly_between_rounds_without_being_asked(town: Town) -> None:
    programme(town, "lena", "noah")
    schedule(town, rhythm="weeks", weeks="6", late_joiners="weekly")
    town.travel_to(ROUND)
    approve_ready(town)
    join_late(town, "ida", "omar")
    town.travel_to(ROUND + WEEK)
    assert asked(town, "ida") == []
    assert "1 match for 2 people" in shown(room(town)[-1])
    approve_ready(town)
    assert introduced(town, "ida")
    town.travel_to(ROUND + 3 * WEEK)
    assert "came to nothing" not in "\n".join(map(shown, room(town)))


def test_a_schedule_that_changes_asks_again_for_the_new_day(town: Town) -> None:
    programme(town, "lena", "noah")
    schedule(town)
    town.travel_to(ASKED)
    old = asked(town, "lena")[0]
    schedule(town, first_day="2026-11-19")
    town.clicks("lena", old, "attendance.skip")
    assert "its day has changed" in shown(newest(town, "lena"))
    town.travel_to(ROUND + WEEK)
    assert len(asked(town, "lena")) == 2
    assert states(town) == [RoundState.PREVIEW]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"first_day": "2026-11-14"}, "weekend"),
        ({"first_day": "2026-10-30"}, "not in the future"),
        ({"rhythm": "weeks", "weeks": "0"}, "between 1 and 52"),
        ({"first_day": ""}, "Pick the day"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_corrected_in_the_form(
    town: Town, fields: dict[str, str], sentence: str
) -> None:
    programme(town)
    town.says(OWNER, "/tandem-admin rounds", ROOM)
    town.clicks(OWNER, newest(town, OWNER), "schedule.change")
    result = town.submits(OWNER, {"rhythm": "once", "first_day": ROUND_DAY, **fields})
    assert sentence in str(result.errors)
    assert "Day of the next round" in form(town, OWNER), "it stays open with what was chosen"
    assert states(town) == []


def test_the_hour_stays_when_clocks_change_and_a_holiday_moves_the_question(make_town: Callable[..., Town]) -> None:
    """The round is on 29 March 2027, the Monday after clocks went forward: Easter Monday in Germany, so Tuesday."""
    town = make_town(datetime(2027, 3, 15, 8, 0, tzinfo=UTC), holidays="DE-BE")
    programme(town, "lena")
    live_here(town, "tess", zone="America/Toronto")
    join(town, "tess")
    schedule(town, first_day="2027-03-29")
    assert "30 March 2027" in answer(town, OWNER, "/tandem-admin rounds", ROOM)
    town.travel_to(datetime(2027, 3, 30, 6, 59, tzinfo=UTC))
    # Three days before is a Saturday, the Friday is Good Friday.
    assert [local(one, "Europe/Berlin") for one in asked(town, "lena")] == ["Thu 2027-03-25 09:00"]
    assert [local(one, "America/Toronto") for one in asked(town, "tess")] == ["Thu 2027-03-25 09:00"]
    assert states(town) == [RoundState.COLLECTING]
    town.travel_to(datetime(2027, 3, 30, 7, 0, tzinfo=UTC))
    assert states(town) == [RoundState.PREVIEW], "nine o'clock in Berlin is seven in UTC by then"


def test_the_matching_policy_of_the_configuration_holds_for_rounds_by_hand_and_by_schedule(
    make_town: Callable[..., Town],
) -> None:
    """Berlin and Toronto share two working hours, and this house asks for four."""
    town = make_town(matching={"min_overlap_minutes": 240})
    programme(town, "lena")
    live_here(town, "tess", zone="America/Toronto")
    join(town, "tess")
    town.says(OWNER, "/tandem-admin match", ROOM)
    assert "no allowed match" in shown(newest(town, OWNER))
    schedule(town)
    town.travel_to(ROUND)
    assert "2 people were waiting, and there was no match" in shown(room(town)[-1])


def test_a_round_is_closed_when_none_of_its_pairings_lives(town: Town) -> None:
    programme(town, "lena", "noah", weeks="1")
    match(town, owner=OWNER)
    assert states(town) == [RoundState.INTRODUCED]
    town.travel(timedelta(days=9))
    assert states(town) == [RoundState.CLOSED]


def test_german_people_and_german_owners_read_german(town: Town) -> None:
    move_in(town, "olga", "mira", "jonas")
    set_up(town, language="de")
    for who in ("mira", "jonas"):
        join(town, who)
        town.box.close_modal(who)
    schedule(town, "olga")
    assert "12. November 2026" in answer(town, "olga", "/tandem-admin runden", ROOM)
    town.travel_to(ASKED)
    [question] = asked(town, "mira")
    assert "Die nächste Runde ist am 12. November 2026" in shown(question)
    town.clicks("mira", question, "attendance.third")
    assert "gern auch zu dritt" in shown(asked(town, "mira")[0])
    town.travel_to(ROUND)
    assert "Die Vorschau der Runde ist fertig: 1 Tandem für 2 Personen." in shown(room(town)[-1])

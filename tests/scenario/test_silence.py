"""Nothing is heard of somebody: asked themselves, then their partner, then a way out is offered, then it ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.db.tables import metadata
from demo.town import ROOM, Town
from sandbox import Message
from tests.scenario.habits import (
    OWNER,
    answer,
    checkins,
    everything,
    letters,
    live_here,
    local,
    programme,
    together,
    told,
)
from tests.scenario.people import join, match, newest, shown
from tests.scenario.test_meetings import agree, does

NUDGE = datetime(2026, 11, 13, 9, 5, tzinfo=UTC)  # day eleven: each of the four before has its own question
ASK = datetime(2026, 11, 18, 9, 5, tzinfo=UTC)
OFFER = datetime(2026, 11, 25, 9, 5, tzinfo=UTC)
END = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
A_WEEK = timedelta(weeks=1)


def asked(town: Town, who: str) -> list[Message]:
    """Return the messages about silence that still can be answered."""
    return [one for one in letters(town, who) if "silence." in str(one.blocks)]


def lives(town: Town, who: str) -> None:
    """Let somebody give a sign of life."""
    answer(town, who, "/tandem note two pages are written")


def until(town: Town, moment: datetime, *awake: str) -> None:
    """Let time pass until ``moment``, while who is ``awake`` writes a note every Monday."""
    while (monday := _next_monday(town.now)) < moment:
        town.travel_to(monday)
        for who in awake:
            lives(town, who)
    town.travel_to(moment)


def _next_monday(now: datetime) -> datetime:
    day = now + timedelta(days=(7 - now.weekday()) % 7 or 7)
    return day.replace(hour=8, minute=10)


def kept(town: Town) -> int:
    silence = metadata.tables["silence"]
    with town.tandem.database.engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(silence)) or 0


def test_who_is_silent_is_asked_first_and_alone(town: Town) -> None:
    """In the second week, on the first day without another question; the partner hears nothing of it."""
    together(town, "lena", "noah")
    until(town, NUDGE - timedelta(minutes=10), "noah")
    assert asked(town, "lena") == []
    town.travel_to(NUDGE)

    [nudge] = asked(town, "lena")
    assert "One line is enough to tell Noah where you are." in shown(nudge)
    assert local(nudge, "Europe/Berlin") == "Fri 2026-11-13 10:00"
    assert asked(town, "noah") == []


def test_an_answer_begins_everything_again(town: Town) -> None:
    together(town, "lena", "noah")
    until(town, NUDGE, "noah")
    town.clicks("lena", asked(town, "lena")[0], "checkin.open")
    assert town.submits("lena", {"promise": "write two pages"}).ok
    until(town, NUDGE + timedelta(days=6), "noah")
    assert asked(town, "noah") == []
    assert len(asked(town, "lena")) == 1, "the answer of Friday lasts a week"


def test_people_who_answer_are_never_asked(town: Town) -> None:
    together(town, "lena", "noah")
    until(town, END + A_WEEK, "lena", "noah")
    assert [asked(town, who) for who in ("lena", "noah")] == [[], []]
    assert kept(town) == 0


def test_two_who_meet_are_not_silent_however_few_check_ins_they_answer(town: Town) -> None:
    """Saying yes to a time and saying afterwards what became of it are signs of life, from whoever does."""
    together(town, "lena", "noah")
    for day in (datetime(2026, 11, 6, 15, 0, tzinfo=UTC) + number * A_WEEK for number in range(4)):
        agree(town, "lena", "noah", day=day.date().isoformat())
        town.travel_to(day)
        does(town, "noah", "meeting.met")
    town.travel_to(END)
    steps = {who: str([one.blocks for one in asked(town, who)]) for who in ("lena", "noah")}
    assert not {"silence.here", "silence.apart"} & {word for said in steps.values() for word in said.split("'")}
    assert "Noah" in answer(town, "lena", "/tandem partner")


@pytest.mark.parametrize("weeks", ["3", "4"])
def test_silence_never_ends_what_ends_by_itself(town: Town, weeks: str) -> None:
    """Nobody is told of another end than the planned one, and who was silent can look back like everybody."""
    together(town, "lena", "noah", weeks=weeks)
    until(town, datetime(2026, 12, 2, 9, 0, tzinfo=UTC), "noah")
    for who in ("lena", "noah"):
        read = " ".join(told(town, who))
        assert "planned end" in read
        assert "ends here" not in read
        assert "new partner now" not in read
    assert town.clicks("lena", letters(town, "lena")[-1], "certificate.get").ok


def test_after_two_weeks_the_partner_is_asked_without_a_word_of_blame(town: Town) -> None:
    together(town, "lena", "noah")
    until(town, ASK, "noah")

    [question] = asked(town, "noah")
    assert "Have you and Lena been in touch lately?" in shown(question)
    assert not {"silent", "heard", "answered"} & set(shown(question).lower().split())


def test_a_partner_who_knows_better_ends_the_questions(town: Town) -> None:
    """Both are left in peace for another week, then it is only Lena who is asked."""
    together(town, "lena", "noah")
    until(town, ASK, "noah")
    town.clicks("noah", asked(town, "noah")[0], "silence.here")
    until(town, OFFER, "noah")
    assert asked(town, "noah") == []
    until(town, OFFER + timedelta(days=2, hours=1), "noah")
    assert len(asked(town, "lena")) == 2
    assert asked(town, "noah") == []


def test_a_partner_who_hears_nothing_either_can_have_a_new_one_at_once(town: Town) -> None:
    together(town, "lena", "noah")
    until(town, ASK, "noah")
    town.clicks("noah", asked(town, "noah")[0], "silence.apart")
    [offered] = [one for one in letters(town, "noah") if "partner.unfit" in str(one.blocks)]
    town.clicks("noah", offered, "partner.unfit")
    town.deliver()
    assert "You will each get a new partner" in told(town, "lena")[-1]
    assert kept(town) == 0


def test_after_three_weeks_both_know_when_it_ends(town: Town) -> None:
    """The partner may have a new match, the silent one hears the day and can stop it with one tap."""
    together(town, "lena", "noah")
    until(town, OFFER, "noah")

    offer, notice = asked(town, "noah")[-1], asked(town, "lena")[-1]
    assert "30 November 2026" in shown(offer)
    assert "you can have a new partner now" in shown(offer)
    assert "Noah ends on" in shown(notice)
    assert "30 November 2026" in shown(notice)
    town.clicks("lena", notice, "silence.here")
    until(town, END + timedelta(days=1), "noah")
    assert "Lena" in answer(town, "noah", "/tandem partner")


def test_after_four_weeks_it_ends_kindly_and_the_partner_comes_first(town: Town) -> None:
    """Lena is left alone until she says otherwise; Noah is matched before anybody else."""
    together(town, "lena", "noah")
    until(town, END, "noah")

    assert "Your time with Lena ends here" in told(town, "noah")[-1]
    assert "You come first in the next round" in told(town, "noah")[-1]
    assert "Your time with Noah ends here" in told(town, "lena")[-1]
    assert "not looking for a partner for you just now" in answer(town, "lena", "/tandem partner")
    live_here(town, "omar", "pia")
    for who in ("omar", "pia"):
        join(town, who)
    match(town, owner=OWNER)
    assert "no partner yet" not in answer(town, "noah", "/tandem partner")
    assert "not looking" in answer(town, "lena", "/tandem partner")
    assert kept(town) == 0


def test_who_was_let_go_comes_back_with_one_tap(town: Town) -> None:
    together(town, "lena", "noah")
    until(town, END, "noah")
    [farewell] = [one for one in letters(town, "lena") if "silence.back" in str(one.blocks)]
    town.clicks("lena", farewell, "silence.back")
    assert "You are on the list for the next round" in shown(newest(town, "lena"))
    assert "no partner yet" in answer(town, "lena", "/tandem partner")


def test_home_tells_who_was_let_go_how_to_come_back(town: Town) -> None:
    together(town, "lena", "noah")
    until(town, END, "noah")
    town.box.open_home("lena")
    assert town.tandem.follow_ups.wait()
    home = town.box.home("lena")
    assert home is not None
    assert "not looking for a partner" in shown(home)
    assert "silence.back" in str(home.blocks)


def test_before_a_round_who_was_let_go_is_left_out_unless_they_want_in(town: Town) -> None:
    """Silence is no yes for them; one tap on the question is, and undoes all of it."""
    together(town, "lena", "noah")
    until(town, END, "noah")
    town.says(OWNER, "/tandem-admin rounds", ROOM)
    town.clicks(OWNER, newest(town, OWNER), "schedule.change")
    assert town.submits(OWNER, {"rhythm": "once", "first_day": "2026-12-14"}).ok
    town.travel_to(datetime(2026, 12, 11, 9, 0, tzinfo=UTC))
    [question] = [one for one in letters(town, "lena") if "attendance.in" in str(one.blocks)]
    assert "I leave you out of this one unless you want to be in." in shown(question)
    town.clicks("lena", question, "attendance.in")
    assert "not looking" not in answer(town, "lena", "/tandem partner")


def test_who_leaves_or_is_gone_is_asked_and_told_nothing_more(town: Town) -> None:
    """The others hear once that somebody left, and the two of them go on."""
    together(town, "lena", "noah", "ida")
    until(town, NUDGE, "noah", "ida")
    town.box.change_person("lena", deleted=True)
    until(town, END, "noah", "ida")
    assert len(asked(town, "lena")) == 1
    for who in ("noah", "ida"):
        assert asked(town, who) == []
        assert len([text for text in told(town, who) if "Lena has left the programme" in text]) == 1


def test_owners_learn_nothing_of_all_this(town: Town) -> None:
    """They read totals of a round, and no word about anybody's silence."""
    together(town, "lena", "noah")
    before = everything(town, OWNER)
    until(town, END, "noah")
    assert everything(town, OWNER) == before


@pytest.mark.parametrize("who", ["lena", "noah"])
def test_each_can_stop_it_for_this_pairing(town: Town, who: str) -> None:
    together(town, "lena", "noah")
    until(town, ASK, "noah")
    town.clicks(who, asked(town, who)[0], "silence.stop")
    count = {one: len(asked(town, one)) for one in ("lena", "noah")}
    until(town, END + A_WEEK, "noah")
    assert {one: len(asked(town, one)) for one in ("lena", "noah")} == count
    assert "Lena" in answer(town, "noah", "/tandem partner")


def test_a_break_does_not_count_for_either_of_them(town: Town) -> None:
    """After it everything begins again, whoever of the two was away."""
    together(town, "lena", "noah")
    until(town, NUDGE, "noah")
    answer(town, "noah", "/tandem pause until 30 November 2026")
    until(town, END, "noah")
    assert len(asked(town, "lena")) == 1
    assert len(asked(town, "noah")) == 0
    until(town, END + timedelta(days=9, hours=1), "noah")
    assert len(asked(town, "lena")) == 2, "a week and two days after the return of Noah"


def test_who_is_on_a_break_is_asked_nothing(town: Town) -> None:
    together(town, "lena", "noah")
    answer(town, "lena", "/tandem pause until 7 December 2026")
    until(town, END + timedelta(days=6), "noah")
    assert [asked(town, who) for who in ("lena", "noah")] == [[], []]


def test_two_who_are_both_silent_are_let_go_together(town: Town) -> None:
    """Neither is offered a new partner instead of the other, and neither waits for the next round."""
    together(town, "lena", "noah")
    town.travel_to(END)
    for who in ("lena", "noah"):
        assert not any("you can have a new partner now" in text for text in told(town, who))
        assert "not looking for a partner" in answer(town, who, "/tandem partner")
    assert "at least two" in answer(town, OWNER, "/tandem-admin match", ROOM).lower()


def test_of_three_one_is_silent_and_two_go_on(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    until(town, ASK, "noah", "ida")
    for who, names in (("noah", ("Lena", "Ida")), ("ida", ("Lena", "Noah"))):
        [question] = asked(town, who)
        assert all(name in shown(question) for name in names)
    until(town, OFFER, "noah", "ida")
    assert "the two of you go on together from" in shown(asked(town, "ida")[-1])
    until(town, END, "noah", "ida")

    for who, partner in (("noah", "Ida Holm"), ("ida", "Noah Berg")):
        assert "Lena steps out for now" in told(town, who)[-1]
        assert "The two of you go on together." in told(town, who)[-1]
        assert partner in answer(town, who, "/tandem partner")
    assert "Your time with" in told(town, "lena")[-1]
    assert "not looking for a partner" in answer(town, "lena", "/tandem partner")


def test_a_rhythm_of_two_weeks_takes_twice_as_long(town: Town) -> None:
    two_weeks = datetime(2026, 11, 16, 9, 5, tzinfo=UTC)
    together(town, "lena", "noah")
    answer(town, "lena", "/tandem agreement")
    town.clicks("lena", newest(town, "lena"), "agreement.edit")
    assert town.submits("lena", {"hopes": "grow", "every_weeks": "2"}).ok
    town.box.close_modal("lena")
    town.deliver()
    town.clicks("noah", letters(town, "noah")[-1], "agreement.sign")
    until(town, two_weeks - timedelta(hours=1))
    assert [asked(town, who) for who in ("lena", "noah")] == [[], []]
    until(town, two_weeks + timedelta(hours=1))
    assert [len(asked(town, who)) for who in ("lena", "noah")] == [1, 1]


def test_none_of_it_comes_on_the_day_of_a_check_in_or_of_its_reminder(town: Town) -> None:
    """Nobody is written to twice a day about not having answered; the partner is spared as well."""
    together(town, "lena", "noah")
    until(town, END - timedelta(hours=2), "noah")
    for who, number in (("lena", 2), ("noah", 2)):
        days = [{local(one, "Europe/Berlin")[:14] for one in few} for few in (asked(town, who), checkins(town, who))]
        assert len(days[0]) == number
        assert not days[0] & days[1]


def test_a_button_of_three_weeks_ago_says_kindly_that_it_is_over(town: Town) -> None:
    together(town, "lena", "noah")
    until(town, NUDGE, "noah")
    [old] = asked(town, "lena")
    until(town, END, "noah")
    for name in ("silence.here", "silence.stop"):
        if name in str(old.blocks):
            town.clicks("lena", old, name)
            assert "it has ended" in shown(newest(town, "lena"))


def test_a_move_to_kathmandu_never_brings_the_nudge_at_night(town: Town) -> None:
    """It was due at ten in Berlin, which is a quarter to three in the afternoon there; at 22 it waits for the day."""
    together(town, "lena", "noah")
    until(town, NUDGE - timedelta(hours=1), "noah")
    town.box.change_person("lena", zone="Asia/Kathmandu")
    town.travel_to(NUDGE)
    until(town, ASK, "noah")
    [nudge] = asked(town, "lena")
    clock = local(nudge, "Asia/Kathmandu").split()[-1]
    assert "09:00" <= clock < "17:00"


def test_german_people_read_all_of_it_in_german(town: Town) -> None:
    programme(town)
    live_here(town, "lena", "noah", locale="de-DE")
    for who in ("lena", "noah"):
        join(town, who)
    match(town, owner=OWNER)
    until(town, NUDGE, "noah")
    assert "Eine Zeile genügt" in shown(asked(town, "lena")[0])
    until(town, ASK, "noah")
    assert "Hattest du zuletzt Kontakt mit Lena?" in shown(asked(town, "noah")[0])
    until(town, OFFER, "noah")
    assert "Bleibt es still, beende ich eure gemeinsame Zeit am 30. November 2026" in shown(asked(town, "noah")[-1])
    until(town, END, "noah")
    assert "Niemand hat etwas falsch gemacht" in told(town, "lena")[-1]

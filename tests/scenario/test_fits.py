"""How does it fit? Asked after ten days, for one person's eyes alone; and a new partner without fault."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.db.tables import metadata
from demo.town import ROOM, Town
from sandbox import Message
from tests.scenario.habits import OWNER, answer, everything, letters, live_here, local, programme, together, told
from tests.scenario.people import answer_checkin, join, match, newest, shown

THURSDAY = datetime(2026, 11, 12, 8, 5, tzinfo=UTC)  # ten days after the introduction
TWO_WEEKS = timedelta(weeks=2, days=1)


def questions(town: Town, who: str) -> list[Message]:
    """Return the messages that ask how it fits and still can be answered."""
    return [one for one in letters(town, who) if "fit.good" in str(one.blocks)]


def says(town: Town, who: str, choice: str) -> str:
    """Have somebody answer the newest question; return what then stands there."""
    question = questions(town, who)[-1]
    town.clicks(who, question, f"fit.{choice}")
    return next(shown(one) for one in letters(town, who) if one.ts == question.ts)


def kept(town: Town) -> int:
    """Return how many answers the database keeps."""
    fit = metadata.tables["fit"]
    with town.tandem.database.engine.connect() as connection:
        query = sa.select(sa.func.count()).where(fit.c.answer_sealed.is_not(None))
        return connection.scalar(query) or 0


def parts(town: Town, who: str) -> str:
    """Have somebody ask for a new partner by the command; return what they read at once."""
    said = town.says(who, "/tandem partner")
    assert said.message is not None
    town.clicks(who, said.message, "partner.unfit")
    return shown(newest(town, who))


def test_everybody_is_asked_once_after_ten_days_at_the_programmes_hour(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(THURSDAY - timedelta(hours=1))
    assert questions(town, "lena") == []
    town.travel_to(THURSDAY)

    for who, partner in (("lena", "Noah"), ("noah", "Lena")):
        [question] = questions(town, who)
        assert f"How does it fit with {partner}" in shown(question)
        assert local(question, "Europe/Berlin") == "Thu 2026-11-12 09:00"
    town.travel(timedelta(weeks=5))
    assert len(questions(town, "lena")) == 1


def test_an_answer_is_read_by_nobody_else(town: Town) -> None:
    """Neither the partner nor the owners learn that there was one."""
    together(town, "lena", "noah")
    town.travel_to(THURSDAY)
    before = everything(town, "noah"), everything(town, OWNER)
    assert "does not fit" in says(town, "lena", "not_good")
    town.deliver()

    assert (everything(town, "noah"), everything(town, OWNER)) == before
    assert "Noah" in answer(town, "lena", "/tandem partner")


@pytest.mark.parametrize(("said", "again"), [("still_deciding", True), ("not_met_yet", True), ("good", False)])
def test_who_is_undecided_is_asked_once_more_after_two_weeks(town: Town, said: str, *, again: bool) -> None:
    """And never a third time."""
    together(town, "lena", "noah")
    town.travel_to(THURSDAY)
    says(town, "lena", said)
    town.travel_to(THURSDAY + TWO_WEEKS)
    assert len(questions(town, "lena")) == again
    if again:
        says(town, "lena", said)
    town.travel(timedelta(weeks=4))
    assert questions(town, "lena") == []


def test_who_is_on_a_break_is_asked_after_it(town: Town) -> None:
    together(town, "lena", "noah")
    answer(town, "lena", "/tandem pause until 2026-11-18")
    town.travel_to(THURSDAY + timedelta(days=4))
    assert questions(town, "lena") == []
    assert len(questions(town, "noah")) == 1
    town.travel_to(THURSDAY + timedelta(days=6))
    [question] = questions(town, "lena")
    assert local(question, "Europe/Berlin") == "Wed 2026-11-18 09:00"


def test_a_new_partner_can_be_had_from_the_question(town: Town) -> None:
    """Both read the same message; neither learns who asked, and the next round does not bring them together again."""
    together(town, "lena", "noah")
    town.travel_to(THURSDAY)
    says(town, "lena", "not_good")
    [thanked] = [one for one in letters(town, "lena") if "partner.unfit" in str(one.blocks)]
    town.clicks("lena", thanked, "partner.unfit")
    town.deliver()

    for who, partner in (("lena", "Noah"), ("noah", "Lena")):
        assert f"Your time with {partner} ends here. You will each get a new partner." in told(town, who)[-1]
        assert "no partner yet" in answer(town, who, "/tandem partner")
    assert "no allowed match" in answer(town, OWNER, "/tandem-admin match", ROOM) + shown(newest(town, OWNER))


def test_answers_are_forgotten_when_the_pairing_ends(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(THURSDAY)
    says(town, "lena", "good")
    says(town, "noah", "still_deciding")
    assert kept(town) == 2
    parts(town, "lena")
    assert kept(town) == 0
    town.travel_to(THURSDAY + TWO_WEEKS)
    assert questions(town, "noah") == []


def test_a_question_of_an_ended_pairing_takes_no_answer(town: Town) -> None:
    together(town, "lena", "noah")
    town.travel_to(THURSDAY)
    [old] = questions(town, "noah")
    parts(town, "lena")
    town.clicks("noah", old, "fit.not_good")
    assert "it has ended" in shown(newest(town, "noah"))
    assert kept(town) == 0


def test_parting_is_possible_at_any_time_and_both_wait_with_priority(town: Town) -> None:
    """Omar and Pia have more to give each other, but the two who parted come first."""
    together(town, "lena", "noah")
    assert "You will each get a new partner" in parts(town, "lena")
    town.deliver()
    live_here(town, "omar", "pia")
    join(town, "omar", languages=["en", "es"], offers="writing", wants="speaking")
    join(town, "pia", languages=["es"], offers="speaking", wants="writing")
    match(town, owner=OWNER)
    assert len([who for who in ("lena", "noah") if "Omar" in answer(town, who, "/tandem partner")]) == 1
    assert "no partner yet" in answer(town, "pia", "/tandem partner")


def test_the_others_working_hours_hide_when_it_was_asked(town: Town) -> None:
    """Asked on Friday evening, read by both when their work begins on Monday."""
    together(town, "lena", "noah")
    town.travel_to(datetime(2026, 11, 13, 20, 0, tzinfo=UTC))
    parts(town, "lena")
    town.travel_to(datetime(2026, 11, 15, 20, 0, tzinfo=UTC))
    assert all("ends here" not in "\n".join(told(town, who)) for who in ("lena", "noah"))
    town.travel_to(datetime(2026, 11, 16, 9, 0, tzinfo=UTC))
    stamps = {who: [one for one in letters(town, who) if "ends here" in shown(one)] for who in ("lena", "noah")}
    assert {local(one, "Europe/Berlin") for found in stamps.values() for one in found} == {"Mon 2026-11-16 09:00"}


def test_check_ins_and_summaries_stop_with_the_pairing(town: Town) -> None:
    """What was answered just before is not told any more."""
    together(town, "lena", "noah")
    town.travel_to(datetime(2026, 11, 9, 8, 5, tzinfo=UTC))
    answer_checkin(town, "lena", "write two pages")
    town.box.close_modal("lena")
    parts(town, "noah")
    town.deliver()
    assert "write two pages" not in everything(town, "noah")
    count = len(letters(town, "lena"))
    town.travel(timedelta(weeks=2))
    assert len(letters(town, "lena")) == count


def test_of_three_one_goes_and_two_go_on(town: Town) -> None:
    """The two are told so, and their pairing lives on; the third waits."""
    together(town, "lena", "noah", "ida")
    assert "two others go on" in parts(town, "lena")
    town.deliver()

    for who, partner in (("noah", "Ida Holm"), ("ida", "Noah Berg")):
        assert "Lena will get a new partner" in told(town, who)[-1]
        said = answer(town, who, "/tandem partner")
        assert partner in said
        assert "Lena" not in said
    assert "no partner yet" in answer(town, "lena", "/tandem partner")


def test_an_old_button_never_ends_the_next_pairing(town: Town) -> None:
    together(town, "lena", "noah")
    old = town.says("lena", "/tandem partner").message
    assert old is not None
    parts(town, "noah")
    live_here(town, "omar", "pia")
    for who in ("omar", "pia"):
        join(town, who)
    match(town, owner=OWNER)
    assert "no partner yet" not in answer(town, "lena", "/tandem partner")
    town.clicks("lena", old, "partner.unfit")
    assert "it has ended" in shown(newest(town, "lena"))
    assert "no partner yet" not in answer(town, "lena", "/tandem partner")


def test_german_people_read_all_of_it_in_german(town: Town) -> None:
    programme(town)
    live_here(town, "lena", "noah", locale="de-DE")
    for who in ("lena", "noah"):
        join(town, who)
    match(town, owner=OWNER)
    town.travel_to(THURSDAY)
    assert "Wie passt es mit Noah?" in shown(questions(town, "lena")[0])
    assert "Niemand erfährt von mir" in says(town, "lena", "not_good")
    assert "Ihr bekommt beide ein neues Tandem" in parts(town, "lena")
    town.deliver()
    assert "niemand hat etwas falsch gemacht" in told(town, "noah")[-1]

"""Goals at their end: reached with a small celebration, let go with a sentence, kept in the archive, taken up again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from demo.town import Town
from tests.scenario.canaries import secret
from tests.scenario.goals import archive, choose, let_go, my_goals, presses, reach, set_goal
from tests.scenario.habits import answer, everything, form, letters, programme, sent, together, told, typed
from tests.scenario.people import newest, paired, shown

GOAL = "Speak in front of 50 people"


def test_a_reached_goal_is_celebrated_by_both(town: Town) -> None:
    """Whoever it is shared with hears of it once and can cheer once."""
    together(town, "lena", "noah")
    set_goal(town, "lena")
    reach(town, "lena")
    said = shown(newest(town, "lena"))
    assert ":tada:" in said
    assert "Noah will hear of it." in said
    assert "No goal yet" in answer(town, "lena", "/tandem goals")
    town.deliver()
    [news] = [one for one in letters(town, "noah") if GOAL in shown(one)]
    assert "Lena has reached a goal" in shown(news)

    town.clicks("noah", news, "goal.cheer")
    town.deliver()
    assert "You cheered for Lena." in shown(newest(town, "noah"))
    assert "Noah is cheering you on." in told(town, "lena")[-1]
    town.deliver()
    assert len([one for one in told(town, "lena") if "cheering" in one]) == 1


def test_in_a_trio_both_partners_hear_of_it_and_each_cheers_for_themselves(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    set_goal(town, "lena")
    reach(town, "lena")
    town.deliver()
    for who in ("noah", "ida"):
        [news] = [one for one in letters(town, who) if GOAL in shown(one)]
        town.clicks(who, news, "goal.cheer")
    town.deliver()
    assert sorted(one for one in told(town, "lena") if "cheering" in one) == [
        ":clap: Ida is cheering you on.",
        ":clap: Noah is cheering you on.",
    ]


def test_german_texts_of_the_end(town: Town) -> None:
    paired(town, "mira", "jonas")
    set_goal(town, "mira", title="Frei sprechen")
    reach(town, "mira", "Frei sprechen")
    assert "Ich sage es auch Jonas." in shown(newest(town, "mira"))
    town.deliver()
    assert "Mira hat ein Ziel erreicht: *Frei sprechen*" in told(town, "jonas")[-1]
    assert "Erreicht am 2. November 2026" in shown(archive(town, "mira"))


@pytest.mark.parametrize("end", ["reached", "let go"])
def test_the_end_of_a_private_goal_is_told_to_nobody(town: Town, end: str) -> None:
    together(town, "lena", "noah")
    set_goal(town, "lena", visibility="private")
    before = len(letters(town, "noah"))
    if end == "reached":
        reach(town, "lena")
        assert "hear of it" not in shown(newest(town, "lena"))
    else:
        let_go(town, "lena")
    town.deliver()
    assert len(letters(town, "noah")) == before


def test_a_goal_is_let_go_with_one_sentence_that_stays_with_its_author(town: Town) -> None:
    together(town, "lena", "noah")
    set_goal(town, "lena")
    choose(town, "lena", my_goals(town, "lena"), GOAL, "dropped")
    assert "Noah will hear that you let it go, without your sentence." in form(town, "lena")
    why = f"it was never mine {secret(town, 'farewell', 'lena')}"
    assert "Making room is a decision too." in shown(sent(town, "lena", {"farewell": why}).view)
    town.deliver()
    assert "Lena has let a goal go, to make room" in told(town, "noah")[-1]
    assert "never mine" not in everything(town, "noah")
    kept = shown(archive(town, "lena"))
    assert why in kept
    assert "Let go on 2 November 2026" in kept


def test_a_long_farewell_is_corrected_and_the_goal_stays(town: Town) -> None:
    programme(town, "lena")
    set_goal(town, "lena")
    choose(town, "lena", my_goals(town, "lena"), GOAL, "dropped")
    assert list(town.submits("lena", {"farewell": "x" * 301}).errors) == ["farewell"]
    assert typed(town, "lena", "farewell") == "x" * 301
    assert GOAL in answer(town, "lena", "/tandem goals")


@pytest.mark.parametrize("verb", ["done", "dropped", "edit"])
def test_an_old_list_says_kindly_that_a_goal_is_closed_by_now(town: Town, verb: str) -> None:
    """And leads to the archive."""
    programme(town, "lena")
    set_goal(town, "lena")
    old = my_goals(town, "lena")
    reach(town, "lena")
    choose(town, "lena", old, GOAL, verb)
    said = newest(town, "lena")
    assert "closed by now" in shown(said)
    town.clicks("lena", said, "goals.archive")
    assert "Reached on" in shown(newest(town, "lena"))


def test_an_old_form_keeps_what_was_typed_when_the_goal_is_closed(town: Town) -> None:
    programme(town, "lena")
    set_goal(town, "lena")
    old = my_goals(town, "lena")
    choose(town, "lena", old, GOAL, "edit")
    _close_it_elsewhere(town, old)
    said = town.submits("lena", {"why": "because I can"})
    assert "closed by now" in said.errors["title"]
    assert typed(town, "lena", "why") == "because I can"


def _close_it_elsewhere(town: Town, listed: Any) -> None:
    choose(town, "lena", listed, GOAL, "done")


def test_a_goal_taken_up_again_is_under_way_and_the_news_of_its_end_is_taken_back(town: Town) -> None:
    """Reached once more, it is told once more."""
    together(town, "lena", "noah")
    set_goal(town, "lena")
    reach(town, "lena")
    town.deliver()
    assert "has reached a goal" in everything(town, "noah")

    town.clicks("lena", archive(town, "lena"), "goal.resume")
    assert GOAL in shown(newest(town, "lena"))
    town.deliver()
    assert "has reached a goal" not in everything(town, "noah")

    town.travel(timedelta(hours=1))
    reach(town, "lena")
    town.deliver()
    assert len([one for one in told(town, "noah") if "has reached a goal" in one]) == 1


def test_what_was_not_yet_told_is_never_told_when_a_goal_goes_on(town: Town) -> None:
    """It is closed and taken up again before its partner's working hours begin."""
    together(town, "lena", "noah")
    set_goal(town, "lena")
    town.travel(timedelta(hours=14))
    reach(town, "lena")
    town.clicks("lena", archive(town, "lena"), "goal.resume")
    town.travel(timedelta(hours=14))
    assert "has reached a goal" not in everything(town, "noah")


def test_a_goal_taken_up_again_and_let_go_again_starts_from_its_sentence(town: Town) -> None:
    programme(town, "lena")
    set_goal(town, "lena")
    let_go(town, "lena", farewell="no time")
    town.clicks("lena", archive(town, "lena"), "goal.resume")
    choose(town, "lena", my_goals(town, "lena"), GOAL, "dropped")
    assert typed(town, "lena", "farewell") == "no time"


def test_a_goal_is_taken_up_again_only_where_there_is_room(town: Town) -> None:
    programme(town, "lena")
    set_goal(town, "lena")
    reach(town, "lena")
    shelf = archive(town, "lena")
    for title in ("first", "second", "third"):
        set_goal(town, "lena", title=title)
    town.clicks("lena", shelf, "goal.resume")
    assert "You have 3 goals under way" in shown(newest(town, "lena"))
    let_go(town, "lena", "second")
    town.clicks("lena", shelf, "goal.resume")
    town.clicks("lena", archive(town, "lena"), "goals.show")
    assert GOAL in shown(newest(town, "lena"))


def test_a_second_click_on_take_up_again_changes_nothing(town: Town) -> None:
    programme(town, "lena")
    set_goal(town, "lena")
    reach(town, "lena")
    first, second = archive(town, "lena"), archive(town, "lena")
    for shelf in (first, second):
        town.clicks("lena", shelf, "goal.resume")
        assert GOAL in shown(newest(town, "lena"))


def test_the_news_of_an_ended_pairing_cannot_be_cheered(town: Town) -> None:
    together(town, "lena", "noah")
    set_goal(town, "lena")
    reach(town, "lena")
    town.deliver()
    [news] = [one for one in letters(town, "noah") if GOAL in shown(one)]
    town.says("lena", "/tandem leave")
    town.clicks("lena", newest(town, "lena"), "leave.confirm")
    town.clicks("noah", news, "goal.cheer")
    assert "it has ended, or it is not yours" in shown(newest(town, "noah"))


def test_thirty_closed_goals_are_paged_in_the_archive(town: Town) -> None:
    """The last closed first, also in the window that opens from the home tab."""
    programme(town, "lena")
    for number in range(30):
        set_goal(town, "lena", title=f"goal {number:02}", steps="")
        reach(town, "lena", f"goal {number:02}")
        town.clock.move_to(town.now + timedelta(minutes=1))
    shelf = archive(town, "lena")
    assert "(30)" in shown(shelf)
    assert "goal 29" in shown(shelf)
    assert "goal 19" not in shown(shelf)
    for action, there in (("goals.archive.older", "goal 19"), ("goals.archive.older", "goal 00")):
        town.clicks("lena", newest(town, "lena"), action)
        assert there in shown(newest(town, "lena"))
    town.clicks("lena", newest(town, "lena"), "goals.archive.newer")
    assert "goal 19" in shown(newest(town, "lena"))


def test_the_archive_turns_its_pages_in_a_window_too(town: Town) -> None:
    """However often: a window takes the place of the last, for Slack stacks three at most."""
    programme(town, "lena")
    for number in range(12):
        set_goal(town, "lena", title=f"goal {number:02}", steps="")
        reach(town, "lena", f"goal {number:02}")
    town.opens_home("lena")
    town.clicks_home("lena", "help.show")
    presses(town, "lena", "goals.show")
    presses(town, "lena", "goals.archive")
    for _ in range(3):
        presses(town, "lena", "goals.archive.older")
        assert "goal 00" in form(town, "lena")
        presses(town, "lena", "goals.archive.newer")
        assert "goal 11" in form(town, "lena")


def test_an_empty_archive_invites(town: Town) -> None:
    """After the only closed goal is taken up again on another device."""
    programme(town, "lena")
    set_goal(town, "lena")
    reach(town, "lena")
    goals = my_goals(town, "lena")
    town.clicks("lena", archive(town, "lena"), "goal.resume")
    town.clicks("lena", goals, "goals.archive")
    assert "Your archive is empty" in shown(newest(town, "lena"))

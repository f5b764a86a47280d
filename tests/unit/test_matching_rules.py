from __future__ import annotations

from typing import Any

import pytest

from bot.matching.judge import judge_of
from bot.matching.people import Decisions, History, Person, Population, Role, Track
from bot.matching.policy import Policy
from bot.matching.rules import Rule, named
from tests.unit.matching_people import pair, person

MIRA = person("mira", level=3)


def broken(a: Person, b: Person, weeks: float | None = None, track: Track = Track.PEER) -> tuple[Rule, ...]:
    history = History.of([] if weeks is None else [(a.id, b.id, weeks)])
    judge = judge_of(Population.of([a, b], history), Policy(), 0, track)
    return named(int(judge.rulebook.broken(pair(judge, *((0, 1) if a.id < b.id else (1, 0))))[0]))


@pytest.mark.parametrize(
    ("other", "weeks", "rules"),
    [
        (person("jonas"), None, ()),
        (person("jonas", exclude=frozenset({"mira"})), None, (Rule.EXCLUDED,)),
        (person("jonas", competes_with=frozenset({"mira"})), None, (Rule.COMPETITORS,)),
        (person("jonas", manager="mira"), None, (Rule.MANAGER,)),
        (person("jonas", manager="someone else"), None, ()),
        (person("jonas", languages=frozenset({"de"})), None, (Rule.NO_SHARED_LANGUAGE,)),
        (person("jonas", languages=frozenset()), None, ()),
        (person("jonas", work=(961, 1440)), None, (Rule.TOO_FEW_HOURS,)),
        (person("jonas", work=(960, 1440)), None, ()),
        (person("jonas", work=None), None, ()),
        (person("jonas"), 11.9, (Rule.MET_RECENTLY, Rule.MET_BEFORE)),
        (person("jonas"), 12, (Rule.MET_BEFORE,)),
        (person("jonas"), 104, ()),
    ],
)
def test_every_broken_rule_is_named_whoever_comes_first(
    other: Person, weeks: float | None, rules: tuple[Rule, ...]
) -> None:
    assert broken(MIRA, other, weeks) == broken(other, MIRA, weeks) == rules


def test_an_owners_forbidden_pair_is_a_rule() -> None:
    decided = Decisions(forbidden=frozenset({frozenset({"mira", "jonas"})}))
    judge = judge_of(Population.of([MIRA, person("jonas")], decisions=decided), Policy(), 0)

    assert named(int(judge.rulebook.broken(pair(judge, 0, 1))[0])) == (Rule.FORBIDDEN,)


@pytest.mark.parametrize(
    ("track", "mentor", "mentee", "rules"),
    [
        (Track.CAREER, {"level": 3}, {"level": 2}, ()),
        (Track.CAREER, {"level": 2}, {"level": 2}, (Rule.DIRECTION,)),
        (Track.CAREER, {"level": 2}, {"level": 3}, (Rule.DIRECTION,)),
        (Track.REVERSE, {"level": 2}, {"level": 3}, ()),
        (Track.REVERSE, {"level": 3}, {"level": 2}, (Rule.DIRECTION,)),
        (Track.BUDDY, {"level": 3}, {"level": 2}, ()),
        (Track.BUDDY, {"level": 2}, {"level": 3}, (Rule.DIRECTION,)),
        (Track.BUDDY, {"level": 2, "role": Role.GIVES}, {"level": 3, "role": Role.TAKES}, ()),
        (Track.LIFE, {"role": Role.TAKES}, {"role": Role.TAKES}, (Rule.DIRECTION,)),
        (Track.LIFE, {"role": Role.GIVES}, {"role": Role.GIVES}, (Rule.DIRECTION,)),
        (Track.CAREER, {"role": Role.GIVES}, {"role": Role.TAKES}, ()),
    ],
)
def test_a_track_says_who_may_be_the_mentor(
    track: Track, mentor: dict[str, Any], mentee: dict[str, Any], rules: tuple[Rule, ...]
) -> None:
    assert broken(person("zoe", **mentor), person("ali", **mentee), track=track) == rules


@pytest.mark.parametrize("track", [Track.BUDDY, Track.LIFE, Track.CAREER])
def test_of_two_equals_exactly_one_may_be_the_mentor_of_the_other(track: Track) -> None:
    zoe, ali = person("zoe", "law", "sql"), person("ali", "maths", "law")

    assert broken(zoe, ali, track=track) == ()
    assert broken(ali, zoe, track=track) == (Rule.DIRECTION,)

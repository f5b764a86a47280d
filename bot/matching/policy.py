"""What a programme values in a match, and what it does not allow. Every weight is in whole points."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

Points = Annotated[int, Field(ge=0, le=200)]
Weeks = Annotated[float, Field(ge=0, le=520, allow_inf_nan=False)]


class Relaxable(StrEnum):
    """The rules that may be set aside for somebody who would have no partner otherwise."""

    HOURS = "hours"
    GAP = "gap"
    LANGUAGE = "language"


class Policy(BaseModel):
    """The weights and limits of one programme. Raises a ValueError (pydantic's) for what makes no sense.

    The defaults add up to 110 points for two people who have never met: 72 for what they can give each other, 38 for
    how well they go together.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    skill_points: tuple[Points, ...] = Field((20, 8, 4), max_length=20)
    """For the first, second, … skill that one offers and the other wants; what comes after the last counts nothing.

    In a directed track only what the mentor offers counts, and it counts twice.
    """
    both_ways_points: Points = 8
    """On top when each of the two offers something that the other wants."""
    goal_points: Points = 5
    """For every goal that both have, at most `most_goals` of them."""
    most_goals: int = Field(2, ge=1, le=20)
    level_points: Points = 6
    """For the same level, fading evenly to nothing at `level_span` steps apart."""
    level_span: int = Field(3, ge=1, le=20)
    level_distance: int = Field(2, ge=0, le=20)
    """In the tracks `career` and `reverse`: how many levels apart is best."""
    style_points: Points = 6
    """For the same working style; each step apart on one of the three questions takes a twelfth of it."""
    department_points: Points = 5
    """For two different departments."""
    hours_points: Points = 6
    """For `full_overlap_minutes` of common working time or more; less counts in proportion, rounded down."""
    full_overlap_minutes: int = Field(240, ge=1, le=1440)
    language_points: Points = 1
    """For every shared language beyond the first, at most `extra_languages` of them."""
    extra_languages: int = Field(2, ge=0, le=20)
    site_points: Points = 3
    """For two people at the same site, or both remote."""
    wish_points: Points = 10
    """When one of the two wished for the other."""
    mutual_wish_points: Points = 30
    """When both did, instead of the former."""

    min_overlap_minutes: int = Field(60, ge=0, le=1440)
    """People whose working windows have less in common than this are not matched."""
    min_gap_weeks: Weeks = 12
    """People who met less than this many weeks ago are not matched again."""
    memory_weeks: Weeks = 104
    """How long a meeting is remembered."""
    repeat_points: Points = 60
    """Taken from a pair that met exactly `min_gap_weeks` ago, fading evenly to nothing at `memory_weeks`."""
    new_first: bool = True
    """Nobody meets the same person again within the memory as long as there is an arrangement of new pairs."""
    relax: tuple[Relaxable, ...] = (Relaxable.HOURS, Relaxable.GAP)
    """Which rules are set aside, one after the other, for whoever would have no partner otherwise."""

    waiting_points: int = Field(200, ge=0, le=1000)
    """For every round that one of the two was left without a partner, at most `waiting_rounds` of them.

    More than a pair can have otherwise: who waited comes before a better fit. It never changes who goes with whom when
    there is a partner for everybody, and it is not part of how well two people fit.
    """
    waiting_rounds: int = Field(10, ge=0, le=100)

    fair_loss: float = Field(0.005, ge=0, le=1, allow_inf_nan=False)
    """How much of the total may be given up to make the worst match better, as a share; 0 for nothing."""

    circle_smallest: int = Field(3, ge=3, le=6)
    circle_largest: int = Field(6, ge=3, le=6)
    circle_size: int = Field(4, ge=3, le=6)
    """The size that circles have where the number of people and the rules allow it."""

    strong_from: int = Field(48, ge=0)
    """A match is strong from this average fit on, if everybody in it can get something they want.

    With the default weights, that is one skill each way.
    """
    good_from: int = Field(25, ge=0)
    """A match is good from this average fit on, if anybody in it can get something they want; else it is a stretch."""

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if list(self.skill_points) != sorted(self.skill_points, reverse=True):
            raise ValueError("skill_points grow, but a further skill may not count more than the one before")
        if self.memory_weeks < self.min_gap_weeks:
            raise ValueError("memory_weeks is shorter than min_gap_weeks")
        if not self.circle_smallest <= self.circle_size <= self.circle_largest:
            raise ValueError("circle_size is not between circle_smallest and circle_largest")
        if len(set(self.relax)) < len(self.relax):
            raise ValueError("relax names a rule twice")
        return self


class PolicyUnreadable(Exception):
    """Settings that cannot be used. `complaints` are sentences: which setting, what is wrong with it."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__("; ".join(complaints))
        self.complaints = tuple(complaints)


def policy_of(settings: Mapping[str, object]) -> Policy:
    """Return the policy with these settings; what is not named has its default.

    Raises PolicyUnreadable with everything that is wrong.
    """
    try:
        return Policy.model_validate(settings)
    except ValidationError as error:
        raise PolicyUnreadable([_complaint(tuple(one["loc"]), one["msg"]) for one in error.errors()]) from None


IN_SLACK: Mapping[str, object] = MappingProxyType({"min_overlap_minutes": 0, "relax": ()})
"""Where the policy of a programme differs from that of a spreadsheet unless its settings say otherwise.

Few common hours count against a pair but forbid none: nobody can say in their profile yet which hours they could shift,
and what somebody can learn from another weighs more. Who met recently waits rather than meet again.
"""


def programme_policy(settings: Mapping[str, object]) -> Policy:
    """Return the policy of the programmes in Slack with these settings. Raises PolicyUnreadable."""
    return policy_of({**IN_SLACK, **settings})


def _complaint(place: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(map(str, place))}: {message}" if place else message

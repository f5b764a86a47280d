"""What a programme values in a match. Every number is in points; a pair's score is their sum."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """The weights of one programme.

    The defaults make what two people can give each other count most: a pair in which each offers what the other wants
    has at least 100 points, one in which only one gives has 40 to 70, and hours and languages decide between equals.
    Raises ValueError for a negative weight, growing skill points or a memory shorter than the gap.
    """

    min_gap_weeks: float = 12
    """People who met less than this many weeks ago are not matched again."""

    skill_points: tuple[int, ...] = (40, 20, 10)
    """For the first, second, … skill that one offers and the other wants; what comes after the last counts nothing."""

    both_ways_points: int = 20
    """On top when each of the two offers something that the other wants."""

    hours_points: int = 15
    """For `full_overlap_minutes` of common working time or more; less counts in proportion, rounded down."""

    full_overlap_minutes: int = 240

    language_points: int = 3
    """For every shared language beyond the first, at most `extra_languages` of them."""

    extra_languages: int = 2

    repeat_points: int = 60
    """Taken from a pair that met exactly `min_gap_weeks` ago, fading evenly to nothing at `memory_weeks`."""

    memory_weeks: float = 52

    waiting_points: int = 200
    """For every round that one of the two was left without a partner, at most `waiting_rounds` of them.

    More than a pair can have otherwise: who waited comes before a better fit. It never changes who goes with whom when
    there is a partner for everybody, and it is not part of how well two people fit.
    """

    waiting_rounds: int = 10

    strong_from: int = 90
    """A match is called strong from this fit on: with the default weights, skills both ways."""

    good_from: int = 40
    """A match is called good from this fit on: with the default weights, one skill one way; below it is a stretch."""

    def __post_init__(self) -> None:
        if min(self._weights()) < 0:
            raise ValueError("a weight of the matching policy is negative")
        if list(self.skill_points) != sorted(self.skill_points, reverse=True):
            raise ValueError("skill_points grow, but a further skill may not count more than the one before")
        if self.full_overlap_minutes < 1:
            raise ValueError("full_overlap_minutes is below 1")
        if self.memory_weeks < self.min_gap_weeks:
            raise ValueError("memory_weeks is shorter than min_gap_weeks")

    def _weights(self) -> tuple[float, ...]:
        return (
            self.min_gap_weeks,
            *self.skill_points,
            self.both_ways_points,
            self.hours_points,
            self.language_points,
            self.extra_languages,
            self.repeat_points,
            self.waiting_points,
            self.waiting_rounds,
        )

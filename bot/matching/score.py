"""How well two people go together, as named terms that add up; for many pairs at once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.matching.columns import UNKNOWN, Columns
from bot.matching.facing import Facing
from bot.matching.people import MINUTES_OF_A_DAY, STYLE_STEPS, Track
from bot.matching.policy import Policy
from bot.matching.ties import Ties

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.int16]

MOST_STEPS = 3 * (STYLE_STEPS - 1)
MOST_SHARED = 255


class TermKind(StrEnum):
    """In the order in which the points of a pair are stored."""

    GIVES = "gives"  # the first offers what the second wants
    RECEIVES = "receives"  # the second offers what the first wants
    BOTH_WAYS = "both_ways"
    GOALS = "goals"
    LEVEL = "level"
    STYLE = "style"
    DEPARTMENT = "department"
    HOURS = "hours"
    LANGUAGES = "languages"
    SITE = "site"
    WISH = "wish"
    MET_BEFORE = "met_before"


@dataclass(frozen=True, slots=True)
class Scorer:
    """Scores pairs of one population under one policy. In a directed track the first of two is the mentor."""

    columns: Columns
    ties: Ties
    policy: Policy
    track: Track = Track.PEER

    def terms(self, facing: Facing) -> list[Points]:
        """Return the points of every term, in the order of TermKind: how well each pair fits is their sum."""
        return [*self._untied(facing), *self._tied(facing)]

    def fit(self, facing: Facing) -> Points:
        return _added(self.terms(facing))

    def untied(self, facing: Facing) -> Points:
        """Return how well each pair would fit if nobody had met or wished for anybody."""
        return _added(self._untied(facing))

    def priority(self) -> NDArray[np.int64]:
        """Return what everybody brings into any match for having waited."""
        import numpy as np

        rounds = np.minimum(self.columns.waited, self.policy.waiting_rounds)
        return rounds.astype(np.int64) * self.policy.waiting_points

    def _untied(self, facing: Facing) -> list[Points]:
        return [
            *self._skills(facing),
            self._goals(facing),
            self._level(facing),
            self._style(facing),
            self._department(facing),
            self._hours(facing),
            self._languages(facing),
            self._site(facing),
        ]

    def _skills(self, facing: Facing) -> list[Points]:
        import numpy as np

        points = np.zeros(MOST_SHARED + 1, dtype=np.int16)
        points[1 : len(self.policy.skill_points) + 1] = self.policy.skill_points
        worth = np.cumsum(points, dtype=np.int16)
        if self.track is not Track.PEER:
            nothing = np.zeros(len(facing), dtype=np.int16)
            return [2 * worth[facing.forth], nothing, nothing]
        both = (facing.forth > 0) & (facing.back > 0)
        return [worth[facing.forth], worth[facing.back], both * np.int16(self.policy.both_ways_points)]

    def _goals(self, facing: Facing) -> Points:
        import numpy as np

        counted = np.minimum(facing.goals, np.uint8(self.policy.most_goals))
        return np.asarray(counted * np.int16(self.policy.goal_points))

    def _level(self, facing: Facing) -> Points:
        import numpy as np

        best = {Track.CAREER: self.policy.level_distance, Track.REVERSE: -self.policy.level_distance}
        apart = np.abs(facing.levels_up - best.get(self.track, 0))
        close = np.maximum(self.policy.level_span - apart, 0) * self.policy.level_points // self.policy.level_span
        return np.asarray(close * facing.levels_known, dtype=np.int16)

    def _style(self, facing: Facing) -> Points:
        import numpy as np

        alike = np.array([self.policy.style_points * (MOST_STEPS - steps) // MOST_STEPS for steps in range(16)])
        known = self.columns.style[0] > 0
        return np.asarray(alike.astype(np.int16)[facing.style_steps] * (known[facing.first] & known[facing.second]))

    def _department(self, facing: Facing) -> Points:
        import numpy as np

        one, other = self.columns.department[facing.first], self.columns.department[facing.second]
        apart = (one != other) & (np.minimum(one, other) > UNKNOWN)
        return np.asarray(apart * np.int16(self.policy.department_points))

    def _hours(self, facing: Facing) -> Points:
        import numpy as np

        full = self.policy.full_overlap_minutes
        worth = self.policy.hours_points * np.minimum(np.arange(MINUTES_OF_A_DAY + 1), full) // full
        return worth.astype(np.int16)[facing.minutes]

    def _languages(self, facing: Facing) -> Points:
        import numpy as np

        extra = np.clip(np.arange(MOST_SHARED + 1) - 1, 0, self.policy.extra_languages) * self.policy.language_points
        return extra.astype(np.int16)[facing.languages]

    def _site(self, facing: Facing) -> Points:
        import numpy as np

        one, other = self.columns.site[facing.first], self.columns.site[facing.second]
        return np.asarray(((one == other) & (one > UNKNOWN)) * np.int16(self.policy.site_points))

    def _tied(self, facing: Facing) -> list[Points]:
        import numpy as np

        row = self.ties.rows(facing.first, facing.second)
        wish = np.array([0, self.policy.wish_points, self.policy.mutual_wish_points], dtype=np.int16)
        return [wish[self.ties.wishes][row], self._met_before()[row]]

    def _met_before(self) -> Points:
        """Return what every tie loses for a meeting that is not forgotten yet."""
        import numpy as np

        weeks, policy = self.ties.weeks, self.policy
        fading = max(policy.memory_weeks - policy.min_gap_weeks, 1e-9)
        share = np.clip((policy.memory_weeks - weeks) / fading, 0, 1)
        return np.asarray(-np.rint(policy.repeat_points * share), dtype=np.int16)


def _added(terms: list[Points]) -> Points:
    total = terms[0] + terms[1]
    for points in terms[2:]:
        total += points
    return total

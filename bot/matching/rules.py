"""Who may not be matched at all. A forbidden pair is left out of the graph, whatever else speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.matching import ties
from bot.matching.columns import Columns
from bot.matching.facing import Facing
from bot.matching.people import Track
from bot.matching.policy import Policy, Relaxable
from bot.matching.ties import Ties

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Broken = NDArray[np.uint16]
    """For each pair the rules it breaks, a bit each."""


class Rule(StrEnum):
    """In the order in which they are asked; the first broken one is named."""

    EXCLUDED = "excluded"  # one of the two does not want the other: private
    COMPETITORS = "competitors"  # for the same post: private
    FORBIDDEN = "forbidden"  # by an owner, in this round
    MANAGER = "manager"  # one reports to the other
    DIRECTION = "direction"  # in this track the other one would have to be the mentor, or neither can be
    NO_SHARED_LANGUAGE = "no_shared_language"
    TOO_FEW_HOURS = "too_few_hours"
    MET_RECENTLY = "met_recently"
    MET_BEFORE = "met_before"  # forbids nothing, but somebody new comes first

    @property
    def bit(self) -> int:
        return 1 << tuple(Rule).index(self)


RELAXES = {
    Relaxable.HOURS: Rule.TOO_FEW_HOURS,
    Relaxable.GAP: Rule.MET_RECENTLY,
    Relaxable.LANGUAGE: Rule.NO_SHARED_LANGUAGE,
}


def named(broken: int) -> tuple[Rule, ...]:
    """Return the rules behind the bits, in their order."""
    return tuple(rule for rule in Rule if broken & rule.bit)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules of one population under one policy. In a directed track the first of two is the mentor."""

    columns: Columns
    ties: Ties
    policy: Policy
    track: Track = Track.PEER

    def broken(self, facing: Facing) -> Broken:
        """Return every rule that each pair breaks."""
        return self.untied(facing) | self.tied(facing)

    def untied(self, facing: Facing) -> Broken:
        """Return the broken rules that need no knowledge of this particular pair."""
        import numpy as np

        manager, speaks = self.columns.manager, self.columns.speaks
        reports = (manager[facing.first] == facing.second) | (manager[facing.second] == facing.first)
        silent = (facing.languages == 0) & speaks[facing.first] & speaks[facing.second]
        short = (facing.minutes < self.policy.min_overlap_minutes) & facing.hours_known
        found = reports * np.uint16(Rule.MANAGER.bit)
        found |= silent * np.uint16(Rule.NO_SHARED_LANGUAGE.bit)
        found |= short * np.uint16(Rule.TOO_FEW_HOURS.bit)
        if self.track is not Track.PEER:
            found |= self._backwards(facing) * np.uint16(Rule.DIRECTION.bit)
        return np.asarray(found)

    def tied(self, facing: Facing) -> Broken:
        """Return the other broken rules."""
        return self._by_tie()[self.ties.rows(facing.first, facing.second)]

    def _by_tie(self) -> Broken:
        import numpy as np

        flags, weeks = self.ties.flags, self.ties.weeks
        found = ((flags & ties.EXCLUDED) > 0) * np.uint16(Rule.EXCLUDED.bit)
        found |= ((flags & ties.COMPETITORS) > 0) * np.uint16(Rule.COMPETITORS.bit)
        found |= ((flags & ties.FORBIDDEN) > 0) * np.uint16(Rule.FORBIDDEN.bit)
        found |= (weeks < self.policy.min_gap_weeks) * np.uint16(Rule.MET_RECENTLY.bit)
        if self.policy.new_first:
            found |= (weeks < self.policy.memory_weeks) * np.uint16(Rule.MET_BEFORE.bit)
        return found

    def _backwards(self, facing: Facing) -> NDArray[np.bool_]:
        """Return where the first of two cannot be the mentor of the second in this track.

        Both must stand on their side. Where levels are known the senior gives (in `reverse` the junior, and in `career`
        and `reverse` equals do not match); otherwise, of two who could both be the mentor, the one whose offers meet
        more wants, then the first by id: no two people mentor each other.
        """
        import numpy as np

        role = self.columns.role
        able = ((role[facing.first] & 1) > 0) & ((role[facing.second] & 2) > 0)
        swappable = able & ((role[facing.first] & 2) > 0) & ((role[facing.second] & 1) > 0)
        up = -facing.levels_up if self.track is Track.REVERSE else facing.levels_up
        gives_more = (facing.forth > facing.back) | ((facing.forth == facing.back) & (facing.first < facing.second))
        wrong = swappable & ~gives_more
        if self.track in {Track.CAREER, Track.REVERSE}:
            wrong = (facing.levels_known & (up <= 0)) | (~facing.levels_known & wrong)
        else:
            ranked = facing.levels_known & (up != 0)
            wrong = swappable & ((ranked & (up < 0)) | (~ranked & ~gives_more))
        return np.asarray(~able | wrong)

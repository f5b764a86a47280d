"""Pairs of people side by side: what they have in common, worked out once for the score and for the rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.matching.columns import Columns
from bot.matching.people import MINUTES_OF_A_DAY

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Bits, Places


@dataclass(frozen=True)
class Facing:
    """Two equally long lists of people: the first of one faces the first of the other."""

    columns: Columns
    first: Places
    second: Places

    def __len__(self) -> int:
        return len(self.first)

    @cached_property
    def forth(self) -> NDArray[np.uint8]:
        """How many skills the first offers that the second wants."""
        return _shared(self.columns.offers, self.first, self.columns.wants, self.second)

    @cached_property
    def back(self) -> NDArray[np.uint8]:
        """How many skills the second offers that the first wants."""
        return _shared(self.columns.wants, self.first, self.columns.offers, self.second)

    @cached_property
    def goals(self) -> NDArray[np.uint8]:
        return _shared(self.columns.goals, self.first, self.columns.goals, self.second)

    @cached_property
    def languages(self) -> NDArray[np.uint8]:
        return _shared(self.columns.languages, self.first, self.columns.languages, self.second)

    @cached_property
    def hours_known(self) -> NDArray[np.bool_]:
        length = self.columns.length
        return (length[self.first] >= 0) & (length[self.second] >= 0)

    @cached_property
    def minutes(self) -> NDArray[np.int16]:
        """How many minutes of the day the two working windows have in common; 0 if one is not known."""
        import numpy as np

        start, length = self.columns.start, self.columns.length
        ahead = start[self.second] - start[self.first]
        ahead += np.int16(MINUTES_OF_A_DAY) * (ahead < 0)
        one, other = length[self.first], length[self.second]
        today = np.minimum(one - ahead, other)
        tomorrow = np.minimum(one, ahead + other - np.int16(MINUTES_OF_A_DAY))
        return np.asarray(np.maximum(today, np.int16(0)) + np.maximum(tomorrow, np.int16(0)))

    @cached_property
    def levels_known(self) -> NDArray[np.bool_]:
        level = self.columns.level
        return (level[self.first] >= 0) & (level[self.second] >= 0)

    @cached_property
    def levels_up(self) -> NDArray[np.int32]:
        """How many levels the first is above the second; means nothing where one is not known."""
        return self.columns.level[self.first] - self.columns.level[self.second]

    @cached_property
    def style_steps(self) -> NDArray[np.int8]:
        """How many steps their working styles are apart; means nothing where one is not known."""
        import numpy as np

        one, two, three = (np.abs(answers[self.first] - answers[self.second]) for answers in self.columns.style)
        return np.asarray(one + two + three)


def _shared(one: Bits, first: Places, other: Bits, second: Places) -> NDArray[np.uint8]:
    import numpy as np

    count: NDArray[np.uint8] = np.bitwise_count(one[0][first] & other[0][second])
    for mine, theirs in zip(one[1:], other[1:], strict=True):
        count += np.bitwise_count(mine[first] & theirs[second])
    return count

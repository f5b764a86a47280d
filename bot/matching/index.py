"""Who offers what somebody wants, without looking at everybody: an inverted index over small sets of skills.

Everybody is posted under each pair of (one or two skills they offer, one or two they want), and under single skills.
Whoever wants what the first half says and offers what the second half says finds them there. Rare shelves are taken
whole, of long ones a sample; because the shelves of two and two skills are short, the few people who could give and get
most are found even where a single skill is offered by thousands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.matching.columns import Bits, Places

OWNER_BITS = 24
"""A posting is a shelf's number above, a person's place below: up to 16 million people."""
MOST_SKILLS = 8
"""Of longer lists the rarest skills are posted: they tell people apart best."""
ANY = 0
"""The code of the empty set."""


@dataclass(frozen=True, slots=True)
class Index:
    """`postings` are sorted; `offered` and `wanted` are the codes of everybody's small sets, -1 where there is none."""

    offered: NDArray[np.int64]
    wanted: NDArray[np.int64]
    postings: NDArray[np.uint64]

    def found(self, people: Places, most: int, draw: np.random.Generator) -> tuple[Places, Places]:
        """Return pairs of (one of `people`, somebody on one of their shelves), at most `most` from each shelf."""
        import numpy as np

        wishes = np.sort(_packed(self.wanted[people], self.offered[people], people))
        shelf = wishes >> np.uint64(OWNER_BITS)
        begin = np.searchsorted(self.postings, shelf << np.uint64(OWNER_BITS))
        end = np.searchsorted(self.postings, (shelf + np.uint64(1)) << np.uint64(OWNER_BITS))
        filled = end > begin
        one, begin, long = _owner(wishes[filled]), begin[filled], (end - begin)[filled]
        taken = np.minimum(long, most)
        row = np.repeat(np.arange(len(taken)), taken)
        step = np.arange(len(row)) - np.repeat(np.cumsum(taken) - taken, taken)
        # From a long shelf every so-manieth person, beginning anywhere.
        place = (step * (long[row] / taken[row]) + draw.random(len(taken))[row] * long[row]).astype(np.int64)
        return one[row], _owner(self.postings[begin[row] + place % long[row]])


def index_of(offers: Bits, wants: Bits) -> Index:
    """Return the index of everybody."""
    import numpy as np

    offered, wanted = _sets(offers), _sets(wants)
    people = np.arange(offers.shape[1], dtype=np.int32)
    parts = [_packed(offered[part], wanted[part], people[part]) for part in _parts(len(people))]
    postings = np.concatenate(parts) if parts else np.empty(0, dtype=np.uint64)
    del parts
    postings.sort()
    return Index(offered, wanted, postings)


def _parts(size: int, step: int = 1 << 14) -> Iterator[slice]:
    return (slice(begin, begin + step) for begin in range(0, size, step))


def _packed(first: NDArray[np.int64], second: NDArray[np.int64], people: Places) -> NDArray[np.uint64]:
    """Return a posting for every set of the first kind with every set of the second, where not both are empty.

    Sets of two go with sets of one or two, not with the empty set. Two shelves may share a number by chance: then they
    are one longer shelf, and whoever does not fit is seen by the score.
    """
    import numpy as np

    single = np.array([len(_subsets(size)) for size in (1, 2)])[0] + 1
    left, right = first[:, :, None], second[:, None, :]
    wanted = (left >= 0) & (right >= 0) & ((left > ANY) | (right > ANY))
    wanted[:, single:, 0] = wanted[:, 0, single:] = False
    row, one, other = np.nonzero(wanted)
    mixed = first[row, one].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(29))) + second[row, other].astype(np.uint64)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(OWNER_BITS) << np.uint64(OWNER_BITS)) | people[row].astype(np.uint64)


def _owner(postings: NDArray[np.uint64]) -> Places:
    import numpy as np

    return (postings & np.uint64((1 << OWNER_BITS) - 1)).astype(np.int32)


def _subsets(size: int) -> list[tuple[int, ...]]:
    return list(combinations(range(MOST_SKILLS), size))


def _sets(bits: Bits) -> NDArray[np.int64]:
    """Return the codes of the empty set, of every skill and of every two skills of each person."""
    import numpy as np

    skills = _rarest(bits)
    base = np.int64(bits.shape[0] * 64 + 1)
    ones = np.where(skills >= 0, skills + 1, -1)
    twos = [
        np.where((ones[:, a] > 0) & (ones[:, b] > 0), _two(ones[:, a], ones[:, b], base), -1) for a, b in _subsets(2)
    ]
    return np.column_stack([np.zeros(len(skills), dtype=np.int64), ones, *twos])


def _two(a: NDArray[np.int64], b: NDArray[np.int64], base: np.int64) -> NDArray[np.int64]:
    import numpy as np

    return np.minimum(a, b) * base + np.maximum(a, b) + base


def _rarest(bits: Bits) -> NDArray[np.int64]:
    """Return up to `MOST_SKILLS` skills of each person, the rarest first, then -1; shape (people, MOST_SKILLS)."""
    import numpy as np

    size = bits.shape[1]
    skills = np.full((size, MOST_SKILLS), -1, dtype=np.int64)
    filled = np.zeros(size, dtype=np.int64)
    shared = [
        ((bits[skill // 64] >> np.uint64(skill % 64)) & np.uint64(1)).nonzero()[0] for skill in range(64 * len(bits))
    ]
    for skill in sorted(range(len(shared)), key=lambda each: len(shared[each])):
        having = shared[skill][filled[shared[skill]] < MOST_SKILLS]
        skills[having, filled[having]] = skill
        filled[having] += 1
    return skills

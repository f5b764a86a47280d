"""Circles by swapping people towards those who fit them, at first also when it costs something."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

Circle = tuple[int, ...]
"""Places, ascending."""

SIZE_COST = 3.0
"""Points that a circle loses for every person more or less than wished for."""
ALONE_COST = 20_000.0
"""Points that everybody who is in no circle costs."""
STEPS = 300
"""Swaps that are tried for each person."""
WARM, COLD = 20.0, 0.3
"""Points: at the beginning and at the end, a swap that costs so much is taken about once in three times."""
FRIENDS = 20


@dataclass(frozen=True, slots=True)
class Table:
    """What every pair is worth, minus infinity if they may not meet, and how large circles are."""

    worth: Sequence[Sequence[float]]
    smallest: int
    wished: int
    largest: int

    @property
    def size(self) -> int:
        return len(self.worth)

    def value(self, circle: Iterable[int]) -> float:
        """Return what a circle is worth; minus infinity if somebody may not meet or the size is not allowed."""
        people = tuple(circle)
        if not people:
            return 0.0
        if not self.smallest <= len(people) <= self.largest:
            return -math.inf
        between = sum(self.worth[a][b] for a, b in combinations(people, 2))
        return between / (len(people) - 1) - SIZE_COST * abs(len(people) - self.wished)

    def total(self, circles: Sequence[Circle]) -> float:
        """Return what circles are worth together, with the price of those who are in none."""
        seated = sum(len(circle) for circle in circles)
        return sum(self.value(circle) for circle in circles) - ALONE_COST * (self.size - seated)


@dataclass(slots=True)
class Run:
    """One attempt: its circles, and every good circle that was met on the way."""

    table: Table
    draw: random.Random
    groups: list[set[int]] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    """The group of everybody, -1 for nobody's."""
    friends: list[list[int]] = field(default_factory=list)
    met: set[Circle] = field(default_factory=set)
    circles: list[Circle] = field(default_factory=list)
    worth: float = -math.inf

    def begin(self) -> None:
        """Fill circles one after the other, each with whoever adds most."""
        table = self.table
        self.at = [-1] * table.size
        self.friends = [_friends(row) for row in table.worth]
        left = self.draw.sample(range(table.size), table.size)
        while len(left) >= table.smallest:
            aim = _size(len(left), table)
            group = {left.pop()}
            while len(group) < aim:
                fitting = max(left, key=lambda one: sum(table.worth[one][other] for other in group), default=None)
                if fitting is None or math.isinf(sum(table.worth[fitting][other] for other in group)):
                    break
                left.remove(fitting)
                group.add(fitting)
            self._keep(group)

    def _keep(self, group: set[int]) -> None:
        if math.isfinite(self.table.value(group)):
            for person in group:
                self.at[person] = len(self.groups)
            self.groups.append(group)

    def go(self) -> None:
        """Try swaps while it gets colder, and remember the best circles."""
        steps = STEPS * self.table.size
        for step in range(steps):
            self._step(WARM * (COLD / WARM) ** (step / steps))
        self.note()

    def _step(self, heat: float) -> None:
        person = self.draw.randrange(self.table.size)
        friends = self.friends[person]
        friend = friends[self.draw.randrange(len(friends))] if friends else person
        there, here = self.at[friend], self.at[person]
        if there == here or there < 0:
            self._found_circle(person, friend)
            return
        target, source = self.groups[there], self.groups[here] if here >= 0 else set[int]()
        guests = [one for one in target if one != friend]
        guest = self.draw.choice([*guests, -1])
        self._swap(person, guest, source, target, heat)

    def _swap(self, person: int, guest: int, source: set[int], target: set[int], heat: float) -> None:
        """Let a person take a guest's place, or come in addition if the guest is -1."""
        back = {guest} - {-1}
        new_target = (target - back) | {person}
        new_source = (source - {person}) | back if source else set[int]()
        after = self.table.value(new_target) + self.table.value(new_source)
        gained = after - self.table.value(target) - self.table.value(source)
        if not source:
            gained += ALONE_COST * (1 - len(back))
        if math.isinf(after) or (gained < 0 and self.draw.random() >= math.exp(gained / heat)):
            return
        here, there = self.at[person], self.at[next(iter(target))]
        self.groups[there], self.at[person] = new_target, there
        if here >= 0:
            self.groups[here] = new_source
        if back:
            self.at[guest] = here
        self._remember(new_target, new_source)

    def _found_circle(self, person: int, friend: int) -> None:
        """Let a few who are in no circle make one of their own."""
        if self.at[person] >= 0 or self.at[friend] >= 0:
            return
        free = [one for one, group in enumerate(self.at) if group < 0]
        group = {person, friend, *self.draw.sample(free, min(len(free), self.table.smallest))}
        while len(group) > self.table.smallest:
            group.remove(next(one for one in group if one not in {person, friend}))
        self._keep(group)

    def _remember(self, *groups: set[int]) -> None:
        if self.table.size <= 60:  # noqa: PLR2004  more are not put together anew
            self.met.update(tuple(sorted(group)) for group in groups if group)

    def note(self) -> None:
        self.circles = sorted(tuple(sorted(group)) for group in self.groups if group)
        self._remember(*self.groups)
        self.worth = self.table.total(self.circles)


def annealed(table: Table, seed: int) -> Run:
    """Return one attempt; the same seed makes the same one."""
    run = Run(table, random.Random(seed))  # noqa: S311 - a search, not a secret
    if table.size:
        run.begin()
        run.go()
    return run


def _friends(row: Sequence[float]) -> list[int]:
    allowed = [one for one, worth in enumerate(row) if math.isfinite(worth)]
    return sorted(allowed, key=lambda one: -row[one])[:FRIENDS]


def _size(people: int, table: Table) -> int:
    """Return a size for the next of about equally large circles."""
    circles = max(1, round(people / table.wished), -(-people // table.largest))
    return min(max(-(-people // circles), table.smallest), table.largest)

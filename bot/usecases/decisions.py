"""What owners decide on a preview and every further one keeps: who goes together, who does not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import combinations
from uuid import UUID

from bot.db.rounds import RoundRow
from bot.matching.people import Decisions

Group = frozenset[str]
"""Enrolment ids of people who go together."""


def read_decisions(row: RoundRow) -> Decisions:
    """Return what was decided on a round."""
    stored = row.decisions
    pins, forbidden = (frozenset(map(frozenset, stored.get(name, ()))) for name in ("pins", "forbidden"))
    return Decisions(pins, forbidden)


def write_decisions(row: RoundRow, decisions: Decisions) -> None:
    """Keep what was decided with a round."""
    row.decisions = as_stored(decisions)


def as_stored(decisions: Decisions) -> dict[str, list[list[str]]]:
    """Return decisions as a round stores them."""
    return {
        "pins": sorted(sorted(pin) for pin in decisions.pins),
        "forbidden": sorted(sorted(pair) for pair in decisions.forbidden),
    }


def among(decisions: Decisions, waiting: Collection[str]) -> Decisions:
    """Return the decisions about people who can be matched now, the others forgotten."""
    return Decisions(
        frozenset(pin for pin in decisions.pins if pin.issubset(waiting)),
        frozenset(pair for pair in decisions.forbidden if pair.issubset(waiting)),
    )


def together(decisions: Decisions, group: Group) -> Decisions:
    """Return `decisions` with a group kept together: nobody in it is in another pin, and no pair is forbidden."""
    free = frozenset(pair for pair in decisions.forbidden if not pair <= group)
    return Decisions(without(decisions, group).pins | {group}, free)


def without(decisions: Decisions, people: Iterable[str]) -> Decisions:
    """Return `decisions` with no pin on any of `people`."""
    loose = frozenset(people)
    return replace(decisions, pins=frozenset(pin for pin in decisions.pins if not pin & loose))


def apart(decisions: Decisions, group: Group) -> Decisions:
    """Return `decisions` with no two people of a group together."""
    pairs = frozenset(map(frozenset, combinations(sorted(group), 2)))
    return Decisions(without(decisions, group).pins, decisions.forbidden | pairs)


def group_of(members: Iterable[UUID | str]) -> Group:
    """Return people by their enrolment ids."""
    return frozenset(map(str, members))

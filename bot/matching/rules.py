"""Who may not be matched at all. A forbidden pair is left out of the graph, whatever else speaks for it."""

from __future__ import annotations

from enum import StrEnum

from bot.matching.people import Candidate, History
from bot.matching.policy import Policy


class Rule(StrEnum):
    SAME_PERSON = "same_person"
    NO_SHARED_LANGUAGE = "no_shared_language"
    MET_RECENTLY = "met_recently"


def forbidden(a: Candidate, b: Candidate, policy: Policy, history: History) -> Rule | None:
    """Return the first rule, in the order above, that forbids the pair; None if the two may be matched."""
    if a.id == b.id:
        return Rule.SAME_PERSON
    if a.languages.isdisjoint(b.languages):
        return Rule.NO_SHARED_LANGUAGE
    weeks = history.weeks_since(a.id, b.id)
    if weeks is not None and weeks < policy.min_gap_weeks:
        return Rule.MET_RECENTLY
    return None

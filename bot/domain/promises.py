"""A promise: one thing somebody will do until the next check-in, and every way it can end without blame."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.checkins import Outcome


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    PARTLY = "partly"  # done in part, and then something else
    NOT_YET = "not_yet"  # not done, and then something else
    CARRIED = "carried"  # goes on as a new one
    SMALLER = "smaller"  # a smaller one took its place
    DROPPED = "dropped"  # let go


class Then(StrEnum):
    """What becomes of a promise that was not kept, or only in part."""

    CARRY = "carry"
    SMALLER = "smaller"
    LET_GO = "let_go"


_AFTER = {Then.CARRY: PromiseState.CARRIED, Then.SMALLER: PromiseState.SMALLER, Then.LET_GO: PromiseState.DROPPED}
FOLLOWED = frozenset({Then.CARRY, Then.SMALLER})  # the next promise goes on where this one was left


def promise_after(outcome: Outcome, then: Then | None) -> PromiseState:
    """Return the state a promise ends in; ``then`` counts only for what was not kept."""
    if outcome is Outcome.KEPT or then is None:
        return PromiseState(outcome.value)
    return _AFTER[then]


def decided(state: PromiseState) -> Then | None:
    """Return what was decided about a promise that ended in ``state``; None when nothing was."""
    return next((then for then, after in _AFTER.items() if after is state), None)

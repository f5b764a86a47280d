"""A pairing: two or three people who work together for some weeks."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from bot.domain.refusals import N_, Refused

FEWEST = 2


class PairingState(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


class EndReason(StrEnum):
    """Why a pairing ended. Kept for the words of the farewell, never shown with a name to owners."""

    COMPLETED = "completed"
    LEFT = "left"
    NO_FIT = "no_fit"  # somebody in it asked for a new partner; who is kept nowhere
    QUIET = "quiet"  # nothing was heard of somebody in it for long


class NoPartnerYet(Refused):
    text = N_("You have no partner yet. You are on the list for the next round, and I will write to you.")


class Resting(NoPartnerYet):
    text = N_("I am not looking for a partner for you just now. Tell me when you would like one.")


class MatchWaits(NoPartnerYet):
    text = N_("I have a match for you. Your answer is waiting in our messages.")


class OthersThink(NoPartnerYet):
    text = N_("You said yes to a match. As soon as everybody has answered, I introduce you to each other.")


class SittingOut(NoPartnerYet):
    text = N_("You skip this round. You are on the list again for the one after it.")


class OutOfRounds(NoPartnerYet):
    text = N_(
        "You are not on the list at the moment, because two questions about a round stayed open. "
        "My last message about it has a button that brings you back."
    )


def is_over(ends_on: date, today: date) -> bool:
    """Say whether the last day of a pairing has passed."""
    return today > ends_on

"""A round: one matching run, from the owner's preview to the introductions."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.refusals import N_, Refused

FEWEST = 2


class RoundState(StrEnum):
    PLANNED = "planned"  # its day is known
    COLLECTING = "collecting"  # people were asked whether they are in
    PREVIEW = "preview"  # waits for an owner
    APPROVED = "approved"  # every match is decided on; some may still wait for their people's answers
    INTRODUCED = "introduced"  # every match that was approved lives or was declined
    CLOSED = "closed"  # and none of its pairings lives any more
    DISCARDED = "discarded"


AHEAD = (RoundState.PLANNED, RoundState.COLLECTING)
"""The states of a round that has not been solved yet: it takes every answer."""

LIVE = (RoundState.APPROVED, RoundState.INTRODUCED, RoundState.CLOSED)
"""The states of a round that an owner said yes to."""


class MatchState(StrEnum):
    PROPOSED = "proposed"  # in a preview
    OFFERED = "offered"  # approved, its people are asked
    INTRODUCED = "introduced"
    DECLINED = "declined"  # by an owner or by somebody in it: it never goes live


class TooFewToMatch(Refused):
    text = N_(
        "A round needs at least two people who are waiting for a partner. Waiting right now: "
        "{count}. Invite colleagues to run `/tandem join`."
    )


class RoundOver(Refused):
    text = N_("This preview is no longer open. Run `/tandem-admin match` for a fresh one.")


class RoundOutdated(Refused):
    text = N_(
        "Something has changed since, and this is not possible any more, so nothing went live. "
        "Press *Match again*, or run `/tandem-admin match`."
    )


class CannotBeMatched(Refused):
    """What an owner wants breaks a rule that is never set aside; which one, and whose, is private."""

    text = N_("These people cannot be matched.")


class NobodyElse(Refused):
    text = N_("There is nobody else in this preview to do that with.")


class NobodyChosen(Refused):
    text = N_("That does not work: please choose people of different matches.")


class NobodyFits(Refused):
    text = N_(
        "I found no allowed match among the {count} people who are waiting. More "
        "participants, or more shared languages, would help."
    )

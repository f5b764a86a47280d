"""A round: one matching run, from the owner's preview to the introductions."""

from __future__ import annotations

from enum import StrEnum

from bot.domain.refusals import N_, Refused

FEWEST = 2


class RoundState(StrEnum):
    PREVIEW = "preview"
    APPROVED = "approved"
    DISCARDED = "discarded"


class TooFewToMatch(Refused):
    text = N_(
        "A round needs at least two people who are waiting for a partner. Waiting right now: "
        "{count}. Invite colleagues to run `/tandem join`."
    )


class RoundOver(Refused):
    text = N_("This preview is no longer open. Run `/tandem-admin match` for a fresh one.")


class RoundOutdated(Refused):
    text = N_(
        "Somebody in this preview has left, paused or found a partner since. Run `/tandem-admin match` for a fresh one."
    )


class NobodyFits(Refused):
    text = N_(
        "I found no allowed match among the {count} people who are waiting. More "
        "participants, or more shared languages, would help."
    )

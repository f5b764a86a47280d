"""How long each kind of data is kept: one table, read by the nightly job, the data register and the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType


class Data(StrEnum):
    """Kinds of data that are kept and forgotten together."""

    WORKSPACE = "workspace"
    PROGRAMME = "programme"
    PERSON = "person"
    ENROLMENT = "enrolment"
    SKILL = "skill"
    ROUND = "round"
    OFFER = "offer"
    PAIRING = "pairing"
    FIT = "fit"
    SILENCE = "silence"
    CLOSING = "closing"
    THANKS = "thanks"
    GOAL = "goal"
    MEETING = "meeting"
    FOLLOW_UP = "follow_up"
    CHECKIN = "checkin"
    MOOD = "mood"
    NOTE = "note"
    REPLY = "reply"
    REFLECTION = "reflection"
    SNAPSHOT = "snapshot"
    SLOT = "slot"
    MESSAGE = "message"
    INBOUND = "inbound"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Rule:
    """Kept for ``days`` ``after`` an event (None: as ``after`` says), and at most ``at_most`` days after writing."""

    days: int | None
    after: str
    at_most: int | None = None

    def limit(self, now: datetime) -> datetime:
        """Return the moment before which the event must lie for the data to be forgotten at ``now``."""
        return _before(now, self.days)

    def hard_limit(self, now: datetime) -> datetime:
        """Return the moment before which data is forgotten at ``now`` whatever else happened."""
        return _before(now, self.at_most)

    def __str__(self) -> str:
        if self.days is None:
            return self.after
        cap = f", at most {self.at_most} days after it was written" if self.at_most else ""
        return f"{self.days} days after {self.after}{cap}"


def _before(now: datetime, days: int | None) -> datetime:
    if days is None:
        message = "this data is kept without a period"
        raise ValueError(message)
    return now - timedelta(days=days)


_TWO_YEARS = 730

RULES: Mapping[Data, Rule] = MappingProxyType(
    {
        Data.WORKSPACE: Rule(None, "as long as the app is installed"),
        Data.PROGRAMME: Rule(None, "as long as the app is installed"),
        Data.PERSON: Rule(
            180,
            "Slack's directory last told of them, once they are in no programme, ran no round, and nobody in a "
            "programme keeps a thank-you of theirs",
        ),
        Data.ENROLMENT: Rule(180, "leaving the programme, or agreeing to the notice without joining"),
        Data.SKILL: Rule(None, "as long as somebody names it, or another one was merged into it"),
        Data.ROUND: Rule(365, "it was decided, and never before the pairings it made"),
        Data.OFFER: Rule(None, "until everybody in the match has answered; three days of silence are an answer"),
        Data.PAIRING: Rule(365, "it ended; longer where the programme's gap between two rounds together is longer"),
        Data.FIT: Rule(None, "until its author's time in the pairing ends"),
        Data.SILENCE: Rule(None, "until its person's time in the pairing ends"),
        Data.CLOSING: Rule(90, "its author's time in the pairing ended", _TWO_YEARS),
        Data.THANKS: Rule(None, "as long as its reader is known here: in a programme, and up to 180 days beyond"),
        Data.GOAL: Rule(180, "it was closed or its author left, and their last pairing ended"),
        Data.MEETING: Rule(180, "its pairing ended"),
        Data.FOLLOW_UP: Rule(180, "the time in the pairing of whoever takes it on ended"),
        Data.CHECKIN: Rule(180, "its author's time in the pairing ended"),
        Data.MOOD: Rule(
            None, "the last two of each person, until they end the question or their check-in is forgotten"
        ),
        Data.NOTE: Rule(90, "its pairing ended for its author; unshared ones: their last pairing", _TWO_YEARS),
        Data.REPLY: Rule(90, "the time together of the two it was between ended", _TWO_YEARS),
        Data.REFLECTION: Rule(90, "its author's time in the pairing ended", _TWO_YEARS),
        Data.SNAPSHOT: Rule(_TWO_YEARS, "it was counted"),
        Data.SLOT: Rule(30, "its moment passed"),
        Data.MESSAGE: Rule(30, "it was sent or given up; where it quotes people, as long as what it is about"),
        Data.INBOUND: Rule(7, "it came in"),
        Data.AUDIT: Rule(365, "it was written; the database refuses to let it go earlier"),
    }
)

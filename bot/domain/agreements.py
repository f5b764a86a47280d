"""The agreement of a pairing: what its people expect of each other, in versions that all of them sign."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain import cadence, wording
from bot.domain.cadence import Weekday
from bot.domain.participants import Presence, next_working_moment
from bot.domain.refusals import N_, Refused, at_field

LONGEST = 1_000  # characters of one part: all of them fit into one message
RHYTHMS = (1, 2)  # weeks from one check-in to the next
FURTHEST = timedelta(days=366)
PARTS = ("hopes", "meetings", "not_this_week", "rules")


class NothingAgreed(Refused):
    text = N_("Write at least one line: what do you hope for, or how often do you meet?")
    field = "hopes"


class EndPast(Refused):
    text = N_("That day is not in the future. Until when do you want to work together?")
    field = "until"


class EndTooFar(Refused):
    text = N_("That is more than a year away. Pick a nearer day; you can renew at the end.")
    field = "until"


class AgreementOver(Refused):
    text = N_(
        "There is a newer version of this agreement, or your time together has ended. `/tandem agreement` shows it."
    )


class AgreementExpired(Refused):
    text = N_("The last day in this agreement has passed. Suggest a change with a later day.")


def nudge_at(there: Presence, introduced_at: datetime, days: int) -> datetime:
    """Return when to remind of an agreement: ``days`` after the introduction, in the afternoon or soon after."""
    day = there.day(introduced_at) + timedelta(days=days)
    return next_working_moment(there, cadence.instant(day, cadence.AFTERNOON, there.zone))


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed: texts as typed, the check-in's weekday and the weeks between two, the last day together."""

    hopes: str | None
    meetings: str | None
    not_this_week: str | None
    rules: str | None
    weekday: Weekday
    every_weeks: int
    until: date


def kept_terms(terms: Terms, today: date) -> Terms:
    """Return ``terms`` as kept. Raises NothingAgreed, EndPast, EndTooFar or TextTooLong."""
    kept: dict[str, str | None] = {}
    for part in PARTS:
        with at_field(part):
            kept[part] = wording.optional(getattr(terms, part), LONGEST)
    if not any(kept.values()):
        raise NothingAgreed
    if terms.until <= today:
        raise EndPast
    if terms.until - today > FURTHEST:
        raise EndTooFar
    return replace(terms, **kept, every_weeks=read_rhythm(str(terms.every_weeks)))  # type: ignore[arg-type]  # texts


def read_rhythm(text: str) -> int:
    """Return the weeks between two check-ins; one for anything a form does not offer."""
    return next((weeks for weeks in RHYTHMS if str(weeks) == text), RHYTHMS[0])

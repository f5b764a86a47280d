"""The end of a time together: what was learned, what the other gave, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from bot.domain import dates, wording
from bot.domain.refusals import N_, Refused, at_field
from bot.domain.visibility import Visibility

THANKS = 1_000  # characters of one thank-you


class Next(StrEnum):
    """What somebody wants after the last day. Saying nothing is as good as NEW: on the list, with a heads-up."""

    RENEW = "renew"
    NEW = "new_partner"
    PAUSE = "pause"
    LEAVE = "leave"


class BackMissing(Refused):
    text = N_("When would you like to be back? Pick a day for your break.")
    field = "back_on"


@dataclass(frozen=True, slots=True)
class Wish:
    """What comes next; ``back_on`` is the first day back from a break."""

    next: Next | None = None
    back_on: date | None = None


_WIDTH = max(len(one) for one in Next) + len(":2026-11-30")


def as_kept(wish: Wish) -> str:
    """Return a wish as it is stored: always as long, so that the length tells nothing."""
    day = wish.back_on.isoformat() if wish.back_on else ""
    return f"{wish.next or ''}:{day}".ljust(_WIDTH)


def as_read(kept: str | None) -> Wish:
    """Return the wish behind what ``as_kept`` made."""
    word, _, day = (kept or "").strip().partition(":")
    return Wish(Next(word) if word else None, date.fromisoformat(day) if day else None)


@dataclass(frozen=True, slots=True)
class LookBack:
    """What somebody fills in at the end. ``thanks`` by Slack id, ``let_go`` the goals that do not come along."""

    learned: str | None
    visibility: Visibility
    thanks: Mapping[str, str | None]
    let_go: frozenset[UUID]
    wish: Wish


def kept_look_back(given: LookBack, partners: Iterable[str], today: date) -> LookBack:
    """Return ``given`` as kept: thank-yous to ``partners`` (Slack ids) alone.

    Raises TextTooLong, BackMissing, DatePast or DateTooFar, each at its field.
    """
    with at_field("learned"):
        learned = wording.optional(given.learned)
    thanks = {}
    for partner in partners:
        with at_field(thanks_field(partner)):
            thanks[partner] = wording.optional(given.thanks.get(partner), THANKS)
    return replace(given, learned=learned, thanks=thanks, wish=_kept_wish(given.wish, today))


def thanks_field(partner: str) -> str:
    """Return the name of the form field for the thank-you to a partner."""
    return f"thanks:{partner}"


def _kept_wish(wish: Wish, today: date) -> Wish:
    if wish.next is not Next.PAUSE:
        return Wish(wish.next)
    if wish.back_on is None:
        raise BackMissing
    with at_field("back_on"):
        return Wish(wish.next, dates.ahead(wish.back_on, today))


def all_want_to_go_on(wishes: Iterable[Next | None]) -> bool:
    """Say whether everybody wishes to renew: one who does not, or says nothing, is enough for a no."""
    return all(wish is Next.RENEW for wish in wishes)

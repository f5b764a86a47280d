"""Whom somebody would like to be matched with, and whom not: private, and steering nothing but the matching."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.people import is_slack_id
from bot.domain.refusals import N_, Refused, at_field

MOST_PEOPLE = 20


class TooManyPeople(Refused):
    text = N_("Up to {limit} people fit here; you named {count}.")


class WishedAndAvoided(Refused):
    text = N_(
        "Somebody here stands above too, among those you would rather not be matched with. Choose one of the two."
    )
    field = "wished"


@dataclass(frozen=True, slots=True)
class Wishes:
    """Slack ids, in the order of choosing."""

    avoided: tuple[str, ...] = ()
    competing: tuple[str, ...] = ()
    wished: tuple[str, ...] = ()


def kept_wishes(said: Wishes, me: str) -> Wishes:
    """Return ``said`` as kept: each person once, and never oneself. Raises TooManyPeople or WishedAndAvoided."""
    kept = Wishes(
        _people("avoided", said.avoided, me),
        _people("competing", said.competing, me),
        _people("wished", said.wished, me),
    )
    if {*kept.wished} & {*kept.avoided, *kept.competing}:
        raise WishedAndAvoided
    return kept


def _people(field: str, ids: Iterable[str], me: str) -> tuple[str, ...]:
    people = tuple(dict.fromkeys(one for one in ids if one != me and is_slack_id(one)))
    with at_field(field):
        if len(people) > MOST_PEOPLE:
            raise TooManyPeople(limit=MOST_PEOPLE, count=len(people))
    return people

"""Who may do what: the one place where a right is decided.

``decide(actor, action, thing)`` is called inside the use case, with facts read in the same transaction.
Nothing is allowed that is not written down in ``ALLOWS``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.domain.ids import PersonId
from bot.domain.people import Actor, NotWelcome, is_colleague
from bot.domain.refusals import N_, Refused
from bot.domain.rounds import CannotBeMatched


class Role(StrEnum):
    """What an actor is to a thing."""

    COLLEAGUE = "colleague"  # may take part at all
    PARTICIPANT = "participant"  # enrolled in the programme the thing belongs to
    AUTHOR = "author"  # it is theirs
    PARTNER = "partner"  # in the pairing it is shared with, today
    OWNER = "owner"  # in the owners' room, now
    ADMIN = "admin"  # workspace admin, or named in the configuration


class Action(StrEnum):
    SET_UP = "set_up"
    EDIT_PROGRAMME = "edit_programme"
    RUN_ROUND = "run_round"
    READ_STATUS = "read_status"
    JOIN = "join"
    TAKE_PART = "take_part"
    CHANGE = "change"
    READ = "read"
    CHEER = "cheer"
    REPLY = "reply"
    SIGN = "sign"
    PART = "part"


ALLOWS: Mapping[Action, frozenset[Role]] = MappingProxyType(
    {
        Action.SET_UP: frozenset({Role.ADMIN}),
        Action.EDIT_PROGRAMME: frozenset({Role.OWNER}),
        Action.RUN_ROUND: frozenset({Role.OWNER}),
        Action.READ_STATUS: frozenset({Role.OWNER}),
        Action.JOIN: frozenset({Role.COLLEAGUE}),
        Action.TAKE_PART: frozenset({Role.PARTICIPANT}),
        Action.CHANGE: frozenset({Role.AUTHOR}),
        Action.READ: frozenset({Role.AUTHOR, Role.PARTNER}),
        Action.CHEER: frozenset({Role.PARTNER}),
        Action.REPLY: frozenset({Role.PARTNER}),
        Action.SIGN: frozenset({Role.PARTNER}),
        Action.PART: frozenset({Role.PARTNER}),
    }
)


@dataclass(frozen=True, slots=True)
class Thing:
    """What a right is asked for: whose it is, who shares it, which owners' room stands behind it."""

    author: PersonId | None = None
    partners: frozenset[PersonId] = frozenset()
    participants: frozenset[PersonId] = frozenset()
    room: str | None = None


class NotEnrolled(Refused):
    text = N_("You are not in the programme yet. Joining takes two minutes, and you can leave at any time.")


class NotYours(Refused):
    text = N_("I cannot open that for you: it has ended, or it is not yours. `/tandem help` shows what you can do.")


class NotAnOwner(Refused):
    text = N_("This works only in the private channel of the people who run the programme, and only for its members.")


class NotAllowedToSetUp(Refused):
    text = N_(
        "Only a workspace admin, or a person your IT has named, can set up a programme. Ask one of them to run this."
    )


_REFUSAL: Mapping[Action, type[Refused]] = MappingProxyType(
    {
        Action.SET_UP: NotAllowedToSetUp,
        Action.EDIT_PROGRAMME: NotAnOwner,
        Action.RUN_ROUND: NotAnOwner,
        Action.READ_STATUS: NotAnOwner,
        Action.JOIN: NotWelcome,
        Action.TAKE_PART: NotEnrolled,
        Action.CHANGE: NotYours,
        Action.READ: NotYours,
        Action.CHEER: NotYours,
        Action.REPLY: NotYours,
        Action.SIGN: NotYours,
        Action.PART: NotYours,
    }
)

NOTHING = Thing()


def is_breach(refusal: Refused, *, by_form: bool) -> bool:
    """Say whether a refusal belongs into the audit trail.

    An attempt at an owner's right does, and a form about something that is not (or no longer) its sender's. So does
    an owner's attempt to bring together people whom a rule keeps apart: trying out who fits whom shall leave a trace.
    """
    if by_form and isinstance(refusal, (NotYours, NotWelcome)):
        return True
    return isinstance(refusal, (NotAnOwner, NotAllowedToSetUp, CannotBeMatched))


def decide(actor: Actor, action: Action, thing: Thing = NOTHING) -> None:
    """Return if ``actor`` may do ``action`` to ``thing``; raise the matching Refused otherwise."""
    if not is_colleague(actor.standing):
        raise NotWelcome
    if not roles(actor, thing) & ALLOWS[action]:
        raise _REFUSAL[action]


def roles(actor: Actor, thing: Thing) -> frozenset[Role]:
    """Return everything ``actor`` is to ``thing``."""
    standing = {
        Role.COLLEAGUE: True,
        Role.PARTICIPANT: actor.person in thing.participants,
        Role.AUTHOR: actor.person == thing.author,
        Role.PARTNER: actor.person in thing.partners and actor.person != thing.author,
        Role.OWNER: thing.room is not None and thing.room in actor.rooms,
        Role.ADMIN: actor.standing.admin or actor.named_for_setup,
    }
    return frozenset(role for role, holds in standing.items() if holds)

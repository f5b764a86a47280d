"""Rights with paper and pencil: every combination of what somebody may be to a thing."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from bot.domain.access import (
    ALLOWS,
    Action,
    NotAllowedToSetUp,
    NotAnOwner,
    NotEnrolled,
    NotYours,
    Role,
    Thing,
    decide,
    roles,
)
from bot.domain.ids import PersonId, WorkspaceId, new_id
from bot.domain.people import Actor, NotWelcome, Standing, is_colleague, welcoming
from bot.domain.refusals import Refused

ME, YOU = PersonId(new_id()), PersonId(new_id())
MYSELF = Actor(WorkspaceId(new_id()), ME, "U1", Standing(), rooms=frozenset({"C1"}))
EVERYTHING = Thing(author=ME, partners=frozenset({ME, YOU}), participants=frozenset({ME, YOU}), room="C1")
REFUSALS: dict[Action, type[Refused]] = {
    Action.SET_UP: NotAllowedToSetUp,
    Action.EDIT_PROGRAMME: NotAnOwner,
    Action.RUN_ROUND: NotAnOwner,
    Action.READ_STATUS: NotAnOwner,
    Action.TAKE_PART: NotEnrolled,
    Action.CHANGE: NotYours,
    Action.READ: NotYours,
    Action.CHEER: NotYours,
    Action.REPLY: NotYours,
    Action.PART: NotYours,
    Action.SIGN: NotYours,
}


def things() -> list[Thing]:
    """Return every way a thing can relate to me: mine or not, shared with me or not, my programme and room or not."""
    return [
        Thing(author, partners, participants, room)
        for author, partners, participants, room in itertools.product(
            (None, ME, YOU),
            (frozenset[PersonId](), frozenset({ME, YOU}), frozenset({YOU})),
            (frozenset[PersonId](), frozenset({ME}), frozenset({YOU})),
            (None, "C1", "C2"),
        )
    ]


def allowed(actor: Actor, action: Action, thing: Thing) -> bool:
    try:
        decide(actor, action, thing)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("action", Action)
def test_a_right_follows_from_a_role_and_from_nothing_else(action: Action) -> None:
    """Every action on every thing, for somebody with and without an owners' room, admin or not."""
    standings = (Standing(), Standing(admin=True))
    for thing, standing, rooms in itertools.product(things(), standings, (frozenset[str](), frozenset({"C1"}))):
        actor = replace(MYSELF, standing=standing, rooms=rooms)
        expected = {
            Action.SET_UP: standing.admin,
            Action.EDIT_PROGRAMME: thing.room in rooms,
            Action.RUN_ROUND: thing.room in rooms,
            Action.READ_STATUS: thing.room in rooms,
            Action.JOIN: True,
            Action.TAKE_PART: ME in thing.participants,
            Action.CHANGE: thing.author == ME,
            Action.READ: thing.author == ME or ME in thing.partners,
            Action.CHEER: thing.author != ME and ME in thing.partners,
            Action.REPLY: thing.author != ME and ME in thing.partners,
            Action.PART: thing.author != ME and ME in thing.partners,
            Action.SIGN: thing.author != ME and ME in thing.partners,
        }
        assert allowed(actor, action, thing) is expected[action], (action, thing, standing)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("flag", ["guest", "bot", "deactivated", "external"])
def test_who_is_no_colleague_may_nothing(action: Action, flag: str) -> None:
    """Whatever they own, share or run, and even as an admin: S26."""
    actor = replace(MYSELF, standing=replace(Standing(admin=True), **{flag: True}), named_for_setup=True)

    with pytest.raises(NotWelcome):
        decide(actor, action, EVERYTHING)


@pytest.mark.parametrize("action", sorted(REFUSALS))
def test_each_refusal_has_its_own_sentence(action: Action) -> None:
    """It says what one can do instead."""
    stranger = replace(MYSELF, person=YOU, rooms=frozenset())

    with pytest.raises(REFUSALS[action]) as told:
        decide(stranger, action)
    assert len(told.value.text) > 20


def test_owners_may_read_and_change_nothing_people_wrote() -> None:
    """The promise of the product: a room gives no right to content."""
    owner = replace(MYSELF, person=YOU, standing=Standing(admin=True), named_for_setup=True)
    note = Thing(author=ME, partners=frozenset({ME}), participants=frozenset({ME, YOU}), room="C1")

    for action in (Action.READ, Action.CHANGE, Action.CHEER, Action.REPLY):
        assert not allowed(owner, action, note)
    assert ALLOWS[Action.READ].isdisjoint({Role.OWNER, Role.ADMIN})


def test_a_person_named_by_it_may_set_up_and_nothing_more() -> None:
    named = replace(MYSELF, named_for_setup=True, rooms=frozenset())

    assert allowed(named, Action.SET_UP, Thing())
    assert not allowed(named, Action.EDIT_PROGRAMME, Thing(room="C1"))


def test_nobody_is_their_own_partner() -> None:
    assert Role.PARTNER not in roles(MYSELF, EVERYTHING)
    assert Role.PARTNER in roles(replace(MYSELF, person=YOU), EVERYTHING)


def test_every_action_is_written_down() -> None:
    """An action without a row would be an error in front of a person."""
    assert set(ALLOWS) == set(Action)
    assert set(REFUSALS) == set(Action) - {Action.JOIN}


def test_guests_take_part_where_they_are_welcome() -> None:
    """The configuration lifts that one bar, no other."""
    guest = Standing(guest=True)

    assert not is_colleague(guest)
    assert is_colleague(welcoming(guest))
    assert not is_colleague(welcoming(replace(guest, deactivated=True)))

"""What Slack tells by itself: a home tab opened, a person changed, somebody joined a channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack.house import House
from bot.slack.replies import Done, Private, Reply, ShowHome
from bot.slack.requests import Request
from bot.slack.router import event
from bot.slack.screens import help, notes  # noqa: A004  the screen is called what it is
from bot.usecases.enrolments import is_enrolled
from bot.usecases.programmes import announce_owner


@event("app_home_opened")
def home_opened(request: Request, house: House) -> Reply:
    if _event(request).get("tab", "home") != "home":
        return Done()
    house.homes.opened(request)
    return ShowHome()


@event("user_change", "team_join")
def person_changed(request: Request, house: House) -> Reply:
    """A new zone or language moves what is still to come; somebody deactivated leaves kindly."""
    user = _event(request).get("user")
    if isinstance(user, dict):
        house.directory.learn(request.team, user)
        house.wake(plan=True)
    return Done()


@event("message")
def wrote_to_bot(request: Request, house: House) -> Reply:
    """Somebody wrote in their DM with the bot: offered as a note, never stored unasked."""
    said = _event(request)
    if said.get("channel_type") != "im" or said.get("subtype") or said.get("bot_id") or not request.text.strip():
        return Done()
    with house.acting(request) as (tx, actor):  # claimed: Slack may deliver it again
        enrolled = is_enrolled(tx, actor)
    words = house.words(request)
    if not enrolled:
        return Private(help.help_message(words, enrolled=False))
    return Private(
        notes.draft(request.text, words) if len(request.text) <= notes.DRAFT else notes.draft_too_long(words)
    )


@event("member_joined_channel")
def joined_channel(request: Request, house: House) -> Reply:
    """Whoever joins an owners' room becomes an owner, and the room is told."""
    if not request.user or not house.is_owners_room(request):
        return Done()
    with house.acting(request) as (tx, actor):
        announce_owner(tx, request.channel, actor)
    return Done()


def _event(request: Request) -> Mapping[str, Any]:
    found = request.body.get("event")
    return found if isinstance(found, Mapping) else {}

"""Wherever a command is typed, its answer is for the asking person alone."""

from __future__ import annotations

import pytest

from bot.slack.listeners.every import LISTENERS
from bot.slack.router import Router
from demo.town import ROOM, Town
from sandbox import Channel
from tests.scenario.people import join, match, move_in, set_up

WORDS = [
    f"{command} {word}".strip()
    for command in ("/tandem", "/tandem-admin")
    for word in [*Router(LISTENERS).words(command), "nonsense"]
]
# Words that take something are typed with it too, so that the answer holds what somebody wrote.
WITH_TEXT = [
    "/tandem note we finished the outline",
    "/tandem goal speak up",
    "/tandem pause until 24 December",
    "/tandem pause until the cows come home",
    "/tandem language de",
    "/tandem nonsense I would not like to see in public",
]

# What these bring is a file, which stays in one's own conversation with the bot.
AS_A_FILE = {"/tandem weeks", "/tandem wochen"}


def places(town: Town) -> dict[str, Channel]:
    """Return one place of each kind in which Mira and the owner are, most of them without the bot."""
    both = ("mira", "olga")
    ids = [town.box.person(one).id for one in both]
    workspace = town.box.hub.workspace
    return {
        "public": town.box.add_channel("watercooler", private=False, members=both),
        "public, with the bot": town.box.add_channel("announcements", private=False, members=both, bot_in=True),
        "private": town.box.add_channel("secret-plans", members=both),
        "owners' room": town.box.channel(ROOM),
        "shared": town.box.add_channel("with-acme", members=both, bot_in=True, shared=True),
        "group": town.box.loop.read(lambda: workspace.dm(ids)),
    }


@pytest.fixture
def home_town(town: Town) -> Town:
    """A town with Mira and Jonas together, and Mira in the owners' room beside Olga."""
    move_in(town, "olga", "mira", "jonas")
    set_up(town)
    for handle in ("mira", "jonas"):
        join(town, handle)
    match(town)
    town.box.join("mira", ROOM)
    town.deliver()
    return town


def test_every_command_is_answered_privately_in_every_kind_of_channel(home_town: Town) -> None:
    """Each word of each command, in a public, private, shared or group channel or a DM, shows nothing to others."""
    town, wrong = home_town, []
    for name, place in [*places(town).items(), ("DM", None)]:
        for line in [*WORDS, *WITH_TEXT]:
            said = public_words(town, place), len(town.box.calls)
            answer = town.says("mira", line, place.id if place else None)
            calls = [call for call in town.box.calls[said[1] :] if call.readers]
            shown = answer.message is not None or bool(calls)
            private = answer.message is None or answer.message.ephemeral
            seen = frozenset().union(*(call.readers for call in calls))
            silent = said[0] == public_words(town, place) or (place is None and line in AS_A_FILE)
            if not (answer.ok and shown and private and seen <= {"mira"} and silent):
                wrong.append((name, line, answer.problem, shown, private, sorted(seen)))
    assert not wrong


def public_words(town: Town, place: Channel | None) -> list[str]:
    """Return what stands in a channel for everybody, or in Mira's own DM as an ordinary message."""
    channel = place or town.box.hub.workspace.find_dm([town.box.person("mira").id])
    return [message.text for message in town.box.channel_messages(channel)] if channel else []

"""Each sees only what Slack would show them."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import NotOnScreenError, Sandbox
from tests.integration.standin import buttons, dm, form


def texts(box: Sandbox, who: str) -> list[str]:
    return [one.text for one in box.messages(who)]


def test_a_direct_message_is_read_by_one_person(box: Sandbox, slack: WebClient) -> None:
    """What the bot writes to one, and what that one answers, nobody else reads."""
    slack.chat_postMessage(channel=dm(slack, box, "mira"), text="for you")
    box.say("mira", "thank you")

    assert (texts(box, "mira"), texts(box, "jonas")) == (["for you", "thank you"], [])


def test_a_group_is_read_by_the_people_in_it(box: Sandbox, slack: WebClient) -> None:
    """Everybody in it, and nobody besides."""
    box.add_person("ben")
    slack.chat_postMessage(channel=dm(slack, box, "mira", "jonas"), text="you two")
    box.write_in("jonas", dm(slack, box, "mira", "jonas"), "we two")

    assert texts(box, "mira") == texts(box, "jonas") == ["you two", "we two"]
    assert texts(box, "ben") == []


def test_a_room_is_read_while_one_is_in_it(box: Sandbox, slack: WebClient) -> None:
    """Who leaves reads it no more, who comes reads what was said before."""
    room = box.add_channel("talk", members=["mira"], bot_in=True)
    slack.chat_postMessage(channel=room.id, text="hello, all")
    assert (texts(box, "mira"), texts(box, "jonas")) == (["hello, all"], [])

    box.leave("mira", room)
    box.join("jonas", room)

    assert (texts(box, "mira"), texts(box, "jonas")) == ([], ["hello, all"])


def test_an_ephemeral_message_is_pressed_by_its_reader_alone(box: Sandbox, slack: WebClient) -> None:
    """Somebody else in the room neither reads nor presses it."""
    room = box.add_channel("talk", members=["mira", "jonas"], bot_in=True)
    slack.chat_postEphemeral(channel=room.id, user=box.person("mira").id, text="psst", blocks=buttons())
    (message,) = box.messages("mira")

    assert texts(box, "jonas") == []
    with pytest.raises(NotOnScreenError):
        box.click("jonas", message, "cheer", value="one")


@pytest.mark.parametrize("standing", [{"guest": True}, {"external": True}])
def test_a_guest_looks_into_no_room_they_are_not_in(box: Sandbox, slack: WebClient, standing: dict[str, Any]) -> None:
    """Public rooms are public to full members: they may press what stands there, a guest may not."""
    box.add_person("gus", **standing)
    room = box.add_channel("general", private=False, members=["mira"], bot_in=True)
    slack.chat_postMessage(channel=room.id, text="who is in?", blocks=buttons())
    (message,) = box.channel_messages(room)

    assert box.calls[-1].readers == {"mira", "jonas"}
    with pytest.raises(NotOnScreenError):
        box.click("gus", message, "cheer", value="one")
    assert box.click("jonas", message, "cheer", value="one").problem == "dispatch_failed"


def test_homes_and_modals_are_in_front_of_one_person(box: Sandbox, slack: WebClient) -> None:
    """Each has their own, and presses in their own alone."""
    mira = box.person("mira").id
    slack.views_publish(user_id=mira, view={"type": "home", "blocks": buttons()})
    slack.views_open(trigger_id=box.hub.triggers.give(mira), view=form())

    assert (box.home("jonas"), box.modal("jonas")) == (None, None)
    with pytest.raises(NotOnScreenError):
        box.click_home("jonas", "cheer", value="one")
    with pytest.raises(NotOnScreenError):
        box.submit("jonas", {"note": "x"})
    assert (home := box.home("mira")) and home.person_id == mira

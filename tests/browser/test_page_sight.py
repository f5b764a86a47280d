"""What each person is shown: the page answers nobody with what Slack would keep from them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from tests.browser.bare_town import BareTown
from tests.integration.standin import buttons, dm, form


@pytest.fixture
def town() -> Iterator[BareTown]:
    town = BareTown()
    yield town
    town.close()


@pytest.fixture
def slack(town: BareTown) -> WebClient:
    return WebClient(town.box.bot_token, base_url=town.box.api_url)


def texts(town: BareTown, who: str, channel: str) -> list[str]:
    """Return what this person reads there, or the one word with which they are refused."""
    status, answer = town.ask("GET", f"/page/api/messages?as={who}&channel={channel}")
    return [one["text"] for one in answer["messages"]] if status == 200 else [answer["error"]]


def test_a_letter_of_the_bot_is_for_one_person(town: BareTown, slack: WebClient) -> None:
    """Somebody else is not even told that there is such a conversation."""
    slack.chat_postMessage(channel=town.dm("mira"), text="for you")

    assert texts(town, "mira", town.dm("mira")) == ["for you"]
    assert texts(town, "jonas", town.dm("mira")) == ["not_visible"]


def test_a_group_is_for_the_people_in_it(town: BareTown, slack: WebClient) -> None:
    """Both read it, a third does not."""
    group = dm(slack, town.box, "mira", "jonas")
    slack.chat_postMessage(channel=group, text="you two")

    assert [texts(town, who, group) for who in ("mira", "jonas", "raj")] == [["you two"]] * 2 + [["not_visible"]]


def test_who_leaves_a_room_reads_it_no_more(town: BareTown) -> None:
    """Until then they do."""
    room = town.box.add_channel("plans", members=["mira", "jonas"])
    town.box.write_in("mira", room, "the plan")
    before = texts(town, "jonas", room.id)
    town.box.leave("jonas", room)

    assert (before, texts(town, "jonas", room.id)) == (["the plan"], ["not_visible"])


def test_an_ephemeral_message_is_shown_to_its_reader(town: BareTown, slack: WebClient) -> None:
    """The others in the room see nothing, and it does not count as unread for them."""
    room = town.box.add_channel("plans", members=["mira", "jonas"], bot_in=True)
    slack.chat_postEphemeral(channel=room.id, user=town.box.person("mira").id, text="psst")

    assert (texts(town, "mira", room.id), texts(town, "jonas", room.id)) == (["psst"], [])
    assert {one["handle"]: one["unread"] for one in town.get("people")["people"]}["jonas"] == 0


def test_a_home_and_a_modal_are_in_front_of_one_person(town: BareTown, slack: WebClient) -> None:
    """Everybody else's screens stay empty."""
    mira = town.box.person("mira").id
    slack.views_publish(user_id=mira, view={"type": "home", "blocks": buttons()})
    slack.views_open(trigger_id=town.box.hub.triggers.give(mira), view=form())

    theirs, others = town.get("screens?as=mira"), town.get("screens?as=jonas")
    assert (theirs["home"] is not None, [one["title"] for one in theirs["modals"]]) == (True, ["Note"])
    assert (others["home"], others["modals"]) == (None, [])

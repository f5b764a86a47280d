"""People press, choose and use shortcuts in the stand-in, a real Bolt app answers, over both transports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from sandbox import NotOnScreenError, Sandbox
from tests.integration.standin import Hands, buttons


def test_a_button_tells_where_it_was_pressed(box: Sandbox, running: App, heard: list[dict[str, Any]]) -> None:
    """Equal action ids are told apart by value; the payload carries message, channel and container."""
    running.action("cheer")(lambda ack: ack())
    running.action("menu")(lambda ack: ack())
    place = box.hub.workspace.dm([box.person("mira").id])
    running.client.chat_postMessage(channel=place.id, text="well done?", blocks=buttons())
    message = box.messages("mira")[0]

    assert box.click("mira", message, "cheer", value="two").ok
    pressed = heard[-1]
    assert box.click("mira", message, "menu", option="later").ok

    assert (pressed["actions"][0]["value"], pressed["actions"][0]["block_id"]) == ("two", "second")
    assert pressed["container"]["message_ts"] == pressed["message"]["ts"] == message.ts
    assert heard[-1]["actions"][0]["selected_option"]["value"] == "later"
    for wrong in ({"action_id": "cheer"}, {"action_id": "cheer", "value": "three"}, {"action_id": "nothing"}):
        with pytest.raises(NotOnScreenError):
            box.click("mira", message, **wrong)
    with pytest.raises(NotOnScreenError):
        box.click("jonas", message, "cheer", value="one")


def test_a_response_url_replaces_deletes_and_runs_out(
    box: Sandbox, running: App, hands: Hands, heard: list[dict[str, Any]]
) -> None:
    """Five answers in thirty minutes, to the person alone unless it says otherwise."""

    @running.action("cheer")
    def pressed(ack: Any, respond: Any) -> None:
        ack()
        respond(text="thank you", replace_original=True)

    place = box.hub.workspace.dm([box.person("mira").id])
    running.client.chat_postMessage(channel=place.id, text="well done?", blocks=buttons())
    box.click("mira", box.messages("mira")[0], "cheer", value="one")
    assert box.until(lambda: box.messages("mira")[0].text == "thank you")
    assert box.messages("mira")[0].blocks == []

    respond = webhook(heard[-1]["response_url"])
    assert [respond(text=str(number)) for number in range(5)] == [200] * 4 + [404]
    assert [one.ephemeral for one in box.messages("mira")[1:]] == [True] * 4
    running.client.chat_postMessage(channel=place.id, text="again?", blocks=buttons())
    box.click("mira", box.messages("mira")[-1], "cheer", value="one")
    respond = webhook(heard[-1]["response_url"])
    assert box.until(lambda: box.messages("mira")[-1].text == "thank you")
    hands.at += timedelta(minutes=31)
    assert respond(text="late") == 404


def test_a_response_url_says_for_whom(box: Sandbox, slack: WebClient) -> None:
    """Answers are for the person alone or, `in_channel`, for all; a yes or no may be text; a guess leads nowhere."""
    room = box.add_channel("talk", members=["mira", "jonas"], bot_in=True)
    slack.chat_postMessage(channel=room.id, text="well done?", blocks=buttons())
    source = box.messages("mira")[0]
    respond = webhook(box.hub.base_url + box.hub.response_urls.give(room, box.person("mira"), source))

    assert respond(text="alone") == respond(text="all", response_type="in_channel") == 200
    assert respond(text="not instead", replace_original="false") == 200
    assert respond(text="instead", delete_original="true", response_type="in_channel") == 200
    assert [one.text for one in box.messages("jonas")] == ["all", "instead"]
    assert [one.text for one in box.messages("mira")] == ["alone", "all", "not instead", "instead"]
    assert webhook(f"{box.hub.base_url}response/T0/1/guess")(text="x") == 404


def test_a_response_url_lives_exactly_thirty_minutes(box: Sandbox, hands: Hands) -> None:
    """The last moment counts, the one after it does not; a refused answer is no use."""
    place = box.hub.workspace.dm([box.person("mira").id])
    respond = webhook(box.hub.base_url + box.hub.response_urls.give(place, box.person("mira")))

    assert respond(text="") == 500
    hands.at += timedelta(minutes=30)
    assert [respond(text="still") for _ in range(5)] == [200] * 5
    late = webhook(box.hub.base_url + box.hub.response_urls.give(place, box.person("mira")))
    hands.at += timedelta(minutes=30, seconds=1)
    assert late(text="late") == 404


def webhook(url: str) -> Callable[..., int]:
    client = WebhookClient(url, retry_handlers=[])
    return lambda **body: client.send(**body).status_code


def test_an_ephemeral_answer_can_be_taken_away_by_its_own_button(box: Sandbox, running: App) -> None:
    """Dismiss: the ack's message is clickable and can delete itself."""

    @running.command("/tandem")
    def answer(ack: Any) -> None:
        ack(text="kept", blocks=buttons())

    @running.action("cheer")
    def dismiss(ack: Any, respond: Any) -> None:
        ack()
        respond(delete_original=True)

    given = box.command("mira", "/tandem")
    assert box.click("mira", given, "cheer", value="one").ok

    assert box.until(lambda: not box.messages("mira"))


def test_the_home_tab_is_opened_published_and_clicked(box: Sandbox, running: App, heard: list[dict[str, Any]]) -> None:
    """The second opening carries the view that was published at the first."""

    @running.event("app_home_opened")
    def publish(event: dict[str, Any], client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": buttons()})

    running.action("cheer")(lambda ack: ack())
    assert box.open_home("mira").ok
    home = box.until(lambda: box.home("mira"))
    assert home
    assert box.click_home("mira", "cheer", value="two").ok
    assert heard[-1]["container"] == {"type": "view", "view_id": home.id}
    box.open_home("mira")

    assert heard[-1]["event"]["view"]["id"] == home.id
    assert box.home("jonas") is None


def test_shortcuts_open_from_anywhere_and_from_a_message(
    box: Sandbox, running: App, heard: list[dict[str, Any]]
) -> None:
    """A message shortcut carries the message, a global one does not."""
    running.shortcut("note_new")(lambda ack: ack())
    running.shortcut("note_from_message")(lambda ack: ack())
    box.add_channel("talk", members=["mira", "jonas"])
    message = box.write_in("jonas", "talk", "good idea")

    assert box.use_shortcut("mira", "note_new").ok
    assert box.use_shortcut("mira", "note_from_message", message).ok

    assert [body["type"] for body in heard] == ["shortcut", "message_action"]
    assert heard[1]["message"]["text"] == "good idea"

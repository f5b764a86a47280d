"""What people choose in messages stays with them: shown again, sent along, until the message is another one."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from demo.web_server import WebServer
from sandbox import Message, NotOnScreenError, Sandbox
from tests.browser.scripted_app import LETTERS, App, option, words

Json = dict[str, Any]
NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
SKILLS = ["Public speaking", "Public relations", "Writing"]


def suggest(payload: Json) -> Json:
    return {"options": [option(one) for one in SKILLS if payload["value"].lower() in one.lower()]}


@pytest.fixture
def app() -> App:
    app = App()
    app.answers["block_suggestion"] = suggest
    return app


@pytest.fixture
def box(app: App) -> Iterator[Sandbox]:
    server = WebServer(app)
    with Sandbox.start(lambda: NOW) as box:
        box.use_http(server.url)
        for handle in ("mira", "jonas"):
            box.add_person(handle)
        box.add_channel("plans", members=["mira", "jonas"], bot_in=True)
        yield box
    server.stop()


@pytest.fixture
def slack(box: Sandbox) -> WebClient:
    return WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[])


def poll(block: str = "choice", **replaced: Json) -> list[Json]:
    """Return a message with one element of several kinds and a button; `replaced` are other elements by action id."""
    letters = [option(one) for one in LETTERS]
    elements: dict[str, Json] = {
        "letter": {"type": "static_select", "options": letters},
        "day": {"type": "datepicker", "initial_date": "2026-11-09"},
        "ticks": {"type": "checkboxes", "options": letters},
        "skill": {"type": "external_select", "min_query_length": 2},
        "skills": {"type": "multi_external_select", "min_query_length": 0},
        "go": {"type": "button", "text": words("Go"), "value": "1"},
        **replaced,
    }
    line = {"type": "input", "block_id": "said", "label": words("Why?"), "optional": True}
    return [
        {
            "type": "actions",
            "block_id": block,
            "elements": [one | {"action_id": name} for name, one in elements.items()],
        },
        line | {"element": {"type": "plain_text_input", "action_id": "why"}},
    ]


@pytest.fixture
def message(box: Sandbox, slack: WebClient) -> Message:
    slack.chat_postMessage(channel=box.channel("plans").id, text="?", blocks=poll())
    return box.channel_messages("plans")[0]


def test_what_was_chosen_goes_along_with_every_later_press(box: Sandbox, app: App, message: Message) -> None:
    """Selects, dates and boxes chosen one after the other stand in the state of the last press, all of them."""
    box.click("mira", message, "letter", option="beta")
    box.click("mira", message, "day", option="2026-12-01")
    box.click("mira", message, "ticks", option=["alpha", "gamma"])
    box.click("mira", message, "skill", option="Writing")
    box.click("mira", message, "skills", option=["Public speaking", "Writing"])
    first = copy.deepcopy(app.told)
    box.click("mira", message, "ticks", option=["gamma"])
    box.click("mira", message, "go")

    state = app.state()
    assert state["letter"]["selected_option"] == option("Beta")
    assert state["day"]["selected_date"] == "2026-12-01"
    assert state["ticks"]["selected_options"] == [option("Gamma")]
    assert state["skill"]["selected_option"] == option("Writing")
    assert state["skills"]["selected_options"] == [option("Public speaking"), option("Writing")]
    assert state["why"] == {"type": "plain_text_input", "value": None}
    sent = [one.payload for one in box.deliveries]
    assert sent[: len(first)] == first


def test_everybody_chooses_for_themselves(box: Sandbox, app: App, message: Message) -> None:
    """What one has chosen in a message that several see is not in what another sends."""
    box.click("mira", message, "letter", option="beta")
    box.click("jonas", message, "go")

    assert app.state()["letter"]["selected_option"] is None
    assert app.state()["day"]["selected_date"] == "2026-11-09"


def test_a_choice_outlives_an_update_of_the_same_elements(
    box: Sandbox, app: App, slack: WebClient, message: Message
) -> None:
    """Same block and action ids: what was chosen stays, whatever is to be chosen beforehand now."""
    box.click("mira", message, "letter", option="beta")
    box.click("mira", message, "skill", option="Writing")
    letters = [option(one) for one in LETTERS]
    changed = poll(letter={"type": "static_select", "options": letters, "initial_option": letters[2]})
    slack.chat_update(channel=message.channel.id, ts=message.ts, text="!", blocks=changed)
    box.click("mira", message, "go")

    assert app.state()["letter"]["selected_option"] == option("Beta")
    assert app.state()["skill"]["selected_option"] == option("Writing")


@pytest.mark.parametrize(
    "changed",
    [
        poll(block="another"),
        poll(letter={"type": "radio_buttons", "options": [option(one) for one in LETTERS]}),
        [{"type": "section", "text": words("closed")}],
    ],
    ids=["another block", "another kind", "no element"],
)
def test_a_choice_goes_with_its_element(
    box: Sandbox, app: App, slack: WebClient, message: Message, changed: list[Json]
) -> None:
    """Under other ids or as another kind of element it is empty, and stays so when the old one comes back."""
    box.click("mira", message, "letter", option="beta")
    slack.chat_update(channel=message.channel.id, ts=message.ts, text="!", blocks=changed)
    if len(changed) > 1:
        box.click("mira", message, "go")
        assert app.state()["letter"]["selected_option"] is None
    slack.chat_update(channel=message.channel.id, ts=message.ts, text="!", blocks=poll())
    box.click("mira", message, "go")

    assert app.state()["letter"]["selected_option"] is None


def test_an_answer_through_the_response_url_is_an_update_too(
    box: Sandbox, app: App, slack: WebClient, message: Message
) -> None:
    """Replaced by its `response_url`, a message keeps and loses choices by the same rule, ephemeral ones too."""
    slack.chat_postEphemeral(channel=message.channel.id, user=box.person("mira").id, text="?", blocks=poll())
    private = box.messages("mira")[-1]
    for one in (message, private):
        box.click("mira", one, "letter", option="beta")
        answer = WebhookClient(app.told[-1]["response_url"])
        assert answer.send(text="!", blocks=poll(), replace_original=True).status_code == 200
        box.click("mira", one, "go")
        assert app.state()["letter"]["selected_option"] == option("Beta")


def test_a_choice_can_be_taken_back(box: Sandbox, app: App, message: Message) -> None:
    """Emptied is empty, not what was chosen beforehand."""
    for action in ("letter", "day", "ticks", "skills"):
        box.click("mira", message, action, option="alpha" if action in {"letter", "ticks"} else None)
        box.click("mira", message, action, option="")
    box.click("mira", message, "go")

    state = app.state()
    assert (state["letter"]["selected_option"], state["day"]["selected_date"]) == (None, None)
    assert (state["ticks"]["selected_options"], state["skills"]["selected_options"]) == ([], [])


def test_choices_are_part_of_a_saved_state(box: Sandbox, app: App, message: Message, tmp_path: Path) -> None:
    """Saved and loaded, they are sent along again."""
    box.click("mira", message, "letter", option="beta")
    box.click("mira", message, "skill", option="Writing")
    before = box.keep()
    box.save(tmp_path / "slack.json")
    box.reset()
    box.load(tmp_path / "slack.json")
    assert box.keep() == before
    box.click("mira", message, "go")

    assert app.state()["letter"]["selected_option"] == option("Beta")
    assert app.state()["skill"]["selected_option"] == option("Writing")


def test_what_was_offered_is_chosen_without_asking_again(box: Sandbox, app: App, message: Message) -> None:
    """The app is asked for what is typed; a value on the list, or one chosen before, needs no question."""
    for text in ("pu", "pub"):
        assert len(box.type_in_select("mira", "choice", "skills", text, message=message)) == 2
    box.click("mira", message, "skills", option=["public speaking"])
    box.click("mira", message, "skills", option=["public speaking", "public relations"])
    box.click("mira", message, "skills", option=["public relations"])

    assert app.asked() == ["pu", "pub"]
    assert len(box.channel_messages("plans")[0].choices[box.person("mira").id].offered["choice", "skills"]) == 2


def test_what_was_offered_to_one_is_not_offered_to_another(box: Sandbox, app: App, message: Message) -> None:
    """Whoever has not seen the option has the app asked for it, and cannot choose what it does not know."""
    box.type_in_select("mira", "choice", "skill", "writing", message=message)
    box.click("jonas", message, "skill", option="writing")
    with pytest.raises(NotOnScreenError):
        box.click("jonas", message, "skill", option="sailing")

    assert app.asked() == ["writing", "writing", "sailing"]


def test_suggestions_may_come_in_groups(box: Sandbox, app: App, message: Message) -> None:
    """Options under labels are options; each can be chosen."""
    groups = [{"label": words("Words"), "options": [option("Writing")]}]
    app.answers["block_suggestion"] = {"option_groups": groups}

    assert box.type_in_select("mira", "choice", "skill", "wr", message=message) == [option("Writing")]
    assert box.click("mira", message, "skill", option="writing").ok


def test_a_message_that_changes_while_the_app_is_asked_is_another_one(
    box: Sandbox, app: App, slack: WebClient, message: Message
) -> None:
    """The select that somebody was about to choose in is gone: that is said, and nothing is sent."""

    def changing(payload: Json) -> Json:
        slack.chat_update(channel=message.channel.id, ts=message.ts, text="!", blocks=poll(block="another"))
        return suggest(payload)

    app.answers["block_suggestion"] = changing
    with pytest.raises(NotOnScreenError):
        box.click("mira", message, "skill", option="writing", block_id="choice")

    assert app.actions() == []

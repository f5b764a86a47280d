"""People fill forms in the stand-in, a real Bolt app answers, over both transports."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from sandbox import NotOnScreenError, Sandbox
from tests.integration.standin import form, opens, over_socket, plain


def test_a_form_is_filled_and_sent(box: Sandbox, running: App, heard: list[dict[str, Any]]) -> None:
    """All kinds of fields arrive in `view.state.values`, untouched ones as null; then the modal closes."""
    opens(running, form(private_metadata="goal-7"))

    @running.options("v")
    def suggest(ack: Any, payload: dict[str, Any]) -> None:
        ack(options=[{"text": plain(payload["value"].title()), "value": "skill-1"}])

    @running.view("note")
    def keep(ack: Any) -> None:
        ack()

    box.command("mira", "/tandem")
    given = box.submit(
        "mira", {"note": "done", "skills": ["Speaking"], "wants": ["Public Speaking"], "until": "2026-11-30"}
    )

    assert given.ok
    assert box.modal("mira") is None
    view = heard[-1]["view"]
    values = view["state"]["values"]
    assert values["note"]["v"] == {"type": "plain_text_input", "value": "done"}
    assert [one["value"] for one in values["skills"]["v"]["selected_options"]] == ["speaking"]
    assert [one["value"] for one in values["wants"]["v"]["selected_options"]] == ["skill-1"]
    assert values["until"]["v"]["selected_date"] == "2026-11-30"
    assert (view["private_metadata"], view["callback_id"], view["hash"] != "") == ("goal-7", "note", True)


def test_untouched_fields_arrive_as_null(box: Sandbox, running: App, heard: list[dict[str, Any]]) -> None:
    """An app must cope with a select nobody touched."""
    opens(running, form())

    @running.view("note")
    def keep(ack: Any) -> None:
        ack()

    box.command("mira", "/tandem")
    box.submit("mira", {"note": "x"})

    values = heard[-1]["view"]["state"]["values"]
    assert (values["skills"]["v"]["selected_options"], values["until"]["v"]["selected_date"]) == ([], None)


def test_slacks_client_holds_back_what_is_not_filled(box: Sandbox, running: App, heard: list[dict[str, Any]]) -> None:
    """Required fields, lengths and numbers of choices are checked before anything is sent."""
    opens(running, form())
    box.command("mira", "/tandem")
    sent = len(heard)

    assert set(box.submit("mira").errors) == {"note"}
    assert set(box.submit("mira", {"note": "x" * 21}).errors) == {"note"}
    assert set(box.submit("mira", {"note": "x", "skills": ["writing", "speaking"]}).errors) == {"skills"}
    assert len(heard) == sent
    with pytest.raises(NotOnScreenError):
        box.submit("mira", {"skills": ["dancing"]})
    with pytest.raises(NotOnScreenError):
        box.submit("mira", {"nothing": "x"})


def test_errors_of_the_app_keep_the_form_and_its_text(box: Sandbox, running: App) -> None:
    """The person sees the sentence under the field and corrects it there."""
    opens(running, form())

    @running.view("note")
    def keep(ack: Any, view: dict[str, Any]) -> None:
        good = view["state"]["values"]["note"]["v"]["value"] == "better"
        ack() if good else ack(response_action="errors", errors={"note": "Please say more."})

    box.command("mira", "/tandem")

    assert box.submit("mira", {"note": "bad", "until": "2026-11-30"}).errors == {"note": "Please say more."}
    kept = box.modal("mira")
    assert kept
    assert kept.state["note"]["v"]["value"] == "bad"
    assert box.submit("mira", {"note": "better"}).ok


def test_errors_for_a_field_that_is_not_there_are_trouble(box: Sandbox, running: App) -> None:
    """Slack shows them nowhere, so the answer is a problem."""
    opens(running, form())

    @running.view("note")
    def keep(ack: Any) -> None:
        ack(response_action="errors", errors={"elsewhere": "no"})

    box.command("mira", "/tandem")
    given = box.submit("mira", {"note": "x"})

    assert (given.ok, given.errors) == (False, {})
    assert "trouble" in given.problem


@pytest.mark.parametrize(("action", "titles"), [("update", "Next"), ("push", "Next"), ("clear", None)])
def test_a_submission_may_lead_on(box: Sandbox, running: App, action: str, titles: str | None) -> None:
    """Update, push and clear do what they say; after a pushed modal the one below is back."""
    opens(running, form())

    @running.view("note")
    def lead_on(ack: Any) -> None:
        if action == "clear":
            ack(response_action="clear")
        else:
            ack(response_action=action, view=form("Next"))

    box.command("mira", "/tandem")
    assert box.submit("mira", {"note": "x"}).ok

    top = box.modal("mira")
    assert (top and top.title) == titles
    if action == "push":
        box.close_modal("mira")
        below = box.modal("mira")
        assert (below and below.title) == "Note"


def test_closing_a_modal_is_told_only_on_request(box: Sandbox, running: App, heard: list[dict[str, Any]]) -> None:
    """`notify_on_close` sends `view_closed`; otherwise the app never knows."""
    opens(running, form(notify_on_close=True))
    running.view_closed("note")(lambda ack: ack())
    box.command("mira", "/tandem")

    closed = box.close_modal("mira")

    assert closed
    assert closed.ok
    assert heard[-1]["type"] == "view_closed"
    with pytest.raises(NotOnScreenError):
        box.close_modal("mira")


def test_an_external_select_asks_after_enough_letters(box: Sandbox, running: App, heard: list[dict[str, Any]]) -> None:
    """Below `min_query_length` Slack does not ask at all."""
    opens(running, form())

    @running.options("v")
    def suggest(ack: Any, payload: dict[str, Any]) -> None:
        ack(options=[{"text": plain(payload["value"]), "value": "x"}])

    box.command("mira", "/tandem")

    assert box.type_in_select("mira", "wants", "v", "p") == []
    assert [one["text"]["text"] for one in box.type_in_select("mira", "wants", "v", "pu")] == ["pu"]
    assert [body["value"] for body in heard if body.get("type") == "block_suggestion"] == ["pu"]


def test_a_select_in_a_message_asks_the_app_too(box: Sandbox, aside: ThreadPoolExecutor) -> None:
    """Typing asks for options with the message as its place; choosing sends the chosen one."""
    app = App(client=WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[]), signing_secret="x")
    heard: list[dict[str, Any]] = []

    @app.options("topic")
    def suggest(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        ack(options=[{"text": plain(body["value"].title()), "value": body["value"]}])

    @app.action("topic")
    def chosen(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        ack()

    select = {"type": "external_select", "action_id": "topic", "min_query_length": 2, "placeholder": plain("Topic")}
    place = box.hub.workspace.dm([box.person("mira").id]).id
    app.client.chat_postMessage(
        channel=place, text="?", blocks=[{"type": "actions", "block_id": "b", "elements": [select]}]
    )
    message = box.messages("mira")[0]
    with over_socket(box, app, aside):
        offered = box.type_in_select("mira", "b", "topic", "wri", message=message)
        too_short = box.type_in_select("mira", "b", "topic", "w", message=message)
        assert box.click("mira", message, "topic", option="writing").ok

    assert ([one["value"] for one in offered], too_short) == (["wri"], [])
    assert heard[0]["container"]["message_ts"] == message.ts
    assert heard[-1]["actions"][0]["selected_option"]["value"] == "writing"
    with pytest.raises(NotOnScreenError):
        box.type_in_select("jonas", "b", "topic", "wri", message=message)

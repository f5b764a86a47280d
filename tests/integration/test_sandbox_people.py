"""People act in the stand-in, a real Bolt app answers, over both transports."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from sandbox import NotOnScreenError, Sandbox

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def over_http(box: Sandbox, app: App) -> Iterator[None]:
    with make_server("127.0.0.1", 0, SlackRequestHandler(app), Threaded, Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        box.use_http(f"http://127.0.0.1:{server.server_port}/slack/events")
        yield
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def aside() -> Iterator[ThreadPoolExecutor]:
    """Closing a Socket Mode client takes slack_sdk one to three seconds: done aside, waited for once."""
    with ThreadPoolExecutor(32) as pool:
        yield pool


@contextmanager
def over_socket(box: Sandbox, app: App, aside: ThreadPoolExecutor) -> Iterator[None]:
    handler = SocketModeHandler(app, box.app_token)
    handler.client.web_client = WebClient(box.app_token, base_url=box.api_url, retry_handlers=[])
    handler.client.connect()
    assert box.wait_connected()
    yield
    handler.client.auto_reconnect_enabled = False
    aside.submit(handler.close)


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def form(title: str = "Note", **more: Any) -> dict[str, Any]:
    text = {"type": "plain_text_input", "action_id": "v", "max_length": 20}
    options = [{"text": plain(name.title()), "value": name} for name in ("writing", "speaking")]
    many = {"type": "multi_static_select", "action_id": "v", "options": options, "max_selected_items": 1}
    found = {"type": "multi_external_select", "action_id": "v", "min_query_length": 2}
    date = {"type": "datepicker", "action_id": "v"}
    fields = {"note": text, "skills": many, "wants": found, "until": date}
    blocks = [
        {"type": "input", "block_id": name, "label": plain(name), "element": element, "optional": name != "note"}
        for name, element in fields.items()
    ]
    more_button = {"type": "button", "action_id": "more", "text": plain("More"), "value": "1"}
    blocks.append({"type": "actions", "block_id": "extra", "elements": [more_button]})
    frame = {"type": "modal", "callback_id": "note", "title": plain(title), "submit": plain("Keep")}
    return frame | {"blocks": blocks} | more


def buttons() -> list[dict[str, Any]]:
    rows = [{"type": "button", "action_id": "cheer", "text": plain(name), "value": name} for name in ("one", "two")]
    menu = {"type": "overflow", "action_id": "menu", "options": [{"text": plain("Later"), "value": "later"}]}
    return [
        {"type": "actions", "block_id": "first", "elements": rows[:1]},
        {"type": "actions", "block_id": "second", "elements": [rows[1] | {"action_id": "cheer"}, menu]},
    ]


@pytest.fixture
def clock() -> list[datetime]:
    return [MONDAY]


@pytest.fixture
def box(clock: list[datetime]) -> Iterator[Sandbox]:
    with Sandbox.start(now=lambda: clock[0]) as box:
        box.add_person("mira", name="Mira Vogel", zone="Europe/Berlin", locale="de-DE")
        box.add_person("jonas")
        yield box


@pytest.fixture
def app(box: Sandbox) -> App:
    client = WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[])
    return App(client=client, signing_secret=box.signing_secret, process_before_response=True)


@pytest.fixture
def heard(app: App) -> list[dict[str, Any]]:
    """Every payload the app got, in order."""
    payloads: list[dict[str, Any]] = []

    def hear(body: dict[str, Any], next: Callable[[], Any]) -> Any:  # noqa: A002 - Bolt's own name
        payloads.append(body)
        return next()

    app.use(hear)
    return payloads


@pytest.fixture(params=["socket", "http"])
def running(
    request: pytest.FixtureRequest, box: Sandbox, app: App, heard: list[dict[str, Any]], aside: ThreadPoolExecutor
) -> Iterator[App]:
    with over_http(box, app) if request.param == "http" else over_socket(box, app, aside):
        yield app


def error_of(call: Callable[[], Any]) -> str:
    try:
        call()
    except SlackApiError as refused:
        return str(refused.response["error"])
    return ""


def opens(app: App, view: dict[str, Any]) -> None:
    @app.command("/tandem")
    def show(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()


def test_a_command_carries_what_slack_sends_and_shows_the_ack(
    box: Sandbox, running: App, heard: list[dict[str, Any]]
) -> None:
    """The answer in the ack is seen by the person alone, in the place where they typed."""

    @running.command("/tandem")
    def answer(ack: Any) -> None:
        ack(text="hi", blocks=[{"type": "section", "text": plain("hi there")}])

    given = box.command("mira", "/tandem", "note a < b & c")

    assert (given.ok, given.text, given.blocks[0]["text"]["text"]) == (True, "hi", "hi there")
    assert [(one.text, one.ephemeral, one.author) for one in box.messages("mira")] == [("hi", True, "tandem")]
    assert box.messages("jonas") == []
    body = heard[-1]
    assert (body["user_id"], body["text"], body["channel_name"]) == (
        box.person("mira").id,
        "note a < b & c",
        "directmessage",
    )
    assert body["response_url"].startswith("http://127.0.0.1")


def test_a_plain_text_ack_is_shown_too(box: Sandbox, running: App) -> None:
    """A text that looks like a number stays a text."""

    @running.command("/tandem")
    def answer(ack: Any) -> None:
        ack("5")

    assert box.command("mira", "/tandem").text == "5"


def test_a_command_in_a_room_is_answered_in_that_room(box: Sandbox, running: App) -> None:
    """The others in the room do not see the answer; who is not in it cannot type there."""
    box.add_channel("talk", members=["mira"])

    @running.command("/tandem")
    def answer(ack: Any) -> None:
        ack("hi")

    given = box.command("mira", "/tandem", channel="talk")

    assert given.message
    assert given.message.channel.name == "talk"
    assert box.channel_messages("talk") == []
    with pytest.raises(NotOnScreenError):
        box.command("jonas", "/tandem", channel="talk")


def test_an_ack_slack_cannot_show_is_a_problem(box: Sandbox, running: App) -> None:
    """Blocks over a limit in an ack are not shown, and the answer says why."""

    @running.command("/tandem")
    def answer(ack: Any) -> None:
        ack(text="x", blocks=[{"type": "header", "text": plain("x" * 151)}])

    given = box.command("mira", "/tandem")

    assert (given.ok, given.problem) == (False, "invalid_command_response")
    assert box.messages("mira") == []


def test_nobody_listening_is_a_problem(box: Sandbox) -> None:
    """Without a connection the person is told that it did not work."""
    given = box.command("mira", "/tandem")

    assert (given.ok, given.status, given.problem) == (False, 0, "dispatch_failed")


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


def test_only_three_modals_fit_on_top_of_each_other(box: Sandbox, running: App) -> None:
    """The fourth is refused with Slack's error."""
    opens(running, form())
    errors: list[str] = []

    @running.action("more")
    def more(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        errors.append(error_of(lambda: client.views_push(trigger_id=body["trigger_id"], view=form())))

    box.command("mira", "/tandem")
    for _ in range(3):
        box.click_view("mira", "more")

    assert box.until(lambda: len(errors) > 2)
    assert errors == ["", "", "push_limit_reached"]


def test_a_view_is_updated_only_with_its_current_hash(box: Sandbox, running: App) -> None:
    """Two hands at one modal: the second gets `hash_conflict`; what was typed stays in the same fields."""
    opens(running, form())
    box.command("mira", "/tandem")
    box.fill("mira", {"note": "half a thought"})
    view = box.modal("mira")
    assert view
    client = running.client

    client.views_update(view_id=view.id, hash=view.hash, view=form("Second"))
    conflict = error_of(lambda: client.views_update(view_id=view.id, hash=view.hash, view=form("Third")))
    gone = error_of(lambda: client.views_update(view_id="V0NOWHERE", view=form()))

    now = box.modal("mira")
    assert now
    assert (now.title, now.state["note"]["v"]["value"]) == ("Second", "half a thought")
    assert (conflict, gone) == ("hash_conflict", "not_found")


def test_a_trigger_opens_one_modal(box: Sandbox, running: App) -> None:
    """A second use is refused, and so is one after three seconds."""
    answers: list[Any] = []

    @running.command("/tandem")
    def twice(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        trigger = body["trigger_id"]
        client.views_open(trigger_id=trigger, view=form())
        answers.append(error_of(lambda: client.views_open(trigger_id=trigger, view=form())))
        box.hub.triggers.lifetime = 0.0
        answers.append(error_of(lambda: client.views_open(trigger_id=trigger, view=form())))
        answers.append(error_of(lambda: client.views_open(trigger_id="1.2.three", view=form())))

    box.command("mira", "/tandem")

    assert box.until(lambda: len(answers) > 2)
    assert answers == ["exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id"]


def test_a_bad_view_names_the_place(box: Sandbox, running: App) -> None:
    """The app reads in the answer which block is wrong."""
    refusals: list[Any] = []

    @running.command("/tandem")
    def show(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        view = form() | {"blocks": [{"type": "header", "text": plain("x" * 151)}]}
        with pytest.raises(SlackApiError) as caught:
            client.views_open(trigger_id=body["trigger_id"], view=view)
        refusals.append(caught.value.response)

    box.command("mira", "/tandem")

    assert box.until(lambda: refusals)
    assert refusals[0]["error"] == "invalid_arguments"
    assert "/view/blocks/0/text" in refusals[0]["response_metadata"]["messages"][0]


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
    box: Sandbox, running: App, clock: list[datetime], heard: list[dict[str, Any]]
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
    clock[0] += timedelta(minutes=31)
    assert respond(text="late") == 404


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


def test_words_in_the_dm_reach_the_app_escaped(box: Sandbox, running: App, heard: list[dict[str, Any]]) -> None:
    """The event looks like Slack's `message.im`; without `im:history` it is not sent."""
    running.event("message")(lambda ack: ack())
    assert box.say("mira", "a < b & c").ok
    event = heard[-1]["event"]
    assert (event["channel_type"], event["text"], event["user"]) == ("im", "a &lt; b &amp; c", box.person("mira").id)

    box.scopes.remove("im:history")
    assert not box.say("mira", "unheard").ok
    assert len(heard) == 1


def test_the_bot_may_hear_its_own_messages(box: Sandbox, running: App, heard: list[dict[str, Any]]) -> None:
    """With `echo` a post, a change and a deletion in a DM come back as Slack sends them, marked as the bot's own."""
    running.event(re.compile("message"))(lambda ack: ack())
    box.echo = True
    place = box.hub.workspace.dm([box.person("mira").id]).id
    ts = running.client.chat_postMessage(channel=place, text="first")["ts"]
    running.client.chat_update(channel=place, ts=ts, text="second")
    running.client.chat_delete(channel=place, ts=ts)

    assert box.until(lambda: len(box.deliveries) == 3 and all(one.answers for one in box.deliveries))
    events = [sent.payload["event"] for sent in box.deliveries]
    assert [event.get("subtype") for event in events] == [None, "message_changed", "message_deleted"]
    assert events[0]["bot_id"] == events[1]["message"]["bot_id"]


def test_the_app_hears_who_comes_changes_and_goes(box: Sandbox, running: App, heard: list[dict[str, Any]]) -> None:
    """Events about people and about rooms the bot is in; other rooms are none of its business."""
    for name in ("user_change", "team_join", "member_joined_channel", "member_left_channel"):
        running.event(name)(lambda ack: ack())
    room = box.add_channel("owners", members=["mira"])
    assert box.join("jonas", room) is None
    box.invite_bot(room)
    box.leave("jonas", room)
    box.change_person("mira", zone="America/New_York")
    box.new_person("ben", name="Ben")

    said = [(body["event"]["type"], body["event"]["user"]) for body in heard]

    assert said[:2] == [("member_joined_channel", box.bot_user_id), ("member_left_channel", box.person("jonas").id)]
    assert [(kind, user["name"], user["tz_offset"]) for kind, user in said[2:]] == [
        ("user_change", "mira", -18000),
        ("team_join", "ben", 3600),
    ]


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


def test_what_is_sent_says_who_can_read_the_answer(box: Sandbox, running: App) -> None:
    """Deliveries carry the readers of what their ack shows."""
    running.command("/tandem")(lambda ack: ack("for you"))
    box.command("mira", "/tandem")

    sent = box.deliveries[-1]

    assert (sent.kind, sent.attempts, sent.readers) == ("slash_commands", 1, frozenset({"mira"}))
    assert sent.answers[0].status == 200

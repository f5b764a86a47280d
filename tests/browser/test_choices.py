"""Choosing in messages, forms and on the home tab: what the app suggests, what stays, what goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from slack_sdk import WebClient

from sandbox import Sandbox
from sandbox.screens import definition, show_home
from tests.browser.desk import PATIENCE, Desk
from tests.browser.scripted_app import ASKING, LETTERS, App, form, option, words

Json = dict[str, Any]
LETTER_OPTIONS = [option(one) for one in LETTERS]
SKILLS = {"Speaking": ["Public speaking", "Presenting to the board"], "Writing": ["Writing reports", "Press releases"]}


def suggest(payload: Json) -> Json:
    """Answer as a company's list of skills: in groups, by what was typed."""
    typed = payload["value"].lower()
    found = {label: [option(one) for one in skills if typed in one.lower()] for label, skills in SKILLS.items()}
    groups = [{"label": words(label), "options": options} for label, options in found.items() if options]
    return {"option_groups": groups} if groups else {"options": []}


def asking(**more: Any) -> Json:
    """Return an actions block with a select that asks the app."""
    select = {"type": "external_select", "action_id": "skill", "placeholder": words("A skill"), **more}
    return {"type": "actions", "block_id": "ask", "elements": [select]}


def poll(block: str = "poll") -> list[Json]:
    """Return a message with one of each that can be chosen in, a line to type, and a button."""
    elements = [
        {"type": "static_select", "action_id": "letter", "options": LETTER_OPTIONS},
        {"type": "multi_external_select", "action_id": "skills", "min_query_length": 0},
        {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-09"},
        {"type": "checkboxes", "action_id": "ticks", "options": LETTER_OPTIONS},
        {"type": "radio_buttons", "action_id": "one", "options": LETTER_OPTIONS},
        {"type": "button", "action_id": "go", "text": words("Go")},
    ]
    line = {"type": "plain_text_input", "action_id": "why"}
    return [
        {"type": "actions", "block_id": block, "elements": elements},
        {"type": "input", "block_id": f"{block}-why", "label": words("Why?"), "optional": True, "element": line},
    ]


def update(box: Sandbox, blocks: list[Json]) -> None:
    """Let the app change its newest message to Mira."""
    message = [one for one in box.messages("mira") if one.bot_id][-1]
    slack = WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[])
    slack.chat_update(channel=message.channel.id, ts=message.ts, text="changed", blocks=blocks)


def fill_in(desk: Desk, app: App) -> None:
    """Choose something in every element of the poll; wait until the app knows."""
    talk = desk.talk
    choose(part(desk, "letter"), "Gamma")
    for skill in ("Public speaking", "Press releases"):
        choose(part(desk, "skills"), skill)
    talk.locator("input[type=date]").fill("2026-12-01")
    talk.locator("input[type=date]").blur()
    talk.get_by_role("checkbox", name="Alpha").check()
    talk.get_by_role("checkbox", name="Gamma").check()
    talk.get_by_role("radio", name="Beta").check()
    desk.box.until(lambda: {one["action_id"] for one in app.actions()} == {"letter", "skills", "day", "ticks", "one"})


def part(desk: Desk, action: str) -> Locator:
    return desk.talk.locator(f'[data-action="{action}"]')


def choose(select: Locator, name: str) -> None:
    select.get_by_role("combobox").fill(name)
    select.get_by_role("option", name=name, exact=True).click()


def expect_filled(desk: Desk) -> None:
    expect(part(desk, "letter").get_by_role("combobox")).to_have_value("Gamma", timeout=PATIENCE)
    expect(part(desk, "skills").locator(".tag")).to_have_text(["Public speaking×", "Press releases×"])
    expect(desk.talk.locator("input[type=date]")).to_have_value("2026-12-01")
    for name, ticked in {"Alpha": True, "Beta": False, "Gamma": True}.items():
        expect(desk.talk.get_by_role("checkbox", name=name)).to_be_checked(checked=ticked)
    expect(desk.talk.get_by_role("radio", name="Beta")).to_be_checked()


def expect_empty(desk: Desk) -> None:
    expect(part(desk, "letter").get_by_role("combobox")).to_have_value("", timeout=PATIENCE)
    expect(part(desk, "skills").locator(".tag")).to_have_count(0)
    expect(desk.talk.locator("input[type=date]")).to_have_value("2026-11-09")
    expect(desk.talk.locator("input:checked")).to_have_count(0)


@pytest.mark.parametrize("place", ["message", "modal", "home"])
def test_letters_become_suggestions_become_a_choice(
    sat: Callable[..., Desk], box: Sandbox, app: App, place: str
) -> None:
    """In a message, a form and on the home tab: type, read the app's own groups, choose; the app hears of it once."""
    app.answers["block_suggestion"] = suggest
    view = {"type": "modal", "title": words("Skills"), "blocks": [asking()]}
    if place == "home":
        town, mira = box.hub.workspace, box.person("mira")
        content = {"type": "home", "blocks": [asking()]}
        box.loop.read(lambda: show_home(town, mira.id, definition(town, content, "home")))
    desk = sat(blocks=[asking()] if place == "message" else None, view=view if place == "modal" else None)
    if place == "home":
        desk.page.locator("#heading .tab").first.click()
    select = desk.page.locator('[data-action="skill"]')
    field = select.get_by_role("combobox")
    field.fill("pr")
    expect(select.get_by_role("listbox")).to_have_text("Type 3 letters or more")
    field.press_sequentially("es")
    expect(select.get_by_role("option")).to_have_text(["Presenting to the board", "Press releases"])
    expect(select.get_by_role("group", name="Writing").get_by_role("option")).to_have_text("Press releases")
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Press releases")
    assert box.until(app.actions)
    (told,) = app.actions()
    assert (told["action_id"], told["block_id"]) == ("skill", "ask")
    assert told["selected_option"] == option("Press releases")
    assert app.asked()[-1] == "pres" and "press releases" not in app.asked()


def test_a_list_may_be_there_before_the_first_letter(sat: Callable[..., Desk], app: App) -> None:
    """With no letters needed, opening the select asks the app; several can be chosen, one taken back, not too many."""
    app.answers["block_suggestion"] = suggest
    many = asking(type="multi_external_select", min_query_length=0, max_selected_items=2)
    desk = sat(blocks=[many])
    select = part(desk, "skill")
    for skill in ("Public speaking", "Writing reports"):
        select.get_by_role("combobox").click()
        expect(select.get_by_role("option")).to_have_count(4)
        select.get_by_role("option", name=skill).click()
    select.get_by_role("combobox").click()
    expect(select.get_by_role("option", disabled=True)).to_have_count(2)
    select.get_by_role("option", name="Press releases").click(force=True)
    select.get_by_role("button", name="Remove Public speaking").click()
    expect(select.locator(".tag")).to_have_text("Writing reports×")
    assert desk.box.until(lambda: len(app.actions()) == 3)
    chosen = [[one["value"] for one in action["selected_options"]] for action in app.actions()]
    assert chosen == [["public speaking"], ["public speaking", "writing reports"], ["writing reports"]]
    assert app.asked() == ["", "", ""]


@pytest.mark.parametrize(
    ("language", "nothing", "trouble"),
    [
        ("en", "Nothing found", "The app gave no list. Try again."),
        ("de", "Nichts gefunden", "Die App hat keine Liste gegeben. Versuch es noch einmal."),
    ],
)
def test_an_empty_list_is_told_from_no_list(
    sat: Callable[..., Desk], app: App, language: str, nothing: str, trouble: str
) -> None:
    """Nothing that fits is one sentence, an app that answers nonsense another."""
    app.answers["block_suggestion"] = suggest
    desk = sat(blocks=[asking(min_query_length=1)], language=language)
    field = part(desk, "skill").get_by_role("combobox")
    field.fill("sailing")
    expect(part(desk, "skill").get_by_role("listbox")).to_have_text(nothing)
    app.answers["block_suggestion"] = {"options": [{"text": "broken"}]}
    field.fill("sail")
    expect(part(desk, "skill").get_by_role("listbox")).to_have_text(trouble)


def test_suggestions_fill_a_form(sat: Callable[..., Desk], box: Sandbox, app: App) -> None:
    """Chosen in an input they wait for the form to be sent, and are still there after an error and a reload."""
    app.answers["block_suggestion"] = suggest
    app.answers["view_submission"] = {"response_action": "errors", "errors": {"second": "Once more, please."}}
    desk = sat(
        view=form(
            first={"type": "external_select", "min_query_length": 1},
            second={"type": "multi_external_select", "min_query_length": 1},
        )
    )
    desk.chooses("first", "Writing reports")
    desk.chooses("second", "Public speaking")
    desk.sends()
    expect(desk.modal.locator(".error")).to_have_text("Once more, please.", timeout=PATIENCE)
    desk.page.reload()
    expect(desk.modal.locator(".tag")).to_have_text("Public speaking×", timeout=PATIENCE)
    expect(desk.field("first")).to_have_value("Writing reports")
    desk.chooses("second", "Press releases")
    app.answers["view_submission"] = {"response_action": "clear"}
    desk.sends()
    expect(desk.modal).to_have_count(0, timeout=PATIENCE)
    values = app.values()
    assert values["first"]["selected_option"] == option("Writing reports")
    assert [one["value"] for one in values["second"]["selected_options"]] == ["public speaking", "press releases"]
    assert app.actions() == []


def test_what_was_chosen_in_a_message_stays_and_goes_along(sat: Callable[..., Desk], box: Sandbox, app: App) -> None:
    """After a reload and after an update of the same elements it is shown; a later press brings all of it."""
    app.answers["block_suggestion"] = suggest
    desk = sat(blocks=poll())
    fill_in(desk, app)
    expect_filled(desk)
    desk.page.reload()
    expect_filled(desk)
    update(box, [{"type": "section", "text": words("Thank you so far")}, *poll()])
    desk.expect_read("Thank you so far")
    expect_filled(desk)
    desk.presses("Go")
    assert box.until(lambda: app.actions()[-1]["action_id"] == "go")
    state = app.state()
    assert state["letter"]["selected_option"] == option("Gamma")
    assert [one["value"] for one in state["skills"]["selected_options"]] == ["public speaking", "press releases"]
    assert state["day"]["selected_date"] == "2026-12-01"
    assert [one["value"] for one in state["ticks"]["selected_options"]] == ["alpha", "gamma"]
    assert state["one"]["selected_option"] == option("Beta")


def test_under_other_ids_everything_is_empty(sat: Callable[..., Desk], box: Sandbox, app: App) -> None:
    """An update with another block begins anew, and so does the old block when it comes back."""
    app.answers["block_suggestion"] = suggest
    desk = sat(blocks=poll())
    fill_in(desk, app)
    for block in ("another", "poll"):
        update(box, [{"type": "section", "text": words(f"Now {block}")}, *poll(block)])
        desk.expect_read(f"Now {block}")
        expect_empty(desk)


def test_nobody_sees_what_others_chose(sat: Callable[..., Desk], box: Sandbox, app: App) -> None:
    """In a channel the same message is empty for the next person at the same desk, and filled for the first again."""
    app.answers["block_suggestion"] = suggest
    box.add_person("jonas", name="Jonas Lind")
    room = box.add_channel("plans", members=["mira", "jonas"], bot_in=True)
    slack = WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[])
    slack.chat_postMessage(channel=room.id, text="a poll", blocks=poll())
    desk = sat()
    desk.goes_to("plans")
    fill_in(desk, app)
    for who, looks in (("jonas", expect_empty), ("mira", expect_filled)):
        desk.page.locator(f'.face[data-handle="{who}"]').click()
        expect(desk.page.locator("#heading h1")).to_contain_text("plans")
        expect(desk.page.locator(f'.face[data-handle="{who}"]')).to_have_attribute("aria-pressed", "true")
        looks(desk)


def test_words_typed_in_a_message_wait_for_a_button(sat: Callable[..., Desk], box: Sandbox, app: App) -> None:
    """An update leaves them standing, with the keyboard in them; a press brings them along; a failure loses nothing."""
    desk = sat(blocks=poll())
    line = desk.talk.get_by_role("textbox", name="Why?")
    line.fill("because")
    update(box, [{"type": "section", "text": words("One more thing")}, *poll()])
    desk.expect_read("One more thing")
    expect(line).to_have_value("because")
    expect(line).to_be_focused()
    desk.page.route("**/page/api/acts/click", lambda route: route.abort())
    desk.presses("Go")
    expect(desk.page.locator(".notice")).to_be_visible()
    desk.page.unroute("**/page/api/acts/click")
    expect(line).to_have_value("because")
    desk.presses("Go")
    assert box.until(app.actions)
    assert app.state()["why"]["value"] == "because"
    desk.page.reload()
    expect(line).to_have_value("because", timeout=PATIENCE)


def test_no_to_the_question_takes_the_choice_back(sat: Callable[..., Desk], box: Sandbox, app: App) -> None:
    """Whoever says no sees what stood there before, the keyboard where it was; the app hears nothing."""
    chooser = {"type": "static_select", "action_id": "letter", "options": LETTER_OPTIONS, "confirm": ASKING}
    box_ = {"type": "checkboxes", "action_id": "ticks", "options": LETTER_OPTIONS, "confirm": ASKING}
    desk = sat(blocks=[{"type": "actions", "block_id": "b", "elements": [chooser, box_]}])
    choose(part(desk, "letter"), "Alpha")
    desk.confirms()
    assert box.until(app.actions)
    choose(part(desk, "letter"), "Beta")
    desk.page.get_by_role("alertdialog").get_by_role("button", name="Not now").click()
    expect(part(desk, "letter").get_by_role("combobox")).to_have_value("Alpha")
    desk.talk.get_by_role("checkbox", name="Beta").focus()
    desk.page.keyboard.press("Space")
    desk.page.keyboard.press("Enter")
    expect(desk.talk.get_by_role("checkbox", name="Beta")).not_to_be_checked()
    expect(desk.talk.get_by_role("checkbox", name="Beta")).to_be_focused()
    assert [one["action_id"] for one in app.actions()] == ["letter"]


def test_news_leaves_the_keyboard_where_it_is(sat: Callable[..., Desk], box: Sandbox, app: App) -> None:
    """Another message arrives while somebody types in a select: the list stays open and the letters stay."""
    app.answers["block_suggestion"] = suggest
    desk = sat(blocks=[asking(min_query_length=1)])
    field = part(desk, "skill").get_by_role("combobox")
    field.fill("pub")
    expect(part(desk, "skill").get_by_role("option")).to_have_count(1)
    box.say("mira", "meanwhile")
    desk.expect_read("meanwhile")
    expect(field).to_be_focused()
    expect(part(desk, "skill").get_by_role("option")).to_be_visible()
    field.press("Enter")
    assert box.until(app.actions)
    assert app.actions()[0]["selected_option"] == option("Public speaking")


def test_the_keyboard_stays_in_the_box_that_was_ticked(sat: Callable[..., Desk], box: Sandbox, app: App) -> None:
    """The app answers a tick by changing the message: the next key goes on from the same box."""
    desk = sat(blocks=poll())
    desk.talk.get_by_role("checkbox", name="Beta").focus()
    desk.page.keyboard.press("Space")
    assert box.until(app.actions)
    update(box, [*poll(), {"type": "section", "text": words("Noted")}])
    desk.expect_read("Noted")
    expect(desk.talk.get_by_role("checkbox", name="Beta")).to_be_checked()
    expect(desk.talk.get_by_role("checkbox", name="Beta")).to_be_focused()

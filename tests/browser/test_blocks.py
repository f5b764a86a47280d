"""Block Kit in the browser: everything is drawn, and what people press or fill arrives as from Slack."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from sandbox import Sandbox
from sandbox.screens import definition, show_home
from tests.browser.desk import PATIENCE, Desk
from tests.browser.scripted_app import LETTERS, App, everything, form, option, words


def test_every_kind_of_block_is_drawn(sat: Callable[..., Desk], box: Sandbox) -> None:
    """Texts with their marks, mentions and dates; what cannot be loaded here is named instead."""
    talk = sat(blocks=everything(box.person("mira").id)).talk
    text = talk.locator('[data-block="text"]')
    expect(talk.get_by_role("heading", name="A header")).to_be_visible()
    for tag, said in {"strong": "bold", "em": "italic", "s": "strike", "code": "code *x*", "pre": "*not bold*"}.items():
        expect(text.locator(tag)).to_have_text(said)
    expect(text).to_contain_text("snake_case_word 2*3*4 🎉 :nothing:")
    expect(text.locator("blockquote")).to_have_text("quoted")
    expect(text.locator(".mention")).to_have_text("@Mira Vogel")
    expect(text.get_by_role("link")).to_have_count(1)
    expect(text.get_by_role("link")).to_have_attribute("href", "https://example.com/?a=1&b=2")
    expect(text.locator("time")).to_have_text("02.11.2026 09:00")
    expect(text).to_contain_text("<b>")
    expect(talk).to_contain_text("Picture: a chart")
    expect(talk.locator(".rich li strong")).to_have_text("rich")
    expect(talk).not_to_contain_text("cannot be shown")


def test_what_is_pressed_and_chosen_in_a_message_arrives(sat: Callable[..., Desk], app: App) -> None:
    """Buttons, menus with a question first, selects, dates, boxes: each is one action with Slack's fields."""
    desk = sat(blocks=everything("U0NOBODY"))
    talk = desk.talk
    talk.get_by_role("button", name="Go").click()
    talk.get_by_role("button", name="Risk").click()
    desk.page.get_by_role("alertdialog").get_by_role("button", name="Not now").click()
    talk.get_by_role("button", name="More options").click()
    desk.page.get_by_role("menuitem", name="Beta").click()
    desk.confirms()
    talk.get_by_role("combobox").fill("gam")
    talk.get_by_role("combobox").press("Enter")
    talk.locator("input[type=date]").fill("2026-12-01")
    talk.locator("input[type=date]").blur()
    talk.get_by_role("checkbox", name="Alpha").check()
    talk.get_by_role("radio", name="Beta").check()
    desk.types("done")
    desk.expect_read("done")
    expect(talk.get_by_role("radio", name="Beta")).to_be_checked()
    told = {action["action_id"]: action for action in app.actions()}
    assert set(told) == {"go", "menu", "select", "day", "ticks", "one"}
    assert told["go"]["value"] == "1"
    assert told["menu"]["selected_option"] == option("Beta")
    assert told["select"]["selected_option"] == option("Gamma")
    assert told["day"]["selected_date"] == "2026-12-01"
    assert told["ticks"]["selected_options"] == [option("Alpha")]
    assert told["one"]["selected_option"] == option("Beta")


def test_every_field_of_a_form_arrives(sat: Callable[..., Desk], app: App) -> None:
    """What is typed, ticked and chosen, also from the app's own suggestions, stands in the submission."""
    letters = [option(one) for one in LETTERS]
    app.answers["block_suggestion"] = {"options": [option("Public speaking"), option("Public relations")]}
    view = form(
        line={"type": "plain_text_input"},
        lines={"type": "plain_text_input", "multiline": True},
        many={"type": "multi_static_select", "options": letters, "initial_options": letters[:1]},
        skills={"type": "multi_external_select", "min_query_length": 2},
        radio={"type": "radio_buttons", "options": letters},
        ticks={"type": "checkboxes", "options": letters},
        day={"type": "datepicker"},
        hour={"type": "timepicker"},
        people={"type": "users_select"},
        number={"type": "number_input", "is_decimal_allowed": False},
    )
    desk = sat(view=view)
    desk.fills(line="one", lines="two\nthree", day="2026-12-24", hour="16:30", number="7")
    desk.chooses("many", "Gamma")
    for skill in ("Public speaking", "Public relations"):
        desk.chooses("skills", skill)
    desk.modal.get_by_role("radio", name="Beta").check()
    desk.modal.get_by_role("checkbox", name="Gamma").check()
    desk.chooses("people", "Mira Vogel")
    desk.sends()
    expect(desk.modal).to_have_count(0, timeout=PATIENCE)
    values = app.values()
    assert (values["line"]["value"], values["lines"]["value"], values["number"]["value"]) == ("one", "two\nthree", "7")
    assert [one["value"] for one in values["many"]["selected_options"]] == ["alpha", "gamma"]
    assert [one["value"] for one in values["skills"]["selected_options"]] == ["public speaking", "public relations"]
    assert values["radio"]["selected_option"]["value"] == "beta"
    assert [one["value"] for one in values["ticks"]["selected_options"]] == ["gamma"]
    assert (values["day"]["selected_date"], values["hour"]["selected_time"]) == ("2026-12-24", "16:30")
    assert values["people"]["selected_user"].startswith("U")


def test_a_form_waits_visibly_and_keeps_what_was_typed(sat: Callable[..., Desk], app: App) -> None:
    """While the app thinks the button says so; a refusal stands at its field, beside the words as they were typed."""
    app.answers["view_submission"] = {"response_action": "errors", "errors": {"second": "Try another word."}}
    desk = sat(view=form(first={"type": "plain_text_input"}, second={"type": "plain_text_input"}))
    desk.fills(first="one", second="two")
    app.may_answer.clear()
    desk.sends()
    expect(desk.modal.locator("[type=submit]")).to_have_text("Sending…")
    app.may_answer.set()
    expect(desk.modal.locator('[data-block="second"] .error')).to_have_text("Try another word.")
    expect(desk.field("second")).to_be_focused()
    expect(desk.field("first")).to_have_value("one")


def test_forms_lie_on_top_of_each_other(sat: Callable[..., Desk], app: App) -> None:
    """A pushed form lies over the first one, Escape goes back to it with its words, and it can be sent on."""
    second = form("The second", more={"type": "plain_text_input"})
    app.answers["view_submission"] = {"response_action": "push", "view": second}
    desk = sat(view=form("The first", word={"type": "plain_text_input"}))
    desk.fills(word="kept")
    desk.sends()
    expect(desk.modal.get_by_role("heading", name="The second")).to_be_visible(timeout=PATIENCE)
    desk.page.keyboard.press("Escape")
    expect(desk.modal.get_by_role("heading", name="The first")).to_be_visible()
    expect(desk.field("word")).to_have_value("kept")
    app.answers["view_submission"] = {
        "response_action": "update",
        "view": form("Changed", word={"type": "plain_text_input"}),
    }
    desk.sends()
    expect(desk.modal.get_by_role("heading", name="Changed")).to_be_visible(timeout=PATIENCE)
    expect(desk.field("word")).to_have_value("kept")
    app.answers["view_submission"] = {"response_action": "clear"}
    desk.sends()
    expect(desk.modal).to_have_count(0, timeout=PATIENCE)


def draw_home(box: Sandbox) -> None:
    """Let the app draw Mira's home tab, with one button; its block gets another id each time."""
    town, mira = box.hub.workspace, box.person("mira")
    hello = {"type": "button", "action_id": "hello", "text": words("Hello"), "value": "v"}
    view = {"type": "home", "blocks": [{"type": "actions", "elements": [hello]}]}
    box.loop.read(lambda: show_home(town, mira.id, definition(town, view, "home")))
    box.loop.read(box.hub.pulse.beat)


def test_the_home_tab_is_the_apps_own(sat: Callable[..., Desk], box: Sandbox, app: App) -> None:
    """Opening it tells the app; what the app draws appears, and its buttons work."""
    desk = sat()
    desk.turns_to("home")
    expect(desk.page.locator("#home .empty")).to_be_visible()
    draw_home(box)
    desk.page.locator("#home").get_by_role("button", name="Hello").click()
    box.until(app.actions)
    assert app.actions()[0]["value"] == "v"


def test_a_press_counts_though_the_app_draws_anew_under_it(sat: Callable[..., Desk], box: Sandbox, app: App) -> None:
    """Between press and release nothing is exchanged; and a button that was pressed too late still means the same."""
    draw_home(box)
    desk = sat()
    desk.turns_to("home")
    button = desk.page.locator("#home").get_by_role("button", name="Hello")
    button.hover()
    desk.page.mouse.down()
    with desk.page.expect_response("**/page/api/screens*"):
        draw_home(box)
    desk.page.mouse.up()
    box.until(app.actions)
    desk.page.route("**/page/api/screens*", lambda route: route.abort())
    draw_home(box)
    button.click()
    box.until(lambda: len(app.actions()) == 2)
    assert [one["value"] for one in app.actions()] == ["v", "v"]

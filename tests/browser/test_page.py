"""The page itself: keys, reloads, two tabs, small screens, looking inside, and nobody's words as markup."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Route, expect

from demo.town import Town
from tests.browser.desk import PATIENCE, Desk
from tests.scenario import people

HOSTILE = '<img src=x onerror="document.title=1"> *bold* <!channel> & </div>'


def pair(town: Town) -> None:
    """Bring Mira and Jonas together and close what they have open."""
    people.paired(town, "mira", "jonas")
    for who in ("olga", "mira", "jonas"):
        town.box.close_modal(who)


def test_joining_needs_no_mouse(town: Town, desk: Desk) -> None:
    """From the first Tab to a saved profile with the keyboard alone; afterwards it is back where one writes."""
    people.move_in(town, "olga", "mira")
    people.set_up(town)
    desk.sit("mira")
    keys = desk.page.keyboard

    keys.press("Tab")
    keys.press("Enter")
    expect(desk.page.locator("#write")).to_be_focused()
    keys.type("/tandem j")
    keys.press("Tab")
    expect(desk.page.locator("#write")).to_have_value("/tandem join ")
    keys.press("Enter")
    expect(desk.modal.locator("[type=submit]")).to_be_focused(timeout=PATIENCE)
    keys.press("Enter")
    expect(desk.field("offers")).to_be_focused(timeout=PATIENCE)
    for skill in ("writing", "speaking"):
        keys.type(skill)
        expect(desk.modal.get_by_role("option").filter(has_text=skill)).to_be_visible(timeout=PATIENCE)
        keys.press("Enter")
        keys.press("Tab")
    keys.press("Tab")
    keys.type("Engl")
    keys.press("Enter")
    keys.press("Escape")
    expect(desk.modal.locator('[data-block="languages"] .tag')).to_have_count(2)
    for _ in range(4):
        keys.press("Tab")
    expect(desk.modal.locator("[type=submit]")).to_be_focused()
    keys.press("Enter")
    expect(desk.modal).to_contain_text("Growing together", timeout=PATIENCE)
    keys.press("Escape")
    expect(desk.modal).to_have_count(0)
    expect(desk.page.locator("#write")).to_be_focused()


def test_the_keyboard_stays_inside_a_modal(town: Town, desk: Desk) -> None:
    """Tab goes round inside the form, whatever stands behind it."""
    people.move_in(town, "olga", "mira")
    people.set_up(town)
    desk.sit("mira")
    desk.types("/tandem join")
    desk.expect_modal()
    for _ in range(12):
        desk.page.keyboard.press("Tab")
        assert desk.page.evaluate("document.getElementById('modal-layer').contains(document.activeElement)")


def test_a_reload_finds_its_place_again(town: Town, desk: Desk) -> None:
    """Person, conversation, language and an open form are there again after a reload."""
    pair(town)
    desk.sit("mira", language="de")
    desk.goes_to("Jonas, Tandem")
    desk.types("/tandem goal")
    desk.expect_modal()
    desk.page.reload()
    desk.expect_modal()
    expect(desk.page.locator("#heading h1")).to_have_text("Jonas, Tandem")
    expect(desk.page.locator("html")).to_have_attribute("lang", "de")
    expect(desk.page.locator('.face[data-handle="mira"]')).to_have_attribute("aria-pressed", "true")


def test_an_address_leads_where_it_says(town: Town, desk: Desk) -> None:
    """Also from the home tab of somebody else, which a face in the list would keep."""
    pair(town)
    desk.sit("mira", at="home")
    desk.page.evaluate("location.hash = 'as=jonas&at=dm&lang=en'")
    expect(desk.page.locator('.face[data-handle="jonas"]')).to_have_attribute("aria-pressed", "true")
    expect(desk.page.locator("#write")).to_be_visible()
    desk.page.locator('.face[data-handle="mira"]').click()
    desk.turns_to("home")
    desk.page.locator('.face[data-handle="jonas"]').click()
    expect(desk.page.locator("#home")).to_be_visible()
    expect(desk.page.locator("#write")).to_be_hidden()


def test_two_tabs_are_two_people(town: Town, open_desk: Callable[..., Desk]) -> None:
    """What one writes in the group message the other sees at once, with a mark until it is read."""
    pair(town)
    mira, jonas = open_desk(), open_desk()
    mira.sit("mira")
    jonas.sit("jonas")
    mira.goes_to("Jonas, Tandem")
    mira.types("Shall we meet on Thursday?")
    expect(jonas.page.locator("#sidebar .entry", has_text="Mira, Tandem").locator(".unread")).to_have_text("2")
    jonas.goes_to("Mira, Tandem")
    jonas.expect_read("Shall we meet on Thursday?")
    expect(jonas.page.locator("#sidebar .entry.has-unread")).to_have_count(0)


def test_a_quick_choice_is_not_taken_back(town: Town, desk: Desk) -> None:
    """Who chooses a conversation while the page still asks for the rest of a person stays in it."""
    pair(town)
    desk.sit("mira")
    held: list[Route] = []
    desk.page.route("**/page/api/clock*", lambda route: held.append(route), times=1)  # noqa: PLW0108  Playwright wants a plain function
    desk.becomes("jonas")
    desk.goes_to("Mira, Tandem")
    with desk.page.expect_response("**/page/api/clock*"):
        held[0].continue_()
    desk.expect_read("@Mira Vogel")
    expect(desk.page.locator("#heading h1")).to_have_text("Mira, Tandem")


def test_nobody_sees_what_slack_would_not_show_them(town: Town, desk: Desk) -> None:
    """A private channel, a group message of others and an answer for one person's eyes stay with those they are for."""
    pair(town)
    people.move_in(town, "tess")
    town.says("mira", "/tandem help")
    desk.sit("tess")
    expect(desk.page.locator("#sidebar .entry")).to_have_count(2)
    desk.becomes("mira")
    expect(desk.talk.locator(".only-you").first).to_be_visible(timeout=PATIENCE)
    desk.becomes("jonas")
    expect(desk.talk.locator(".only-you")).to_have_count(0)


def test_words_of_people_are_never_markup(town: Town, desk: Desk) -> None:
    """What somebody types is shown letter by letter, in the talk and in what the app makes of it."""
    pair(town)
    desk.sit("mira")
    desk.goes_to("Jonas, Tandem")
    desk.types(HOSTILE)
    desk.expect_read(HOSTILE)
    desk.types(f"/tandem goal {HOSTILE}")
    desk.expect_modal()
    expect(desk.field("title")).to_have_value(HOSTILE)
    desk.sends()
    expect(desk.modal).to_contain_text("<img src=x", timeout=PATIENCE)
    assert desk.page.locator("#talk img, .modal img").count() == 0


def test_the_app_recovers_before_ones_eyes(town: Town, desk: Desk) -> None:
    """A fault injected in the drawer strikes, is shown there, and the message arrives all the same."""
    pair(town)
    desk.sit("mira")
    desk.page.locator("#inside-button").click()
    drawer = desk.page.locator("#inside")
    drawer.locator(".faults summary").click()
    drawer.locator("select[name=kind]").select_option("429")
    drawer.locator(".fault-form button").click()
    expect(drawer.locator("#faults li")).to_have_count(1)
    desk.travels("monday")
    expect(drawer.locator(".verdict.bad", has_text="429").first).to_be_visible(timeout=PATIENCE)
    expect(drawer.locator("#faults li")).to_have_count(0)
    desk.travels("hour")
    expect(desk.talk.locator(".message button", has_text="minute")).to_have_count(1, timeout=PATIENCE)


def test_the_drawer_opens_and_closes_by_keyboard(town: Town, open_desk: Callable[..., Desk]) -> None:
    """On a small screen it lies over its own button: the keyboard goes in with it, Escape closes it and goes back."""
    people.move_in(town, "mira")
    desk = open_desk(width=375, height=700)
    desk.sit("mira")
    desk.page.locator("#inside-button").press("Enter")
    expect(desk.page.locator("#inside")).to_be_focused()
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Escape")
    expect(desk.page.locator("#inside")).to_be_hidden()
    expect(desk.page.locator("#inside-button")).to_be_focused()


def test_the_newest_message_stays_in_sight(town: Town, open_desk: Callable[..., Desk]) -> None:
    """Who reads the end still reads it when the drawer makes the conversation narrower and its lines longer."""
    pair(town)
    desk = open_desk(width=1100, height=500)
    desk.sit("mira")
    desk.goes_to("Jonas, Tandem")
    newest = desk.talk.locator(".message").last
    expect(newest).to_be_visible()
    from_end = "log => Math.round(log.scrollHeight - log.scrollTop - log.clientHeight)"
    assert desk.talk.evaluate(from_end) == 0
    desk.page.locator("#inside-button").click()
    expect(desk.page.locator("#inside")).to_be_visible()
    desk.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert desk.talk.evaluate(from_end) == 0


def test_a_form_that_meets_a_dead_app_says_so(town: Town, desk: Desk) -> None:
    """When the app does not answer, the form stays open with what was typed, and a sentence."""
    pair(town)
    desk.sit("mira")
    desk.types("/tandem goal")
    desk.expect_modal()
    desk.fills(title="Give a talk")
    town.box.release_clock()
    town.stop_bot()
    desk.sends()
    expect(desk.modal.get_by_role("alert")).not_to_be_empty(timeout=PATIENCE)
    expect(desk.field("title")).to_have_value("Give a talk")
    town.start_bot()
    desk.sends()
    expect(desk.modal).to_contain_text("Give a talk", timeout=PATIENCE)


def test_a_small_screen_shows_one_thing_at_a_time(town: Town, open_desk: Callable[..., Desk]) -> None:
    """At 375 pixels nothing sticks out sideways, and the list and the conversation take turns."""
    pair(town)
    desk = open_desk(width=375, height=700, theme="dark")
    desk.sit("mira", language="de")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 375
    expect(desk.page.locator("#sidebar")).to_be_hidden()
    desk.page.locator("#back").click()
    expect(desk.page.locator("#talk")).to_be_hidden()
    desk.goes_to("Jonas, Tandem")
    desk.expect_read("@Jonas Lind")
    expect(desk.page.locator("html")).to_have_attribute("data-theme", "dark")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 375


def test_an_unknown_command_is_answered_with_the_line_kept(town: Town, desk: Desk) -> None:
    """A mistyped command costs nothing: the line stands there again beside what is the matter."""
    people.move_in(town, "mira")
    desk.sit("mira")
    desk.types("/tandme join")
    expect(desk.page.locator("#write-trouble")).to_contain_text("/tandme join")
    expect(desk.page.locator("#write")).to_have_value("/tandme join")


def test_shortcuts_are_at_hand(town: Town, desk: Desk) -> None:
    """The global one opens an empty form, the one in a message's menu brings the message along."""
    pair(town)
    desk.sit("mira")
    desk.goes_to("Jonas, Tandem")
    desk.page.get_by_role("button", name="Shortcuts").click()
    desk.page.get_by_role("menuitem", name="Write a progress note").click()
    desk.expect_modal()
    desk.closes()
    desk.types("finished the outline")
    message = desk.talk.locator(".message", has_text="finished the outline")
    message.hover()
    message.get_by_role("button", name="More actions").click()
    desk.page.get_by_role("menuitem", name="Save as progress note").click()
    expect(desk.modal.locator("textarea, input").first).to_have_value("finished the outline", timeout=PATIENCE)

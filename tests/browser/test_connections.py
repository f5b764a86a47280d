"""Browsers come and go: a cut line, a new server, a reload, two tabs. Everybody finds their place again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from sandbox import Sandbox
from tests.browser.conftest import desks
from tests.browser.desk import PATIENCE, Desk
from tests.browser.scripted_app import form, post, show, words

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
HELLO = [{"type": "section", "text": words("are you there?")}]


def move_in(box: Sandbox) -> None:
    box.add_person("mira", name="Mira Vogel", locale="de-DE")
    box.add_person("jonas", name="Jonas Lind", locale="de-DE")
    box.add_channel("plans", members=["mira", "jonas"])


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox.start(lambda: NOW) as box:
        move_in(box)
        yield box


@pytest.fixture
def desk(chromium: Browser, box: Sandbox) -> Iterator[Desk]:
    with desks(chromium, box) as opened:
        yield opened()


def port_of(box: Sandbox) -> int:
    return urlsplit(box.page_url).port or 0


def expect_here(desk: Desk, who: str, place: str, language: str) -> None:
    expect(desk.page.locator("#heading h1")).to_have_text(place, timeout=PATIENCE)
    expect(desk.page.locator(f'.face[data-handle="{who}"]')).to_have_attribute("aria-pressed", "true")
    expect(desk.page.locator("html")).to_have_attribute("lang", language)


def test_a_cut_line_costs_nothing(desk: Desk, box: Sandbox) -> None:
    """While it is cut the page says so; then person, place, half a form and half a line are there, and the news."""
    desk.sit("mira", language="de")
    desk.goes_to("plans")
    desk.page.locator("#write").fill("half a line")
    show(box, form(word={"type": "plain_text_input"}))
    box.loop.read(box.hub.pulse.beat)
    desk.expect_modal()
    desk.fills(word="half a form")
    port = port_of(box)
    box.loop.run(box.server.stop())
    expect(desk.page.locator("#lost")).to_be_visible(timeout=PATIENCE)
    box.write_in("jonas", "plans", "I wrote while you were away.")
    box.loop.run(box.server.start(port))
    desk.expect_read("I wrote while you were away.")
    expect(desk.page.locator("#lost")).to_be_hidden()
    expect(desk.field("word")).to_have_value("half a form")
    expect(desk.page.locator("#write")).to_have_value("half a line")
    expect_here(desk, "mira", "#plans", "de")


def test_a_refused_line_is_tried_again(desk: Desk, box: Sandbox) -> None:
    """A stream that is answered with an error instead of news comes back as well, without anybody's doing."""
    desk.page.route("**/page/stream*", lambda route: route.fulfill(status=503, json={"error": "busy"}))
    desk.sit("mira")
    expect(desk.page.locator("#lost")).to_be_visible(timeout=PATIENCE)
    desk.page.unroute("**/page/stream*")
    expect(desk.page.locator("#lost")).to_be_hidden(timeout=PATIENCE)
    post(box, HELLO)
    box.loop.read(box.hub.pulse.beat)
    desk.expect_read("are you there?")


def test_a_new_server_is_noticed(desk: Desk, box: Sandbox) -> None:
    """A page left open over night does not mix two towns: it begins anew, as the same person, where there is one."""
    desk.sit("mira", language="de")
    desk.goes_to("plans")
    desk.types("yesterday's words")
    desk.expect_read("yesterday's words")
    port = port_of(box)
    box.loop.run(box.server.stop())
    expect(desk.page.locator("#lost")).to_be_visible(timeout=PATIENCE)
    with Sandbox.start(lambda: NOW, port=port) as fresh:
        expect(desk.page.locator("#lost")).to_be_visible()
        fresh.add_channel("other")
        move_in(fresh)
        expect_here(desk, "mira", "Tandem", "de")
        desk.goes_to("plans")
        expect(desk.page.locator("#talk .empty")).to_be_visible(timeout=PATIENCE)
        desk.page.context.close()


def test_two_tabs_of_one_browser_are_two_people(desk: Desk, box: Sandbox) -> None:
    """Each keeps their person, language, form and half a line, whatever the other does, and over a reload."""
    mira, jonas = desk, desk.beside()
    mira.sit("mira", language="de")
    jonas.sit("jonas", language="en")
    mira.goes_to("plans")
    jonas.goes_to("plans")
    mira.types("Shall we meet on Thursday?")
    jonas.expect_read("Shall we meet on Thursday?")
    jonas.page.locator("#write").fill("half a line")
    show(box, form(word={"type": "plain_text_input"}))
    box.loop.read(box.hub.pulse.beat)
    mira.expect_modal()
    mira.page.reload()
    mira.expect_modal()
    expect(jonas.modal).to_have_count(0)
    expect(jonas.page.locator("#write")).to_have_value("half a line")
    expect_here(mira, "mira", "#plans", "de")
    jonas.page.reload()
    expect_here(jonas, "jonas", "#plans", "en")

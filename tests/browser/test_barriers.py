"""Nobody is shut out: axe-core finds no serious barrier in any state of the page, light or dark, wide or narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, expect

from bot.locales import Language
from demo.desk.desk import Desk as Host
from demo.desk.seeds import Seeds
from demo.desk.stage import Stage
from demo.town import ROOM
from tests.browser.barriers import Barriers
from tests.browser.conftest import desks
from tests.browser.desk import PATIENCE, Desk
from tests.scenario import people

WIDE, NARROW = 1440, 375
NOBODY_YET = "rui"


@dataclass(frozen=True, slots=True)
class Visit:
    """One tab on the stage, in a language, and what stands in people's way there."""

    desk: Desk
    stage: Stage
    language: str
    barriers: Barriers

    def sit(self, who: str, at: str = "dm") -> None:
        self.desk.sit(who, at, self.language)

    def look(self, name: str, there: Locator) -> None:
        """Look as soon as what the state is about is there."""
        expect(there.first).to_be_visible(timeout=PATIENCE)
        self.barriers.look(name)

    def opens(self, name: str, button: str, popup: Locator) -> None:
        """Press a button, look at what opens, and close it again."""
        self.desk.page.locator(button).first.click()
        self.look(name, popup)
        self.desk.page.keyboard.press("Escape")


@pytest.fixture(scope="module")
def stage(seeds: Seeds) -> Iterator[Stage]:
    """The third week, with two people who wait for a partner."""
    with Stage.opened(Language.EN) as stage:
        host = Host(stage, seeds)
        host.begin_with("week3")
        people.join(stage.town, "katrin")
        yield stage
        host.close()


@pytest.fixture
def visit(chromium: Browser, stage: Stage) -> Iterator[Callable[..., Visit]]:
    with desks(chromium, stage.town.box) as opened:

        def visit(language: str, theme: str, width: int) -> Visit:
            desk = opened(width=width, height=800, theme=theme)
            return Visit(desk, stage, language, Barriers(desk.page))

        yield visit
    for who in ("mira", NOBODY_YET):
        while stage.town.box.modal(who):
            stage.town.box.close_modal(who)


def conversations(one: Visit) -> None:
    one.sit("mira")
    one.look("messages", one.desk.talk.get_by_role("button"))
    one.desk.page.locator("#write").fill("/tandem ")
    one.look("completion", one.desk.page.locator("#completions"))
    one.desk.page.locator("#write").fill("")
    back = one.desk.page.locator("#back")
    if back.is_visible():
        back.click()
    one.look("list and colleagues", one.desk.page.locator("#sidebar"))
    one.desk.goes_to("Jonas, Tandem")
    one.look("group message", one.desk.talk.get_by_role("article"))


def menus(one: Visit) -> None:
    one.sit("mira")
    menu = one.desk.page.get_by_role("menu")
    one.opens("time", "#clock-face", one.desk.page.locator("#travel"))
    one.opens("states", "#seeds", menu)
    one.opens("light or dark", "#theme", menu)
    one.opens("shortcuts", "#composer [aria-haspopup]", menu)
    one.desk.types("one line")
    one.desk.talk.locator(".message", has_text="one line").first.hover()
    one.opens("menu of a message", ".message-menu >> visible=true", menu)


def homes(one: Visit) -> None:
    home = one.desk.page.locator("#home .block")
    for name, who in (("first visit", NOBODY_YET), ("owner", "olga"), ("participant", "mira")):
        one.sit(who, "home")
        one.look(f"home: {name}", home)
    one.opens("menu of a goal", "#home [aria-haspopup]", one.desk.page.get_by_role("menu"))


def forms(one: Visit) -> None:
    one.sit("mira", "home")
    modal = one.desk.modal
    one.desk.presses("See all notes")
    one.look("form", modal)
    modal.get_by_role("button", name="Change").first.click()
    one.look("form upon a form", modal.locator(".layers"))
    modal.locator("textarea").first.fill("")
    one.desk.sends()
    one.look("form with errors", modal.locator(".error"))
    one.sit(NOBODY_YET)
    one.desk.types("/tandem join")
    one.look("long text", modal)
    one.desk.sends()
    modal.get_by_role("combobox").first.click()
    one.look("list to choose from", modal.get_by_role("option"))
    one.desk.page.keyboard.press("Escape")
    one.desk.closes()


def owners(one: Visit) -> None:
    one.sit("olga", one.stage.town.box.channel(ROOM).id)
    one.desk.types("/tandem-admin match")
    one.look("preview", one.desk.talk.get_by_role("button", name="Approve"))
    one.desk.presses("Approve")
    one.look("question", one.desk.page.get_by_role("alertdialog"))
    one.desk.page.keyboard.press("Escape")
    one.desk.presses("Discard")


def drawer(one: Visit) -> None:
    one.sit("mira")
    inside = one.desk.page.locator("#inside")
    one.desk.page.locator("#inside-button").click()
    inside.locator(".faults summary").click()
    one.look("faults", inside.locator(".fault-form"))
    inside.locator(".faults summary").click()
    inside.locator("#inside-list summary").first.click()
    one.look("one call", inside.locator("pre"))


def beginnings(one: Visit) -> None:
    """Look at the page before a town is there."""
    awaited = one.stage.town.box.page.seeds
    awaited.awaited = True
    one.desk.page.goto(f"{one.desk.box.page_url}#lang={one.language}")
    one.look("a town comes to life", one.desk.page.get_by_role("progressbar"))
    awaited.awaited = False


# Each in two looks that share nothing.
STATES = {
    **dict.fromkeys((conversations, homes, owners, beginnings), (("en", "light", WIDE), ("de", "dark", NARROW))),
    **dict.fromkeys((menus, forms, drawer), (("de", "dark", WIDE), ("en", "light", NARROW))),
}


@pytest.mark.parametrize(("states", "look"), [(states, look) for states, looks in STATES.items() for look in looks])
def test_nobody_is_shut_out(
    visit: Callable[..., Visit], states: Callable[[Visit], None], look: tuple[str, str, int]
) -> None:
    """Conversations, home tabs, forms, menus, drawer: what is there can be read, reached and pressed by everybody."""
    one = visit(*look)
    states(one)
    assert one.barriers.found == []
    assert one.barriers.looked

"""States to start from, in the browser: a town comes to life, gives way to another, goes into a file and comes back."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, expect

from bot.locales import Language
from demo.desk.desk import Desk as Host
from demo.desk.seeds import Seeds, Tell
from demo.desk.stage import Stage
from demo.desk.state import State
from tests.browser.desk import PATIENCE, Desk

AWHILE = 60_000  # milliseconds until a state that has to be played first is there
MIDWAY = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
ALIVE = {"en": "Bringing a town to life…", "de": "Eine kleine Stadt erwacht…"}


class Held(Seeds):
    """The real seeds, held back midway until the test has seen what it came to see."""

    def __init__(self, seeds: Seeds) -> None:
        super().__init__(Language.EN)
        self._seeds = seeds
        self.may_go_on = threading.Event()

    def state(self, name: str, tell: Tell = lambda _at, _share: None) -> State:
        tell(MIDWAY, 0.4)
        assert self.may_go_on.wait(60)
        return self._seeds.state(name)


@contextmanager
def hosted(stage: Stage, seeds: Seeds) -> Iterator[Host]:
    host = Host(stage, seeds)
    try:
        yield host
    finally:
        host.close()


@contextmanager
def beginning(host: Host, seeds: Held, name: str) -> Iterator[None]:
    """Let the host begin with a state while the test goes on looking at the page."""
    thread = threading.Thread(target=host.begin_with, args=(name,))
    thread.start()
    try:
        yield
    finally:
        seeds.may_go_on.set()
        thread.join()


@pytest.fixture
def host(stage: Stage, seeds: Seeds) -> Iterator[Host]:
    with hosted(stage, seeds) as host:
        host.begin_with("week3")
        yield host


def pick(desk: Desk, name: str) -> None:
    """Choose in the menu of states."""
    desk.page.locator("#seeds").click()
    desk.page.get_by_role("menu").get_by_text(name).click()


def expect_town(desk: Desk, who: str, place: str, day: str) -> None:
    """Expect to be somebody, at a place, on a day, with nothing over the page."""
    expect(desk.page.locator("#clock time")).to_have_attribute("datetime", re.compile(day), timeout=AWHILE)
    expect(desk.page.locator(f'.face[data-handle="{who}"]')).to_have_attribute("aria-pressed", "true", timeout=PATIENCE)
    expect(desk.page.locator("#heading h1")).to_have_text(place, timeout=PATIENCE)
    expect(waiting(desk)).to_be_hidden()


def expect_halfway(desk: Desk, language: str) -> None:
    """Expect to be told that a town comes to life, and how far it is."""
    bar = waiting(desk).get_by_role("progressbar", name=ALIVE[language])
    expect(waiting(desk).get_by_role("status")).to_contain_text(ALIVE[language])
    expect(bar).to_have_attribute("value", "0.4", timeout=PATIENCE)
    expect(waiting(desk)).to_contain_text({"en": "12 October", "de": "12. Oktober"}[language])
    expect(desk.page.locator("#workspace")).to_have_attribute("inert", "")


def waiting(desk: Desk) -> Locator:
    return desk.page.locator("#waiting")


@pytest.mark.parametrize("language", ["en", "de"])
def test_who_comes_early_sees_a_town_come_to_life(
    stage: Stage, seeds: Seeds, open_demo: Callable[..., Desk], language: str
) -> None:
    """No blank page: a sentence, then how far it is, then by itself the page, where a newcomer looks first."""
    desk, held = open_demo(), Held(seeds)
    desk.page.goto(f"{stage.town.box.page_url}#lang={language}")
    expect(waiting(desk).get_by_role("status")).to_contain_text(ALIVE[language])
    with hosted(stage, held) as host, beginning(host, held, "week3"):
        expect_halfway(desk, language)
        held.may_go_on.set()
        expect_town(desk, "mira", "Tandem", "2026-10-19")
        expect(desk.page.locator("html")).to_have_attribute("lang", language)
        desk.types("/tandem help")
        expect(desk.talk.locator(".only-you").first).to_be_visible(timeout=PATIENCE)


def test_another_state_shows_how_far_it_is(stage: Stage, seeds: Seeds, open_demo: Callable[..., Desk]) -> None:
    """While it comes about nothing behind can be pressed; a colleague's tab works on, and follows into the new town."""
    held = Held(seeds)
    held.may_go_on.set()
    with hosted(stage, held) as host:
        host.begin_with("week3")
        held.may_go_on.clear()
        mira = open_demo()
        jonas = mira.beside()
        mira.sit("mira", language="de")
        jonas.sit("jonas")
        jonas.goes_to("general")
        pick(mira, "Letzte Woche")
        expect_halfway(mira, "de")
        jonas.types("Still here.")
        jonas.expect_read("Still here.")
        held.may_go_on.set()
        expect_town(mira, "mira", "Tandem", "2026-11-09")
        expect_town(jonas, "jonas", "#general", "2026-11-09")
        expect(jonas.talk).not_to_contain_text("Still here.")


@pytest.mark.usefixtures("host")
def test_every_state_begins_where_one_looks_first(open_demo: Callable[..., Desk]) -> None:
    """Empty in the owners' room, the others with Mira's messages; language and drawer stay, the menu has it checked."""
    desk = open_demo(width=1440)
    desk.sit("jonas", language="de")
    desk.page.locator("#inside-button").click()
    for name, who, place, day in (
        ("Leer: ein Programm einrichten", "olga", "#tandem-owners", "2026-10-01"),
        ("Letzte Woche: bald ist Schluss", "mira", "Tandem", "2026-11-09"),
        ("Dritte Woche: offene Check-ins", "mira", "Tandem", "2026-10-19"),
    ):
        pick(desk, name)
        expect_town(desk, who, place, day)
        expect(desk.page.locator("html")).to_have_attribute("lang", "de")
        expect(desk.page.locator("#inside")).to_be_visible()
        desk.page.locator("#seeds").click()
        expect(desk.page.get_by_role("menuitemradio", checked=True)).to_have_text(name)
        desk.page.keyboard.press("Escape")


def test_a_place_that_is_gone_gives_way_to_the_messages(host: Host, open_demo: Callable[..., Desk]) -> None:
    """Who sat in a group message that the new town does not have finds the conversation with the app, as themself."""
    desk = open_demo()
    desk.sit("mira")
    desk.goes_to("Jonas, Tandem")
    host.begin_with("empty")
    expect_town(desk, "mira", "Tandem", "2026-10-01")


@pytest.mark.usefixtures("host")
def test_a_saved_file_brings_back_person_place_and_day(open_demo: Callable[..., Desk]) -> None:
    """Save, go elsewhere, go on from the file: in the same conversation, with what was written in it."""
    desk = open_demo()
    desk.sit("jonas")
    desk.goes_to("Mira, Tandem")
    desk.types("Kept for another day.")
    desk.expect_read("Kept for another day.")
    with desk.page.expect_download() as saved:
        pick(desk, "Save this state as a file")
    file = saved.value.path()
    pick(desk, "Empty: set up a programme")
    expect_town(desk, "olga", "#tandem-owners", "2026-10-01")
    with desk.page.expect_file_chooser() as chosen:
        pick(desk, "Go on from a file…")
    chosen.value.set_files(file)
    expect_town(desk, "jonas", "Mira, Tandem", "2026-10-19")
    desk.expect_read("Kept for another day.")


@pytest.mark.usefixtures("host")
def test_a_file_that_is_no_state_changes_nothing(open_demo: Callable[..., Desk]) -> None:
    """One sentence; the town stays as it is, and the keyboard is where it was."""
    desk = open_demo()
    desk.sit("mira", language="de")
    with desk.page.expect_file_chooser() as chosen:
        pick(desk, "Von einer Datei aus weiter…")
    chosen.value.set_files({"name": "letter.zip", "mimeType": "application/zip", "buffer": b"Dear Mira"})
    expect(desk.page.locator("#notices")).to_contain_text("kein gesicherter Stand", timeout=PATIENCE)
    expect_town(desk, "mira", "Tandem", "2026-10-19")
    expect(desk.page.locator("#seeds")).to_be_focused()

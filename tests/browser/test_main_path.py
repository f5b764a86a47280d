"""Ten minutes of a newcomer in a real browser: join, match, meet, set a goal, check in, read along, take a break."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bot.locales import Language, Words, load_texts
from demo.town import ROOM, Town
from tests.browser.desk import PATIENCE, Desk
from tests.browser.keys import Keys

TWO_WEEKS_ON = re.compile("2026-11-16")
LOCALES = {"de": "de-DE", "en": "en-GB"}


@pytest.mark.parametrize("language", ["en", "de"])
def test_two_colleagues_live_through_the_first_weeks(town: Town, desk: Desk, language: str) -> None:
    """From an empty workspace to a kept promise that the partner reads, as people click and type."""
    live_through(town, desk, language)
    expect(desk.page.locator("#clock time")).to_have_attribute("datetime", TWO_WEEKS_ON)


def test_the_whole_way_needs_no_mouse(town: Town, open_desk: Callable[..., Desk]) -> None:
    """The same way from the first Tab to the break, with the keyboard alone; a single click would be an error."""
    keys = Keys(open_desk().page, town.box)
    live_through(town, keys, "en")
    expect(keys.page.locator("#clock time")).to_have_attribute("datetime", TWO_WEEKS_ON)


def live_through(town: Town, desk: Desk, language: str) -> None:
    words = load_texts().for_(Language(language))
    for handle, name in {"olga": "Olga Brandt", "mira": "Mira Vogel", "jonas": "Jonas Lind"}.items():
        town.box.add_person(handle, name=name, locale=LOCALES[language], admin=handle == "olga")
    town.box.add_channel(ROOM, private=True, members=["olga"], bot_in=True)

    set_up(desk, language)
    join(desk, "mira", offers="writing", wants="speaking")
    join(desk, "jonas", offers="speaking", wants="writing")
    match(town, desk, words)
    read_introduction(desk)
    set_goal(desk)
    check_in(town, desk, words)
    read_along(desk)
    take_a_break(desk)


def set_up(desk: Desk, language: str) -> None:
    desk.sit("olga", language=language)
    desk.goes_to(ROOM)
    desk.types("/tandem-admin setup")
    desk.expect_modal()
    desk.fills(name="Growing together", purpose="Learn from each other")
    desk.sends()
    expect(desk.modal).to_contain_text("Growing together", timeout=PATIENCE)
    desk.closes()


def join(desk: Desk, who: str, **skills: str) -> None:
    desk.becomes(who)
    desk.types("/tandem join")
    desk.expect_modal()
    desk.sends()
    expect(desk.field("offers")).to_be_visible(timeout=PATIENCE)
    desk.names(**skills)
    desk.sends()
    expect(desk.modal).to_contain_text("Growing together", timeout=PATIENCE)
    desk.closes()


def match(town: Town, desk: Desk, words: Words) -> None:
    desk.becomes("olga")
    desk.goes_to(ROOM)
    desk.types("/tandem-admin match")
    desk.expect_read("Mira Vogel + Jonas Lind")
    desk.presses(words("Approve"))
    desk.confirms()
    expect(desk.talk).not_to_contain_text("Mira Vogel + Jonas Lind", timeout=PATIENCE)
    town.deliver()


def read_introduction(desk: Desk) -> None:
    desk.becomes("mira")
    desk.goes_to("Jonas, Tandem")
    desk.expect_read("@Jonas Lind")
    desk.expect_read("Growing together")


def set_goal(desk: Desk) -> None:
    desk.types("/tandem goal")
    desk.expect_modal()
    desk.fills(title="Give a talk", steps="Write the outline\nRehearse the opening")
    desk.sends()
    expect(desk.modal).to_contain_text("Give a talk", timeout=PATIENCE)
    desk.closes()


def check_in(town: Town, desk: Desk, words: Words) -> None:
    desk.goes_to("Tandem")
    desk.travels("monday")
    desk.presses(words("Answer in one minute"))
    desk.expect_modal()
    desk.sends()
    expect(desk.modal.locator('[data-block="promise"] .error')).to_be_visible()
    expect(desk.field("promise")).to_be_focused()
    expect(desk.field("promise")).to_have_attribute("aria-invalid", "true")
    desk.fills(promise="write the outline", reflection="for me alone")
    desk.sends()
    expect(desk.modal.locator("[type=submit]")).to_have_count(0, timeout=PATIENCE)
    desk.closes()
    town.deliver()
    desk.expect_read("write the outline")


def read_along(desk: Desk) -> None:
    desk.becomes("jonas")
    desk.expect_read("write the outline")
    expect(desk.talk).not_to_contain_text("for me alone")
    desk.goes_to("Tandem")
    desk.turns_to("home")
    expect(desk.page.locator("#home")).to_contain_text("write the outline", timeout=PATIENCE)


def take_a_break(desk: Desk) -> None:
    desk.turns_to("messages")
    desk.types("/tandem pause")
    desk.expect_modal()
    desk.fills(until="2026-11-23")
    desk.sends()
    expect(desk.modal.locator("[type=submit]")).to_have_count(0, timeout=PATIENCE)
    expect(desk.modal).to_contain_text("23")
    desk.closes()
    before = desk.talk.locator(".message").count()
    desk.travels("monday")
    expect(desk.talk.locator(".message")).to_have_count(before)

"""An owner at the preview of a round, in a real browser: keeps, swaps, takes a picture, approves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from bot.locales import Language, Words, load_texts
from demo.town import ROOM, Town
from tests.browser.desk import PATIENCE, Desk
from tests.scenario.people import join, set_up

NAMES = {"mira": "Mira Vogel", "jonas": "Jonas Lind", "ana": "Ana Sousa", "raj": "Raj Patel"}
SKILLS = {
    "mira": ("writing, law", "speaking"),
    "jonas": ("speaking", "writing, law"),
    "ana": ("writing", "speaking"),
    "raj": ("speaking", "writing"),
}
LOCALES = {"de": "de-DE", "en": "en-GB"}


@pytest.mark.parametrize("language", ["en", "de"])
def test_an_owner_keeps_swaps_and_approves_and_both_people_read_why(town: Town, desk: Desk, language: str) -> None:
    """In the language of each, and nobody hears of a match before its time."""
    words = load_texts().for_(Language(language))
    move_in(town, language)
    desk.sit("olga", language=language)
    desk.goes_to(ROOM)
    desk.types("/tandem-admin match")
    desk.expect_read(NAMES["jonas"])

    choose(desk, "mira", words("Keep together"))
    expect(match_of(desk, "mira")).to_contain_text(kept(words))
    choose(desk, "mira", words("Swap"))
    desk.expect_modal()
    desk.chooses("leaves", NAMES["jonas"])
    desk.chooses("comes", NAMES["raj"])
    desk.sends()
    expect(desk.modal).to_have_count(0, timeout=PATIENCE)
    expect(match_of(desk, "mira")).to_contain_text(NAMES["raj"], timeout=PATIENCE)

    desk.presses(words("As a picture"))
    expect(desk.talk.locator("img").last).to_be_visible(timeout=PATIENCE)
    desk.presses(words("Approve"))
    desk.confirms()
    expect(desk.talk).not_to_contain_text(NAMES["raj"], timeout=PATIENCE)
    town.deliver()

    why = words("{receiver} wants {skill}, {giver} offers it")
    for who, other in (("jonas", "ana"), ("ana", "jonas")):
        desk.becomes(who)
        desk.goes_to(f"{NAMES[other].split()[0]}, Tandem")
        desk.expect_read(why.format(receiver=NAMES["jonas"], skill="writing", giver=NAMES["ana"]))


def move_in(town: Town, language: str) -> None:
    for handle, name in {"olga": "Olga Brandt", **NAMES}.items():
        town.box.add_person(handle, name=name, locale=LOCALES[language], admin=handle == "olga")
    set_up(town, language=language)
    town.box.close_modal("olga")
    for who, (offers, wants) in SKILLS.items():
        join(town, who, offers=offers, wants=wants)
        town.box.close_modal(who)


def match_of(desk: Desk, who: str) -> Locator:
    """Return the block of the preview with somebody's match."""
    return desk.talk.locator(".block", has_text=NAMES[who]).filter(has=desk.page.locator("button, [role=button]")).last


def choose(desk: Desk, who: str, entry: str) -> None:
    """Open the menu of somebody's match and choose an entry."""
    match_of(desk, who).get_by_role("button").last.click()
    desk.page.get_by_role("menuitem", name=entry, exact=True).click()


def kept(words: Words) -> str:
    return words("*{names}* · {quality} · stays together").rpartition(" · ")[2]

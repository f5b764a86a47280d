"""Take the pictures of the README from the demo: the real bot, the stand-in Slack, and a real Chromium.

    .venv/bin/python -m scripts.screenshots    # writes docs/pictures/*.png

Everything in them comes from the seeds, at the seeds' own time of day, so that another run shows the same. What people
do for a picture they do in the browser. A picture is taken once two looks in a row find the same on the screen.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from math import ceil, floor
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, FloatRect, Locator, Page, expect, sync_playwright

from bot.locales import Language, load_texts
from bot.logs import set_up_logs
from demo.desk import deeds
from demo.desk.cast import DEMO_LOCALE, OWNER
from demo.desk.deeds import Players
from demo.desk.desk import Desk
from demo.desk.diary import STATES, diary
from demo.desk.seeds import Seeds
from demo.desk.stage import Stage
from demo.town import ROOM
from tests.browser.chromium import SWITCHES, program
from tests.browser.desk import PATIENCE
from tests.browser.desk import Desk as Seat

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
TAKEN, NO_BROWSER = 0, 2
STEADY = ["--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"]
LOOKS = 40  # at a screen that does not come to rest
MUCH = 1.25  # dots for a pixel where there is much to see: a picture stays below 200 kB
MOST = 1.15  # the same where there is most
AIR = 6  # pixels at the end of a conversation
Theme = Literal["light", "dark"]

# One conversation, or one form, without the page around it; what is outside of it is transparent.
CARD = """
body { display: block; background: none; }
.top, .rail, .sidebar, .timeline { display: none; }
.workspace { width: 640px; height: 100%; margin: 0; grid-template-columns: minmax(0, 1fr); border-color: var(--line); }
"""
FORM = """
.workspace { border-color: transparent; background: none; }
.main { visibility: hidden; }
.modal-layer { background: none; }
.modal { box-shadow: none; }
"""


class Restless(Exception):
    """What a picture was to show did not come to rest, or was not there; the text names it."""


@dataclass(frozen=True, slots=True)
class Glass:
    """What somebody looks through: CSS pixels, dots of the picture for each of them, light, and what is left out."""

    width: int = 1060
    height: int = 860
    scale: float = 2
    theme: Theme = "light"
    style: str = CARD


PHONE = Glass(375, 760, style="")


@dataclass(frozen=True, slots=True)
class Studio:
    """One demo in one language, and a browser to look at it."""

    browser: Browser
    desk: Desk
    players: Players
    folder: Path

    @contextmanager
    def seat(self, who: str, at: str = "dm", glass: Glass = Glass()) -> Iterator[Seat]:
        """Open the page as somebody who has read everything, at a place; leaving the block closes it."""
        self.players.town.box.read_all(who)
        context = self.browser.new_context(
            viewport={"width": glass.width, "height": glass.height},
            device_scale_factor=glass.scale,
            color_scheme=glass.theme,
            locale=DEMO_LOCALE[self.players.language],
            reduced_motion="reduce",
            bypass_csp=True,  # for the style
        )
        context.set_default_timeout(PATIENCE)
        seat = Seat(context.new_page(), self.players.town.box)
        seat.sit(who, at, self.players.language.value)
        expect(seat.page.locator("#timeline .chip").first).to_be_attached()
        if glass.style:
            seat.page.add_style_tag(content=glass.style)
        yield seat
        context.close()

    def take(self, seat: Seat, name: str, part: Locator | None = None) -> None:
        """Write a picture of the window, or of a part of it, once nothing moves any more."""
        seen = rested(seat.page, name, spot(part) if part else None)
        (self.folder / f"{name}.png").write_bytes(seen)
        sys.stdout.write(f"{name}.png  {len(seen) / 1000:.0f} kB\n")


@contextmanager
def studio(browser: Browser, folder: Path, language: Language) -> Iterator[Studio]:
    """Open a demo in which everybody has joined and nobody is matched yet; leaving the block closes it."""
    with Stage.opened(language) as stage:
        seeds = Seeds(language)
        stage.bring(seeds.state("empty"))
        players = Players(stage.town, language)
        join(players)
        desk = Desk(stage, seeds)
        try:
            yield Studio(browser, desk, players, folder)
        finally:
            desk.close()


def join(players: Players) -> None:
    """Have everybody join who joins before the first round."""
    players.town.box.limits.enforced = False
    for entry in takewhile(lambda one: one.deed is not deeds.match, diary(STATES["empty"], STATES["week3"])):
        players.town.travel_to(entry.at)
        entry.deed(players)
    players.town.box.limits.enforced = True


def preview(demo: Studio) -> None:
    """What the owner decides on, with the reasons."""
    with demo.seat(OWNER, demo.players.town.box.channel(ROOM).id, Glass(scale=MOST)) as seat:
        seat.types("/tandem-admin match")
        shown = seat.talk.locator(".message.ephemeral")
        expect(shown.last.locator("button.primary")).to_be_visible(timeout=PATIENCE)
        fit(seat.page, seat.talk, shown.first, shown.last)
        demo.take(seat, "preview", seat.page.locator("#workspace"))


def page(demo: Studio) -> None:
    """The whole page as a newcomer finds it, light and dark."""
    with demo.seat("mira", glass=Glass(1280, 760, MUCH, style="")) as seat:
        fit(seat.page, seat.talk, seat.talk.locator(".day-line").nth(-2), seat.talk.locator(".message").last)
        demo.take(seat, "page")
        seat.page.emulate_media(color_scheme="dark")
        demo.take(seat, "page-dark")


def home(demo: Studio, name: str, theme: Theme) -> None:
    with demo.seat("mira", "home", Glass(scale=MUCH, theme=theme)) as seat:
        blocks = seat.page.locator("#home .block")
        fit(seat.page, seat.page.locator("#home"), blocks.first, blocks.last, air=58)
        demo.take(seat, name, seat.page.locator("#workspace"))


def phone(demo: Studio) -> None:
    with demo.seat("mira", glass=PHONE) as seat:
        fit(seat.page, seat.talk, seat.talk.locator(".day-line").last, seat.talk.locator(".message").last)
        demo.take(seat, "phone")


def check_in(demo: Studio) -> None:
    """What Mira fills in for the third week, and sends."""
    said, week = demo.players.said, demo.players.week
    with demo.seat("mira") as seat:
        seat.presses(load_texts().for_(demo.players.language)("Answer in one minute"))
        seat.expect_modal()
        seat.modal.locator('[data-block="outcome"] input').first.check()
        seat.fills(progress=said(week("mira", 2).kept), promise=said(week("mira", 3).promise))
        seat.page.add_style_tag(content=FORM)
        demo.take(seat, "check-in", seat.modal)
        seat.sends()
        expect(seat.modal.locator("[type=submit]")).to_have_count(0, timeout=PATIENCE)
        seat.closes()


def summary(demo: Studio) -> None:
    """What her partner reads right after."""
    box, promise = demo.players.town.box, demo.players.said(demo.players.week("mira", 3).promise)
    if not box.until(lambda: promise in str(box.messages("jonas")), seconds=PATIENCE / 1000):
        raise Restless(promise)
    with demo.seat("jonas") as seat:
        fit(seat.page, seat.talk, seat.talk.locator(".day-line").last, seat.talk.locator(".message").last)
        demo.take(seat, "summary", seat.page.locator("#workspace"))


def fit(page: Page, pane: Locator, first: Locator, last: Locator, air: float = AIR) -> None:
    """Make the window as high as it takes to see from one thing to another in the pane, and nothing cut."""
    rested(page, str(last))
    end = spot(last)
    wanted = end["y"] + end["height"] - spot(first)["y"] + air
    size = page.viewport_size or {"width": 0, "height": 0}
    page.set_viewport_size({"width": size["width"], "height": round(size["height"] + wanted - spot(pane)["height"])})
    pane.evaluate("pane => { pane.scrollTop = pane.scrollHeight; }")


def spot(part: Locator) -> FloatRect:
    """Return where something stands, in whole pixels. Raises Restless when it is not there."""
    found = part.bounding_box()
    if not found:
        raise Restless(str(part))
    x, y = floor(found["x"]), floor(found["y"])
    return {
        "x": x,
        "y": y,
        "width": ceil(found["x"] + found["width"]) - x,
        "height": ceil(found["y"] + found["height"]) - y,
    }


def rested(page: Page, what: str, clip: FloatRect | None = None) -> bytes:
    """Return the screen as PNG once two looks in a row find the same. Raises Restless."""
    before = b""
    for _ in range(LOOKS):
        seen = page.screenshot(clip=clip, animations="disabled", omit_background=True)
        if seen == before:
            return seen
        before = seen
    raise Restless(what)


def album(browser: Browser, folder: Path) -> None:
    """Take all pictures."""
    with studio(browser, folder, Language.EN) as demo:
        preview(demo)
        demo.desk.begin_with("week3")
        page(demo)
        phone(demo)
        home(demo, "home", "light")
        check_in(demo)
        summary(demo)
    with studio(browser, folder, Language.DE) as demo:
        demo.desk.begin_with("week3")
        home(demo, "home-de", "dark")


def main() -> int:
    path = program()
    if not path:
        sys.stderr.write("no Chromium on this machine: no pictures taken (apt-get install chromium)\n")
        return NO_BROWSER
    set_up_logs("ERROR", "console")
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*SWITCHES, *STEADY])
        album(browser, PICTURES)
        browser.close()
    return TAKEN


if __name__ == "__main__":
    sys.exit(main())

"""How long the demo's page takes to open among 200 colleagues and 5,000 messages, in a real Chromium.

`python benchmarks/page.py` prints milliseconds from the request to the drawn page, and to the next person's page.
"""

from __future__ import annotations

import shutil
import sys
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser, expect, sync_playwright

from bot.locales import Language
from bot.logs import set_up_logs
from demo.desk.desk import Desk
from demo.desk.seeds import CROWD, Seeds
from demo.desk.stage import Stage

TIMES = 7
SWITCHES = ["--no-sandbox", "--disable-gpu"]


def main() -> int:
    set_up_logs("ERROR", "console")
    program = next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)
    if not program:
        print("no Chromium on this machine: nothing can be measured")
        return 1
    with Stage.opened(Language.EN) as stage, sync_playwright() as playwright:
        desk = Desk(stage, Seeds(Language.EN))
        try:
            desk.begin_with(CROWD)
            town = stage.town.box.hub.workspace
            print(f"{len(town.people)} people, {len(town.messages)} messages")
            browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
            measure(browser, desk.url)
        finally:
            desk.close()
    return 0


def measure(browser: Browser, url: str) -> None:
    opened, changed = [], []
    for _ in range(TIMES):
        tab = browser.new_page()
        start = perf_counter()
        tab.goto(f"{url}#as=mira&at=dm&lang=en")
        expect(tab.locator("body.ready")).to_be_visible()
        expect(tab.locator("#talk .message").last).to_be_visible()
        opened.append(perf_counter() - start)
        start = perf_counter()
        tab.locator('.face[data-handle="jonas"]').click()
        expect(tab.locator(".me-card")).to_contain_text("Jonas Lind")
        expect(tab.locator("#talk .message").last).to_be_visible()
        changed.append(perf_counter() - start)
        tab.close()
    for name, seconds in (("the page opens", opened), ("somebody else's page", changed)):
        print(f"{name}: median {median(seconds) * 1000:.0f} ms, slowest {max(seconds) * 1000:.0f} ms")


if __name__ == "__main__":
    sys.exit(main())

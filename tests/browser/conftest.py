"""A real Chromium in front of a real town. Without one these tests are left out, except where CI wants them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from demo.town import Town
from tests.browser.desk import Desk

MANIFEST = Path(__file__).parents[2] / "manifest.json"
NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's own Chromium; one process per module, because Playwright keeps the thread's event loop."""
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if not program:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine, and CI must run the browser tests (apt-get install chromium)")
        pytest.skip("no Chromium on this machine: the browser tests are left out (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def open_desk(chromium: Browser, town: Town) -> Iterator[Callable[..., Desk]]:
    """Open browser tabs on the town's page; anything the page complains about in its console fails the test."""
    page = town.box.page
    page.manifest = json.loads(MANIFEST.read_text("utf-8"))
    page.traveller, page.next_event = town.travel_to, town.tandem.ticks.next_moment
    contexts, complaints = [], []

    def opened(width: int = 1280, height: int = 800, theme: str = "light") -> Desk:
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("request", lambda request: _only_here(request.url, town, complaints))
        return Desk(tab, town)

    yield opened
    for context in contexts:
        context.close()
    town.box.release_clock()
    assert complaints == []


def _only_here(url: str, town: Town, complaints: list[str]) -> None:
    if not url.startswith((town.box.page_url, "data:")):
        complaints.append(f"the page asked for {url}")


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()

"""A real Chromium in front of a real town. Without one these tests are left out, except where CI wants them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from bot.locales import Language
from demo.desk.stage import Stage
from demo.town import Town
from demo.web_server import WebServer
from sandbox import Sandbox
from tests.browser.chromium import SWITCHES, program
from tests.browser.desk import PATIENCE, Desk
from tests.browser.scripted_app import App, post, show
from tests.patience import unhurried

MANIFEST = Path(__file__).parents[2] / "manifest.json"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what needs a browser where there is none; all of it here, which makes one line in the summary."""
    if "chromium" in getattr(item, "fixturenames", ()) and not (program() or os.environ.get("CI")):
        pytest.skip("no Chromium on this machine: the browser tests are left out (apt-get install chromium)")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's own Chromium; one process per module, because Playwright keeps the thread's event loop."""
    path = program()
    if not path:
        pytest.fail("no Chromium on this machine, and CI must run the browser tests (apt-get install chromium)")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def open_desk(chromium: Browser, town: Town) -> Iterator[Callable[..., Desk]]:
    """Open browser tabs on the page of a town with the real bot, whose clock the page may move."""
    page = town.box.page
    page.manifest = json.loads(MANIFEST.read_text("utf-8"))
    page.traveller, page.next_event = town.travel_to, town.tandem.ticks.next_moment
    with desks(chromium, town.box) as opened:
        yield opened
        town.box.release_clock()


@contextmanager
def desks(chromium: Browser, box: Sandbox) -> Iterator[Callable[..., Desk]]:
    """Open browser tabs; an error in the page, or a request to anywhere else, fails the test."""
    contexts, complaints = [], []

    def opened(width: int = 1280, height: int = 800, theme: str = "light") -> Desk:
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("request", lambda request: _only_here(request.url, box, complaints))
        return Desk(context.new_page(), box)

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _only_here(url: str, box: Sandbox, complaints: list[str]) -> None:
    if not url.startswith((box.page_url, "data:")):
        complaints.append(f"the page asked for {url}")


@pytest.fixture
def stage() -> Iterator[Stage]:
    """What `tandem demo` shows, still without a state."""
    with Stage.opened(Language.EN) as stage:
        unhurried(stage.town.box)
        yield stage


@pytest.fixture
def open_demo(chromium: Browser, stage: Stage) -> Iterator[Callable[..., Desk]]:
    """Open browser tabs on the stage."""
    with desks(chromium, stage.town.box) as opened:
        yield opened


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()


@pytest.fixture
def app() -> App:
    return App()


@pytest.fixture
def box(app: App) -> Iterator[Sandbox]:
    """A stand-in Slack that talks to the scripted app."""
    server = WebServer(app)
    with Sandbox.start(lambda: datetime(2026, 11, 2, 8, 0, tzinfo=UTC)) as box:
        unhurried(box)
        box.use_http(server.url)
        box.add_person("mira", name="Mira Vogel", locale="de-DE")
        yield box
    server.stop()


@pytest.fixture
def sat(chromium: Browser, box: Sandbox) -> Iterator[Callable[..., Desk]]:
    """Sit down as Mira at what the scripted app has written or opened."""
    with desks(chromium, box) as opened:

        def sit(*, blocks: list[dict[str, Any]] | None = None, view: dict[str, Any] | None = None, **how: Any) -> Desk:
            if blocks:
                post(box, blocks)
            if view:
                show(box, view)
            language = how.pop("language", "en")
            desk = opened(**how)
            desk.sit("mira", language=language)
            return desk

        yield sit

"""A clock that stands, a database under it, a household in that; and a stand-in Slack with an app before it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.clock.clock import DemoClock
from bot.db.session import Database
from sandbox import Sandbox
from tests.integration.archive import Archive
from tests.integration.ear import Ear
from tests.integration.household import START, Household, furnish, opened
from tests.integration.postoffice import PostOffice, post_office
from tests.integration.standin import Hands, over_http, over_socket
from tests.patience import unhurried


@pytest.fixture
def clock() -> DemoClock:
    return DemoClock(START)


@pytest.fixture
def database(database_url: str, clock: DemoClock) -> Iterator[Database]:
    with opened(database_url, clock.now) as opened_one:
        yield opened_one


@pytest.fixture
def home(database: Database) -> Household:
    return furnish(database)


@pytest.fixture
def office(database_url: str) -> Iterator[PostOffice]:
    with post_office(database_url) as office:
        yield office


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def box(hands: Hands) -> Iterator[Sandbox]:
    """A stand-in Slack with two people."""
    with Sandbox.start(now=hands) as box:
        unhurried(box)
        box.add_person("mira", name="Mira Vogel", zone="Europe/Berlin", locale="de-DE", title="Lead")
        box.add_person("jonas", zone="America/New_York")
        yield box


@pytest.fixture
def slack(box: Sandbox) -> WebClient:
    return WebClient(box.bot_token, base_url=box.api_url, retry_handlers=[])


@pytest.fixture
def place(box: Sandbox) -> str:
    """The id of Mira's conversation with the bot."""
    return box.hub.workspace.dm([box.person("mira").id]).id


@pytest.fixture
def app(box: Sandbox, slack: WebClient) -> App:
    return App(client=slack, signing_secret=box.signing_secret, process_before_response=True)


@pytest.fixture
def heard(app: App) -> list[dict[str, Any]]:
    """Every payload the app got, in order."""
    payloads: list[dict[str, Any]] = []

    def hear(body: dict[str, Any], next: Callable[[], Any]) -> Any:  # noqa: A002 - Bolt's own name
        payloads.append(body)
        return next()

    app.use(hear)
    return payloads


@pytest.fixture(scope="module")
def aside() -> Iterator[ThreadPoolExecutor]:
    """Closing a Socket Mode client takes slack_sdk one to three seconds: done aside, waited for once."""
    with ThreadPoolExecutor(32) as pool:
        yield pool


@pytest.fixture(params=["socket", "http"])
def running(
    request: pytest.FixtureRequest, box: Sandbox, app: App, heard: list[dict[str, Any]], aside: ThreadPoolExecutor
) -> Iterator[App]:
    """The app, connected; every test that takes it runs over both transports."""
    with over_http(box, app) if request.param == "http" else over_socket(box, app, aside):
        yield app


@pytest.fixture
def ear(box: Sandbox) -> Iterator[Ear]:
    """An app that only listens, reached by HTTP."""
    with Ear() as ear:
        thread = threading.Thread(target=ear.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        box.use_http(ear.url)
        yield ear
        ear.delay.set()
        ear.shutdown()
        thread.join()


@pytest.fixture
def archive(database_url: str) -> Iterator[Archive]:
    clock = DemoClock(START)
    with opened(database_url, clock.now) as database:
        yield Archive(database, clock, furnish(database))

"""The only file that knows every room: builds the house and hands it out."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.clock.clock import SystemClock
from bot.clock.ticks import Ticker, TickRules, Ticks
from bot.config import Settings, read_keys
from bot.db import migrate
from bot.db.sealing import Keyring
from bot.db.session import Database, open_engine
from bot.delivery.deliver import Delivery, DeliveryRules
from bot.delivery.post import Post
from bot.locales import load_texts
from bot.slack.app import Edge, build_app
from bot.slack.blocks import View
from bot.slack.directory import Directory
from bot.slack.follow_ups import FollowUps
from bot.slack.guard import Guard, quiet_bolt
from bot.slack.house import House, HouseRules
from bot.slack.letters import Letters
from bot.slack.listeners import checkins, enrolments, events, goals, help, notes, pairings, programmes, rounds  # noqa: A004
from bot.slack.requests import Request
from bot.slack.responder import Responder
from bot.slack.router import Router
from bot.slack.screens.home import home
from bot.slack.socket_mode import SocketModeLine
from bot.usecases.home import read_home

log = structlog.get_logger()
LISTENERS = (help, programmes, enrolments, rounds, pairings, goals, notes, checkins, events)
LOOK_UP_SECONDS = 2
FOLLOW_UPS = 32  # threads for what comes after an ack
GRACE_SECONDS = 8


class CannotStart(Exception):
    """Something Tandem needs does not answer or refuses; ``str()`` is one line: what, and what to do."""


@dataclass(frozen=True, slots=True)
class Tandem:
    """The whole bot of one process, built and not yet running."""

    settings: Settings
    database: Database
    web: WebClient
    app: App
    ticks: Ticks
    ticker: Ticker
    follow_ups: FollowUps

    def start(self) -> None:
        """Start the ticks."""
        self.ticker.start()

    def stop(self) -> None:
        """Let what runs finish, then close the database."""
        self.ticker.stop()
        self.follow_ups.close()
        self.database.close()


def open_database(settings: Settings, now: Callable[[], datetime] | None = None) -> Database:
    """Open the configured database, migrated if that is allowed. Raises ConfigError for unusable keys, WrongSchema."""
    keyring = Keyring(read_keys(settings))
    engine = open_engine(settings.database.url, pool_size=settings.database.pool_size)
    if settings.database.migrate_on_start:
        migrate.upgrade(engine)
    else:
        migrate.require_current(engine)
    return Database(engine, keyring, now or SystemClock().now)


def web_client(settings: Settings, token: str, *, within: float | None = None) -> WebClient:
    """Return a client that never repeats a call by itself: a repeated write would be a second message.

    ``within`` bounds a call, in seconds, below the configured time-out.
    """
    timeout = int(min(settings.slack.timeout_seconds, within or settings.slack.timeout_seconds))
    return WebClient(token=token, base_url=settings.slack.api_url, timeout=timeout, retry_handlers=[])


def build(settings: Settings, now: Callable[[], datetime] | None = None) -> Tandem:
    """Build the bot. Asks Slack once who it is. Raises ConfigError, or the Slack client's errors."""
    quiet_bolt()
    now = now or SystemClock().now
    access = settings.require_slack()
    database = open_database(settings, now)
    web = web_client(settings, access.bot_token)
    who = web.auth_test()
    workspace = database.workspace(who["team_id"], who["team"])
    texts = load_texts()
    delivery = Delivery(database, workspace, Post(web), Letters(texts).write, now, _delivery_rules(settings))
    ticks = Ticks(database, delivery.run, delivery.reap)
    ticker = Ticker(ticks, TickRules(settings.delivery.tick_seconds, settings.delivery.plan_seconds))
    # Who somebody is has to be known before the ack, and an ack has three seconds.
    directory = Directory(database, web_client(settings, access.bot_token, within=LOOK_UP_SECONDS), now)
    house = House(database, texts, directory, _house_rules(settings, who["team_id"]), now, ticker.wake)
    follow_ups = FollowUps(FOLLOW_UPS)
    responder = Responder(web, follow_ups, lambda request: _draw_home(house, request))
    app = build_app(
        Edge(house, Router(LISTENERS), responder),
        web,
        token=access.bot_token,
        signing_secret=access.signing_secret if settings.slack.mode == "http" else "",
        bot_id=who["bot_id"],
        bot_user_id=who["user_id"],
    )
    return Tandem(settings, database, web, app, ticks, ticker, follow_ups)


def _draw_home(house: House, request: Request) -> View:
    with house.looking(request) as (tx, actor):
        shown = read_home(tx, actor)
    return home(shown, house.words(request))


def _delivery_rules(settings: Settings) -> DeliveryRules:
    chosen = settings.delivery
    return DeliveryRules(
        owner=f"{socket.gethostname()[:40]}:{os.getpid()}:{os.urandom(4).hex()}",
        settle=timedelta(seconds=chosen.settle_seconds),
        # One message takes up to three calls; who takes it over must find it done or never to be done.
        lease=max(chosen.lease_seconds, 3 * settings.slack.timeout_seconds + 1),
        max_attempts=chosen.max_attempts,
    )


def _house_rules(settings: Settings, team: str) -> HouseRules:
    chosen = settings.programme
    return HouseRules(
        team=team,
        named_for_setup=frozenset(settings.people.setup_allowed),
        guests_welcome=settings.people.allow_guests,
        defaults=programmes.default_plan(chosen.weekday, chosen.hour, chosen.weeks, chosen.language),
        min_gap_weeks=chosen.min_gap_weeks,
    )


def socket_handler(tandem: Tandem) -> SocketModeLine:
    """Return the Socket Mode connection, not yet connected. It needs a client of its own for the app token."""
    token = tandem.settings.require_slack().app_token
    client = WebClient(token=token, base_url=tandem.settings.slack.api_url)
    return SocketModeLine(tandem.app, token, web_client=client)


def wsgi_app(tandem: Tandem) -> Guard:
    """Return the HTTP entry: the guard, and Bolt behind it."""
    secret = tandem.settings.require_slack().signing_secret
    clock = SystemClock()  # Slack signs by the wall clock, whatever clock the bot runs on
    inner = SlackRequestHandler(tandem.app)
    return Guard(inner, secret, now=lambda: clock.now().timestamp(), ready=tandem.database.answers)


@contextmanager
def _starting() -> Iterator[None]:
    """Turn what can be wrong with the world outside into CannotStart."""
    try:
        yield
    except SlackApiError as error:
        answer = error.response.get("error", "unknown")
        complaint = f"slack: it refuses the tokens ({answer}); `tandem doctor` says which one and what to do"
    except (SlackClientError, OSError) as error:
        complaint = f"slack: no answer ({type(error).__name__}); check the network and slack.api_url"
    except sa.exc.SQLAlchemyError as error:
        complaint = f"database: it does not answer ({type(error).__name__}); check database.url"
    except migrate.WrongSchema as error:
        complaint = str(error)
    else:
        return
    raise CannotStart(complaint)  # outside the handlers, so that no traceback leads back to addresses or tokens


def serve(settings: Settings) -> None:
    """Run the HTTP mode under gunicorn until it is told to stop. One scheduler per worker: slots make it harmless.

    Raises CannotStart before anything is served.
    """
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
        def load_config(self) -> None:
            for name, value in _gunicorn(settings).items():
                self.cfg.set(name, value)

        def load(self) -> Guard:
            tandem = build(settings)
            running.append(tandem)
            tandem.start()
            return wsgi_app(tandem)

    running: list[Tandem] = []
    with _starting():
        build(settings).stop()
    server = Server()

    def leave(_server: object, _worker: object) -> None:
        for tandem in running:
            tandem.stop()

    server.cfg.set("worker_exit", leave)
    server.cfg.set("when_ready", lambda _server: log.info("running", mode="http", port=settings.server.port))
    server.run()


def _gunicorn(settings: Settings) -> dict[str, Any]:
    return {
        "bind": f"{settings.server.host}:{settings.server.port}",
        # SQLite lets one process write at a time, and a second one waits for its turn by polling: up to seconds.
        "workers": 1 if settings.database.url.startswith("sqlite") else settings.server.workers,
        "threads": settings.server.threads,
        "worker_class": "gthread",
        "graceful_timeout": GRACE_SECONDS,
        "timeout": 60,
        "proc_name": "tandem",
        "control_socket_disable": True,
        "errorlog": None,
        "loglevel": "warning",
        "on_starting": _join_log,
    }


def _join_log(_server: object) -> None:
    """Have gunicorn's lines take the way of all others, through the allow-list."""
    logging.getLogger("gunicorn.error").propagate = True


def run_socket(settings: Settings, stop: threading.Event) -> None:
    """Run the Socket Mode until ``stop`` is set, and at most GRACE_SECONDS longer. Raises CannotStart."""
    with _starting():
        tandem = build(settings)
    handler = socket_handler(tandem)
    try:
        with _starting():
            handler.connect()  # type: ignore[no-untyped-call]
        tandem.start()
        log.info("running", mode="socket")
        stop.wait()
    finally:
        _end_within(GRACE_SECONDS)
        handler.close()
        tandem.stop()


def _end_within(seconds: float) -> None:
    """End the process after ``seconds`` even if a call to Slack hangs: whoever restarts it picks up what was left."""
    timer = threading.Timer(seconds, os._exit, [0])
    timer.daemon = True
    timer.start()


def migrate_now(settings: Settings) -> str:
    """Bring the configured database to the newest schema and return its revision. Raises CannotStart."""
    engine = open_engine(settings.database.url)
    try:
        with _starting():
            migrate.upgrade(engine)
        return migrate.head()
    finally:
        engine.dispose()

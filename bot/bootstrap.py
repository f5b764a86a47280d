"""The only file that knows every room: builds the house and hands it out."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.clock.clock import SystemClock
from bot.clock.ticks import Ticker, TickRules, Ticks
from bot.config import Settings, read_keys
from bot.db import migrate
from bot.db.sealing import Keyring
from bot.db.session import Database, open_engine
from bot.delivery.claim import DeliveryRules
from bot.delivery.deliver import Delivery
from bot.delivery.engine import Engine, LocalEngine
from bot.delivery.post import Post
from bot.domain.ids import WorkspaceId
from bot.domain.pace import Pace, usual_pace
from bot.domain.working import Company
from bot.locales import Texts, load_texts
from bot.metrics import Metrics
from bot.slack.app import Edge, Identity, build_app
from bot.slack.blocks import View
from bot.slack.directory import HURRY_SECONDS, Directory, Lines
from bot.slack.follow_ups import FollowUps
from bot.slack.guard import Guard, quiet_bolt
from bot.slack.homes import Homes
from bot.slack.house import House, HouseRules
from bot.slack.letters.letters import Letters
from bot.slack.listeners import programmes
from bot.slack.listeners.every import LISTENERS
from bot.slack.passes import PeoplePass
from bot.slack.profile_pass import ProfilePass
from bot.slack.requests import Request
from bot.slack.responder import Responder
from bot.slack.router import Router
from bot.slack.screens.home import home
from bot.slack.screens.trouble import not_saved
from bot.slack.socket_mode import SocketModeLine
from bot.usecases.backlog import Progress, read_progress
from bot.usecases.home import read_home

log = structlog.get_logger()
FOLLOW_UPS = 32  # threads for what comes after an ack


@dataclass(frozen=True, slots=True)
class Sender:
    """What sends and keeps time, without a way in: a worker process, or the half of the bot that runs beside it."""

    settings: Settings
    now: Callable[[], datetime]
    database: Database
    workspace: WorkspaceId
    web: WebClient
    who: SlackResponse
    texts: Texts
    engine: Engine
    ticks: Ticks
    ticker: Ticker
    metrics: Metrics
    people: PeoplePass
    profiles: ProfilePass

    def start(self) -> None:
        """Start the ticks and the engine."""
        self.engine.start()
        self.ticker.start()

    def stop(self) -> None:
        """Let what runs finish, begin nothing more, then close the database."""
        self.engine.stop()
        self.ticker.stop()
        self.metrics.stop()
        self.database.close()

    def serve_metrics(self) -> None:
        """Serve figures where the settings say so, if they do. Raises OSError when no port is free."""
        place = self.settings.metrics
        if place.port:
            port = self.metrics.serve(place.host, place.port, self.settings.server.workers)
            log.info("metrics", port=port)


@dataclass(frozen=True, slots=True)
class Tandem:
    """The whole bot of one process, built and not yet running."""

    sender: Sender
    app: App
    follow_ups: FollowUps

    @property
    def settings(self) -> Settings:
        return self.sender.settings

    @property
    def database(self) -> Database:
        return self.sender.database

    @property
    def web(self) -> WebClient:
        return self.sender.web

    @property
    def ticks(self) -> Ticks:
        return self.sender.ticks

    def start(self) -> None:
        """Start what sends and keeps time."""
        self.sender.start()

    def stop(self) -> None:
        """Let what runs finish, then close the database."""
        self.follow_ups.close()
        self.sender.stop()


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


def build_sender(settings: Settings, now: Callable[[], datetime] | None = None) -> Sender:
    """Build what sends. Asks Slack once who it is. Raises ConfigError, or the Slack client's errors.

    ``now`` is for a clock that is moved by hand: deliveries then keep no pace, because it would stand still.
    """
    database = open_database(settings, now)
    web = web_client(settings, settings.require_slack().bot_token)
    who = web.auth_test()
    workspace = database.workspace(who["team_id"], who["team"])
    texts, clock = load_texts(), now or SystemClock().now
    chosen = settings.delivery
    pace = usual_pace(chosen.messages_per_second, chosen.calls_per_minute) if now is None else None
    rules = _delivery_rules(settings, pace)
    metrics = Metrics(lambda: _progress(database, workspace, settings))
    delivery = Delivery(database, workspace, Post(web), Letters(texts).write, clock, rules, metrics.called)
    engine = _engine(database, delivery, rules)
    ticks = Ticks(database, engine.deliver, engine.reap, settings.programme.policy)
    ticker = Ticker(ticks, TickRules(settings.delivery.tick_seconds, settings.delivery.plan_seconds))
    people = PeoplePass(database, workspace, who["team_id"], web, clock, ticker.wake)
    ticker.also(people.sync_people)
    fields = settings.profile_fields
    profiles = ProfilePass(database, workspace, web, clock, fields.ids, fields.levels)
    ticker.also(profiles.fill_profiles)
    return Sender(
        settings, clock, database, workspace, web, who, texts, engine, ticks, ticker, metrics, people, profiles
    )


def _progress(database: Database, workspace: WorkspaceId, settings: Settings) -> Progress:
    with database.reading(workspace) as tx:
        return read_progress(tx, settings.delivery.messages_per_second)


def _engine(database: Database, delivery: Delivery, rules: DeliveryRules) -> Engine:
    # The queue goes by the database's own clock: it cannot be moved by hand.
    if rules.pace is None or database.engine.dialect.name != "postgresql":
        return LocalEngine([delivery])
    from bot.delivery.queue import QueueEngine

    engine = QueueEngine(database, [delivery], rules)
    database.hand_over = engine.hand_over
    return engine


def build(settings: Settings, now: Callable[[], datetime] | None = None) -> Tandem:
    """Build the bot. Asks Slack once who it is. Raises ConfigError, or the Slack client's errors."""
    quiet_bolt()
    sender = build_sender(settings, now)
    access, database, who = settings.require_slack(), sender.database, sender.who
    lines = Lines(web_client(settings, access.bot_token, within=HURRY_SECONDS), sender.web)
    directory = Directory(database, lines, sender.now)
    rules = _house_rules(settings, who["team_id"])
    homes = Homes(sender.now)
    house = House(database, sender.texts, directory, rules, sender.now, sender.ticker.wake, homes)
    follow_ups = FollowUps(FOLLOW_UPS)
    responder = Responder(
        sender.web,
        follow_ups,
        lambda request: _draw_home(house, request),
        lambda request: not_saved("", house.words_at_hand(request)),
        homes,
    )
    database.after = responder.refresh_homes
    app = build_app(
        Edge(house, Router(LISTENERS), responder),
        sender.web,
        Identity(
            access.bot_token,
            access.signing_secret if settings.slack.mode == "http" else "",
            bot_id=who["bot_id"],
            bot_user_id=who["user_id"],
        ),
        sender.metrics.answering,
    )
    return Tandem(sender, app, follow_ups)


def _draw_home(house: House, request: Request) -> View:
    rooms = house.own_rooms(request)
    with house.looking(request) as (tx, actor):
        shown = read_home(tx, replace(actor, rooms=rooms))
    house.homes.belongs_to(request, actor.person)
    return home(shown, house.words(request))


def _delivery_rules(settings: Settings, pace: Pace | None) -> DeliveryRules:
    chosen = settings.delivery
    return DeliveryRules(
        owner=f"{socket.gethostname()[:40]}:{os.getpid()}:{os.urandom(4).hex()}",
        settle=timedelta(seconds=chosen.settle_seconds),
        # One message takes up to three calls; who takes it over must find it done or never to be done.
        lease=max(chosen.lease_seconds, 3 * settings.slack.timeout_seconds + 1),
        max_attempts=chosen.max_attempts,
        call=timedelta(seconds=settings.slack.timeout_seconds) if pace else timedelta(0),
        pace=pace,
        # Calls beside each other make no sense to whoever moves the clock by hand, and would come in any order.
        parallel=chosen.parallel if pace else 1,
    )


def _house_rules(settings: Settings, team: str) -> HouseRules:
    chosen = settings.programme
    return HouseRules(
        team=team,
        named_for_setup=frozenset(settings.people.setup_allowed),
        guests_welcome=settings.people.allow_guests,
        defaults=programmes.default_plan(chosen.weekday, chosen.hour, chosen.weeks, chosen.language),
        min_gap_weeks=chosen.min_gap_weeks,
        holidays=chosen.holidays,
        rules=chosen.own_rules,
        matching=chosen.policy,
        company=Company(settings.sites.regions, settings.profile_fields.levels),
        profile_fields=settings.profile_fields.ids,
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

"""Running: the processes of an installation, from start to a stop that loses nothing."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.bootstrap import Sender, Tandem, build, build_sender, socket_handler, wsgi_app
from bot.config import Settings
from bot.db import migrate
from bot.db.session import open_engine
from bot.slack.guard import Guard

log = structlog.get_logger()
GRACE_SECONDS = 8
WORKER_SECONDS = 5  # gunicorn ends its worker after GRACE_SECONDS, of which requests may have taken some
LOOK_UP_SECONDS = 0.5
LAST_SECONDS = 1.5  # of these, for writing down what did not end


class CannotStart(Exception):
    """Something Tandem needs does not answer or refuses; ``str()`` is one line: what, and what to do."""


@contextmanager
def starting() -> Iterator[None]:
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


def serve(settings: Settings, *, worker: bool = True) -> None:
    """Run the HTTP mode under gunicorn until it is told to stop. One scheduler per process: slots make it harmless.

    Without ``worker`` it only listens; `tandem worker` sends. Raises CannotStart before anything is served.
    """
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
        def load_config(self) -> None:
            for name, value in _gunicorn(settings).items():
                self.cfg.set(name, value)

        def load(self) -> Guard:
            tandem = build(settings)
            running.append(tandem)
            tandem.sender.serve_metrics()
            if worker:
                tandem.start()
            return wsgi_app(tandem)

    running: list[Tandem] = []
    with starting():
        build(settings).stop()
    server = Server()

    def leave(_server: object, _worker: object) -> None:
        for tandem in running:
            _end_within(WORKER_SECONDS, tandem.sender)
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


def run_socket(settings: Settings, stop: threading.Event, *, worker: bool = True) -> None:
    """Run the Socket Mode until ``stop`` is set, and at most GRACE_SECONDS longer. Raises CannotStart.

    Without ``worker`` it only listens; `tandem worker` sends.
    """
    with starting():
        tandem = build(settings)
    handler = socket_handler(tandem)
    try:
        with starting():
            handler.connect()  # type: ignore[no-untyped-call]
            tandem.sender.serve_metrics()
        if worker:
            tandem.start()
        log.info("running", mode="socket")
        _wait_for(stop)
    finally:
        _end_within(GRACE_SECONDS, tandem.sender)
        handler.close()
        tandem.stop()


def run_worker(settings: Settings, stop: threading.Event) -> None:
    """Send and keep time until ``stop`` is set, and at most GRACE_SECONDS longer. Raises CannotStart."""
    with starting():
        sender = build_sender(settings)
        sender.serve_metrics()
    try:
        sender.start()
        log.info("running", mode="worker")
        _wait_for(stop)
    finally:
        _end_within(GRACE_SECONDS, sender)
        sender.stop()


def _wait_for(stop: threading.Event) -> None:
    """Wait until ``stop`` is set by a signal's handler.

    Handlers run in this thread. A signal that the system hands to another one interrupts no wait here (seen with
    processes that were frozen and continued), so this thread looks up every now and then.
    """
    while not stop.wait(LOOK_UP_SECONDS):
        pass


def _end_within(seconds: float, sender: Sender) -> None:
    """End the process after ``seconds`` even if a call to Slack hangs.

    Shortly before, what hangs is left to others, as unclear. If not even that ends, its lease will.
    """
    for moment, step in ((seconds - LAST_SECONDS, sender.engine.let_go), (seconds, partial(os._exit, 0))):
        timer = threading.Timer(moment, step)
        timer.daemon = True
        timer.start()


def migrate_now(settings: Settings) -> str:
    """Bring the configured database to the newest schema and return its revision. Raises CannotStart."""
    engine = open_engine(settings.database.url)
    try:
        with starting():
            migrate.upgrade(engine)
        return migrate.head()
    finally:
        engine.dispose()

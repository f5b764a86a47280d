"""Commands that run: the bot, its workers, the migration."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from bot import keys
from bot.config import FIRST_STEPS, ConfigError, Settings, load_settings, nothing_configured


def run(
    http: Annotated[bool, typer.Option("--http", help="Serve HTTP on server.port instead of Socket Mode.")] = False,
    worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Also send and keep time; without it `tandem worker` does.")
    ] = True,
) -> None:
    """Run the bot until it is told to stop."""
    from bot import running

    settings = _ready_to_run(http=http)
    with one_line():
        if settings.slack.mode == "http":
            running.serve(settings, worker=worker)
        else:
            running.run_socket(settings, told_to_stop(), worker=worker)


def worker() -> None:
    """Send messages and keep time until told to stop; any number of these may run beside `tandem run`."""
    from bot import running

    settings = _ready_to_run()
    with one_line():
        running.run_worker(settings, told_to_stop())


def _ready_to_run(*, http: bool = False) -> Settings:
    """Return settings that the bot can run with, and set up its log. Raises ConfigError."""
    from bot.logs import set_up_logs

    settings = settings_for(http=http)
    if nothing_configured():
        raise ConfigError(FIRST_STEPS)
    set_up_logs(settings.logging.level, settings.logging.format)
    settings.require_slack()
    keys.read_keys(settings)
    return settings


def told_to_stop() -> threading.Event:
    """Return what is set once the process is told to stop."""
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    return stop


@contextmanager
def one_line() -> Iterator[None]:
    """Say in one line on standard error why Tandem cannot start, and exit 1."""
    from bot.running import CannotStart

    try:
        yield
    except CannotStart as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def migrate() -> None:
    """Bring the database to the newest schema."""
    from bot import running
    from bot.logs import set_up_logs

    set_up_logs("WARNING", "console")
    with one_line():
        typer.echo(f"database at {running.migrate_now(load_settings())}")


def settings_for(*, http: bool) -> Settings:
    """Return the settings, with HTTP mode if that is asked for."""
    settings = load_settings()
    if not http:
        return settings
    return settings.model_copy(update={"slack": settings.slack.model_copy(update={"mode": "http"})})

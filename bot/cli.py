"""The command line: names and options, no logic."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import __version__, keys
from bot.config import FIRST_STEPS, ConfigError, Settings, load_settings, nothing_configured
from bot.domain.people import Language
from bot.manifest import manifest as build_manifest

app = typer.Typer(
    name="tandem",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Tandem, peer mentoring in Slack.",
)


def main() -> None:
    """Run the command line; a setting that cannot be used is one line on standard error and exit 2."""
    try:
        app(prog_name="tandem")
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tandem {__version__}")
        raise typer.Exit


@app.callback()
def tandem(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Tandem, peer mentoring in Slack."""


@app.command()
def run(
    http: Annotated[bool, typer.Option("--http", help="Serve HTTP on server.port instead of Socket Mode.")] = False,
    worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Also send and keep time; without it `tandem worker` does.")
    ] = True,
) -> None:
    """Run the bot until it is told to stop."""
    from bot import running

    settings = _ready_to_run(http=http)
    with _one_line():
        if settings.slack.mode == "http":
            running.serve(settings, worker=worker)
        else:
            running.run_socket(settings, _told_to_stop(), worker=worker)


@app.command()
def worker() -> None:
    """Send messages and keep time until told to stop; any number of these may run beside `tandem run`."""
    from bot import running

    settings = _ready_to_run()
    with _one_line():
        running.run_worker(settings, _told_to_stop())


def _ready_to_run(*, http: bool = False) -> Settings:
    """Return settings that the bot can run with, and set up its log. Raises ConfigError."""
    from bot.logs import set_up_logs

    settings = _settings(http=http)
    if nothing_configured():
        raise ConfigError(FIRST_STEPS)
    set_up_logs(settings.logging.level, settings.logging.format)
    settings.require_slack()
    keys.read_keys(settings)
    return settings


def _told_to_stop() -> threading.Event:
    """Return what is set once the process is told to stop."""
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    return stop


@contextmanager
def _one_line() -> Iterator[None]:
    """Say in one line on standard error why Tandem cannot start, and exit 1."""
    from bot.running import CannotStart

    try:
        yield
    except CannotStart as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from bot import running
    from bot.logs import set_up_logs

    set_up_logs("WARNING", "console")
    with _one_line():
        typer.echo(f"database at {running.migrate_now(load_settings())}")


@app.command()
def manifest() -> None:
    """Print the Slack app manifest for the configured mode, as JSON."""
    typer.echo(json.dumps(build_manifest(load_settings()), indent=2, ensure_ascii=False))


@app.command()
def register(as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Print the data register: every stored column, its purpose, who reads it, how long it is kept."""
    from bot.domain import register as data

    typer.echo(data.as_json() if as_json else data.as_markdown(), nl=as_json)


@app.command()
def key() -> None:
    """Print a new key for security.keys."""
    typer.echo(keys.new_key())


@app.command()
def doctor() -> None:
    """Check configuration, key, database, tokens, scopes, clock and owners' rooms; say what to do."""
    from bot import doctor as checks
    from bot.logs import set_up_logs

    set_up_logs("WARNING", "console")
    console = Console(soft_wrap=True)
    findings = checks.examine(checks.Place())
    for finding in findings:
        mark = "[green]ok[/]  " if finding.ok else "[red]fix[/] "
        console.print(f"{mark} {finding.what}", highlight=False)
        if not finding.ok:
            console.print(f"     → {finding.advice}", highlight=False, markup=False)
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@app.command()
def demo(
    language: Annotated[Language, typer.Option(help="de or en")] = Language.EN,
    seed: Annotated[str, typer.Option(help="Where to begin: empty, week3 or final.")] = "week3",
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on.")] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    http: Annotated[bool, typer.Option("--http", help="Connect by signed HTTP instead of Socket Mode.")] = False,
    state: Annotated[
        Path | None, typer.Option(help="Go on from this file if it is there; save to it at the end.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Only see that the page comes up, then leave.")] = False,
) -> None:
    """Try Tandem in the browser: a Slack workspace on this machine, with time travel."""
    _needs_sandbox()
    from bot.logs import set_up_logs
    from demo.desk.seeds import CROWD, NAMES
    from demo.desk.serve import Wish, serve

    if seed not in {*NAMES, CROWD}:
        raise typer.BadParameter(f"there is {', '.join(NAMES)}", param_hint="--seed")
    set_up_logs("ERROR", "console")
    wish = Wish(language, seed, "http" if http else "socket", port, open_, check, state)
    raise typer.Exit(serve(wish))


@app.command()
def story(
    language: Annotated[Language, typer.Option(help="de or en")] = Language.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything that was recorded, a line each.")] = False,
    http: Annotated[bool, typer.Option("--http", help="Connect by signed HTTP instead of Socket Mode.")] = False,
) -> None:
    """Play six people through four weeks, on loopback, and show who sees what."""
    raise typer.Exit(_tell(language, as_json=as_json, http=http))


def _tell(language: Language, *, as_json: bool = False, http: bool = False) -> int:
    _needs_sandbox()
    from bot.logs import set_up_logs
    from demo.story.telling import tell

    set_up_logs("ERROR", "console")
    return tell(language, as_json=as_json, transport="http" if http else "socket")


def _needs_sandbox() -> None:
    if any(find_spec(part) is None for part in ("aiohttp", "sandbox", "demo")):
        typer.echo("The stand-in Slack needs one more part: pip install 'tandem-mentoring[sandbox]'", err=True)
        raise typer.Exit(2)


def _settings(*, http: bool) -> Settings:
    settings = load_settings()
    if not http:
        return settings
    return settings.model_copy(update={"slack": settings.slack.model_copy(update={"mode": "http"})})

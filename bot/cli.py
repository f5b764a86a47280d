"""The command line: names and options, no logic."""

from __future__ import annotations

import json
import signal
import sys
import threading
from typing import Annotated

import typer
from rich.console import Console

from bot import doctor as checks
from bot import keys
from bot.config import ConfigError, Settings, load_settings
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
        app()
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


@app.command()
def run(
    http: Annotated[bool, typer.Option("--http", help="Serve HTTP on server.port instead of Socket Mode.")] = False,
) -> None:
    """Run the bot until it is told to stop."""
    from bot import bootstrap
    from bot.logs import set_up_logs

    settings = _settings(http=http)
    set_up_logs(settings.logging.level, settings.logging.format)
    settings.require_slack()
    keys.read_keys(settings)
    if settings.slack.mode == "http":
        bootstrap.serve(settings)
        return
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    bootstrap.run_socket(settings, stop)


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from bot import bootstrap

    typer.echo(f"database at {bootstrap.migrate_now(load_settings())}")


@app.command()
def manifest() -> None:
    """Print the Slack app manifest for the configured mode, as JSON."""
    typer.echo(json.dumps(build_manifest(load_settings()), indent=2, ensure_ascii=False))


@app.command()
def key() -> None:
    """Print a new key for security.keys."""
    typer.echo(keys.new_key())


@app.command()
def doctor() -> None:
    """Check configuration, key, database, tokens, scopes, clock and owners' rooms; say what to do."""
    console = Console()
    findings = checks.examine()
    for finding in findings:
        mark = "[green]ok[/]  " if finding.ok else "[red]fix[/] "
        console.print(f"{mark} {finding.what}", highlight=False)
        if not finding.ok:
            console.print(f"     → {finding.advice}", highlight=False, markup=False)
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@app.command()
def demo(language: Annotated[str, typer.Option(help="de or en")] = "en") -> None:
    """Watch a programme come to life on this machine, without Slack."""
    story(language=language)


@app.command()
def story(
    language: Annotated[str, typer.Option(help="de or en")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="One message a line, as JSON.")] = False,
) -> None:
    """Play six people through four weeks, on loopback, and show who sees what."""
    from demo.story import tell

    raise typer.Exit(tell(language, as_json=as_json))


def _settings(*, http: bool) -> Settings:
    settings = load_settings()
    if not http:
        return settings
    return settings.model_copy(update={"slack": settings.slack.model_copy(update={"mode": "http"})})

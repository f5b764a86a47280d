"""The command line: names and options, no logic."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from bot import __version__
from bot.cli import checking, keeping, matching, outbox, playing, serving
from bot.config import ConfigError

COMMANDS = (
    *(serving.run, serving.worker, serving.migrate),
    *(keeping.backup, keeping.restore),
    *(checking.manifest, checking.register, checking.key, checking.doctor),
    *(matching.match, outbox.status, playing.demo, playing.story),
)


def main() -> None:
    """Run the command line; a setting that cannot be used is one line on standard error and exit 2."""
    try:
        build()(prog_name="tandem")
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


def build() -> typer.Typer:
    """Return the command line with every command on it."""
    app = typer.Typer(
        name="tandem",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Tandem, peer mentoring in Slack.",
    )
    app.callback()(_tandem)
    for command in COMMANDS:
        app.command()(command)
    app.add_typer(_outbox(), name="outbox")
    return app


def _outbox() -> typer.Typer:
    group = typer.Typer(no_args_is_help=True, help="Messages that were set aside: see why, send once more, or let go.")
    group.command("list")(outbox.list_parked)
    group.command()(outbox.release)
    group.command()(outbox.drop)
    return group


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tandem {__version__}")
        raise typer.Exit


def _tandem(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Tandem, peer mentoring in Slack."""

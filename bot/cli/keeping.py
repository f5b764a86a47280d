"""Commands that keep the database safe: a backup while everything runs, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.serving import one_line
from bot.config import load_settings


def backup(
    path: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace a file of that name.")] = False,
) -> None:
    """Write a copy of the database to a file, while everything runs. It does not hold the key."""
    from bot import safekeeping

    with one_line():
        safekeeping.back_up(load_settings(), path, force=force)
    typer.echo(f"{path}: {path.stat().st_size:,} bytes, only you can read it")
    typer.echo("It does not hold the encryption key (security.keys): without that nobody can read what people wrote.")


def restore(
    path: Annotated[
        Path | None,
        typer.Argument(help="A file of `tandem backup`; without one: the database was put back in another way."),
    ] = None,
) -> None:
    """Put a backup in the place of the database, so that nothing is sent twice. Stop every `tandem` before."""
    from bot import safekeeping
    from bot.logs import set_up_logs

    set_up_logs("WARNING", "console")
    settings = load_settings()
    with one_line():
        done = safekeeping.put_back(settings, path) if path else safekeeping.take_precautions(settings)
    for line in safekeeping.told(done):
        typer.echo(line)

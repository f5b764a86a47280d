"""Commands that look and change nothing: manifest, data register, doctor; and a new key."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console

from bot import keys
from bot.config import load_settings
from bot.manifest import manifest as build_manifest


def manifest() -> None:
    """Print the Slack app manifest for the configured mode, as JSON."""
    typer.echo(json.dumps(build_manifest(load_settings()), indent=2, ensure_ascii=False))


def register(as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Print the data register: every stored column, its purpose, who reads it, how long it is kept."""
    from bot.domain import register as data

    typer.echo(data.as_json() if as_json else data.as_markdown(), nl=as_json)


def key() -> None:
    """Print a new key for security.keys."""
    typer.echo(keys.new_key())


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

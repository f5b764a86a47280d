"""Commands that look and change nothing: manifest, data register, doctor; and a new key."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from bot import keys
from bot.config import load_settings
from bot.manifest import manifest as build_manifest

if TYPE_CHECKING:
    from bot.doctor.findings import Finding


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


def doctor(
    live: Annotated[
        bool, typer.Option("--live", help="Prove delivery on the real workspace: post to --to, and delete again.")
    ] = False,
    to: Annotated[str, typer.Option(help="With --live: whom to post to, a Slack user id.", metavar="U…")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="With --live: do not ask.")] = False,
    blocks: Annotated[bool, typer.Option("--blocks", help="Have Slack itself check every screen.")] = False,
) -> None:
    """Check configuration, key, database, tokens, scopes, clock and owners' rooms; say what to do."""
    from bot.logs import set_up_logs

    set_up_logs("WARNING", "console")
    if live:
        _go(_live(to, yes=yes))
    elif blocks:
        _go(_blocks())
    else:
        from bot.doctor import examination

        _go(examination.examine(examination.Place()))


def _live(to: str, *, yes: bool) -> Iterable[Finding]:
    from bot.doctor.live import prove

    if not to:
        raise typer.BadParameter("--live posts to somebody: name them with --to U…", param_hint="--to")
    settings = load_settings()
    if not yes:
        question = f"This posts a message to {to} ({settings.slack.api_url}) and deletes it again. Go on?"
        typer.confirm(question, abort=True)
    return prove(settings, to)


def _blocks() -> Iterable[Finding]:
    """Yield what Slack refuses, and how many screens it takes."""
    from bot.doctor.blocks import validate
    from bot.doctor.findings import Finding

    taken = 0
    for finding in track(validate(load_settings()), "Asking Slack", console=Console(stderr=True), transient=True):
        taken += finding.ok
        if not finding.ok:
            yield finding
    yield Finding(f"{taken} screens taken by Slack", ok=taken > 0, advice="none was checked")


def _go(findings: Iterable[Finding]) -> None:
    """Print findings as they come; exit 0 when all of them are fine."""
    console, fine = Console(soft_wrap=True), True
    for finding in findings:
        fine = fine and finding.ok
        mark = "[green]ok[/]  " if finding.ok else "[red]fix[/] "
        console.print(f"{mark} {escape(finding.what)}", highlight=False)
        if not finding.ok:
            console.print(f"     → {finding.advice}", highlight=False, markup=False)
    raise typer.Exit(0 if fine else 1)

"""Commands that play: the page in the browser and the story, with a stand-in for Slack."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from bot.domain.people import Language


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


def story(
    language: Annotated[Language, typer.Option(help="de or en")] = Language.EN,
    as_json: Annotated[bool, typer.Option("--json", help="Print everything that was recorded, a line each.")] = False,
    http: Annotated[bool, typer.Option("--http", help="Connect by signed HTTP instead of Socket Mode.")] = False,
    weeks: Annotated[int, typer.Option(help="How long: 4, or the season of 12.")] = 4,
) -> None:
    """Play a handful of people through four weeks or twelve, on loopback, and show who sees what."""
    raise typer.Exit(_tell(language, weeks, as_json=as_json, http=http))


def _tell(language: Language, weeks: int, *, as_json: bool, http: bool) -> int:
    _needs_sandbox()
    from bot.logs import set_up_logs
    from demo.story.plots import PLOTS
    from demo.story.telling import tell

    if weeks not in PLOTS:
        raise typer.BadParameter(f"there is {', '.join(map(str, PLOTS))}", param_hint="--weeks")
    set_up_logs("ERROR", "console")
    return tell(language, plot=PLOTS[weeks], as_json=as_json, transport="http" if http else "socket")


def _needs_sandbox() -> None:
    if any(find_spec(part) is None for part in ("aiohttp", "sandbox", "demo")):
        typer.echo("The stand-in Slack needs one more part: pip install 'tandem-mentoring[sandbox]'", err=True)
        raise typer.Exit(2)

"""The command that matches the people of a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.domain.people import Language
from bot.matching.people import Format, Track


def match(
    people: Annotated[Path, typer.Argument(help="The people, as CSV; docs/matching.md lists the columns.")],
    out: Annotated[Path, typer.Option(help="Where the matches go, as CSV.")],
    policy: Annotated[Path | None, typer.Option(help="Weights and rules, as TOML.")] = None,
    history: Annotated[Path | None, typer.Option(help="Who met whom: a, b, weeks_ago, as CSV.")] = None,
    seed: Annotated[int, typer.Option(help="Decides between equally good answers.")] = 1,
    format_: Annotated[Format, typer.Option("--format", help="Pairs or circles.")] = Format.PAIR,
    track: Annotated[Track, typer.Option(help="What the matches are for.")] = Track.PEER,
    explain: Annotated[bool, typer.Option("--explain", help="All reasons, and all terms in the report.")] = False,
    report: Annotated[Path | None, typer.Option("--json", help="Where the report for machines goes.")] = None,
    language: Annotated[Language, typer.Option(help="de or en")] = Language.EN,
) -> None:
    """Match the people of a spreadsheet, without Slack and without a database."""
    from bot.sheets.matching import Choices, Files, match_sheets

    files = Files(people, out, policy, history, report)
    raise typer.Exit(match_sheets(files, Choices(seed, format_, track, explain, language)))

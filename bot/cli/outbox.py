"""Commands of the operator: how far the outbox is, and what becomes of messages that were set aside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer
from rich.console import Console

from bot.cli.serving import one_line, told_to_stop
from bot.config import load_settings

if TYPE_CHECKING:
    from bot.operate import Desk


def status(watch: Annotated[bool, typer.Option("--watch", help="Show a bar until nothing is due.")] = False) -> None:
    """Show how far the outbox is: what is due, what was sent, when it will be done. Counts only."""
    from bot import operate

    with _at_the_desk() as desk:
        if watch:
            operate.watch(desk, Console(), told_to_stop())
        for line in operate.status_lines(desk.outboxes()):
            typer.echo(line)


def list_parked() -> None:
    """List messages that were set aside, by opaque id, with the class of the error. Never who gets what."""
    from bot import operate

    with _at_the_desk() as desk:
        parked = desk.parked()
    if parked:
        Console(soft_wrap=True).print(operate.parked_table(parked))
    else:
        typer.echo("Nothing was set aside.")


def release(
    messages: Annotated[list[UUID], typer.Argument(help="Ids from `tandem outbox list`.", show_default=False)],
) -> None:
    """Send messages once more. One whose delivery was unclear may then appear twice."""
    with _at_the_desk() as desk:
        _say_how_many(desk.release(messages), len(messages), "on their way again")


def drop(
    messages: Annotated[list[UUID], typer.Argument(help="Ids from `tandem outbox list`.", show_default=False)],
) -> None:
    """Let messages go for good."""
    with _at_the_desk() as desk:
        _say_how_many(desk.drop(messages), len(messages), "dropped")


def _say_how_many(done: int, asked: int, what: str) -> None:
    typer.echo(f"{done} {what}")
    if done < asked:
        typer.echo(f"{asked - done} not found among those set aside; `tandem outbox list` shows them", err=True)
        raise typer.Exit(1)


@contextmanager
def _at_the_desk() -> Iterator[Desk]:
    """Open the outboxes for their operator, or say in one line why not."""
    from bot import operate, running
    from bot.logs import set_up_logs

    set_up_logs("WARNING", "console")
    with one_line(), running.starting(), operate.desk(load_settings()) as desk:
        yield desk

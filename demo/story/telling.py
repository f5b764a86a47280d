"""Tell the story: open a town, play, show, check, close."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from bot.locales import Language
from demo.story.cast import LOCALE, OWNER
from demo.story.habits import prompts
from demo.story.plots import FOUR_WEEKS, Plot
from demo.story.printer import Printer
from demo.story.record import Kind
from demo.story.stage import Stage, StoryBroken
from demo.story.voice import Voice
from demo.town import ROOM, Town, Transport, open_town
from sandbox import NotOnScreenError

WELL, NOT_WELL = 0, 1


def tell(
    language: Language,
    *,
    plot: Plot = FOUR_WEEKS,
    as_json: bool = False,
    transport: Transport = "socket",
    out: TextIO | None = None,
    meddle: Callable[[Town], None] | None = None,
) -> int:
    """Play a plot and print it to ``out`` (standard output); return 0, or 1 when it did not go as it should.

    ``as_json`` prints one line per recorded thing instead. ``meddle`` may spoil the town before it begins.
    """
    voice, people = Voice(language), plot.people()
    printer = Printer(voice, people, out, silent=as_json)
    with (
        TemporaryDirectory(prefix="tandem-story-") as folder,
        open_town(_database(folder), plot.start, transport, language=language.value, **plot.programme) as town,
    ):
        stage = Stage(town, voice, printer, people)
        _move_in(stage)
        if meddle:
            meddle(town)
        printer.opening(plot.title)
        doubts = _play(stage, plot)
    if as_json:
        _print_lines(stage, out or sys.stdout)
    _verdict(stage, plot, doubts, sys.stderr if as_json else None)
    return NOT_WELL if doubts else WELL


def _database(folder: str) -> str:
    return f"sqlite:///{Path(folder) / 'story.db'}"


def _move_in(stage: Stage) -> None:
    box = stage.town.box
    for player in stage.people.values():
        locale = LOCALE[stage.voice.language]
        box.add_person(player.handle, name=player.name, zone=player.zone, locale=locale, admin=player.admin)
    box.add_channel(ROOM, private=True, members=[OWNER])


def _play(stage: Stage, plot: Plot) -> list[str]:
    """Play to the end or to the point where it breaks; return what is wrong, in sentences."""
    try:
        plot.play(stage)
    except StoryBroken as broken:
        return [str(broken)]
    except NotOnScreenError as error:
        return [stage.voice("doubt.screen", what=error)]
    except TimeoutError as error:
        return [stage.voice("doubt.stuck", what=error)]
    return plot.doubts(stage)


def _print_lines(stage: Stage, out: TextIO) -> None:
    out.writelines(f"{entry.line()}\n" for entry in stage.entries)


def _verdict(stage: Stage, plot: Plot, doubts: list[str], aside: TextIO | None) -> None:
    printer = Printer(stage.voice, stage.people, aside, silent=False) if aside and doubts else stage.printer
    if doubts:
        printer.findings(stage.voice("failed"), doubts, "✗", "red")
        return
    printer.chapter(stage.voice("end"))
    _table(stage)
    stage.printer.note(plot.tally(stage))
    stage.printer.findings(stage.voice("checked"), plot.findings(stage), "✓", "green")


def _table(stage: Stage) -> None:
    voice, rows = stage.voice, []
    for who, player in stage.people.items():
        mine = [entry for entry in stage.entries if who in entry.to]
        counts = (
            sum(entry.kind is Kind.MESSAGE for entry in mine),
            len(prompts(mine)),
            len(prompts(mine, "checkin_reminder")),
            sum(entry.kind is Kind.PRIVATE for entry in mine),
        )
        rows.append((player.first, *map(str, counts)))
    heads = [voice(key) for key in ("name", "messages", "checkins", "reminders", "privates")]
    stage.printer.table(heads, rows, numbers=True)

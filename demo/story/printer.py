"""The story on paper: 100 columns, calm, one scene after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from demo.story.cast import Player
from demo.story.reading import BUTTON, CODE, QUIET, Names, read
from demo.story.record import Entry, Kind
from demo.story.voice import Voice

WIDTH = 100
LABEL = 16
CONTENT = WIDTH - LABEL - 4
FIELD = 30


class Printer:
    """Prints to ``out`` (standard output if None); ``silent`` prints nothing."""

    def __init__(self, voice: Voice, people: dict[str, Player], out: TextIO | None = None, *, silent: bool) -> None:
        self._voice, self._people = voice, people
        self._console = Console(file=out, highlight=False, quiet=silent)
        self._console.width = min(WIDTH, self._console.width) if self._console.is_terminal else WIDTH
        self._scene = ("", "")

    def opening(self, title: str) -> None:
        """Print the title, a key of the voice, and who plays."""
        self._console.print()
        self._console.print(Text(f"  {self._voice(title)}", "bold"))
        for key in ("lead", "honest"):
            self._paragraph(self._voice(key), QUIET)
        self._console.print()
        grid = Table.grid(padding=(0, 3, 0, 0))
        for player in self._people.values():
            role = self._voice("runs") if player.admin else ""
            grid.add_row(Text(player.name, "bold"), self._voice.city(player), Text(role, QUIET))
        self._console.print(Padding(grid, (0, 0, 0, 2), expand=False))

    def chapter(self, title: str, days: str = "") -> None:
        head = Text.assemble(("━━ ", QUIET), (title, "bold"), f"  {days}" if days else "")
        self._console.print()
        self._console.print(Rule(head, characters="━", align="left", style=QUIET))

    def tell(self, sentence: str) -> None:
        """Print a sentence of the narrator."""
        self._scene = ("", "")
        self._console.print()
        self._paragraph(sentence, "italic")

    def note(self, sentence: str) -> None:
        """Print a quiet line at the end of something."""
        self._console.print()
        self._paragraph(sentence, QUIET)

    def moment(self, at: datetime, what: str) -> None:
        """Print something that happens to everybody, in UTC."""
        self._scene = ("", "")
        head = Text.assemble((f"{self._voice.moment(at.astimezone(UTC))} UTC", "bold"), f"  {what}")
        self._console.print()
        self._console.print(Padding(head, (0, 0, 0, 2), expand=False))

    def scene(self, who: Player, at: datetime) -> None:
        """Print whose screen this is and what time it is there, once per scene."""
        when = self._voice.moment(at.astimezone(who.clock))
        if self._scene == (who.handle, when):
            return
        self._scene = (who.handle, when)
        head = Text.assemble((when, "bold"), "  ", (who.first, "bold"), f" · {self._voice.city(who)}")
        self._console.print()
        self._console.print(Padding(head, (0, 0, 0, 2), expand=False))

    def entry(self, entry: Entry, names: Names, most: int | None = None) -> None:
        """Print one entry, of what is to be read at most that many lines."""
        self._row(self._label(entry), self._content(entry, names, most))

    def _label(self, entry: Entry) -> str:
        first = self._people[entry.to[0]].first if entry.to else ""
        match entry.kind:
            case Kind.TYPED | Kind.CLICKED | Kind.FILLED | Kind.OPENED:
                pressed = entry.kind is Kind.FILLED and not entry.fields
                verbs = {Kind.TYPED: "types", Kind.CLICKED: "clicks", Kind.FILLED: "fills", Kind.OPENED: "opens"}
                return self._voice("clicks" if pressed else verbs[entry.kind])
            case Kind.MESSAGE:
                return entry.place if entry.place.startswith("#") else self._voice(entry.place, name=first)
            case Kind.PRIVATE:
                return self._voice("private", name=first)
            case _:
                return self._voice(entry.kind.value)

    def _content(self, entry: Entry, names: Names, most: int | None) -> list[Text | Table]:
        match entry.kind:
            case Kind.TYPED:
                place = f"  {self._voice('in', place=entry.place)}" if entry.place.startswith("#") else ""
                return [Text.assemble((entry.text, CODE), (place, QUIET))]
            case Kind.CLICKED:
                return [Text(f"[ {entry.text} ]", BUTTON)]
            case Kind.FILLED:
                return self._form(entry)
            case Kind.OPENED:
                return [Text(self._voice("home"))]
            case Kind.TAKEN_BACK:
                return [Text(line, "strike dim") for line in entry.text.splitlines()]
            case _:
                return [*self._head(entry), *_cut([*_read(entry, names), *_foot(entry)], most)]

    def _head(self, entry: Entry) -> list[Text]:
        if entry.place == "group" and entry.kind is Kind.MESSAGE:
            people = self._voice.words.list([self._people[one].first for one in entry.to])
            return [Text(self._voice("to", names=people), QUIET)]
        return [Text(entry.title, "bold")] if entry.title else []

    def _form(self, entry: Entry) -> list[Text | Table]:
        if not entry.fields:
            return [*_foot(entry)]
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=FIELD, style=QUIET)
        grid.add_column(width=CONTENT - FIELD - 2)
        for label, value in entry.fields:
            if value:
                grid.add_row(label, Text(value))
        return [Text(entry.title, "bold"), grid, *_foot(entry)]

    def _row(self, label: str, content: Iterable[Text | Table]) -> None:
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=LABEL, style=QUIET)
        grid.add_column(width=CONTENT, overflow="fold")
        for number, part in enumerate(content):
            grid.add_row("" if number else label, part)
        self._console.print(Padding(grid, (0, 0, 0, 2), expand=False))

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: bool = False) -> None:
        """Print a small table; with ``numbers`` all columns but the first are set right."""
        grid = Table(box=None, padding=(0, 3, 0, 0), header_style=QUIET, pad_edge=False)
        for position, head in enumerate(heads):
            grid.add_column(head, justify="right" if numbers and position else "left")
        for row in rows:
            grid.add_row(*row)
        self._scene = ("", "")
        self._console.print()
        self._console.print(Padding(grid, (0, 0, 0, 2), expand=False))

    def findings(self, head: str, sentences: Iterable[str], mark: str, style: str) -> None:
        """Print what was checked, or what went wrong."""
        self._console.print()
        self._paragraph(head, "bold")
        for sentence in sentences:
            self._row_of(mark, style, sentence)
        self._console.print()

    def _row_of(self, mark: str, style: str, sentence: str) -> None:
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_row(Text(mark, style), sentence)
        self._console.print(Padding(grid, (0, 0, 0, 2), expand=False))

    def _paragraph(self, sentence: str, style: str) -> None:
        self._console.print(Padding(Text(sentence, style), (0, 2, 0, 2), expand=False))


def _read(entry: Entry, names: Names) -> list[Text]:
    return read(entry.blocks, names) if entry.blocks else [Text(line) for line in entry.text.splitlines()]


def _cut(lines: list[Text], most: int | None) -> list[Text]:
    if most is None or len(lines) <= most:
        return lines
    return [*lines[: most - 1], lines[most - 1].copy().append(" …", QUIET)]


def _foot(entry: Entry) -> list[Text]:
    if not entry.buttons:
        return []
    return [Text("  ".join(f"[ {label} ]" for label in entry.buttons), BUTTON)]

"""people.csv and past.csv."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from bot.matching.people import History, Person, Role
from bot.sheets import cells
from bot.sheets.cells import BadCell
from bot.sheets.tables import Table, read_table

REQUIRED = ("id", "offers", "wants")
COLUMNS = (
    *REQUIRED,
    *("name", "goals", "department", "manager", "level", "languages", "utc_offset", "work_start", "work_end"),
    *("remote", "style", "capacity", "role", "exclude", "competes_with", "volunteer_third"),
)
PAST = ("a", "b", "weeks_ago")
LONGEST_ID = 200

Value = TypeVar("Value")


def read_people(path: Path) -> tuple[list[Person], Table]:
    """Return the people of a file, and the table with every complaint. Raises OSError."""
    table = read_table(path, COLUMNS, REQUIRED)
    people, row_of = [], dict[str, int]()
    for row, record in table.rows:
        identity = record.get("id", "")
        if not identity or len(identity) > LONGEST_ID or ";" in identity:
            table.complain(row, "id", f"is needed, up to {LONGEST_ID} characters without a semicolon")
            continue
        if identity in row_of:
            table.complain(row, "id", f"is also in row {row_of[identity]}")
        row_of.setdefault(identity, row)
        people.append(_Row(table, row, record).person(identity))
    _check_ids(table, set(row_of))
    return people, table


class _Row:
    """One row; a bad cell becomes a complaint and the reading goes on."""

    def __init__(self, table: Table, row: int, record: dict[str, str]) -> None:
        self.table, self.row, self.record = table, row, record

    def person(self, identity: str) -> Person:
        read, text = self._read, self.record.get
        capacity = read("capacity", lambda cell: cells.read_number(cell, 0, 1000), None)
        return Person(
            identity,
            offers=read("offers", cells.read_items, frozenset()),
            wants=read("wants", cells.read_items, frozenset()),
            goals=read("goals", cells.read_items, frozenset()),
            languages=read("languages", cells.read_items, frozenset()),
            name=text("name", ""),
            department=text("department", "").casefold(),
            manager=text("manager", ""),
            level=read("level", lambda cell: cells.read_number(cell, 0, 1000), None),
            work=self._window(),
            site=read("remote", cells.read_site, ""),
            style=read("style", cells.read_style, None),
            capacity=1 if capacity is None else capacity,
            role=read("role", cells.read_role, Role.BOTH),
            exclude=read("exclude", cells.read_ids, frozenset()),
            competes_with=read("competes_with", cells.read_ids, frozenset()),
            volunteer_third=read("volunteer_third", cells.read_yes, False),
        )

    def _window(self) -> tuple[int, int] | None:
        start, end = (self._read(name, cells.read_time, None) for name in ("work_start", "work_end"))
        offset = self._read("utc_offset", cells.read_offset, 0)
        if bool(self.record.get("work_start")) != bool(self.record.get("work_end")):
            missing = "work_end" if self.record.get("work_start") else "work_start"
            self.table.complain(self.row, missing, "is missing, though the other end of the working day is given")
            return None
        return None if start is None or end is None else cells.read_window(start, end, offset)

    def _read(self, column: str, reader: Callable[[str], Value], otherwise: Value) -> Value:
        try:
            return reader(self.record.get(column, ""))
        except BadCell as bad:
            self.table.complain(self.row, column, str(bad))
            return otherwise


def _check_ids(table: Table, known: set[str]) -> None:
    for row, record in table.rows:
        for column in ("exclude", "competes_with"):
            named = {name.strip() for name in record.get(column, "").split(";")} - {""}
            for name in sorted(named - known)[: cells.MOST_ITEMS]:
                table.complain(row, column, f"{_short(name)} is no id of this file")


def _short(text: str) -> str:
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"  # noqa: PLR2004  enough to find it


def read_past(path: Path, people: Iterable[Person]) -> tuple[History, Table]:
    """Return who met whom, and the table with every complaint. Raises OSError."""
    table, known = read_table(path, PAST, PAST), {person.id for person in people}
    met = []
    for row, record in table.rows:
        pair = record.get("a", ""), record.get("b", "")
        for column, name in zip(PAST, pair, strict=False):
            if name not in known:
                table.complain(row, column, f"{_short(name)} is no id among the people")
        if pair[0] == pair[1]:
            table.complain(row, "b", "is the same person as a")
        try:
            met.append((*pair, cells.read_weeks(record.get("weeks_ago", ""))))
        except BadCell as bad:
            table.complain(row, "weeks_ago", str(bad))
    return History.of(met), table


def with_thirds(people: Iterable[Person], history: History) -> list[Person]:
    """Return the people with how often they were in a trio: three who all met each other in the same week."""
    weeks: dict[float, dict[str, set[str]]] = {}
    for pair, ago in history.weeks_ago.items():
        one, other = sorted(pair)
        met = weeks.setdefault(ago, {})
        met.setdefault(one, set()).add(other)
        met.setdefault(other, set()).add(one)
    thirds = Counter(
        person for met in weeks.values() for person, others in met.items() if any(met[one] & others for one in others)
    )
    return [replace(person, thirds=thirds[person.id]) for person in people]

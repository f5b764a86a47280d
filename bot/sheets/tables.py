"""Reading a CSV file: every complaint with its row and column, all of them at once."""

from __future__ import annotations

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

LONGEST = 10_000
"""Characters in one cell."""
MOST_COMPLAINTS = 200


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong, and where: the row as a spreadsheet counts them, 1 for the header; 0 for the whole file."""

    file: str
    row: int
    column: str
    what: str

    def __str__(self) -> str:
        place = f", row {self.row}" * bool(self.row) + f", column {self.column}" * bool(self.column)
        return f"{self.file}{place}: {self.what}"


class SheetUnreadable(Exception):
    """Files that cannot be used; `complaints` are all that was found."""

    def __init__(self, complaints: Sequence[Complaint]) -> None:
        super().__init__("\n".join(map(str, complaints[:MOST_COMPLAINTS])))
        self.complaints = tuple(complaints)


@dataclass(slots=True)
class Table:
    """The rows of a file as (row number, column to cell that is not empty), and what is wrong with it so far."""

    file: str
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    """Columns that nobody asked for."""

    def complain(self, row: int, column: str, what: str) -> None:
        self.complaints.append(Complaint(self.file, row, column, what))


def read_table(path: Path, known: Sequence[str], required: Sequence[str]) -> Table:
    """Return the rows of a CSV file with only its known columns; cells are trimmed.

    Complaints are collected in the table. Raises OSError.
    """
    table = Table(path.name)
    text = _decoded(path.read_bytes(), table)
    if text is None:
        return table
    with _any_length():
        records = _records(text, table)
        header = [name.strip().casefold() for name in next(records, [])]
        if not header and not table.complaints:
            table.complain(0, "", "is empty; a header is needed")
        if not header or not _usable(header, required, table):
            return table
        table.ignored = tuple(name for name in header if name and name not in known)
        for row, record in enumerate(records, start=2):
            if any(cell.strip() for cell in record):
                _read_row(table, row, header, record, known)
    return table


def _decoded(content: bytes, table: Table) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        table.complain(row, "", "is not UTF-8; save the file as “CSV UTF-8”")
        return None


def _records(text: str, table: Table) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        table.complain(reader.line_num, "", f"is not readable as CSV ({error})")


@contextmanager
def _any_length() -> Iterator[None]:
    """Let the reader pass cells of any length: the complaint about them shall name the column."""
    before = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _usable(header: list[str], required: Sequence[str], table: Table) -> bool:
    for name in required:
        if name not in header:
            table.complain(1, name, "is missing")
    for name, times in Counter(filter(None, header)).items():
        if times > 1:
            table.complain(1, name, "is there more than once")
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        table.complain(1, "", "columns are separated by commas; semicolons stand inside cells")
    return not table.complaints


def _read_row(table: Table, row: int, header: list[str], record: list[str], known: Sequence[str]) -> None:
    if len(record) > len(header):
        table.complain(row, "", f"has {len(record)} cells, the header has {len(header)}")
        return
    cells = {}
    for name, cell in zip(header, record, strict=False):
        if len(cell) > LONGEST:
            table.complain(row, name, f"has {len(cell)} characters; up to {LONGEST} are read")
        elif name in known and cell.strip():
            cells[name] = cell.strip()
    table.rows.append((row, cells))

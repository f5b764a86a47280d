"""The data register: every stored column with its purpose, who reads it, how long it is kept and how it is erased.

A test fails when a column of the database has no entry here, or an entry no column. `tandem register` prints it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from bot.domain.register_closing import CLOSING
from bot.domain.register_meetings import MEETINGS
from bot.domain.register_pairings import PAIRINGS
from bot.domain.register_people import PEOPLE
from bot.domain.register_terms import Column, Inner, Table
from bot.domain.register_words import WORDS
from bot.domain.retention import RULES

TABLES: tuple[Table, ...] = PEOPLE + PAIRINGS + MEETINGS + WORDS + CLOSING
EVERYWHERE = {"id": Inner("names the row"), "workspace_id": Inner("keeps two companies apart")}
NOT_OWNED = "workspace"  # the one table without a workspace_id: it is the workspace

_HEAD = """\
# Data register

Every column Tandem stores. `tandem register` prints this page, `tandem register --json` the same for machines; both
come from the table the program itself and its tests read. Whoever holds the server and the key can read everything;
nobody else reads more than stands here. *Written* marks words somebody wrote. They are stored sealed (AES-256-GCM,
bound to their row and owner), apart from offers, wants and a programme's own description, which are meant for others
to read. Every table also has {everywhere}.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register."""

    table: str
    column: str
    purpose: str
    readers: str
    written: bool
    sealed: bool
    kept: str
    exported: bool
    erased: str


def entries() -> Iterator[Entry]:
    """Yield every column of every table, in the order of the register."""
    for table in TABLES:
        everywhere = {
            name: one for name, one in EVERYWHERE.items() if (table.name, name) != (NOT_OWNED, "workspace_id")
        }
        for name, column in {**everywhere, **table.columns}.items():
            yield _entry(table, name, column)


def _entry(table: Table, name: str, column: Column) -> Entry:
    return Entry(
        table.name,
        name,
        column.purpose,
        str(column.readers),
        column.content,
        name.endswith("_sealed"),
        str(RULES[table.data]),
        column.exported,
        str(table.erasure),
    )


def as_json() -> str:
    """Return the register as a JSON list of objects, one per column."""
    return json.dumps([asdict(entry) for entry in entries()], indent=2, ensure_ascii=False)


def as_markdown() -> str:
    """Return the register for people, one table per database table."""
    everywhere = " and ".join(f"`{name}` ({column.purpose})" for name, column in EVERYWHERE.items())
    return "\n".join([_HEAD.format(everywhere=everywhere), *(_section(table) for table in TABLES)])


def _section(table: Table) -> str:
    rows = "\n".join(_row(name, column) for name, column in table.columns.items())
    return (
        f"## {table.name}\n\n{table.about}.\n\n"
        f"- Kept: {RULES[table.data]}.\n"
        f"- When a person is erased: {table.erasure}.\n\n"
        "| Column | Purpose | Read by | Written | In a person's export |\n"
        "|---|---|---|---|---|\n"
        f"{rows}\n"
    )


def _row(name: str, column: Column) -> str:
    marks = " | ".join("yes" if mark else "" for mark in (column.content, column.exported))
    return f"| `{name}` | {column.purpose} | {column.readers} | {marks} |"

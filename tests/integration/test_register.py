from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import inspect
from typer.testing import CliRunner

from bot.cli import build
from bot.db.sealing import sealed_columns
from bot.db.session import open_engine
from bot.db.tables import metadata
from bot.domain.register import TABLES, as_json, as_markdown, entries
from bot.domain.register_terms import Inner, Readers
from bot.domain.retention import RULES, Data
from tests.integration.household import tables

PAGE = Path(__file__).parents[2] / "docs" / "data-register.md"
# Words that are meant for others to read, so they stand in the database as they are.
OPEN_WORDS = {
    ("programme", "name"),
    ("programme", "purpose"),
    ("programme", "guidelines"),
    ("skill", "name"),
}


def test_every_column_has_an_entry_and_every_entry_a_column() -> None:
    """A new column fails here until somebody has said what it is for and when it goes."""
    stored = {(table.name, column.name) for table in metadata.sorted_tables for column in table.columns}

    assert {(entry.table, entry.column) for entry in entries()} == stored


def test_the_register_tells_of_the_database_that_is_really_there(database_url: str) -> None:
    """What the migrations made is what is described, on both databases."""
    engine = open_engine(database_url)
    found = inspect(engine)
    stored = {
        (table, column["name"])
        for table in found.get_table_names()
        if table != "alembic_version" and not table.startswith("procrastinate_")  # jobs hold ids of messages alone
        for column in found.get_columns(table)
    }
    engine.dispose()

    assert {(entry.table, entry.column) for entry in entries()} == stored


def test_no_entry_stands_there_twice() -> None:
    """One column, one purpose."""
    names = [(entry.table, entry.column) for entry in entries()]

    assert len(names) == len(set(names))


def test_sealed_columns_are_what_people_wrote_and_nothing_else_is() -> None:
    """Words are either sealed or on the short list of words meant for others."""
    sealed = {
        (kind.__tablename__, f"{column._name}_sealed")  # noqa: SLF001  there is no other way to list them
        for kind in tables()
        for column in sealed_columns(kind)
    }

    assert {(entry.table, entry.column) for entry in entries() if entry.written} == sealed | OPEN_WORDS
    assert {(entry.table, entry.column) for entry in entries() if entry.sealed} == sealed


def test_free_text_columns_are_marked_as_written() -> None:
    """A long text column that is not content would be a place where words slip in unsealed."""
    roomy = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.Text | sa.LargeBinary)
    }

    assert roomy <= {(entry.table, entry.column) for entry in entries() if entry.written}


def test_owners_read_no_words_but_offers_wants_and_their_own() -> None:
    """The promise of the whole product, in the register too."""
    owners = {Readers.OWNERS, Readers.PARTNERS_AND_OWNERS, Readers.PREVIEW, Readers.PROGRAMME, Readers.OPERATOR}

    assert {(one.table, one.column) for one in entries() if one.written and one.readers in owners} == OPEN_WORDS


def test_everything_about_a_person_is_in_their_export() -> None:
    """Only bookkeeping, the owners' own things and the keyed trail are not."""
    left_out = {(table.name, name) for table in TABLES for name, one in table.columns.items() if not one.exported}
    for table in TABLES:
        for name, column in table.columns.items():
            theirs = column.readers in {Readers.SELF, Readers.SHARED, Readers.PARTNERS, Readers.PARTNERS_AND_OWNERS}
            assert not (theirs and (table.name, name) in left_out), (table.name, name)
            assert not (isinstance(column, Inner) and column.exported), (table.name, name)


def test_every_entry_says_something() -> None:
    """Purpose, reader, period and erasure are words, not blanks."""
    for entry in entries():
        for said in (entry.purpose, entry.readers, entry.kept, entry.erased):
            assert len(said) > 3, entry
            assert "|" not in said, entry


def test_every_rule_is_used_by_a_table() -> None:
    """A period nobody refers to would be a promise about nothing."""
    assert {table.data for table in TABLES} == set(Data)
    assert {entry.kept for entry in entries()} == {str(rule) for rule in RULES.values()}


def test_the_page_in_the_documentation_is_current() -> None:
    """Made anew by: tandem register > docs/data-register.md."""
    assert PAGE.read_text("utf-8") == as_markdown()


@pytest.mark.parametrize(("options", "expected"), [([], as_markdown), (["--json"], as_json)])
def test_the_command_prints_the_register(options: list[str], expected: object) -> None:
    """For people as a page, for machines as JSON."""
    assert callable(expected)
    result = CliRunner().invoke(build(), ["register", *options])

    assert result.exit_code == 0
    assert result.output.strip() == expected().strip()


def test_machines_read_one_object_for_each_column() -> None:
    """Works councils and tools get the same facts."""
    read = json.loads(as_json())

    assert len(read) == len(list(entries()))
    assert {"table", "column", "purpose", "readers", "kept", "exported", "erased"} <= set(read[0])

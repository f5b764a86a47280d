"""S7 and S8: a sealed value opens in its own place only, and nothing but the exact bytes opens at all."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from bot.db.base import Row
from bot.db.goals import GoalRow, StepRow
from bot.db.notes import NoteRow
from bot.db.sealing import Keyring, SealBroken, sealed_columns
from bot.db.session import Database
from bot.domain.visibility import Visibility
from tests.integration.household import TEXTS, Household, everything, furnish, new_keyring, opened, plain_texts
from tests.integration.household import tables as all_tables

PLACE = b"here"
MUTATIONS = 4_000
ROWS = 400


def sealed_places() -> list[tuple[type[Row], str]]:
    return [(kind, column._name) for kind in all_tables() for column in sealed_columns(kind)]  # noqa: SLF001


@pytest.fixture
def keyring() -> Keyring:
    return new_keyring()


@pytest.fixture
def database(database_url: str, keyring: Keyring) -> Iterator[Database]:
    with opened(database_url, keyring=keyring) as opened_one:
        yield opened_one


def stored(database: Database, kind: type[Row], name: str) -> dict[UUID, bytes]:
    """Return the sealed bytes of a column by row."""
    table = kind.metadata.tables[kind.__tablename__]
    query = sa.select(table.c.id, table.c[f"{name}_sealed"]).where(table.c[f"{name}_sealed"].is_not(None))
    with database.engine.connect() as connection:
        return {one: bytes(value) for one, value in connection.execute(query)}


def write(database: Database, kind: type[Row], name: str, row: UUID, value: bytes) -> None:
    table = kind.metadata.tables[kind.__tablename__]
    with database.engine.begin() as connection:
        connection.execute(sa.update(table).where(table.c.id == row).values({f"{name}_sealed": value}))


def read(database: Database, home: Household, kind: type[Row], name: str, row: UUID) -> str | None:
    with database.reading(home.workspace) as tx:
        found = tx.session.get(kind, row)
        text = getattr(found, name)
        assert text is None or isinstance(text, str)
        return text


def test_what_was_written_is_read_again(database: Database) -> None:
    """Every sealed column of the house gives back its text in a fresh session."""
    home = furnish(database)

    assert plain_texts(database, home.workspace) == TEXTS


@pytest.mark.parametrize(("kind", "name"), sealed_places(), ids=lambda one: getattr(one, "__tablename__", one))
def test_a_sealed_value_opens_in_no_other_place(database: Database, kind: type[Row], name: str) -> None:
    """Bytes from every other row, column, table and workspace are refused, for every column of the house."""
    home, neighbours = furnish(database), furnish(database, "T2")
    assert home.workspace != neighbours.workspace
    target = _own(database, home, kind, name)
    others = [
        value
        for other, column in sealed_places()
        for row, value in stored(database, other, column).items()
        if (other, column, row) != (kind, name, target)
    ]
    assert len(others) >= 18

    for value in others:
        write(database, kind, name, target, value)
        with pytest.raises(SealBroken):
            read(database, home, kind, name, target)


def _own(database: Database, home: Household, kind: type[Row], name: str) -> UUID:
    table = kind.metadata.tables[kind.__tablename__]
    with database.engine.connect() as connection:
        row = connection.scalar(
            sa.select(table.c.id)
            .where(table.c.workspace_id == home.workspace, table.c[f"{name}_sealed"].is_not(None))
            .limit(1)
        )
    assert isinstance(row, UUID)
    return row


def test_an_edited_owner_opens_nothing(database: Database) -> None:
    """Somebody who can write to the database cannot give another's note to themselves."""
    home = furnish(database)
    for kind, names, row in (
        (NoteRow, ("text",), home.private_note),
        (GoalRow, ("title", "why", "measure"), home.goal),
        (StepRow, ("text",), home.step),
    ):
        table = kind.metadata.tables[kind.__tablename__]
        with database.engine.begin() as connection:
            connection.execute(sa.update(table).where(table.c.id == row).values(owner_id=home.jonas))
        for name in names:
            with pytest.raises(SealBroken):
                read(database, home, kind, name, row)


def test_a_row_moved_to_another_workspace_opens_nothing(database: Database) -> None:
    """Two companies in one database stay two."""
    home, neighbours = furnish(database), furnish(database, "T2")
    with database.engine.begin() as connection:
        connection.execute(
            sa.update(NoteRow).where(NoteRow.id == home.private_note).values(workspace_id=neighbours.workspace)
        )

    with pytest.raises(SealBroken):
        read(database, home, NoteRow, "text", home.private_note)


def test_a_changed_text_is_sealed_anew_and_none_is_none(database: Database) -> None:
    """An edit stores fresh bytes; taking a text away stores nothing."""
    home = furnish(database)
    before = stored(database, GoalRow, "why")[home.goal]

    with database.transaction(home.workspace) as tx:
        row = tx.goals.find(home.goal)
        assert row is not None
        row.why, row.measure = "another reason", None
        assert row.why == "another reason", "readable before it is stored"

    assert stored(database, GoalRow, "why")[home.goal] != before
    assert read(database, home, GoalRow, "why", home.goal) == "another reason"
    assert stored(database, GoalRow, "measure") == {}
    assert read(database, home, GoalRow, "measure", home.goal) is None


def test_an_edit_undone_before_it_was_stored_leaves_nothing(database: Database) -> None:
    """A text set and taken back in one transaction is not stored by accident."""
    home = furnish(database)
    with database.transaction(home.workspace) as tx:
        row = tx.goals.find(home.goal)
        assert row is not None
        row.why = "said too early"
        row.why = None

    assert read(database, home, GoalRow, "why", home.goal) is None


def test_the_same_text_never_looks_the_same_twice(database: Database) -> None:
    """Equal notes have unequal bytes, so that nobody can guess by comparing."""
    home = furnish(database)
    with database.transaction(home.workspace) as tx:
        enrolment = tx.enrolments.get(home.enrolment)
        for _ in range(20):
            tx.notes.add(enrolment, None, "the same words", Visibility.PRIVATE, None)

    values = list(stored(database, NoteRow, "text").values())
    assert len(set(values)) == len(values) == 22


def test_rows_in_bulk_keep_every_text_in_its_place(database: Database) -> None:
    """Hundreds of rows in one flush, texts of every alphabet and length."""
    home = furnish(database)
    texts = [f"{number} {'ü😀漢字' * (number % 50)}" for number in range(ROWS)]
    with database.transaction(home.workspace) as tx:
        enrolment = tx.enrolments.get(home.enrolment)
        ids = [tx.notes.add(enrolment, None, text, Visibility.PRIVATE, None).id for text in texts]

    with database.reading(home.workspace) as tx:
        found = {row.id: row.text for row in tx.session.scalars(sa.select(NoteRow))}
    assert [found[one] for one in ids] == texts


def test_a_detached_row_opens_nothing(database: Database) -> None:
    """A row that left its session has no keys to open itself with."""
    home = furnish(database)
    with database.reading(home.workspace) as tx:
        row = tx.notes.find(home.private_note)
    assert row is not None

    with pytest.raises(SealBroken):
        assert row.text


def test_no_word_stands_readable_in_the_database_file(sqlite_url: str) -> None:
    """S6: neither in the file nor in its write-ahead log, nor after an edit and a deletion."""
    with opened(sqlite_url) as database:
        home = furnish(database)
        with database.transaction(home.workspace) as tx:
            note, goal = tx.notes.find(home.private_note), tx.goals.find(home.goal)
            assert note is not None
            assert goal is not None
            goal.why = "edited-reason"
            tx.remove(note)
        path = str(make_url(sqlite_url).database)
        raw = b"".join(Path(f"{path}{end}").read_bytes() for end in ("", "-wal"))

    assert b"Growing together" in raw, "what is meant for all is there, so the search works"
    for text in TEXTS | {"edited-reason"}:
        assert text.encode() not in raw, text


def test_no_word_stands_readable_in_any_row(database: Database) -> None:
    """The same on both databases, through plain SQL."""
    furnish(database)
    raw = repr(everything(database)).encode()

    for text in TEXTS:
        assert text.encode() not in raw, text


def test_an_older_key_opens_while_the_new_one_seals(database_url: str) -> None:
    """Rotation: both keys in the ring, every row readable; without the old one its rows stay shut."""
    old, new = ("k1", secrets.token_bytes(32)), ("k2", secrets.token_bytes(32))
    with opened(database_url, keyring=Keyring([old])) as database:
        home = furnish(database)
    with opened(database_url, keyring=Keyring([new, old])) as database:
        assert plain_texts(database, home.workspace) == TEXTS
        with database.transaction(home.workspace) as tx:
            goal = tx.goals.find(home.goal)
            assert goal is not None
            goal.title = "retitled"
        assert read(database, home, GoalRow, "title", home.goal) == "retitled"
    with opened(database_url, keyring=Keyring([new])) as database:
        assert read(database, home, GoalRow, "title", home.goal) == "retitled"
        with pytest.raises(SealBroken):
            read(database, home, GoalRow, "why", home.goal)


def test_another_key_of_the_same_name_opens_nothing() -> None:
    """The name in front of a value is a hint, never a proof."""
    sealed = Keyring([("k1", secrets.token_bytes(32))]).seal("secret", PLACE)

    with pytest.raises(SealBroken):
        Keyring([("k1", secrets.token_bytes(32))]).open(sealed, PLACE)


@given(text=st.text(max_size=400), place=st.binary(max_size=60))
def test_any_text_survives_sealing(text: str, place: bytes) -> None:
    """Every text that can be stored comes back as it was (lone surrogates are cleaned away before)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return
    ring = new_keyring()
    assert ring.open(ring.seal(text, place), place) == text


@pytest.mark.parametrize("length", [0, 1, 300, 12_000])
def test_every_flipped_bit_is_noticed(keyring: Keyring, length: int) -> None:
    """In the head, the key's name, the nonce, the words and the tag alike."""
    sealed = keyring.seal("x" * length, PLACE)
    step = max(1, len(sealed) // 400)
    flips = [(at, bit) for at in range(0, len(sealed), step) for bit in range(8)]

    for at, bit in flips:
        changed = bytearray(sealed)
        changed[at] ^= 1 << bit
        with pytest.raises(SealBroken):
            keyring.open(bytes(changed), PLACE)


def test_every_truncation_and_every_tail_is_noticed(keyring: Keyring) -> None:
    """Cut short anywhere or with something behind it, a value stays shut."""
    sealed = keyring.seal("a short note", PLACE)

    for broken in [sealed[:end] for end in range(len(sealed))] + [sealed + b"\0", sealed + sealed]:
        with pytest.raises(SealBroken):
            keyring.open(broken, PLACE)


def test_random_mutations_never_open(keyring: Keyring) -> None:
    """Thousands of broken values end in the one error that is handled, and never in another text."""
    dice = random.Random(7)
    one, other = keyring.seal("the first note", PLACE), keyring.seal("the second note", PLACE)

    for _ in range(MUTATIONS):
        broken = _mutated(dice, one, other)
        if broken in {one, other}:
            continue
        with pytest.raises(SealBroken):
            keyring.open(broken, PLACE)


def _mutated(dice: random.Random, one: bytes, other: bytes) -> bytes:
    match dice.randrange(5):
        case 0:
            return dice.randbytes(dice.randrange(80))
        case 1:
            cut = dice.randrange(len(one))
            return one[:cut] + other[cut:]
        case 2:
            cut = dice.randrange(len(one))
            return one[:cut] + dice.randbytes(dice.randrange(1, 9)) + one[cut:]
        case 3:
            cut = dice.randrange(len(one))
            return one[:cut] + one[cut + dice.randrange(1, 9) :]
        case _:
            changed = bytearray(one)
            for _ in range(dice.randrange(1, 6)):
                changed[dice.randrange(len(changed))] = dice.randrange(256)
            return bytes(changed)


def test_a_keyring_tells_nothing_about_its_keys(keyring: Keyring) -> None:
    """Not when it is printed; and an empty one is refused."""
    assert repr(keyring) == "Keyring(1 keys)"
    with pytest.raises(ValueError, match="at least one key"):
        Keyring([])


def test_a_pseudonym_is_the_same_for_one_key_and_another_for_the_next(keyring: Keyring) -> None:
    """It stands for a person in the audit trail without naming them."""
    assert keyring.pseudonym("mira") == keyring.pseudonym("mira") != keyring.pseudonym("jonas")
    assert keyring.pseudonym("mira") != new_keyring().pseudonym("mira")
    assert len(keyring.pseudonym("mira")) == 64

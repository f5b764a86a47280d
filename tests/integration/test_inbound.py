from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from bot.db.inbound import AlreadyHandled, InboundRow
from bot.db.session import Database
from bot.domain.ids import WorkspaceId
from bot.domain.messages import MessageKind
from tests.integration.household import Household, furnish, opened

THREADS = 8
KEYS = 12


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with opened(database_url) as opened_one:
        yield opened_one


@pytest.fixture
def home(database: Database) -> Household:
    return furnish(database)


def act(database: Database, workspace: WorkspaceId, key: str, home: Household) -> bool:
    """Handle one inbound key with an effect; say whether it was this call that did it."""
    try:
        with database.transaction(workspace) as tx:
            tx.inbound.claim(key)
            tx.outbox.put(MessageKind.CHEER, to=home.mira, key=f"cheer:{key[:40]}:{threading.get_ident()}")
    except AlreadyHandled:
        return False
    return True


def test_of_eight_with_the_same_key_exactly_one_wins(database: Database, home: Household) -> None:
    """Slack may deliver one thing many times at once; it takes effect once, round after round."""
    gate = threading.Barrier(THREADS)

    def race(_: int) -> list[bool]:
        results = []
        for number in range(KEYS):
            gate.wait()
            results.append(act(database, home.workspace, f"event:race:{number}", home))
        return results

    with ThreadPoolExecutor(THREADS) as pool:
        wins = list(pool.map(race, range(THREADS)))

    assert [sum(column) for column in zip(*wins, strict=True)] == [1] * KEYS
    with database.engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM message WHERE kind = 'cheer'")) == KEYS


def test_a_failed_effect_leaves_the_key_free(database: Database, home: Household) -> None:
    """When the effect could not be stored, the next delivery of the same thing tries again."""
    with pytest.raises(RuntimeError):
        _fail(database, home)

    assert act(database, home.workspace, "event:again", home)
    assert not act(database, home.workspace, "event:again", home)


def _fail(database: Database, home: Household) -> None:
    with database.transaction(home.workspace) as tx:
        tx.inbound.claim("event:again")
        raise RuntimeError


def test_the_same_key_in_another_workspace_is_another_key(database: Database, home: Household) -> None:
    """Slack's ids are unique inside one team."""
    other = furnish(database, "T2")

    assert act(database, home.workspace, "event:same", home)
    assert act(database, other.workspace, "event:same", other)


def test_a_very_long_key_is_cut_and_still_counts(database: Database, home: Household) -> None:
    """A hostile key does not break the column, and repeats are still noticed."""
    key = "event:" + "x" * 5_000

    assert act(database, home.workspace, key, home)
    assert not act(database, home.workspace, key, home)
    with database.reading(home.workspace) as tx:
        assert max(len(row.key) for row in tx.all(sa.select(InboundRow))) == 255

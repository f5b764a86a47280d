"""Every rule of the house sees what it is made for and leaves the neighbouring good line alone."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from tests.architecture import rules, testing_rules
from tests.architecture.directions import wrong_directions
from tests.architecture.source import Source

Rule = Callable[[Source], list[str]]


def found(rule: Rule, text: str, path: str = "bot/usecases/notes.py") -> list[str]:
    return rule(Source(path, dedent(text)))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("bot/domain/notes.py", "from bot.db.notes import NoteRow"),
        ("bot/domain/notes.py", "import bot.usecases.notes"),
        ("bot/domain/notes.py", "from bot.locales import load_texts"),
        ("bot/domain/notes.py", "from ..db import notes"),
        ("bot/matching/solve.py", "from bot import db"),
        ("bot/db/notes.py", "from bot.usecases.notes import write_note"),
        ("bot/usecases/notes.py", "from bot.slack.text import fill"),
        ("bot/usecases/notes.py", "from bot.locales import load_texts"),
        ("bot/usecases/notes.py", "def late():\n    from bot.delivery.outbox import put"),
        ("bot/delivery/worker.py", "from bot.slack.text import fill"),
        ("bot/clock/ticks.py", "from bot.delivery.worker import Worker"),
        ("bot/slack/directory.py", "from bot.bootstrap import build"),
        ("bot/slack/listeners/notes.py", "from bot.db.notes import Notes"),
        ("bot/slack/listeners/notes.py", "from bot.settings import Settings"),
        ("bot/slack/screens/notes.py", "from bot.db import notes"),
        ("bot/slack/screens/notes.py", "from bot.usecases.notes import write_note"),
        ("bot/slack/screens/notes.py", "from bot.slack.listeners.notes import note"),
        ("bot/bootstrap.py", "from bot.cli import main"),
        ("bot/drawer/notes.py", "from bot.domain import notes"),
        ("bot/cli/playing.py", "from demo.town import Town"),
        ("bot/bootstrap.py", "def build():\n    from sandbox.server import serve"),
        ("bot/domain/notes.py", "from tests.town import Town"),
        ("sandbox/server.py", "from bot.domain.ids import new_id"),
        ("sandbox/server.py", "import demo"),
    ],
)
def test_an_import_against_the_direction_is_seen(path: str, line: str) -> None:
    assert len(found(wrong_directions, line, path)) == 1


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("bot/domain/notes.py", "from bot.domain.refusals import N_"),
        ("bot/domain/people.py", "from bot.locales import Language"),
        ("bot/db/notes.py", "from .base import Row"),
        ("bot/db/notes.py", "from bot.domain.ids import NoteId"),
        ("bot/usecases/notes.py", "from bot.db.transaction import Transaction"),
        ("bot/usecases/notes.py", "from bot.clock.clock import Clock"),
        ("bot/slack/directory.py", "from bot.db.people import People"),
        ("bot/slack/listeners/notes.py", "from bot.usecases import notes"),
        ("bot/slack/listeners/notes.py", "from bot.slack.screens import notes as screens"),
        ("bot/slack/screens/notes.py", "from bot.usecases.notes import NoteWritten"),
        ("bot/bootstrap.py", "from bot.delivery.worker import Worker"),
        ("bot/cli/playing.py", "def story():\n    from demo.story import play"),
        ("bot/__main__.py", "from bot.cli import main"),
        ("demo/town.py", "from bot.bootstrap import build\nfrom sandbox.server import serve"),
        ("sandbox/server.py", "from sandbox.people import Person\nimport aiohttp"),
    ],
)
def test_an_import_along_the_direction_is_fine(path: str, line: str) -> None:
    assert found(wrong_directions, line, path) == []


def test_long_files_are_seen() -> None:
    assert found(rules.long_files, "x = 1\n" * 301)
    assert not found(rules.long_files, "x = 1\n" * 300)


def test_long_functions_are_seen() -> None:
    assert found(rules.long_functions, "async def long():\n" + "    pass\n" * 50)
    assert not found(rules.long_functions, "def short():\n" + "    pass\n" * 49)


def test_a_high_median_is_seen() -> None:
    ten, two = Source("a.py", "def a():\n" + "    pass\n" * 9), Source("b.py", "def b():\n    pass\n")
    assert rules.median_too_long([ten, ten, two])
    assert not rules.median_too_long([ten, two, two])
    assert not rules.median_too_long([])


@pytest.mark.parametrize(
    "path", ["bot/utils.py", "bot/slack/text_helpers.py", "bot/common/x.py", "bot/task_manager.py"]
)
def test_drawers_are_seen(path: str) -> None:
    assert found(rules.drawers, "", path)


def test_a_name_that_only_contains_a_drawer_is_fine() -> None:
    assert not found(rules.drawers, "", "bot/uncommonly.py")


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)", "datetime.datetime.utcnow()", "dt.datetime.now()", "date.today()", "datetime.today()",
        "time.time()", "field(default_factory=datetime.now)", "from time import time", "func.now()",
        "sa.func.current_timestamp()", "time.time_ns()",
    ],
)  # fmt: skip
def test_asking_the_time_is_seen(line: str) -> None:
    assert len(found(rules.asks_the_time, line)) == 1


@pytest.mark.parametrize("line", ["clock.now()", "tx.now", "time.monotonic()", "datetime.combine(day, time(9))"])
def test_the_handed_in_time_is_fine(line: str) -> None:
    assert not found(rules.asks_the_time, line)


def test_commits_are_seen() -> None:
    assert found(rules.commits, "session.commit()")
    assert found(rules.commits, "finish = connection.commit")
    assert not found(rules.commits, "with session.begin(): commitment()")


@pytest.mark.parametrize(
    "caught", ["", " Exception", " BaseException as e", " (ValueError, Exception)", " b.Exception"]
)
def test_broad_handlers_are_seen(caught: str) -> None:
    assert found(rules.broad_excepts, f"try:\n    x()\nexcept{caught}:\n    pass")


def test_narrow_handlers_are_fine() -> None:
    assert not found(rules.broad_excepts, "try:\n    x()\nexcept (ValueError, OSError):\n    pass")


class TestLiteralSentences:
    @pytest.mark.parametrize(
        "line",
        [
            'section("Good morning")', 'title = "Your, goals"', 'f"{name} has kept it"', 'f"Kept by {name}"',
            'f"{count} Schritte"', '{"text": "Not yet"}', 'fill(words("Hello"), "and goodbye")',
            'raise Refused("Not yours to change")', '"Guten\\nMorgen Mira".strip()', 'log = "Saved your note"',
            'words("Good morning")[1:] + "a bc de"',
        ],
    )  # fmt: skip
    def test_texts_outside_the_catalogue_are_seen(self, line: str) -> None:
        assert len(found(rules.literal_sentences, line)) == 1

    @pytest.mark.parametrize(
        "line",
        [
            '"""A module says what it is."""', 'def f():\n    """Return a note."""', 'words("Good morning")',
            'words.many("{n} step done", "{n} steps done", n)', 'N_("Good morning")', 'self.words("Good morning")',
            'words("Good morning" if early else "Good evening")', 'log.info("note was kept", words=3)',
            'raise ValueError(f"unknown kind of {thing}")', 'assert x, "must not happen"',
            'key = f"note:{note}:{reader}"', 'note_form(block_id="note_text")', '"/tandem pause until"',
            'f"{a} + {b}"', 'f"*{title}*\\n{text}"', '"• "',
            'def f(x: "list of notes") -> "a note": ...',
        ],
    )  # fmt: skip
    def test_everything_else_is_fine(self, line: str) -> None:
        assert found(rules.literal_sentences, line) == []

    def test_single_labels_are_seen_where_screens_are_built(self) -> None:
        labels = Source("bot/slack/screens/notes.py", 'button("Save", style="primary", value="note_undo")')
        assert len(rules.literal_sentences(labels, labels=True)) == 1
        assert not rules.literal_sentences(labels)


class TestImportEffects:
    @pytest.mark.parametrize(
        "text",
        [
            "app = App(token=token)", "engine = create_engine(url)", "settings = Settings()", "load_dotenv()",
            "TEXTS = load_texts()", "from bot.settings import Settings\nsettings = Settings()",
            "if os.environ.get('X'):\n    pass", "@app.action('x')\ndef f(): ...", "with open('x') as f:\n    y = 1",
            "for x in glob('*'):\n    y = x", "try:\n    import x\nexcept ImportError:\n    install()",
            "NAMES = [load(n) for n in 'ab']",
        ],
    )  # fmt: skip
    def test_building_on_import_is_seen(self, text: str) -> None:
        assert found(rules.import_effects, text)

    @pytest.mark.parametrize(
        "text",
        [
            "LIMIT = timedelta(days=4)", "ISO = re.compile('x')", "NoteId = NewType('NoteId', UUID)",
            "class Rule: ...\nRULES = (Rule(1), Rule(2))", "from bot.domain.kinds import Kind\nKINDS = {1: Kind('a')}",
            "def f():\n    return create_engine(url)", "make = lambda: create_engine(url)",
            "@dataclass(frozen=True)\nclass A:\n    b: Mapped[int] = mapped_column()", "NAMES = 'a b'.split()",
            "if __name__ == '__main__':\n    main()", "TEXT = N_('Good morning')",
        ],
    )  # fmt: skip
    def test_pure_values_are_fine(self, text: str) -> None:
        assert found(rules.import_effects, text) == []

    def test_an_allowed_name_is_fine(self) -> None:
        assert rules.import_effects(Source("bot/cli/__init__.py", "app = typer.Typer()"), {"typer.Typer"}) == []


def test_a_missing_future_import_is_seen() -> None:
    assert found(rules.missing_future, '"""Says what it is."""\nX = 1')
    assert not found(rules.missing_future, '"""Says what it is."""')
    assert not found(rules.missing_future, "from __future__ import annotations\nX = 1")


class TestRulesForTests:
    @pytest.mark.parametrize("call", ["time.sleep(1)", "sleep(0.1)", "await asyncio.sleep(1)", "gevent.sleep()"])
    def test_sleeps_are_seen(self, call: str) -> None:
        assert found(testing_rules.sleeps, f"async def f():\n    {call}")

    def test_letting_others_run_is_fine(self) -> None:
        assert not found(testing_rules.sleeps, "async def f():\n    await asyncio.sleep(0)")

    def test_a_test_that_asserts_nothing_is_seen(self) -> None:
        assert found(testing_rules.without_assertion, "def test_it_runs():\n    run()")

    @pytest.mark.parametrize(
        "body",
        [
            "assert run()",
            "with pytest.raises(ValueError):\n        run()",
            "check_all(run())",
            "[assert_(x) for x in y]",
        ],
    )
    def test_every_way_to_assert_is_known(self, body: str) -> None:
        assert not found(testing_rules.without_assertion, f"def test_it():\n    {body}")

    @pytest.mark.parametrize(
        "line",
        [
            "@pytest.mark.skip\ndef test_a(): ...", "@pytest.mark.skip()\ndef test_a(): ...", "pytest.skip()",
            "@pytest.mark.xfail(strict=True)\ndef test_a(): ...", "pytest.skip('')", "pytest.mark.skipif(x)",
        ],
    )  # fmt: skip
    def test_a_skip_without_reason_is_seen(self, line: str) -> None:
        assert found(testing_rules.unexplained_skips, line)

    @pytest.mark.parametrize("line", ["pytest.skip('no Postgres wheel')", "pytest.mark.skipif(x, reason='no wheel')"])
    def test_a_skip_with_reason_is_fine(self, line: str) -> None:
        assert not found(testing_rules.unexplained_skips, line)

    @pytest.mark.parametrize(
        "line", ["from unittest.mock import Mock", "import unittest.mock", "from unittest import mock"]
    )
    def test_mocks_are_seen(self, line: str) -> None:
        assert found(testing_rules.mocks, line)

"""The whole house keeps its rules. Exceptions stand here, each with its reason, and an unused one fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from tests.architecture import rules, testing_rules
from tests.architecture.directions import wrong_directions
from tests.architecture.source import HOUSE, Source, read

# The edges where anything may arrive and nothing may pass.
CATCHES_EVERYTHING = {
    "bot/slack/app.py": "the listener edge: a person always gets a sentence, and nothing typed is lost",
    "bot/clock/ticks.py": "the worker loop: one tick that breaks must not end the next",
    "bot/slack/guard.py": "whatever the app behind the door cannot take is answered 400, never with a traceback",
}
# Calls that a file may make while it is imported (dotted, as written).
ON_IMPORT: dict[str, frozenset[str]] = {}
COMMITS = "bot/db/session.py"
SPEAKING = ("bot/slack/screens/", "bot/slack/listeners/", "bot/usecases/")


@pytest.fixture(scope="session")
def bot() -> list[Source]:
    return read("bot")


@pytest.fixture(scope="session")
def programs(bot: list[Source]) -> list[Source]:
    return [*bot, *read("sandbox", "demo")]


@pytest.fixture(scope="session")
def tests() -> list[Source]:
    return read("tests")


def breaches(rule: Callable[[Source], list[str]], sources: Iterable[Source]) -> list[str]:
    return [breach for source in sources for breach in rule(source)]


def test_the_rules_look_at_the_whole_house(bot: list[Source], programs: list[Source], tests: list[Source]) -> None:
    """A moved folder would make every other test here pass for nothing."""
    assert len(bot) >= 40
    assert len(programs) >= len(bot) + 15
    assert len(tests) >= 8
    for folder in SPEAKING:
        assert any(source.path.startswith(folder) for source in bot), folder


def test_imports_follow_the_direction(programs: list[Source]) -> None:
    assert breaches(wrong_directions, programs) == []


def test_files_are_small(programs: list[Source]) -> None:
    assert breaches(rules.long_files, programs) == []


def test_functions_are_short(programs: list[Source]) -> None:
    assert breaches(rules.long_functions, programs) == []


def test_most_functions_are_very_short(programs: list[Source]) -> None:
    assert rules.median_too_long(programs) == []


def test_nothing_is_named_like_a_drawer(programs: list[Source], tests: list[Source]) -> None:
    assert breaches(rules.drawers, [*programs, *tests]) == []


def test_only_the_clock_knows_the_time(bot: list[Source]) -> None:
    assert breaches(rules.asks_the_time, (source for source in bot if not source.path.startswith("bot/clock/"))) == []


def test_only_the_session_commits(bot: list[Source]) -> None:
    assert breaches(rules.commits, (source for source in bot if source.path != COMMITS)) == []


def test_only_the_edges_catch_everything(programs: list[Source]) -> None:
    assert breaches(rules.broad_excepts, (source for source in programs if source.path not in CATCHES_EVERYTHING)) == []


def test_there_are_few_edges_and_all_are_used(programs: list[Source]) -> None:
    assert len(CATCHES_EVERYTHING) <= 3
    used = {source.path for source in programs if rules.broad_excepts(source)}
    assert set(CATCHES_EVERYTHING) <= used


def test_every_text_for_people_is_in_the_catalogue(bot: list[Source]) -> None:
    speaking = [source for source in bot if source.path.startswith(SPEAKING)]
    screens = [source for source in speaking if source.path.startswith("bot/slack/screens/")]
    assert breaches(rules.literal_sentences, speaking) == []
    assert breaches(lambda source: rules.literal_sentences(source, labels=True), screens) == []


def test_nothing_is_built_on_import(programs: list[Source]) -> None:
    assert breaches(lambda source: rules.import_effects(source, ON_IMPORT.get(source.path, ())), programs) == []


def test_every_exception_on_import_is_used(programs: list[Source]) -> None:
    used = {
        (source.path, name)
        for source in programs
        for name in ON_IMPORT.get(source.path, ())
        if any(f" {name}() " in breach for breach in rules.import_effects(source))
    }
    assert {(path, name) for path, names in ON_IMPORT.items() for name in names} - used == set()


def test_annotations_are_never_evaluated_on_import(programs: list[Source], tests: list[Source]) -> None:
    assert breaches(rules.missing_future, [*programs, *tests]) == []


def test_exceptions_name_files_that_exist() -> None:
    named = {*CATCHES_EVERYTHING, *ON_IMPORT, COMMITS}
    assert [path for path in sorted(named) if not (HOUSE / path).is_file()] == []


def test_tests_never_sleep(tests: list[Source]) -> None:
    assert breaches(testing_rules.sleeps, tests) == []


def test_every_test_can_fail(tests: list[Source]) -> None:
    assert breaches(testing_rules.without_assertion, tests) == []


def test_every_skip_says_why(tests: list[Source]) -> None:
    assert breaches(testing_rules.unexplained_skips, tests) == []


def test_real_parts_instead_of_mocks(tests: list[Source]) -> None:
    assert breaches(testing_rules.mocks, tests) == []

"""Rules for the tests themselves: they assert, they do not sleep, and what they leave out they explain."""

from __future__ import annotations

import ast

from tests.architecture.source import Function, Source, dotted


def sleeps(source: Source) -> list[str]:
    """Return every sleep. Waiting is done on an event, a queue or the moved clock."""
    called = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    return [
        source.breach(call, "sleeps")
        for call in called
        if dotted(call.func).split(".")[-1] == "sleep" and not _is_yield(call)
    ]


def _is_yield(call: ast.Call) -> bool:
    """Tell whether a coroutine only lets the others run: ``asyncio.sleep(0)``."""
    return dotted(call.func) == "asyncio.sleep" and [ast.unparse(argument) for argument in call.args] == ["0"]


def tests_in(source: Source) -> list[Function]:
    return [function for function in source.functions if function.name.startswith("test_")]


def without_assertion(source: Source) -> list[str]:
    """Return the test functions that cannot fail by themselves.

    An assertion is ``assert``, ``pytest.raises``, ``warns`` or ``fail``, or a call of something named check…, assert…,
    expect… or run_state_machine….
    """
    return [
        source.breach(test, f"{test.name} asserts nothing")
        for test in tests_in(source)
        if not any(_asserts(node) for node in ast.walk(test))
    ]


_SAYS_SO = ("check", "assert", "expect", "run_state_machine")


def _asserts(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return True
    if not isinstance(node, ast.Call):
        return False
    name = dotted(node.func)
    return name in {"pytest.raises", "pytest.warns", "pytest.fail"} or name.split(".")[-1].startswith(_SAYS_SO)


def unexplained_skips(source: Source) -> list[str]:
    """Return skips and expected failures without a reason in words."""
    return [
        source.breach(node, f"{dotted(node)} gives no reason")
        for node, call in _skips(source)
        if call is None or not _has_reason(node, call)
    ]


def _skips(source: Source) -> list[tuple[ast.Attribute, ast.Call | None]]:
    calls = {node.func: node for node in ast.walk(source.tree) if isinstance(node, ast.Call)}
    names = [node for node in ast.walk(source.tree) if isinstance(node, ast.Attribute)]
    return [(name, calls.get(name)) for name in names if dotted(name) in _SKIPS]


_SKIPS = frozenset({"pytest.skip", "pytest.xfail", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"})


def _has_reason(name: ast.Attribute, call: ast.Call) -> bool:
    reasons = [keyword.value for keyword in call.keywords if keyword.arg == "reason"]
    if name.attr in {"skip", "xfail"}:
        reasons += call.args[:1]
    return any(not isinstance(reason, ast.Constant) or reason.value for reason in reasons)


def mocks(source: Source) -> list[str]:
    """Return imports of mocks: the real part on loopback says more."""
    return [
        source.breach(node, "uses a mock")
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("unittest.mock", "mock")))
        or (isinstance(node, ast.Import) and any(name.name.startswith("unittest.mock") for name in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "unittest" and node.names[0].name == "mock")
    ]

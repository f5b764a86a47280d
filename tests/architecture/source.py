"""Modules as the checkers see them: path, text and tree. Checkers return breaches as `path:line what is wrong`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

HOUSE = Path(__file__).parent.parent.parent

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file; ``path`` is relative to the checkout, with slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def module(self) -> str:
        """The dotted name: ``bot/slack/__init__.py`` is ``bot.slack``."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @cached_property
    def functions(self) -> list[Function]:
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    def breach(self, node: ast.AST, what: str) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)} {what}"


def read(*folders: str, house: Path = HOUSE) -> list[Source]:
    """Return every module under the folders, sorted by path; a folder that does not exist yet has none."""
    paths = sorted(path for folder in folders for path in (house / folder).rglob("*.py"))
    return [Source(path.relative_to(house).as_posix(), path.read_text("utf-8")) for path in paths]


def dotted(node: ast.expr) -> str:
    """Return ``a.b.c`` for a chain of names; ``?`` stands for any part that is no plain name."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{dotted(value)}.{attr}"
        case ast.Subscript(value=value):
            return dotted(value)
    return "?"


def parents(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    return {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}


def ancestors(node: ast.AST, above: dict[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    """Yield the nodes around ``node``, innermost first."""
    while node in above:
        node = above[node]
        yield node

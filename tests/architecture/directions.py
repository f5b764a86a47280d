"""Who may import whom. A room is a folder or file at the top of bot/; each lists the rooms it may look into."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tests.architecture.source import Function, Source, ancestors, parents

PROGRAMS = ("bot", "sandbox", "demo")
# The clock's face (`Clock`, `SystemClock`) and the language's name are types that every room may name.
EVERYWHERE = {"bot.locales.Language", "bot.clock.clock"}
LEAVES = frozenset({"domain", "matching"})
CORE = LEAVES | {"usecases", "db"}
OUTER = frozenset({"slack", "delivery", "clock", "reports"})
CONFIGURATION = frozenset({"settings", "keys", "config"})
MAY_IMPORT: dict[str, frozenset[str]] = {
    "__init__": frozenset(),
    "domain": frozenset(),
    "matching": frozenset({"domain"}),
    "locales": frozenset({"domain"}),
    "section": frozenset(),
    "programme_settings": frozenset({"domain", "matching", "section"}),
    "settings": frozenset({"domain", "section", "programme_settings"}),
    "keys": frozenset({"settings"}),
    "config": frozenset({"settings", "keys"}),
    "manifest": frozenset({"settings", "config"}),
    "db": frozenset({"domain"}),
    "usecases": LEAVES | {"db"},
    "slack": CORE | CONFIGURATION | {"locales"},
    "delivery": CORE | CONFIGURATION,
    "clock": CORE | CONFIGURATION,
    "reports": CORE | {"locales"},
    "sheets": LEAVES | {"locales"},
    "bootstrap": CORE | CONFIGURATION | OUTER | {"locales", "metrics"},
    "running": CORE | CONFIGURATION | OUTER | {"bootstrap"},
    "safekeeping": CORE | CONFIGURATION | OUTER | {"running"},
    "logs": frozenset(),
    "metrics": CORE,
    "operate": CORE | CONFIGURATION | {"bootstrap"},
    "doctor": CORE | CONFIGURATION | OUTER | {"manifest", "bootstrap", "locales"},
    "cli": CORE
    | CONFIGURATION
    | OUTER
    | {"locales", "manifest", "bootstrap", "running", "operate", "safekeeping", "doctor", "logs", "sheets"},
    "__main__": frozenset({"cli"}),
}
# Rooms inside rooms that may see less than the room around them.
FACES = ("bot.slack.listeners", "bot.slack.screens")


@dataclass(frozen=True, slots=True)
class Import:
    """One imported thing: ``from bot.db import notes`` is ``bot.db.notes``; ``inside`` a function or at the top."""

    target: str
    node: ast.stmt
    inside: bool


def imports(source: Source) -> Iterator[Import]:
    above = parents(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            inside = any(isinstance(around, Function) for around in ancestors(node, above))
            yield from (Import(target, node, inside) for target in _targets(source, node))


def _targets(source: Source, node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    base = node.module or ""
    if node.level:
        package = source.module.split(".") if source.path.endswith("__init__.py") else source.module.split(".")[:-1]
        base = ".".join([*package[: len(package) - node.level + 1], *([base] if base else [])])
    return [f"{base}.{alias.name}" for alias in node.names]


def wrong_directions(source: Source) -> list[str]:
    """Return the imports that point the wrong way."""
    found = (_wrong(source, imported) for imported in imports(source))
    return [breach for breach in found if breach]


def _wrong(source: Source, imported: Import) -> str | None:
    program, other = source.module.split(".")[0], imported.target.split(".")[0]
    if program in PROGRAMS and other in {"tests", "benchmarks"}:
        return source.breach(imported.node, f"{program} imports {other}")
    if other not in PROGRAMS:
        return None
    if program != other:
        return _wrong_program(source, imported, program, other)
    return _wrong_room(source, imported) if program == "bot" else None


def _wrong_program(source: Source, imported: Import, program: str, other: str) -> str | None:
    if source.module.startswith("bot.cli.") and imported.inside:
        return None
    return source.breach(imported.node, f"{program} imports {other}") if program in {"bot", "sandbox"} else None


def _wrong_room(source: Source, imported: Import) -> str | None:
    room, other = _room(source.module), _room(imported.target)
    if room not in MAY_IMPORT:
        return source.breach(imported.node, f"{room} is no room of the house; give it a row in MAY_IMPORT")
    if imported.target in EVERYWHERE or imported.target.rpartition(".")[0] in EVERYWHERE:
        return None
    if source.module.startswith(FACES):
        return _wrong_in_face(source, imported, other)
    if other not in {room, "__init__"} | MAY_IMPORT[room]:
        return source.breach(imported.node, f"{room} imports {imported.target}")
    return None


def _room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and not parts[1].startswith("__v") else "__init__"


def _wrong_in_face(source: Source, imported: Import, other: str) -> str | None:
    if other not in LEAVES | {"usecases", "locales", "slack"}:
        return source.breach(imported.node, f"{source.module} imports {imported.target}")
    if not source.module.startswith("bot.slack.screens"):
        return None
    if imported.target.startswith("bot.slack.listeners"):
        return source.breach(imported.node, f"a screen imports the listener {imported.target}")
    name = imported.target.split(".")[-1]
    if other == "usecases" and not name[0].isupper():
        return source.breach(imported.node, f"a screen may know what a use case returns, not {imported.target}")
    return None

"""The house rules a machine can see. Each rule takes modules and returns its breaches; exceptions are handed in."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from statistics import median

from tests.architecture.source import Function, Source, ancestors, dotted, parents

FILE_LINES = 300
FUNCTION_LINES = 50
MEDIAN_LINES = 10
DRAWERS = frozenset({"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"})


def long_files(source: Source, limit: int = FILE_LINES) -> list[str]:
    lines = len(source.text.splitlines())
    return [f"{source.path}:{lines} is longer than {limit} lines"] if lines > limit else []


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def long_functions(source: Source, limit: int = FUNCTION_LINES) -> list[str]:
    return [
        source.breach(function, f"{function.name} has {length(function)} lines, more than {limit}")
        for function in source.functions
        if length(function) > limit
    ]


def median_too_long(sources: Iterable[Source], limit: int = MEDIAN_LINES) -> list[str]:
    """Return one breach when the median function has ``limit`` lines or more."""
    lengths = [length(function) for source in sources for function in source.functions]
    middle = median(lengths) if lengths else 0
    return [f"the median function has {middle} lines; it should stay under {limit}"] if middle >= limit else []


def drawers(source: Source) -> list[str]:
    """Return the file when it is named like a drawer for everything."""
    words = {word for part in source.module.split(".") for word in part.lower().split("_")}
    return [f"{source.path}:1 is named like a drawer: {', '.join(sorted(words & DRAWERS))}"] if words & DRAWERS else []


_NOW = re.compile(
    r"(?:.*\.)?(?:datetime|dt)\.(?:now|utcnow|today)|(?:.*\.)?date\.today|time\.(?:time|time_ns|localtime|gmtime)"
    r"|(?:.*\.)?func\.(?:now|current_timestamp|current_date|localtimestamp|sysdate)"
)


def asks_the_time(source: Source) -> list[str]:
    """Return every place that asks for the time of day itself, called or handed on, in Python or in SQL."""
    asked = [
        source.breach(node, f"{dotted(node)} belongs to the clock")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and _NOW.fullmatch(dotted(node))
    ]
    imported = [
        source.breach(node, "time.time belongs to the clock")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time" and {n.name for n in node.names} & _TIME_NAMES
    ]
    return asked + imported


_TIME_NAMES = frozenset({"time", "time_ns", "localtime", "gmtime"})


def commits(source: Source) -> list[str]:
    return [
        source.breach(node, "only the session commits")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]


def broad_excepts(source: Source) -> list[str]:
    """Return bare handlers and those for Exception or BaseException, alone or in a tuple."""
    return [
        source.breach(node, "catches everything")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node.type)
    ]


def _catches_everything(caught: ast.expr | None) -> bool:
    kinds = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(kind is None or dotted(kind).split(".")[-1] in {"Exception", "BaseException"} for kind in kinds)


_TWO_WORDS = re.compile(r"[^\W\d_]{2,}[,;:]?\s+[^\W\d_]{2,}|[^\W\d_]{2,}[,;:]?\s+\{\}|\{\}\s+[^\W\d_]{2,}")
_LABEL = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+(?:-[A-Za-zäöüß]+)?[.!?…]?")
_COMMAND = re.compile(r"/[a-z-]+\b.*")
_CATALOGUE = frozenset({"words", "N_"})
_LOGGERS = frozenset({"log", "logger", "logging", "warnings", "_log"})
_PROGRAMMING_ERRORS = frozenset(
    {"ValueError", "TypeError", "KeyError", "LookupError", "RuntimeError", "AssertionError", "NotImplementedError"}
)


def literal_sentences(source: Source, *, labels: bool = False) -> list[str]:
    """Return texts for people that are not in the catalogue: two words in a row, or with ``labels`` one capitalised.

    Docstrings, annotations, log lines, assertions and errors of the programmer are no texts for people.
    """
    above = parents(source.tree)
    exempt = _docstrings(source.tree)
    return [
        source.breach(node, f"“{text}” is not in the catalogue")
        for node, text in _texts(source.tree, above)
        if node not in exempt and _is_for_people(text, labels=labels) and not _has_a_place(node, above)
    ]


def _texts(tree: ast.Module, above: dict[ast.AST, ast.AST]) -> Iterator[tuple[ast.expr, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if not isinstance(above[node], (ast.JoinedStr, ast.FormattedValue)):
                yield node, node.value
        elif isinstance(node, ast.JoinedStr) and not isinstance(above[node], ast.FormattedValue):
            yield node, "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def _is_for_people(text: str, *, labels: bool) -> bool:
    if _COMMAND.fullmatch(text):
        return False
    return bool(_TWO_WORDS.search(text) or (labels and _LABEL.fullmatch(text)))


def _docstrings(tree: ast.Module) -> set[ast.AST]:
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _has_a_place(node: ast.expr, above: dict[ast.AST, ast.AST]) -> bool:
    inner: ast.AST = node
    for around in ancestors(node, above):
        if isinstance(around, ast.Call) and ((inner in around.args and _is_catalogue(around)) or _is_internal(around)):
            return True
        if isinstance(around, ast.Assert) and inner is around.msg:
            return True
        if inner in {getattr(around, "annotation", None), getattr(around, "returns", None)}:
            return True
        inner = around
    return False


def _is_catalogue(call: ast.Call) -> bool:
    name = dotted(call.func)
    return name.split(".")[-1] in _CATALOGUE or name.endswith("words.many")


def _is_internal(call: ast.Call) -> bool:
    parts = dotted(call.func).split(".")
    return bool(_LOGGERS & set(parts[:-1])) or parts[-1] in _PROGRAMMING_ERRORS


_PURE_CALLS = frozenset(
    {
        "N_", "NewType", "TypeVar", "ParamSpec", "namedtuple", "NamedTuple", "field", "re.compile", "frozenset", "set",
        "dict", "tuple", "list", "range", "zip", "enumerate", "sorted", "len", "min", "max", "sum", "chr", "ord", "str",
        "int", "timedelta", "date", "time", "datetime", "MappingProxyType", "Decimal", "Path", "UUID", "ContextVar",
        "logging.getLogger", "structlog.get_logger", "structlog.stdlib.get_logger", "Formatter", "itemgetter",
        "attrgetter", "partial", "cast", "Enum", "StrEnum", "dataclass", "lru_cache", "cache", "contextmanager",
        "final", "overload", "runtime_checkable", "TypeAdapter", "Field", "BeforeValidator", "AfterValidator",
        "command", "admin_command", "action", "submission", "shortcut", "suggestion", "event",
    }
)  # fmt: skip
_PURE_METHODS = frozenset(
    {"fromkeys", "split", "join", "items", "keys", "values", "union", "encode", "lower", "strip", "format", "resolve"}
)


def import_effects(source: Source, allowed: Collection[str] = ()) -> list[str]:
    """Return what is called while the module is imported, apart from pure constructors.

    Pure are the listed calls, methods of literals, classes of the same module or of ``bot`` that only hold values,
    and ``allowed`` names (dotted, as written). Bodies of classes declare and are not looked into.
    """
    own = _value_classes(source.tree)
    return [
        source.breach(call, f"{dotted(call.func)}() runs on import")
        for call in _calls_on_import(source.tree.body)
        if not _is_pure(call, own | frozenset(allowed))
    ]


def _is_pure(call: ast.Call, own: Collection[str]) -> bool:
    name = dotted(call.func)
    last = name.split(".")[-1]
    if name in own or name in _PURE_CALLS:
        return True
    return isinstance(call.func, ast.Attribute) and last in _PURE_METHODS


def _value_classes(tree: ast.Module) -> frozenset[str]:
    imported = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {"bot", "sandbox", "demo"}
        for alias in node.names
        if alias.name[0].isupper() and alias.name != "Settings"  # reads files and the environment
    }
    return frozenset(imported | {node.name for node in tree.body if isinstance(node, ast.ClassDef)})


def _calls_on_import(body: Iterable[ast.stmt]) -> Iterator[ast.Call]:
    for statement in body:
        if isinstance(statement, (*_DEFINITIONS, ast.If)):
            yield from _calls_in_parts(statement)
        else:
            yield from _calls(statement)


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _calls_in_parts(statement: ast.stmt) -> Iterator[ast.Call]:
    if isinstance(statement, ast.If) and "__name__" not in ast.unparse(statement.test):
        yield from _calls(statement.test)
        yield from _calls_on_import([*statement.body, *statement.orelse])
    elif isinstance(statement, _DEFINITIONS):
        for decorator in statement.decorator_list:
            yield from _calls(decorator)


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, ast.Call):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _calls(child)


def missing_future(source: Source) -> list[str]:
    """Return the module when it has code but no ``from __future__ import annotations``."""
    has_code = any(
        not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) for node in source.tree.body
    )
    present = any(
        isinstance(node, ast.ImportFrom) and node.module == "__future__" and node.names[0].name == "annotations"
        for node in source.tree.body
    )
    return [f"{source.path}:1 lacks `from __future__ import annotations`"] if has_code and not present else []

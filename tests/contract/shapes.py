"""Comparing what was sent with the shapes in `slack_keys.json` (how they are written is said in the script)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any


def strangers(value: Any, shape: Any, at: str = "") -> Iterator[str]:
    """Yield the path of every key that the shape does not know."""
    if isinstance(value, list) and isinstance(shape, list):
        for one in value:
            yield from strangers(one, shape[0], f"{at}[]")
    if not isinstance(value, dict) or not isinstance(shape, dict):
        return
    for key, inside in value.items():
        known = [name for name in (key, f"{key}?", "*") if name in shape]
        if known:
            yield from strangers(inside, shape[known[0]], _under(at, key))
        else:
            yield _under(at, key)


def missing(value: Any, shape: Any, at: str = "") -> Iterator[str]:
    """Yield the path of every key that the shape needs and the value does not have."""
    if isinstance(value, list) and isinstance(shape, list):
        for one in value:
            yield from missing(one, shape[0], f"{at}[]")
    if not isinstance(value, dict) or not isinstance(shape, dict):
        return
    yield from (_under(at, key) for key in shape if not key.endswith(("?", "*")) and key not in value)
    for key, inside in value.items():
        known = [name for name in (key, f"{key}?", "*") if name in shape]
        yield from missing(inside, shape[known[0]], _under(at, key)) if known else ()


def paths(value: Any, at: str = "") -> Iterator[str]:
    """Yield the path of every key in the value: `message.text`, `members[].profile`."""
    if isinstance(value, list):
        for one in value:
            yield from paths(one, f"{at}[]")
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield _under(at, key)
            yield from paths(inside, _under(at, key))


def with_paths(shape: Any, more: Iterable[str]) -> Any:
    """Return the shape that also knows these paths, as keys that may be left out."""
    for path in more:
        shape = _added(shape, path.split("."))
    return shape


def _added(shape: Any, parts: list[str]) -> Any:
    if not parts:
        return shape
    key, is_list = parts[0].removesuffix("[]"), parts[0].endswith("[]")
    known = dict(shape) if isinstance(shape, dict) else {}
    name = key if key in known else f"{key}?"
    inside = known.get(name)
    if is_list:
        known[name] = [_added(inside[0] if isinstance(inside, list) else None, parts[1:])]
    else:
        known[name] = _added(inside, parts[1:])
    return known


def closed(shape: Any) -> Any:
    """Return the shape without its open ends: beside named keys a `*` only says that more may come some day."""
    if isinstance(shape, list):
        return [closed(one) for one in shape]
    if not isinstance(shape, dict):
        return shape
    kept = {key: inside for key, inside in shape.items() if key != "*"} or shape
    return {key: closed(inside) for key, inside in kept.items()}


def _under(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key

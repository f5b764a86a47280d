"""Which listener answers what. Listeners are plain functions that carry a mark; nothing happens on import."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import TypeVar

from bot.slack.house import House
from bot.slack.replies import Reply
from bot.slack.requests import Kind, Request

Listener = Callable[[Request, House], Reply]
F = TypeVar("F", bound=Listener)
_MARK = "answers_to"


@dataclass(frozen=True, slots=True)
class Route:
    kind: Kind
    name: str


def command(word: str, *aliases: str) -> Callable[[F], F]:
    """Answer ``/tandem word``; aliases are the same word in German or in short."""
    return _marked(Kind.COMMAND, [f"/tandem {one}".strip() for one in (word, *aliases)])


def admin_command(word: str, *aliases: str) -> Callable[[F], F]:
    """Answer ``/tandem-admin word``."""
    return _marked(Kind.COMMAND, [f"/tandem-admin {one}".strip() for one in (word, *aliases)])


def action(*names: str) -> Callable[[F], F]:
    """Answer a click on any element with one of these action ids."""
    return _marked(Kind.ACTION, names)


def submission(name: str) -> Callable[[F], F]:
    """Answer a form with this callback id."""
    return _marked(Kind.SUBMISSION, [name])


def shortcut(name: str) -> Callable[[F], F]:
    """Answer a global or message shortcut."""
    return _marked(Kind.SHORTCUT, [name])


def suggestion(*names: str) -> Callable[[F], F]:
    """Answer what is typed into selects with these action ids."""
    return _marked(Kind.SUGGESTION, names)


def event(*names: str) -> Callable[[F], F]:
    """Answer events of these types."""
    return _marked(Kind.EVENT, names)


def _marked(kind: Kind, names: Iterable[str]) -> Callable[[F], F]:
    def mark(listener: F) -> F:
        routes = getattr(listener, _MARK, ())
        setattr(listener, _MARK, (*routes, *(Route(kind, name) for name in names)))
        return listener

    return mark


class Router:
    """All listeners of the house by what they answer."""

    def __init__(self, modules: Iterable[ModuleType]) -> None:
        self._listeners: dict[Route, Listener] = {}
        for module in modules:
            for value in vars(module).values():
                for route in getattr(value, _MARK, ()) if callable(value) else ():
                    if self._listeners.setdefault(route, value) is not value:
                        raise ValueError(f"two listeners answer {route}")

    def find(self, kind: Kind, name: str) -> Listener | None:
        return self._listeners.get(Route(kind, name))

    def words(self, command_name: str) -> list[str]:
        """Return every word that can follow a command."""
        lead = f"{command_name} "
        return [
            r.name.removeprefix(lead) for r in self._listeners if r.kind is Kind.COMMAND and r.name.startswith(lead)
        ]

    def nearest(self, command_name: str, word: str) -> str | None:
        """Return the command word most like what was typed; None when nothing is near."""
        close = difflib.get_close_matches(word.lower()[:40], self.words(command_name), n=1, cutoff=0.6)
        return close[0] if close else None

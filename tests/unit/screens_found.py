"""Every screen of the house, found by reading its modules. What each looks like is in bot/slack/samples."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable
from importlib import import_module
from typing import Any

from bot.slack import screens
from bot.slack.samples.sample import screen_name

SHOWN = {"Message", "View", "list[Block]", "tuple[Block, ...]", "list[Element]"}


def all_screens() -> dict[str, Callable[..., Any]]:
    """Return every public function in a screens module that makes something to look at, by name."""
    modules = [import_module(found.name) for found in pkgutil.iter_modules(screens.__path__, f"{screens.__name__}.")]
    functions = [
        function
        for module in modules
        for name, function in sorted(vars(module).items())
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
    ]
    return {screen_name(one): one for one in functions if one.__annotations__.get("return") in SHOWN}

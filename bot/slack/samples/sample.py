"""One screen with what it is given; and the days and names that all samples share."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bot.locales import Words
from bot.slack.samples.content import Content

MONDAY, NEXT_MONDAY, SUMMER = date(2026, 11, 2), date(2026, 11, 9), date(2027, 6, 30)
THIRD = "Olga Brandt"
ID = UUID("01935d4f-0000-7000-8000-000000000001")


@dataclass(frozen=True)
class Sample:
    """One screen with what it is given, by parameter name."""

    screen: Callable[..., Any]
    case: str
    given: Mapping[str, Any]

    @property
    def name(self) -> str:
        return screen_name(self.screen)

    def drawn(self, words: Words) -> Any:
        """Return what the screen makes of it in a language."""
        spoken = {"words": words} if "words" in inspect.signature(self.screen).parameters else {}
        return self.screen(**self.given, **spoken)


def two_partners(content: Content) -> tuple[str, str]:
    """Return who somebody is together with where they are three."""
    return (content.partners[0], THIRD)


def screen_name(screen: Callable[..., Any]) -> str:
    return f"{screen.__module__.rpartition('.')[2]}.{screen.__name__}"


def of(screen: Callable[..., Any], case: str = "", **given: Any) -> Sample:
    return Sample(screen, case, given)

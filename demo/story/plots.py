"""The plots there are: what is played, how it is checked, and what is said of it in the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from demo.story import checks, script
from demo.story.cast import Player, cast
from demo.story.season import calendar
from demo.story.season import checks as season_checks
from demo.story.season import script as season_script
from demo.story.stage import Stage


@dataclass(frozen=True, slots=True)
class Plot:
    """``title`` is a key of the narrator's, ``programme`` what is configured.

    ``play`` raises StoryBroken; ``doubts`` says what is wrong, ``tally`` what was counted, ``findings`` what is right.
    """

    title: str
    start: datetime
    people: Callable[[], dict[str, Player]]
    play: Callable[[Stage], None]
    doubts: Callable[[Stage], list[str]]
    tally: Callable[[Stage], str]
    findings: Callable[[Stage], list[str]]
    programme: Mapping[str, Any] = field(default_factory=dict)


FOUR_WEEKS = Plot(
    "title",
    datetime(2026, 10, 8, 3, 0, tzinfo=UTC),
    cast,
    script.play,
    lambda stage: checks.doubts(stage.entries, stage.secrets, stage.people, stage.voice),
    checks.tally,
    checks.findings,
)
SEASON = Plot(
    "season.title",
    calendar.START,
    calendar.players,
    season_script.play,
    season_checks.doubts,
    season_checks.tally,
    season_checks.findings,
    MappingProxyType({"holidays": calendar.REGION}),
)
PLOTS = MappingProxyType({4: FOUR_WEEKS, 12: SEASON})

"""What the people of the season do again and again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from types import MappingProxyType

from demo.story.season.calendar import AWAY, AWAY_WEEK, FIRST_WEEK, LAST_WEEK, SILENT, SILENT_WEEK, asked_on, partner
from demo.story.stage import Stage

Scene = Callable[[Stage], None]
MORNINGS = MappingProxyType(
    {"raj": "09:20", "noor": "09:20", "mira": "09:15", "jonas": "09:40", "ana": "09:15", "tess": "09:10"}
)
# One letter a week: first promise, kept, partly, not yet, away or not there yet. What is not kept is carried over, and
# the last check-in of a pairing asks for no promise.
ANSWERS = MappingProxyType(
    {
        "mira": "fkp-knkkpkpk",
        "jonas": "fpkknkkpknpk",
        "ana": "fpfknkpknkpk",
        "raj": "fkfnkpkknkpk",
        "tess": "--fkpknkkpkn",
        "noor": "--fkknkpknkk",
    }
)
OUTCOME = MappingProxyType({"k": "kept", "p": "partly", "n": "not_yet"})
NEW_WORDS = "fk"


def week_of(stage: Stage, week: int, scenes: Mapping[str, Scene]) -> None:
    """Let everybody answer in the order of their mornings; a scene of one's own is printed, the rest is not."""
    for who in _by_morning(stage, week):
        if (who, week) in {(AWAY, AWAY_WEEK), (SILENT, SILENT_WEEK)}:
            continue
        stage.at(who, asked_on(week), MORNINGS[who])
        if who in scenes:
            scenes[who](stage)
        else:
            with stage.offstage():
                answers(stage, who, week)


def _by_morning(stage: Stage, week: int) -> list[str]:
    day = asked_on(week)

    def morning(who: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(MORNINGS[who]), stage.people[who].clock)

    return sorted((who for who, first in FIRST_WEEK.items() if week >= first), key=morning)


def answers(stage: Stage, who: str, week: int) -> None:
    """Answer the check-in: with a new promise by the form, or by two taps that carry the old one over."""
    said = ANSWERS[who][week - 1]
    if said not in NEW_WORDS:
        stage.clicks(who, f"checkin.{OUTCOME[said]}")
        stage.clicks(who, "checkin.carry")
        return
    reader = partner(who, week)
    stage.clicks(who, "checkin.open")
    values = {}
    if week < LAST_WEEK[who]:
        values["promise"] = stage.keeps(who, _promise(who, week), reader)
    if said in OUTCOME:
        values["outcome"] = OUTCOME[said]
    if stage.voice.knows(f"season.{who}.{week}"):
        values["progress"] = stage.keeps(who, f"season.{who}.{week}", reader)
    stage.fills(who, 1, **values)


def _promise(who: str, week: int) -> str:
    """Return the key of a new promise: the first one somebody makes has the number 1."""
    return f"{who}.promise.{sum(ANSWERS[who][:week].count(one) for one in NEW_WORDS)}"


def scene(who: str, week: int, told: str = "", *, shows: bool = False) -> Scene:
    """Return the scene in which somebody answers on stage, after a sentence of the narrator."""

    def played(stage: Stage) -> None:
        if told:
            stage.tell(told)
        if shows:
            stage.shows(who, "checkin")
        answers(stage, who, week)

    return played

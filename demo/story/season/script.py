"""The plot of the season, week by week."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from demo.story.cast import OWNER
from demo.story.habits import joins
from demo.story.script import sets_up
from demo.story.season import episodes
from demo.story.season.calendar import AWAY_WEEK, DAY, EASTER_WEEK, FIRST_MONDAY, SILENT_WEEK, THURSDAY, WEEKS
from demo.story.season.habits import Scene, scene, week_of
from demo.story.stage import Stage
from demo.town import ROOM

AFTERWARDS = MappingProxyType(
    {
        1: episodes.agree,
        2: episodes.second_week,
        3: episodes.ticks_follow_up,
        AWAY_WEEK: episodes.comes_back,
        6: episodes.half_time,
        SILENT_WEEK: episodes.silence,
        EASTER_WEEK: episodes.easter,
        11: episodes.look_back,
        WEEKS: episodes.ends,
    }
)


def _scenes() -> Mapping[int, Mapping[str, Scene]]:
    """Return whose answer is worth a look, by week; everybody else answers unseen."""
    return {
        1: {"mira": scene("mira", 1, "first")},
        AWAY_WEEK: {"jonas": episodes.hears_of_it},
        5: {"mira": scene("mira", 5, "season.after_break", shows=True)},
        8: {"noor": scene("noor", 8, "season.carried")},
        9: {"noor": scene("noor", 9, "season.quiet", shows=True)},
        10: {"tess": scene("tess", 10, "season.partly")},
        12: {"mira": scene("mira", 12)},
    }


def play(stage: Stage) -> None:
    """Play everything from the set-up to the last day. Raises StoryBroken when something expected is missing."""
    _before(stage)
    for week in range(1, WEEKS + 1):
        _week(stage, week)


def _before(stage: Stage) -> None:
    stage.chapter(stage.voice("before"), THURSDAY, THURSDAY + DAY)
    with stage.offstage():
        sets_up(stage, THURSDAY)
        for who in ("mira", "jonas", "ana"):
            stage.at(who, THURSDAY, "11:15")
            joins(stage, who)
        stage.at("raj", THURSDAY + DAY, "10:15")
        joins(stage, "raj")
    stage.at(OWNER, THURSDAY + DAY, "11:00")
    stage.tell("season.match")
    stage.says(OWNER, "/tandem-admin match", ROOM)
    stage.clicks(OWNER, "round.approve")
    stage.end_chapter()


def _week(stage: Stage, week: int) -> None:
    monday = FIRST_MONDAY + (week - 1) * 7 * DAY
    stage.chapter(stage.voice("week", number=week), monday, monday + 4 * DAY)
    if week == AWAY_WEEK:
        episodes.goes_away(stage)
    week_of(stage, week, _scenes().get(week, {}))
    if week in AFTERWARDS:
        AFTERWARDS[week](stage)
    stage.end_chapter()

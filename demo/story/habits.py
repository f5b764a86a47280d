"""What the six do again and again, and what the story knows of each week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from demo.story.cast import PARTICIPANTS
from demo.story.record import Entry, Kind
from demo.story.stage import Stage

THURSDAY = date(2026, 10, 8)
FIRST_MONDAY = date(2026, 10, 12)
WEEKS = 4
AWAY_WEEK = 3  # Ana is away from its Monday on
BACK_ON = date(2026, 10, 30)
PAIR, TRIO = ("mira", "jonas"), ("ana", "raj", "tess")


def monday(week: int) -> date:
    """Return the Monday of a week; the first has number 1."""
    return FIRST_MONDAY + timedelta(weeks=week - 1)


def partners(who: str) -> tuple[str, ...]:
    return tuple(one for group in (PAIR, TRIO) if who in group for one in group if one != who)


def joins(stage: Stage, who: str) -> None:
    """Agree to the notice and fill in a profile."""
    typed = stage.voice.typed
    stage.says(who, typed("join"))
    stage.fills(who)
    language = stage.voice.language.value
    spoken = ["de", "en"] if who in PAIR else [language]
    hope = stage.keeps(who, f"{who}.hope")
    offers, wants = (typed(f"{who}.{side}").split(", ") for side in ("offers", "wants"))
    stage.fills(who, offers=offers, wants=wants, hope=hope, languages=spoken)


def notes(stage: Stage, who: str, key: str, *also: str) -> None:
    """Write a note that only ``also`` may see besides."""
    stage.says(who, f"{stage.voice.typed('note')} {stage.keeps(who, key, *also)}")


def answers(stage: Stage, who: str, week: int, outcome: str = "") -> None:
    """Answer the check-in of a week by its form: ``kept``, ``partly``, ``not_yet``, or none in the first week."""
    stage.clicks(who, "checkin.open")
    values = {"outcome": outcome} if outcome else {}
    values |= {"promise": stage.keeps(who, f"{who}.promise.{week}", *partners(who))}
    if stage.voice.knows(f"{who}.progress.{week}"):
        values["progress"] = stage.keeps(who, f"{who}.progress.{week}", *partners(who))
    if stage.voice.knows(f"{who}.reflection.{week}"):
        values["reflection"] = stage.keeps(who, f"{who}.reflection.{week}")
    stage.fills(who, None if week == 1 else 1, **values)


def prompts(entries: Iterable[Entry], about: str = "checkin") -> list[Entry]:
    """Return the check-in messages (or their reminders) in the order in which they came."""
    return [entry for entry in entries if entry.kind is Kind.MESSAGE and entry.about == about]


def shows_arrivals(stage: Stage, week: int) -> None:
    """Print when this week's check-ins came, each where it was read."""
    start = datetime.combine(monday(week), datetime.min.time(), UTC) - timedelta(days=1)
    came = [one for one in prompts(stage.entries) if one.at >= start]
    stage.tell("arrivals", count=len({one.at for one in came}))
    rows = []
    for one in came:
        player = stage.people[one.to[0]]
        there = stage.voice.moment(one.at.astimezone(player.clock))
        rows.append((player.first, stage.voice.city(player), there, f"{one.at:%H:%M}"))
    stage.printer.table([stage.voice(key) for key in ("name", "city", "there")] + ["UTC"], rows)


def shows_profiles(stage: Stage) -> None:
    """Print what everybody put into their profile."""
    typed = stage.voice.typed
    rows = [
        (stage.people[who].first, stage.voice.city(stage.people[who]), typed(f"{who}.offers"), typed(f"{who}.wants"))
        for who in PARTICIPANTS
    ]
    stage.printer.table([stage.voice(key) for key in ("name", "city", "offers", "wants")], rows)

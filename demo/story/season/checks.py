"""The season checks itself: every due week once, no day off disturbed, a promise after each answer, a way on.

After the last answer of a pairing there is no promise: nobody would ask for it any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from demo.story import checks
from demo.story.cast import Player
from demo.story.checks import brief
from demo.story.habits import prompts
from demo.story.record import Entry, Kind
from demo.story.season.calendar import (
    AWAY,
    AWAY_WEEK,
    BACK_ON,
    DAY,
    HOLIDAYS,
    LAST_WEEK,
    PARTICIPANTS,
    SILENT,
    asked_on,
    due,
)
from demo.story.stage import Secret, Stage, has_button
from demo.story.voice import Voice

# These close something or only let somebody know; nothing is asked with them.
ENDINGS = frozenset({"parted", "heard_answered"})
NUDGED = {SILENT: 1}


def doubts(stage: Stage) -> list[str]:
    """Return a sentence for everything that is not as it should be."""
    return found(stage.entries, stage.secrets, stage.people, stage.voice)


def found(entries: Sequence[Entry], secrets: Sequence[Secret], people: dict[str, Player], voice: Voice) -> list[str]:
    """Return the same for what was recorded."""
    return [
        *checks.twice(entries, people, voice),
        *checks.asked(entries, due(people), people, voice),
        *_days_off(entries, people, voice),
        *_promises(entries, people, voice),
        *_silence(entries, people, voice),
        *_dead_ends(entries, people, voice),
        *checks.leaks(entries, secrets, people, voice),
    ]


def _letters(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Return what the bot wrote to one person alone."""
    return (one for one in entries if one.kind is Kind.MESSAGE and len(one.to) == 1 and one.to[0] in PARTICIPANTS)


def _days_off(entries: Iterable[Entry], people: Mapping[str, Player], voice: Voice) -> Iterator[str]:
    for entry in _letters(entries):
        who, day = entry.to[0], _day(entry, people)
        if day in HOLIDAYS:
            yield voice("season.doubt.holiday", name=people[who].name, text=brief(entry.text))
        if day in _break_of(who):
            yield voice("doubt.disturbed", name=people[who].name, text=brief(entry.text))


def _day(entry: Entry, people: Mapping[str, Player]) -> date:
    return entry.at.astimezone(people[entry.to[0]].clock).date()


def _break_of(who: str) -> list[date]:
    first = asked_on(AWAY_WEEK)
    return [first + number * DAY for number in range((BACK_ON - first).days)] if who == AWAY else []


def _promises(entries: Iterable[Entry], people: Mapping[str, Player], voice: Voice) -> Iterator[str]:
    """Follow each promise from the answer it was made in to the check-in that asks for it."""
    standing: dict[str, str] = {}
    for entry, confirmed in _with_changes(entries):
        name, when = people[entry.to[0]].name, voice.moment(entry.at.astimezone(people[entry.to[0]].clock))
        if entry.about == "introduction":
            for who in entry.to:
                standing.pop(who, None)
        elif entry.kind is Kind.MESSAGE and entry.about == "checkin":
            if standing.get(entry.to[0], "") not in entry.text:
                yield voice("season.doubt.forgotten", name=name, when=when, text=brief(entry.text))
        elif _goes_on(entry, people):
            standing[entry.to[0]] = entry.values.get("promise") or standing.get(entry.to[0], "")
            if not any(standing[entry.to[0]] and standing[entry.to[0]] in text for text in confirmed):
                yield voice("season.doubt.no_promise", name=name, when=when, text=brief(entry.text))


def _goes_on(entry: Entry, people: Mapping[str, Player]) -> bool:
    """Say whether this act answers a check-in behind which another one comes."""
    return is_answer(entry) and _day(entry, people) != asked_on(LAST_WEEK[entry.to[0]])


def is_answer(entry: Entry) -> bool:
    """Say whether this act answers a check-in: its form, or the tap that carries the promise over."""
    filled = entry.kind is Kind.FILLED and entry.about == "checkin.save"
    return filled or (entry.kind is Kind.CLICKED and entry.about == "checkin.carry")


def _with_changes(entries: Iterable[Entry]) -> Iterator[tuple[Entry, list[str]]]:
    """Return each entry with what messages of the same person turned into at that moment."""
    several = list(entries)
    turned: dict[tuple[tuple[str, ...], datetime], list[str]] = {}
    for one in several:
        if one.kind is Kind.CHANGED:
            turned.setdefault((one.to, one.at), []).append(one.text)
    return ((one, turned.get((one.to, one.at), [])) for one in several if one.to and one.to[0] in PARTICIPANTS)


def _silence(entries: Sequence[Entry], people: Mapping[str, Player], voice: Voice) -> Iterator[str]:
    asked = [one for one in _letters(entries) if one.about.startswith("silence_")]
    for who in PARTICIPANTS:
        count = sum(one.to[0] == who for one in asked)
        if count != NUDGED.get(who, 0):
            wanted = NUDGED.get(who, 0)
            yield voice("season.doubt.silence", name=people[who].name, count=count, wanted=wanted)


def _dead_ends(entries: Iterable[Entry], people: Mapping[str, Player], voice: Voice) -> Iterator[str]:
    for entry in _letters(entries):
        if entry.about not in ENDINGS and not has_button(entry.blocks):
            yield voice("season.doubt.dead_end", name=people[entry.to[0]].name, text=brief(entry.text))


def tally(stage: Stage) -> str:
    """Say how many answers there were."""
    given = [one for one in stage.entries if is_answer(one)]
    carried = sum(one.about == "checkin.carry" for one in given)
    return stage.voice("season.promises", count=len(given), carried=carried)


def findings(stage: Stage) -> list[str]:
    """Say what is as it should be, with how much was looked at."""
    entries, voice = stage.entries, stage.voice
    days = len(HOLIDAYS) * len(PARTICIPANTS) + sum(len(_break_of(who)) for who in PARTICIPANTS)
    counts = {
        "season.check.twice": sum(one.kind is Kind.MESSAGE for one in entries),
        "season.check.asked": len(prompts(entries)),
        "season.check.quiet": days,
        "season.check.promise": sum(_goes_on(one, stage.people) for one in entries),
        "season.check.way_on": sum(1 for _ in _letters(entries)),
        "check.secret": len(stage.secrets),
    }
    silence = voice("season.check.silence", name=stage.people[SILENT].first, count=NUDGED[SILENT])
    return [*(voice(key, count=count) for key, count in counts.items()), silence]

"""The story checks itself: nobody twice, nobody missed, no word before the wrong eyes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from demo.story.cast import PARTICIPANTS, Player
from demo.story.habits import AWAY_WEEK, BACK_ON, WEEKS, monday, prompts
from demo.story.record import ACTS, Entry, Kind
from demo.story.stage import Secret, Stage
from demo.story.voice import Voice

AWAY = "ana"
REMINDED = {"raj": 1, "tess": 1}
NINE = time(9)
HOUR = timedelta(hours=1)
MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Promises:
    """How many were made, and what became of those that were due."""

    made: int
    kept: int
    partly: int
    not_yet: int

    @property
    def due(self) -> int:
        return self.kept + self.partly + self.not_yet


def doubts(entries: Sequence[Entry], secrets: Sequence[Secret], people: dict[str, Player], voice: Voice) -> list[str]:
    """Return a sentence for everything that is not as it should be."""
    return [
        *twice(entries, people, voice),
        *asked(entries, due(people), people, voice),
        *_reminded(entries, people, voice),
        *_disturbed(entries, people, voice),
        *leaks(entries, secrets, people, voice),
    ]


def twice(entries: Iterable[Entry], people: dict[str, Player], voice: Voice) -> Iterator[str]:
    """Say what arrived twice, by its key or by its words on one day."""
    posted = [entry for entry in entries if entry.kind is Kind.MESSAGE]
    by_key = Counter(entry.key for entry in posted if entry.key)
    by_words = Counter((entry.spot[0], entry.at.date(), entry.text) for entry in posted)
    for entry in {one.key or str(one.spot): one for one in posted}.values():
        if by_key[entry.key] > 1 or by_words[entry.spot[0], entry.at.date(), entry.text] > 1:
            yield voice("doubt.twice", names=names_of(entry.to, people, voice), text=brief(entry.text))


def asked(
    entries: Iterable[Entry], wanted: Iterable[tuple[str, datetime]], people: dict[str, Player], voice: Voice
) -> Iterator[str]:
    """Say who was not asked when they should have been, or when they should not."""
    came = Counter((entry.to[0], entry.at) for entry in prompts(entries))
    for who, at in wanted:
        if not came.pop((who, at), 0):
            day = voice.words.date(at.astimezone(people[who].clock).date())
            yield voice("doubt.missing", name=people[who].name, day=day)
    for who, at in came:
        when = voice.moment(at.astimezone(people[who].clock))
        yield voice("doubt.extra", name=people[who].name, when=when)


def due(people: dict[str, Player]) -> Iterator[tuple[str, datetime]]:
    """Return who is to be asked when: each Monday at nine of their own day, unless they are away."""
    for week in range(1, WEEKS + 1):
        for who in PARTICIPANTS:
            if (who, week) != (AWAY, AWAY_WEEK):
                yield who, datetime.combine(monday(week), NINE, people[who].clock)


def _reminded(entries: Iterable[Entry], people: dict[str, Player], voice: Voice) -> Iterator[str]:
    came = Counter(entry.to[0] for entry in prompts(entries, "checkin_reminder"))
    for who in PARTICIPANTS:
        wanted = REMINDED.get(who, 0)
        if came[who] != wanted:
            yield voice("doubt.reminder", name=people[who].name, count=came[who], wanted=wanted)


def _disturbed(entries: Iterable[Entry], people: dict[str, Player], voice: Voice) -> Iterator[str]:
    start = datetime.combine(monday(AWAY_WEEK), NINE, people[AWAY].clock)
    end = datetime.combine(BACK_ON, time(), people[AWAY].clock)
    for entry in entries:
        if entry.kind is Kind.MESSAGE and entry.to == (AWAY,) and start <= entry.at < end:
            yield voice("doubt.disturbed", name=people[AWAY].name, text=brief(entry.text))


def waited(entries: Iterable[Entry], people: dict[str, Player]) -> int:
    """Count what reached the one who was away on the morning of the return."""
    nine = datetime.combine(BACK_ON, NINE, people[AWAY].clock)
    return sum(one.kind is Kind.MESSAGE and one.to == (AWAY,) and nine <= one.at < nine + HOUR for one in entries)


def leaks(
    entries: Iterable[Entry], secrets: Iterable[Secret], people: dict[str, Player], voice: Voice
) -> Iterator[str]:
    """Say who could read what only others may."""
    seen = [entry for entry in entries if entry.kind not in ACTS]
    for secret in secrets:
        strangers = {who for entry in seen if secret.text in entry.text for who in entry.to} - secret.readers
        if strangers:
            names = names_of(sorted(strangers), people, voice)
            yield voice("doubt.leak", names=names, text=brief(secret.text))


def names_of(handles: Iterable[str], people: dict[str, Player], voice: Voice) -> str:
    return voice.words.list([people[one].name for one in handles if one in people])


def brief(text: str) -> str:
    """Return the first line, cut where it is long."""
    line = text.splitlines()[0] if text else ""
    return line if len(line) <= MOST_SHOWN else f"{line[:MOST_SHOWN]}…"


def promises(entries: Iterable[Entry]) -> Promises:
    """Count what people answered in their check-ins, from the forms they sent."""
    forms = [entry for entry in entries if entry.kind is Kind.FILLED and entry.about == "checkin.save"]
    chosen = Counter(entry.values.get("outcome") for entry in forms)
    return Promises(len(forms), *(chosen[outcome] for outcome in ("kept", "partly", "not_yet")))


def tally(stage: Stage) -> str:
    """Say what became of the promises."""
    made = promises(stage.entries)
    return stage.voice(
        "promises", made=made.made, due=made.due, kept=made.kept, partly=made.partly, not_yet=made.not_yet
    )


def findings(stage: Stage) -> list[str]:
    """Say what is as it should be, with how much was looked at."""
    entries = stage.entries
    counts = {
        "check.twice": sum(entry.kind is Kind.MESSAGE for entry in entries),
        "check.asked": len(prompts(entries)),
        "check.quiet": waited(entries, stage.people),
        "check.reminded": len(prompts(entries, "checkin_reminder")),
        "check.secret": len(stage.secrets),
    }
    return [stage.voice(key, count=count) for key, count in counts.items()]

"""The states to start from, made by playing the real bot in a town of its own that nobody looks at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time

from bot.locales import Language
from demo.desk.cast import OWNER, colleagues
from demo.desk.crowd import crowd_in
from demo.desk.deeds import Players
from demo.desk.diary import DAY, STATES, diary
from demo.desk.lines import BOOKS, CHATTER, ROOM_LINES
from demo.desk.stage import Stage
from demo.desk.state import State
from demo.town import ROOM, Town
from sandbox.page.seeds import Place

NAMES = ("empty", "week3", "final")
CROWD = "crowd"  # week3 among 200 colleagues and 5,000 messages: to see how the page bears it
BEFORE = {"week3": "empty", "final": "week3", CROWD: "week3"}
FIRST = "mira"


Tell = Callable[[datetime, float], None]  # takes the moment that is lived and the share that is done, 0 to 1


def _nobody(_at: datetime, _share: float) -> None:
    """Nobody waits for it."""


class Seeds:
    """Plays each seed once and remembers it; a later one grows out of the one before."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._played: dict[str, State] = {}

    def state(self, name: str, tell: Tell = _nobody) -> State:
        """Return a seed's state; the first time it takes seconds, in which `tell` hears how far it is."""
        missing = self._missing(name)
        for one in missing:
            self._play(one, lambda at: tell(at, _share(at, missing)))
        return self._played[name]

    def _missing(self, name: str) -> list[str]:
        """Return the seeds still to be played for this one, the earliest first."""
        if name in self._played:
            return []
        return [*self._missing(BEFORE[name]), name] if name in BEFORE else [name]

    def _play(self, name: str, tell: Callable[[datetime], None]) -> None:
        before = self._played[BEFORE[name]] if name in BEFORE else None
        with Stage.opened(self._language) as stage:
            if before:
                stage.bring(before)
            to = Players(stage.town, self._language)
            stage.town.box.limits.enforced = False
            if before is None:
                _move_in(to)
            elif name == CROWD:
                crowd_in(stage.town.box)
            else:
                _live(to, before.now, STATES[name], tell)
            self._played[name] = stage.state(name, _begin(stage.town, name))


def _share(at: datetime, seeds: list[str]) -> float:
    """Return how much of what happens in seeds that grow out of each other has happened before a moment."""
    start, end = STATES[BEFORE.get(seeds[0], seeds[0])], max(STATES[one] for one in seeds if one in STATES)
    deeds = diary(start, end)
    return sum(one.at < at for one in deeds) / len(deeds)


def _move_in(to: Players) -> None:
    box = to.town.box
    for one in colleagues().values():
        box.add_person(one.handle, **one.profile(to.language))
    here = [handle for handle, one in colleagues().items() if not one.facts.get("deleted")]
    inside = [handle for handle in here if not colleagues()[handle].facts]
    box.add_channel("general", private=False, members=[*inside, OWNER])
    box.add_channel("book-club", private=False, members=["amelie", "rui", "mira", "ines", "meera"])
    box.add_channel(ROOM, private=True, members=[OWNER, "katrin"], bot_in=True)
    for channel, lines in (("general", CHATTER), ("book-club", BOOKS), (ROOM, ROOM_LINES)):
        for who, pair in lines:
            box.write_in(who, channel, to.said(pair))
    for handle in here:
        box.read_all(handle)


def _live(to: Players, after: datetime, until: datetime, tell: Callable[[datetime], None]) -> None:
    for entry in diary(after, until):
        tell(entry.at)
        _pass_time(to.town, entry.at)
        entry.deed(to)
    _pass_time(to.town, until)
    to.town.deliver()


def _pass_time(town: Town, until: datetime) -> None:
    """Let time pass with a look at the plan once a day, which is enough when nobody watches, and far quicker."""
    ticks = town.tandem.ticks
    while town.now < until:
        due = ticks.next_moment()
        midnight = datetime.combine(town.now.date() + DAY, time(), UTC)
        town.clock.move_to(min(until, midnight, max(due, town.now)) if due else min(until, midnight))
        if town.now == midnight:
            ticks.plan()
        ticks.send()


def _begin(town: Town, name: str) -> Place:
    """Where a newcomer looks first: the owners' room to set up a programme, later an open check-in."""
    return (OWNER, town.box.channel(ROOM).id) if name == "empty" else (FIRST, "dm")

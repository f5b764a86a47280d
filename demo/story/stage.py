"""The stage: people act in the town, and what the sandbox recorded of it is shown or counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from demo.story.cast import Player
from demo.story.printer import Printer
from demo.story.record import ACTS, Entry, Kind, Recorder
from demo.story.voice import Voice
from demo.town import ROOM, Town
from sandbox import Answer, Message


class StoryBroken(Exception):
    """Something that should have been seen was not; the text is a sentence for the reader."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A text somebody typed and the handles that may see it."""

    text: str
    readers: frozenset[str]


class Stage:
    """``who`` is always a handle. Every act is followed by the bot's due work, as when it runs by itself."""

    def __init__(self, town: Town, voice: Voice, printer: Printer, people: dict[str, Player]) -> None:
        self.town, self.voice, self.printer, self.people = town, voice, printer, people
        self.recorder = Recorder(town.box)
        self.secrets: list[Secret] = []
        self._quiet = False
        self._shown: set[Entry] = set()
        self._week_from = 0

    @property
    def entries(self) -> list[Entry]:
        return self.recorder.entries

    @contextmanager
    def offstage(self) -> Iterator[None]:
        """Let people act without printing it; it is recorded and counted all the same."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def chapter(self, title: str, first: date, last: date) -> None:
        self.printer.chapter(title, self.voice.span(first, last))
        self._week_from = len(self.entries)

    def end_chapter(self) -> None:
        """Say how much of the week is printed."""
        week = [entry for entry in self.entries[self._week_from :] if entry.kind not in ACTS]
        shown = sum(entry in self._shown for entry in week)
        self.printer.note(self.voice("week_end", all=len(week), shown=shown))

    def tell(self, key: str, **fields: object) -> None:
        self.printer.tell(self.voice(key, **fields))

    def at(self, who: str, day: date, clock: str) -> None:
        """Let time pass until it is ``clock`` on ``day`` where ``who`` lives."""
        moment = datetime.combine(day, time.fromisoformat(clock), self.people[who].clock).astimezone(UTC)
        if moment < self.town.now:
            raise ValueError(f"the story would go back to {moment}")
        self.town.travel_to(moment)
        self.recorder.take()

    def waits(self, hours: float) -> None:
        """Let time pass without the bot."""
        self.town.clock.move(timedelta(hours=hours))

    def says(self, who: str, line: str, channel: str | None = None) -> None:
        self._acted(who, self.town.says(who, line, channel))

    def invites_bot(self, who: str) -> None:
        """Type Slack's own command that brings the bot into the owners' room."""
        self.town.box.invite_bot(ROOM)
        self.recorder.take()
        invited = Entry(self.town.now, Kind.TYPED, (who,), "/invite @Tandem", f"#{ROOM}")
        self.entries.append(invited)
        self._show(invited, who)

    def clicks(self, who: str, action: str, *, answer: bool = True) -> None:
        """Press the newest button of that name somebody has in front of them; print the direct answer, or not."""
        self._acted(who, self.town.clicks(who, self._with_button(who, action), action), answer=answer)

    def clicks_home(self, who: str, action: str) -> None:
        """Press a button of the home tab, which is then drawn anew."""
        self._acted(who, self.town.clicks_home(who, action), answer=False)

    def ends_goal(self, who: str) -> None:
        """Choose "done" in the menu of the goal on somebody's home tab."""
        home = self.town.box.home(who)
        menus = [control for block in home.blocks for control in _controls(block)] if home else []
        options = [one for menu in menus for one in menu.get("options", ()) if one["value"].startswith("done:")]
        if not options:
            raise StoryBroken(self._unseen(who, "goal.menu"))
        self._acted(who, self.town.clicks_home(who, "goal.menu", options[0]["value"]))

    def fills(self, who: str, most: int | None = None, /, **values: Any) -> None:
        """Fill the open form and send it; print at most that many lines of the answer."""
        self._acted(who, self.town.submits(who, values), most=most)

    def changes(self, who: str, **facts: Any) -> None:
        """Let Slack tell the bot that something about a person is different, such as the status."""
        self._acted(who, self.town.changes(who, **facts))

    def opens_home(self, who: str) -> None:
        self.town.opens_home(who)
        self._acted(who, Answer())

    def keeps(self, who: str, key: str, *also: str) -> str:
        """Return what somebody types and remember that only they and ``also`` may ever see it."""
        text = self.voice.typed(key)
        self.secrets += [Secret(line, frozenset({who, *also})) for line in text.splitlines()]
        return text

    def shows(self, who: str, about: str, *, kind: Kind = Kind.MESSAGE, most: int | None = None) -> None:
        """Print the newest thing of that sort on somebody's screen. Raises StoryBroken when there is none."""
        self.printer.scene(self.people[who], self.find(who, about, kind).at)
        self._print(self.find(who, about, kind), most)

    def find(self, who: str, about: str, kind: Kind = Kind.MESSAGE) -> Entry:
        """Return the newest thing of that sort somebody can see. Raises StoryBroken when there is none."""
        for entry in reversed(self.entries):
            if who in entry.to and entry.about == about and entry.kind is kind:
                return entry
        raise StoryBroken(self._unseen(who, about))

    def _unseen(self, who: str, what: str) -> str:
        return self.voice("doubt.unseen", name=self.people[who].name, what=what)

    def _with_button(self, who: str, action: str) -> Message:
        for message in reversed(self.town.box.messages(who)):
            if any(action == element.get("action_id") for block in message.blocks for element in _controls(block)):
                return message
        raise StoryBroken(self._unseen(who, action))

    def _acted(self, who: str, done: Answer, *, answer: bool = True, most: int | None = None) -> None:
        direct = self.recorder.take()
        if not done.ok:
            raise StoryBroken(self.voice("doubt.refused", name=self.people[who].name, what=_why(done)))
        for entry in direct:
            drawn_anew = entry.kind is Kind.HOME and direct[0].kind is not Kind.OPENED
            if who in entry.to and not _is_empty_form(entry) and not drawn_anew and (answer or entry.kind in ACTS):
                self._show(entry, who, most)
        self.town.deliver()
        self.recorder.take()

    def _show(self, entry: Entry, who: str, most: int | None = None) -> None:
        if self._quiet:
            return
        self.printer.scene(self.people[who], entry.at)
        self._print(entry, most)

    def _print(self, entry: Entry, most: int | None = None) -> None:
        self._shown.add(entry)
        self.printer.entry(entry, self.recorder.names, most)


def has_button(blocks: Iterable[Mapping[str, Any]]) -> bool:
    """Say whether there is anything to press in a message."""
    return any(_controls(block) for block in blocks if block["type"] in {"actions", "section"})


def _controls(block: Mapping[str, Any]) -> list[dict[str, Any]]:
    accessory = block.get("accessory")
    return [*block.get("elements", ()), *([accessory] if accessory else ())]


def _is_empty_form(entry: Entry) -> bool:
    return entry.kind is Kind.WINDOW and any(block["type"] == "input" for block in entry.blocks)


def _why(answer: Answer) -> str:
    return "; ".join(answer.errors.values()) or answer.problem

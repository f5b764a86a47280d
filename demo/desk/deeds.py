"""Single things people do in the seeded weeks, each through the stand-in Slack and the real bot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.locales import Language
from demo.desk.cast import OWNER, participants
from demo.desk.lines import NOT_YET, NOTES, PARTLY, PROGRAMME, PURPOSE, Pair, Topic, Week, said
from demo.desk.topics import topics
from demo.town import ROOM, Town
from sandbox import Answer, Message

WEEKS = "6"
OUTCOMES = ("kept", "kept", "partly", "kept", "not_yet")


class SeedBroken(Exception):
    """Somebody could not do what a seed wants of them; the text names who and what."""


@dataclass(frozen=True, slots=True)
class Players:
    """The town they play in and the language they type in."""

    town: Town
    language: Language

    def said(self, pair: Pair) -> str:
        return said(pair, self.language)

    def topic(self, who: str) -> Topic:
        return topics()[participants()[who].wants]

    def week(self, who: str, number: int) -> Week:
        """Return what somebody promises in a week; two who learn the same do not promise the same."""
        weeks = self.topic(who).weeks
        return weeks[(number - 1 + _turn(who)) % len(weeks)]

    def finish(self, who: str, answer: Answer, what: str) -> None:
        """See that it worked, close what is open and have everything read."""
        if not answer.ok:
            raise SeedBroken(f"{who}: {what}: {answer.problem or answer.errors}")
        box = self.town.box
        while box.modal(who):
            box.close_modal(who)
        box.read_all(who)


def _turn(who: str) -> int:
    """Return where in a topic's promises somebody begins: the first who wants it at the first."""
    wants = participants()[who].wants
    return [one for one, habits in participants().items() if habits.wants == wants].index(who) * 2


def set_up(to: Players) -> None:
    to.town.says(OWNER, "/tandem-admin setup", ROOM)
    fields = {"name": to.said(PROGRAMME), "purpose": to.said(PURPOSE), "weeks": WEEKS}
    to.finish(OWNER, to.town.submits(OWNER, fields), "set up")


def join(to: Players, who: str) -> None:
    habits = participants()[who]
    to.town.says(who, "/tandem join")
    to.town.submits(who, {})
    fields = {
        "offers": to.said(topics()[habits.offers].skill),
        "wants": to.said(to.topic(who).skill),
        "hope": to.said(to.topic(who).hope),
        "languages": [to.language.value],
    }
    to.finish(who, to.town.submits(who, fields), "join")


def match(to: Players) -> None:
    to.town.says(OWNER, "/tandem-admin match", ROOM)
    to.finish(OWNER, to.town.clicks(OWNER, _with(to, OWNER, "round.approve"), "round.approve"), "match")


def set_goal(to: Players, who: str) -> None:
    to.town.says(who, "/tandem goal")
    topic = to.topic(who)
    fields = {"title": to.said(topic.goal), "steps": to.said(topic.steps), "visibility": "shared"}
    to.finish(who, to.town.submits(who, fields), "goal")


def tick(to: Players, who: str) -> None:
    to.town.opens_home(who)
    to.finish(who, to.town.clicks_home(who, "step.tick.0"), "tick")


def note(to: Players, who: str) -> None:
    to.finish(who, to.town.says(who, f"/tandem note {to.said(NOTES[who])}"), "note")


def pause(to: Players, who: str, until: str) -> None:
    to.finish(who, to.town.says(who, f"/tandem pause until {until}"), "pause")


def cheer(to: Players, who: str) -> None:
    """Cheer for the newest summary that has not been cheered for, if there is one."""
    found = _newest(to, who, "checkin.cheer")
    if found:
        to.finish(who, to.town.clicks(who, found, "checkin.cheer"), "cheer")


def answer(to: Players, who: str, week: int) -> None:
    """Answer the open check-in, if there is one: who is on a break has none."""
    asked = _newest(to, who, "checkin.open")
    if not asked or _is_answered(asked):
        return
    outcome = OUTCOMES[(_turn(who) + week + len(who)) % len(OUTCOMES)]
    to.town.clicks(who, asked, "checkin.open")
    form = to.town.box.modal(who)
    wanted = {block["block_id"] for block in form.blocks} if form else set()
    values: dict[str, Any] = {}
    if "promise" in wanted:  # the last check-in asks for none
        values["promise"] = to.said(to.week(who, week).promise)
    if "outcome" in wanted:
        values |= {"outcome": outcome, "progress": to.said(_became(to, who, week, outcome))}
    to.finish(who, to.town.submits(who, values), f"check-in {week}")


def _became(to: Players, who: str, week: int, outcome: str) -> Pair:
    if outcome == "kept":
        return to.week(who, week - 1).kept
    lines = PARTLY if outcome == "partly" else NOT_YET
    return lines[(week + len(who)) % len(lines)]


def _is_answered(asked: Message) -> bool:
    """An answered check-in has its button still, to change the answer, but not as the main one."""
    return "primary" not in str(asked.blocks)


def _with(to: Players, who: str, action: str) -> Message:
    found = _newest(to, who, action)
    if not found:
        raise SeedBroken(f"{who} has no {action} in front of them")
    return found


def _newest(to: Players, who: str, action: str) -> Message | None:
    seen = to.town.box.messages(who)
    return next((one for one in reversed(seen) if f"'{action}'" in str(one.blocks)), None)

"""R5: the database fails at any statement of any intent: all of it is kept or nothing, and the person is told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from demo.town import ROOM, Town
from sandbox import Answer, Message
from tests.faults.statements import FAULTS, failing
from tests.integration.household import everything
from tests.scenario.habits import OWNER, live_here, sent, together, told
from tests.scenario.people import shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
MOST = 60  # statements; no intent comes near
# Somebody may be looked up at Slack, and a request refused or repeated, without any effect of the intent.
APART = frozenset({"person", "inbound", "audit", "workspace"})


@dataclass(frozen=True, slots=True)
class Intent:
    """Something a person does; ``prepare`` brings them there once, ``ready`` before each try."""

    who: str
    act: Callable[[Town], Answer]
    prepare: Callable[[Town], object] = lambda _town: None
    ready: Callable[[Town], object] = lambda _town: None


def says(line: str) -> Callable[[Town], Answer]:
    return lambda town: town.says("lena", line)


def submits(**fields: Any) -> Callable[[Town], Answer]:
    return lambda town: town.submits("lena", fields)


def clicks(who: str, action: str, words: str = "") -> Callable[[Town], Answer]:
    return lambda town: town.clicks(who, _with(town, who, action, words), action)


def _with(town: Town, who: str, action: str, words: str) -> Message:
    return [one for one in town.box.messages(who) if action in str(one.blocks) and words in shown(one)][-1]


def leaving(town: Town) -> None:
    town.says("noah", "/tandem leave")


def a_goal(town: Town) -> None:
    town.says("lena", "/tandem goal")
    sent(town, "lena", {"title": "Listen", "steps": "one\ntwo"})


def a_checkin(town: Town) -> None:
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")


def an_answer(town: Town) -> None:
    a_checkin(town)
    sent(town, "lena", {"promise": "two pages", "progress": "a line", "reflection": "a thought"})
    town.deliver()


def two_newcomers(town: Town) -> None:
    live_here(town, "pia", "emil")
    for handle in ("pia", "emil"):
        town.says(handle, "/tandem join")
        town.submits(handle, {})
        town.submits(handle, {"offers": "cooking", "wants": "baking", "languages": ["en"]})
        town.box.close_modal(handle)


def a_preview(town: Town) -> None:
    two_newcomers(town)
    town.says(OWNER, "/tandem-admin match", ROOM)


def a_newcomer(town: Town) -> None:
    live_here(town, "pia")


def a_notice(town: Town) -> None:
    while town.box.modal("pia"):
        town.box.close_modal("pia")
    town.says("pia", "/tandem join")


def a_profile(town: Town) -> None:
    a_newcomer(town)
    a_notice(town)
    town.submits("pia", {})


INTENTS = {
    "a note": Intent("lena", says("/tandem note two evenings for one page")),
    "a note undone": Intent("lena", clicks("lena", "note.undo"), says("/tandem note a slip")),
    "a goal": Intent("lena", submits(title="Listen", steps="one\ntwo", why="because"), says("/tandem goal")),
    "a check-in": Intent("lena", submits(promise="two pages", progress="a line", reflection="a thought"), a_checkin),
    "a cheer": Intent("noah", clicks("noah", "checkin.cheer"), an_answer),
    "a break": Intent("lena", says("/tandem pause 2 weeks")),
    "a return": Intent("lena", says("/tandem resume"), says("/tandem pause 2 weeks")),
    "a leave": Intent("noah", clicks("noah", "leave.confirm"), leaving),
    "a language": Intent("lena", says("/tandem language de")),
    "a consent": Intent("pia", lambda town: town.submits("pia", {}), a_newcomer, a_notice),
    "a profile": Intent(
        "pia",
        lambda town: town.submits("pia", {"offers": "tea", "wants": "cake", "languages": ["en"]}),
        a_profile,
    ),
    "a match": Intent(OWNER, lambda town: town.says(OWNER, "/tandem-admin match", ROOM), two_newcomers),
    "an approval": Intent(OWNER, clicks(OWNER, "round.approve"), a_preview),
}
QUICK = ("a check-in", "a leave", "an approval")


def kept(town: Town) -> dict[str, Any]:
    stored = everything(town.tandem.database)
    chosen = [row["chosen_language"] for row in stored["person"]]
    return {name: rows for name, rows in stored.items() if name not in APART} | {"languages": chosen}


def heard(town: Town, intent: Intent, answer: Answer, before: int) -> str:
    """Return everything the person was told: in the answer, at a field, in a window, in a message for them alone."""
    later = alone(town, intent.who)[before:]
    modal = town.box.modal(intent.who)
    return " ".join([answer.text, shown(answer), str(answer.errors), *later, shown(modal) if modal else ""])


def alone(town: Town, who: str) -> list[str]:
    return [shown(one) for one in town.box.messages(who) if one.ephemeral]


@pytest.mark.parametrize("name", INTENTS)
def test_whatever_statement_fails_all_is_kept_or_nothing(
    town: Town,
    name: str,
    thorough: bool,  # noqa: FBT001  a fixture
) -> None:
    """Locked, full or cut at each statement in turn: no trace, a sentence; and once it works, it works."""
    fault_kinds = FAULTS if thorough or name in QUICK else FAULTS[-1:]
    intent = INTENTS[name]
    together(town, "lena", "noah")
    town.box.limits.enforced = False
    intent.prepare(town)
    intent.ready(town)
    before = kept(town)
    faults = [(at, kind) for at in range(MOST) for kind in fault_kinds]
    for at, kind in faults:
        intent.ready(town)
        before_it = len(alone(town, intent.who))
        with failing(town.tandem.database.engine, kind, at) as saboteur:
            answer = intent.act(town)
        if not saboteur.struck:
            break
        assert kept(town) == before, f"{kind} at statement {at} left something"
        assert "could not be saved" in heard(town, intent, answer, before_it), (
            f"{kind} at statement {at}: nothing was said"
        )
    assert at > 2, "hardly a statement was tried"
    assert kept(town) != before, "in the end it has its effect"


def test_whatever_statement_of_a_delivery_fails_the_message_comes_once(town: Town) -> None:
    """Claiming it, writing down what Slack said, every commit: the next tick or process makes up for it."""
    together(town, "lena", "noah")
    a_goal(town)
    for at in range(MOST):
        town.says("lena", f"/tandem note thought {at}.")
        with failing(town.tandem.database.engine, "locked", at) as saboteur, suppress(OperationalError):
            town.tandem.ticks.deliver()
        for _ in range(3):
            town.clock.move(timedelta(minutes=2))
            town.tandem.ticks.reap()
            town.tandem.ticks.deliver()
        assert sum(f"thought {at}." in text for text in told(town, "noah")) == 1, f"statement {at}"
        if not saboteur.struck:
            break
    assert at > 5, "hardly a statement was tried"

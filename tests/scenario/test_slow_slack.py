"""Slack takes its time for every call: the ack comes all the same, and the answer when Slack has spoken (R8)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from demo.town import ROOM, Town
from sandbox import Answer
from tests.patience import PATIENCE
from tests.scenario.habits import OWNER, answer, live_here, programme, typed
from tests.scenario.people import newest, shown

# Seconds: longer than any ack and than a form's own look-up take on a busy machine, shorter than a call is waited for.
IN_TIME = 7.0
LOOKED_UP = ("users.info", "conversations.info", "conversations.members")
KNOWN = (
    "help",
    "note a slip",
    "notes",
    "goals",
    "partner",
    "checkin",
    "profile",
    "privacy",
    "guidelines",
    "frobnicate",
)
OWNERS = ("setup", "match", "status", "help")
STRANGERS = ("help", "join", "note a slip", "privacy", "frobnicate")


def slow(town: Town, *methods: str, seconds: float = PATIENCE) -> None:
    """Let calls hang in the air until Slack is quick again; an ack that waited for one would come too late."""
    town.box.hub.courier.patience = IN_TIME
    for method in methods:
        town.box.faults.add(method=method, kind="slow", seconds=seconds, times=None)


def followed(town: Town) -> None:
    """See that a slow call is under way, let Slack be quick again and wait for every answer."""
    assert town.box.until(lambda: any(call.fault == "slow" for call in town.box.hub.calls))
    town.box.faults.clear()
    assert town.tandem.follow_ups.wait(30)


def asked(town: Town) -> list[str]:
    """Return which look-ups were made."""
    return [call.method for call in town.box.calls if call.method in LOOKED_UP]


@pytest.mark.slow
def test_every_command_is_acked_in_time_however_long_slack_takes(town: Town) -> None:
    """Participants, owners, strangers, all at once; nobody's ack waits for a look-up."""
    programme(town, "lena", "noah")
    live_here(town, *(f"new{number}" for number in range(len(STRANGERS))))
    told: list[tuple[str, str, str | None]] = [("lena", f"/tandem {line}", None) for line in KNOWN]
    told += [(OWNER, f"/tandem-admin {line}", ROOM) for line in OWNERS]
    told += [(f"new{number}", f"/tandem {line}", None) for number, line in enumerate(STRANGERS)]
    slow(town, *LOOKED_UP)

    def says(one: tuple[str, str, str | None]) -> Answer:
        who, line, channel = one
        command, _, text = line.partition(" ")
        return town.box.command(who, command, text, channel)

    with ThreadPoolExecutor(len(told)) as pool:
        answers = list(pool.map(says, told))
    assert {line: one.problem for (_, line, _), one in zip(told, answers, strict=True) if not one.ok} == {}

    followed(town)
    for number, line in enumerate(STRANGERS):
        if line != "join":
            assert all(one.ephemeral for one in town.box.messages(f"new{number}")), line
            assert town.box.messages(f"new{number}"), line
    said = "\n".join(shown(one) for one in town.box.messages(OWNER) if one.ephemeral)
    assert "Nothing failed" in said
    assert not [one for one in town.box.channel_messages(ROOM) if "Nothing failed" in shown(one)]


def test_who_is_known_is_answered_without_a_look_up(town: Town) -> None:
    """Nothing a participant does all week has to wait for Slack."""
    programme(town, "lena")
    before = asked(town)
    for line in KNOWN:
        assert town.says("lena", f"/tandem {line}").ok, line
    assert asked(town) == before


def test_what_an_owner_asks_is_looked_up_after_an_empty_ack(town: Town) -> None:
    """The ack says nothing; the answer follows where only the owner sees it."""
    programme(town, "lena")
    said = town.box.command(OWNER, "/tandem-admin", "status", ROOM)
    assert (said.ok, said.raw or None, said.message) == (True, None, None)
    assert town.tandem.follow_ups.wait()
    assert newest(town, OWNER).ephemeral
    assert "Nothing failed" in shown(newest(town, OWNER))


def test_a_form_that_can_no_longer_open_is_said_with_the_way_on(town: Town) -> None:
    """After three seconds Slack opens nothing any more, and the person reads that they can try again."""
    live_here(town, OWNER)
    town.box.add_channel(ROOM, private=True, members=[OWNER], bot_in=True)
    slow(town, "conversations.info")
    town.box.hub.triggers.lifetime = 0.0
    assert town.box.command(OWNER, "/tandem-admin", "setup", ROOM).ok
    followed(town)
    assert town.box.modal(OWNER) is None
    assert "try again in a minute" in shown(newest(town, OWNER))
    assert newest(town, OWNER).ephemeral

    town.box.hub.triggers.lifetime = PATIENCE
    town.says(OWNER, "/tandem-admin setup", ROOM)
    assert typed(town, OWNER, "weeks") == "12"


@pytest.mark.parametrize("method", ["conversations.info", "conversations.members"])
def test_an_owners_form_sent_while_slack_is_slow_stays_open_with_its_text(town: Town, method: str) -> None:
    """It cannot be acked before it is decided, so the look-up gives up in time and nothing is changed."""
    live_here(town, OWNER)
    town.box.add_channel(ROOM, private=True, members=[OWNER], bot_in=True)
    town.says(OWNER, "/tandem-admin setup", ROOM)
    slow(town, method)
    result = town.submits(OWNER, {"name": "Side by side"})
    assert "did not answer me just now" in str(result.errors), result
    assert typed(town, OWNER, "name") == "Side by side"

    followed(town)
    assert town.submits(OWNER, {}).ok
    town.deliver()
    assert "Side by side" in shown(town.box.channel_messages(ROOM)[-1])


def test_an_approval_is_acked_before_slack_is_asked_and_has_its_effect_once(town: Town) -> None:
    programme(town, "lena", "noah")
    town.says(OWNER, "/tandem-admin match", ROOM)
    seen = newest(town, OWNER)
    slow(town, "conversations.members")
    assert all(town.box.click(OWNER, seen, "round.approve").ok for _ in range(2))
    followed(town)
    town.deliver()
    assert sum("A round was approved" in one.text for one in town.box.channel_messages(ROOM)) == 1


def test_a_slack_that_never_answers_is_said(town: Town) -> None:
    programme(town)
    town.box.faults.add(method="conversations.info", kind="reset", times=None)
    assert "did not answer me just now" in answer(town, OWNER, "/tandem-admin status", ROOM)


def test_an_answer_under_way_when_the_bot_stops_still_comes(town: Town) -> None:
    """Whoever was acked is answered, even if that takes a step more while everything closes."""
    programme(town, "lena", "noah")
    slow(town, "conversations.info", seconds=2.0)
    assert town.box.command(OWNER, "/tandem-admin", "match", ROOM).ok
    assert town.box.until(lambda: any(call.fault == "slow" for call in town.box.hub.calls))
    town.stop_bot()
    assert "Preview" in shown(newest(town, OWNER))
    town.start_bot()

"""R1 and R2: what Slack delivers several times, in any order, late and over a restart, has one effect."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from demo.town import ROOM, Town
from sandbox.deliveries import Delivery
from tests.scenario.habits import OWNER, answer, everything, live_here, sent, together, told
from tests.scenario.people import join, shown

LISTS = 250  # in the full form, on each database; both together are the 500 that are promised
FEW = 4
MOST_TIMES = 4


def causes(town: Town, number: int) -> None:
    """Let people do five things, none of which depends on another, while the bot is away."""
    newcomer = f"new{number}"
    live_here(town, newcomer)
    town.box.command("lena", "/tandem", f"note lena says {number}.")
    town.box.command("noah", "/tandem", f"note noah says {number}.")
    town.box.say("ida", f"a thought of mine {number}.")
    town.box.join(newcomer, ROOM)
    town.box.change_person("omar", name=f"Omar {number}.")


def delivered(town: Town, some: list[Delivery], dice: random.Random) -> None:
    """Deliver each one to four times, in any order, with the bot started anew somewhere in between."""
    several = [one for one in some for _ in range(dice.randint(1, MOST_TIMES))]
    dice.shuffle(several)
    restart = dice.randrange(len(several))
    for position, one in enumerate(several):
        if position == restart:
            town.stop_bot()
            town.start_bot()
        assert [reply.status for reply in town.box.replay(one)] == [200], one.kind
    assert town.tandem.follow_ups.wait()


def check_one_effect(town: Town, number: int) -> None:
    for author, reader in (("lena", "noah"), ("noah", "lena")):
        words = f"{author} says {number}."
        assert answer(town, author, "/tandem notes").count(words) == 1
        assert sum(words in text for text in told(town, reader)) == 1, f"{reader} reads {words!r} once"
    thought = f"a thought of mine {number}."
    offers = [one for one in town.box.messages("ida") if "note.draft" in str(one.blocks) and thought in shown(one)]
    assert len(offers) == 1
    newcomer = town.box.person(f"new{number}").id
    assert everything(town, OWNER).count(newcomer) in {1, 2}  # the line for notifications names them, too
    assert sum(newcomer in shown(one) for one in town.box.messages(OWNER)) == 1


def test_lists_of_events_delivered_several_times_in_any_order_have_one_effect(
    town: Town,
    thorough: bool,  # noqa: FBT001  a fixture
) -> None:
    """Notes are kept and told once, an offer is made once, an owner is announced once."""
    together(town, "lena", "noah")
    live_here(town, "ida", "omar")
    join(town, "ida")
    town.box.limits.enforced = False  # many days within a few seconds
    for who in ("lena", "noah"):
        town.says(who, "/tandem goal")
        sent(town, who, {"title": "Speak up"})
    for number in range(LISTS if thorough else FEW):
        dice = random.Random(number)
        town.stop_bot()
        before = len(town.box.deliveries)
        causes(town, number)
        missed = town.box.deliveries[before:]
        assert len(missed) == 5 and not any(one.settled for one in missed)
        town.start_bot()

        delivered(town, missed, dice)
        town.travel(timedelta(minutes=3))  # a call that a busy machine left unclear is looked up
        check_one_effect(town, number)


@pytest.mark.parametrize("retry", [1, 2, 3])
def test_an_event_whose_first_delivery_never_arrived_is_processed(town: Town, retry: int) -> None:
    """It says of itself that it is a repetition; it is the first that was heard."""
    together(town, "lena", "noah")
    live_here(town, "ida")
    town.stop_bot()
    town.box.join("ida", ROOM)
    for _ in range(retry - 1):
        town.box.redeliver_pending()
    lost = town.box.deliveries[-1]
    assert (lost.attempts, lost.settled) == (retry, False)
    town.start_bot()
    town.box.redeliver_pending()
    assert town.box.until(lambda: lost.settled)

    assert lost.attempts == retry + 1
    assert town.tandem.follow_ups.wait()
    town.deliver()
    assert sum("is now an owner" in shown(one) for one in town.box.messages(OWNER)) == 1

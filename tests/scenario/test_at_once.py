"""Two things at one moment: whoever comes second finds what the first one left."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime

import sqlalchemy as sa

from bot.db.promises import PromiseRow
from bot.db.transaction import Transaction
from bot.domain.answers import CheckinAnswer
from bot.domain.people import Actor
from bot.usecases import answers, breaks, checkins, offers, partings, rounds
from demo.town import ROOM, Town
from sandbox import Answer
from tests.scenario.habits import OWNER, answer, letters, live_here, programme, together, told
from tests.scenario.people import join, match, newest, shown

A_MOMENT = 0.5  # seconds: enough to come to the same place, less than Slack waits
NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


def while_another_process(
    town: Town, who: str, first: Callable[[Transaction, Actor], object], then: Callable[[], Answer], room: str = ""
) -> Answer:
    """Let another process do something for ``who`` and, before it commits, somebody ask for something here."""
    database = town.tandem.database
    with ThreadPoolExecutor(1) as pool:
        with database.transaction(database.workspaces()[0][0]) as tx:
            rooms = frozenset({town.box.channel(room).id}) if room else frozenset[str]()
            actor = tx.people.actor(town.box.person(who).id, rooms=rooms)
            tx.hold("person", actor.person)
            first(tx, actor)
            asked = pool.submit(then)
            wait([asked], timeout=A_MOMENT)  # by now it waits for the other, or has acted on what is not true any more
        return asked.result()


def test_a_break_ended_twice_at_once_is_told_once(town: Town) -> None:
    """On the phone and at the desk: the second is told that everything runs already."""
    together(town, "lena", "noah")
    answer(town, "lena", "/tandem pause 2 weeks")
    town.deliver()

    again = while_another_process(town, "lena", breaks.resume, lambda: town.says("lena", "/tandem resume"))

    assert again.message is not None
    assert "not on a break" in shown(again.message)
    town.deliver()
    assert len([one for one in told(town, "noah") if "back from the break" in one]) == 1


def test_a_check_in_answered_twice_at_once_makes_one_promise(town: Town) -> None:
    """The later words replace the earlier ones; nothing is promised twice."""
    together(town, "lena", "noah")
    town.travel_to(NEXT_MONDAY)
    town.says("lena", "/tandem checkin")

    def on_the_phone(tx: Transaction, actor: Actor) -> None:
        asked = checkins.current_checkin(tx, actor)
        answers.answer_checkin(tx, actor, asked.id, CheckinAnswer(None, None, "first words", "one thought"))

    sent = while_another_process(
        town, "lena", on_the_phone, lambda: town.submits("lena", {"promise": "last words", "reflection": "another"})
    )

    assert sent.ok and not sent.errors, sent
    town.deliver()
    assert "last words" in told(town, "noah")[-1]
    database = town.tandem.database
    with database.reading(database.workspaces()[0][0]) as tx:
        assert tx.count(sa.select(PromiseRow)) == 1


def test_who_leaves_while_a_round_is_approved_leaves_the_new_partner_free(town: Town) -> None:
    """Nobody is left alone in a pairing with somebody who is gone."""
    programme(town, "lena", "noah")
    town.says(OWNER, "/tandem-admin match", ROOM)
    answer(town, "lena", "/tandem leave")
    leaving = newest(town, "lena")

    def approve(tx: Transaction, actor: Actor) -> None:
        [preview] = tx.rounds.previews(tx.programmes.active()[0].id)
        rounds.approve(tx, actor, town.box.channel(ROOM).id, preview.id)

    gone = while_another_process(town, OWNER, approve, lambda: town.clicks("lena", leaving, "leave.confirm"), ROOM)

    assert gone.ok, gone
    live_here(town, "ida")
    join(town, "ida")
    town.says(OWNER, "/tandem-admin match", ROOM)
    town.clicks(OWNER, newest(town, OWNER), "round.approve")
    assert "Ida" in answer(town, "noah", "/tandem partner")


def test_two_who_say_yes_at_once_are_introduced_once(town: Town) -> None:
    """Whoever comes second finds the first yes, and is the last one that was missing."""
    programme(town, "lena", "noah", ask_first="yes")
    match(town, owner=OWNER)
    question = letters(town, "noah")[-1]

    def on_her_phone(tx: Transaction, actor: Actor) -> None:
        [mine] = tx.offers.of_people([actor.person])
        assert offers.accept(tx, actor, mine.id) is False

    said = while_another_process(town, "lena", on_her_phone, lambda: town.clicks("noah", question, "offer.accept"))

    assert said.ok, said
    town.deliver()
    assert "Noah" in answer(town, "lena", "/tandem partner")
    assert len([one for one in town.box.messages("lena") if "You are partners in" in shown(one)]) == 1


def test_two_who_part_at_once_part_once(town: Town) -> None:
    """The second finds that it is over already; both read one message and wait with one round's priority."""
    together(town, "lena", "noah")
    answer(town, "noah", "/tandem partner")
    shown_to_noah = newest(town, "noah")

    def first(tx: Transaction, actor: Actor) -> None:
        mine = tx.enrolments.active(actor)
        pairing = tx.pairings.current(mine.id)
        assert pairing is not None
        assert partings.part(tx, actor, pairing.id) is False

    said = while_another_process(town, "lena", first, lambda: town.clicks("noah", shown_to_noah, "partner.unfit"))

    assert said.ok, said
    assert "it has ended" in shown(newest(town, "noah"))
    town.deliver()
    for who in ("lena", "noah"):
        assert len([text for text in told(town, who) if "ends here" in text]) == 1

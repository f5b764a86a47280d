"""A programme is set up in a private channel by the right people, and looked after there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from demo.town import ROOM, Town
from tests.scenario.habits import OWNER, answer, everything, form, live_here, programme, sent, together, typed
from tests.scenario.people import set_up, shown

ASKED = {"name": "Side by side", "purpose": "Learn from each other", "weeks": "8", "weekday": "wednesday", "hour": "10"}


def test_an_owner_sets_up_a_programme_and_the_room_reads_that_it_is_ready(town: Town) -> None:
    """What was filled in stands, the room hears of it once, and the way to go on is said."""
    live_here(town, OWNER)
    set_up(town, owner=OWNER, **ASKED)
    town.deliver()

    [ready] = town.box.channel_messages(ROOM)
    assert "Side by side" in shown(ready)
    assert "Wednesday" in shown(ready)
    assert "/tandem-admin match" in shown(ready)
    town.says(OWNER, "/tandem-admin setup", ROOM)
    assert (typed(town, OWNER, "weeks"), typed(town, OWNER, "weekday"), typed(town, OWNER, "hour")) == (
        "8",
        "wednesday",
        "10",
    )


def test_where_the_bot_is_not_a_member_it_says_how_to_invite_it(town: Town) -> None:
    """After the invitation the same command works."""
    live_here(town, OWNER)
    town.box.add_channel(ROOM, private=True, members=[OWNER], bot_in=False)
    assert "/invite @Tandem" in answer(town, OWNER, "/tandem-admin setup", ROOM)
    assert town.box.modal(OWNER) is None

    town.box.invite_bot(ROOM)
    town.says(OWNER, "/tandem-admin setup", ROOM)
    sent(town, OWNER, ASKED)


@pytest.mark.parametrize("bot_in", [True, False])
def test_a_public_channel_is_refused_because_owners_need_a_private_one(town: Town, bot_in: bool) -> None:  # noqa: FBT001
    """Nobody is sent to invite the bot to a channel that would be refused next."""
    live_here(town, OWNER)
    town.box.add_channel("lobby", private=False, members=[OWNER], bot_in=bot_in)
    said = answer(town, OWNER, "/tandem-admin setup", "lobby")
    assert "private channel" in said
    assert town.box.modal(OWNER) is None


def test_a_direct_message_is_refused_because_owners_need_a_channel(town: Town) -> None:
    """Nobody is told to invite the bot into a conversation it is in already."""
    live_here(town, OWNER)
    said = answer(town, OWNER, "/tandem-admin setup")
    assert "private channel" in said
    assert town.box.modal(OWNER) is None


def test_a_channel_shared_with_another_company_is_refused(town: Town) -> None:
    live_here(town, OWNER)
    town.box.add_channel("joint", private=True, members=[OWNER], bot_in=True, shared=True)
    assert "another company" in answer(town, OWNER, "/tandem-admin setup", "joint")


def test_only_an_admin_or_a_named_person_sets_up_the_first_programme(town: Town) -> None:
    live_here(town, "lena")
    town.box.add_channel(ROOM, private=True, members=["lena"], bot_in=True)
    assert "workspace admin" in answer(town, "lena", "/tandem-admin setup", ROOM)


def test_an_absurd_length_is_said_at_its_field_and_the_form_keeps_its_text(town: Town) -> None:
    live_here(town, OWNER)
    town.box.add_channel(ROOM, private=True, members=[OWNER], bot_in=True)
    town.says(OWNER, "/tandem-admin setup", ROOM)
    for weeks in ("0", "-3", "53", "x", "2.5", "³", "١"):
        result = town.submits(OWNER, {**ASKED, "weeks": weeks})
        assert (weeks, list(result.errors)) == (weeks, ["weeks"])
    assert typed(town, OWNER, "name") == "Side by side"


def test_an_owner_changes_the_programme_and_the_form_starts_from_what_stands(town: Town) -> None:
    """The next check-ins follow the new day."""
    together(town, "lena", "noah")
    town.says(OWNER, "/tandem-admin settings", ROOM)
    assert typed(town, OWNER, "name") == "Growing together"
    sent(town, OWNER, {"weekday": "thursday"})

    town.travel(timedelta(days=2))
    assert "weekly minute" not in everything(town, "lena")
    town.travel(timedelta(days=1, hours=1))
    assert everything(town, "lena").count("weekly minute") >= 1


def test_whoever_joins_the_owners_room_becomes_an_owner_and_the_room_reads_it(town: Town) -> None:
    """Who leaves the room is no owner any more."""
    programme(town, "lena", "noah")
    live_here(town, "ida")
    town.box.join("ida", ROOM)
    town.deliver()
    assert "is now an owner" in shown(town.box.channel_messages(ROOM)[-1])
    assert "Preview" in answer(town, "ida", "/tandem-admin match", ROOM)

    town.box.leave("ida", ROOM)
    assert "only for its members" in answer(town, "ida", "/tandem-admin match")


def test_owner_commands_elsewhere_get_one_sentence(town: Town) -> None:
    """Neither an owner in another channel nor a participant anywhere can run a round."""
    programme(town, "lena", "noah")
    town.box.add_channel("elsewhere", private=True, members=[OWNER, "lena"], bot_in=True)
    for who in (OWNER, "lena"):
        for line in ("/tandem-admin match", "/tandem-admin status"):
            assert "private channel of the people who run the programme" in answer(town, who, line, "elsewhere")


def test_status_tells_an_owner_in_counts_that_everything_was_delivered(town: Town) -> None:
    """No name of a participant is in it."""
    together(town, "lena", "noah")
    said = answer(town, OWNER, "/tandem-admin status", ROOM)
    assert "Nothing failed" in said
    assert "Lena" not in said
    assert "Noah" not in said


def test_everybody_can_read_the_ground_rules_as_the_owners_wrote_them(town: Town) -> None:
    programme(town, "lena", guidelines="Be on time.\nBe kind.")
    assert "Be on time.\nBe kind." in answer(town, "lena", "/tandem guidelines")
    assert "Be kind." in answer(town, "lena", "/tandem leitlinien")


def test_an_unknown_owner_command_shows_what_owners_can_do(town: Town) -> None:
    programme(town)
    assert "/tandem-admin match" in answer(town, OWNER, "/tandem-admin frobnicate", ROOM)


def test_the_set_up_form_explains_what_it_asks_for(town: Town) -> None:
    live_here(town, OWNER)
    town.box.add_channel(ROOM, private=True, members=[OWNER], bot_in=True)
    town.says(OWNER, "/tandem-admin setup", ROOM)
    assert "time zone" in form(town, OWNER)
    assert "Friday" in form(town, OWNER)
    assert "Saturday" not in form(town, OWNER), "check-ins come on working days"

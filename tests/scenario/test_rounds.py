"""A matching round: an owner sees a preview with reasons, decides, and everybody is introduced."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from demo.town import ROOM, Town
from sandbox import Message
from sandbox.channels import Kind
from tests.scenario.habits import NAMES, OWNER, answer, everything, live_here, programme, together, told
from tests.scenario.people import join, match, move_in, newest, paired, set_up, shown

NEXT_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)


def preview(town: Town) -> Message:
    """Run a round and return what its owner sees."""
    town.says(OWNER, "/tandem-admin match", ROOM)
    return newest(town, OWNER)


def group_messages(town: Town, who: str) -> list[Message]:
    return [one for one in town.box.messages(who) if one.channel.kind is Kind.MPIM]


def test_the_preview_shows_each_match_with_its_reasons_to_the_owner_alone(town: Town) -> None:
    """Nobody hears of it before it is approved."""
    programme(town)
    live_here(town, "lena", "noah")
    join(town, "lena", offers="writing", wants="public speaking")
    join(town, "noah", offers="public speaking", wants="writing")

    seen = preview(town)

    assert seen.ephemeral
    text = shown(seen)
    assert "Lena Falk" in text
    assert "Noah Berg" in text
    assert "Lena Falk wants public speaking, Noah Berg offers it" in text
    town.deliver()
    assert group_messages(town, "lena") == []


def test_approving_introduces_everybody_in_a_group_message_with_the_reasons(town: Town) -> None:
    """The owners' room reads counts, and neither name nor reason."""
    programme(town)
    live_here(town, "lena", "noah")
    join(town, "lena", offers="writing", wants="public speaking")
    join(town, "noah", offers="public speaking", wants="writing")
    match(town, owner=OWNER)

    [hello] = group_messages(town, "lena")
    assert group_messages(town, "noah")[0].ts == hello.ts
    assert {town.box.person("lena").id, town.box.person("noah").id} < set(hello.channel.members)
    assert "Lena Falk wants public speaking, Noah Berg offers it" in shown(hello)
    assert "first meeting" in shown(hello)
    room = "\n".join(shown(one) for one in town.box.channel_messages(ROOM))
    assert "1 pairing for 2 people" in room
    assert "Lena" not in room
    assert "speaking" not in room


def test_five_people_become_a_pair_and_a_trio(town: Town) -> None:
    """Everybody is in exactly one conversation, and all of a trio are told that they are three."""
    paired(town, "mira", "jonas", "ana", "raj", "tess")
    groups = {
        message.channel.id: message
        for who in ("mira", "jonas", "ana", "raj", "tess")
        for message in group_messages(town, who)
    }
    sizes = sorted(len(message.channel.members) - 1 for message in groups.values())
    assert sizes == [2, 3]
    for who in ("mira", "jonas", "ana", "raj", "tess"):
        assert len(group_messages(town, who)) == 1


def test_a_round_of_one_is_not_run_and_says_what_to_do(town: Town) -> None:
    programme(town, "lena")
    assert "/tandem join" in answer(town, OWNER, "/tandem-admin match", ROOM)


def test_people_without_a_shared_language_are_not_matched(town: Town) -> None:
    programme(town)
    live_here(town, "lena", "noah")
    join(town, "lena", languages=["fr"])
    join(town, "noah", languages=["pl"])
    assert "no allowed match" in shown(preview(town))


def test_whoever_was_left_out_is_told_why_and_comes_first_next_time(town: Town) -> None:
    """Only one of two can go with the third: the one who waited does."""
    programme(town)
    live_here(town, "lena", "noah", "ida", "omar")
    join(town, "lena", languages=["fr"], offers="writing", wants="speaking")
    join(town, "noah", languages=["fr"], offers="speaking", wants="writing")
    join(town, "ida", languages=["pl"], offers="baking", wants="singing")
    match(town, owner=OWNER)
    assert "shares a language" in told(town, "ida")[-1]
    assert "come first" in told(town, "ida")[-1]

    live_here(town, "pia")
    join(town, "omar", languages=["pl", "es"], offers="writing", wants="speaking")
    join(town, "pia", languages=["es"], offers="speaking", wants="writing")
    match(town, owner=OWNER)
    assert "Omar" in answer(town, "ida", "/tandem partner")
    assert "come first" in told(town, "pia")[-1]


def test_whose_partner_left_comes_before_a_better_fit(town: Town) -> None:
    """Pia and Omar have more to give each other, but Lena has lost a partner."""
    together(town, "lena", "noah")
    asked = town.says("noah", "/tandem leave")
    assert asked.message is not None
    town.clicks("noah", asked.message, "leave.confirm")
    live_here(town, "omar", "pia")
    join(town, "omar", languages=["en", "es"], offers="writing", wants="speaking")
    join(town, "pia", languages=["es"], offers="speaking", wants="writing")
    match(town, owner=OWNER)
    assert "Omar" in answer(town, "lena", "/tandem partner")


def test_people_on_a_break_and_people_with_a_partner_are_left_out(town: Town) -> None:
    together(town, "lena", "noah")
    live_here(town, "ida", "omar", "pia")
    for who in ("ida", "omar", "pia"):
        join(town, who)
    answer(town, "pia", "/tandem pause 2 weeks")
    text = shown(preview(town))
    assert "Ida Holm + Omar Saleh" in text or "Omar Saleh + Ida Holm" in text
    for name in ("Lena", "Noah", "Pia"):
        assert name not in text


def test_a_discarded_preview_is_told_to_nobody(town: Town) -> None:
    programme(town, "lena", "noah")
    town.clicks(OWNER, preview(town), "round.discard")
    town.deliver()
    assert group_messages(town, "lena") == []
    match(town, owner=OWNER)
    assert len(group_messages(town, "lena")) == 1


def test_shuffling_gives_another_preview_and_only_the_newest_can_be_approved(town: Town) -> None:
    programme(town, "lena", "noah", "ida", "omar")
    first, second = preview(town), preview(town)
    town.clicks(OWNER, first, "round.approve")
    assert "no longer open" in shown(newest(town, OWNER))

    town.clicks(OWNER, second, "round.shuffle")
    town.clicks(OWNER, second, "round.approve")
    town.deliver()
    assert all(len(group_messages(town, who)) == 1 for who in ("lena", "noah", "ida", "omar"))


def test_a_preview_none_of_whose_matches_is_possible_any_more_is_not_approved(town: Town) -> None:
    """Nothing of it happens, and the owner is told what to do."""
    programme(town, "lena", "noah")
    seen = preview(town)
    asked = town.says("lena", "/tandem leave")
    assert asked.message is not None
    town.clicks("lena", asked.message, "leave.confirm")

    town.clicks(OWNER, seen, "round.approve")
    assert "Match again" in shown(newest(town, OWNER))
    town.deliver()
    assert group_messages(town, "noah") == []


def test_a_preview_can_be_approved_only_once(town: Town) -> None:
    """A second owner with the same preview on the screen, or a repeated click, changes nothing."""
    programme(town, "lena", "noah")
    town.clicks(OWNER, preview(town), "round.approve")
    [click] = [one for one in town.box.deliveries if "round.approve" in str(one.payload.get("actions"))]
    town.box.replay(click, times=3)
    town.deliver()
    assert len(group_messages(town, "lena")) == 1


def test_people_who_worked_together_lately_are_not_matched_again(town: Town) -> None:
    """After the programme's gap they may be."""
    together(town, "lena", "noah", weeks="1")
    town.travel(timedelta(days=9))
    assert "planned end" in "\n".join(told(town, "lena"))
    assert "no allowed match" in shown(preview(town))

    town.travel(timedelta(weeks=13))
    match(town, owner=OWNER)
    assert "Noah" in answer(town, "lena", "/tandem partner")


def test_a_long_preview_is_paged_and_approved_as_a_whole(town: Town) -> None:
    crowd = [f"person{number:02d}" for number in range(22)]
    programme(town)
    live_here(town, *crowd)
    for who in crowd:
        join(town, who)
    first = preview(town)
    assert "11 matches for 22 people" in shown(first)
    assert "Page 1 of 2" in shown(first)
    assert "No offer meets a wish here" in shown(first)
    on_first = {who for who in crowd if who.title() in shown(first)}
    town.clicks(OWNER, first, "round.page.next")
    second = newest(town, OWNER)
    on_second = {who for who in crowd if who.title() in shown(second)}
    assert on_first | on_second == set(crowd)
    assert not on_first & on_second
    assert "round.page.next" not in str(second.blocks)

    town.clicks(OWNER, second, "round.approve")
    town.deliver()
    assert all(len(group_messages(town, who)) == 1 for who in crowd)


def test_a_late_joiner_waits_for_the_next_round_and_is_then_introduced(town: Town) -> None:
    together(town, "lena", "noah")
    live_here(town, "ida", "omar")
    join(town, "ida")
    assert "no partner yet" in answer(town, "ida", "/tandem partner")
    join(town, "omar")
    match(town, owner=OWNER)
    assert "Omar" in answer(town, "ida", "/tandem partner")


def test_introductions_stand_in_order_of_approval_and_say_every_name(town: Town) -> None:
    together(town, "lena", "noah", "ida")
    [hello] = group_messages(town, "lena")
    assert all(NAMES[who] in hello.text for who in ("lena", "noah", "ida"))
    stamps = [float(one.ts) for one in town.box.messages("lena")]
    assert all(earlier <= later for earlier, later in pairwise(stamps))
    assert "only for me" not in everything(town, "lena")


def test_skills_of_private_profiles_never_reach_the_owners_but_offers_and_wants_do(town: Town) -> None:
    """What somebody hopes for is in no preview."""
    move_in(town, "olga", "mira", "jonas")
    set_up(town)
    join(town, "mira", hope="to be brave at last")
    join(town, "jonas")
    town.says("olga", "/tandem-admin match", ROOM)
    assert "brave at last" not in everything(town, "olga")
    assert "public speaking" in everything(town, "olga")

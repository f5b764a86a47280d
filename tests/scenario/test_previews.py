"""An owner decides on a preview: keeps, parts, swaps, makes trios, approves one or all, and takes it along."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image

from bot.locales import Language, Words, load_texts
from demo.town import ROOM, Town
from sandbox import Message
from sandbox.channels import Kind
from tests.scenario.access_scene import Scene
from tests.scenario.habits import NAMES, OWNER, answer, live_here, programme, sent, together, told
from tests.scenario.people import join, match, shown

CANNOT = "These people cannot be matched."
FOUR = {
    "lena": {"offers": "writing", "wants": "speaking"},
    "noah": {"offers": "speaking", "wants": "writing"},
    "ida": {"offers": "baking", "wants": "singing"},
    "omar": {"offers": "singing", "wants": "baking"},
}


def preview(town: Town) -> Message:
    """Run a round and return what its owner sees."""
    town.says(OWNER, "/tandem-admin match", ROOM)
    return open_preview(town)


def open_preview(town: Town) -> Message:
    """Return what the owner alone sees now, the newest of it."""
    return [one for one in town.box.messages(OWNER) if one.ephemeral][-1]


def four(town: Town, **fields: Any) -> Message:
    """Return a preview of two good pairs: Lena with Noah, Ida with Omar."""
    programme(town, **fields)
    live_here(town, *FOUR)
    for who, skills in FOUR.items():
        join(town, who, **skills)
    seen = preview(town)
    assert pairs(seen) == {("Ida", "Omar"), ("Lena", "Noah")}
    return seen


def matches(message: Message) -> dict[tuple[str, ...], dict[str, Any]]:
    """Return the blocks of the matches by the first names in them, in order of the alphabet."""
    found = {}
    for block in message.blocks:
        if block.get("accessory", {}).get("action_id") == "match.menu":
            names = block["text"]["text"].partition("\n")[0].strip("*").partition("*")[0]
            found[tuple(sorted(name.split()[0] for name in names.split(" + ")))] = block
    return found


def pairs(message: Message) -> set[tuple[str, ...]]:
    return set(matches(message))


def chooses(town: Town, message: Message, verb: str, *names: str) -> None:
    """Choose in the menu of the match of these people."""
    block = matches(message)[tuple(sorted(names))]
    [value] = [one["value"] for one in block["accessory"]["options"] if one["value"].startswith(f"{verb}:")]
    town.box.click(OWNER, message, "match.menu", option=value, block_id=block["block_id"])
    assert town.tandem.follow_ups.wait()


def fills(town: Town, **chosen: str) -> Any:
    """Choose in the open form by what stands there, and send it."""
    return town.submits(OWNER, picked(town, **chosen))


def picked(town: Town, **chosen: str) -> dict[str, str]:
    """Return the values of the open form's selects by what stands there."""
    view = town.box.modal(OWNER)
    assert view is not None
    values = {}
    for block in (one for one in view.blocks if one["type"] == "input"):
        options = {one["text"]["text"]: one["value"] for one in block["element"]["options"]}
        values[block["block_id"]] = options[chosen[block["block_id"]]]
    return values


def swaps(town: Town, message: Message, one: str, other: str, *names: str) -> Any:
    chooses(town, message, "swap", *names)
    return fills(town, leaves=NAMES[one], comes=NAMES[other])


def partners(town: Town, who: str) -> list[Message]:
    return [one for one in town.box.messages(who) if one.channel.kind is Kind.MPIM]


def test_the_summary_tells_in_counts_how_good_the_matches_are_and_who_is_out(town: Town) -> None:
    """Who is on a break or has a partner is counted, and named nowhere."""
    together(town, "lena", "noah")
    live_here(town, "ida", "omar", "pia")
    for who in ("ida", "omar"):
        join(town, who, **FOUR[who])
    join(town, "pia")
    answer(town, "pia", "/tandem pause 2 weeks")

    text = shown(preview(town))

    assert "1 match for 2 people: 1 good" in text or "1 match for 2 people: 1 strong" in text
    assert "Not in this round: 1 on a break and 2 with a partner" in text
    assert not any(name in text for name in ("Lena", "Noah", "Pia"))


def test_a_kept_match_stays_when_the_rest_is_matched_again(town: Town) -> None:
    """Lena and Ida were swapped in and kept: the solver's own choice does not come back for them."""
    seen = four(town)
    swaps(town, seen, "noah", "ida", "Lena", "Noah")
    swapped = open_preview(town)
    assert pairs(swapped) == {("Ida", "Lena"), ("Noah", "Omar")}
    assert shown(swapped).count("stays together") == 2

    town.clicks(OWNER, swapped, "round.shuffle")
    again = open_preview(town)
    assert pairs(again) == {("Ida", "Lena"), ("Noah", "Omar")}
    assert "no better or different arrangement" in shown(again)

    chooses(town, again, "keep", "Ida", "Lena")
    chooses(town, open_preview(town), "keep", "Noah", "Omar")
    assert "stays together" not in shown(open_preview(town))
    town.clicks(OWNER, open_preview(town), "round.shuffle")
    assert pairs(open_preview(town)) == {("Ida", "Omar"), ("Lena", "Noah")}


def test_people_who_are_parted_are_not_put_together_again(town: Town) -> None:
    """Nor in any further preview, until it is discarded."""
    seen = four(town)
    chooses(town, seen, "part", "Lena", "Noah")
    parted = open_preview(town)
    assert pairs(parted) == {("Ida", "Omar")}
    assert "2 people have no suitable partner" in shown(parted)

    town.clicks(OWNER, parted, "round.shuffle")
    other = open_preview(town)
    assert pairs(other) in ({("Ida", "Lena"), ("Noah", "Omar")}, {("Lena", "Omar"), ("Ida", "Noah")})
    town.clicks(OWNER, other, "round.shuffle")
    assert ("Lena", "Noah") not in pairs(open_preview(town))

    town.clicks(OWNER, open_preview(town), "round.discard")
    assert ("Lena", "Noah") in pairs(preview(town))


def test_a_swap_that_a_rule_forbids_is_refused_in_the_same_words_whatever_the_rule(town: Town) -> None:
    """A missing language and a recent partner read the same, the form stays, and the preview too."""
    together(town, "lena", "noah", weeks="1")
    town.travel(timedelta(days=9))
    live_here(town, "ida", "omar", "pia", "emil")
    join(town, "ida", languages=["fr", "en"], offers="baking", wants="singing")
    join(town, "omar", languages=["fr"], offers="singing", wants="baking")
    join(town, "pia", languages=["en"])
    join(town, "emil", languages=["en"])
    seen = preview(town)
    refused = []
    both = [(a, b) for a in pairs(seen) for b in pairs(seen) if a < b]
    for one, other in both:
        for leaves in one:
            for comes in other:
                left = {frozenset((*one, comes)) - {leaves}, frozenset((*other, leaves)) - {comes}}
                bad = {
                    frozenset(("Lena", "Noah")),
                    *(frozenset(("Omar", who)) for who in ("Lena", "Noah", "Pia", "Emil")),
                }
                if left & bad:
                    result = swaps(town, open_preview(town), leaves.lower(), comes.lower(), *one)
                    refused.append(set(result.errors.values()))
                    town.box.close_modal(OWNER)
    assert len(refused) > 3
    assert all(sentences == {CANNOT} for sentences in refused)
    assert pairs(open_preview(town)) == pairs(seen)


def test_a_refused_swap_is_written_down_without_names(town: Town) -> None:
    """Who tries out what fits with whom leaves a trace of every try, also of several in one form."""
    programme(town)
    live_here(town, "lena", "noah", "ida", "omar")
    for who, language in {"lena": "fr", "noah": "fr", "ida": "pl", "omar": "pl"}.items():
        join(town, who, languages=[language])
    seen = preview(town)
    assert swaps(town, seen, "noah", "ida", "Lena", "Noah").errors == {"leaves": CANNOT}
    assert fills(town, leaves=NAMES["lena"], comes=NAMES["ida"]).errors == {"leaves": CANNOT}
    with town.tandem.database.engine.connect() as connection:
        trail = connection.exec_driver_sql("SELECT action, allowed FROM audit").all()
    assert [bool(allowed) for action, allowed in trail if action == "match.swap"] == [False, False]


def test_somebody_left_over_finds_a_place_in_a_trio(town: Town) -> None:
    """And all three are introduced to each other."""
    programme(town)
    live_here(town, "lena", "noah", "ida")
    for who in ("lena", "noah"):
        join(town, who, languages=["en"], **FOUR[who])
    join(town, "ida", languages=["en", "pl"])
    live_here(town, "omar")
    join(town, "omar", languages=["en"])
    seen = preview(town)
    chooses(town, seen, "part", "Ida", "Omar")
    town.clicks(OWNER, open_preview(town), "round.place")
    fills(town, third=NAMES["ida"], joins=" + ".join(_names(open_preview(town), "Lena", "Noah")))
    trio = open_preview(town)
    assert pairs(trio) == {("Ida", "Lena", "Noah")}
    assert "1 person has no suitable partner" in shown(trio)

    town.clicks(OWNER, trio, "round.approve")
    town.deliver()
    assert len(partners(town, "ida")) == 1
    assert partners(town, "ida")[0].ts == partners(town, "lena")[0].ts
    assert "come first" in told(town, "omar")[-1]


def _names(message: Message, *first: str) -> list[str]:
    """Return the names of a match as they stand in the preview."""
    head = matches(message)[tuple(sorted(first))]["text"]["text"].partition("\n")[0]
    return str(head.strip("*").partition("*")[0]).split(" + ")


def test_a_pair_is_dissolved_into_a_trio_from_its_menu(town: Town) -> None:
    """Whom it leaves alone is left over, and can change places with somebody of the trio."""
    seen = four(town)
    chooses(town, seen, "trio", "Ida", "Omar")
    fills(town, third=NAMES["omar"], joins=" + ".join(_names(seen, "Lena", "Noah")))
    trio = open_preview(town)
    assert pairs(trio) == {("Lena", "Noah", "Omar")}
    assert "Ida Holm" in shown(trio)

    swaps(town, trio, "omar", "ida", "Lena", "Noah", "Omar")
    assert pairs(open_preview(town)) == {("Ida", "Lena", "Noah")}
    assert "no suitable partner this time and comes first next time: Omar Saleh" in shown(open_preview(town))


def test_one_match_is_approved_and_the_rest_waits(town: Town) -> None:
    """Two are introduced; the room hears of the round when the last match is decided on."""
    seen = four(town)
    chooses(town, seen, "one", "Lena", "Noah")
    town.submits(OWNER, {})
    rest = open_preview(town)
    town.deliver()
    assert len(partners(town, "lena")) == 1
    assert partners(town, "ida") == []
    assert pairs(rest) == {("Ida", "Omar")}
    assert "Approved. 1 pairing" in shown(rest)
    assert "2 with a partner" in shown(rest)
    assert not any("A round was approved" in shown(one) for one in town.box.channel_messages(ROOM))

    town.clicks(OWNER, rest, "round.approve")
    town.deliver()
    assert len(partners(town, "ida")) == 1
    assert len(partners(town, "lena")) == 1
    room = "\n".join(shown(one) for one in town.box.channel_messages(ROOM))
    assert "A round was approved: 2 pairings for 4 people." in room


def test_the_rest_can_be_matched_again_after_some_were_approved(town: Town) -> None:
    """What went live stays live, and the room reads what did."""
    seen = four(town)
    chooses(town, seen, "one", "Lena", "Noah")
    town.submits(OWNER, {})
    chooses(town, open_preview(town), "part", "Ida", "Omar")
    live_here(town, "pia", "emil")
    for who in ("pia", "emil"):
        join(town, who)
    town.clicks(OWNER, open_preview(town), "round.shuffle")
    again = open_preview(town)
    assert pairs(again) in ({("Emil", "Ida"), ("Omar", "Pia")}, {("Ida", "Pia"), ("Emil", "Omar")})
    town.clicks(OWNER, again, "round.approve")
    town.deliver()
    assert all(len(partners(town, who)) == 1 for who in ("lena", "ida", "omar", "pia", "emil"))
    room = "\n".join(shown(one) for one in town.box.channel_messages(ROOM))
    assert "1 pairing for 2 people" in room
    assert "2 pairings for 4 people" in room


def test_a_match_that_fell_apart_is_left_out_and_the_others_go_live(town: Town) -> None:
    """Whoever it leaves alone is told kindly, and the owner can match the rest again."""
    seen = four(town)
    live_here(town, "pia")
    join(town, "pia")
    asked = town.says("lena", "/tandem leave")
    assert asked.message is not None
    town.clicks("lena", asked.message, "leave.confirm")

    town.clicks(OWNER, seen, "round.approve")
    done = open_preview(town)
    town.deliver()
    assert "1 match was left out" in shown(done)
    assert len(partners(town, "ida")) == 1
    assert partners(town, "noah") == []
    assert "come first" in told(town, "noah")[-1]

    town.clicks(OWNER, done, "round.again")
    town.clicks(OWNER, open_preview(town), "round.approve")
    town.deliver()
    assert len(partners(town, "noah")) == len(partners(town, "pia")) == 1


def test_nothing_goes_live_when_no_chosen_match_is_possible_any_more(town: Town) -> None:
    seen = four(town)
    answer(town, "lena", "/tandem pause 2 weeks")
    chooses(town, seen, "one", "Lena", "Noah")
    town.submits(OWNER, {})
    view = town.box.modal(OWNER)
    assert view is not None
    assert "nothing went live" in shown(view)
    town.deliver()
    assert partners(town, "noah") == partners(town, "ida") == []


def test_the_table_holds_names_quality_and_reasons_and_no_formula(town: Town) -> None:
    """It lies in the owners' room, and in no other place."""
    programme(town)
    live_here(town, "lena")
    town.box.add_person("eve", name="=HYPERLINK(1) Eve", locale="en-GB")
    join(town, "lena", offers="writing", wants="=cmd", hope="to be brave at last")
    join(town, "eve", offers="=cmd", wants="writing")
    town.clicks(OWNER, preview(town), "round.table")

    [file] = town.box.files(OWNER)
    text = (file.content or b"").decode("utf-8-sig")
    [head, row] = list(csv.reader(io.StringIO(text)))
    assert head in (["Tandem", "Personen", "Güte", "Gründe"], ["Match", "People", "Quality", "Reasons"])
    assert "Lena Falk" in row[1]
    assert "'=HYPERLINK(1) Eve" in row[1]
    assert "=cmd" in row[3]
    assert not any(
        part.startswith("=") for cell in row for part in cell.replace(" + ", ";").replace("; ", ";").split(";")
    )
    assert "brave" not in text
    assert town.box.files("lena") == []
    assert [one.channel.name for one in town.box.messages(OWNER) if one.files] == [ROOM]


@pytest.mark.parametrize("language", list(Language))
def test_the_picture_says_in_words_what_it_shows(town: Town, language: Language) -> None:
    """In the language of the room."""
    four(town, language=str(language))
    town.clicks(OWNER, open_preview(town), "round.picture")
    words = load_texts().for_(language)
    [file] = town.box.files(OWNER)
    assert file.alt_text == f"{words('How good the matches are')}: {spread(words)}.", (
        "two matches tell of no department"
    )
    picture = Image.open(io.BytesIO(file.content or b""))
    assert picture.size[0] > picture.size[1] > 100
    assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 3


def test_the_picture_tells_how_departments_mix_once_they_are_many(town: Town) -> None:
    """Of five matches, in counts; who is in which department stays with the people."""
    programme(town)
    people = [f"p{number}" for number in range(10)]
    live_here(town, *people)
    for number, who in enumerate(people):
        join(town, who)
        town.box.close_modal(who)
        tells(town, who, "working", department=("Sales", "Care")[number % 2])
    preview(town)
    town.clicks(OWNER, open_preview(town), "round.picture")
    [file] = town.box.files(OWNER)

    assert "How departments mix: 5 across departments, 0 within one department and 0 not known." in file.alt_text
    assert "Sales" not in shown(open_preview(town)) + file.alt_text


def tells(town: Town, who: str, part: str, **values: Any) -> None:
    """Let somebody fill in a part of their profile."""
    town.opens_home(who)
    town.clicks_home(who, f"{part}.edit")
    sent(town, who, values)


@pytest.mark.parametrize("ask_first", ["no", "yes"])
def test_whom_somebody_names_while_the_preview_is_open_is_no_partner(town: Town, ask_first: str) -> None:
    """Not even by an owner's yes, nor by one's own silence; the owner reads what a break would read like."""
    seen = four(town, ask_first=ask_first)
    if ask_first == "yes":
        town.clicks(OWNER, seen, "round.approve")
        town.deliver()
    tells(town, "lena", "wishes", avoided=[town.box.person("noah").id])
    if ask_first == "no":
        town.clicks(OWNER, seen, "round.approve")
        assert "not possible any more" in shown(open_preview(town))
    town.travel(timedelta(days=8))

    assert "no partner yet" in answer(town, "lena", "/tandem partner")
    assert "Omar" in answer(town, "ida", "/tandem partner")
    assert "avoid" not in "".join(told(town, "noah")) + shown(open_preview(town))


@pytest.mark.parametrize("rule", ["avoided", "competing"])
def test_what_is_private_is_refused_like_any_other_rule(town: Town, rule: str) -> None:
    """A swap that would bring together who does not want to be reads as if a language were missing."""
    seen = four(town)
    tells(town, "lena", "wishes", **{rule: [town.box.person("ida").id]})

    assert swaps(town, seen, "noah", "ida", "Lena", "Noah").errors == {"leaves": CANNOT}
    town.box.close_modal(OWNER)
    assert not any(word in shown(open_preview(town)) for word in ("avoid", "compet", "private"))
    assert pairs(open_preview(town)) == {("Ida", "Omar"), ("Lena", "Noah")}


def spread(words: Words) -> str:
    return words.list([f"2 {words('strong')}", f"0 {words('good')}", f"0 {words('worth a try')}"])


def test_an_owner_changes_nothing_in_a_preview_that_is_over(town: Town) -> None:
    """Neither by its menu nor by a form that was open meanwhile."""
    seen = four(town)
    chooses(town, seen, "swap", "Lena", "Noah")
    town.box.click(OWNER, seen, "round.approve")
    assert town.tandem.follow_ups.wait()
    result = fills(town, leaves=NAMES["noah"], comes=NAMES["ida"])
    assert "no longer open" in str(result.errors)
    town.box.close_modal(OWNER)


def test_two_rounds_of_one_day_take_nobody_twice(town: Town) -> None:
    """After an approval by menu and a fresh command, nobody is in two groups."""
    seen = four(town)
    chooses(town, seen, "one", "Ida", "Omar")
    town.submits(OWNER, {})
    match(town, owner=OWNER)
    assert all(len(partners(town, who)) == 1 for who in FOUR)


def test_owners_of_another_programme_reach_no_match_from_their_own_room(town: Town) -> None:
    """Whatever they name in it, by menu or by form."""
    seen = four(town)
    live_here(town, "pia", admin=True)
    town.box.add_channel("elsewhere", private=True, members=["pia"], bot_in=True)
    town.says("pia", "/tandem-admin setup", "elsewhere")
    assert town.submits("pia", {"name": "Another one"}).ok
    scene, before = Scene(town), Scene(town).state()
    for block in matches(seen).values():
        for option in block["accessory"]["options"]:
            assert "no longer open" in scene.choose("pia", "match.menu", option["value"], "elsewhere").texts
    chooses(town, seen, "swap", "Lena", "Noah")
    scene.keep_form("swap", OWNER, picked(town, leaves=NAMES["noah"], comes=NAMES["ida"]))
    memo = json.loads(scene.forms["swap"]["private_metadata"]) | {"room": town.box.channel("elsewhere").id}
    sent = scene.send("pia", "swap", private_metadata=json.dumps(memo))
    assert "no longer open" in sent.texts
    assert scene.state() == before

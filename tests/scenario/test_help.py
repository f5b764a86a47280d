"""Help, privacy, and what the bot says to words it does not know; everything for the asking person alone."""

from __future__ import annotations

from demo.town import Town
from tests.scenario.habits import OWNER, answer, everything, form, live_here, programme, together
from tests.scenario.people import shown

PRIVATE = (
    "help",
    "goals",
    "notes",
    "note found a way",
    "partner",
    "privacy",
    "guidelines",
    "resume",
    "leave",
    "nonsense",
)


def test_help_offers_what_people_do_most_as_buttons(town: Town) -> None:
    programme(town, "lena")
    for line in ("/tandem", "/tandem help", "/tandem hilfe", "/tandem ?"):
        said = town.says("lena", line)
        buttons = {one["action_id"] for block in said.blocks for one in block.get("elements", []) if "action_id" in one}
        assert buttons == {"checkin.open", "note.new", "goals.show", "goal.new", "partner.show", "pause.new"}
        assert "/tandem leave" in shown(said)


def test_every_button_of_the_help_does_what_it_says(town: Town) -> None:
    """Forms open, everything else is answered to the asking person alone."""
    together(town, "lena", "noah")
    said = town.says("lena", "/tandem help")
    assert said.message is not None
    for button in ("note.new", "goal.new", "pause.new"):
        town.clicks("lena", said.message, button)
        assert form(town, "lena")
        town.box.close_modal("lena")
    for button, words in (("goals.show", "No goal yet"), ("partner.show", "Noah"), ("checkin.open", "9 November")):
        town.clicks("lena", said.message, button)
        last = town.box.messages("lena")[-1]
        assert last.ephemeral
        assert words in shown(last)


TYPOS = {"gaols": "goals", "nots": "notes", "chekin": "checkin", "JOINN": "join", "zeil": "ziel", "puase": "pause"}


def test_a_typo_gets_help_with_the_nearest_command(town: Town) -> None:
    programme(town, "lena")
    for typo, meant in TYPOS.items():
        said = answer(town, "lena", f"/tandem {typo}")
        assert f"/tandem {meant}" in said
        assert "Write a note" in said


def test_a_word_nobody_knows_gets_help_and_nothing_in_it_is_alive(town: Town) -> None:
    programme(town, "lena")
    for word in ("xyzzy", "x" * 5_000, "<!channel>", "🙃", "*_~`", "../../etc"):
        said = town.says("lena", f"/tandem {word}")
        assert said.ok
        assert "Write a note" in shown(said)
        assert "<!channel>" not in said.text
        assert all("<!channel>" not in block.get("text", {}).get("text", "") for block in said.blocks)


def test_an_unknown_word_with_a_text_behind_it_hands_the_text_back(town: Town) -> None:
    """Somebody who mistypes ``note`` has not lost the note."""
    programme(town, "lena")
    assert "finished the outline" in answer(town, "lena", "/tandem ntoe finished the outline")


def test_help_for_who_has_not_joined_shows_the_way_in(town: Town) -> None:
    programme(town)
    live_here(town, "lena")
    said = town.says("lena", "/tandem help")
    assert "join.start" in str(said.blocks)
    assert "checkin.open" not in str(said.blocks)


def test_a_command_typed_in_a_channel_is_answered_to_its_person_alone(town: Town) -> None:
    """Nobody else in the channel reads anything, nor that something was asked."""
    together(town, "lena", "noah")
    town.box.add_channel("lobby", private=False, members=["lena", "noah", OWNER], bot_in=True)
    town.box.add_channel("joint", private=True, members=["lena", "noah"], bot_in=True, shared=True)
    before = everything(town, "noah")
    for line in PRIVATE:
        for place in ("lobby", "joint"):
            answer(town, "lena", f"/tandem {line}", place)
    assert town.box.channel_messages("lobby") == []
    assert town.box.channel_messages("joint") == []
    assert everything(town, "noah") == before


def test_privacy_says_who_reads_what_and_what_nobody_can_promise(town: Town) -> None:
    """Readable before joining, too."""
    programme(town, "lena")
    live_here(town, "noah")
    for who in ("lena", "noah"):
        said = answer(town, who, "/tandem privacy")
        assert "who can read it" in said
        assert "legal hold" in said
    assert "legal hold" in answer(town, "lena", "/tandem datenschutz")


GERMAN = {
    "ziele": "No goal yet",
    "notizen": "No notes yet",
    "datenschutz": "who can read it",
    "hilfe": "What would you like to do",
    "weiter": "not on a break",
    "aussteigen": "nobody asks why",
    "regeln": "Ground rules",
    "Ziele": "No goal yet",
}


def test_german_words_do_the_same_as_english_ones(town: Town) -> None:
    programme(town, "lena")
    for word, words in GERMAN.items():
        assert words in answer(town, "lena", f"/tandem {word}")
    for word in ("notiz", "ziel", "profil", "pausieren"):
        town.says("lena", f"/tandem {word}")
        assert form(town, "lena")
        town.box.close_modal("lena")

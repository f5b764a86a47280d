"""Every private text is read by those it was written for and by nobody else, over two pairings and in no log."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import structlog

from bot.db.base import Owned, Row
from bot.db.notes import NoteRow
from bot.db.people import PersonRow
from bot.db.sealing import SealBroken, Sealed
from bot.db.tables import metadata
from bot.domain.people import Language
from bot.slack.requests import read_command
from demo.town import Town
from tests.scenario.canaries import (
    also_read_by,
    aviary,
    database_leaks,
    log_trap,
    screen_leaks,
    secret,
    text_leaks,
    tokens,
)
from tests.scenario.goals import choose, let_go, my_goals
from tests.scenario.people import answer_checkin, dms, join, match, move_in, newest, set_up, shown

A_WEEK = timedelta(days=7)


def write_goal(town: Town, who: str, visibility: str, *readers: str) -> str:
    """Let somebody set a goal, a word of its own in each of its texts; return the title."""
    title = f"Goal {secret(town, 'goal', who, *readers)}"
    town.says(who, "/tandem goal")
    answer = town.submits(
        who,
        {
            "title": title,
            "why": f"because {secret(town, 'why', who)}",
            "measure": f"seen by {secret(town, 'measure', who)}",
            "steps": f"First {secret(town, 'step', who)}\nThen {secret(town, 'step', who)}",
            "visibility": visibility,
        },
    )
    assert answer.ok, answer
    return title


def write_note(town: Town, who: str, visibility: str, *readers: str) -> str:
    """Let somebody write a note about no goal in particular; return its text."""
    text = f"Note {secret(town, 'note', who, *readers)}"
    town.says(who, "/tandem note")
    answer = town.submits(who, {"text": text, "goal": "none", "visibility": visibility})
    assert answer.ok, answer
    return text


def agree(town: Town, who: str, partner: str) -> str:
    """Let somebody write an agreement; return what is hoped for in it."""
    parts = ("hopes", "meetings", "not_this_week", "rules")
    terms = {part: f"{part} {secret(town, part, who, partner)}" for part in parts}
    town.says(who, "/tandem agreement")
    town.clicks(who, newest(town, who), "agreement.edit")
    assert town.submits(who, terms).ok
    town.deliver()
    return terms["hopes"]


def meet(town: Town, who: str, partner: str) -> list[str]:
    """Let two people meet tomorrow, note what to do and what was heard; return the words, the answered ones last."""

    def press(person: str, action: str) -> None:
        message = next(one for one in reversed(dms(town, person)) if f"'{action}'" in str(one.blocks))
        town.clicks(person, message, action)

    def written(kind: str) -> str:
        return f"{kind} {secret(town, kind, who, partner)}"

    words = [written(kind) for kind in ("topic", "place", "follow-up", "heard", "correction")]
    day = (town.now + timedelta(days=1)).date().isoformat()
    town.says(who, "/tandem meet")
    assert town.submits(who, {"day": day, "time": "12:00", "topic": words[0], "place": words[1]}).ok
    town.deliver()
    press(partner, "meeting.accept")
    town.travel(timedelta(days=1, hours=8))
    press(who, "meeting.met")
    for action, fields in (
        ("follow_up.new", {"follow_up": words[2], "doer": town.box.person(partner).id}),
        ("heard.new", {"heard": words[3]}),
    ):
        press(who, action)
        assert town.submits(who, fields).ok
        town.box.close_modal(who)
    town.travel(timedelta(days=3))  # over a weekend, if there is one
    press(partner, "heard.correct")
    assert town.submits(partner, {"correction": words[4]}).ok
    town.box.close_modal(partner)
    town.travel(timedelta(days=1))
    return words


def reply(town: Town, who: str, to: str) -> None:
    """Let somebody say one line about the newest check-in of their partner."""
    town.clicks(who, [one for one in dms(town, who) if "checkin.reply" in str(one.blocks)][-1], "checkin.reply")
    assert town.submits(who, {"text": f"Line {secret(town, 'reply', who, to)}"}).ok
    town.box.close_modal(who)
    town.deliver()


def feel(town: Town, who: str) -> None:
    """Let somebody be asked how the week felt, and say so; the word for it is one of five, so it holds no canary."""
    town.says(who, "/tandem checkin")
    assert town.submits(who, {}).ok
    town.box.click_view(who, "mood.on")
    assert town.tandem.follow_ups.wait()
    town.box.close_modal(who)
    town.says(who, "/tandem checkin")
    assert town.submits(who, {"mood": "low"}).ok
    town.box.close_modal(who)


def name_others(town: Town, who: str) -> None:
    """Let somebody say, for nobody else's eyes, with whom they would like to be and with whom not."""
    town.clicks_home(who, "wishes.edit")
    everybody = {"wished": "nora", "avoided": "olga", "competing": "paul"}
    assert town.submits(who, {field: [town.box.person(one).id] for field, one in everybody.items()}).ok


def live_a_week(town: Town, who: str, partner: str) -> dict[str, str]:
    """Let somebody answer two check-ins, the second about the first one's promise; return what the partner may read.

    The partner is heard of too, so that nothing ends for want of a sign of life.
    """
    promise, again, line = (
        f"{kind} {secret(town, kind, who, partner)}" for kind in ("promise", "next promise", "progress")
    )
    town.travel(A_WEEK)
    answer_checkin(town, who, promise)
    town.says(partner, "/tandem note here")
    town.travel(A_WEEK)
    answer_checkin(town, who, again, outcome="partly", progress=line)
    town.travel(timedelta(days=1))
    return {"promise": promise, "again": again, "line": line}


def look_back(town: Town, who: str, partner: str) -> None:
    """Let somebody look at eight skills, look back for themselves and thank their partner, shortly before the end."""
    town.travel(timedelta(hours=8))
    asked = next(one for one in reversed(dms(town, who)) if "closing.open" in str(one.blocks))
    town.clicks(who, asked, "self_check.open")
    assert town.submits(who, {"empathy": "3"}).ok
    town.box.close_modal(who)
    town.clicks(who, asked, "closing.open")
    thanks = {f"thanks:{town.box.person(partner).id}": f"for {secret(town, 'thanks', who, partner)}"}
    words = {"learned": f"that {secret(town, 'learned', who)}", "next": "renew", **thanks}
    assert town.submits(who, words).ok
    town.box.close_modal(who)
    town.deliver()


def two_pairings(town: Town) -> None:
    """Let Mira be with Paul to the planned end and with Jonas afterwards, while Paul is with Nora."""
    move_in(town, "olga", "mira", "jonas")
    for handle in ("paul", "nora"):
        town.box.add_person(handle)
    set_up(town, weeks="3")
    for handle in ("mira", "paul"):
        join(town, handle)
    match(town)


def part_and_meet_others(town: Town) -> None:
    town.travel(timedelta(days=7, hours=16))
    town.says("olga", "/tandem-admin setup", "tandem-owners")
    assert town.submits("olga", {"weeks": "12"}).ok
    for handle, languages in (("jonas", ["en"]), ("nora", ["fr"])):
        join(town, handle, languages=languages)
    town.says("paul", "/tandem profile")
    assert town.submits("paul", {"languages": ["fr"]}).ok
    match(town)


def mend_a_word(town: Town, who: str, note: str, goal: str) -> None:
    """Let somebody change a word in a note and a goal of an earlier pairing, and leave all else as the form has it."""
    notes = town.says(who, "/tandem notes")
    button = next(block["accessory"] for block in notes.blocks if note in str(block.get("text")))
    assert notes.message
    town.clicks(who, notes.message, "note.change", button["value"])
    assert town.submits(who, {"text": f"{note}, I mean"}).ok
    goals = town.says(who, "/tandem goals")
    menu = next(block["accessory"] for block in goals.blocks if goal in str(block.get("text")))
    town.box.click(who, goals, "goal.menu", option=menu["options"][0]["value"])
    assert town.tandem.follow_ups.wait()
    assert town.submits(who, {"title": f"{goal}, I mean"}).ok
    town.deliver()


def on_screen(town: Town, who: str) -> str:
    return "\n".join(shown(message) for message in town.box.messages(who))


def plan_and_let_go(town: Town, who: str, goal: str) -> None:
    """Let somebody plan a step of a goal, and then let the goal go, for nobody else's eyes."""
    listed = my_goals(town, who)
    menu = next(block["accessory"] for block in listed.blocks if goal in str(block.get("text")))
    town.clicks(who, listed, "steps.show", menu["options"][0]["value"].partition(":")[2])
    window = town.box.modal(who)
    assert window
    choose(town, who, window, "First", "edit")
    assert town.submits(who, {"plan": f"If it rains, then {secret(town, 'plan', who)}"}).ok
    town.box.close_modal(who)
    let_go(town, who, goal, farewell=f"It was {secret(town, 'farewell', who)}")
    town.deliver()


def test_what_people_write_is_read_by_those_it_is_for_and_by_nobody_else(town: Town) -> None:
    """Over two pairings one after the other, each word is seen by its readers and never by a past or later partner."""
    two_pairings(town)
    shared_then = write_goal(town, "mira", "shared", "paul")
    write_note(town, "mira", "private")
    note_then = write_note(town, "mira", "shared", "paul")
    agreed_then = agree(town, "mira", "paul")
    then = live_a_week(town, "mira", "paul")
    assert all(text in on_screen(town, "paul") for text in (shared_then, note_then, agreed_then, *then.values()))

    look_back(town, "mira", "paul")
    part_and_meet_others(town)
    mend_a_word(town, "mira", note_then, shared_then)
    town.says("mira", f"/tandem note still about the first goal {secret(town, 'note', 'mira')}")
    write_goal(town, "mira", "private")
    shared_now = write_goal(town, "mira", "shared", "jonas")
    note_now = write_note(town, "mira", "shared", "jonas")
    now = live_a_week(town, "mira", "jonas")
    feel(town, "mira")
    agree(town, "jonas", "mira")
    reply(town, "jonas", "mira")
    met = meet(town, "mira", "jonas")
    town.opens_home("mira")
    name_others(town, "mira")
    plan_and_let_go(town, "mira", shared_now)
    live_a_week(town, "paul", "nora")
    town.says("nora", "/tandem partner")
    town.clicks("mira", [one for one in dms(town, "mira") if "fit.good" in str(one.blocks)][-1], "fit.good")
    for who in ("mira", "paul", "jonas", "nora", "olga"):
        town.opens_home(who)
        for word in ("goals", "notes", "partner", "profile", "checkin", "privacy"):
            town.says(who, f"/tandem {word}")
    town.says("olga", "/tandem-admin status", "tandem-owners")

    assert all(text in on_screen(town, "jonas") for text in (shared_now, note_now, *now.values(), *met[:3]))
    assert not screen_leaks(town)
    assert filled_sealed_columns(town) == all_sealed_columns(), "a kind of private text is not written in this test"


def all_sealed_columns() -> set[str]:
    return {f"{kind.__tablename__}.{name}" for kind in tables() for name in sealed_names(kind)}


def tables() -> list[type[Owned]]:
    return [mapper.class_ for mapper in Row.registry.mappers if issubclass(mapper.class_, Owned)]


def sealed_names(kind: type[Owned]) -> list[str]:
    return [name for base in kind.__mro__ for name, value in vars(base).items() if isinstance(value, Sealed)]


def filled_sealed_columns(town: Town) -> set[str]:
    with town.tandem.database.engine.connect() as connection:
        return {
            f"{kind.__tablename__}.{name}"
            for kind in tables()
            for name in sealed_names(kind)
            if connection.scalar(
                sa.select(sa.func.count()).where(metadata.tables[kind.__tablename__].c[f"{name}_sealed"].is_not(None))
            )
        }


@pytest.fixture
def pair(town: Town) -> Town:
    """A town in which Mira and Jonas are together, and Nora looks on."""
    move_in(town, "olga", "mira", "jonas")
    town.box.add_person("nora")
    set_up(town)
    for handle in ("mira", "jonas"):
        join(town, handle)
    match(town)
    return town


def test_a_word_in_the_wrong_conversation_is_found(pair: Town) -> None:
    """A private word posted to somebody else, or to a channel, is reported with who could read it."""
    word = secret(pair, "note", "mira")
    client, person = pair.tandem.web, pair.box.person

    client.chat_postMessage(channel=person("jonas").id, text=f"so: {word.upper()}")
    client.chat_postMessage(channel=pair.box.channel("tandem-owners").id, text="hello", blocks=[plain_section(word)])
    client.views_publish(user_id=person("nora").id, view={"type": "home", "blocks": [plain_section(word)]})

    found = "\n".join(screen_leaks(pair))
    assert all(f"['{who}']" in found for who in ("jonas", "olga", "nora"))
    also_read_by(pair, word, "jonas", "olga", "nora")
    assert not screen_leaks(pair)


def plain_section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "plain_text", "text": text}}


def test_whoever_joins_a_conversation_later_counts_as_a_reader_of_its_past(pair: Town) -> None:
    """A word in a channel is a leak as soon as somebody who must not read it comes in."""
    word = secret(pair, "note", "olga")
    pair.tandem.web.chat_postMessage(channel=pair.box.channel("tandem-owners").id, text=word)
    assert not screen_leaks(pair)

    pair.box.join("nora", "tandem-owners")

    assert "['nora']" in "\n".join(screen_leaks(pair))
    also_read_by(pair, word, "nora")


def test_a_word_kept_in_clear_is_found(pair: Town) -> None:
    """A word that should be sealed and stands readable in the database is reported, on both databases."""
    word = secret(pair, "note", "olga")
    assert not database_leaks(pair)

    with pair.tandem.database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE programme SET purpose = :word"), {"word": word})

    assert database_leaks(pair) == [f"database: holds the note {word} in clear"]
    aviary(pair).birds.clear()


def test_a_word_or_token_in_a_log_is_found(pair: Town) -> None:
    """What goes to the logs, by either way and in a traceback too, is searched for words and tokens."""
    word, token = secret(pair, "note", "mira"), tokens(pair)["bot token"]
    with log_trap() as trap:
        logging.getLogger("anybody").debug("kept %s", word)
        structlog.get_logger().warning("kept", text=token)
        try:
            int(word)
        except ValueError:
            logging.getLogger("anybody").exception("broken")

    places = [text_leaks(pair, line, "log") for line in trap.lines]
    assert [len(leaks) for leaks in places] == [1, 1, 1]


def test_nothing_the_bot_holds_says_a_secret_when_it_is_printed(pair: Town) -> None:
    """Rows, settings, keys and the bot itself can be printed without a private word or a token in the print."""
    write_goal(pair, "mira", "shared", "jonas")
    write_note(pair, "mira", "private")
    workspace, _ = pair.tandem.database.workspaces()[0]
    with pair.tandem.database.reading(workspace) as tx:
        rows = [row for kind in tables() for row in tx.all(sa.select(kind))]
        opened = [getattr(row, name) for row in rows for name in sealed_names(type(row))]
        printed = "\n".join(map(repr, [*rows, tx, pair.settings, pair.tandem, pair.tandem.database, tx.session.info]))

    assert any(opened), "nothing was opened, so nothing could have been printed"
    assert not text_leaks(pair, printed, "repr")


def test_an_error_of_the_database_does_not_quote_what_was_to_be_stored(pair: Town) -> None:
    """A refused statement names itself and the key that was taken, not the other values."""
    word = secret(pair, "name", "mira")
    workspace, _ = pair.tandem.database.workspaces()[0]
    taken = pair.box.person("mira").id

    row = PersonRow(workspace_id=workspace, slack_id=taken, name=word, zone="UTC", checked_at=pair.now)
    row.slack_language = Language.EN
    with pytest.raises(sa.exc.IntegrityError) as refused, pair.tandem.database.transaction(workspace) as tx:
        tx.add(row)

    assert "INSERT INTO person" in str(refused.value)
    assert not text_leaks(pair, f"{refused.value} {refused.value!r}", "error")


def test_a_seal_that_does_not_open_says_nothing(pair: Town) -> None:
    """Opening a value in the wrong place raises an error without words."""
    write_note(pair, "mira", "private")
    workspace, _ = pair.tandem.database.workspaces()[0]
    with pair.tandem.database.reading(workspace) as tx:
        (row,) = tx.all(sa.select(NoteRow))
        row.owner_id = pair.tandem.database.workspaces()[0][0]  # type: ignore[assignment]
        with pytest.raises(SealBroken) as broken:
            _ = row.text

    assert str(broken.value) == ""


def test_when_keeping_a_text_breaks_it_goes_back_to_its_author_and_into_no_log(pair: Town) -> None:
    """With the table gone, the author gets the text to copy; the log says what kind of thing broke, not with what."""
    word = secret(pair, "note", "mira")
    with pair.tandem.database.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE note RENAME TO elsewhere"))

    with log_trap() as trap:
        answer = pair.says("mira", f"/tandem note I wrote {word}")

    assert word in shown(answer)
    assert any("listener_failed" in line for line in trap.lines)
    assert not text_leaks(pair, "\n".join(trap.lines), "log")


def test_the_shape_of_a_request_is_not_for_logs(pair: Town) -> None:
    """A request can be printed without the payload it came from."""
    word = secret(pair, "note", "mira")
    assert word not in repr(read_command({"command": "/tandem", "token": word}))

"""Forms that are made up, out of date or broken are refused at the form with one sentence, and nothing is written."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from demo.town import ROOM, Town
from tests.scenario.access_scene import FRESH_ROOM, OTHER_ROOM, Scene, Shown, Who, build
from tests.scenario.canaries import secret
from tests.scenario.people import join, match, move_in, set_up

# What a form remembers, and what somebody else's thing of the same kind is called in the scene.
MEMOS = {
    "checkin": "checkin",
    "note.change": "note",
    "goal.change": "goal",
    "goal.drop": "goal",
    "step": "step",
    "steps.new": "goal",
    "promise": "checkin",
    "reply": "checkin",
    "reply.answer": "reply",
    "agreement": "pairing",
    "meeting.suggest": "pairing",
    "meeting.another": "meeting",
    "follow_up.save": "meeting",
    "heard.save": "meeting",
    "self_check": "pairing",
    "closing": "pairing",
    "setup": "room",
    "profile": "programme",
    "notice": "programme",
}
# Everything people send; a form that remembers a thing breaks when it names another one.
FORMS = (
    *("checkin", "note.new", "note.change", "goal.new", "goal.change", "goal.drop", "step", "steps.new"),
    *("promise", "reply", "reply.answer", "agreement", "meeting.suggest", "meeting.another", "follow_up.save"),
    *("heard.save", "self_check", "closing", "profile", "pause", "setup", "notice"),
)
RIGHTFUL = {"setup": Who.OWNER, "notice": Who.NON_MEMBER, "reply": Who.PARTNER}
HOSTILE = [
    "",
    "not-an-id",
    "00000000-0000-0000-0000-000000000000",
    "'; DROP TABLE note; --",
    "x" * 3_000,
    "\x00\ud800",  # a NUL and half a character
    "١٢٣",
]
NO_JSON = [
    "",
    "{",
    "null",
    "[]",
    '"text"',
    "12",
    "[" * 2_000,
    '{"checkin": {"a": 1}, "note": [], "goal": 7, "room": null}',
]


@pytest.fixture(scope="module")
def scene(module_town: Town) -> Scene:
    """The town of the access matrix, in which nothing here leaves a trace."""
    return build(module_town)


def check_refused(scene: Scene, who: str, shown: Shown, before: dict[str, list[Any]], about: object) -> None:
    """Raise AssertionError unless one sentence was shown to ``who`` alone, at the form, and nothing was written."""
    body = shown.answer.raw
    assert shown.answer.status == 200, about
    assert isinstance(body, dict), (about, body)
    if body["response_action"] == "errors":
        (sentence,) = body["errors"].values()
    else:
        (block,) = body["view"]["blocks"]
        sentence = block["text"]["text"]
    assert sentence.strip().endswith((".", "?", "`")), (about, sentence)
    assert "could not be saved" not in sentence, (about, sentence)
    assert shown.readers <= {who}, about
    assert scene.state() == before, about


# Without a name, the forms for a change are forms for a new thing.
NAMES = [(form, name) for form in sorted(MEMOS) for name in HOSTILE if name or not form.endswith(".change")]


@pytest.mark.parametrize(("form", "name"), NAMES)
def test_a_form_that_names_what_does_not_exist_is_refused(scene: Scene, form: str, name: str) -> None:
    """An id that is none, or of nothing, does no more than a wrong one."""
    who, before = RIGHTFUL.get(form, Who.AUTHOR), scene.state()

    shown = scene.send(who, form, private_metadata=json.dumps({MEMOS[form]: name}))

    check_refused(scene, who, shown, before, (form, name))


@pytest.mark.parametrize("form", ["checkin", "profile", "setup", "notice"])
def test_a_form_whose_memory_is_garbage_is_refused(scene: Scene, form: str) -> None:
    """What the form remembers may be anything at all; without a thing named in it nothing happens."""
    who, before = RIGHTFUL.get(form, Who.AUTHOR), scene.state()
    for memory in NO_JSON:
        check_refused(scene, who, scene.send(who, form, private_metadata=memory), before, (form, memory))


@pytest.mark.parametrize(
    ("form", "who"),
    [
        ("checkin", Who.ELSEWHERE),
        ("note.change", Who.ELSEWHERE),
        ("goal.change", Who.PAST_PARTNER),
        ("goal.drop", Who.PARTNER),
        ("step", Who.PARTNER),
        ("steps.new", Who.ELSEWHERE),
        ("checkin", Who.PARTNER),
        ("promise", Who.PARTNER),
        ("reply", Who.ELSEWHERE),
        ("reply", Who.PAST_PARTNER),
        ("reply.answer", Who.PARTNER),
        ("meeting.suggest", Who.ELSEWHERE),
        ("meeting.another", Who.PAST_PARTNER),
        ("follow_up.save", Who.ELSEWHERE),
        ("heard.save", Who.PAST_PARTNER),
        ("self_check", Who.ELSEWHERE),
        ("closing", Who.ELSEWHERE),
        ("setup", Who.OTHER_OWNER),
        ("setup", Who.EX_OWNER),
        ("setup", Who.PARTNER),
    ],
)
def test_a_form_about_other_peoples_things_leaves_one_line_in_the_audit_trail(
    scene: Scene, form: str, who: str
) -> None:
    """Someone else's id, or another programme's room: refused, nothing written, one line that says no."""
    before, lines, said_yes = scene.state(), scene.audited(allowed=False), scene.audited(allowed=True)

    shown = scene.send(who, form)

    check_refused(scene, who, shown, before, form)
    assert scene.audited(allowed=False) == lines + 1
    assert scene.audited(allowed=True) == said_yes


def test_an_owner_cannot_name_the_room_of_another_programme(scene: Scene) -> None:
    """Who runs one programme has no right to the next one, whatever the form says."""
    before, lines = scene.state(), scene.audited(allowed=False)
    for room in (scene.room(OTHER_ROOM), scene.room(FRESH_ROOM)):
        shown = scene.send(Who.OWNER, "setup", private_metadata=json.dumps({"room": room}))
        check_refused(scene, Who.OWNER, shown, before, room)
    assert scene.audited(allowed=False) == lines + 2


def test_somebody_elses_goal_chosen_for_ones_own_note_is_refused(scene: Scene) -> None:
    """The choices of a form are names too: a goal that is not mine cannot be filled in."""
    before = scene.state()
    for goal in (scene.ids["goal"], str(uuid4()), "nonsense"):
        state = _with(scene, "note.new", goal={"type": "static_select", "selected_option": _option(goal)})
        check_refused(scene, Who.ELSEWHERE, scene.send(Who.ELSEWHERE, "note.new", state=state), before, goal)


def _option(value: Any) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": "…"}, "value": value}


def _with(scene: Scene, form: str, **fields: Any) -> dict[str, Any]:
    """Return the filled-in state of a form with some elements replaced."""
    values = {**scene.forms[form]["state"]["values"], **{name: {name: element} for name, element in fields.items()}}
    return {"values": values}


OVERSIZE = {
    "checkin": ("promise", "progress", "reflection"),
    "note.new": ("text",),
    "note.change": ("text",),
    "goal.new": ("title", "why", "measure", "steps"),
    "goal.change": ("title", "why", "measure"),
    "goal.drop": ("farewell",),
    "step": ("text", "plan"),
    "steps.new": ("steps",),
    "promise": ("promise",),
    "reply": ("text",),
    "reply.answer": ("text",),
    "agreement": ("hopes", "meetings", "not_this_week", "rules"),
    "meeting.suggest": ("place", "topic"),
    "meeting.another": ("place", "topic"),
    "follow_up.save": ("follow_up",),
    "heard.save": ("heard",),
    "closing": ("learned",),
    "profile": ("offers", "wants", "hope"),
    "setup": ("name", "purpose", "guidelines", "weeks"),
}


def _oversized(name: str) -> dict[str, Any]:
    if name in {"offers", "wants"}:
        return {"type": "multi_external_select", "selected_options": [_option("ä" * 20_000)]}
    return {"type": "plain_text_input", "value": "ä" * 20_000}


@pytest.mark.parametrize("form", sorted(OVERSIZE))
def test_a_text_longer_than_its_field_is_refused_at_that_field(scene: Scene, form: str) -> None:
    """Slack's client stops at the limit; a form made by hand does not, and is told so at the right place."""
    who, before = RIGHTFUL.get(form, Who.AUTHOR), scene.state()
    for name in OVERSIZE[form]:
        state = _with(scene, form, **{name: _oversized(name)})
        shown = scene.send(who, form, state=state)
        check_refused(scene, who, shown, before, (form, name))
        assert list(shown.answer.raw["errors"]) == [name]


WRONG: list[Any] = [
    None,
    7,
    True,
    [],
    {},
    [[]],
    {"value": {}},
    {"selected_option": 3},
    {"selected_options": [None, 3, {}]},
]


@pytest.mark.parametrize(
    "form", sorted(set(FORMS) - {"notice", "goal.drop", "closing"})
)  # nothing need be said in these
def test_values_of_the_wrong_type_are_no_values(scene: Scene, form: str) -> None:
    """Numbers, lists and nothing where a text belongs: the form says what is missing, and nothing breaks."""
    who, before = RIGHTFUL.get(form, Who.AUTHOR), scene.state()
    names = list(scene.forms[form]["state"]["values"])
    for wrong in WRONG:
        state = {"values": {name: {name: wrong} for name in names}}
        check_refused(scene, who, scene.send(who, form, state=state), before, (form, wrong))
    for values in ({}, dict.fromkeys(names), dict.fromkeys(names, 3)):
        check_refused(scene, who, scene.send(who, form, state={"values": values}), before, (form, values))
    check_refused(scene, who, scene.send(who, form, state={}), before, form)


def test_a_form_nobody_knows_changes_nothing(scene: Scene) -> None:
    """A form with a name the bot does not have is closed without a word."""
    before = scene.state()
    for name in ("", "round.approve", "note.save\n", "x" * 255):
        shown = scene.send(Who.AUTHOR, "note.new", callback_id=name)
        assert shown.answer.status == 200
        assert not shown.answer.raw
    assert scene.state() == before


def test_an_owner_who_left_the_room_while_the_form_was_open_is_refused(town: Town) -> None:
    """The right is looked up when the form is sent, not when it was opened."""
    move_in(town, "olga", "mira")
    set_up(town)
    town.box.join("mira", ROOM)
    town.says("mira", "/tandem-admin setup", ROOM)
    scene = Scene(town)
    town.box.leave("mira", ROOM)
    before, lines = scene.state(), scene.audited(allowed=False)

    answer = town.submits("mira", {"name": "Mine now"})

    assert "private" in answer.errors["name"]
    assert scene.state() == before
    assert scene.audited(allowed=False) == lines + 1


def test_a_round_cannot_be_approved_by_somebody_who_left_the_room_meanwhile(town: Town) -> None:
    """The preview stays on the screen of whoever asked for it; its buttons do not."""
    move_in(town, "olga", "mira", "jonas", "raj")
    set_up(town)
    for handle in ("mira", "jonas"):
        join(town, handle)
    town.box.join("raj", ROOM)
    town.says("raj", "/tandem-admin match", ROOM)
    preview = town.box.messages("raj")[-1]
    town.box.leave("raj", ROOM)
    scene = Scene(town)
    before, lines = scene.state(), scene.audited(allowed=False)

    for action in ("round.approve", "round.discard", "round.shuffle"):
        town.clicks("raj", preview, action)
        assert "private channel" in town.box.messages("raj")[-1].text

    assert scene.state() == before
    assert scene.audited(allowed=False) == lines + 3


def test_somebody_deactivated_with_a_form_open_is_refused(town: Town) -> None:
    """A form of somebody who is gone by now has no effect."""
    move_in(town, "olga", "mira", "jonas")
    set_up(town)
    for handle in ("mira", "jonas"):
        join(town, handle)
    town.says("mira", "/tandem note")
    town.box.change_person("mira", deleted=True)
    scene = Scene(town)
    before = scene.state()

    answer = town.submits("mira", {"text": f"too late {secret(town, 'note', 'mira')}"})

    assert list(answer.errors) == ["text"]
    assert scene.state() == before


def test_a_checkin_of_a_pairing_that_has_ended_is_refused_and_the_text_stays(town: Town) -> None:
    """When the partner leaves while the form is open, the answer goes to nobody and is not lost."""
    move_in(town, "olga", "mira", "jonas")
    set_up(town)
    for handle in ("mira", "jonas"):
        join(town, handle)
    match(town)
    town.travel(timedelta(days=7))
    town.says("mira", "/tandem checkin")
    town.says("jonas", "/tandem leave")
    town.clicks("jonas", town.box.messages("jonas")[-1], "leave.confirm")
    scene = Scene(town)
    before, lines = scene.state(), scene.audited(allowed=False)
    promise = f"to nobody {secret(town, 'promise', 'mira')}"

    answer = town.submits("mira", {"promise": promise})

    assert len(answer.errors) == 1
    view = town.box.modal("mira")
    assert view
    assert view.state["promise"]["promise"]["value"] == promise
    assert scene.state() == before
    assert scene.audited(allowed=False) == lines + 1


@pytest.mark.parametrize("form", ["note", "goal"])
def test_a_form_that_named_one_partner_does_not_share_with_the_next_one(town: Town, form: str) -> None:
    """Opened with Jonas, sent with Raj: what was meant for Jonas is not shared, and the author is told."""
    move_in(town, "olga", "mira", "jonas", "raj")
    set_up(town)
    for handle in ("mira", "jonas"):
        join(town, handle)
    match(town)
    text = f"for Jonas {secret(town, form, 'mira')}"
    town.says("mira", f"/tandem {form}")
    kept = Scene(town)
    kept.keep_form(form, "mira", {"text" if form == "note" else "title": text, "visibility": "shared"})
    town.says("jonas", "/tandem leave")
    town.clicks("jonas", town.box.messages("jonas")[-1], "leave.confirm")
    join(town, "raj")
    match(town)
    before = kept.state()

    shown = kept.send("mira", form)

    check_refused(kept, "mira", shown, before, form)
    assert list(shown.answer.raw["errors"]) == ["visibility"]
    private = kept.send("mira", form, state=_with(kept, form, visibility=_private()))
    assert "errors" not in private.texts
    town.travel(timedelta(days=1))


def _private() -> dict[str, Any]:
    return {"type": "radio_buttons", "selected_option": _option("private")}

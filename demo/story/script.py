"""The plot, week by week."""

from __future__ import annotations

from datetime import date, timedelta

from demo.story.cast import OWNER
from demo.story.habits import THURSDAY, answers, joins, monday, notes, shows_arrivals, shows_profiles
from demo.story.record import Kind
from demo.story.stage import Stage
from demo.town import ROOM

DAY = timedelta(days=1)
MORNINGS = {"raj": "09:20", "jonas": "09:40", "ana": "09:15", "tess": "09:10"}
OUTAGE_HOURS = 15.5


def play(stage: Stage) -> None:
    """Play everything from the set-up to the fourth Friday. Raises StoryBroken when something expected is missing."""
    _before(stage)
    _week_one(stage)
    _week_two(stage)
    _week_three(stage)
    _week_four(stage)


def _before(stage: Stage) -> None:
    friday = THURSDAY + DAY
    stage.chapter(stage.voice("before"), THURSDAY, friday)
    sets_up(stage, THURSDAY)
    stage.at("mira", THURSDAY, "10:30")
    stage.tell("join")
    joins(stage, "mira")
    with stage.offstage():
        for who, day in (("jonas", THURSDAY), ("ana", THURSDAY), ("tess", THURSDAY), ("raj", friday)):
            stage.at(who, day, "11:15")
            joins(stage, who)
    stage.tell("others")
    shows_profiles(stage)
    stage.at(OWNER, friday, "11:00")
    stage.tell("match")
    stage.says(OWNER, "/tandem-admin match", ROOM)
    stage.clicks(OWNER, "round.approve")
    stage.shows(OWNER, "approved")
    stage.tell("introductions")
    stage.shows("mira", "introduction")
    stage.shows("ana", "introduction", most=5)
    stage.end_chapter()


def sets_up(stage: Stage, day: date) -> None:
    """Have the programme set up in its room."""
    typed = stage.voice.typed
    stage.at(OWNER, day, "10:00")
    stage.tell("setup")
    stage.says(OWNER, "/tandem-admin setup", ROOM)
    stage.invites_bot(OWNER)
    stage.says(OWNER, "/tandem-admin setup", ROOM)
    stage.fills(OWNER, name=typed("programme.name"), purpose=typed("programme.purpose"))
    stage.shows(OWNER, "ready")


def _week_one(stage: Stage) -> None:
    start = monday(1)
    stage.chapter(stage.voice("week", number=1), start, start + 4 * DAY)
    with stage.offstage():
        stage.at("raj", start, "09:20")
        answers(stage, "raj", 1)
    stage.at("mira", start, "09:05")
    stage.tell("first")
    stage.shows("mira", "checkin")
    answers(stage, "mira", 1)
    stage.tell("reads", name=stage.people["jonas"].first)
    stage.shows("jonas", "checkin_summary")
    with stage.offstage():
        for who in ("jonas", "ana", "tess"):
            stage.at(who, start, MORNINGS[who])
            answers(stage, who, 1)
    shows_arrivals(stage, 1)
    _goals(stage)
    _notes(stage)
    stage.end_chapter()


def _goals(stage: Stage) -> None:
    stage.at("mira", monday(1) + DAY, "12:30")
    stage.tell("goal")
    _sets_goal(stage, "mira", "why", "measure")
    with stage.offstage():
        stage.at("jonas", monday(1) + DAY, "14:00")
        _sets_goal(stage, "jonas")


def _sets_goal(stage: Stage, who: str, *more: str) -> None:
    partner = "jonas" if who == "mira" else "mira"
    stage.says(who, stage.voice.typed("goal"))
    fields = {name: stage.keeps(who, f"{who}.{name}", partner) for name in ("steps", *more)}
    stage.fills(who, title=stage.keeps(who, f"{who}.goal", partner), visibility="shared", **fields)


def _notes(stage: Stage) -> None:
    thursday = monday(1) + 3 * DAY
    stage.at("mira", thursday, "15:10")
    stage.tell("note")
    notes(stage, "mira", "mira.note", "jonas")
    stage.tell("reads", name=stage.people["jonas"].first)
    stage.shows("jonas", "note_shared")
    stage.at("jonas", thursday, "16:20")
    stage.tell("undo")
    notes(stage, "jonas", "jonas.note", "mira")
    stage.clicks("jonas", "note.undo")
    stage.tell("undone")
    stage.shows("mira", "note_shared", kind=Kind.TAKEN_BACK)


def _week_two(stage: Stage) -> None:
    start = monday(2)
    stage.chapter(stage.voice("week", number=2), start, start + 4 * DAY)
    stage.at("mira", start, "09:10")
    stage.tell("step")
    _ticks(stage, "mira")
    stage.tell("kept")
    stage.shows("mira", "checkin")
    answers(stage, "mira", 2, "kept")
    stage.shows("jonas", "checkin_summary")
    stage.clicks("jonas", "checkin.cheer", answer=False)
    stage.shows("mira", "cheer")
    stage.at("jonas", start, "09:40")
    stage.tell("partly")
    answers(stage, "jonas", 2, "partly")
    stage.at("ana", start, "09:15")
    stage.tell("not_yet")
    answers(stage, "ana", 2, "not_yet")
    stage.tell("reads", name=stage.people["tess"].first)
    stage.at("tess", start, "09:05")
    stage.shows("tess", "checkin_summary")
    with stage.offstage():
        answers(stage, "tess", 2, "kept")
    shows_arrivals(stage, 2)
    stage.at("raj", start + DAY, "09:30")
    stage.tell("reminder")
    stage.shows("raj", "checkin_reminder")
    answers(stage, "raj", 2, "partly")
    stage.end_chapter()


def _ticks(stage: Stage, who: str) -> None:
    stage.says(who, stage.voice.typed("goals"))
    stage.clicks(who, "step.tick.0", answer=False)


def _week_three(stage: Stage) -> None:
    start = monday(3)
    stage.chapter(stage.voice("week", number=3), start, start + 4 * DAY)
    stage.at("ana", start, "08:10")
    stage.tell("pause")
    stage.says("ana", stage.voice.typed("pause"))
    stage.shows("raj", "partner_paused")
    with stage.offstage():
        for who in ("raj", "mira", "jonas"):
            stage.at(who, start, "14:30" if who == "raj" else "10:10")
            answers(stage, who, 3, "kept")
        _ticks(stage, "mira")
        stage.at("tess", start, "09:30")
    stage.tell("clocks.3")
    shows_arrivals(stage, 3)
    stage.at("raj", start + DAY, "16:45")
    stage.tell("alone")
    notes(stage, "raj", "raj.note")
    _outage(stage)
    stage.at("raj", start + 4 * DAY, "14:30")
    stage.tell("back")
    stage.shows("raj", "partner_back")
    stage.shows("ana", "checkin_summary")
    stage.end_chapter()


def _outage(stage: Stage) -> None:
    wednesday = monday(3) + 2 * DAY
    with stage.offstage():
        stage.at("tess", wednesday, "12:40")
        answers(stage, "tess", 3, "kept")
    stage.at("mira", wednesday, "18:30")
    stage.tell("outage")
    notes(stage, "mira", "mira.late", "jonas")
    stage.at("mira", wednesday, "19:00")
    stage.printer.moment(stage.town.now, stage.voice("stopped"))
    stage.town.stop_bot()
    stage.waits(OUTAGE_HOURS)
    stage.tell("late")
    stage.printer.moment(stage.town.now, stage.voice("started"))
    stage.town.start_bot()
    stage.town.deliver()
    stage.recorder.take()
    stage.shows("jonas", "note_shared")
    stage.shows("raj", "checkin_summary")


def _week_four(stage: Stage) -> None:
    start = monday(4)
    stage.chapter(stage.voice("week", number=4), start, start + 4 * DAY)
    with stage.offstage():
        stage.at("raj", start, "09:20")
        answers(stage, "raj", 4, "kept")
    stage.at("mira", start, "09:15")
    stage.tell("knees")
    answers(stage, "mira", 4, "kept")
    stage.at("jonas", start, "09:40")
    with stage.offstage():
        answers(stage, "jonas", 4, "kept")
    stage.at("ana", start, "09:15")
    stage.tell("again")
    stage.shows("ana", "checkin")
    answers(stage, "ana", 4, "kept")
    with stage.offstage():
        stage.at("tess", start, "09:10")
        answers(stage, "tess", 4, "not_yet")
    stage.tell("clocks.4")
    shows_arrivals(stage, 4)
    stage.at("mira", start + 2 * DAY, "13:20")
    stage.tell("dashboard")
    stage.opens_home("mira")
    stage.tell("celebrate")
    stage.clicks_home("mira", "step.tick.0")
    stage.ends_goal("mira")
    stage.at(OWNER, start + 4 * DAY, "16:00")
    stage.tell("status")
    stage.says(OWNER, "/tandem-admin status", ROOM)
    stage.end_chapter()

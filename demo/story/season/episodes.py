"""What happens once in the season, each in a few lines."""

from __future__ import annotations

from datetime import date, datetime, time

from demo.story.cast import OWNER
from demo.story.habits import joins
from demo.story.season.calendar import (
    AWAY,
    AWAY_WEEK,
    BACK_ON,
    DAY,
    LAST_DAY,
    NEWLY_MATCHED_ON,
    SILENT,
    SILENT_WEEK,
    asked_on,
)
from demo.story.season.habits import answers
from demo.story.stage import Stage, StoryBroken
from demo.town import ROOM

PAIR = ("mira", "jonas")
MEETING_ON = NEWLY_MATCHED_ON
HALF_TIME_ON = date(2027, 3, 19)
CLOSING_ON = date(2027, 4, 23)
SKILLS_BEFORE = {"communication": "2", "empathy": "3", "enthusiasm": "4"}
SKILLS_AFTER = {"communication": "4", "empathy": "4", "enthusiasm": "4"}


def agree(stage: Stage) -> None:
    """Mira and Jonas sign their agreement."""
    stage.at("mira", asked_on(1) + DAY, "12:10")
    stage.tell("season.agreement")
    stage.says("mira", stage.voice.typed("agreement"))
    stage.clicks("mira", "agreement.edit")
    stage.fills("mira", hopes=stage.keeps("mira", "agreement.hopes", "jonas"))
    stage.at("jonas", asked_on(1) + DAY, "13:20")
    stage.clicks("jonas", "agreement.show", answer=False)
    stage.clicks("jonas", "agreement.sign")


def second_week(stage: Stage) -> None:
    """Mira and Jonas arrange to meet, Ana and Raj part, two join, all are matched, the meeting takes place."""
    tuesday = MEETING_ON - DAY
    with stage.offstage():
        stage.at("noor", tuesday, "10:00")
        joins(stage, "noor")
    _arrange(stage, tuesday)
    _part(stage, tuesday)
    with stage.offstage():
        stage.at("tess", tuesday, "10:00")
        joins(stage, "tess")
    stage.tell("season.newcomers")
    stage.at(OWNER, MEETING_ON, "10:00")
    stage.tell("season.rematch")
    stage.says(OWNER, "/tandem-admin match", ROOM)
    stage.clicks(OWNER, "round.approve")
    stage.shows("ana", "introduction", most=5)
    _meet(stage)


def _arrange(stage: Stage, day: date) -> None:
    stage.at("mira", day, "09:30")
    stage.tell("season.meet")
    stage.says("mira", stage.voice.typed("meet"))
    topic = stage.keeps("mira", "topic", "jonas")
    stage.fills("mira", day=MEETING_ON.isoformat(), time="14:00", topic=topic)
    stage.shows("jonas", "meeting_proposed")
    stage.clicks("jonas", "meeting.accept")


def _part(stage: Stage, day: date) -> None:
    stage.at("ana", day, "10:00")
    stage.tell("season.fit")
    stage.shows("ana", "fit")
    stage.clicks("ana", "fit.not_good")
    stage.clicks("ana", "partner.unfit")
    stage.tell("season.parted")
    stage.shows("raj", "parted")


def _meet(stage: Stage) -> None:
    stage.at("jonas", MEETING_ON, "13:50")
    stage.tell("season.soon")
    stage.shows("jonas", "meeting_soon")
    stage.at("jonas", MEETING_ON, "16:30")
    stage.tell("season.after")
    for who in PAIR:
        stage.clicks(who, "meeting.met", answer=who == "mira")
    stage.clicks("mira", "follow_up.new")
    stage.fills("mira", follow_up=stage.keeps("mira", "follow_up", "jonas"), doer=stage.town.box.person("jonas").id)
    stage.tell("season.heard")
    stage.clicks("jonas", "heard.new")
    stage.fills("jonas", heard=stage.keeps("jonas", "heard", "mira"))
    stage.shows("mira", "heard")
    stage.clicks("mira", "heard.yes")


def ticks_follow_up(stage: Stage) -> None:
    """Jonas did what was to follow."""
    stage.at("jonas", asked_on(3) + DAY, "15:00")
    stage.tell("season.ticked")
    stage.shows("jonas", "follow_up_given")
    stage.clicks("jonas", "follow_up.done")


def goes_away(stage: Stage) -> None:
    """Mira's vacation status begins a break before the check-in."""
    with stage.offstage():
        stage.at(AWAY, asked_on(AWAY_WEEK) - 3 * DAY, "16:00")
        stage.opens_home(AWAY)
        stage.clicks_home(AWAY, "working.edit")
        stage.fills(AWAY, status="yes")
    stage.at(AWAY, asked_on(AWAY_WEEK) - DAY, "18:00")
    stage.tell("season.vacation")
    last = datetime.combine(BACK_ON - DAY, time(23, 59), stage.people[AWAY].clock)
    stage.changes(AWAY, status_emoji=":palm_tree:", status_expiration=int(last.timestamp()))


def hears_of_it(stage: Stage) -> None:
    """Jonas reads it on Monday, and answers all the same."""
    stage.shows("jonas", "partner_paused")
    answers(stage, "jonas", AWAY_WEEK)


def comes_back(stage: Stage) -> None:
    """Her partner hears of it on the first day."""
    stage.at("jonas", BACK_ON, "10:30")
    stage.tell("season.back")
    stage.shows("jonas", "partner_back")


def half_time(stage: Stage) -> None:
    """Half-time of the first pair: one tap for the agreement, and the eight skills for oneself."""
    stage.at("mira", HALF_TIME_ON, "14:10")
    stage.tell("season.half")
    stage.shows("mira", "half_time")
    stage.clicks("mira", "half_time.right")
    stage.clicks("mira", "self_check.open")
    stage.fills("mira", **SKILLS_BEFORE)


def silence(stage: Stage) -> None:
    """Nothing is heard of Raj for a while; he answers late."""
    monday = asked_on(SILENT_WEEK)
    stage.at(SILENT, monday + 2 * DAY, "11:00")
    stage.tell("season.silent")
    stage.shows(SILENT, "checkin_reminder")
    stage.shows(SILENT, "silence_nudge")
    stage.at(SILENT, monday + 3 * DAY, "10:00")
    stage.tell("season.late")
    answers(stage, SILENT, SILENT_WEEK)


def easter(stage: Stage) -> None:
    """The holidays are over; everybody was asked a day later."""
    stage.tell("season.easter")
    stage.shows("jonas", "checkin")


def look_back(stage: Stage) -> None:
    """A week before the end both look back."""
    stage.at("mira", CLOSING_ON, "14:10")
    stage.tell("season.closing")
    stage.shows("mira", "closing")
    _looks_back(stage, "mira", "jonas")
    stage.tell("season.thanks")
    stage.shows("jonas", "thanks")
    stage.at("jonas", CLOSING_ON, "15:00")
    stage.tell("season.closing_too")
    _looks_back(stage, "jonas", "mira")
    stage.at("mira", CLOSING_ON, "16:00")
    stage.tell("season.growth")
    stage.clicks("mira", "self_check.open")
    stage.fills("mira", **SKILLS_AFTER)


def _looks_back(stage: Stage, who: str, other: str) -> None:
    stage.clicks(who, "closing.open")
    thanks = {f"thanks:{stage.town.box.person(other).id}": stage.keeps(who, f"{who}.thanks", other)}
    stage.fills(who, learned=stage.keeps(who, f"{who}.learned"), next="new_partner", **thanks)


def ends(stage: Stage) -> None:
    """The last day, and the certificate the day after."""
    stage.at("mira", LAST_DAY + 3 * DAY, "10:30")
    stage.tell("season.end")
    stage.shows("mira", "pairing_ended")
    stage.says("mira", stage.voice.typed("certificate"))
    files = stage.town.box.files("mira")
    if not files:
        raise StoryBroken(stage.voice("doubt.unseen", name=stage.people["mira"].name, what="certificate"))
    stage.tell("season.certificate", name=files[-1].name)
    stage.at(OWNER, LAST_DAY + 3 * DAY, "16:00")
    stage.tell("status")
    stage.says(OWNER, "/tandem-admin status", ROOM)

"""Set up a programme and look after it."""

from __future__ import annotations

from bot.domain import programmes as rules
from bot.domain.cadence import Weekday
from bot.domain.people import Language
from bot.domain.programmes import ProgrammePlan
from bot.domain.refusals import at_field
from bot.slack.house import House
from bot.slack.replies import OpenModal, Private, Reply, ShowModal
from bot.slack.requests import Request
from bot.slack.router import admin_command, submission
from bot.slack.screens import programmes
from bot.usecases.programmes import check_setup, read_status, set_up


@admin_command("setup", "einrichten", "settings", "einstellungen")
def open_setup(request: Request, house: House) -> Reply:
    """`/tandem-admin setup`: start the programme of this channel, or change it."""
    room = house.room(request, request.channel)
    with house.looking(request, room=room) as (tx, actor):
        plan = check_setup(tx, actor, room)
    return OpenModal(programmes.setup_form(plan or house.rules.defaults, request.channel, house.words(request)))


@submission("setup.save")
def save_setup(request: Request, house: House) -> Reply:
    plan = _plan(request)
    room = house.room(request, request.memo("room"))
    with house.acting(request, room=room) as (tx, actor):
        kept = house.rules
        set_up(tx, actor, room, plan, min_gap_weeks=kept.min_gap_weeks, holidays=kept.holidays, rules=kept.rules)
    return ShowModal(programmes.setup_kept(plan, house.words(request)))


def _plan(request: Request) -> ProgrammePlan:
    with at_field("weeks"):
        weeks = rules.read_weeks(request.said("weeks"))
    return ProgrammePlan(
        name=request.said("name"),
        purpose=request.said("purpose"),
        weekday=rules.read_weekday(request.said("weekday")),
        hour=rules.read_hour(request.said("hour")),
        weeks=weeks,
        guidelines=request.said("guidelines"),
        language=Language.from_slack_locale(request.said("language")),
        ask_first=request.said("ask_first") == "yes",
    )


@admin_command("status", "stand")
def show_status(request: Request, house: House) -> Reply:
    """`/tandem-admin status`: whether everything is being delivered."""
    with house.acting(request, room=request.channel) as (tx, actor):
        state = read_status(tx, actor, request.channel)
    return Private(programmes.status(state, house.words(request)))


def default_plan(weekday: str, hour: int, weeks: int, language: str) -> ProgrammePlan:
    """Return what the set-up form starts from, as configured."""
    return ProgrammePlan("", "", Weekday[weekday.upper()], hour, weeks, "", Language(language))

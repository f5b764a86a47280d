"""When rounds come, in the owners' room."""

from __future__ import annotations

from bot.domain import schedules as rules
from bot.domain.refusals import at_field
from bot.domain.schedules import Schedule
from bot.slack.house import House
from bot.slack.replies import OpenModal, Private, Reply, ShowModal
from bot.slack.requests import Request
from bot.slack.router import action, admin_command, submission
from bot.slack.screens import schedules as screens
from bot.usecases import schedules


@admin_command("rounds", "runden", "round", "runde")
def show_rounds(request: Request, house: House) -> Reply:
    """`/tandem-admin rounds`: the last and the next round, and when rounds come."""
    with house.looking(request, room=request.channel) as (tx, actor):
        plan = schedules.read_rounds(tx, actor, request.channel)
    return Private(screens.rounds(plan, house.words(request)))


@action("schedule.change")
def change(request: Request, house: House) -> Reply:
    with house.looking(request, room=request.channel) as (tx, actor):
        now = schedules.open_schedule(tx, actor, request.channel)
    return OpenModal(screens.form(now, request.channel, house.words(request)))


@submission("schedule.save")
def save(request: Request, house: House) -> Reply:
    with at_field("weeks"):
        weeks = rules.read_every_weeks(request.said("weeks"))
    late_joiners = request.said("late_joiners") == screens.WEEKLY
    wanted = Schedule(rules.read_rhythm(request.said("rhythm")), weeks, request.day("first_day"), late_joiners)
    room = request.memo("room")
    with house.acting(request, room=room) as (tx, actor):
        plan = schedules.set_schedule(tx, actor, room, wanted)
    return ShowModal(screens.kept(plan, house.words(request)))

"""How somebody likes to be reminded."""

from __future__ import annotations

from bot.domain.reminders import read_profile
from bot.slack.house import House
from bot.slack.replies import OpenModal, Reply, ShowModal
from bot.slack.requests import Request
from bot.slack.router import action, submission
from bot.slack.screens import reminders as screens
from bot.usecases import reminders


@action("reminder.edit")
def edit_reminders(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        how = reminders.read_reminders(tx, actor)
    return OpenModal(screens.reminder_form(how, house.words(request)))


@submission("reminder.save")
def save_reminders(request: Request, house: House) -> Reply:
    profile = read_profile(request.said("reminders"))
    with house.acting(request) as (tx, actor):
        reminders.choose_reminders(tx, actor, profile)
    return ShowModal(screens.saved(house.words(request)))

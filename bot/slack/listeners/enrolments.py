"""Join, profile, pause, resume, leave."""

from __future__ import annotations

from bot.domain import profiles
from bot.domain.cadence import WorkingHours
from bot.domain.dates import DateUnclear, read_date
from bot.domain.profiles import Profile, read_skills
from bot.domain.refusals import Refused, at_field
from bot.slack.blocks import View
from bot.slack.house import House
from bot.slack.replies import OpenModal, Private, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, command, submission
from bot.slack.screens import enrolments as screens
from bot.slack.screens.trouble import refusal_line
from bot.usecases import breaks, enrolments
from bot.usecases.enrolments import Invitation


@command("join", "beitreten", "mitmachen")
@action("join.start")
def start_joining(request: Request, house: House) -> Reply:
    """`/tandem join`: the data notice first, then the profile."""
    with house.looking(request) as (tx, actor):
        open_ones = enrolments.invitations(tx, actor)
    if len(open_ones) > 1:
        return Private(screens.choose_programme(open_ones, house.words(request)))
    return OpenModal(_next_form(request, house, open_ones[0]))


@action(*(f"join.programme.{i}" for i in range(25)))
def join_programme(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        invited = enrolments.invitation(tx, actor, thing_id(request.value))
    return OpenModal(_next_form(request, house, invited))


def _next_form(request: Request, house: House, invited: Invitation) -> View:
    words = house.words(request)
    return (
        screens.profile_form(str(invited.programme), None, words) if invited.agreed else screens.notice(invited, words)
    )


@submission("notice.agree")
def agree(request: Request, house: House) -> Reply:
    programme = thing_id(request.memo("programme"))
    with house.acting(request) as (tx, actor):
        enrolments.agree_to_notice(tx, actor, programme)
    return ShowModal(screens.profile_form(str(programme), None, house.words(request)))


@command("profile", "profil")
@action("profile.edit")
def edit_profile(request: Request, house: House) -> Reply:
    """`/tandem profile`: what I offer, want and hope for."""
    with house.looking(request) as (tx, actor):
        programme, profile = enrolments.read_profile(tx, actor)
    return OpenModal(screens.profile_form(str(programme), profile, house.words(request)))


@submission("profile.save")
def save_profile(request: Request, house: House) -> Reply:
    profile = _profile(request)
    with house.acting(request) as (tx, actor):
        result = enrolments.join(tx, actor, thing_id(request.memo("programme")), profile)
    return ShowModal(screens.joined(result, house.words(request)))


def _profile(request: Request) -> Profile:
    with at_field("offers"):
        offers = read_skills("\n".join(request.chosen("offers")))
    with at_field("wants"):
        wants = read_skills("\n".join(request.chosen("wants")))
    hours = WorkingHours(
        profiles.read_minute(request.said("work_start")), profiles.read_minute(request.said("work_end"))
    )
    return Profile(offers, wants, request.said("hope"), request.chosen("languages"), hours)


@command("pause", "pausieren")
@action("pause.new")
def pause(request: Request, house: House) -> Reply:
    """`/tandem pause until 1 March`; without a date the form opens."""
    with house.looking(request) as (tx, actor):
        today = enrolments.own_today(tx, actor)
    if not request.text:
        return OpenModal(screens.pause_form(house.words(request)))
    try:
        until = read_date(request.text, today)
    except Refused as refused:
        words = house.words(request)
        return OpenModal(screens.pause_form(words, request.text, refusal_line(refused, words)))
    with house.acting(request) as (tx, actor):
        taken = breaks.pause(tx, actor, until)
    return Private(screens.paused(taken, house.words(request)))


@submission("pause.save")
def save_pause(request: Request, house: House) -> Reply:
    until = request.day("until")
    if until is None:
        raise DateUnclear
    with house.acting(request) as (tx, actor):
        taken = breaks.pause(tx, actor, until)
    return Private(screens.paused(taken, house.words(request)))


@command("resume", "weiter", "fortsetzen")
@action("pause.end")
def resume(request: Request, house: House) -> Reply:
    """`/tandem resume`: back from a break."""
    with house.acting(request) as (tx, actor):
        breaks.resume(tx, actor)
    return Private(screens.resumed(house.words(request)))


@command("leave", "verlassen", "aussteigen")
def ask_leave(request: Request, house: House) -> Reply:
    """`/tandem leave`: asked once more, never why."""
    with house.looking(request) as (tx, actor):
        enrolments.own_today(tx, actor)
    return Private(screens.leaving(house.words(request)))


@action("leave.confirm")
def leave(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        enrolments.leave(tx, actor)
    return Private(screens.left(house.words(request)))

"""The weekly check-in: the taps on its message."""

from __future__ import annotations

from bot.domain.promises import Then
from bot.slack.house import House
from bot.slack.replies import OpenModal, Replace, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, command
from bot.slack.screens import answers as forms
from bot.slack.screens import checkins as screens
from bot.slack.screens import postponements as postponed_screens
from bot.usecases import answers, checkins, postponements


@command("checkin", "check-in", "wochen-check-in", "einchecken")
@action("checkin.open")
def open_checkin(request: Request, house: House) -> Reply:
    """`/tandem checkin`, or a button: the whole form."""
    with house.looking(request) as (tx, actor):
        named = thing_id(request.value) if request.value else None
        asked = checkins.read_checkin(tx, actor, named) if named else checkins.current_checkin(tx, actor)
    return OpenModal(forms.form(asked, house.words(request)))


@action(*screens.ACTION)
def tap_outcome(request: Request, house: House) -> Reply:
    """Tap one: it counts at once. Where no step can be the next promise, the form of one line opens."""
    with house.acting(request) as (tx, actor):
        asked = answers.report_outcome(tx, actor, thing_id(request.value), screens.ACTION[request.name])
    words = house.words(request)
    if answers.needs_words(asked):
        return OpenModal(forms.line_form(asked, words))
    return Replace(screens.standing(asked, words))


@action(*screens.STEP_ACTIONS)
def tap_step(request: Request, house: House) -> Reply:
    """Tap two: one of the next steps is promised."""
    checkin, _, step = request.value.partition(":")
    with house.acting(request) as (tx, actor):
        kept = answers.take_step(tx, actor, thing_id(checkin), thing_id(step))
    return Replace(screens.standing(kept.prompt, house.words(request)))


@action("checkin.carry")
def tap_carry(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        kept = answers.carry_over(tx, actor, thing_id(request.value))
    return Replace(screens.standing(kept.prompt, house.words(request)))


@action("checkin.let_go")
def tap_let_go(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        asked = answers.let_go(tx, actor, thing_id(request.value))
    return Replace(screens.standing(asked, house.words(request)))


@action("checkin.smaller", "checkin.line")
def open_line(request: Request, house: House) -> Reply:
    """Open the form of one line, for a smaller version or for one's own words."""
    with house.looking(request) as (tx, actor):
        asked = checkins.read_checkin(tx, actor, thing_id(request.value))
    then = Then.SMALLER if request.name == "checkin.smaller" else None
    return OpenModal(forms.line_form(asked, house.words(request), then=then))


@action("checkin.later")
def tap_later(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        postponed = postponements.ask_later(tx, actor, thing_id(request.value))
    words = house.words(request)
    if answers.counts(postponed.prompt):
        return Replace(screens.standing(postponed.prompt, words))
    return Replace(postponed_screens.later(postponed, words))


@action("checkin.aside")
def tap_aside(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        asked = postponements.put_aside(tx, actor, thing_id(request.value))
    return Replace(screens.standing(asked, house.words(request)))


@action("checkin.undo")
def undo(request: Request, house: House) -> Reply:
    """Take the answer back: the message asks again, or the form is there again."""
    with house.acting(request) as (tx, actor):
        asked = answers.take_back(tx, actor, thing_id(request.value))
    words = house.words(request)
    return ShowModal(forms.form(asked, words)) if request.in_modal else Replace(screens.standing(asked, words))

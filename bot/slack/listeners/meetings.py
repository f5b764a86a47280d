"""Meetings."""

from __future__ import annotations

from bot.domain.meetings import Wanted, read_length
from bot.slack.attachments.meetings import calendar_file
from bot.slack.house import House
from bot.slack.replies import Done, HandOut, OpenModal, Private, Replace, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, command, submission
from bot.slack.screens import arranging
from bot.slack.screens import meetings as screens
from bot.usecases import meetings


@command("meet", "treffen", "meeting", "meetings")
@action("meeting.show")
def meet(request: Request, house: House) -> Reply:
    """`/tandem meet`: what is planned; when nothing is, the form at once."""
    with house.looking(request) as (tx, actor):
        planned = meetings.read_meetings(tx, actor)
        asked = meetings.arrange(tx, actor)
    words = house.words(request)
    return Private(screens.planned(planned, words)) if planned else OpenModal(arranging.form(asked, words))


@action("meeting.new")
def new(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        asked = meetings.arrange(tx, actor)
    return OpenModal(arranging.form(asked, house.words(request)))


@action("meeting.another")
def another(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        asked = meetings.rearrange(tx, actor, thing_id(request.value))
    return OpenModal(arranging.form(asked, house.words(request)))


@submission("meeting.suggest")
def suggest(request: Request, house: House) -> Reply:
    """Suggest a new meeting, or another time for the one the form was opened from."""
    meeting, wanted = request.memo("meeting"), _wanted(request)
    with house.acting(request) as (tx, actor):
        if meeting:
            made = meetings.suggest_another(tx, actor, thing_id(meeting), wanted)
        else:
            made = meetings.suggest(tx, actor, thing_id(request.memo("pairing")), wanted)
    return ShowModal(screens.suggested(made, house.words(request)))


def _wanted(request: Request) -> Wanted:
    return Wanted(
        slot=request.said("slot"),
        day=request.day("day"),
        at=request.clock("time"),
        minutes=read_length(request.said("length")),
        place=request.said("place"),
        topic=request.said("topic"),
    )


@action("meeting.accept")
def accept(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = meetings.accept(tx, actor, thing_id(request.value))
    return Replace(screens.card(shown, house.words(request)))


@action("meeting.decline")
def decline(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = meetings.decline(tx, actor, thing_id(request.value))
    return Replace(screens.card(shown, house.words(request)))


@action("meeting.call_off")
def call_off(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = meetings.call_off(tx, actor, thing_id(request.value))
    return Replace(screens.card(shown, house.words(request)))


@action("meeting.file")
def file(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = meetings.hand_out(tx, actor, thing_id(request.value))
    words = house.words(request)
    return HandOut(lambda: calendar_file(shown, words), screens.file_is_there(words))


@action("meeting.google", "meeting.outlook")
def leave(request: Request, house: House) -> Reply:  # noqa: ARG001  the page opens without us; Slack wants an answer
    return Done()


@action(*screens.HAPPENED)
def say_what_happened(request: Request, house: House) -> Reply:
    """One tap says whether a meeting took place."""
    with house.acting(request) as (tx, actor):
        shown = meetings.say_what_happened(tx, actor, thing_id(request.value), screens.HAPPENED[request.name])
    return Replace(screens.answered(shown, house.words(request)))

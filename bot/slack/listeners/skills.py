"""The company's list of skills."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import OpenModal, Options, Private, Replace, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, admin_command, submission, suggestion
from bot.slack.screens import skills as screens
from bot.usecases import skills


@suggestion("offers", "wants")
def suggest(request: Request, house: House) -> Reply:
    """Offer skills while somebody types what they offer or want."""
    with house.looking(request) as (tx, actor):
        found = skills.suggest_skills(tx, actor, request.text)
    return Options(tuple(screens.suggested(found, house.words(request))))


@admin_command("skills", "fähigkeiten", "kompetenzen")
def show_skills(request: Request, house: House) -> Reply:
    """`/tandem-admin skills`: what people offer and want, in counts."""
    with house.looking(request, room=request.channel) as (tx, actor):
        found = skills.list_skills(tx, actor, request.channel)
    return Private(screens.skill_list(found, 0, house.words(request)))


@action("skills.page.back", "skills.page.next")
def turn_page(request: Request, house: House) -> Reply:
    with house.looking(request, room=request.channel) as (tx, actor):
        found = skills.list_skills(tx, actor, request.channel)
    page = int(request.value) if request.value.isascii() and request.value.isdigit() else 0
    return Replace(screens.skill_list(found, page, house.words(request)))


@action("skills.merge")
def open_merge(request: Request, house: House) -> Reply:
    with house.looking(request, room=request.channel) as (tx, actor):
        skill = skills.read_skill(tx, actor, request.channel, thing_id(request.value))
    return OpenModal(screens.merge_form(skill, request.channel, house.words(request)))


@suggestion("into")
def suggest_target(request: Request, house: House) -> Reply:
    """Offer the other skills while an owner types what stands for this one."""
    room, skill = request.memo("room"), thing_id(request.memo("skill"))
    with house.looking(request, room=room) as (tx, actor):
        found = skills.suggest_targets(tx, actor, room, skill, request.text)
    return Options(tuple(screens.targets(found)))


@submission("skills.choose")
def choose_target(request: Request, house: House) -> Reply:
    """The first half of merging: look at what it would do."""
    room, skill = request.memo("room"), thing_id(request.memo("skill"))
    with house.looking(request, room=room) as (tx, actor):
        merge = skills.plan_merge(tx, actor, room, skill, thing_id(request.said("into")))
    return ShowModal(screens.merge_sure(merge, room, house.words(request)))


@submission("skills.merge")
def merge(request: Request, house: House) -> Reply:
    room, skill, into = request.memo("room"), thing_id(request.memo("skill")), thing_id(request.memo("into"))
    with house.acting(request, room=room) as (tx, actor):
        done = skills.merge_skills(tx, actor, room, skill, into)
    return ShowModal(screens.merged(done, house.words(request)))

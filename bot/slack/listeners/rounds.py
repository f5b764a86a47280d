"""Matching rounds, in the owners' room."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from bot.slack.attachments import previews as attachments
from bot.slack.blocks import Message
from bot.slack.house import House
from bot.slack.replies import Private, Replace, Reply, Share, Working
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, admin_command
from bot.slack.screens import rounds as screens
from bot.usecases import field, previews, rounds


@admin_command("match", "matchen", "matching")
@action("round.shuffle", "round.again")
def match(request: Request, house: House) -> Reply:
    """`/tandem-admin match`: solve outside any transaction, then show the preview."""
    with house.looking(request, room=request.channel) as (tx, actor):
        field.check_round(tx, actor, request.channel)

    return Working(screens.working(house.words(request)), partial(_propose, request, house))


def _propose(request: Request, house: House) -> Message:
    with house.looking(request, room=request.channel) as (tx, actor):
        gathered = field.gather(tx, actor, request.channel, house.rules.matching)
    solution = field.solve_field(gathered)
    with house.acting(request, room=request.channel) as (tx, actor):
        shown = rounds.propose(tx, actor, request.channel, gathered, solution)
    return screens.preview(shown, 0, house.words(request))


@action("round.show")
def show(request: Request, house: House) -> Reply:
    """The button in the owners' room: the preview of a round that ran by itself, for who clicks alone."""
    with house.looking(request, room=request.channel) as (tx, actor):
        shown = previews.read_preview(tx, actor, request.channel, thing_id(request.value))
    return Private(screens.preview(shown, 0, house.words(request)))


@action("round.page.back", "round.page.next")
def page(request: Request, house: House) -> Reply:
    name, number = read_page(request.value)
    with house.looking(request, room=request.channel) as (tx, actor):
        shown = previews.read_preview(tx, actor, request.channel, thing_id(name))
    return Replace(screens.preview(shown, number, house.words(request)))


@action("round.approve")
def approve(request: Request, house: House) -> Reply:
    with house.acting(request, room=request.channel) as (tx, actor):
        done = rounds.approve(tx, actor, request.channel, thing_id(request.value))
    return Replace(screens.approved(done, house.words(request)))


@action("round.discard")
def discard(request: Request, house: House) -> Reply:
    with house.acting(request, room=request.channel) as (tx, actor):
        rounds.discard(tx, actor, request.channel, thing_id(request.value))
    return Replace(screens.discarded(house.words(request)))


@action("round.picture")
def picture(request: Request, house: House) -> Reply:
    shown = _handed_out(request, house, thing_id(request.value))
    return Share(request.channel, lambda: attachments.picture(shown, house.texts.for_(shown.language)))


@action("round.table")
def table(request: Request, house: House) -> Reply:
    shown = _handed_out(request, house, thing_id(request.value))
    return Share(request.channel, lambda: attachments.table(shown, house.texts.for_(shown.language)))


def _handed_out(request: Request, house: House, round_id: UUID) -> previews.Preview:
    with house.acting(request, room=request.channel) as (tx, actor):
        return previews.hand_out(tx, actor, request.channel, round_id)


def read_page(value: str) -> tuple[str, int]:
    """Return what a button names, and the page (0, 1, …) it stands on or leads to."""
    name, colon, number = value.rpartition(":")
    if not colon:
        return value, 0
    return name, int(number) if number.isascii() and number.isdigit() else 0

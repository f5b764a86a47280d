"""What an owner changes in a preview: the menu of each match, and its forms."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from bot.domain.access import NotYours
from bot.domain.rounds import NobodyElse
from bot.slack.house import House
from bot.slack.listeners.rounds import read_page
from bot.slack.replies import OpenModal, Redraw, Replace, Reply
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, submission
from bot.slack.screens import arrangements as screens
from bot.slack.screens import rounds as round_screens
from bot.slack.screens.arrangements import Origin
from bot.usecases import arrangements, previews, rounds
from bot.usecases.previews import Preview


@action("match.menu")
def menu(request: Request, house: House) -> Reply:
    named, page = read_page(request.value)
    verb, _, name = named.partition(":")
    chosen = _MENU.get(verb)
    if chosen is None:
        raise NotYours
    return chosen(request, house, thing_id(name), page)


def _keep(request: Request, house: House, match: UUID, page: int) -> Reply:
    with house.acting(request, room=request.channel) as (tx, actor):
        shown = arrangements.keep(tx, actor, request.channel, match)
    return Replace(round_screens.preview(shown, page, house.words(request)))


def _part(request: Request, house: House, match: UUID, page: int) -> Reply:
    with house.acting(request, room=request.channel) as (tx, actor):
        shown = arrangements.part(tx, actor, request.channel, match)
    return Replace(round_screens.preview(shown, page, house.words(request)))


def _swap(request: Request, house: House, match: UUID, page: int) -> Reply:
    with house.looking(request, room=request.channel) as (tx, actor):
        exchange = arrangements.read_exchange(tx, actor, request.channel, match)
    if not (exchange.mine and exchange.others):
        raise NobodyElse
    return OpenModal(screens.swap_form(exchange, _origin(request, page), house.words(request)))


def _trio(request: Request, house: House, match: UUID, page: int) -> Reply:
    with house.looking(request, room=request.channel) as (tx, actor):
        places = arrangements.read_places_of(tx, actor, request.channel, match)
    return _place_form(request, house, places, page)


@action("round.place")
def open_places(request: Request, house: House) -> Reply:
    with house.looking(request, room=request.channel) as (tx, actor):
        places = arrangements.read_places(tx, actor, request.channel, thing_id(request.value))
    return _place_form(request, house, places, 0)


def _place_form(request: Request, house: House, places: arrangements.Places, page: int) -> Reply:
    if not (places.movable and places.pairs):
        raise NobodyElse
    return OpenModal(screens.place_form(places, _origin(request, page), house.words(request)))


def _one(request: Request, house: House, match: UUID, page: int) -> Reply:
    with house.looking(request, room=request.channel) as (tx, actor):
        found, ask_first = previews.read_match(tx, actor, request.channel, match)
    origin, words = _origin(request, page), house.words(request)
    return OpenModal(screens.one_form(str(match), found.people, origin, words, ask_first=ask_first))


_MENU: dict[str, Callable[[Request, House, UUID, int], Reply]] = {
    "keep": _keep,
    "part": _part,
    "swap": _swap,
    "trio": _trio,
    "one": _one,
}


def _origin(request: Request, page: int) -> Origin:
    return Origin(request.channel, str(page), request.response_url)


@submission("match.swap")
def swap(request: Request, house: House) -> Reply:
    room, match = request.memo("room"), thing_id(request.memo("match"))
    leaves, comes = thing_id(request.said("leaves")), thing_id(request.said("comes"))
    with house.acting(request, room=room) as (tx, actor):
        shown = arrangements.swap(tx, actor, room, match, leaves, comes, house.rules.matching)
    return _redrawn(request, house, shown)


@submission("match.place")
def place(request: Request, house: House) -> Reply:
    room, round_id = request.memo("room"), thing_id(request.memo("round"))
    third, joins = thing_id(request.said("third")), thing_id(request.said("joins"))
    with house.acting(request, room=room) as (tx, actor):
        shown = arrangements.place(tx, actor, room, round_id, third, joins, house.rules.matching)
    return _redrawn(request, house, shown)


@submission("match.approve")
def approve_one(request: Request, house: House) -> Reply:
    room, match = request.memo("room"), thing_id(request.memo("match"))
    with house.acting(request, room=room) as (tx, actor):
        done = rounds.approve_one(tx, actor, room, match)
    return Redraw(round_screens.approved(done, house.words(request)), request.memo("url"))


def _redrawn(request: Request, house: House, shown: Preview) -> Reply:
    _, page = read_page(f":{request.memo('page')}")
    return Redraw(round_screens.preview(shown, page, house.words(request)), request.memo("url"))

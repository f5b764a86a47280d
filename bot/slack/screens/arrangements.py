"""The forms with which an owner changes a preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.locales import Words
from bot.slack.blocks import Element, View, ask, option, section, select
from bot.slack.text import fill, plain
from bot.usecases.arrangements import Exchange, Places, Somebody


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form was opened from: the owners' room, the page of the preview, and Slack's address of that message."""

    room: str
    page: str
    url: str

    def memo(self, **things: object) -> dict[str, str]:
        here = {"room": self.room, "page": self.page, "url": self.url}
        return here | {name: str(id_) for name, id_ in things.items()}


def swap_form(exchange: Exchange, origin: Origin, words: Words) -> View:
    """Ask which two people change places."""
    mine = _people(exchange.mine)
    return View(
        title=plain(words("Swap two people")),
        callback="match.swap",
        submit=plain(words("Swap")),
        close=plain(words("Cancel")),
        memo=origin.memo(match=exchange.match),
        blocks=(
            ask("leaves", plain(words("Who leaves this match?")), select(mine)),
            ask("comes", plain(words("Who comes instead?")), select(_people(exchange.others))),
        ),
    )


def place_form(places: Places, origin: Origin, words: Words) -> View:
    """Ask who is moved into which pair."""
    pairs = [option(plain("{names}", names=" + ".join(pair.names)), str(pair.id)) for pair in places.pairs]
    return View(
        title=plain(words("Into a trio")),
        callback="match.place",
        submit=plain(words("Move")),
        close=plain(words("Cancel")),
        memo=origin.memo(round=places.round),
        blocks=(
            ask("third", plain(words("Who joins two others?")), select(_people(places.movable))),
            ask("joins", plain(words("Which two?")), select(pairs)),
        ),
    )


def one_form(match: str, names: Sequence[str], origin: Origin, words: Words, *, ask_first: bool = False) -> View:
    """Ask whether one match goes live; ``ask_first``: its people are asked before they are introduced."""
    sure = (
        words("{names} are asked now and have three days to answer. Nothing else in the preview changes.")
        if ask_first
        else words("{names} are introduced to each other now. Nothing else in the preview changes.")
    )
    return View(
        title=plain(words("Approve this one")),
        callback="match.approve",
        submit=plain(words("Approve")),
        close=plain(words("Not yet")),
        memo=origin.memo(match=match),
        blocks=(section(fill(sure, names=words.list(list(names)))),),
    )


def _people(people: Sequence[Somebody]) -> list[Element]:
    return [option(plain("{name}", name=one.name), str(one.id)) for one in people]

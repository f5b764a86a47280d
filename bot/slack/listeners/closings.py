"""Looking back at the end of a time together."""

from __future__ import annotations

from uuid import UUID

from bot.domain.closings import LookBack, Next, Wish, thanks_field
from bot.domain.visibility import Visibility
from bot.slack.house import House
from bot.slack.replies import OpenModal, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, submission
from bot.slack.screens import closings as screens
from bot.usecases import closings


@action("closing.open")
def open_closing(request: Request, house: House) -> Reply:
    pairing, _, term = request.value.partition(":")  # older buttons name the pairing alone
    with house.looking(request) as (tx, actor):
        closing = closings.read_closing(tx, actor, thing_id(pairing), _term(term) if term else None)
    return OpenModal(screens.form(closing, house.words(request)))


@submission("closing.save")
def save_closing(request: Request, house: House) -> Reply:
    given = _given(request)
    with house.acting(request) as (tx, actor):
        done = closings.look_back(tx, actor, thing_id(request.memo("pairing")), _term(request.memo("term")), given)
    return ShowModal(screens.kept(done, house.words(request)))


def _given(request: Request) -> LookBack:
    field = thanks_field("")
    thanks = {name.removeprefix(field): request.said(name) for name in request.values if name.startswith(field)}
    wish = request.said("next")
    return LookBack(
        learned=request.said("learned"),
        visibility=Visibility.SHARED if request.said("visibility") == Visibility.SHARED else Visibility.PRIVATE,
        thanks=thanks,
        let_go=_let_go(request),
        wish=Wish(Next(wish) if wish in set(Next) else None, request.day("back_on")),
    )


def _let_go(request: Request) -> frozenset[UUID]:
    """Return the goals that the form offered and that were taken out; none where Slack tells of no choice."""
    offered = [one for one in request.memo("goals").split(",") if one]
    if not isinstance(request.values.get("goals"), (list, tuple)):
        return frozenset()
    return frozenset(thing_id(one) for one in offered if one not in request.chosen("goals"))


def _term(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1  # noqa: PLR2004  far more than there are

"""The agreement of a pairing."""

from __future__ import annotations

from datetime import date

from bot.domain.agreements import Terms, read_rhythm
from bot.domain.programmes import read_weekday
from bot.slack.house import House
from bot.slack.replies import OpenModal, Private, Replace, Reply, ShowModal
from bot.slack.requests import Request, thing_id
from bot.slack.router import action, command, submission
from bot.slack.screens import agreements as screens
from bot.usecases import agreements


@command("agreement", "vereinbarung")
@action("agreement.show")
def show_agreement(request: Request, house: House) -> Reply:
    """`/tandem agreement`: what my pairing has agreed on."""
    with house.looking(request) as (tx, actor):
        shown = agreements.read_agreement(tx, actor)
    words = house.words(request)
    return Private(screens.agreement(shown, words) if shown else screens.none_yet(words))


@action("agreement.edit")
def edit_agreement(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        drafting = agreements.draft_agreement(tx, actor)
    return OpenModal(screens.agreement_form(drafting, house.words(request)))


@submission("agreement.save")
def save_agreement(request: Request, house: House) -> Reply:
    """Keep a version; who was overtaken sees the other's version above their own words."""
    terms = _terms(request)
    with house.acting(request) as (tx, actor):
        done = agreements.write_agreement(
            tx, actor, terms, pairing=thing_id(request.memo("pairing")), seen=_version(request.memo("seen"))
        )
        newest = agreements.draft_agreement(tx, actor)
    words = house.words(request)
    if done.overtaken:
        return ShowModal(screens.agreement_form(newest, words, mine=terms, theirs=done.agreement.author))
    return ShowModal(screens.kept(done.agreement, words))


@action("agreement.older")
def show_older(request: Request, house: House) -> Reply:
    with house.looking(request) as (tx, actor):
        shown = agreements.read_version(tx, actor, thing_id(request.value))
    return Private(screens.older(shown, house.words(request)))


@action("agreement.sign")
def sign_agreement(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        shown = agreements.sign_agreement(tx, actor, thing_id(request.value))
    return Replace(screens.agreement(shown, house.words(request)))


def _terms(request: Request) -> Terms:
    return Terms(
        hopes=request.said("hopes"),
        meetings=request.said("meetings"),
        not_this_week=request.said("not_this_week"),
        rules=request.said("rules"),
        weekday=read_weekday(request.said("weekday")),
        every_weeks=read_rhythm(request.said("every_weeks")),
        until=request.day("until") or date.min,
    )


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0  # noqa: PLR2004  far more than there are

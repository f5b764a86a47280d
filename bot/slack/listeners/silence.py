"""Answers to what is asked when nothing is heard of somebody."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import Private, Replace, Reply
from bot.slack.requests import Request, thing_id
from bot.slack.router import action
from bot.slack.screens import silence as screens
from bot.usecases import silence


@action("silence.here")
def still_here(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        silence.still_here(tx, actor, thing_id(request.value))
    return Replace(screens.heard(house.words(request)))


@action("silence.apart")
def not_in_touch(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        asked = silence.not_in_touch(tx, actor, thing_id(request.value))
    return Replace(screens.not_in_touch(asked, house.words(request)))


@action("silence.stop")
def stop_asking(request: Request, house: House) -> Reply:
    with house.acting(request) as (tx, actor):
        silence.stop_asking(tx, actor, thing_id(request.value))
    return Replace(screens.stopped(house.words(request)))


@action("silence.back")
def look_again(request: Request, house: House) -> Reply:
    """One tap brings somebody back onto the list whose last pairing ended in silence."""
    with house.acting(request) as (tx, actor):
        silence.look_again(tx, actor)
    return Private(screens.back(house.words(request)))

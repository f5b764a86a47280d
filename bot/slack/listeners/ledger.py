"""What people who are together took on, side by side."""

from __future__ import annotations

from bot.slack.house import House
from bot.slack.replies import Private, Replace, Reply
from bot.slack.requests import Request
from bot.slack.router import action, command
from bot.slack.screens import ledger as screens
from bot.usecases.ledger import read_ledger


@command("ledger", "zusagen", "promises")
@action("ledger.show")
def show_ledger(request: Request, house: House) -> Reply:
    """`/tandem ledger`: what both have promised, and what became of it."""
    with house.looking(request) as (tx, actor):
        shown = read_ledger(tx, actor)
    return Private(screens.ledger(shown, house.words(request)))


@action("ledger.page.newer", "ledger.page.older")
def turn_page(request: Request, house: House) -> Reply:
    number = int(request.value) if request.value.isascii() and request.value.isdigit() else 0
    with house.looking(request) as (tx, actor):
        shown = read_ledger(tx, actor, number)
    return Replace(screens.ledger(shown, house.words(request)))

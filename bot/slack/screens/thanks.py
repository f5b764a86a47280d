"""Thank-yous, as they arrive and as they are kept."""

from __future__ import annotations

from bot.locales import Words
from bot.slack.blocks import Block, Message, actions, button, context, section
from bot.slack.screens.trouble import message
from bot.slack.text import fill, first_name, plain
from bot.usecases.thanks import ThanksPage, ThankYou


def arrived(thanks: ThankYou, words: Words) -> Message:
    """Bring somebody a thank-you."""
    head = fill(words("A thank-you from {name}, for you to keep:"), name=first_name(thanks.author))
    more = button(plain(words("My thank-yous")), "thanks.show")
    return Message(head, (section(head), section(fill("{text}", text=thanks.text)), actions(more)))


def kept(page: ThanksPage, words: Words) -> Message:
    """Return one page of the thank-yous somebody got."""
    if not page.total:
        return message(fill(words("No thank-yous yet. They come at the end of a time together, and I keep them here.")))
    head = fill(
        words.many("*Your thank-yous* ({count})", "*Your thank-yous* ({count})", page.total),
        count=words.number(page.total),
    )
    paging = []
    if page.page > 0:
        paging.append(button(plain(words("Newer")), "thanks.page.newer", str(page.page - 1)))
    if page.page + 1 < page.pages:
        paging.append(button(plain(words("Older")), "thanks.page.older", str(page.page + 1)))
    shown = [block for one in page.thanks for block in _one(one, words)]
    return Message(head, (section(head), *shown, *([actions(*paging)] if paging else [])))


def _one(thanks: ThankYou, words: Words) -> list[Block]:
    by = fill("{name}, {day}", name=thanks.author, day=words.full_date(thanks.day))
    return [section(fill("{text}", text=thanks.text)), context(by)]

"""What people who are together took on, side by side."""

from __future__ import annotations

from bot.domain.ledger import Entry, Origin, Standing
from bot.domain.wording import LINE
from bot.locales import Words
from bot.slack.blocks import Element, Message, actions, button, context, fields, section
from bot.slack.text import Mrkdwn, clip, escape, fill, lines, plain
from bot.usecases.ledger import Column, Ledger


def ledger(shown: Ledger, words: Words) -> Message:
    """Return one page of a pairing's ledger, a column for each person, the reader's own first."""
    head = fill(words("*What you promised each other*"))
    columns = fields([_column(one, words) for one in shown.columns])
    note = fill(words("Your pairing reads the same, nobody else. Nothing here is counted or compared."))
    return Message(head, (section(head), columns, actions(*_ways(shown, words)), context(note)))


def _column(column: Column, words: Words) -> Mrkdwn:
    name = fill(words("*You*")) if column.mine else fill("*{name}*", name=column.name)
    return lines(name, *([_entry(one, words) for one in column.entries] or [fill(words("Nothing here."))]))


def _entry(one: Entry, words: Words) -> Mrkdwn:
    said = {
        Standing.OPEN: words("Open since {day}: *{text}*"),
        Standing.DONE: words("Done on {day}: {text}"),
        Standing.PARTLY: words("Partly, on {day}: {text}"),
        Standing.NOT_YET: words("Not yet, on {day}: {text}"),
        Standing.CARRIED: words("Carried over on {day}: {text}"),
        Standing.SMALLER: words("Made smaller on {day}: {text}"),
        Standing.DROPPED: words("Let go on {day}: {text}"),
    }[one.standing]
    entry = fill(said, day=words.day(one.day), text=clip(escape(one.text), LINE))
    return fill("• {entry}{more}", entry=entry, more=_more(one, words))


def _more(one: Entry, words: Words) -> Mrkdwn:
    parts = []
    if one.origin is Origin.MEETING:
        parts.append(fill(words("from a meeting")))
    if one.due_on and one.standing is Standing.OPEN:
        parts.append(fill(words("until {day}"), day=words.day(one.due_on)))
    return fill(" ({parts})", parts=Mrkdwn(", ".join(parts))) if parts else Mrkdwn("")


def _ways(shown: Ledger, words: Words) -> list[Element]:
    ways = [button(plain(words("My weeks")), "weeks.show")]
    if shown.page > 0:
        ways.append(button(plain(words("Newer")), "ledger.page.newer", str(shown.page - 1)))
    if shown.page + 1 < shown.pages:
        ways.append(button(plain(words("Older")), "ledger.page.older", str(shown.page + 1)))
    return ways

"""One's own last weeks, in words: beside the picture, and where no picture can be."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.weeks import FEWEST, Mark, Week
from bot.locales import Words
from bot.slack.blocks import Block, Message, actions, button, section
from bot.slack.screens.trouble import message
from bot.slack.text import Mrkdwn, Plain, fill, lines, plain


def mark_label(mark: Mark, words: Words) -> Plain:
    """Return what a mark means."""
    return {
        Mark.KEPT: plain(words("promise kept")),
        Mark.PARTLY: plain(words("partly")),
        Mark.NOT_YET: plain(words("not yet")),
        Mark.ANSWERED: plain(words("checked in")),
        Mark.ASIDE: plain(words("not this week")),
        Mark.NONE: plain(words("no check-in")),
    }[mark]


def week_line(week: Week, words: Words) -> Plain:
    """Return one week in words: its Monday, its check-in and its notes, as far as there are any."""
    said = [str(mark_label(week.mark, words))] if week.mark is not Mark.NONE else []
    if week.notes:
        notes = words.many("{count} note", "{count} notes", week.notes)
        said.append(plain(notes, count=words.number(week.notes)))
    day = words.day(week.monday)
    return plain("{day}: {what}", day=day, what=words.list(said) if said else words("a quiet week"))


def weeks_text(weeks: Sequence[Week], words: Words) -> list[Block]:
    """Return the newest weeks as text, the newest first."""
    head = fill(words("*Your last weeks*"))
    rows = [fill("{line}", line=week_line(week, words)) for week in reversed(weeks[-FEWEST:])]
    return [section(lines(head, *rows))]


def no_weeks_yet(words: Words) -> Message:
    """Say when there will be something to see."""
    text = fill(words("There is nothing to draw yet. It begins with your first check-in, or with a note today."))
    return Message(text, (section(text), actions(button(plain(words("Write a note")), "note.new"))))


def weeks_handed(words: Words) -> Message:
    """Say where the picture is."""
    return message(_where(words))


def _where(words: Words) -> Mrkdwn:
    return fill(words("Your picture is in our own conversation, under *Direct messages*. Nobody else sees it."))

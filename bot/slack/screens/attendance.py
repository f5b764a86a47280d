"""The heads-up before a round, and what was answered to it."""

from __future__ import annotations

from bot.domain.attendance import Attendance
from bot.locales import Words
from bot.slack.blocks import Block, Message, actions, button, section
from bot.slack.text import Mrkdwn, fill, lines, plain
from bot.usecases.attendance import HeadsUp


def heads_up(asked: HeadsUp, words: Words) -> Message:
    """Ask whether somebody is in the next round, or tell them kindly that they are out."""
    day = words.full_date(asked.day)
    head = fill(words("*{programme}*: the next round is on {day}."), programme=asked.programme, day=day)
    if asked.answer is Attendance.OUT:
        return _out(asked, head, words)
    rest = fill(words("I will look for a partner for you. If now is not a good time, skip this one; nobody asks why."))
    third = fill(words("If the number is odd, one pair becomes three. Would that suit you?"))
    return Message(head, (section(lines(head, rest, third)), _buttons(asked, words)))


def _out(asked: HeadsUp, head: Mrkdwn, words: Words) -> Message:
    text = fill(
        words(
            "I have not heard from you for a while, and that is fine. I leave you out of this one "
            "unless you want to be in."
        )
    )
    back = button(plain(words("Count me in")), "attendance.in", str(asked.id), style="primary")
    return Message(head, (section(lines(head, text)), actions(back)))


def _buttons(asked: HeadsUp, words: Words) -> Block:
    labels = {
        Attendance.IN: words("I am in"),
        Attendance.SKIP: words("Skip this round"),
        Attendance.THIRD: words("I could be third"),
    }
    return actions(
        *(
            button(plain(label), f"attendance.{one}", str(asked.id), style="primary" if one is Attendance.IN else "")
            for one, label in labels.items()
            if one is not asked.answer
        )
    )


def answered(asked: HeadsUp, words: Words) -> Message:
    """Say what was kept, and how to change it."""
    said = {
        Attendance.SKIP: words("You skip the round on {day}. Your goals and notes stay as they are."),
        Attendance.THIRD: words("You are in the round on {day}, also as a third. Thank you for being flexible."),
    }.get(
        asked.answer or Attendance.IN,
        words("You are in the round on {day}. I will write to you as soon as I have a partner for you."),
    )
    if not asked.open:
        said = words("Good to have you back. You are in from the next round on.")
    head = fill(said, day=words.full_date(asked.day))
    if not asked.open:
        return Message(head, (section(head),))
    change = fill(words("You can change that until the round begins."))
    return Message(head, (section(lines(head, change)), _buttons(asked, words)))

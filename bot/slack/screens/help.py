"""Help: the six things people do most, as buttons, and the nearest command to a typo."""

from __future__ import annotations

from bot.locales import Words
from bot.slack.blocks import Block, Message, actions, button, context, section
from bot.slack.text import Mrkdwn, fill, lines, plain


def help_message(words: Words, *, typo: str = "", nearest: str = "", enrolled: bool = True) -> Message:
    """Return the help. ``typo`` is what nobody answers to, ``nearest`` the command it was probably meant to be."""
    if not enrolled:
        head = lines(_typo(words, typo, _named(nearest)) if typo else Mrkdwn(""), _about(words))
        return Message(head, (section(head), actions(button(plain(words("Join")), "join.start", style="primary"))))
    head = _typo(words, typo, _named(nearest)) if typo else fill(words("*What would you like to do?*"))
    return Message(head, (section(head), _everyday(words), context(_more(words))))


def _named(nearest: str) -> str:
    return f"/tandem {nearest}" if nearest else ""


def _typo(words: Words, typo: str, command: str) -> Mrkdwn:
    if not command:
        return fill(words("I do not know “{typo}”. Here is what I can do:"), typo=typo[:40])
    return fill(words("I do not know “{typo}”. Did you mean `{command}`?"), typo=typo[:40], command=command)


def _everyday(words: Words) -> Block:
    return actions(
        button(plain(words("Check in")), "checkin.open", style="primary"),
        button(plain(words("Write a note")), "note.new"),
        button(plain(words("See my goals")), "goals.show"),
        button(plain(words("Set a goal")), "goal.new"),
        button(plain(words("See my partner")), "partner.show"),
        button(plain(words("Take a break")), "pause.new"),
    )


def _more(words: Words) -> Mrkdwn:
    return lines(
        fill(
            words(
                "More: `/tandem meet` · `/tandem ledger` · `/tandem agreement` · `/tandem notes` · `/tandem thanks` · "
                "`/tandem certificate` · `/tandem profile` · `/tandem pause` · `/tandem resume` · `/tandem leave` · "
                "`/tandem guidelines` · `/tandem privacy` · `/tandem language`"
            )
        ),
        fill(words("Everything you see here is visible to you alone.")),
    )


def _about(words: Words) -> Mrkdwn:
    return fill(
        words(
            "Tandem pairs colleagues who learn from each other: a goal, one promise a week, one minute to report back."
        )
    )


def admin_help(words: Words, *, typo: str = "", nearest: str = "") -> Message:
    """Return the help for owners; ``typo`` and ``nearest`` as for everybody's help."""
    title = fill(words("*For the people who run the programme*"))
    head = _typo(words, typo, f"/tandem-admin {nearest}" if nearest else "") if typo else title
    rows = (
        fill(words("`/tandem-admin setup`: start the programme here, or change it")),
        fill(words("`/tandem-admin match`: propose pairs, look at them, approve")),
        fill(words("`/tandem-admin rounds`: the last and the next round, and when rounds come")),
        fill(words("`/tandem-admin skills`: what people offer and want, and two names for one thing merged")),
        fill(words("`/tandem-admin status`: is everything being delivered?")),
    )
    note = fill(words("You see totals, and who offers and wants what. You never see what people write."))
    return Message(head, (section(head), section(lines(*rows)), context(note)))

"""Looking back at the end: the form, what came of it, and what a partner shares of it."""

from __future__ import annotations

from datetime import date

from bot.domain.closings import THANKS, Next, thanks_field
from bot.domain.visibility import Visibility
from bot.domain.wording import TEXT
from bot.locales import Words
from bot.slack.blocks import (
    Block,
    Element,
    Message,
    View,
    actions,
    ask,
    button,
    context,
    date_picker,
    multi_select,
    option,
    paragraph,
    radio,
    section,
)
from bot.slack.screens.milestones import skills_button, term_of
from bot.slack.text import Mrkdwn, as_typed, by_first_name, fill, first_name, lines, plain
from bot.usecases.closings import Closing, Learned, LookedBack


def form(closing: Closing, words: Words) -> View:
    """Return the form at the end, with what stands already."""
    return View(
        title=plain(words("Look back")),
        callback="closing.save",
        submit=plain(words("Send")),
        close=plain(words("Later")),
        memo={
            "pairing": str(closing.pairing),
            "term": str(closing.term),
            "goals": ",".join(goal.id.hex for goal in closing.goals),
        },
        blocks=(*_learned(closing, words), *_thanks(closing, words), *_goals(closing, words), *_next(closing, words)),
    )


def _learned(closing: Closing, words: Words) -> list[Block]:
    names = words.list([one.name for one in closing.partners])
    seen = [
        option(plain(words("For me alone")), Visibility.PRIVATE),
        option(plain(words("{names} may read it"), names=names), Visibility.SHARED),
    ]
    what = plain(words("What did you learn in this time?"))
    return [
        ask("learned", what, paragraph(TEXT, closing.learned), optional=True),
        ask("visibility", plain(words("Who may read what you learned?")), radio(seen, closing.visibility)),
    ]


def _thanks(closing: Closing, words: Words) -> list[Block]:
    return [
        ask(
            thanks_field(one.slack_id),
            plain(words("What did {name} give you?"), name=one.name),
            paragraph(THANKS, one.text),
            optional=True,
            hint=plain(words("A thank-you that {name} receives and keeps."), name=one.name),
        )
        for one in closing.partners
    ]


def _goals(closing: Closing, words: Words) -> list[Block]:
    if not closing.goals:
        return []
    goals = [option(as_typed(goal.title), goal.id.hex) for goal in closing.goals]
    chosen = multi_select(goals, [goal.id.hex for goal in closing.goals], plain(words("Goals that come along")))
    hint = plain(words("They come along for you alone, until you share them again. What you take out is let go."))
    return [ask("goals", plain(words("Which goals come along?")), chosen, optional=True, hint=hint)]


def _next(closing: Closing, words: Words) -> list[Block]:
    if closing.renewed:
        return []
    options = [option(plain(_wish(one, words)), one) for one in Next]
    told = words(
        "You go on together only if everybody wants to. Who wished for what is told to nobody, and saying nothing is "
        "fine: you are on the list for the next round then."
    )
    chosen = closing.wish.next.value if closing.wish.next else None
    break_until = date_picker(closing.wish.back_on)
    back = plain(words("Back from the break on"))
    return [
        ask("next", plain(words("What comes next for you?")), radio(options, chosen), optional=True),
        ask("back_on", back, break_until, optional=True, hint=plain(words("Only for a break."))),
        context(fill(told)),
    ]


def _wish(wish: Next, words: Words) -> str:
    return {
        Next.RENEW: words("Go on together"),
        Next.NEW: words("A new partner"),
        Next.PAUSE: words("A break"),
        Next.LEAVE: words("Leave the programme"),
    }[wish]


def kept(done: LookedBack, words: Words) -> View:
    """Say what came of a form at the end."""
    text = lines(*_brought(done, words), _comes_next(done, words))
    return View(
        title=plain(words("Look back")),
        close=plain(words("Close")),
        blocks=(section(text), actions(skills_button(str(done.pairing), words), *_change(done, words))),
    )


def _change(done: LookedBack, words: Words) -> list[Element]:
    return [button(plain(words("Change my answer")), "closing.open", term_of(str(done.pairing), done.term))]


def _brought(done: LookedBack, words: Words) -> list[Mrkdwn]:
    names = by_first_name(done.partners, words)
    head = fill(words("Thank you for looking back."))
    thanked = [fill(words("Your thank-you is on its way to {names}."), names=names)] if done.thanked else []
    shared = [fill(words("{names} will read what you learned."), names=names)] if done.shared else []
    return [head, *thanked, *shared]


def _comes_next(done: LookedBack, words: Words) -> Mrkdwn:
    if done.renewed_until:
        said = words("Everybody wants to go on: you work together until {day} now.")
        return fill(said, day=words.full_date(done.renewed_until))
    return _now(done, words) if done.over else _then(done, done.ends_on, words)


def _then(done: LookedBack, ends_on: date, words: Words) -> Mrkdwn:
    """Say what comes after the last day."""
    match done.wish.next:
        case Next.RENEW:
            said = words(
                "If everybody wants to go on, I tell you all at once. If not, your time ends on {day} as planned, and "
                "nobody learns who wished for what."
            )
        case Next.PAUSE:
            back = words.date(done.wish.back_on) if done.wish.back_on else ""
            said = words("After {day} you take a break, and you are back on {back}.")
            return fill(said, day=words.day(ends_on), back=back)
        case Next.LEAVE:
            said = words("After {day} you leave the programme. Until then you can change your mind.")
        case _:
            said = words("After {day} you are on the list for the next round.")
    return fill(said, day=words.day(ends_on))


def _now(done: LookedBack, words: Words) -> Mrkdwn:
    """Say what comes next when the end has passed already."""
    match done.wish.next:
        case Next.RENEW:
            return fill(words("If everybody wants to go on and is still free, I tell you all at once."))
        case Next.PAUSE:
            back = words.date(done.wish.back_on) if done.wish.back_on else ""
            return fill(words("You take a break now, and you are back on {back}."), back=back)
        case Next.LEAVE:
            return fill(words("You have left the programme, as you wished. You can come back at any time."))
        case _:
            return fill(words("You are on the list for the next round."))


def learned(told: Learned, words: Words) -> Message:
    """Bring what a partner shares of what they learned."""
    head = fill(words("{name} shares what they learned in your time together:"), name=first_name(told.author))
    quoted = fill("{text}", text=told.text)
    more = button(plain(words("My thank-yous")), "thanks.show")
    return Message(head, (section(head), section(quoted), actions(more)))

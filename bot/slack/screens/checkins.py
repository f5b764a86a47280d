"""The weekly check-in, as asked, as answered and as the partner reads it."""

from __future__ import annotations

from bot.domain.checkins import Outcome
from bot.domain.reflections import QUESTIONS
from bot.domain.wording import LINE, TEXT
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
    line,
    option,
    paragraph,
    radio,
    section,
)
from bot.slack.text import Mrkdwn, Plain, fill, first_name, lines, plain
from bot.usecases.checkins import CheckinPrompt, Kept

ACTION = {"checkin.kept": Outcome.KEPT, "checkin.partly": Outcome.PARTLY, "checkin.not_yet": Outcome.NOT_YET}


def outcome_label(outcome: Outcome, words: Words) -> Plain:
    return {
        Outcome.KEPT: plain(words("Done")),
        Outcome.PARTLY: plain(words("Partly")),
        Outcome.NOT_YET: plain(words("Not yet")),
    }[outcome]


def prompt(asked: CheckinPrompt, words: Words) -> Message:
    """Return the weekly message: the promise, three ways to answer, one minute."""
    partners = words.list([first_name(partner) for partner in asked.partners])
    if asked.promised:
        head = fill(
            words("Hello, {name}. Last time you promised {partners}: *“{promise}”*"),
            name=first_name(asked.name),
            partners=partners,
            promise=asked.promised,
        )
        buttons = [button(outcome_label(outcome, words), name, str(asked.id)) for name, outcome in ACTION.items()]
    else:
        head = fill(
            words("Hello, {name}. This is your weekly minute. What will you promise {partners} for the coming week?"),
            name=first_name(asked.name),
            partners=partners,
        )
        buttons = []
    answer = button(plain(words("Answer in one minute")), "checkin.open", str(asked.id), style="primary")
    return Message(head, (section(head), actions(*buttons, answer)))


def form(asked: CheckinPrompt, words: Words, *, outcome: Outcome | None = None) -> View:
    """Return the check-in form; ``outcome`` is what was tapped in the message."""
    answer = asked.answer
    chosen = outcome or (answer.outcome if answer else None)
    return View(
        title=plain(words("Check-in")),
        callback="checkin.save",
        submit=plain(words("Send")),
        close=plain(words("Later")),
        memo={"checkin": str(asked.id)},
        blocks=(
            *_promised(asked, chosen, words),
            ask(
                "progress",
                plain(words("What happened? One line is enough.")),
                line(LINE, answer.progress if answer else None),
                optional=True,
            ),
            ask(
                "promise",
                plain(words("What do you promise until {day}?"), day=words.date(asked.next_day)),
                line(LINE, answer.promise if answer else None, plain(words("One small thing"))),
            ),
            ask(
                "reflection",
                plain("{question}", question=words(QUESTIONS[asked.question])),
                paragraph(TEXT, answer.reflection if answer else None),
                optional=True,
                hint=plain(words("For you alone.")),
            ),
            context(_who_sees(asked, words)),
        ),
    )


def _promised(asked: CheckinPrompt, chosen: Outcome | None, words: Words) -> list[Block]:
    if not asked.promised:
        return []
    label = plain(words("You promised: “{promise}”"), promise=asked.promised)
    return [ask("outcome", label, radio(_outcomes(words), chosen.value if chosen else None))]


def _outcomes(words: Words) -> list[Element]:
    return [option(outcome_label(outcome, words), outcome.value) for outcome in Outcome]


def _who_sees(asked: CheckinPrompt, words: Words) -> Mrkdwn:
    names = words.list(asked.partners)
    if asked.line_is_shared:
        return fill(
            words("{names} will read your promise, what became of it, and your line. Your reflection stays with you."),
            names=names,
        )
    return fill(
        words("{names} will read your promise and what became of it. Your line and your reflection stay with you."),
        names=names,
    )


def kept(result: Kept, words: Words) -> View:
    """Thank for the minute; kind words for a not yet."""
    answer = result.prompt.answer
    head = _comment(answer.outcome if answer else None, words)
    told = (
        fill(words("{names} will read the shared part."), names=words.list(result.prompt.partners))
        if result.prompt.partners
        else None
    )
    again = fill(words("You can change your answer until the next check-in: `/tandem checkin`."))
    text = lines(head, *((told,) if told else ()), again)
    return View(title=plain(words("Check-in")), close=plain(words("Close")), blocks=(section(text),))


def _comment(outcome: Outcome | None, words: Words) -> Mrkdwn:
    match outcome:
        case Outcome.KEPT:
            return fill(words("Promise kept. Well done."))
        case Outcome.PARTLY:
            return fill(words("A part of the way is a part of the way."))
        case Outcome.NOT_YET:
            return fill(words("Not yet is an answer too. If the next promise feels big, make it smaller."))
        case _:
            return fill(words("Thank you. Your promise stands."))


def answered(asked: CheckinPrompt, words: Words) -> Message:
    """Return what the weekly message turns into once it is answered."""
    promise = asked.answer.promise if asked.answer else ""
    text = fill(
        words("Answered, thank you. Your promise until {day}: *“{promise}”*"),
        day=words.date(asked.next_day),
        promise=promise,
    )
    return Message(text, (section(text), actions(button(plain(words("Change")), "checkin.open", str(asked.id)))))

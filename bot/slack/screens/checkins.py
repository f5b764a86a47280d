"""The weekly message: as asked, after each tap, and as answered."""

from __future__ import annotations

from bot.domain.checkins import CheckinState, Outcome
from bot.locales import Words
from bot.slack.blocks import Block, Element, Message, actions, button, context, section
from bot.slack.screens import postponements
from bot.slack.text import Mrkdwn, Plain, by_first_name, fill, first_name, lines, plain
from bot.usecases.checkins import CheckinPrompt
from bot.usecases.promises import OFFERED, NextStep

ACTION = {"checkin.kept": Outcome.KEPT, "checkin.partly": Outcome.PARTLY, "checkin.not_yet": Outcome.NOT_YET}
STEP_ACTIONS = tuple(f"checkin.step.{i}" for i in range(OFFERED))


def outcome_label(outcome: Outcome, words: Words) -> Plain:
    return {
        Outcome.KEPT: plain(words("Done")),
        Outcome.PARTLY: plain(words("Partly")),
        Outcome.NOT_YET: plain(words("Not yet")),
    }[outcome]


def standing(asked: CheckinPrompt, words: Words) -> Message:
    """Return the weekly message as far as it has been answered."""
    match asked.state:
        case CheckinState.ANSWERED:
            return answered(asked, words)
        case CheckinState.NOT_THIS_WEEK:
            return postponements.aside(asked, words)
        case _:
            return next_tap(asked, words) if is_tapped(asked) else prompt(asked, words)


def is_tapped(asked: CheckinPrompt) -> bool:
    """Say whether the first of two taps is made."""
    return asked.outcome is not None and asked.asks_promise


def prompt(asked: CheckinPrompt, words: Words) -> Message:
    """Return the weekly message: the promise, three ways to answer, one minute, or not now."""
    partners = by_first_name(asked.partners, words)
    head = fill(_greeting(asked, words), name=first_name(asked.name), partners=partners, promise=asked.promised or "")
    taps = [outcome_row(asked, words)] if asked.promised else _steps(asked, words)
    near = the_last(asked, words)
    return Message(head, (section(head), *reminded(asked, words), *near, *taps, answer_row(asked, words)))


def _greeting(asked: CheckinPrompt, words: Words) -> str:
    if asked.promised:
        return words("Hello, {name}. Last time you promised {partners}: *“{promise}”*")
    if asked.asks_promise:
        return words("Hello, {name}. This is your weekly minute. What will you promise {partners} for the coming week?")
    return words("Hello, {name}. This is your weekly minute. How did the week go?")


def the_last(asked: CheckinPrompt, words: Words) -> list[Block]:
    """Return, in the last check-in of a time together, what comes next in place of a promise."""
    if not asked.last:
        return []
    said = words(
        "This is your last check-in with {partners}: no new promise this time, looking back on your time together "
        "comes next."
    )
    return [section(fill(said, partners=by_first_name(asked.partners, words)))]


def outcome_row(asked: CheckinPrompt, words: Words) -> Block:
    """Return the first tap: what became of the promise."""
    return actions(*(button(outcome_label(outcome, words), name, str(asked.id)) for name, outcome in ACTION.items()))


def answer_row(asked: CheckinPrompt, words: Words, *more: Element) -> Block:
    """Return how to say more than a tap does, and how not to answer now."""
    return actions(
        button(plain(words("Answer in one minute")), "checkin.open", str(asked.id), style="primary"),
        button(plain(words("Later today")), "checkin.later", str(asked.id)),
        button(plain(words("Not this week")), "checkin.aside", str(asked.id)),
        *more,
    )


def promise_line(asked: CheckinPrompt, words: Words) -> Mrkdwn:
    """Say what was promised."""
    return fill(words("You promised: *“{promise}”*"), promise=asked.promised or "")


def reminded(asked: CheckinPrompt, words: Words) -> list[Block]:
    """Return what helps to answer: the if-then plan, and since when a promise is carried on."""
    parts = []
    if asked.plan:
        parts.append(fill(words("Your if-then plan was: {plan}"), plan=asked.plan))
    if asked.since:
        parts.append(fill(words("With you since {day}."), day=words.day(asked.since)))
    return [context(lines(*parts))] if parts else []


def next_tap(asked: CheckinPrompt, words: Words) -> Message:
    """Return what a first tap turns the message into: what becomes of the promise, or what comes next."""
    return what_next(asked, words) if asked.settled else what_then(asked, words)


def what_then(asked: CheckinPrompt, words: Words) -> Message:
    """Ask what becomes of a promise that was not kept, or only in part."""
    text = lines(comment(asked.outcome, words), promise_line(asked, words))
    ways = (
        button(plain(words("Carry it over")), "checkin.carry", str(asked.id)),
        button(plain(words("Make it smaller")), "checkin.smaller", str(asked.id)),
        button(plain(words("Let it go")), "checkin.let_go", str(asked.id)),
    )
    return Message(text, (section(text), actions(*ways), actions(_say_more(asked, words))))


def what_next(asked: CheckinPrompt, words: Words) -> Message:
    """Ask for the next promise: one of the next steps, or one's own words."""
    said = {"partners": by_first_name(asked.partners, words), "day": words.date(asked.next_day)}
    question = fill(words("What will you promise {partners} to do by {day}?"), **said)
    head = _settled(asked, words)
    own = button(plain(words("Write my own")), "checkin.line", str(asked.id))
    text = lines(head, question)
    return Message(text, (section(text), *_steps(asked, words), actions(own, _say_more(asked, words))))


def _steps(asked: CheckinPrompt, words: Words) -> list[Block]:
    """Return the next steps, each with the button that promises it; none where no promise is asked for."""
    if not asked.asks_promise:
        return []
    offered = [_offered(asked, step, name, words) for name, step in zip(STEP_ACTIONS, asked.steps, strict=False)]
    return [*offered, *_private(asked, words)]


def _settled(asked: CheckinPrompt, words: Words) -> Mrkdwn:
    kept = asked.outcome is Outcome.KEPT
    return comment(Outcome.KEPT, words) if kept else fill(words("It is let go, and that is fine."))


def _offered(asked: CheckinPrompt, step: NextStep, action: str, words: Words) -> Block:
    text = lines(fill("*{step}*", step=step.text), fill("{goal}", goal=step.goal_title))
    return section(text, button(plain(words("I promise this")), action, f"{asked.id}:{step.id}"))


def _private(asked: CheckinPrompt, words: Words) -> list[Block]:
    if all(step.shared for step in asked.steps):
        return []
    said = words("{names} will read the step you promise; a goal that only you see stays with you.")
    return [context(fill(said, names=words.list(asked.partners)))]


def _say_more(asked: CheckinPrompt, words: Words) -> Element:
    return button(plain(words("Change or say more")), "checkin.open", str(asked.id))


def comment(outcome: Outcome | None, words: Words) -> Mrkdwn:
    """Say something kind about what became of a promise."""
    match outcome:
        case Outcome.KEPT:
            return fill(words("Promise kept. Well done."))
        case Outcome.PARTLY:
            return fill(words("A part of the way is a part of the way."))
        case Outcome.NOT_YET:
            return fill(words("Not yet is an answer too. What would make it easier this week?"))
        case _:
            return fill(words("Thank you. Your promise stands."))


def thanks(asked: CheckinPrompt, words: Words) -> Mrkdwn:
    """Answer what was said; where no promise follows, without a question and with what comes next."""
    if asked.asks_promise:
        return comment(asked.outcome, words)
    match asked.outcome:
        case Outcome.NOT_YET:
            said = fill(words("Not yet is an answer too."))
        case None:
            said = fill(words("Thank you."))
        case _:
            said = comment(asked.outcome, words)
    return lines(said, *_comes_next(asked, words))


def _comes_next(asked: CheckinPrompt, words: Words) -> list[Mrkdwn]:
    return [fill(words("Looking back on your time together comes next."))] if asked.last else []


def _answered(asked: CheckinPrompt, words: Words) -> Mrkdwn:
    if not asked.asks_promise:
        return lines(fill(words("Answered, thank you.")), *_comes_next(asked, words))
    return fill(
        words("Answered, thank you. Your promise until {day}: *“{promise}”*"),
        day=words.date(asked.next_day),
        promise=asked.answer.promise if asked.answer else "",
    )


def answered(asked: CheckinPrompt, words: Words) -> Message:
    """Return what the weekly message turns into once it is answered."""
    text = _answered(asked, words)
    change = button(plain(words("Change")), "checkin.open", str(asked.id))
    undo = button(plain(words("Undo")), "checkin.undo", str(asked.id))
    return Message(text, (section(text), *in_a_row(asked, words), actions(change, undo)))


def in_a_row(asked: CheckinPrompt, words: Words) -> list[Block]:
    """Return the weeks answered in a row, for their owner alone, from the second on."""
    if asked.weeks < 2:  # noqa: PLR2004  one week is no row
        return []
    said = words("{count} weeks in a row. Only you see this.")
    return [context(fill(said, count=words.number(asked.weeks)))]

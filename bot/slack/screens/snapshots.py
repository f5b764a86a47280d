"""What owners read of the weekly count: a number or words that tell of nobody, when it was, and what helps."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.refusals import N_
from bot.domain.snapshots import Answer
from bot.locales import Words
from bot.slack.blocks import Block, context, section
from bot.slack.text import Mrkdwn, fill, lines
from bot.usecases.snapshots import AgreementCount

_TOLD: Mapping[Answer, str] = MappingProxyType(
    {
        Answer.TOO_FEW: N_(
            "Agreements: no count on {day}. It takes {needed} pairings that are {days} days old and in no count yet."
        ),
        Answer.FEW: N_("Agreements on {day}: of {among} pairings fewer than {least} wait for a signature."),
        Answer.SOME: N_("Agreements on {day}: of {among} pairings {yes} wait for a signature."),
        Answer.MOST: N_("Agreements on {day}: of {among} pairings fewer than {least} have one that all have signed."),
    }
)


def counted(shown: AgreementCount, words: Words) -> Mrkdwn:
    """Return in one sentence what was counted of agreements, or when that comes."""
    if shown.figure is None:
        return fill(words("Agreements: the first count comes on {day}."), day=words.date(shown.day))
    figure = shown.figure
    return fill(
        words(_TOLD[figure.answer]),
        day=words.date(shown.day),
        days=words.number(shown.days),
        needed=words.number(2 * figure.least),
        among=words.number(figure.among),
        least=words.number(figure.least),
        yes=words.number(figure.yes or 0),
    )


def agreements(shown: AgreementCount, words: Words) -> tuple[Block, ...]:
    """Return what was counted of agreements, what helps, and why there is no more to see."""
    if shown.figure is None:
        return (section(counted(shown, words)),)
    return section(lines(counted(shown, words), *_what_next(shown.figure.answer, words))), context(_how(shown, words))


def _what_next(answer: Answer, words: Words) -> list[Mrkdwn]:
    if answer is Answer.TOO_FEW:
        return []
    return [fill(words("There is nothing to do."))] if answer is Answer.FEW else [_what_helps(words)]


def _what_helps(words: Words) -> Mrkdwn:
    return fill(
        words(
            "A kind word to everybody in your programme's channel helps: “Have you talked about what you expect of "
            "each other? `/tandem agreement` begins it.”"
        )
    )


def _how(shown: AgreementCount, words: Words) -> Mrkdwn:
    return fill(
        words(
            "Counted once for each pairing, on the first Monday on which enough of them are {days} days old. Whoever "
            "is on a break is not waited for. Small numbers stay hidden, so that a count tells of nobody."
        ),
        days=words.number(shown.days),
    )

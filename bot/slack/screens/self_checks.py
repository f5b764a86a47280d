"""The eight skills of a mentor, for one person's eyes: the form, and what has grown."""

from __future__ import annotations

from bot.domain.self_checks import LEVELS, Levels, Moment, Skill
from bot.locales import Words
from bot.slack.blocks import Block, View, ask, context, option, section, select
from bot.slack.text import Mrkdwn, Plain, fill, lines, plain
from bot.usecases.self_checks import SelfCheck


def _skill(skill: Skill, words: Words) -> Plain:
    return plain(
        {
            Skill.COMMUNICATION: words("Communication: I listen, and I say clearly what I mean"),
            Skill.SUPPORT: words("Support: I encourage, and I help where I can"),
            Skill.TRUSTWORTHINESS: words("Trust: what I am told stays with me, and I keep my word"),
            Skill.INTERDEPENDENCE: words("Give and take: we both carry this, and we both learn"),
            Skill.EMPATHY: words("Empathy: I try to see it with the other's eyes"),
            Skill.RAPPORT: words("Getting on: we find a good way with each other"),
            Skill.ENTHUSIASM: words("Enthusiasm: I like doing this, and it shows"),
            Skill.FLEXIBILITY: words("Flexibility: I adapt when plans or needs change"),
        }[skill]
    )


def _level(level: int, words: Words) -> Plain:
    labels = (words("not yet"), words("a little"), words("partly"), words("largely"), words("fully"))
    return plain(labels[level - 1])


def form(check: SelfCheck, words: Words) -> View:
    """Return the form with a word for each skill; what was chosen at this moment before is chosen again."""
    levels = [option(_level(int(one), words), one) for one in LEVELS]
    now = check.now or {}
    return View(
        title=plain(words("My eight skills")),
        callback="self_check.save",
        submit=plain(words("Save")),
        close=plain(words("Later")),
        memo={"pairing": str(check.pairing)},
        blocks=(
            section(fill(words("How true is this of you today? There is no right answer, and nothing is added up."))),
            *(
                ask(skill, _skill(skill, words), select(levels, str(now.get(skill, ""))), optional=True)
                for skill in Skill
            ),
            context(
                fill(words("For your eyes alone. Your partner and the people who run the programme never see it."))
            ),
        ),
    )


def growth(check: SelfCheck, words: Words) -> View:
    """Return what somebody chose, beside what they chose at half-time where there is both."""
    before, after = check.half_time or {}, check.close or {}
    both = check.moment is Moment.CLOSE and bool(before)
    head = (
        fill(words("Saved. First how it was at half-time, then how it is today:"))
        if both
        else fill(words("Saved. This is how you see yourself today:"))
    )
    shown = [_line(skill, before if both else {}, after if both else (check.now or {}), words) for skill in Skill]
    later = [] if check.moment is Moment.CLOSE else [_again(words)]
    return View(
        title=plain(words("My eight skills")),
        close=plain(words("Close")),
        blocks=(section(head), section(lines(*shown)), *later),
    )


def _again(words: Words) -> Block:
    return context(fill(words("I will ask you again at the end, and show you both side by side. Only you see it.")))


def _line(skill: Skill, before: Levels, after: Levels, words: Words) -> Mrkdwn:
    name = str(_skill(skill, words)).partition(":")[0]
    steps = [_bar(levels[skill], words) for levels in (before, after) if skill in levels]
    return fill("*{name}*  {steps}", name=name, steps=Mrkdwn(" → ".join(steps))) if steps else Mrkdwn("")


def _bar(level: int, words: Words) -> Mrkdwn:
    bar = "▰" * level + "▱" * (len(LEVELS) - level)
    return fill("{bar} {word}", bar=bar, word=_level(level, words))

"""The words of a match in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from bot.locales import Words
from bot.matching.explain import Quality, Reason, ReasonKind
from bot.matching.matches import WhyAlone
from bot.matching.people import Person
from bot.matching.rules import Rule


def quality_word(quality: Quality, words: Words) -> str:
    return {
        Quality.STRONG: words("strong"),
        Quality.GOOD: words("good"),
        Quality.STRETCH: words("stretch"),
    }[quality]


def reason_sentence(reason: Reason, people: Mapping[str, Person], words: Words) -> str:
    """Return one reason as a sentence; people by name, or by id if they have none."""
    giver, receiver = (_name(people, who) for who in (reason.giver, reason.receiver))
    template = {
        ReasonKind.SKILL: words("{receiver} wants {skill}, {giver} offers it"),
        ReasonKind.GOAL: words("shared goal: {skill}"),
        ReasonKind.LEVEL: words("levels that go well together"),
        ReasonKind.STYLE: words("similar working style"),
        ReasonKind.DEPARTMENT: words("from different departments"),
        ReasonKind.HOURS: words("{hours} hours of shared working time"),
        ReasonKind.LANGUAGES: words("{amount} shared languages"),
        ReasonKind.SITE: words("same site, or all remote"),
    }[reason.kind]
    amount = words.number(reason.amount) if reason.kind is ReasonKind.LANGUAGES else ""
    hours = words.number(round(reason.amount / 60, 1)) if reason.kind is ReasonKind.HOURS else ""
    return template.format(giver=giver, receiver=receiver, skill=reason.skill, amount=amount, hours=hours)


def _name(people: Mapping[str, Person], who: str) -> str:
    return people[who].name or who if who else ""


def why_alone(reason: WhyAlone, words: Words) -> str:
    return {
        WhyAlone.AWAY: words("on leave or on a break"),
        WhyAlone.NO_CAPACITY: words("takes nobody on right now"),
        WhyAlone.NOBODY_ELSE: words("nobody else was waiting"),
        WhyAlone.NO_SHARED_LANGUAGE: words("no shared language with anybody"),
        WhyAlone.MET_EVERYONE: words("has recently met everybody who would fit"),
        WhyAlone.NOBODY_ALLOWED: words("no suitable partner under the rules"),
        WhyAlone.NOT_NEEDED: words("no mentee left for this mentor"),
        WhyAlone.NOBODY_LEFT: words("no partner left this time"),
    }[reason]


def relaxed_rule(rule: Rule, words: Words) -> str:
    return {
        Rule.TOO_FEW_HOURS: words("fewer shared working hours than the rule asks for"),
        Rule.MET_RECENTLY: words("met more recently than the rule asks for"),
        Rule.NO_SHARED_LANGUAGE: words("no shared language"),
    }.get(rule, str(rule))

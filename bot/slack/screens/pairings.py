"""Partners: the introduction, who my partner is, and kind ends."""

from __future__ import annotations

from bot.domain.cadence import clock_time
from bot.locales import Words
from bot.slack.blocks import Block, Element, Message, actions, button, confirm, context, section
from bot.slack.screens.trouble import message
from bot.slack.text import Mrkdwn, Plain, by_first_name, escape, fill, first_name, lines, person, plain
from bot.usecases.meeting_times import OnTheClock, Proposals
from bot.usecases.pairings import Introduction, Partner, Reason, Together

HOUR = 60
PAIR = 2


def introduction(intro: Introduction, words: Words, *, alone: bool = False) -> Message:
    """Return the first message of a pairing, in its group DM: who you are to each other and why.

    ``alone``: for one member's own conversation, when the group's could not be reached for sure.
    """
    names = _listed([person(member.slack_id) for member in intro.members], words)
    plain_names = words.list([member.name for member in intro.members])
    head = fill(words("Hello, {names}. You are partners in *{programme}* now."), names=names, programme=intro.programme)
    rhythm = fill(
        words(
            "Each of you gets a check-in on {weekday} at {time} in your own time zone. It takes "
            "a minute, and you read the shared part of each other's answers."
        ),
        weekday=words.weekday(intro.weekday),
        time=words.time(clock_time(intro.hour * HOUR)),
    )
    span = fill(
        words.many("You have {weeks} week together.", "You have {weeks} weeks together.", intro.weeks),
        weeks=intro.weeks,
    )
    first = lines(
        fill(words("*Your first meeting, 45 minutes:*")),
        fill(words("1. Get to know each other: what do you do, and what do you enjoy about it?")),
        fill(words("2. What does each of you hope for? What would you like to be able to do by the end?")),
        fill(words("3. How do you want to work: how often, where, and how do you say “not this week”?")),
        fill(words("4. Before you go: when do you meet next?")),
    )
    parts = (head, _why(intro, words), lines(span, rhythm), first, times_lines(intro.meeting, words))
    blocks: list[Block] = [section(part) for part in parts if part]
    agree = button(plain(words("Agree on expectations")), "agreement.show", style="primary")
    goal = button(plain(words("Set a goal")), "goal.new")
    meet = button(plain(words("Find a time")), "meeting.new")
    note = fill(
        words("I could not be sure to reach you together, so each of you gets this alone. Say hello to each other.")
        if alone
        else words("Only you and I are in this conversation. I never read what you write to each other here.")
    )
    return Message(
        fill(words("{names}: you are partners now."), names=plain_names),
        (*blocks, actions(agree, meet, goal), context(note)),
    )


def _why(intro: Introduction, words: Words) -> Mrkdwn:
    if not intro.reasons:
        return lines()
    title = words("*Why you two fit:*") if len(intro.members) == PAIR else words("*Why you fit:*")
    return lines(fill(title), *why_lines(intro.reasons, words))


def times_lines(meeting: Proposals, words: Words) -> Mrkdwn:
    """Return proposed times, and honestly what they are made of."""
    if not meeting.times:
        return fill(words("I found no time that suits all of you in the coming days. Ask each other what would work."))
    honest = (
        words("*Times that could suit* (from your working hours, not your calendars):")
        if meeting.common
        else words("Your working hours do not overlap. *The nearest times* (nobody's calendar is known to me):")
    )
    return lines(fill(honest), *(_proposal(one, words) for one in meeting.times))


def _proposal(clocks: tuple[OnTheClock, ...], words: Words) -> Mrkdwn:
    if len(clocks) == 1:
        return fill("• {when}", when=_when(clocks[0], words))
    told = [fill("{when} ({names})", when=_when(one, words), names=by_first_name(one.names, words)) for one in clocks]
    return fill("• {clocks}", clocks=Mrkdwn(" · ".join(told)))


def _when(one: OnTheClock, words: Words) -> str:
    return f"{words.date(one.start.date())}, {words.time(one.start.time())}–{words.time(one.end.time())}"


def _listed(names: list[Mrkdwn], words: Words) -> Mrkdwn:
    return Mrkdwn(words.list(names))


def why_lines(reasons: tuple[Reason, ...], words: Words) -> list[Mrkdwn]:
    """Return reasons in words, one per line."""
    return [fill("• {reason}", reason=reason_line(one, words)) for one in reasons]


def reason_line(reason: Reason, words: Words) -> Mrkdwn:
    match reason.kind:
        case "skill":
            text = words("{receiver} wants {skill}, {giver} offers it")
            return fill(text, receiver=reason.receiver, giver=reason.giver, skill=reason.skill)
        case "hours":
            hours = max(1, reason.amount // HOUR)
            text = words.many(
                "You share about {hours} working hour a day", "You share about {hours} working hours a day", hours
            )
            return fill(text, hours=hours)
        case _:
            return fill(words("You have more than one language in common"))


def partner(together: Together, words: Words) -> Message:
    """Return who somebody's partners are."""
    blocks: list[Block] = [section(about(one, words)) for one in together.partners]
    until = fill(words("You work together until {day}."), day=words.date(together.ends_on))
    where = context(lines(until, *_meeting_place(together, words)))
    several = len(together.partners) > 1
    unfit = part_button(plain(words("This does not fit")), str(together.id), words, several=several)
    promised = button(plain(words("What we promised")), "ledger.show")
    agreed = button(plain(words("Our agreement")), "agreement.show")
    meetings = button(plain(words("Meetings")), "meeting.show")
    return Message(until, (*blocks, where, actions(meetings, agreed, promised, unfit)))


def part_button(label: Plain, pairing: str, words: Words, *, several: bool) -> Element:
    """Return the button that ends a pairing without fault, asking once more; ``several``: two others would go on."""
    sure = confirm(
        plain(words("A new partner?")),
        plain(
            words(
                "You leave the three of you now, and the two others go on together. They read that you get a new "
                "partner, not why. You come first in the next round."
            )
            if several
            else words(
                "Your time together ends now. Nobody is told that you asked for it, and you come first in the next "
                "round."
            )
        ),
        plain(words("Yes, a new partner")),
        plain(words("Not yet")),
    )
    return button(label, "partner.unfit", pairing, asking=sure)


def about(one: Partner, words: Words) -> Mrkdwn:
    """Return what partners see of each other."""
    return lines(
        fill("*{name}* ({mention})", name=one.name, mention=person(one.slack_id)),
        fill(words("Offers: {skills}"), skills=", ".join(one.offers)),
        fill(words("Wants: {skills}"), skills=", ".join(one.wants)),
        *((fill(words("On a break until {day}"), day=words.date(one.paused_until)),) if one.paused_until else ()),
    )


def _meeting_place(together: Together, words: Words) -> list[Mrkdwn]:
    if not together.group_channel:
        return []
    return [fill(words("Your conversation is in the group message I opened for you, under *Direct messages*."))]


def not_matched(reason: str, words: Words) -> Message:
    """Tell somebody kindly that this round had no partner, why, and that they come first next time."""
    why = {
        "away": words("you were on a break"),
        "no_capacity": words("you have as many partners as you wished for"),
        "nobody_else": words("nobody else was waiting"),
        "no_shared_language": words("nobody who was waiting shares a language with you"),
        "met_everyone": words("you have recently been matched with everybody who would fit"),
        "not_needed": words("more people offered help than asked for it"),
    }.get(reason, words("there was no suitable partner left"))
    text = fill(
        words("No partner for you this time, because {why}. You come first in the next round."), why=escape(why)
    )
    change = button(plain(words("Look at my profile")), "profile.edit")
    return Message(text, (section(text), actions(change)))


def partner_left(name: str, words: Words, *, waiting: bool) -> Message:
    """Tell somebody that a partner has gone, without a reason."""
    text = fill(words("{name} has left the programme. That says nothing about you."), name=first_name(name))
    next_step = (
        fill(words("You come first in the next round, and your goals and notes stay with you."))
        if waiting
        else fill(words("The two of you go on together."))
    )
    return message(lines(text, next_step))


def parting(words: Words, *, trio: bool) -> Message:
    """Answer whoever asked for a new partner; ``trio``: the two others go on together."""
    end = (
        words("Done. You will get a new partner, and the two others go on together.")
        if trio
        else words("Done. You will each get a new partner, and both of you read the same kind message about it.")
    )
    return message(lines(fill(end), fill(words("You come first in the next round."))))


def parted(names: tuple[str, ...], words: Words, *, waiting: bool) -> Message:
    """Tell everybody of an ended pairing the same, whoever asked for it."""
    text = fill(
        words(
            "Your time with {names} ends here. You will each get a new partner. Sometimes it does not fit, and nobody "
            "has done anything wrong."
        ),
        names=by_first_name(names, words),
    )
    rest = fill(words("You come first in the next round, and your goals and notes stay with you.")) if waiting else None
    return message(lines(text, *((rest,) if rest else ())))


def parted_from(name: str, words: Words) -> Message:
    """Tell two of three that the third gets another partner."""
    return message(fill(words("{name} will get a new partner. The two of you go on together."), name=first_name(name)))

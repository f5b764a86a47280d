"""The rounds of a programme in counts and dates, and the form that says when they come."""

from __future__ import annotations

from bot.domain.schedules import Rhythm, Schedule
from bot.locales import Words
from bot.slack.blocks import (
    Message,
    View,
    actions,
    ask,
    button,
    context,
    date_picker,
    line,
    option,
    section,
    select,
)
from bot.slack.text import Mrkdwn, fill, lines, plain
from bot.usecases.schedules import LastRound, RoundsPlan

WEEKLY, NEXT_ROUND = "weekly", "next_round"


def rounds(plan: RoundsPlan, words: Words) -> Message:
    """Return the last and the next round with a button to change when they come."""
    head = fill(words("*{programme}*: rounds"), programme=plan.programme)
    change = button(plain(words("Change when rounds come")), "schedule.change")
    by_hand = context(fill(words("You can run a round at any time with `/tandem-admin match`.")))
    return Message(head, (section(lines(head, *_facts(plan, words))), actions(change), by_hand))


def _facts(plan: RoundsPlan, words: Words) -> list[Mrkdwn]:
    waiting = words.many("Waiting for a partner: {count} person", "Waiting for a partner: {count} people", plan.waiting)
    return [
        _last(plan.last, words),
        *_ahead(plan, words),
        fill(waiting, count=words.number(plan.waiting)),
    ]


def _last(last: LastRound | None, words: Words) -> Mrkdwn:
    if last is None:
        return fill(words("Last round: {when}"), when=words("none yet"))
    text = words.many(
        "Last round: {day}, {matches} pairing for {people} people",
        "Last round: {day}, {matches} pairings for {people} people",
        last.counts.matches,
    )
    counts = {"matches": words.number(last.counts.matches), "people": words.number(last.counts.people)}
    return fill(text, day=words.full_date(last.day), **counts)


def _ahead(plan: RoundsPlan, words: Words) -> list[Mrkdwn]:
    when = words.full_date(plan.next_day) if plan.next_day else words("when you run it")
    rows = [fill(words("Next round: {when}"), when=when)]
    if plan.next_day and plan.schedule.rhythm is Rhythm.WEEKS:
        rows.append(fill(words("Weeks between two rounds: {weeks}"), weeks=plan.schedule.weeks))
    if plan.next_day:
        before = words.many(
            "Everybody who is free is asked {days} day before, at their own local hour",
            "Everybody who is free is asked {days} days before, at their own local hour",
            plan.heads_up_days,
        )
        rows.append(fill(before, days=plan.heads_up_days))
    if plan.next_late_run:
        rows.append(fill(words("Late joiners are matched weekly, next on {day}"), day=words.date(plan.next_late_run)))
    return rows


def form(now: Schedule, room: str, words: Words) -> View:
    """Return the form to say when the rounds of the programme run from ``room`` come."""
    rhythms = [
        option(plain(words("By hand, whenever you run one")), Rhythm.BY_HAND),
        option(plain(words("Once")), Rhythm.ONCE),
        option(plain(words("Every few weeks")), Rhythm.WEEKS),
    ]
    late = [
        option(plain(words("Wait for the next round")), NEXT_ROUND),
        option(plain(words("Are matched weekly")), WEEKLY),
    ]
    return View(
        title=plain(words("When rounds come")),
        callback="schedule.save",
        submit=plain(words("Save")),
        close=plain(words("Cancel")),
        memo={"room": room},
        blocks=(
            ask("rhythm", plain(words("Rhythm")), select(rhythms, now.rhythm)),
            ask(
                "first_day",
                plain(words("Day of the next round")),
                date_picker(now.first_day),
                optional=True,
                hint=plain(words("It runs at the hour of the check-in, in your time zone. You approve every round.")),
            ),
            ask("weeks", plain(words("Weeks between two rounds")), line(3, str(now.weeks)), optional=True),
            ask(
                "late_joiners",
                plain(words("People who join in between")),
                select(late, WEEKLY if now.late_joiners else NEXT_ROUND),
            ),
        ),
    )


def kept(plan: RoundsPlan, words: Words) -> View:
    """Say when the next round comes."""
    facts = _ahead(plan, words)
    return View(title=plain(words("When rounds come")), close=plain(words("Close")), blocks=(section(lines(*facts)),))

"""Set-up, status and guidelines of a programme."""

from __future__ import annotations

from bot.domain import programmes, wording
from bot.domain.cadence import SATURDAY, Weekday, clock_time
from bot.domain.people import Language
from bot.domain.programmes import ProgrammePlan
from bot.domain.refusals import N_
from bot.locales import Words, endonym
from bot.slack.blocks import (
    Block,
    Element,
    Message,
    View,
    actions,
    ask,
    button,
    context,
    header,
    line,
    option,
    paragraph,
    radio,
    section,
    select,
)
from bot.slack.screens.snapshots import agreements
from bot.slack.screens.trouble import message
from bot.slack.text import as_typed, fill, lines, person, plain
from bot.usecases.programmes import Status


def setup_form(plan: ProgrammePlan, room: str, words: Words) -> View:
    """Return the form to start or change the programme run from ``room``."""
    working = [day for day in Weekday if day < SATURDAY or day is plan.weekday]
    weekdays = [option(as_typed(words.weekday(day)), day.name.lower()) for day in working]
    hours = [option(as_typed(words.time(clock_time(hour * 60))), str(hour)) for hour in programmes.HOURS]
    languages = [option(as_typed(endonym(language)), language.value) for language in Language]
    return View(
        title=plain(words("Set up a programme")),
        callback="setup.save",
        submit=plain(words("Save")),
        close=plain(words("Cancel")),
        memo={"room": room},
        blocks=(
            ask("name", plain(words("Name")), line(programmes.NAME, plan.name)),
            ask(
                "purpose",
                plain(words("What is it for, and what would success look like?")),
                paragraph(wording.TEXT, plan.purpose),
                optional=True,
            ),
            ask("weekday", plain(words("Day of the weekly check-in")), select(weekdays, plan.weekday.name.lower())),
            ask(
                "hour",
                plain(words("Hour of the check-in")),
                select(hours, str(plan.hour)),
                hint=plain(words("Everybody gets it at this hour in their own time zone, inside their working hours.")),
            ),
            ask("weeks", plain(words("How many weeks does a pairing last?")), line(3, str(plan.weeks))),
            ask(
                "language",
                plain(words("Language of the programme")),
                select(languages, plan.language.value),
                hint=plain(words("For this channel, and for groups whose members read different languages.")),
            ),
            ask(
                "ask_first",
                plain(words("Before a match goes live")),
                radio(_ask_first(words), "yes" if plan.ask_first else "no"),
            ),
            ask(
                "guidelines",
                plain(words("Ground rules everybody can read")),
                paragraph(wording.TEXT, plan.guidelines or words(DEFAULT_GUIDELINES)),
                optional=True,
            ),
        ),
    )


def _ask_first(words: Words) -> list[Element]:
    return [
        option(plain(words("Introduce people at once")), "no"),
        option(plain(words("Ask each person first, three days to answer")), "yes"),
    ]


def setup_kept(plan: ProgrammePlan, words: Words) -> View:
    """Say that the programme stands and what comes next."""
    text = lines(
        fill(words("*{name}* is set up."), name=plan.name),
        fill(words("Everybody in this channel is now an owner, and nobody else is.")),
        fill(
            words("Next: ask colleagues to run `/tandem join`. When some have joined, run `/tandem-admin match` here.")
        ),
    )
    return View(title=plain(words("Set up a programme")), close=plain(words("Close")), blocks=(section(text),))


def ready(plan: ProgrammePlan, words: Words) -> Message:
    """Return the first message in the owners' room."""
    head = fill(words("*{name}* is ready."), name=plan.name)
    rhythm = fill(
        words.many(
            "Check-ins come on {weekday} at {time}, in each person's own time zone. A pairing lasts {weeks} week.",
            "Check-ins come on {weekday} at {time}, in each person's own time zone. A pairing lasts {weeks} weeks.",
            plan.weeks,
        ),
        weekday=words.weekday(plan.weekday),
        time=words.time(clock_time(plan.hour * 60)),
        weeks=plan.weeks,
    )
    steps = fill(words("Colleagues join with `/tandem join`. You match them here with `/tandem-admin match`."))
    owners = fill(
        words(
            "Everybody in this channel is an owner. Owners see totals, and who offers and wants "
            "what. They never see what people write."
        )
    )
    return Message(head, (section(lines(head, rhythm, steps)), context(owners)))


def owner_joined(slack_id: str, words: Words) -> Message:
    return message(
        fill(words("{person} joined this channel and is now an owner of the programme."), person=person(slack_id))
    )


def status(state: Status, words: Words) -> Message:
    """Return delivery health in counts, and what was counted of agreements."""
    head = fill(words("*{name}*: delivery"), name=state.name)
    last = words.full_date(state.last_round) if state.last_round else words("none yet")
    following = words.full_date(state.next_round) if state.next_round else words("when you run it")
    rows = [
        fill(words("Last round: {when}"), when=last),
        fill(words("Next round: {when}"), when=following),
        fill(words("Messages sent: {count}"), count=words.number(state.sent)),
        fill(words("Waiting their turn: {count}"), count=words.number(state.waiting)),
    ]
    if state.held or state.failed:
        rows.append(fill(words("Not delivered: {count}"), count=words.number(state.held + state.failed)))
        rows += [fill("• {error}: {count}", error=error, count=words.number(count)) for error, count in state.errors]
        rows.append(fill(words("Ask your IT to run `tandem doctor`; it says what to do.")))
    else:
        rows.append(fill(words("Nothing failed. There is nothing to repair.")))
    return Message(head, (section(head), section(lines(*rows)), *agreements(state.agreements, words)))


def guidelines(plan: ProgrammePlan, words: Words) -> Message:
    """Return the ground rules as the owners wrote them."""
    head = fill(words("*Ground rules of {name}*"), name=plan.name)
    text = plan.guidelines or words(DEFAULT_GUIDELINES)
    contact = context(fill(words("Questions? Ask the people who run the programme.")))
    return Message(head, (section(head), section(as_typed(text)), contact))


def welcome_card(names: tuple[str, ...], words: Words) -> tuple[Block, ...]:
    """Return the first thing somebody sees who has not joined."""
    text = fill(
        words(
            "Find a colleague to grow with. You agree on a goal, promise each other one "
            "thing a week, and report back in one minute."
        )
    )
    join = actions(button(plain(words("Join")), "join.start", style="primary"))
    running = (
        fill(words("Open now: {names}"), names=words.list(names)) if names else fill(words("No programme is open yet."))
    )
    return (header(plain(words("Welcome to Tandem"))), section(text), context(running), *((join,) if names else ()))


DEFAULT_GUIDELINES = N_(
    "What we say stays between us.\nWe come to our meetings, or say in time that we cannot.\n"
    "We give each other honest, kind feedback.\nEach of us is responsible for our own goals."
)

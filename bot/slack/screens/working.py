"""How I work."""

from __future__ import annotations

from bot.domain.refusals import N_
from bot.domain.working import DEPARTMENT, LEVELS, MOST_AT_ONCE, REMOTE, STEPS, Company, Working
from bot.locales import Words
from bot.slack.blocks import (
    Block,
    Element,
    View,
    actions,
    ask,
    button,
    context,
    line,
    option,
    person_select,
    radio,
    section,
    select,
)
from bot.slack.text import Plain, as_typed, fill, plain

STYLES = (
    ("plan", N_("I plan, or I improvise"), N_("I plan ahead"), N_("I improvise")),
    ("talk", N_("I talk things through, or I write them down"), N_("I talk"), N_("I write")),
    ("gentle", N_("Feedback: gentle or direct"), N_("Gentle"), N_("Direct")),
)
_USED = N_(
    "All of this is voluntary and helps the matching; the place also sets your public holidays. Nobody else reads it; "
    "the people who run the programme see only, as a count, how departments mix."
)
YES, NO = "yes", "no"


def more(words: Words) -> tuple[Block, ...]:
    """Return the way from the profile to the rest of it."""
    how = button(plain(words("How I work")), "working.edit")
    who = button(plain(words("Who with")), "wishes.edit")
    return (actions(how, who, button(plain(words("Reminders")), "reminder.edit")),)


def working_form(said: Working, company: Company, words: Words, *, follows: bool = False) -> View:
    """Return the form, filled with what stands; everything in it is voluntary."""
    return View(
        title=plain(words("How I work")),
        callback="working.save",
        submit=plain(words("Save")),
        close=plain(words("Cancel")),
        blocks=(
            context(fill(words(_USED))),
            *_styles(said, words),
            _choice("site", words("Where I work"), _places(said, company, words), said.site or "", words),
            ask(
                "department",
                plain(words("My department")),
                line(DEPARTMENT, said.department or None),
                optional=True,
            ),
            ask(
                "manager",
                plain(words("My manager")),
                person_select(said.manager or "", plain(words("Choose"))),
                optional=True,
                hint=plain(words("Nobody is matched with their own manager.")),
            ),
            _choice("level", words("My level"), _levels(said, company, words), str(said.level or ""), words),
            *_willing(said, words),
            _status(words, follows=follows),
        ),
    )


def _styles(said: Working, words: Words) -> list[Block]:
    return [
        _choice(name, words(label), _steps(words(one), words(other), words), str(step or ""), words)
        for (name, label, one, other), step in zip(STYLES, said.style, strict=True)
    ]


def _steps(one: str, other: str, words: Words) -> list[Element]:
    rather = words("Rather: {way}")
    labels = (as_typed(one), plain(rather, way=one), plain(words("Both")), plain(rather, way=other), as_typed(other))
    return [option(label, str(step)) for step, label in zip(STEPS, labels, strict=True)]


def _places(said: Working, company: Company, words: Words) -> list[Element]:
    kept = [said.site] if said.site and said.site not in company.places else []
    named = [option(as_typed(place), place) for place in (*company.sites, *kept)]
    return [*named, option(plain(words("At home (remote)")), REMOTE)]


def _levels(said: Working, company: Company, words: Words) -> list[Element]:
    names = [as_typed(one) for one in company.levels] or [plain(words(one)) for one in LEVELS]
    ranked = [option(name, str(rank)) for rank, name in enumerate(names, 1)]
    kept = said.level if said.level and said.level not in company.ranks else None
    return [*ranked, *([option(as_typed(str(kept)), str(kept))] if kept else [])]


def _willing(said: Working, words: Words) -> list[Block]:
    counts = [option(as_typed(words.number(count)), str(count)) for count in range(1, MOST_AT_ONCE + 1)]
    answers = [option(plain(words("Yes, gladly")), YES), option(plain(words("Rather not")), NO)]
    return [
        ask(
            "capacity",
            plain(words("How many people I would guide at once")),
            select(counts, str(said.capacity)),
            hint=plain(words("For programmes in which one guides others; between equals it is always one.")),
        ),
        ask(
            "third",
            plain(words("I could be third")),
            radio(answers, YES if said.volunteer_third else NO),
            hint=plain(words("When the number is odd, three go together. Whoever says yes is considered first.")),
        ),
    ]


def _status(words: Words, *, follows: bool) -> Block:
    answers = [option(plain(words("Yes")), YES), option(plain(words("No")), NO)]
    return ask(
        "status",
        plain(words("A vacation in my Slack status is a break")),
        radio(answers, YES if follows else NO),
        hint=plain(words("I look at the palm tree and its end date only, never at what you write there.")),
    )


def _choice(name: str, label: str, options: list[Element], chosen: str, words: Words) -> Block:
    return ask(name, Plain(label), select(options, chosen, plain(words("Choose"))), optional=True)


def saved(words: Words) -> View:
    """Say that it is kept."""
    return View(
        title=plain(words("Your profile")),
        close=plain(words("Close")),
        blocks=(section(fill(words("Saved. The next round goes by it."))),),
    )

"""The agreement: the form both edit, how it reads, and what the others are told."""

from __future__ import annotations

from bot.domain.agreements import LONGEST, RHYTHMS, Terms
from bot.domain.cadence import SATURDAY, Weekday
from bot.locales import Words
from bot.slack.blocks import (
    Block,
    Message,
    View,
    actions,
    ask,
    button,
    context,
    date_picker,
    option,
    paragraph,
    section,
    select,
)
from bot.slack.text import Mrkdwn, Plain, as_typed, by_first_name, fill, first_name, lines, plain
from bot.usecases.agreements import Agreement, Drafting
from bot.usecases.signatures import Unsigned


def agreement_form(drafting: Drafting, words: Words, *, mine: Terms | None = None, theirs: str = "") -> View:
    """Return the form on the newest version.

    ``mine`` is what somebody typed while the version of ``theirs`` was saved: it stays in the fields, and the newer
    one is shown above them.
    """
    terms = mine or drafting.terms
    return View(
        title=plain(words("Our agreement")),
        callback="agreement.save",
        submit=plain(words("Sign and send")),
        close=plain(words("Cancel")),
        memo={"pairing": str(drafting.pairing), "seen": str(drafting.version)},
        blocks=(*_overtaken(drafting, theirs, words), *_fields(terms, words), _readers(drafting, words)),
    )


def _overtaken(drafting: Drafting, theirs: str, words: Words) -> list[Block]:
    if not theirs:
        return []
    said = fill(
        words(
            "{name} saved a version while you were writing. Theirs comes first, yours is still in the fields below. "
            "Send yours to make it the newest, or cancel to keep theirs."
        ),
        name=first_name(theirs),
    )
    return [section(said), *(section(part) for part in _terms_lines(drafting.terms, words))]


def _fields(terms: Terms, words: Words) -> list[Block]:
    days = [day for day in Weekday if day < SATURDAY or day is terms.weekday]
    weekdays = [option(as_typed(words.weekday(day)), day.name.lower()) for day in days]
    rhythms = [option(_rhythm(weeks, words), str(weeks)) for weeks in RHYTHMS]
    return [
        _text("hopes", plain(words("What does each of us hope for?")), terms.hopes),
        _text("meetings", plain(words("How often do we meet, and where?")), terms.meetings),
        ask("every_weeks", plain(words("Our check-in comes")), select(rhythms, str(terms.every_weeks))),
        ask("weekday", plain(words("On which day?")), select(weekdays, terms.weekday.name.lower())),
        _text("not_this_week", plain(words("How do we say “not this week”?")), terms.not_this_week),
        _text("rules", plain(words("Our ground rules")), terms.rules),
        ask("until", plain(words("Until when do we work together?")), date_picker(terms.until)),
    ]


def _text(name: str, label: Plain, kept: str | None) -> Block:
    return ask(name, label, paragraph(LONGEST, kept), optional=True)


def _readers(drafting: Drafting, words: Words) -> Block:
    names = words.list(drafting.partners)
    return context(
        fill(words("You and {names} can read this, nobody else. It counts once all have signed."), names=names)
    )


def _rhythm(weeks: int, words: Words) -> Plain:
    return plain(words("every week")) if weeks == 1 else plain(words("every two weeks"))


def _terms_lines(terms: Terms, words: Words) -> list[Mrkdwn]:
    """Return the agreed things, one part each; what was left open is left out."""
    written = (
        (words("What we hope for"), terms.hopes),
        (words("When and where we meet"), terms.meetings),
        (words("How we say “not this week”"), terms.not_this_week),
        (words("Ground rules"), terms.rules),
    )
    parts = [lines(fill("*{label}*", label=label), fill("{text}", text=text)) for label, text in written if text]
    rhythm = fill(
        words("Check-in {rhythm}, on {weekday}. Together until {day}."),
        rhythm=_rhythm(terms.every_weeks, words),
        weekday=words.weekday(terms.weekday),
        day=words.full_date(terms.until),
    )
    return [*parts, rhythm]


def agreement(shown: Agreement, words: Words) -> Message:
    """Return a version as one of its people reads it, with what they can do."""
    head = fill(words("*Our agreement*, version {version}"), version=words.number(shown.version))
    return Message(head, (section(lines(head, _state(shown, words))), *_body(shown, words)))


def none_yet(words: Words) -> Message:
    """Invite a pairing to agree."""
    text = fill(words("You have no agreement yet. Ten minutes together now save a lot of guessing later."))
    return Message(
        text, (section(text), actions(button(plain(words("Agree on expectations")), "agreement.edit", style="primary")))
    )


def _state(shown: Agreement, words: Words) -> Mrkdwn:
    if shown.in_force_at:
        return fill(words("Signed by {names}. It counts."), names=by_first_name(shown.signed, words))
    if not shown.signed:
        return fill(words("Not signed yet: {missing}."), missing=by_first_name(shown.missing, words))
    return fill(
        words("Signed by {signed}. Still open: {missing}."),
        signed=by_first_name(shown.signed, words),
        missing=by_first_name(shown.missing, words),
    )


def older(shown: Agreement, words: Words) -> Message:
    """Return a version to be read, not to be signed or changed: perhaps a newer one waits."""
    head = fill(words("*Our agreement*, version {version}"), version=words.number(shown.version))
    parts = [section(part) for part in _terms_lines(shown.terms, words)]
    return Message(head, (section(lines(head, _state(shown, words))), *parts))


def _body(shown: Agreement, words: Words) -> list[Block]:
    sign = button(plain(words("Sign")), "agreement.sign", str(shown.id), style="primary")
    change = button(plain(words("Suggest a change")), "agreement.edit")
    offered = [change] if shown.mine else [sign, change]
    until = []
    if ruling := shown.ruling:
        number = words.number(ruling.version)
        until = [context(fill(words("Until then version {version} counts."), version=number))]
        offered.append(
            button(plain(words("Show version {version}"), version=number), "agreement.older", str(ruling.id))
        )
    return [*(section(part) for part in _terms_lines(shown.terms, words)), *until, actions(*offered)]


def written(shown: Agreement, words: Words) -> Message:
    """Ask somebody to read and sign what their partner wrote."""
    first = words("{name} wrote down what you expect of each other. Read it, and sign it if it fits.")
    later = words("{name} suggests a change to your agreement. It counts once all have signed.")
    head = fill(first if shown.version == 1 else later, name=first_name(shown.author))
    return Message(head, (section(head), *_body(shown, words)))


def unsigned(waiting: Unsigned, words: Words) -> Message:
    """Remind somebody of an agreement that is not written, or that waits for their signature."""
    names = by_first_name(waiting.partners, words)
    if waiting.author:
        head = fill(
            words("{name} wrote down what you expect of each other. It waits for you."), name=first_name(waiting.author)
        )
        look = button(plain(words("Read and sign")), "agreement.show", style="primary")
        return Message(head, (section(head), actions(look)))
    head = fill(words("Have you and {names} talked about what you expect of each other?"), names=names)
    why = fill(words("Ten minutes together now save a lot of guessing later."))
    agree = button(plain(words("Agree on expectations")), "agreement.edit", style="primary")
    return Message(head, (section(lines(head, why)), actions(agree)))


def signed(shown: Agreement, words: Words) -> Message:
    """Tell everybody in it that an agreement counts."""
    head = fill(words("Your agreement is signed by all of you. It counts from now on."))
    return Message(head, (section(head), *_body(shown, words)))


def kept(shown: Agreement, words: Words) -> View:
    """Say that a version stands and who has to sign it."""
    waiting = words("Saved and signed by you. I am asking {names} to sign.")
    said = fill(waiting, names=by_first_name(shown.missing, words)) if shown.missing else _state(shown, words)
    return View(title=plain(words("Our agreement")), close=plain(words("Close")), blocks=(section(said),))

"""The forms of a check-in: the whole of it, one line, and the thanks."""

from __future__ import annotations

from bot.domain.answers import CheckinAnswer
from bot.domain.checkins import Outcome
from bot.domain.goals import Confidence
from bot.domain.moods import Mood
from bot.domain.promises import Then
from bot.domain.reflections import QUESTIONS
from bot.domain.wording import LINE, TEXT
from bot.locales import Words
from bot.slack.blocks import (
    OPTION,
    Block,
    Element,
    View,
    actions,
    ask,
    button,
    checkbox,
    context,
    divider,
    line,
    option,
    paragraph,
    radio,
    section,
    select,
)
from bot.slack.screens import moods
from bot.slack.screens.checkins import in_a_row, outcome_label, reminded, thanks, the_last
from bot.slack.screens.summaries import summary
from bot.slack.text import Mrkdwn, Plain, by_first_name, fill, lines, one_line, plain
from bot.usecases.answers import Kept
from bot.usecases.checkins import CheckinPrompt, GoalAsked
from bot.usecases.promises import NextStep
from bot.usecases.summaries import CheckinSummary

GOALS_ASKED = 3  # so that one minute stays one minute
HAND = "hand"
EARLY = "early"  # stands for a check-in that begins with its answer
Seen = CheckinSummary | Plain


def form(asked: CheckinPrompt, words: Words, *, typed: CheckinAnswer | None = None, seen: Seen | None = None) -> View:
    """Return the check-in form.

    ``typed`` is what already stands in it, ``seen`` what a partner would read of that, or why nobody could yet.
    """
    said = typed or asked.answer or CheckinAnswer(asked.outcome, None, "", None)
    return View(
        title=plain(words("Check-in")),
        callback="checkin.save",
        submit=plain(words("Send")),
        close=plain(words("Later")),
        memo={
            "checkin": _name(asked),
            "goals": " ".join(str(goal.id) for goal in asked.goals[:GOALS_ASKED]),
        },
        blocks=(
            *_ahead(asked, words),
            *the_last(asked, words),
            *_promised(asked, said, words),
            ask(
                "progress",
                plain(words("What happened? One line is enough.")),
                line(LINE, said.progress),
                optional=True,
            ),
            *_next_promise(asked, said, words),
            *_goals(asked, said, words),
            ask(
                "hand",
                plain(words("Help")),
                checkbox(plain(words("I could use a hand")), HAND, on=said.hand_up),
                optional=True,
            ),
            *_mood(asked, said, words),
            ask(
                "reflection",
                plain("{question}", question=words(QUESTIONS[asked.question])),
                paragraph(TEXT, said.reflection),
                optional=True,
                hint=plain(words("For you alone.")),
            ),
            context(_who_sees(asked, words)),
            actions(button(plain(words("Preview")), "checkin.preview", _name(asked))),
            *_seen(asked, seen, words),
        ),
    )


def _name(asked: CheckinPrompt) -> str:
    return EARLY if asked.early else str(asked.id)


def _ahead(asked: CheckinPrompt, words: Words) -> list[Block]:
    """Return, above an answer that is changed, the way to report on the promise it made before the next one asks."""
    if not asked.answer or not asked.answer.promise:
        return []
    said = fill(words("You are changing your last answer. Is “{promise}” done already?"), promise=asked.answer.promise)
    return [section(said, button(plain(words("Report it now")), "checkin.early"))]


def _promised(asked: CheckinPrompt, said: CheckinAnswer, words: Words) -> list[Block]:
    if not asked.promised:
        return []
    label = plain(words("You promised: “{promise}”"), promise=asked.promised)
    outcomes = [option(outcome_label(outcome, words), outcome.value) for outcome in Outcome]
    blocks = [*reminded(asked, words), ask("outcome", label, radio(outcomes, said.outcome and said.outcome.value))]
    if said.outcome is Outcome.KEPT or not asked.asks_promise:
        return blocks
    then = select(_thens(words), said.then and said.then.value, plain(words("Decide later")))
    asks = plain(words("If it is not done: what would you like to do with it?"))
    return [*blocks, ask("then", asks, then, optional=True)]


def _thens(words: Words) -> list[Element]:
    labels = {
        Then.CARRY: words("Carry it over"),
        Then.SMALLER: words("Make it smaller"),
        Then.LET_GO: words("Let it go"),
    }
    return [option(plain(label), then.value) for then, label in labels.items()]


def _next_promise(asked: CheckinPrompt, said: CheckinAnswer, words: Words) -> list[Block]:
    """Return the line for the next promise, if one is asked for; a step or carrying over may stand in for it."""
    if not asked.asks_promise:
        return []
    carries = bool(asked.promised) and said.outcome is not Outcome.KEPT
    hint = plain(words("To carry it over as it is, leave this empty.")) if carries else None
    blocks = [
        ask(
            "promise",
            plain(words("What do you promise to do by {day}?"), day=words.date(asked.next_day)),
            line(LINE, said.promise, plain(words("One small thing"))),
            optional=carries or bool(asked.steps),
            hint=hint,
        )
    ]
    if asked.steps:
        steps = [_step(step) for step in asked.steps]
        chosen = select(steps, str(said.step) if said.step else None, plain(words("Choose a step")))
        blocks.append(ask("step", plain(words("Or promise one of your next steps")), chosen, optional=True))
    return blocks


def _step(step: NextStep) -> Element:
    return option(one_line(step.text, OPTION), str(step.id))


def _goals(asked: CheckinPrompt, said: CheckinAnswer, words: Words) -> list[Block]:
    typed = dict(said.confidence)
    return [
        ask(
            f"confidence.{i}",
            plain(words("How is “{goal}” going?"), goal=goal.title),
            select(_confidences(words), _chosen(goal, typed.get(goal.id)), plain(words("No change"))),
            optional=True,
        )
        for i, goal in enumerate(asked.goals[:GOALS_ASKED])
    ]


def _chosen(goal: GoalAsked, typed: Confidence | None) -> str | None:
    chosen = typed or goal.confidence
    return chosen.value if chosen else None


def _confidences(words: Words) -> list[Element]:
    labels = {
        Confidence.ON_TRACK: words("On track"),
        Confidence.AT_RISK: words("At risk"),
        Confidence.STUCK: words("Stuck"),
    }
    return [option(plain(label), confidence.value) for confidence, label in labels.items()]


def _mood(asked: CheckinPrompt, said: CheckinAnswer, words: Words) -> list[Block]:
    if not asked.asks_mood:
        return []
    labels = {
        Mood.VERY_GOOD: words("Very good"),
        Mood.GOOD: words("Good"),
        Mood.SO_SO: words("So-so"),
        Mood.LOW: words("Low"),
        Mood.VERY_LOW: words("Very low"),
    }
    options = [option(plain(label), mood.value) for mood, label in labels.items()]
    felt = select(options, said.mood and said.mood.value, plain(words("I'd rather not say")))
    hint = plain(words("For you alone. I keep the last two and forget the older ones."))
    return [ask("mood", plain(words("How did the week feel?")), felt, optional=True, hint=hint)]


def _who_sees(asked: CheckinPrompt, words: Words) -> Mrkdwn:
    said = _read_with_promise(asked, words) if asked.asks_promise else _read_without(asked, words)
    return fill(said, names=words.list(asked.partners))


def _read_with_promise(asked: CheckinPrompt, words: Words) -> str:
    if asked.line_is_shared:
        return words(
            "{names} will read your promise, what became of it, your line, how the goals go that you share, and "
            "whether you could use a hand. Your reflection stays with you."
        )
    return words(
        "{names} will read your promise, what became of it, how the goals go that you share, and whether you "
        "could use a hand. Your line and your reflection stay with you."
    )


def _read_without(asked: CheckinPrompt, words: Words) -> str:
    if asked.line_is_shared:
        return words(
            "{names} will read how it went, your line, how the goals go that you share, and whether you could use a "
            "hand. Your reflection stays with you."
        )
    return words(
        "{names} will read how it went, how the goals go that you share, and whether you could use a hand. Your line "
        "and your reflection stay with you."
    )


def _seen(asked: CheckinPrompt, seen: Seen | None, words: Words) -> list[Block]:
    """Return what a partner would read, without its buttons; or the sentence that says what is missing."""
    if seen is None:
        return []
    if isinstance(seen, Plain):
        return [divider(), section(seen)]
    head = fill(words("*{names} will read:*"), names=words.list(asked.partners))
    read = [block for block in summary(seen, words).blocks if block["type"] != "actions"]
    return [divider(), section(head), *read]


def line_form(asked: CheckinPrompt, words: Words, *, then: Then | None = None) -> View:
    """Return the form of one line: the next promise, in place of the old one where ``then`` makes that smaller."""
    smaller = then is Then.SMALLER
    label = words("What would be a smaller version?") if smaller else words("What do you promise to do by {day}?")
    return View(
        title=plain(words("Your promise")),
        callback="checkin.promise",
        submit=plain(words("Promise")),
        close=plain(words("Later")),
        memo={"checkin": str(asked.id), "then": then.value if then else ""},
        blocks=(
            ask(
                "promise",
                plain(label, day=words.date(asked.next_day)),
                line(LINE, asked.promised if smaller else None, plain(words("One small thing"))),
            ),
            context(fill(words("{names} will read it."), names=words.list(asked.partners))),
        ),
    )


def kept(result: Kept, words: Words) -> View:
    """Thank for the minute; kind words for a not yet."""
    asked, names = result.prompt, result.prompt.partners
    told = fill(words("{names} will read the shared part."), names=by_first_name(names, words)) if names else Mrkdwn("")
    again = (
        words("You can change your answer until your time together ends: `/tandem checkin`.")
        if asked.last
        else words("You can change your answer until the next check-in: `/tandem checkin`.")
    )
    text = lines(thanks(asked, words), told, fill(again))
    buttons = (
        button(plain(words("Change")), "checkin.open", str(asked.id)),
        button(plain(words("Undo")), "checkin.undo", str(asked.id)),
    )
    return View(
        title=plain(words("Check-in")),
        close=plain(words("Close")),
        blocks=(
            section(text),
            *in_a_row(asked, words),
            actions(*buttons),
            divider(),
            *moods.switch(words, on=asked.asks_mood),
        ),
    )

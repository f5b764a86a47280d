"""What I heard you say: the sentence, the question to the partner, and the answer."""

from __future__ import annotations

from bot.domain.wording import LINE
from bot.locales import Words
from bot.slack.blocks import Block, Message, View, actions, ask, button, context, line, option, section, select
from bot.slack.screens.trouble import message
from bot.slack.text import as_typed, fill, first_name, lines, plain
from bot.usecases.listening import Heard, Speakers


def form(asked: Speakers, words: Words) -> View:
    """Return the form for one sentence; of three, it asks whose."""
    people = [option(as_typed(name), slack_id) for slack_id, name in asked.people]
    who = [ask("speaker", plain(words("Whom did you hear?")), select(people, asked.people[0][0]))]
    sentence = plain(words("In one sentence: what did you hear your partner say?"))
    asking: Block = ask("heard", sentence, line(LINE))
    note = fill(words("Only the two of you read it. Your partner says whether it is what they meant."))
    return View(
        title=plain(words("What I heard")),
        callback="heard.save",
        submit=plain(words("Send")),
        close=plain(words("Cancel")),
        memo={"meeting": str(asked.meeting)},
        blocks=(*(who if len(people) > 1 else ()), asking, context(note)),
    )


def sent(name: str, words: Words) -> View:
    """Say who is asked."""
    said = fill(words("Thank you for listening. I am asking {name} whether that is it."), name=first_name(name))
    return View(title=plain(words("What I heard")), close=plain(words("Close")), blocks=(section(said),))


def question(heard: Heard, words: Words) -> Message:
    """Ask a speaker whether they were understood; once answered, say so."""
    if heard.answered:
        return thanks(heard, words)
    said = fill(words("{name} heard you say: *“{text}”*"), name=first_name(heard.listener), text=heard.text)
    text = lines(said, fill(words("Is that what you meant?")))
    yes = button(plain(words("Yes, that is it")), "heard.yes", str(heard.id), style="primary")
    return Message(
        said, (section(text), actions(yes, button(plain(words("Not quite")), "heard.correct", str(heard.id))))
    )


def correction_form(heard: Heard, words: Words) -> View:
    """Return the form in which a speaker says what they meant."""
    said = fill(words("{name} heard you say: *“{text}”*"), name=first_name(heard.listener), text=heard.text)
    return View(
        title=plain(words("What I meant")),
        callback="heard.corrected",
        submit=plain(words("Send")),
        close=plain(words("Cancel")),
        memo={"heard": str(heard.id)},
        blocks=(section(said), ask("correction", plain(words("What did you mean?")), line(LINE, heard.correction))),
    )


def thanks(heard: Heard, words: Words) -> Message:
    """Answer whoever said whether they were understood."""
    return message(fill(words("Thank you. {name} reads your answer."), name=first_name(heard.listener)))


def corrected(heard: Heard, words: Words) -> View:
    """Close the form of a correction."""
    said = thanks(heard, words)
    return View(title=plain(words("What I meant")), close=plain(words("Close")), blocks=said.blocks)


def answer(heard: Heard, words: Words) -> Message:
    """Tell the listener whether they have understood."""
    names = {"name": first_name(heard.speaker), "text": heard.text}
    if heard.correction is None:
        return message(fill(words("{name} says that is what they meant: *“{text}”*"), **names))
    first = fill(words("You heard: *“{text}”*"), text=heard.text)
    meant = fill(words("{name} meant: *“{text}”*"), name=names["name"], text=heard.correction)
    return message(lines(first, meant))

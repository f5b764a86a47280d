"""Help, privacy, guidelines, language, and words nobody knows."""

from __future__ import annotations

from bot.domain.people import Language
from bot.slack.house import House
from bot.slack.replies import Private, Reply
from bot.slack.requests import Request
from bot.slack.router import action, admin_command, command
from bot.slack.screens import enrolments, help, privacy, programmes  # noqa: A004  the screen is called what it is
from bot.usecases.enrolments import is_enrolled
from bot.usecases.people import choose_language
from bot.usecases.programmes import read_guidelines


@command("help", "hilfe", "?")
@command("")
@action("help.show")
def show_help(request: Request, house: House) -> Reply:
    """`/tandem` and `/tandem help`: the six things people do most."""
    with house.looking(request) as (tx, actor):
        enrolled = is_enrolled(tx, actor)
    return Private(help.help_message(house.words(request), enrolled=enrolled))


@admin_command("help", "hilfe", "?")
@admin_command("")
def show_admin_help(request: Request, house: House) -> Reply:
    """`/tandem-admin help`."""
    return Private(help.admin_help(house.words(request)))


@command("privacy", "datenschutz")
@action("privacy.show")
def show_privacy(request: Request, house: House) -> Reply:
    """`/tandem privacy`: what is stored and who can read it."""
    return Private(privacy.privacy(house.words(request)))


@command("guidelines", "leitlinien", "regeln")
def show_guidelines(request: Request, house: House) -> Reply:
    """`/tandem guidelines`: the ground rules of the programme."""
    with house.looking(request) as (tx, actor):
        plan = read_guidelines(tx, actor)
    return Private(programmes.guidelines(plan, house.words(request)))


@command("language", "sprache")
def language(request: Request, house: House) -> Reply:
    """`/tandem language [de|en]`: in which language Tandem writes to me."""
    named = _NAMES.get(request.text.strip().lower())
    if named:
        return _choose(request, house, named)
    return Private(enrolments.choose_language(house.words(request)))


@action("language.de", "language.en")
def choose(request: Request, house: House) -> Reply:
    return _choose(request, house, Language(request.name.rpartition(".")[2]))


def _choose(request: Request, house: House, language: Language) -> Reply:
    with house.acting(request) as (tx, actor):
        choose_language(tx, actor, language)
    house.directory.forget_language(request.team, request.user)
    return Private(enrolments.language_chosen(house.texts.for_(language)))


_NAMES = {
    "de": Language.DE,
    "deutsch": Language.DE,
    "german": Language.DE,
    "en": Language.EN,
    "english": Language.EN,
    "englisch": Language.EN,
}

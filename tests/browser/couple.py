"""Mira and Jonas on the day they are introduced, in one language, and how many times somebody touches the page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.locales import Language, Words, load_texts
from demo.town import Town
from tests.browser.desk import Desk
from tests.scenario.goals import set_goal
from tests.scenario.people import answer_checkin, join, match, set_up

NAMES = {"olga": "Olga Brandt", "mira": "Mira Vogel", "jonas": "Jonas Lind"}
LOCALES = {"de": "de-DE", "en": "en-GB"}
TOGETHER = {"mira": "Jonas, Tandem", "jonas": "Mira, Tandem"}  # what their conversation is called in each one's list
SECOND_MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
GOAL, FIRST_STEP, NEXT_STEP = "Give a talk", "Write the outline", "Rehearse the opening"
PROMISE = "Find five examples"

# A press anywhere counts, and so does every field that is typed into, once; to click into a field is part of typing.
COUNTING = """
(() => {
  const inWords = (node) => node.closest?.('.typed') ?? null;
  const typed = new Set();
  window.touches = 0;
  addEventListener('pointerdown', ({ target }) => { if (!inWords(target)) window.touches += 1; }, true);
  addEventListener('input', ({ target }) => {
    const field = inWords(target) && target.id;
    if (!field || typed.has(field)) return;
    typed.add(field);
    window.touches += 1;
  }, true);
})()
"""


def introduce(town: Town, language: str) -> Words:
    """Let the two join and be matched; return their words."""
    for handle, name in NAMES.items():
        town.box.add_person(handle, name=name, locale=LOCALES[language], admin=handle == "olga")
    set_up(town, language=language)
    town.box.close_modal("olga")
    for who in TOGETHER:
        join(town, who)
        town.box.close_modal(who)
    match(town)
    return load_texts().for_(Language(language))


def promised(town: Town, language: str) -> Words:
    """Bring them to the Monday on which Mira is asked what became of her promise."""
    words = introduce(town, language)
    set_goal(town, "mira", title=GOAL, steps=f"{FIRST_STEP}\n{NEXT_STEP}")
    town.travel_to(SECOND_MONDAY)
    answer_checkin(town, "mira", PROMISE)
    town.box.close_modal("mira")
    town.travel_to(SECOND_MONDAY + timedelta(weeks=1))
    return words


def counted(desk: Desk) -> int:
    """Return how often the page was touched since it was opened."""
    return int(desk.page.evaluate("window.touches"))

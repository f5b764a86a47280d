"""What people type, English first, German second."""

from __future__ import annotations

from dataclasses import dataclass

from bot.locales import Language

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Week:
    """One promise and what one writes when it was kept."""

    promise: Pair
    kept: Pair


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to learn: its name as a skill, a goal in steps (a line each), and small promises on the way."""

    skill: Pair
    hope: Pair
    goal: Pair
    steps: Pair
    weeks: tuple[Week, ...]


def said(pair: Pair, language: Language) -> str:
    return pair[0] if language is Language.EN else pair[1]


PROGRAMME: Pair = ("Growing together", "Gemeinsam wachsen")
PURPOSE: Pair = (
    "Learn from each other, across teams and time zones. Six weeks, half an hour a week.",
    "Voneinander lernen, über Teams und Zeitzonen hinweg. Sechs Wochen, eine halbe Stunde in der Woche.",
)

PARTLY: tuple[Pair, ...] = (
    ("Half of it. The other half has a date now.", "Die Hälfte. Die andere hat jetzt einen Termin."),
    ("I began, and then the quarter ended.", "Angefangen, dann war Quartalsende."),
    ("Nearly there, one part is missing.", "Fast, ein Stück fehlt noch."),
)
NOT_YET: tuple[Pair, ...] = (
    ("The week ran away with me.", "Die Woche ist mir davongelaufen."),
    ("Too big for one week, I see that now.", "Zu groß für eine Woche, das sehe ich jetzt."),
)

NOTES: dict[str, Pair] = {
    "mira": ("opening done, and it starts with a question", "Anfang steht, und er beginnt mit einer Frage"),
    "emre": ("said a number first, nobody fainted", "zuerst eine Zahl genannt, niemand fiel um"),
    "priya": ("let Kavya decide, she chose better", "Kavya entscheiden lassen, sie hat besser gewählt"),
    "marcus": ("one sentence per idea helps a lot", "ein Satz pro Gedanke hilft sehr"),
}

CHATTER: tuple[tuple[str, Pair], ...] = (
    (
        "katrin",
        ("Numbers for September are in. Thank you, all of you.", "Die Zahlen für September sind da. Danke euch allen."),
    ),
    ("dana", ("Town hall moves to Wednesday, 15:00 UTC.", "Die Vollversammlung ist jetzt am Mittwoch, 15 Uhr UTC.")),
    (
        "priya",
        (
            "Does anybody have a spare adapter for the Berlin office?",
            "Hat jemand einen Adapter für das Büro in Berlin übrig?",
        ),
    ),
    ("lukas", ("Two, on my desk. Take one.", "Zwei, auf meinem Tisch. Nimm einen.")),
)
ROOM_LINES: tuple[tuple[str, Pair], ...] = (
    (
        "katrin",
        (
            "Tandem is in here now. Olga, type /tandem-admin setup and we can begin.",
            "Tandem ist jetzt hier drin. Olga, tippe /tandem-admin setup, dann kann es losgehen.",
        ),
    ),
)
BOOKS: tuple[tuple[str, Pair], ...] = (
    ("amelie", ("Chapter four is the one to argue about.", "Über Kapitel vier müssen wir streiten.")),
    ("rui", ("I disagree already.", "Ich widerspreche schon jetzt.")),
)

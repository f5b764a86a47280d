"""What people in the samples typed: an ordinary week, the longest week anybody can have, and a hostile one."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import cycle, islice

from bot.domain import goals, notes, profiles, programmes, steps, wording, working
from bot.domain.people import Language

NAME = 80  # characters: the longest name Slack lets anybody have
MOST_PARTNERS = 3


@dataclass(frozen=True)
class Content:
    """Everything in a screen that a person typed. ``names`` begin with the reader; ``many`` is how long lists get."""

    names: tuple[str, ...]
    offers: tuple[str, ...]
    wants: tuple[str, ...]
    hope: str
    department: str
    programme: str
    purpose: str
    guidelines: str
    goal: str
    why: str
    measure: str
    steps: tuple[str, ...]
    plan: str
    farewell: str
    promise: str
    progress: str
    reflection: str
    note: str
    typed: str
    error: str
    language: Language
    many: int

    @property
    def me(self) -> str:
        return self.names[0]

    @property
    def partners(self) -> tuple[str, ...]:
        return self.names[1:]

    def crowd(self, count: int) -> tuple[str, ...]:
        """Return ``count`` names."""
        return tuple(islice(cycle(self.names), count))


LIMITS: dict[str, int] = {
    "names": NAME,
    "offers": profiles.SKILL,
    "wants": profiles.SKILL,
    "hope": wording.TEXT,
    "department": working.DEPARTMENT,
    "programme": programmes.NAME,
    "purpose": wording.TEXT,
    "guidelines": wording.TEXT,
    "goal": goals.TITLE,
    "why": wording.TEXT,
    "measure": wording.TEXT,
    "steps": steps.STEP,
    "plan": steps.PLAN,
    "farewell": wording.LINE,
    "promise": wording.LINE,
    "progress": wording.LINE,
    "reflection": wording.TEXT,
    "note": notes.MAX_LENGTH,
    "typed": 4_000,  # characters a slash command carries
    "error": 60,
}

_ENGLISH = Content(
    names=("Tess Reid", "Raj Patel"),
    offers=("facilitation", "spreadsheets"),
    wants=("public speaking", "saying no"),
    hope="That I stop rehearsing in my head and start doing it out loud.",
    department="Customer care",
    programme="Growing together",
    purpose="Everybody learns one thing from a colleague that no course teaches.",
    guidelines="What we say stays between us.\nWe come to our meetings, or say so in time.",
    goal="Speak in front of 50 people without notes",
    why="I lose my best ideas in silence.",
    measure="I give the talk at the summer meeting.",
    steps=("Write the outline", "Rehearse the opening with Raj", "Book the small room"),
    plan="If it is Tuesday at 9:00, then I write for twenty minutes",
    farewell="The talk was never mine to give.",
    promise="write the outline",
    progress="It took two evenings, and the third part is still thin.",
    reflection="I was calmer once I had said it out loud.",
    note="Outline stands. The ending came to me on the train home.",
    typed="note finished the outline",
    error="channel_not_found",
    language=Language.EN,
    many=3,
)
_GERMAN = Content(
    names=("Mira Vogel", "Jonas Lindqvist"),
    offers=("Schreiben", "Tabellenkalkulation"),
    wants=("vor Publikum sprechen", "Nein sagen"),
    hope="Dass ich aufhöre, im Kopf zu proben, und es laut ausspreche.",
    department="Kundenbetreuung",
    programme="Miteinander wachsen",
    purpose="Alle lernen von Kolleginnen und Kollegen etwas, das kein Kurs vermittelt.",
    guidelines="Was wir besprechen, bleibt unter uns.\nWir kommen zu unseren Treffen oder sagen rechtzeitig ab.",
    goal="Frei vor fünfzig Leuten sprechen",
    why="Meine besten Einfälle bleiben sonst ungesagt.",
    measure="Ich halte den Vortrag auf der Sommerversammlung.",
    steps=("Gliederung schreiben", "Einstieg mit Jonas proben", "Kleinen Saal buchen"),
    plan="Wenn Dienstag 9:00 ist, dann schreibe ich zwanzig Minuten",
    farewell="Der Vortrag war nie meine Sache.",
    promise="Gliederung schreiben",
    progress="Es hat zwei Abende gedauert, und der dritte Teil ist noch dünn.",
    reflection="Ich war ruhiger, sobald ich es laut gesagt hatte.",
    note="Die Gliederung steht. Der Schluss fiel mir im Zug nach Hause ein.",
    typed="notiz Gliederung fertig",
    error="channel_not_found",
    language=Language.DE,
    many=3,
)
_ORDINARY = {Language.EN: _ENGLISH, Language.DE: _GERMAN}
_LONG_NAMES = (
    "Maximiliane Freifrau von Hohenfels-Sonnenschein",
    "Christoph-Alexander Bergengruen-Wohlgemuth",
    "Anna-Katharina Lindenstruth-Oberhollenzer",
    "Bartholomäus Würzburger-Schwanenfeld",
)
_LONG = {
    Language.EN: "Rehearsing negotiations with demanding international stakeholders patiently ",
    Language.DE: "Verhandlungsführung mit anspruchsvollen Auftraggebervertretungen beharrlich üben ",
}


def ordinary(language: Language) -> Content:
    """Return an ordinary week of two people."""
    return _ORDINARY[language]


def longest(language: Language) -> Content:
    """Return the longest texts the product takes, three partners with eight skills each, and full lists."""
    full = filled(ordinary(language), _LONG[language])
    return replace(full, names=tuple(f"{name:{NAME}.{NAME}}".replace("  ", " x") for name in _LONG_NAMES))


def filled(content: Content, text: str, *, repeat: bool = True) -> Content:
    """Return ``content`` with full lists and ``text`` in every place, repeated up to the place's limit."""
    counts = {
        "names": MOST_PARTNERS + 1,
        "offers": profiles.MOST_SKILLS,
        "wants": profiles.MOST_SKILLS,
        "steps": steps.MOST_STEPS,
    }
    values: dict[str, str | tuple[str, ...]] = {}
    for field in fields(content):
        if field.name in LIMITS:
            limit = LIMITS[field.name]
            said = (text * (limit // len(text) + 1))[:limit] if repeat else text[:limit]
            values[field.name] = (said,) * counts[field.name] if field.name in counts else said
    return replace(content, many=30, **values)  # type: ignore[arg-type]  # only texts are in LIMITS

"""Who works here: where they sit, what they do, what they offer and would like to learn, and when they answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from bot.locales import Language

ZONES = {
    "Berlin": "Europe/Berlin",
    "Lisbon": "Europe/Lisbon",
    "Toronto": "America/Toronto",
    "Bangalore": "Asia/Kolkata",
}
LOCALES = {"Berlin": "de-DE", "Lisbon": "en-GB", "Toronto": "en-CA", "Bangalore": "en-IN"}
DEMO_LOCALE = {Language.EN: "en-GB", Language.DE: "de-DE"}
OWNER = "olga"
NEWCOMER = "arjun"  # joins when the others are matched already
AWAY = "tiago"
FIRST_SEEN = ("mira", "jonas", OWNER)  # these read what the demo was asked for; others what their site reads


@dataclass(frozen=True, slots=True)
class Habits:
    """What somebody offers and wants (names of topics), and when they answer on a check-in day, in local time."""

    offers: str
    wants: str
    answers: str = "09:15"
    days_late: int = 0


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the workspace; `facts` are more fields of the stand-in's person."""

    handle: str
    name: str
    site: str
    title: str
    department: str
    manager: str = ""
    habits: Habits | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(ZONES[self.site])

    def locale(self, language: Language) -> str:
        return DEMO_LOCALE[language] if self.handle in FIRST_SEEN else LOCALES[self.site]

    def profile(self, language: Language) -> dict[str, Any]:
        """Return the fields with which this person is added to the stand-in."""
        known = {"Xf0DEPARTMENT": self.department, "Xf0SITE": self.site, "Xf0MANAGER": self.manager}
        return {
            "name": self.name,
            "title": f"{self.title}, {self.department}",
            "zone": ZONES[self.site],
            "locale": self.locale(language),
            "fields": {key: value for key, value in known.items() if value},
            **self.facts,
        }


def colleagues() -> dict[str, Colleague]:
    """Return everybody by handle, in the order in which the page shows them."""
    everybody = (*_berlin(), *_lisbon(), *_toronto(), *_bangalore(), *_others())
    return {one.handle: one for one in everybody}


def participants() -> dict[str, Habits]:
    return {one.handle: one.habits for one in colleagues().values() if one.habits}


def _berlin() -> tuple[Colleague, ...]:
    finance, product, people = "Finance", "Product", "People & Culture"
    return (
        Colleague("mira", "Mira Vogel", "Berlin", "Analyst", finance, "katrin", Habits("writing", "speaking", "10:40")),
        Colleague("jonas", "Jonas Lind", "Berlin", "Engineer", product, "dana", Habits("speaking", "writing", "09:12")),
        Colleague(OWNER, "Olga Brandt", "Berlin", "Head of Learning", people, facts={"admin": True}),
        Colleague(
            "emre", "Emre Yıldız", "Berlin", "Designer", product, "dana", Habits("facilitating", "negotiating", "11:30")
        ),
        Colleague(
            "hanna", "Hanna Köhler", "Berlin", "Recruiter", people, OWNER, Habits("feedback", "leading", "09:20")
        ),
        Colleague(
            "paul",
            "Paul Okafor",
            "Berlin",
            "Buyer",
            finance,
            "katrin",
            Habits("facilitating", "negotiating", "10:00", 1),
        ),
        Colleague(
            "lukas", "Lukas Neumann", "Berlin", "Team lead", "Support", "rui", Habits("leading", "feedback", "13:00")
        ),
        Colleague("katrin", "Katrin Seidel", "Berlin", "Head of Finance", finance),
    )


def _lisbon() -> tuple[Colleague, ...]:
    support, sales = "Support", "Sales"
    return (
        Colleague(
            "ana",
            "Ana Sousa",
            "Lisbon",
            "Account manager",
            sales,
            "rui",
            Habits("negotiating", "facilitating", "09:40"),
        ),
        Colleague(
            AWAY, "Tiago Marques", "Lisbon", "Shift lead", support, "rui", Habits("leading", "feedback", "09:30")
        ),
        Colleague(
            "ines", "Inês Carvalho", "Lisbon", "Contracts", sales, "rui", Habits("negotiating", "facilitating", "14:00")
        ),
        Colleague("rui", "Rui Teixeira", "Lisbon", "Head of Customers", sales),
    )


def _toronto() -> tuple[Colleague, ...]:
    product, marketing = "Product", "Marketing"
    return (
        Colleague(
            "tess",
            "Tess Reid",
            "Toronto",
            "Product manager",
            product,
            "dana",
            Habits("facilitating", "leading", "09:30"),
        ),
        Colleague(
            "marcus", "Marcus Chen", "Toronto", "Evangelist", marketing, "dana", Habits("speaking", "writing", "11:00")
        ),
        Colleague(
            "amelie", "Amélie Roy", "Toronto", "Editor", marketing, "dana", Habits("writing", "speaking", "09:45", 1)
        ),
        Colleague(
            "noor",
            "Noor Haddad",
            "Toronto",
            "Partnerships",
            "Sales",
            "rui",
            Habits("negotiating", "facilitating", "10:00"),
        ),
        Colleague("dana", "Dana Whitfield", "Toronto", "VP Product", product),
    )


def _bangalore() -> tuple[Colleague, ...]:
    engineering = "Engineering"
    return (
        Colleague(
            "raj",
            "Raj Patel",
            "Bangalore",
            "Tech lead",
            engineering,
            "meera",
            Habits("leading", "negotiating", "09:10"),
        ),
        Colleague(
            "priya", "Priya Nair", "Bangalore", "Engineer", engineering, "meera", Habits("feedback", "leading", "09:25")
        ),
        Colleague(
            NEWCOMER, "Arjun Menon", "Bangalore", "Engineer", engineering, "meera", Habits("writing", "feedback")
        ),
        Colleague("meera", "Meera Iyer", "Bangalore", "Head of Engineering", engineering),
    )


def _others() -> tuple[Colleague, ...]:
    """A guest, somebody who has left, and another app's bot: the ones for whom things are different."""
    return (
        Colleague("gina", "Gina Farrow", "Lisbon", "Illustrator", "Agency", facts={"guest": True}),
        Colleague("felix", "Felix Arendt", "Berlin", "Engineer", "Product", facts={"deleted": True}),
        Colleague("buildbot", "Build Bot", "Berlin", "App", "Engineering", facts={"bot": True}),
    )

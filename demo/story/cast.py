"""Who plays: where they live, what they offer and what they would like to learn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.locales import Language

LOCALE = {Language.EN: "en-GB", Language.DE: "de-DE"}


@dataclass(frozen=True, slots=True)
class Player:
    """``city`` has one name per language; ``admin`` may set up a programme."""

    handle: str
    name: str
    zone: str
    city: Mapping[Language, str]
    admin: bool = False

    @property
    def first(self) -> str:
        return self.name.split(maxsplit=1)[0]

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


def city(english: str, german: str) -> Mapping[Language, str]:
    return MappingProxyType({Language.EN: english, Language.DE: german})


def cast() -> dict[str, Player]:
    """Return the six by handle: the owner, a pair and a trio to be."""
    berlin = city("Berlin", "Berlin")
    players = (
        Player("olga", "Olga Brandt", "Europe/Berlin", berlin, admin=True),
        Player("mira", "Mira Vogel", "Europe/Berlin", berlin),
        Player("jonas", "Jonas Lind", "Europe/Berlin", berlin),
        Player("ana", "Ana Sousa", "Europe/Lisbon", city("Lisbon", "Lissabon")),
        Player("raj", "Raj Patel", "Asia/Kolkata", city("Bangalore", "Bangalore")),
        Player("tess", "Tess Reid", "America/Toronto", city("Toronto", "Toronto")),
    )
    return {player.handle: player for player in players}


PARTICIPANTS = ("mira", "jonas", "ana", "raj", "tess")
OWNER = "olga"

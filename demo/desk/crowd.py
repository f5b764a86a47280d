"""Many colleagues and many messages at once, to measure how the page bears them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox import Sandbox

PEOPLE = 200
MESSAGES = 5_000
CHANNELS = 20
FIRST = ("Ada", "Ben", "Chiara", "Deniz", "Elif", "Farid", "Greta", "Hugo", "Isla", "Jun")
LAST = ("Adler", "Becker", "Costa", "Duarte", "Evans", "Fischer", "Gupta", "Hansen", "Ivanov", "Jansen")
WORDS = ("the draft is ready", "for the team", "on Thursday", "we read it together", "before lunch", "thank you")


def crowd_in(box: Sandbox) -> None:
    """Fill the workspace up to 200 people and 5,000 messages in channels, without telling the app."""
    dice = random.Random(7)
    known = [one.handle for one in box.hub.workspace.people.values() if not (one.bot or one.deleted or one.guest)]
    new = [f"p{number}" for number in range(PEOPLE - len(known))]
    for number, handle in enumerate(new):
        name = f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}"
        box.add_person(handle, name=name, title="Colleague", zone=dice.choice(["Europe/Berlin", "America/Toronto"]))
    everybody = [*known, *new]
    rooms = [box.add_channel(f"team-{number}", private=False, members=everybody).id for number in range(CHANNELS)]
    for _ in range(MESSAGES):
        text = " ".join(dice.choices(WORDS, k=dice.randint(1, 8)))
        box.write_in(dice.choice(everybody), dice.choice(rooms), text)

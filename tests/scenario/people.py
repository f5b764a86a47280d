"""The cast of the scenario tests and what they do all the time."""

from __future__ import annotations

from typing import Any

from demo.town import ROOM, Town
from sandbox import Message
from sandbox.channels import Kind
from tests.scenario.canaries import secret

CAST: dict[str, dict[str, Any]] = {
    "olga": {"name": "Olga Brandt", "admin": True, "locale": "de-DE"},
    "mira": {"name": "Mira Vogel", "locale": "de-DE"},
    "jonas": {"name": "Jonas Lind", "locale": "de-DE"},
    "ana": {"name": "Ana Sousa", "zone": "Europe/Lisbon", "locale": "en-GB"},
    "raj": {"name": "Raj Patel", "zone": "Asia/Kolkata", "locale": "en-US"},
    "tess": {"name": "Tess Reid", "zone": "America/Toronto", "locale": "en-US"},
}
SKILLS = {
    "mira": ("writing, spreadsheets", "public speaking"),
    "jonas": ("public speaking", "writing"),
    "ana": ("negotiation", "leading a team"),
    "raj": ("leading a team", "negotiation"),
    "tess": ("facilitation", "spreadsheets"),
}
NOBODY = ""


def move_in(town: Town, *handles: str) -> None:
    """Let people move into town, all of the cast unless named."""
    for handle in handles or CAST:
        town.box.add_person(handle, **CAST[handle])


def set_up(town: Town, owner: str = "olga", room: str = ROOM, **fields: Any) -> None:
    """Let an owner set up a programme in a private channel with the bot in it."""
    town.box.add_channel(room, private=True, members=[owner], bot_in=True)
    town.says(owner, "/tandem-admin setup", room)
    answer = town.submits(owner, {"name": "Growing together", "purpose": "Learn from each other", **fields})
    assert answer.ok and not answer.errors, answer


def join(town: Town, who: str, **fields: Any) -> None:
    """Let somebody agree to the notice and fill in a profile."""
    offers, wants = SKILLS.get(who, ("cooking", "baking"))
    town.says(who, "/tandem join")
    town.submits(who, {})
    fields.setdefault("hope", f"to grow {secret(town, 'hope', who)}")
    answer = town.submits(who, {"offers": offers, "wants": wants, "languages": ["en"], **fields})
    assert answer.ok and not answer.errors, answer


def match(town: Town, owner: str = "olga", room: str = ROOM) -> None:
    """Let an owner run a round and approve it."""
    town.says(owner, "/tandem-admin match", room)
    town.clicks(owner, newest(town, owner), "round.approve")
    town.deliver()


def paired(town: Town, *handles: str) -> None:
    """Bring people together: move in, join, one round."""
    move_in(town, "olga", *handles)
    set_up(town)
    for handle in handles:
        join(town, handle)
    match(town)


def newest(town: Town, who: str) -> Message:
    """Return the newest message somebody sees."""
    return town.box.messages(who)[-1]


def dms(town: Town, who: str) -> list[Message]:
    """Return what the bot wrote to somebody alone, oldest first."""
    return [message for message in town.box.messages(who) if message.channel.kind is Kind.IM and not message.ephemeral]


def shown(message: Any) -> str:
    """Return every text a person reads in a message, view or home, as one string."""
    return "\n".join(_texts(getattr(message, "blocks", message)))


def _texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["text"]] if isinstance(part.get("text"), str) else []
        return own + [text for value in part.values() for text in _texts(value)]
    if isinstance(part, (list, tuple)):
        return [text for value in part for text in _texts(value)]
    return []


def answer_checkin(town: Town, who: str, promise: str, **fields: Any) -> None:
    """Let somebody answer this week's check-in; what they reflect on is a secret of theirs unless it is given."""
    fields.setdefault("reflection", f"I noticed {secret(town, 'reflection', who)}")
    town.says(who, "/tandem checkin")
    answer = town.submits(who, {"promise": promise, **fields})
    assert answer.ok and not answer.errors, answer

"""People as the workspace knows them, and which of them a programme is for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.ids import PersonId, WorkspaceId
from bot.domain.refusals import N_, Refused

_SLACK_ID = re.compile(r"[UW][A-Z0-9]{1,30}")


class Language(StrEnum):
    """The languages Tandem itself speaks."""

    DE = "de"
    EN = "en"

    @classmethod
    def from_slack_locale(cls, locale: str | None) -> Language:
        """Return German for any German locale (``de-DE``, ``de-AT``), English for everything else and for none."""
        return cls.DE if (locale or "").lower().replace("_", "-").split("-")[0] == cls.DE else cls.EN


class NotWelcome(Refused):
    text = N_(
        "Tandem is for members of this workspace. Ask the people who run the programme if you think this is wrong."
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """What Slack says about a person at the moment they act."""

    admin: bool = False
    guest: bool = False
    bot: bool = False
    deactivated: bool = False
    external: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who wants something, and what was proven about them when they asked.

    ``rooms`` holds the owners' rooms (channel ids) this person was found in just now, never earlier.
    """

    workspace: WorkspaceId
    person: PersonId
    slack_id: str
    standing: Standing
    named_for_setup: bool = False
    rooms: frozenset[str] = frozenset()


def is_slack_id(text: str) -> bool:
    """Say whether ``text`` has the form of a person's id in Slack."""
    return bool(_SLACK_ID.fullmatch(text))


def is_colleague(standing: Standing) -> bool:
    """Say whether somebody may take part: a living, human, full member of this workspace.

    Where guests are welcome, their standing says so already (see ``welcoming``).
    """
    return not (standing.bot or standing.deactivated or standing.external or standing.guest)


def welcoming(standing: Standing) -> Standing:
    """Return ``standing`` as it counts where the configuration lets guests take part."""
    return replace(standing, guest=False)

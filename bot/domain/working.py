"""How somebody likes to work, and where they stand in the company: what the matching knows besides the skills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain import wording
from bot.domain.people import is_slack_id
from bot.domain.refusals import N_, Refused, at_field

STEPS = (1, 2, 3, 4, 5)  # from the first of two ways to the other
MOST_AT_ONCE = 5
LEVELS = (N_("Starting out"), N_("Experienced"), N_("Senior"), N_("Leads a team"), N_("Leads several teams"))
DEPARTMENT = 60  # characters
REMOTE = "remote"
"""The site of those who work from home."""


class ChoiceUnknown(Refused):
    text = N_("This choice is not in the list any more. Close the form and open it again.")


@dataclass(frozen=True, slots=True)
class Working:
    """None is what nobody has said; an empty text is what somebody has taken away.

    ``style`` is plan or improvise, talk or write, gentle or direct, each 1 to 5 or None; ``level`` counts from 1 and
    higher is more senior; ``manager`` is a Slack id; ``capacity`` is how many people somebody takes on in a track where
    one guides others.
    """

    style: tuple[int | None, int | None, int | None] = (None, None, None)
    site: str | None = None
    department: str | None = None
    manager: str | None = None
    level: int | None = None
    capacity: int = 1
    volunteer_third: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """What the configuration says.

    Sites come with their region of public holidays, "" for the programme's; levels are in rising order, without any
    it is ``LEVELS``.
    """

    sites: Mapping[str, str]
    levels: Sequence[str] = ()

    @property
    def ranks(self) -> range:
        return range(1, len(self.levels or LEVELS) + 1)

    @property
    def places(self) -> tuple[str, ...]:
        return (*self.sites, REMOTE)


def kept_working(said: Working, company: Company, before: Working) -> Working:
    """Return ``said`` as kept. Raises ChoiceUnknown or TextTooLong.

    A site that has left the configuration stays with whoever chose it ``before``.
    """
    known = said.site in {None, before.site, *company.places}
    ranks = said.level in {None, before.level, *company.ranks}
    steps = all(step is None or step in STEPS for step in said.style)
    manager = not said.manager or is_slack_id(said.manager)
    if not (known and ranks and steps and manager and 1 <= said.capacity <= MOST_AT_ONCE):
        raise ChoiceUnknown
    with at_field("department"):
        department = wording.optional(" ".join((said.department or "").split()), DEPARTMENT)
    return replace(said, department=department or "", manager=said.manager or "")


def filled_in(said: Working, slack: Mapping[str, str], levels: Sequence[str]) -> Working:
    """Return what somebody has said; before they have ever said it, what their Slack profile says."""
    if said.department is not None:
        return said
    manager = slack.get("manager", "")
    return replace(
        said,
        department=slack.get("department", "")[:DEPARTMENT],
        manager=manager if is_slack_id(manager) else "",
        level=level_of(slack.get("level", ""), levels),
    )


def level_of(text: str, levels: Sequence[str]) -> int | None:
    """Return the level a word of Slack's profile names, counted from 1; None for a word the company has not listed."""
    wanted = text.strip().casefold()
    return next((rank for rank, level in enumerate(levels, 1) if level.casefold() == wanted), None)

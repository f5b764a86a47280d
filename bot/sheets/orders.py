"""policy.toml: the weights and rules, and what the owner has decided for single people."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.matching.people import Decisions
from bot.matching.policy import Policy, PolicyUnreadable, policy_of
from bot.sheets.tables import Complaint, SheetUnreadable


@dataclass(frozen=True, slots=True)
class Orders:
    policy: Policy
    decisions: Decisions


def read_orders(path: Path | None, known: set[str]) -> Orders:
    """Return what a policy file says; without one, the defaults. `pins` and `forbid` are lists of lists of ids.

    Raises SheetUnreadable with everything that is wrong, or OSError.
    """
    if path is None:
        return Orders(Policy(), Decisions())
    try:
        settings = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SheetUnreadable([Complaint(path.name, 0, "", str(error))]) from None
    complaints: list[str] = []
    pins, forbidden = (
        frozenset(_groups(settings.pop(name, []), name, known, complaints)) for name in ("pins", "forbid")
    )
    complaints += [f"forbid: {', '.join(sorted(pair))}: two ids are needed" for pair in forbidden if len(pair) != 2]  # noqa: PLR2004
    try:
        policy = policy_of(settings)
    except PolicyUnreadable as error:
        policy, complaints = Policy(), [*error.complaints, *complaints]
    if complaints:
        raise SheetUnreadable([Complaint(path.name, 0, "", what) for what in complaints])
    return Orders(policy, Decisions(pins, forbidden))


def _groups(listed: object, name: str, known: set[str], complaints: list[str]) -> Iterator[frozenset[str]]:
    groups = listed if isinstance(listed, list) else [None]
    for group in groups:
        if not isinstance(group, list) or not all(isinstance(one, str) for one in group):
            complaints.append(f"{name}: a list of lists of ids is needed")
            return
        unknown = sorted(set(group) - known)
        complaints += [f"{name}: {one[:40]} is no id among the people" for one in unknown]
        yield frozenset(group)

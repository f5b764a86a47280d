"""Barriers in a page, as axe-core finds them. `scripts/axe.py` brings the newest."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
GRAVE = ("serious", "critical")
RUN = "axe.run(document, {resultTypes: ['violations']})"


@dataclass(slots=True)
class Barriers:
    """What was found so far on one tab; `looked` are the names of the states that were looked at."""

    page: Page
    looked: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Have axe come along with every page that is opened from now on."""
        self.page.add_init_script(path=AXE)

    def look(self, name: str) -> None:
        """Look for grave barriers in the page as it is now."""
        violations: list[dict[str, Any]] = self.page.evaluate(RUN)["violations"]
        self.looked.append(name)
        self.found += [f"{name}: {_told(one)}" for one in violations if one["impact"] in GRAVE]


def _told(violation: dict[str, Any]) -> str:
    first = violation["nodes"][0]
    return f"{violation['id']} ×{len(violation['nodes'])}: {first['html'][:160]} {first['failureSummary']}"

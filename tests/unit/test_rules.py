"""The rules of a programme: what is kept of them, and that their page tells the truth."""

from __future__ import annotations

import json
import os
from pathlib import Path

from bot.domain.rules import Rules, read_rules

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_only_what_differs_from_the_defaults_is_kept() -> None:
    """So a better default reaches every programme that did not choose."""
    assert Rules().changed() == {}
    assert read_rules(Rules(most_goals=2).changed()) == Rules(most_goals=2)


def test_a_rule_of_another_version_stops_nobody() -> None:
    """What is no rule any more is left out when the rules are read."""
    assert read_rules({"most_goals": 2, "of_yesterday": 1}) == Rules(most_goals=2)


def test_the_page_names_every_rule_with_its_default() -> None:
    """docs/rules.md says what can be set; `UPDATE_DOCS=1` writes its table anew."""
    head, mark, _ = PAGE.read_text("utf-8").partition("|---|---|---|\n")
    page = head + mark + "".join(_line(name) for name in Rules.model_fields)
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(page, "utf-8")
    assert PAGE.read_text("utf-8") == page


def _line(name: str) -> str:
    field = Rules.model_fields[name]
    assert field.description, f"{name} has no sentence that says what it is"
    default = json.dumps(Rules().model_dump(mode="json")[name])
    return f"| `{name}` | {default} | {' '.join(field.description.split())} |\n"

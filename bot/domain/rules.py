"""What a programme may set for itself beyond its form; each with the default that practice or research suggests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field


class Rules(BaseModel):
    """The rules of one programme. A number outside its range, or a name that is none of these, is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, use_attribute_docstrings=True)

    most_goals: Annotated[int, Field(ge=1, le=10)] = 3
    """Goals under way at once: few, so that one minute a week stays one minute."""
    undo_minutes: Annotated[int, Field(ge=1, le=1_440)] = 10
    """In which a note can be taken back as if it had never been."""
    half_time_weeks: Annotated[int, Field(ge=2, le=52)] = 4
    """Weeks a pairing must last for a stop at half-time: in fewer, twice the same question is once too often."""
    closing_days: Annotated[int, Field(ge=1, le=28)] = 7
    """Before the last day of a pairing, when its people are asked to look back and what comes next."""
    late_answer_days: Annotated[int, Field(ge=0, le=60)] = 14
    """After the last day of a pairing, in which what people look back on still counts."""

    def changed(self) -> dict[str, Any]:
        """Return what differs from the defaults: a better default reaches everybody who did not choose."""
        return self.model_dump(mode="json", exclude_defaults=True)


def read_rules(changed: Mapping[str, Any]) -> Rules:
    """Return the rules that ``changed`` wrote down, by whatever version: what is no rule any more is left out."""
    return Rules.model_validate({name: value for name, value in changed.items() if name in Rules.model_fields})

"""What can be configured about programmes: rhythm, matching and rules."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import NoDecode

from bot.domain.holidays import kept_region
from bot.domain.rules import Rules
from bot.matching.policy import Policy, PolicyUnreadable, programme_policy
from bot.section import Section

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]


def _table(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise ValueError("should be a table of settings, in a variable as JSON") from None


def _usable(settings: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the settings of a matching policy as they are, if a policy can be made of them."""
    if settings and "min_gap_weeks" in settings:
        raise ValueError("min_gap_weeks: is set above, as programme.min_gap_weeks")
    try:
        programme_policy(settings or {})
    except PolicyUnreadable as error:
        said = "; ".join(error.complaints).replace("Extra inputs are not permitted", "there is no such setting")
        raise ValueError(said) from None
    return settings


def _kept_rules(rules: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return rules as they are, if each is one and within its range."""
    try:
        Rules(**(rules or {}))
    except ValidationError as error:
        wrong = ((".".join(map(str, one["loc"])), one["msg"]) for one in error.errors(include_input=False))
        said = "; ".join(f"{name}: {complaint.removeprefix('Input ')}" for name, complaint in wrong)
        raise ValueError(said.replace("Extra inputs are not permitted", "there is no such rule")) from None
    return rules


class ProgrammeSettings(Section):
    weekday: Weekday = Field("monday", description='"monday" to "friday"')
    hour: int = Field(9, ge=0, le=23, description="0 to 23, each person's local time")
    weeks: int = Field(12, ge=1, le=52, description="1 to 52 weeks")
    language: Literal["en", "de"] = Field("en", description='"en" or "de"')
    min_gap_weeks: int = Field(12, ge=0, le=520, description="0 to 520 weeks")
    holidays: Annotated[str, AfterValidator(kept_region)] = Field(
        "", description='a country such as "DE" or a part of it such as "DE-BE" (ISO 3166), or "" for none'
    )
    matching: Annotated[dict[str, Any] | None, NoDecode, BeforeValidator(_table), AfterValidator(_usable)] = Field(
        None, description="weights and rules as docs/matching.md names them, such as { department_points = 10 }"
    )

    rules: Annotated[dict[str, Any] | None, NoDecode, BeforeValidator(_table), AfterValidator(_kept_rules)] = Field(
        None, description="rules as docs/rules.md names them, such as { most_goals = 2 }"
    )

    @property
    def own_rules(self) -> Rules:
        """The rules of a programme; what is not named has its default."""
        return Rules(**(self.rules or {}))

    @property
    def policy(self) -> Policy:
        """What a match is worth and what it may not be; the gap between two rounds together is the programme's own."""
        return programme_policy(self.matching or {})

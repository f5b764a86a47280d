"""What a programme may set for itself beyond its form; each with the default that practice or research suggests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.domain.reminders import ReminderProfile
from bot.domain.silence import LAST
from bot.domain.snapshots import LEAST


class Rules(BaseModel):
    """The rules of one programme. A number outside its range, or a name that is none of these, is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, use_attribute_docstrings=True)

    most_goals: Annotated[int, Field(ge=1, le=10)] = 3
    """Goals under way at once: few, so that one minute a week stays one minute."""
    undo_minutes: Annotated[int, Field(ge=1, le=1_440)] = 10
    """In which a note, the answer to a check-in, or a line to a partner, can be taken back as if it had never been."""
    later_hours: Annotated[int, Field(ge=1, le=6)] = 3
    """After which somebody who said "later today" is asked again, within their working hours."""
    reminders: ReminderProfile = ReminderProfile.STANDARD
    """How people are reminded of a check-in who have not chosen: `gentle`, `standard` or `active`."""
    meeting_reminder_day_before: bool = True
    """Whether a meeting is announced on the last working day before it."""
    meeting_reminder_minutes: Annotated[int, Field(ge=0, le=60)] = 15
    """Minutes before a meeting at which it is announced, with four questions for it; 0: not at all."""
    most_postponements: Annotated[int, Field(ge=1, le=20)] = 3
    """Times in a row a meeting is put off before both are asked whether the rhythm still fits."""
    no_meeting_days: Annotated[int, Field(ge=7, le=365)] = 30
    """Days without a meeting after which the pair, and nobody else, is asked whether they want one."""

    silence_days: tuple[Annotated[int, Field(ge=3, le=366)], ...] = (7, 14, 21, 28)
    """Days without a sign of life in a pairing: then the person is asked, the partners are asked, they are offered a
    new match with notice of the end, and it ends. Four rising numbers; [] for none of that."""
    unsigned_days: Annotated[int, Field(ge=1, le=90)] = 7
    """Days after the introduction on which whoever has not signed the agreement is reminded of it."""
    unsigned_count_days: Annotated[int, Field(ge=7, le=90)] = 14
    """Days after the introduction from which a pairing without a signed agreement is in what owners see counted."""
    min_group: Annotated[int, Field(ge=LEAST, le=100)] = LEAST
    """What owners see in numbers leaves at least so many on both sides, or is told in words. It can only be raised."""
    vacation_emoji: tuple[str, ...] = (":palm_tree:",)
    """The emoji of a Slack status that means a vacation, for those who let theirs count as a break."""
    half_time_weeks: Annotated[int, Field(ge=2, le=52)] = 4
    """Weeks a pairing must last for a stop at half-time: in fewer, twice the same question is once too often."""
    closing_days: Annotated[int, Field(ge=1, le=28)] = 7
    """Before the last day of a pairing, when its people are asked to look back and what comes next."""
    late_answer_days: Annotated[int, Field(ge=0, le=60)] = 14
    """After the last day of a pairing, in which what people look back on still counts."""

    @field_validator("silence_days")
    @classmethod
    def _rising(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if days and (len(days) != LAST or sorted(set(days)) != list(days)):
            message = "should be four rising numbers of days, or none"
            raise ValueError(message)
        return days

    def changed(self) -> dict[str, Any]:
        """Return what differs from the defaults: a better default reaches everybody who did not choose."""
        return self.model_dump(mode="json", exclude_defaults=True)


def read_rules(changed: Mapping[str, Any]) -> Rules:
    """Return the rules that ``changed`` wrote down, by whatever version: what is no rule any more is left out."""
    return Rules.model_validate({name: value for name, value in changed.items() if name in Rules.model_fields})

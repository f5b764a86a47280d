"""Who is in a round: what people answer to its heads-up, and what silence means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.refusals import N_, Refused

PATIENCE = 2  # unanswered in a row from which on somebody is out until they say otherwise
SKIP_LASTS = timedelta(weeks=2)  # after the round, where no further one is planned that would ask again


class Attendance(StrEnum):
    IN = "in"
    SKIP = "skip"
    THIRD = "third"  # in, and first to make a pair a trio
    OUT = "out"  # nobody answered for them, twice; never chosen


CHOICES = (Attendance.IN, Attendance.SKIP, Attendance.THIRD)


class RoundStarted(Refused):
    text = N_("This round is being put together already. With `/tandem pause` you can still take a break.")


class HeadsUpOver(Refused):
    text = N_("That round is over, or its day has changed. I will ask you again before the next one.")


def read_choice(text: str) -> Attendance:
    """Return the answer of a button. Raises HeadsUpOver for anything that is none."""
    if text not in set(CHOICES):
        raise HeadsUpOver
    return Attendance(text)


def is_silent(answers: Sequence[Attendance | None]) -> bool:
    """Say whether somebody is out by silence; ``answers`` to the rounds they were asked for, the newest first."""
    if answers and answers[0] is Attendance.OUT:
        return True
    latest = answers[:PATIENCE]
    return len(latest) == PATIENCE and not any(latest)


def sits_out(answer: Attendance | None, round_day: date, today: date, *, asked_again: bool) -> bool:
    """Say whether somebody with this newest answer is left alone now; ``asked_again``: another round is planned."""
    if answer is Attendance.OUT:
        return True
    return answer is Attendance.SKIP and (asked_again or today <= round_day + SKIP_LASTS)

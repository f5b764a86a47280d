"""One person in one programme: agreed, active, paused, left."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from bot.domain.refusals import N_, Refused

NOTICE_VERSION = 1  # raise it when the data notice changes in substance: people are then asked again


class EnrolmentState(StrEnum):
    AGREED = "agreed"  # read the data notice, profile still to come
    ACTIVE = "active"
    LEFT = "left"


class NoticeNotAgreed(Refused):
    text = N_("Please read and agree to the data notice first. Run `/tandem join` to see it.")


class AlreadyJoined(Refused):
    text = N_("You are in already. You can change your profile at any time.")


class NotPaused(Refused):
    text = N_("You are not on a break. Everything runs as usual.")


def is_paused(paused_until: date | None, today: date) -> bool:
    """Say whether a break lasts on ``today``; ``paused_until`` is the first day back."""
    return paused_until is not None and today < paused_until

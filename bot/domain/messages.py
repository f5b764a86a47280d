"""Messages on their way out: kinds, destinations and the states a delivery goes through.

A message row holds ids only. Its words are made when it is sent, from what is true and allowed at that moment,
so an undone note or an ended pairing is never told late.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class MessageKind(StrEnum):
    INTRODUCTION = "introduction"
    INTRODUCTION_ALONE = "introduction_alone"
    NOT_MATCHED = "not_matched"
    OFFER = "offer"
    OFFER_OVER = "offer_over"
    FIT = "fit"
    PARTED = "parted"
    PARTED_FROM = "parted_from"
    CHECKIN = "checkin"
    CHECKIN_REMINDER = "checkin_reminder"
    CHECKIN_AGAIN = "checkin_again"  # somebody said "later today"
    CHECKIN_SUMMARY = "checkin_summary"
    CHEER = "cheer"
    GOAL_REACHED = "goal_reached"
    GOAL_LET_GO = "goal_let_go"
    REPLY = "reply"
    HELP_OFFERED = "help_offered"
    NOTE_SHARED = "note_shared"
    AGREEMENT_WRITTEN = "agreement_written"
    AGREEMENT_SIGNED = "agreement_signed"
    AGREEMENT_NUDGE = "agreement_nudge"
    PARTNER_PAUSED = "partner_paused"
    PARTNER_BACK = "partner_back"
    PARTNER_LEFT = "partner_left"
    SILENCE_NUDGE = "silence_nudge"
    SILENCE_ASK = "silence_ask"
    SILENCE_OFFER = "silence_offer"
    SILENCE_NOTICE = "silence_notice"
    SILENCE_OVER = "silence_over"
    PARTNER_RESTS = "partner_rests"
    HALF_TIME = "half_time"
    CLOSING = "closing"
    LEARNED = "learned"
    THANKS = "thanks"
    RENEWED = "renewed"
    PAIRING_ENDED = "pairing_ended"
    HEADS_UP = "heads_up"
    PROGRAMME_READY = "programme_ready"
    ROUND_READY = "round_ready"
    ROUND_TOO_FEW = "round_too_few"
    ROUND_APPROVED = "round_approved"
    OWNER_JOINED = "owner_joined"
    CATCH_UP = "catch_up"
    MEETING_PROPOSED = "meeting_proposed"
    MEETING_ACCEPTED = "meeting_accepted"
    MEETING_DECLINED = "meeting_declined"
    MEETING_CANCELLED = "meeting_cancelled"
    MEETING_DAY = "meeting_day"
    MEETING_SOON = "meeting_soon"
    MEETING_AFTER = "meeting_after"
    MEETING_RHYTHM = "meeting_rhythm"
    NO_MEETING = "no_meeting"
    FOLLOW_UP_GIVEN = "follow_up_given"
    FOLLOW_UP_RETURNED = "follow_up_returned"
    HEARD = "heard"
    HEARD_ANSWERED = "heard_answered"


class Destination(StrEnum):
    """Where a message goes. Private text may go to PERSON only; the type of a put decides, not the caller."""

    PERSON = "person"
    PAIRING = "pairing"
    ROOM = "room"


DESTINATION: dict[MessageKind, Destination] = {
    MessageKind.INTRODUCTION: Destination.PAIRING,
    MessageKind.PROGRAMME_READY: Destination.ROOM,
    MessageKind.ROUND_READY: Destination.ROOM,
    MessageKind.ROUND_TOO_FEW: Destination.ROOM,
    MessageKind.ROUND_APPROVED: Destination.ROOM,
    MessageKind.OWNER_JOINED: Destination.ROOM,
}


def destination(kind: MessageKind) -> Destination:
    """Return where every message of ``kind`` goes: to one person unless its kind is written down above."""
    return DESTINATION.get(kind, Destination.PERSON)


# What tells each member alone, when nobody can say whether it arrived in their group.
TOLD_ALONE: dict[MessageKind, MessageKind] = {MessageKind.INTRODUCTION: MessageKind.INTRODUCTION_ALONE}


class MessageState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    AMBIGUOUS = "ambiguous"  # Slack may or may not have taken it: look before sending again
    FAILED = "failed"
    HELD = "held"  # only a person can decide
    DROPPED = "dropped"  # no longer true or wanted when its turn came
    MERGED = "merged"  # another message carries it


class Verb(StrEnum):
    POST = "post"
    UPDATE = "update"
    DELETE = "delete"


# Answers and reminders before digests: lower goes first.
PRIORITY: dict[MessageKind, int] = {
    MessageKind.CHECKIN: 10,
    MessageKind.CHECKIN_REMINDER: 10,
    MessageKind.CHECKIN_AGAIN: 10,
    MessageKind.INTRODUCTION: 10,
    MessageKind.MEETING_SOON: 10,
    MessageKind.ROUND_APPROVED: 30,
    MessageKind.PAIRING_ENDED: 30,
    MessageKind.PARTED: 30,
    MessageKind.SILENCE_OVER: 30,
    MessageKind.PARTNER_RESTS: 30,
    MessageKind.PARTED_FROM: 30,
    MessageKind.OFFER_OVER: 30,
    MessageKind.NOT_MATCHED: 30,
}
USUAL_PRIORITY = 20

_FIRST_RETRY = timedelta(seconds=5)
_LONGEST_RETRY = timedelta(minutes=15)
_MOST_DOUBLINGS = 10


def priority(kind: MessageKind) -> int:
    """Return the order among messages due at one moment; lower goes first."""
    return PRIORITY.get(kind, USUAL_PRIORITY)


def retry_at(now: datetime, attempt: int) -> datetime:
    """Return when to try again after failed ``attempt`` (1, 2, …): 5 s doubling up to 15 min."""
    doublings = min(max(attempt - 1, 0), _MOST_DOUBLINGS)
    return now + min(_FIRST_RETRY * (1 << doublings), _LONGEST_RETRY)

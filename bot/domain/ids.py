"""Identities. Every thing has a UUIDv7 made by the application, so ids sort by time of making."""

from __future__ import annotations

from typing import NewType
from uuid import UUID

from uuid_utils.compat import uuid7

WorkspaceId = NewType("WorkspaceId", UUID)
PersonId = NewType("PersonId", UUID)
ProgrammeId = NewType("ProgrammeId", UUID)
EnrolmentId = NewType("EnrolmentId", UUID)
RoundId = NewType("RoundId", UUID)
MatchId = NewType("MatchId", UUID)
PairingId = NewType("PairingId", UUID)
GoalId = NewType("GoalId", UUID)
StepId = NewType("StepId", UUID)
CheckinId = NewType("CheckinId", UUID)
PromiseId = NewType("PromiseId", UUID)
NoteId = NewType("NoteId", UUID)
OfferId = NewType("OfferId", UUID)
SlotId = NewType("SlotId", UUID)
MessageId = NewType("MessageId", UUID)


def new_id() -> UUID:
    """Return a fresh UUIDv7 (RFC 9562): time-ordered, unique across processes."""
    return uuid7()

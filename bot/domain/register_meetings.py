"""The data register: meetings, what is followed up, and what was heard in them."""

from __future__ import annotations

from bot.domain.register_terms import ENROLMENT, OWNER, Column, Erasure, Inner, Readers, Table, Written
from bot.domain.retention import Data

MEETINGS = (
    Table(
        "meeting",
        "One time that was suggested for a meeting of a pairing",
        Data.MEETING,
        Erasure.MESSAGE,
        {
            "pairing_id": Column("whose meeting it is", Readers.PARTNERS),
            "owner_id": Column("who suggested it", Readers.PARTNERS),
            "uid": Inner("names its entry in calendars"),
            "sequence": Inner("which version of that entry it is"),
            "instead_of": Inner("the agreed time it would take the place of"),
            "state": Column("suggested, agreed, called off, held, put off or missed", Readers.PARTNERS),
            "starts_at": Column("when it begins", Readers.PARTNERS),
            "minutes": Column("how long it is", Readers.PARTNERS),
            "made_at": Column("when it was suggested", Readers.PARTNERS),
            "place_sealed": Written("where, or a link", Readers.PARTNERS),
            "topic_sealed": Written("what about", Readers.PARTNERS),
        },
    ),
    Table(
        "attendee",
        "One person's side of a meeting",
        Data.MEETING,
        Erasure.ROW,
        {
            "meeting_id": Inner("which meeting"),
            "enrolment_id": ENROLMENT,
            "owner_id": OWNER,
            "answer": Column("open, accepted or not this time", Readers.PARTNERS),
            "happened": Column("what they said afterwards: met, moved or not", Readers.PARTNERS),
        },
    ),
    Table(
        "heard",
        "What somebody heard their partner say in a meeting",
        Data.MEETING,
        Erasure.MESSAGE,
        {
            "meeting_id": Inner("in which meeting"),
            "owner_id": Column("who listened", Readers.BOTH),
            "speaker_id": Column("who spoke", Readers.BOTH),
            "written_at": Column("when it was written", Readers.BOTH),
            "answered_at": Column("when the speaker confirmed or corrected it", Readers.BOTH),
            "text_sealed": Written("the sentence", Readers.BOTH),
            "correction_sealed": Written("what the speaker meant", Readers.BOTH),
        },
    ),
    Table(
        "follow_up",
        "What somebody takes on in a meeting",
        Data.FOLLOW_UP,
        Erasure.MESSAGE,
        {
            "pairing_id": Column("in which pairing", Readers.PARTNERS),
            "meeting_id": Inner("in which meeting it was noted"),
            "owner_id": Column("who wrote it down", Readers.PARTNERS),
            "enrolment_id": Column("who takes it on", Readers.PARTNERS),
            "state": Column("open, done or let go", Readers.PARTNERS),
            "due_on": Column("by when", Readers.PARTNERS),
            "made_at": Column("when it was written down", Readers.PARTNERS),
            "closed_at": Column("when it was done or let go", Readers.PARTNERS),
            "text_sealed": Written("what is to be done", Readers.PARTNERS),
        },
    ),
)

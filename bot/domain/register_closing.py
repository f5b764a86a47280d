"""The data register: what people write halfway and at the end of their time together."""

from __future__ import annotations

from bot.domain.register_terms import ENROLMENT, OWNER, Column, Erasure, Inner, Readers, Table, Written
from bot.domain.retention import Data

CLOSING = (
    Table(
        "self_check",
        "How somebody sees themselves in eight skills, at half-time and at the end",
        Data.CLOSING,
        Erasure.ROW,
        {
            "pairing_id": Inner("in which time together"),
            "enrolment_id": ENROLMENT,
            "owner_id": OWNER,
            "term": Inner("before the first renewal, or after which"),
            "moment": Column("at half-time or at the end", Readers.SELF),
            "written_at": Column("when they chose", Readers.SELF),
            "levels_sealed": Written("a word for each of the eight", Readers.SELF),
        },
    ),
    Table(
        "closing",
        "How somebody looks back at the end, and what they wish for next",
        Data.CLOSING,
        Erasure.MESSAGE,
        {
            "pairing_id": Column("on which time together", Readers.SELF),
            "enrolment_id": ENROLMENT,
            "owner_id": OWNER,
            "term": Inner("before the first renewal, or after which"),
            "visibility": Column("private or shared", Readers.SHARED),
            "written_at": Column("when they wrote", Readers.SELF),
            "learned_sealed": Written("what they learned", Readers.SHARED),
            "wish_sealed": Written("go on together, a new partner, a break until when, or leave", Readers.SELF),
        },
    ),
    Table(
        "thanks",
        "A thank-you at the end, for its reader to keep",
        Data.THANKS,
        Erasure.MESSAGE,
        {
            "pairing_id": Inner("for which time together"),
            "term": Inner("before the first renewal, or after which"),
            "owner_id": Column("who wrote it", Readers.GIVEN),
            "reader_id": Column("who received it", Readers.GIVEN),
            "written_at": Column("when it was written", Readers.GIVEN),
            "text_sealed": Written("the thank-you", Readers.GIVEN),
        },
    ),
)

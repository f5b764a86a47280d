"""The data register: what is noted of a pairing while it lasts."""

from __future__ import annotations

from bot.domain.register_terms import ENROLMENT, OWNER, Column, Erasure, Inner, Readers, Table
from bot.domain.retention import Data

PAIRINGS = (
    Table(
        "silence",
        "That nothing was heard of somebody in a pairing for some time; deleted with their time in it",
        Data.SILENCE,
        Erasure.ROW,
        {
            "pairing_id": Inner("which pairing"),
            "enrolment_id": ENROLMENT,
            "owner_id": OWNER,
            "since": Column("from which day it is counted; owners never see it", Readers.SELF),
            "step": Column("what was asked about it so far", Readers.SELF),
            "stepped_on": Column("when", Readers.SELF),
            "stopped": Column("whether they or a partner wished not to be asked again", Readers.SELF),
        },
    ),
)

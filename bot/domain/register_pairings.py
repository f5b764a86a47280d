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
    Table(
        "snapshot",
        "What owners see in numbers: counted once a week, frozen, and told of nobody",
        Data.SNAPSHOT,
        Erasure.NONE,
        {
            "programme_id": Inner("in which programme"),
            "measure": Column("what is counted", Readers.OWNERS, exported=False),
            "week": Inner("the week it was counted in; one count a week"),
            "taken_at": Column("when it was counted", Readers.OWNERS, exported=False),
            "counted_until": Inner("up to which beginning pairings are counted; none is counted twice"),
            "answer": Column("what of the count may be told", Readers.OWNERS, exported=False),
            "yes": Column("the number, empty where it may not be told", Readers.OWNERS, exported=False),
            "among": Column("of how many", Readers.OWNERS, exported=False),
            "least": Column("how many both sides had to have for it to be told", Readers.OWNERS, exported=False),
        },
    ),
)

"""The terms of the data register: what is said about a column, and who can be meant by a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.retention import Data


class Readers(StrEnum):
    """Who reads a column in the ordinary run of things. Whoever holds the server and the key can read all."""

    BOT = "the bot alone"
    SELF = "the person"
    SHARED = "the person; their partners of today if they share it"
    GIVEN = "the person, and the one it was written for"
    PARTNERS = "the person and their partners of today"
    ADDRESSEE = "the person and the one partner it is addressed to"
    BOTH = "the two of them"
    PROGRAMME = "everybody in the programme"
    OWNERS = "the programme's owners"
    PARTNERS_AND_OWNERS = "the person, their partners, the programme's owners"
    PREVIEW = "the programme's owners, in the preview of a round"
    OPERATOR = "the operator, as counts without a name"
    AUDITOR = "the operator, for an audit"


class Erasure(StrEnum):
    """What happens to a row when a person wants to be erased."""

    ROW = "the row is deleted with the person"
    MESSAGE = "the row is deleted, and what was posted is deleted in Slack"
    THEIRS = "their id is taken out; the row stays for the others in it"
    NONE = "nothing: it tells of no person"
    HASH = "nothing: the person stands there only as a keyed hash"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``content``: words somebody wrote, sealed unless they are meant for all in the programme."""

    purpose: str
    readers: Readers
    exported: bool = True
    content: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    about: str
    data: Data
    erasure: Erasure
    columns: Mapping[str, Column]


class Inner(Column):
    """Bookkeeping that tells nothing about anybody: read by the bot, in no export."""

    def __init__(self, purpose: str) -> None:
        super().__init__(purpose, Readers.BOT, exported=False)


class Written(Column):
    """Words somebody wrote."""

    def __init__(self, purpose: str, readers: Readers, *, exported: bool = True) -> None:
        super().__init__(purpose, readers, exported, content=True)


OWNER = Column("whose it is", Readers.SELF)
ENROLMENT = Inner("the programme it belongs to, through the enrolment")

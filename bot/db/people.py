"""People: what the workspace says about them, kept fresh by Slack's own events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.base import Owned, word
from bot.domain.ids import PersonId
from bot.domain.people import Actor, Language, Standing
from bot.domain.vacations import Status

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A person as Slack's directory describes them now.

    ``zone`` is an IANA name, ``language`` None when not told, ``status`` None without one that ends; it is not kept.
    """

    slack_id: str
    name: str
    zone: str
    language: Language | None
    standing: Standing
    status: Status | None = None


class PersonRow(Owned):
    __tablename__ = "person"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "slack_id"),)

    slack_id: Mapped[str] = mapped_column(sa.String(40))
    name: Mapped[str] = mapped_column(sa.String(200))
    zone: Mapped[str] = mapped_column(sa.String(80))
    slack_language: Mapped[Language] = mapped_column(word(Language))
    chosen_language: Mapped[Language | None] = mapped_column(word(Language))
    admin: Mapped[bool] = mapped_column(default=False)
    guest: Mapped[bool] = mapped_column(default=False)
    bot: Mapped[bool] = mapped_column(default=False)
    deactivated: Mapped[bool] = mapped_column(default=False)
    external: Mapped[bool] = mapped_column(default=False)
    dm_channel: Mapped[str | None] = mapped_column(sa.String(40))
    checked_at: Mapped[datetime]

    @property
    def person_id(self) -> PersonId:
        return PersonId(self.id)

    @property
    def language(self) -> Language:
        """The language to speak with them: their choice, else Slack's."""
        return self.chosen_language or self.slack_language

    @property
    def standing(self) -> Standing:
        return Standing(self.admin, self.guest, self.bot, self.deactivated, self.external)


class People:
    """Queries on people of one workspace."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._acting: PersonRow | None = None  # held, because a session forgets what nobody holds

    def by_slack_id(self, slack_id: str) -> PersonRow | None:
        return self._tx.one_or_none(
            sa.select(PersonRow).where(PersonRow.workspace_id == self._tx.workspace, PersonRow.slack_id == slack_id)
        )

    def get(self, person: UUID) -> PersonRow:
        return self._tx.get(PersonRow, person)

    def all_of(self, people: list[PersonId]) -> list[PersonRow]:
        """Return the rows of ``people``, ordered by name."""
        if not people:
            return []
        found = self._tx.all(
            sa.select(PersonRow).where(PersonRow.workspace_id == self._tx.workspace, PersonRow.id.in_(people))
        )
        return sorted(found, key=lambda row: (row.name.casefold(), row.id))

    def keep(self, entry: DirectoryEntry) -> PersonRow:
        """Insert or refresh a person from Slack's directory."""
        row = self.by_slack_id(entry.slack_id) or self._new(entry)
        row.name, row.zone, row.slack_language = entry.name, entry.zone, entry.language or row.slack_language
        row.admin, row.guest, row.bot = entry.standing.admin, entry.standing.guest, entry.standing.bot
        row.deactivated, row.external = entry.standing.deactivated, entry.standing.external
        row.checked_at = self._tx.now
        self._tx.flush()
        return row

    def _new(self, entry: DirectoryEntry) -> PersonRow:
        """Insert a person, or find who inserted them at this very moment."""
        self._tx.insert_new(
            PersonRow,
            slack_id=entry.slack_id,
            name=entry.name,
            zone=entry.zone,
            slack_language=entry.language or Language.EN,
            checked_at=self._tx.now,
        )
        row = self.by_slack_id(entry.slack_id)
        assert row is not None  # noqa: S101  inserted above, by us or by the one we waited for
        return row

    def actor(self, slack_id: str, *, named_for_setup: bool = False, rooms: frozenset[str] = frozenset()) -> Actor:
        """Return the acting person. They must have been kept before (the directory does it)."""
        row = self._acting = self.by_slack_id(slack_id)
        if row is None:
            message = "an actor must be in the directory before they act"
            raise LookupError(message)
        return Actor(self._tx.workspace, row.person_id, slack_id, row.standing, named_for_setup, rooms)

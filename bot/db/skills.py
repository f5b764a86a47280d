"""The company's own list of skills. It grows with what people type; what is merged stays known under its old name."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from bot.db.base import Owned, word
from bot.domain.profiles import skill_key

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class SkillSide(StrEnum):
    OFFER = "offer"
    WANT = "want"


class SkillRow(Owned):
    """One skill, known by one key for the whole workspace: the same key has the same id, whoever names it first."""

    __tablename__ = "skill"
    __table_args__ = (sa.UniqueConstraint("workspace_id", "key"),)

    key: Mapped[str] = mapped_column(sa.String(200))
    name: Mapped[str] = mapped_column(sa.String(100))
    merged_into_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("skill.id", ondelete="CASCADE"), index=True)


class ProfileSkillRow(Owned):
    __tablename__ = "profile_skill"
    __table_args__ = (sa.UniqueConstraint("enrolment_id", "side", "skill_id"),)

    enrolment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("enrolment.id", ondelete="CASCADE"))
    side: Mapped[SkillSide] = mapped_column(word(SkillSide))
    position: Mapped[int]
    skill_id: Mapped[UUID] = mapped_column(sa.ForeignKey("skill.id"), index=True)

    skill: Mapped[SkillRow] = relationship(viewonly=True, lazy="joined", innerjoin=True)


class Skills:
    """Queries on the company's skills."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def listed(self) -> list[SkillRow]:
        """Return every skill that has not been merged into another one, by name."""
        return self._tx.all(self._all().where(SkillRow.merged_into_id.is_(None)).order_by(SkillRow.name, SkillRow.id))

    def places(self, skill: UUID) -> int:
        """Return how often a skill stands in a profile, in the whole company."""
        mine = sa.select(ProfileSkillRow.id).where(ProfileSkillRow.skill_id == skill)
        return self._tx.count(mine.where(ProfileSkillRow.workspace_id == self._tx.workspace))

    def names(self) -> list[str]:
        """Return the skills somebody offers or wants, those that most people name first."""
        query = (
            sa.select(SkillRow.name)
            .join(ProfileSkillRow, ProfileSkillRow.skill_id == SkillRow.id)
            .where(SkillRow.workspace_id == self._tx.workspace)
            .group_by(SkillRow.id, SkillRow.name)
            .order_by(sa.func.count().desc(), SkillRow.name)
        )
        return self._tx.scalars(query)

    def merged(self) -> dict[str, str]:
        """Return the names that were merged, each with the name of what stands for it now."""
        into = aliased(SkillRow)
        query = sa.select(SkillRow.name, into.name.label("stands")).join(into, into.id == SkillRow.merged_into_id)
        found = self._tx.session.execute(query.where(SkillRow.workspace_id == self._tx.workspace))
        return {row.name: row.stands for row in found}

    def find(self, skill: UUID) -> SkillRow | None:
        """Return a skill that has not been merged into another one."""
        open_ones = self._all().where(SkillRow.id == skill, SkillRow.merged_into_id.is_(None))
        return self._tx.one_or_none(open_ones)

    def all_of(self, skills: Iterable[UUID]) -> list[SkillRow]:
        return self._tx.all(self._all().where(SkillRow.id.in_(list(skills))))

    def called(self, names: Iterable[str]) -> list[UUID]:
        """Return the skills of these names, each once, in their order; new ones go on the list.

        A name that was merged into another skill stands for that one.
        """
        self.hold()
        spelled = {uuid5(self._tx.workspace, skill_key(name)): name for name in names}
        new = [{"id": skill, "key": skill_key(name), "name": name} for skill, name in spelled.items()]
        self._tx.insert_all(SkillRow, new)
        found = {row.id: row.merged_into_id or row.id for row in self.all_of(spelled)}
        return list(dict.fromkeys(found[skill] for skill in spelled))

    def merge(self, one: SkillRow, into: SkillRow) -> None:
        """Let ``into`` stand wherever ``one`` stood, now and when its name is typed again.

        Who named both keeps one of them.
        """
        both = aliased(ProfileSkillRow)
        named_both = sa.exists().where(
            both.enrolment_id == ProfileSkillRow.enrolment_id,
            both.side == ProfileSkillRow.side,
            both.skill_id == into.id,
        )
        mine = ProfileSkillRow.skill_id == one.id
        self._tx.flush()
        self._tx.change(sa.delete(ProfileSkillRow).where(mine, named_both))
        self._tx.change(sa.update(ProfileSkillRow).where(mine).values(skill_id=into.id))
        older = sa.or_(SkillRow.merged_into_id == one.id, SkillRow.id == one.id)
        self._tx.change(sa.update(SkillRow).where(older).values(merged_into_id=into.id))

    def hold(self) -> None:
        """Keep the list as it is for everybody else until this transaction ends. Hold first, read afterwards."""
        self._tx.hold("skills")

    def _all(self) -> sa.Select[SkillRow]:
        return sa.select(SkillRow).where(SkillRow.workspace_id == self._tx.workspace)

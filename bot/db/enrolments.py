"""Enrolments with their profile: offers and wants as rows, the hope sealed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from bot.db.base import Owned, word
from bot.db.people import PersonRow
from bot.db.programmes import ProgrammeRow
from bot.db.sealing import Sealed
from bot.db.skills import ProfileSkillRow, SkillSide
from bot.domain.access import NotEnrolled
from bot.domain.cadence import WorkingHours
from bot.domain.enrolments import EnrolmentState
from bot.domain.holidays import LONGEST
from bot.domain.ids import EnrolmentId, PersonId
from bot.domain.participants import Presence
from bot.domain.people import Actor
from bot.domain.profiles import Profile
from bot.domain.programmes import ProgrammeState
from bot.domain.reminders import ReminderProfile
from bot.domain.wishes import Wishes
from bot.domain.working import Working

if TYPE_CHECKING:
    from bot.db.transaction import Transaction


class EnrolmentRow(Owned):
    __tablename__ = "enrolment"
    __table_args__ = (sa.UniqueConstraint("programme_id", "owner_id"),)

    programme_id: Mapped[UUID] = mapped_column(sa.ForeignKey("programme.id", ondelete="CASCADE"))
    owner_id: Mapped[PersonId] = mapped_column(sa.Uuid(), sa.ForeignKey("person.id", ondelete="CASCADE"), index=True)
    state: Mapped[EnrolmentState] = mapped_column(word(EnrolmentState))
    notice_version: Mapped[int]
    agreed_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    paused_until: Mapped[date | None]
    languages: Mapped[list[str]]
    work_start: Mapped[int] = mapped_column(default=WorkingHours().start)
    work_end: Mapped[int] = mapped_column(default=WorkingHours().end)
    holidays: Mapped[str | None] = mapped_column(sa.String(LONGEST))  # their own region; None: the programme's
    waited_rounds: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime]
    resting: Mapped[bool] = mapped_column(default=False)  # a pairing ended in silence: matched again when they say so
    follows_status: Mapped[bool] = mapped_column(default=False)  # a vacation in their Slack status is a break
    status_back_on: Mapped[date | None]  # the last such vacation's first day back
    style: Mapped[list[int] | None] = mapped_column(sa.JSON(none_as_null=True))
    site: Mapped[str | None] = mapped_column(sa.String(60))
    department: Mapped[str | None] = mapped_column(sa.String(60))
    manager: Mapped[str | None] = mapped_column(sa.String(40))  # a Slack id: they need not take part
    level: Mapped[int | None]
    capacity: Mapped[int] = mapped_column(default=1)
    volunteer_third: Mapped[bool] = mapped_column(default=False)
    reminders: Mapped[ReminderProfile | None] = mapped_column(word(ReminderProfile))  # None: the programme's
    asks_mood: Mapped[bool] = mapped_column(default=False)  # their check-in asks how the week felt
    hope = Sealed()
    avoided = Sealed()
    competing = Sealed()
    wished = Sealed()

    person: Mapped[PersonRow] = relationship(viewonly=True)
    programme: Mapped[ProgrammeRow] = relationship(viewonly=True)
    skills: Mapped[list[ProfileSkillRow]] = relationship(
        order_by=ProfileSkillRow.position, cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def enrolment_id(self) -> EnrolmentId:
        return EnrolmentId(self.id)

    @property
    def hours(self) -> WorkingHours:
        return WorkingHours(self.work_start, self.work_end)

    @property
    def presence(self) -> Presence:
        """When they may be written to."""
        region = self.programme.holidays if self.holidays is None else self.holidays
        return Presence(self.person.zone, self.hours, region, self.paused_until)

    @property
    def reminding(self) -> ReminderProfile:
        """How they are reminded of a check-in."""
        return self.reminders or self.programme.rules.reminders

    def named(self, side: SkillSide) -> tuple[str, ...]:
        return tuple(one.skill.name for one in self.skills if one.side == side)

    def keys(self, side: SkillSide) -> frozenset[str]:
        """Return what the matching compares: one key for all spellings that owners have merged."""
        return frozenset(one.skill.key for one in self.skills if one.side == side)

    @property
    def profile(self) -> Profile:
        return Profile(
            self.named(SkillSide.OFFER), self.named(SkillSide.WANT), self.hope, tuple(self.languages), self.hours
        )

    @property
    def working(self) -> Working:
        one, two, three = (step or None for step in self.style or (0, 0, 0))
        return Working(
            (one, two, three),
            self.site,
            self.department,
            self.manager,
            self.level,
            self.capacity,
            self.volunteer_third,
        )

    def works(self, how: Working) -> None:
        """Write down how this person works; 0 is a step nobody has chosen."""
        self.style = [step or 0 for step in how.style]
        self.site, self.department, self.manager, self.level = how.site, how.department, how.manager, how.level
        self.capacity, self.volunteer_third = how.capacity, how.volunteer_third

    @property
    def wishes(self) -> Wishes:
        named = (self.avoided, self.competing, self.wished)
        return Wishes(*(tuple((ids or "").split()) for ids in named))

    def wish(self, wishes: Wishes) -> None:
        """Write down whom this person named, sealed."""
        self.avoided = " ".join(wishes.avoided) or None
        self.competing = " ".join(wishes.competing) or None
        self.wished = " ".join(wishes.wished) or None


class Enrolments:
    """Queries on enrolments; a person's own ones start from the actor."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def get(self, enrolment: UUID) -> EnrolmentRow:
        return self._tx.get(EnrolmentRow, enrolment)

    def of(self, person: PersonId, programme: UUID) -> EnrolmentRow | None:
        """Return a person's enrolment in one programme, whatever its state."""
        return self._tx.one_or_none(
            self._all().where(EnrolmentRow.owner_id == person, EnrolmentRow.programme_id == programme)
        )

    def active(self, actor: Actor) -> EnrolmentRow:
        """Return the actor's active enrolment, the one last used if there are several. Raises NotEnrolled."""
        row = self.active_or_none(actor.person)
        if row is None:
            raise NotEnrolled
        return row

    def active_or_none(self, person: PersonId) -> EnrolmentRow | None:
        query = (
            self._all()
            .join(ProgrammeRow, ProgrammeRow.id == EnrolmentRow.programme_id)
            .where(
                EnrolmentRow.owner_id == person,
                EnrolmentRow.state == EnrolmentState.ACTIVE,
                ProgrammeRow.state == ProgrammeState.ACTIVE,
            )
            .order_by(EnrolmentRow.used_at.desc(), EnrolmentRow.id)
            .limit(1)
        )
        return self._tx.one_or_none(query)

    def all_of(self, person: PersonId) -> list[EnrolmentRow]:
        return self._tx.all(self._all().where(EnrolmentRow.owner_id == person).order_by(EnrolmentRow.id))

    def of_all(self, who: Collection[tuple[UUID, PersonId]]) -> dict[tuple[UUID, PersonId], EnrolmentRow]:
        """Return the enrolments of pairs of (programme, person), whatever their state, with both at hand."""
        found = {(row.programme_id, row.owner_id): row for row in self._of_people([person for _, person in who])}
        return {one: found[one] for one in who if one in found}

    def in_use(self, people: Collection[UUID]) -> dict[PersonId, EnrolmentRow]:
        """Return the active enrolment of each of ``people``, the one last used if there are several."""
        found = [row for row in self._of_people(people) if row.state is EnrolmentState.ACTIVE]
        return {row.owner_id: row for row in sorted(found, key=lambda row: (row.used_at, -row.id.int))}

    def _of_people(self, people: Collection[UUID]) -> list[EnrolmentRow]:
        """Return every enrolment of ``people``, with person and programme at hand.

        Told of the workspace, SQLite would go through all of it instead of by the people: others are left out here.
        """
        both = joinedload(EnrolmentRow.person), joinedload(EnrolmentRow.programme)
        query = sa.select(EnrolmentRow).where(EnrolmentRow.owner_id.in_(set(people))).options(*both)
        return [row for row in self._tx.all(query) if row.workspace_id == self._tx.workspace]

    def active_in(self, programme: UUID) -> list[EnrolmentRow]:
        """Return everyone active in ``programme``, in order of joining."""
        query = self._all().where(EnrolmentRow.programme_id == programme, EnrolmentRow.state == EnrolmentState.ACTIVE)
        return self._tx.all(query.order_by(EnrolmentRow.joined_at, EnrolmentRow.id))

    def silent_on_work(self, limit: int) -> list[EnrolmentRow]:
        """Return up to ``limit`` active enrolments whose person has not said a word of how they work."""
        query = self._all().join(PersonRow, PersonRow.id == EnrolmentRow.owner_id)
        silent = EnrolmentRow.state == EnrolmentState.ACTIVE, EnrolmentRow.department.is_(None)
        return self._tx.all(
            query.where(*silent, PersonRow.deactivated.is_(False)).order_by(EnrolmentRow.id).limit(limit)
        )

    def skills_in(self, programme: UUID) -> list[tuple[UUID, SkillSide, int]]:
        """Return how many people active in ``programme`` offer, and how many want, each skill."""
        query = (
            sa.select(ProfileSkillRow.skill_id, ProfileSkillRow.side, sa.func.count())
            .join(EnrolmentRow, EnrolmentRow.id == ProfileSkillRow.enrolment_id)
            .where(
                EnrolmentRow.workspace_id == self._tx.workspace,
                EnrolmentRow.programme_id == programme,
                EnrolmentRow.state == EnrolmentState.ACTIVE,
            )
            .group_by(ProfileSkillRow.skill_id, ProfileSkillRow.side)
        )
        return [(skill, side, count) for skill, side, count in self._tx.session.execute(query)]

    def following(self, person: PersonId) -> list[EnrolmentRow]:
        """Return the active enrolments of ``person`` for which a vacation in their Slack status is a break."""
        query = self._all().where(EnrolmentRow.owner_id == person, EnrolmentRow.follows_status.is_(True))
        return self._tx.all(query.where(EnrolmentRow.state == EnrolmentState.ACTIVE).order_by(EnrolmentRow.id))

    def takes_part(self, person: PersonId) -> bool:
        """Say whether ``person`` is in a programme, or has agreed to the data notice of one."""
        states = (EnrolmentState.ACTIVE, EnrolmentState.AGREED)
        query = self._all().where(EnrolmentRow.owner_id == person, EnrolmentRow.state.in_(states))
        return self._tx.count(query) > 0

    def maybe_back(self, day: date) -> list[EnrolmentRow]:
        """Return who may be back from a break on ``day``, kept from other processes: one is to tell the partner."""
        query = (
            self._all()
            .join(ProgrammeRow, ProgrammeRow.id == EnrolmentRow.programme_id)
            .where(
                EnrolmentRow.state == EnrolmentState.ACTIVE,
                ProgrammeRow.state == ProgrammeState.ACTIVE,
                EnrolmentRow.paused_until <= day,
            )
            .order_by(EnrolmentRow.id)
        )
        return self._tx.all(query.with_for_update(of=EnrolmentRow, skip_locked=True))

    def agree(self, person: PersonId, programme: UUID, notice_version: int) -> EnrolmentRow:
        """Keep that ``person`` agreed to the data notice, now."""
        row = self.of(person, programme)
        if row is None:
            row = self._tx.add(
                EnrolmentRow(workspace_id=self._tx.workspace, programme_id=programme, owner_id=person, languages=[])
            )
        row.state = EnrolmentState.AGREED
        row.notice_version, row.agreed_at, row.used_at = notice_version, self._tx.now, self._tx.now
        row.left_at = row.paused_until = None
        return row

    def fill(self, row: EnrolmentRow, profile: Profile) -> None:
        """Write ``profile`` into an enrolment, replacing what stood there."""
        row.hope = profile.hope
        row.languages = list(profile.languages)
        row.work_start, row.work_end = profile.hours.start, profile.hours.end
        row.skills.clear()
        self._tx.flush()
        row.skills.extend(
            [*self._skills(SkillSide.OFFER, profile.offers), *self._skills(SkillSide.WANT, profile.wants)]
        )

    def _skills(self, side: SkillSide, names: Iterable[str]) -> list[ProfileSkillRow]:
        return [
            ProfileSkillRow(workspace_id=self._tx.workspace, side=side, position=position, skill_id=skill)
            for position, skill in enumerate(self._tx.skills.called(names))
        ]

    def _all(self) -> sa.Select[EnrolmentRow]:
        return sa.select(EnrolmentRow).where(EnrolmentRow.workspace_id == self._tx.workspace)

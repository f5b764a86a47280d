"""What every table has: a workspace, an id made by us, and times that are aware UTC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.domain.ids import WorkspaceId, new_id

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(sa.TypeDecorator[datetime]):
    """An aware UTC time. SQLite keeps no zone, so a naive value is refused on the way in and marked on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a time without a zone was about to be stored"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(sa.TypeDecorator[StrEnum]):
    """A member of ``kind``, stored as its plain value; a value the code does not know raises ValueError."""

    impl = sa.String(40)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else str(self.kind(value))

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> StrEnum | None:  # noqa: ARG002
        return None if value is None else self.kind(value)


def word(kind: type[StrEnum]) -> Word:
    """Return a column type that keeps ``kind`` as a plain word on both databases."""
    return Word(kind)


def in_words(column: Any, kinds: Iterable[StrEnum]) -> sa.ColumnElement[bool]:
    """Return ``column IN (kinds)`` with the words written out: only then is a partial index of them used."""
    words = sa.bindparam(None, [str(kind) for kind in kinds], type_=sa.String(), expanding=True, literal_execute=True)
    return sa.type_coerce(column, sa.String()).in_(words)


def only(kinds: Iterable[StrEnum]) -> dict[str, Any]:
    """Return the arguments of an index that holds only rows whose ``state`` is one of ``kinds``."""
    where = sa.text(f"state IN ({', '.join(repr(str(kind)) for kind in kinds)})")
    return {"sqlite_where": where, "postgresql_where": where}


class Row(DeclarativeBase):
    """Base of all tables."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[Mapping[Any, Any]] = {
        datetime: Instant,
        UUID: sa.Uuid(),
        dict[str, Any]: sa.JSON(),
        list[str]: sa.JSON(),
    }

    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-100)

    def __init__(self, **values: object) -> None:
        values.setdefault("id", new_id())
        for name, value in values.items():
            if not hasattr(type(self), name):
                message = f"{type(self).__name__} has no column {name}"
                raise TypeError(message)
            setattr(self, name, value)


class WorkspaceRow(Row):
    """One Slack workspace (team) the app is installed in."""

    __tablename__ = "workspace"

    team_id: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200), default="")
    first_seen: Mapped[datetime]
    pass_begun_at: Mapped[datetime | None]
    pass_next_at: Mapped[datetime | None]
    pass_cursor: Mapped[str | None] = mapped_column(sa.String(200))
    restored_at: Mapped[datetime | None]
    restored_from: Mapped[datetime | None]


class Owned(Row):
    """Base of all tables but the workspace itself."""

    __abstract__ = True

    workspace_id: Mapped[WorkspaceId] = mapped_column(
        sa.Uuid(), sa.ForeignKey("workspace.id", ondelete="CASCADE"), index=True, sort_order=-90
    )

"""Meetings of pairings with each member's answer, what was heard in them, and follow-ups.

Revision ID: 0017
Revises: 0016
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _meetings()
    _attendees()
    _heard()
    _follow_ups()


def _meetings() -> None:
    op.create_table(
        "meeting",
        *_owned(),
        sa.Column("pairing_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("instead_of", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("topic_sealed", sa.LargeBinary(), nullable=True),
        *_keys("meeting", pairing_id="pairing", owner_id="person"),
    )
    _index("meeting", "workspace_id", "pairing_id")


def _attendees() -> None:
    op.create_table(
        "attendee",
        *_owned(),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("happened", sa.String(40), nullable=True),
        *_keys("attendee", meeting_id="meeting", enrolment_id="enrolment", owner_id="person"),
        sa.UniqueConstraint("meeting_id", "enrolment_id", name=op.f("uq_attendee_meeting_id_enrolment_id")),
    )
    _index("attendee", "workspace_id", "enrolment_id")


def _heard() -> None:
    op.create_table(
        "heard",
        *_owned(),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("speaker_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("correction_sealed", sa.LargeBinary(), nullable=True),
        *_keys("heard", meeting_id="meeting", owner_id="person", speaker_id="person"),
        sa.UniqueConstraint(
            "meeting_id", "owner_id", "speaker_id", name=op.f("uq_heard_meeting_id_owner_id_speaker_id")
        ),
    )
    _index("heard", "workspace_id")


def _follow_ups() -> None:
    op.create_table(
        "follow_up",
        *_owned(),
        sa.Column("pairing_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        *_keys("follow_up", pairing_id="pairing", owner_id="person", enrolment_id="enrolment"),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_follow_up_meeting_id"), ondelete="SET NULL"
        ),
    )
    _index("follow_up", "workspace_id", "pairing_id", "enrolment_id")


def _owned() -> tuple[sa.Column[Any], sa.Column[Any]]:
    return sa.Column("id", sa.Uuid(), nullable=False), sa.Column("workspace_id", sa.Uuid(), nullable=False)


def _keys(table: str, **parents: str) -> list[sa.Constraint]:
    """Return the primary key, and keys to the workspace and ``parents``, with which the row goes."""
    targets = {"workspace_id": "workspace", **parents}
    return [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")
            for column, parent in targets.items()
        ),
    ]


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table in ("follow_up", "heard", "attendee", "meeting"):
        op.drop_table(table)

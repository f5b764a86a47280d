"""Rounds that come by a schedule, and who is in them.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_AHEAD = sa.text("state IN ('planned', 'collecting')")
_ROUND = (
    ("day", sa.Date()),
    ("due_at", sa.DateTime(timezone=True)),
    ("left_out", sa.JSON()),
    ("held_by", sa.Uuid()),
    ("held_until", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.create_table(
        "schedule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("rhythm", sa.String(40), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("late_joiners", sa.Boolean(), nullable=False),
        sa.Column("heads_up_days", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(80), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_schedule_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_schedule_programme_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_schedule_set_by"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_schedule_programme_id")),
    )
    op.create_index("ix_schedule_workspace_id", "schedule", ["workspace_id"])
    for name, kind in _ROUND:
        op.add_column("round", sa.Column(name, kind, nullable=True))
    op.add_column("round", sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("uq_round_programme_id_day", "round", ["programme_id", "day"], unique=True)
    op.create_index("ix_round_ahead", "round", ["workspace_id", "due_at"], sqlite_where=_AHEAD, postgresql_where=_AHEAD)
    op.create_table(
        "attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(40), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_attendance_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_attendance_round_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_attendance_enrolment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("round_id", "enrolment_id", name=op.f("uq_attendance_round_id_enrolment_id")),
    )
    op.create_index("ix_attendance_workspace_id", "attendance", ["workspace_id"])
    op.create_index("ix_attendance_enrolment_id", "attendance", ["enrolment_id"])


def downgrade() -> None:
    # An older version knows neither what is planned nor what it would send about it.
    op.execute("DELETE FROM message WHERE kind IN ('heads_up', 'round_ready', 'round_too_few')")
    op.execute("DELETE FROM slot WHERE kind = 'heads_up'")
    op.drop_table("attendance")
    op.execute("DELETE FROM round WHERE state IN ('planned', 'collecting')")
    op.drop_index("ix_round_ahead", "round")
    op.drop_index("uq_round_programme_id_day", "round")
    with op.batch_alter_table("round") as batch_op:
        for name in ("late", *(name for name, _ in _ROUND)):
            batch_op.drop_column(name)
    op.drop_table("schedule")

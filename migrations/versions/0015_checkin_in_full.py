"""Promises know what they go on from, check-ins can ask for a hand, and how a week felt is kept for oneself.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_PARENTS = {"workspace_id": "workspace", "enrolment_id": "enrolment", "owner_id": "person", "checkin_id": "checkin"}
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("enrolment", sa.Column("asks_mood", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("checkin", sa.Column("hand_up", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("checkin", sa.Column("taken_back", sa.Integer(), nullable=False, server_default="0"))
    for name in ("step_id", "follows_id"):
        op.add_column("promise", sa.Column(name, sa.Uuid(), nullable=True))
    op.add_column("promise", sa.Column("since", _MOMENT, nullable=True))
    op.execute("UPDATE promise SET since = made_at")
    with op.batch_alter_table("promise") as batch:
        batch.alter_column("since", existing_type=_MOMENT, nullable=False)
        for name, parent in (("step_id", "step"), ("follows_id", "promise")):
            batch.create_foreign_key(op.f(f"fk_promise_{name}"), parent, [name], ["id"], ondelete="SET NULL")
    for name in ("step_id", "follows_id"):
        op.create_index(op.f(f"ix_promise_{name}"), "promise", [name])
    op.create_table(
        "mood",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("id", *_PARENTS)),
        sa.Column("felt_at", _MOMENT, nullable=False),
        sa.Column("level_sealed", sa.LargeBinary(), nullable=True),
        *(
            sa.ForeignKeyConstraint([name], [f"{parent}.id"], name=op.f(f"fk_mood_{name}"), ondelete="CASCADE")
            for name, parent in _PARENTS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mood")),
        sa.UniqueConstraint("checkin_id", name=op.f("uq_mood_checkin_id")),
    )
    op.create_index(op.f("ix_mood_enrolment_id"), "mood", ["enrolment_id"])
    op.create_index(op.f("ix_mood_workspace_id"), "mood", ["workspace_id"])


def downgrade() -> None:
    # An older version knows neither a week put aside nor a promise that goes on, is made smaller or let go.
    op.execute("DELETE FROM message WHERE kind = 'checkin_again'")
    op.execute("DELETE FROM slot WHERE kind = 'later'")
    op.execute("UPDATE checkin SET state = 'missed' WHERE state = 'not_this_week'")
    op.execute("UPDATE promise SET state = 'not_yet' WHERE state IN ('carried', 'smaller', 'dropped')")
    op.drop_table("mood")
    for name in ("follows_id", "step_id"):
        op.drop_index(op.f(f"ix_promise_{name}"), "promise")
    with op.batch_alter_table("promise") as batch:
        for name in ("follows_id", "step_id"):
            batch.drop_constraint(op.f(f"fk_promise_{name}"), type_="foreignkey")
        for name in ("since", "follows_id", "step_id"):
            batch.drop_column(name)
    op.drop_column("checkin", "taken_back")
    op.drop_column("checkin", "hand_up")
    op.drop_column("enrolment", "asks_mood")

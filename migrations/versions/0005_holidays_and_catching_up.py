"""Holiday regions, slots that are found by what is planned alone, and messages that carry others.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_PLANNED = sa.text("state IN ('planned')")


def upgrade() -> None:
    op.add_column("programme", sa.Column("holidays", sa.String(length=6), server_default="", nullable=False))
    op.add_column("enrolment", sa.Column("holidays", sa.String(length=6), nullable=True))
    op.drop_index("ix_slot_state_due_at", "slot")
    op.create_index(
        "ix_slot_planned", "slot", ["workspace_id", "due_at"], sqlite_where=_PLANNED, postgresql_where=_PLANNED
    )
    with op.batch_alter_table("message") as batch_op:
        batch_op.add_column(sa.Column("merged_into", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_message_merged_into"), "message", ["merged_into"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(batch_op.f("ix_message_merged_into"), ["merged_into"])


def downgrade() -> None:
    # An older version knows neither the carrier nor its parts: what has not gone yet goes one by one.
    op.execute(
        "UPDATE message SET state = 'pending' WHERE state = 'merged' AND merged_into IN"
        " (SELECT id FROM message WHERE kind = 'catch_up' AND state = 'pending' AND attempt = 0)"
    )
    op.execute("UPDATE message SET state = 'dropped' WHERE state = 'merged'")
    op.execute("UPDATE slot SET state = 'skipped' WHERE state = 'merged'")
    op.execute("DELETE FROM message WHERE kind = 'catch_up'")
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_merged_into"))
        batch_op.drop_constraint(batch_op.f("fk_message_merged_into"), type_="foreignkey")
        batch_op.drop_column("merged_into")
    op.drop_index("ix_slot_planned", "slot")
    op.create_index("ix_slot_state_due_at", "slot", ["state", "due_at"])
    op.drop_column("enrolment", "holidays")
    op.drop_column("programme", "holidays")

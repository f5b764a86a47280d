"""Each match has a state of its own, a round that went live is called introduced; what is being sent has an index.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("match", sa.Column("state", sa.String(40), nullable=False, server_default="proposed"))
    op.execute(
        "UPDATE match SET state = 'introduced' WHERE round_id IN (SELECT id FROM round WHERE state = 'approved')"
    )
    op.execute("UPDATE round SET state = 'introduced' WHERE state = 'approved'")
    sending = sa.text("state IN ('sending')")
    op.create_index(
        "ix_message_sending",
        "message",
        ["workspace_id", "lease_until"],
        sqlite_where=sending,
        postgresql_where=sending,
    )


def downgrade() -> None:
    op.drop_index("ix_message_sending", "message")
    op.execute("UPDATE round SET state = 'approved' WHERE state IN ('introduced', 'closed')")
    op.drop_column("match", "state")

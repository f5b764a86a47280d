"""What partners say to a check-in, and how somebody likes to be reminded.

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_POINTS_TO = {
    "workspace_id": "workspace",
    "checkin_id": "checkin",
    "pairing_id": "pairing",
    "enrolment_id": "enrolment",
    "owner_id": "person",
    "reader_id": "person",
}


def upgrade() -> None:
    op.create_table(
        "reply",
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in _POINTS_TO),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_reply_{name}"), ondelete="CASCADE")
            for name, table in _POINTS_TO.items()
        ),
    )
    op.create_index("ix_reply_workspace_id", "reply", ["workspace_id"])
    op.create_index("ix_reply_enrolment_id", "reply", ["enrolment_id"])
    op.create_index("ix_reply_checkin_id_owner_id", "reply", ["checkin_id", "owner_id"])
    op.add_column("enrolment", sa.Column("reminders", sa.String(40), nullable=True))


def downgrade() -> None:
    # An older version could not write these.
    op.execute("DELETE FROM message WHERE kind IN ('reply', 'help_offered')")
    op.drop_column("enrolment", "reminders")
    op.drop_table("reply")

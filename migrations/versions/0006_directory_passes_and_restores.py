"""How far the daily pass through Slack's list of people has come, and when the database was put back from a backup.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_MOMENTS = ("pass_begun_at", "pass_next_at", "restored_at", "restored_from")


def upgrade() -> None:
    for name in _MOMENTS:
        op.add_column("workspace", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("workspace", sa.Column("pass_cursor", sa.String(200), nullable=True))


def downgrade() -> None:
    for name in ("pass_cursor", *reversed(_MOMENTS)):
        op.drop_column("workspace", name)

"""A round remembers whom its owners want together, and whom apart.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round", sa.Column("decisions", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("round", "decisions")

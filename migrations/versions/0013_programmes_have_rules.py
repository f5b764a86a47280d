"""Each programme keeps the rules that differ from the defaults.

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("programme", sa.Column("own_rules", sa.JSON(), server_default="{}", nullable=False))


def downgrade() -> None:
    op.drop_column("programme", "own_rules")

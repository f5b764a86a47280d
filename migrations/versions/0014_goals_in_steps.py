"""Goals say what they are about and how they go; a step has its if-then plan.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_SAID: dict[str, sa.types.TypeEngine[Any]] = {
    "kind": sa.String(40),
    "aim": sa.String(40),
    "confidence": sa.String(40),
    "farewell_sealed": sa.LargeBinary(),
}


def upgrade() -> None:
    for name, kind in _SAID.items():
        op.add_column("goal", sa.Column(name, kind, nullable=True))
    op.add_column("step", sa.Column("plan_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("step", "plan_sealed")
    for name in reversed(_SAID):
        op.drop_column("goal", name)

"""Agreements of pairings with their signatures, and the rhythm a pairing has agreed on.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pairing", sa.Column("weekday", sa.Integer(), nullable=True))
    op.add_column("pairing", sa.Column("every_weeks", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("pairing_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(f"{name}_sealed", sa.LargeBinary(), nullable=True) for name in _TEXTS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_agreement_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["pairing_id"], ["pairing.id"], name=op.f("fk_agreement_pairing_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_agreement_owner_id"), ondelete="CASCADE"),
        sa.UniqueConstraint("pairing_id", "version", name=op.f("uq_agreement_pairing_id_version")),
    )
    op.create_index("ix_agreement_workspace_id", "agreement", ["workspace_id"])
    op.create_table(
        "signature",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_signature_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_signature_agreement_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_signature_owner_id"), ondelete="CASCADE"),
        sa.UniqueConstraint("agreement_id", "owner_id", name=op.f("uq_signature_agreement_id_owner_id")),
    )
    op.create_index("ix_signature_workspace_id", "signature", ["workspace_id"])


def downgrade() -> None:
    op.drop_table("signature")
    op.drop_table("agreement")
    op.drop_column("pairing", "every_weeks")
    op.drop_column("pairing", "weekday")


_TEXTS = ("hopes", "meetings", "not_this_week", "rules")

"""People may be asked before a match goes live, and how their partner fits.

Revision ID: 0010
Revises: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_KINDS = "('offer', 'offer_over', 'fit', 'parted', 'parted_from')"


def upgrade() -> None:
    op.add_column("programme", sa.Column("ask_first", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("match", sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "offer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("match_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        *_belongs_to("offer", "match", "enrolment", owner_id="person", workspace_id="workspace"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_offer_enrolment_id")),
    )
    op.create_index(op.f("ix_offer_match_id"), "offer", ["match_id"])
    op.create_index(op.f("ix_offer_workspace_id"), "offer", ["workspace_id"])
    op.create_table(
        "fit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("pairing_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_sealed", sa.LargeBinary(), nullable=True),
        *_belongs_to("fit", "pairing", "enrolment", owner_id="person", workspace_id="workspace"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fit")),
        sa.UniqueConstraint("pairing_id", "enrolment_id", name=op.f("uq_fit_pairing_id_enrolment_id")),
    )
    op.create_index(op.f("ix_fit_enrolment_id"), "fit", ["enrolment_id"])
    op.create_index(op.f("ix_fit_workspace_id"), "fit", ["workspace_id"])


def _belongs_to(table: str, *parents: str, **named: str) -> list[sa.ForeignKeyConstraint]:
    columns = {f"{parent}_id": parent for parent in parents} | named
    return [
        sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")
        for column, parent in columns.items()
    ]


def downgrade() -> None:
    # An older version knows neither these questions nor a match that waits for answers: nobody is asked any more.
    op.execute(f"DELETE FROM message WHERE kind IN {_KINDS}")  # noqa: S608  words of our own
    op.execute("DELETE FROM slot WHERE kind IN ('offer', 'fit')")
    op.execute("UPDATE pairing SET end_reason = 'left' WHERE end_reason = 'no_fit'")
    op.execute("UPDATE match SET state = 'declined' WHERE state = 'offered'")
    op.drop_table("fit")
    op.drop_table("offer")
    op.drop_column("match", "offered_at")
    op.drop_column("programme", "ask_first")

"""Half-time and close: self-checks, how people look back, thank-yous, and pairings that are renewed.

Revision ID: 0019
Revises: 0018
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pairing", sa.Column("term", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("pairing", sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "self_check",
        *_whose("self_check"),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(40), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("levels_sealed", sa.LargeBinary(), nullable=True),
        sa.UniqueConstraint(
            *("pairing_id", "enrolment_id", "term", "moment"),
            name=op.f("uq_self_check_pairing_id_enrolment_id_term_moment"),
        ),
    )
    op.create_table(
        "closing",
        *_whose("closing"),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("visibility", sa.String(40), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("learned_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("wish_sealed", sa.LargeBinary(), nullable=True),
        sa.UniqueConstraint(
            *("pairing_id", "enrolment_id", "term"), name=op.f("uq_closing_pairing_id_enrolment_id_term")
        ),
    )
    for table in ("self_check", "closing"):
        op.create_index(f"ix_{table}_workspace_id", table, ["workspace_id"])
        op.create_index(f"ix_{table}_enrolment_id", table, ["enrolment_id"])
    _thanks()


def _thanks() -> None:
    op.create_table(
        "thanks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("pairing_id", sa.Uuid(), nullable=True),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        _to("thanks", "workspace"),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_thanks_pairing_id"), ondelete="SET NULL"),
        _to("thanks", "person", "owner_id"),
        _to("thanks", "person", "reader_id"),
        sa.UniqueConstraint(
            *("pairing_id", "term", "owner_id", "reader_id"), name=op.f("uq_thanks_pairing_id_term_owner_id_reader_id")
        ),
    )
    for column in ("workspace_id", "owner_id", "reader_id"):
        op.create_index(f"ix_thanks_{column}", "thanks", [column])


def downgrade() -> None:
    for table in ("thanks", "closing", "self_check"):
        op.drop_table(table)
    op.drop_column("pairing", "renewed_at")
    op.drop_column("pairing", "term")


def _whose(table: str) -> tuple[sa.Column[Any] | sa.Constraint, ...]:
    """Return the columns that say whose a row is and in which pairing, and what keeps them true."""
    columns = ("id", "workspace_id", "pairing_id", "enrolment_id", "owner_id")
    return (
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in columns),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(_to(table, other) for other in ("workspace", "pairing", "enrolment")),
        _to(table, "person", "owner_id"),
    )


def _to(table: str, other: str, column: str = "") -> sa.ForeignKeyConstraint:
    name = column or f"{other}_id"
    return sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}"), ondelete="CASCADE")

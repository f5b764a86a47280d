"""How long nothing was heard of somebody in a pairing, and breaks that follow a Slack status.

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in _SWITCHES:
        op.add_column("enrolment", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("enrolment", sa.Column("status_back_on", sa.Date(), nullable=True))
    op.create_table(
        "silence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("pairing_id", sa.Uuid(), nullable=False),
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("stepped_on", sa.Date(), nullable=True),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silence")),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_silence_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairing.id"], name=op.f("fk_silence_pairing_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_silence_enrolment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_silence_owner_id"), ondelete="CASCADE"),
        sa.UniqueConstraint("pairing_id", "enrolment_id", name=op.f("uq_silence_pairing_id_enrolment_id")),
    )
    op.create_index("ix_silence_workspace_id", "silence", ["workspace_id"])
    op.create_index("ix_silence_enrolment_id", "silence", ["enrolment_id"])


def downgrade() -> None:
    # An older version knows neither these messages nor what they are about.
    op.execute(f"DELETE FROM message WHERE kind IN {_KINDS}")  # noqa: S608  words of our own
    op.execute("DELETE FROM slot WHERE kind IN ('silence', 'unsigned')")
    op.execute("UPDATE pairing SET end_reason = 'left' WHERE end_reason = 'quiet'")
    op.drop_table("silence")
    for name in ("status_back_on", *_SWITCHES):
        op.drop_column("enrolment", name)


_KINDS = (
    "('silence_nudge', 'silence_ask', 'silence_offer', 'silence_notice', 'silence_over', 'partner_rests', "
    "'agreement_nudge')"
)
_SWITCHES = ("resting", "follows_status")

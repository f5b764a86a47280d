"""Somebody's newest notes are found without going through the others.

Revision ID: 0020
Revises: 0019
"""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_note_enrolment_id_written_at", "note", ["enrolment_id", "written_at"])
    op.drop_index("ix_note_enrolment_id", "note")


def downgrade() -> None:
    op.create_index("ix_note_enrolment_id", "note", ["enrolment_id"])
    op.drop_index("ix_note_enrolment_id_written_at", "note")

"""The rate budget, indexes that hold only what is open, and on PostgreSQL the queue of procrastinate.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_WAITING = "state IN ('pending', 'ambiguous')"
_OPEN = "state IN ('pending', 'ambiguous', 'sending')"
_PARKED = "state IN ('held', 'failed')"


def upgrade() -> None:
    op.create_table(
        "budget",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_budget_workspace_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget")),
        sa.UniqueConstraint("workspace_id", "method", name=op.f("uq_budget_workspace_id_method")),
    )
    op.create_index(op.f("ix_budget_workspace_id"), "budget", ["workspace_id"])
    op.drop_index("ix_message_state_not_before", "message")
    _index("ix_message_waiting", ["workspace_id", "not_before"], _WAITING)
    _index("ix_message_open", ["target_id"], _OPEN)
    _index("ix_message_parked", ["workspace_id"], _PARKED)
    op.create_index("ix_message_target_id_sent_at", "message", ["target_id", "sent_at"])
    op.create_index("ix_message_workspace_id_sent_at", "message", ["workspace_id", "sent_at"])
    if op.get_bind().dialect.name == "postgresql":
        from procrastinate.schema import SchemaManager

        # As a string of its own: the schema holds percent signs and colons that are no parameters.
        op.get_bind().exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))


def _index(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "message", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _drop_queue()
    for name in ("workspace_id_sent_at", "target_id_sent_at", "parked", "open", "waiting"):
        op.drop_index(f"ix_message_{name}", "message")
    op.create_index("ix_message_state_not_before", "message", ["state", "not_before"])
    op.drop_index(op.f("ix_budget_workspace_id"), "budget")
    op.drop_table("budget")


def _drop_queue() -> None:
    for table in ("events", "periodic_defers", "jobs", "workers"):
        op.execute(f"DROP TABLE IF EXISTS procrastinate_{table} CASCADE")
    named = "FROM pg_proc WHERE proname LIKE 'procrastinate\\_%'"
    op.execute(f"""
        DO $$ DECLARE routine text; BEGIN
            FOR routine IN SELECT oid::regprocedure::text {named} LOOP
                EXECUTE 'DROP FUNCTION ' || routine || ' CASCADE';
            END LOOP;
        END $$
    """)
    for kind in ("job_to_defer_v1", "job_status", "job_event_type"):
        op.execute(f"DROP TYPE IF EXISTS procrastinate_{kind} CASCADE")

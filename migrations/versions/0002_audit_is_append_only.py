"""The audit trail can only grow: the database itself refuses to change or delete a line.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SQLITE = """
CREATE TRIGGER audit_refuses_{verb} BEFORE {verb} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
"""
_FUNCTION = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$
"""
_POSTGRES = """
CREATE TRIGGER audit_refuses_{verb} BEFORE {verb} ON audit
FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()
"""
_VERBS = ("update", "delete")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in _VERBS:
            op.execute(_SQLITE.format(verb=verb))
        return
    op.execute(_FUNCTION)
    for verb in _VERBS:
        op.execute(_POSTGRES.format(verb=verb))


def downgrade() -> None:
    for verb in _VERBS:
        on_table = "" if op.get_bind().dialect.name == "sqlite" else " ON audit"
        op.execute(f"DROP TRIGGER audit_refuses_{verb}{on_table}")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_is_append_only()")

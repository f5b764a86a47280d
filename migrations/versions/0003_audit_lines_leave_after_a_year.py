"""A line of the audit trail may go once the trail has gone on for a year after it; the database judges by the trail.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NEWEST = "(SELECT max(at) FROM audit WHERE workspace_id = OLD.workspace_id)"
_SQLITE = """
CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit {when}
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
"""
_POSTGRES = """
CREATE TRIGGER audit_refuses_delete BEFORE DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION {function}()
"""
_FUNCTION = f"""
CREATE FUNCTION audit_keeps_a_year() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF {_NEWEST} - OLD.at < interval '365 days' THEN
        RAISE EXCEPTION 'the audit trail is append-only';
    END IF;
    RETURN OLD;
END $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_refuses_delete")
        op.execute(_SQLITE.format(when=f"WHEN julianday({_NEWEST}) - julianday(OLD.at) < 365"))
        return
    op.execute("DROP TRIGGER audit_refuses_delete ON audit")
    op.execute(_FUNCTION)
    op.execute(_POSTGRES.format(function="audit_keeps_a_year"))


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_refuses_delete")
        op.execute(_SQLITE.format(when=""))
        return
    op.execute("DROP TRIGGER audit_refuses_delete ON audit")
    op.execute("DROP FUNCTION audit_keeps_a_year()")
    op.execute(_POSTGRES.format(function="audit_is_append_only"))

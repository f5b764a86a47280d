"""One list of skills for the whole company, which profiles point to; how people like to work, and with whom.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

from typing import Any
from uuid import uuid5

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_SAID: dict[str, sa.types.TypeEngine[Any]] = {
    "style": sa.JSON(),
    "site": sa.String(60),
    "department": sa.String(60),
    "manager": sa.String(40),
    "level": sa.Integer(),
    "avoided_sealed": sa.LargeBinary(),
    "competing_sealed": sa.LargeBinary(),
    "wished_sealed": sa.LargeBinary(),
}
_SKILL = sa.table(
    "skill",
    sa.column("id", sa.Uuid()),
    sa.column("workspace_id", sa.Uuid()),
    sa.column("key", sa.String()),
    sa.column("name", sa.String()),
)
_NAMED = sa.table(
    "profile_skill",
    sa.column("id", sa.Uuid()),
    sa.column("workspace_id", sa.Uuid()),
    sa.column("skill_id", sa.Uuid()),
    sa.column("skill", sa.String()),
    sa.column("skill_key", sa.String()),
)


def upgrade() -> None:
    op.create_table(
        "skill",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("merged_into_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_skill_workspace_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["skill.id"], name=op.f("fk_skill_merged_into_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_skill_workspace_id_key")),
    )
    op.create_index(op.f("ix_skill_workspace_id"), "skill", ["workspace_id"])
    op.create_index(op.f("ix_skill_merged_into_id"), "skill", ["merged_into_id"])
    op.add_column("profile_skill", sa.Column("skill_id", sa.Uuid(), nullable=True))
    _fill_the_list()
    with op.batch_alter_table("profile_skill") as batch:
        batch.alter_column("skill_id", existing_type=sa.Uuid(), nullable=False)
        batch.drop_constraint(op.f("uq_profile_skill_enrolment_id_side_skill_key"), type_="unique")
        batch.drop_column("skill")
        batch.drop_column("skill_key")
        batch.create_unique_constraint(
            op.f("uq_profile_skill_enrolment_id_side_skill_id"), ["enrolment_id", "side", "skill_id"]
        )
        batch.create_foreign_key(op.f("fk_profile_skill_skill_id"), "skill", ["skill_id"], ["id"])
    op.create_index(op.f("ix_profile_skill_skill_id"), "profile_skill", ["skill_id"])

    for name, kind in _SAID.items():
        op.add_column("enrolment", sa.Column(name, kind, nullable=True))
    op.add_column("enrolment", sa.Column("capacity", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("enrolment", sa.Column("volunteer_third", sa.Boolean(), nullable=False, server_default=sa.false()))


def _fill_the_list() -> None:
    """Put every skill on the list once, as it was first spelled, and let the profiles point to it."""
    connection = op.get_bind()
    named = sa.select(_NAMED.c.workspace_id, _NAMED.c.skill_key, _NAMED.c.skill).order_by(_NAMED.c.id)
    spelled: dict[tuple[object, str], dict[str, object]] = {}
    for workspace, key, name in connection.execute(named).all():
        made = {"id": uuid5(workspace, key), "workspace_id": workspace, "key": key, "name": name}
        spelled.setdefault((workspace, key), made)
    if spelled:
        connection.execute(sa.insert(_SKILL), list(spelled.values()))
    same = sa.and_(_SKILL.c.workspace_id == _NAMED.c.workspace_id, _SKILL.c.key == _NAMED.c.skill_key)
    connection.execute(sa.update(_NAMED).values(skill_id=sa.select(_SKILL.c.id).where(same).scalar_subquery()))


def downgrade() -> None:
    for column in ("volunteer_third", "capacity", *reversed(_SAID)):
        op.drop_column("enrolment", column)
    op.drop_index(op.f("ix_profile_skill_skill_id"), "profile_skill")
    op.add_column("profile_skill", sa.Column("skill", sa.String(100), nullable=True))
    op.add_column("profile_skill", sa.Column("skill_key", sa.String(200), nullable=True))
    mine = _SKILL.c.id == _NAMED.c.skill_id
    name, key = (sa.select(one).where(mine).scalar_subquery() for one in (_SKILL.c.name, _SKILL.c.key))
    op.execute(sa.update(_NAMED).values(skill=name, skill_key=key))
    with op.batch_alter_table("profile_skill") as batch:
        batch.drop_constraint(op.f("fk_profile_skill_skill_id"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_profile_skill_enrolment_id_side_skill_id"), type_="unique")
        batch.drop_column("skill_id")
        batch.alter_column("skill", existing_type=sa.String(100), nullable=False)
        batch.alter_column("skill_key", existing_type=sa.String(200), nullable=False)
        batch.create_unique_constraint(
            op.f("uq_profile_skill_enrolment_id_side_skill_key"), ["enrolment_id", "side", "skill_key"]
        )
    op.drop_table("skill")

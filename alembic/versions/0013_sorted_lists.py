"""All groups' members by name, their number by group, and all loans by age: by an index.

Revision ID: 0013
Revises: 0012
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_member_name", "member", ["name_key", "id"])
    op.create_index(
        "ix_member_active",
        "member",
        ["group_id"],
        postgresql_where=sa.text("is_active IS true"),
        sqlite_where=sa.text("is_active IS 1"),
    )
    op.create_index("ix_loan_applied", "loan", ["applied_at", "id"])


def downgrade() -> None:
    raise RuntimeError("Books are never taken back: restore a backup instead.")

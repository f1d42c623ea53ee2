"""Attempts of the outbox that have begun, and its dead letters.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("begun_at", sa.DateTime(True), nullable=True))
    op.add_column("outbox", sa.Column("dead_at", sa.DateTime(True), nullable=True))
    op.add_column("outbox", sa.Column("dead_code", sa.String(length=40), nullable=True))
    op.create_index(
        "ix_outbox_dead",
        "outbox",
        ["dead_at", "id"],
        postgresql_where=sa.text("dead_at IS NOT NULL"),
        sqlite_where=sa.text("dead_at IS NOT NULL"),
    )


def downgrade() -> None:
    raise RuntimeError("Books are never taken back: restore a backup instead.")

"""Meetings: two may be open at once, and what the phone claimed is kept beside the books.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("uq_meeting_group_open", table_name="meeting")
    op.create_index("ix_meeting_group_status", "meeting", ["group_id", "status"], unique=False)
    op.add_column(
        "meeting", sa.Column("banked", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.add_column("meeting", sa.Column("claimed_expected", sa.BigInteger(), nullable=True))
    op.add_column("meeting", sa.Column("minutes_form", sa.JSON(), nullable=True))


def downgrade() -> None:
    raise RuntimeError("Books are never taken back: restore a backup instead.")

"""Lists of all groups' meetings and of all devices, the newest first, by an index.

Revision ID: 0012
Revises: 0011
"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_meeting_date", "meeting", ["meeting_date", "id"])
    op.create_index("ix_device_last_seen", "device", ["last_seen_at", "id"])


def downgrade() -> None:
    raise RuntimeError("Books are never taken back: restore a backup instead.")

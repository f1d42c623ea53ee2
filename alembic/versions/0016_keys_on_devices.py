"""Keys of signers know the phone they are on, and whether they ended with it.

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("signing_key", sa.Column("device_id", sa.Uuid(), nullable=True))
    op.add_column("signing_key", sa.Column("shut_out_at", sa.DateTime(True), nullable=True))
    op.create_index("ix_signing_key_device_id", "signing_key", ["device_id"])


def downgrade() -> None:
    raise RuntimeError("Books are never taken back: restore a backup instead.")

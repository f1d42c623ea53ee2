"""How an identity was checked.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Null for checks made before: nobody asked how.
    op.add_column("identity_check", sa.Column("method", sa.String(length=20), nullable=True))


def downgrade() -> None:
    raise RuntimeError("Books are never taken back: restore a backup instead.")

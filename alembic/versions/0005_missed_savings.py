"""Fines for calendar months without the minimum saving, each month once.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("fine_charge", sa.Column("month", sa.Date(), nullable=True))
    op.create_index(
        "uq_fine_charge_member_month", "fine_charge", ["member_id", "month"], unique=True
    )
    op.create_table(
        "saving_check",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("minimum", sa.BigInteger(), nullable=False),
        sa.Column("fine", sa.BigInteger(), nullable=False),
        sa.Column("charged", sa.Integer(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["banking_group.id"], name=op.f("fk_saving_check_group_id")
        ),
        sa.PrimaryKeyConstraint("group_id", "month", name=op.f("pk_saving_check")),
    )


def downgrade() -> None:
    raise RuntimeError("Books are never taken back: restore a backup instead.")

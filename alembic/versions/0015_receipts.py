"""A receipt is found by its number: indexes of the entries and of what they belong to.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

PAYOUTS = sa.text("kind = 'disburseLoan'")


def upgrade() -> None:
    op.create_index("ix_journal_entry_reference", "journal_entry", ["reference"])
    op.create_index("ix_contribution_entry", "contribution", ["entry_id"])
    op.create_index("ix_repayment_entry", "repayment", ["entry_id"])
    op.create_index(
        "ix_sync_operation_payout",
        "sync_operation",
        ["receipt_number"],
        postgresql_where=PAYOUTS,
        sqlite_where=PAYOUTS,
    )


def downgrade() -> None:
    raise RuntimeError("Books are never taken back: restore a backup instead.")

"""Totals of each account by day and by month, and an index of the lines of the cash ledger.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FILL = """
INSERT INTO ledger_total (
  group_id, account, span, starts_on, lines, debits, credits, banked_in, banked_out,
  first_sequence, last_sequence
)
SELECT p.group_id, p.account, '{span}', {start}, count(*),
  sum(CASE WHEN p.amount > 0 THEN p.amount ELSE 0 END),
  sum(CASE WHEN p.amount < 0 THEN -p.amount ELSE 0 END),
  sum(CASE WHEN p.amount > 0 AND p.subcategory = 'banking' THEN p.amount ELSE 0 END),
  sum(CASE WHEN p.amount < 0 AND p.subcategory = 'banking' THEN -p.amount ELSE 0 END),
  min(p.sequence), max(p.sequence)
FROM posting p
JOIN journal_entry e ON e.group_id = p.group_id AND e.sequence = p.sequence
GROUP BY p.group_id, p.account, {start}
"""


def upgrade() -> None:
    op.create_table(
        "ledger_total",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=20), nullable=False),
        sa.Column("span", sa.String(length=1), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("lines", sa.BigInteger(), nullable=False),
        sa.Column("debits", sa.BigInteger(), nullable=False),
        sa.Column("credits", sa.BigInteger(), nullable=False),
        sa.Column("banked_in", sa.BigInteger(), nullable=False),
        sa.Column("banked_out", sa.BigInteger(), nullable=False),
        sa.Column("first_sequence", sa.BigInteger(), nullable=False),
        sa.Column("last_sequence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["banking_group.id"], name=op.f("fk_ledger_total_group_id")
        ),
        sa.PrimaryKeyConstraint(
            "group_id", "account", "span", "starts_on", name=op.f("pk_ledger_total")
        ),
        postgresql_with={"fillfactor": "50"},
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    month = (
        "CAST(date_trunc('month', e.booking_date) AS DATE)"
        if postgresql
        else "date(e.booking_date, 'start of month')"
    )
    op.execute(FILL.format(span="D", start="e.booking_date"))
    op.execute(FILL.format(span="M", start=month))
    op.create_index(
        "ix_posting_money",
        "posting",
        ["group_id", "account", "sequence", "line"],
        unique=False,
        postgresql_where=sa.text("subcategory IS NOT NULL"),
        sqlite_where=sa.text("subcategory IS NOT NULL"),
    )


def downgrade() -> None:
    raise RuntimeError("Books are never taken back: restore a backup instead.")

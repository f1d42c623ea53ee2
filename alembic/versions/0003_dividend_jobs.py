"""Dividends of many groups at once: jobs, and each group's outcome.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dividend_job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("county", sa.String(length=100), nullable=True),
        sa.Column("scope_key", sa.String(length=100), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dividend_job")),
    )
    op.create_index(
        "uq_dividend_job_unfinished",
        "dividend_job",
        ["scope_key"],
        unique=True,
        postgresql_where=sa.text("status <> 'DONE'"),
        sqlite_where=sa.text("status <> 'DONE'"),
    )
    op.create_table(
        "dividend_job_group",
        sa.Column("job_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=True),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["banking_group.id"], name=op.f("fk_dividend_job_group_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["job_id"], ["dividend_job.id"], name=op.f("fk_dividend_job_group_job_id")
        ),
        sa.PrimaryKeyConstraint("job_id", "group_id", name=op.f("pk_dividend_job_group")),
    )
    op.create_index(
        "ix_dividend_job_group_status",
        "dividend_job_group",
        ["job_id", "status", "group_id"],
        unique=False,
    )


def downgrade() -> None:
    raise RuntimeError("Books are never taken back: restore a backup instead.")

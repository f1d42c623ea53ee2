"""What is needed to measure: when members left, whose refusals, and work that phones still hold.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("member", sa.Column("left_on", sa.Date(), nullable=True))
    # The day of the last change of isActive, which the audit log has by the name of the field.
    op.execute(
        sa.text(
            "UPDATE member SET left_on = (SELECT date(max(audit_log.at)) FROM audit_log "
            "WHERE audit_log.entity_id = member.id AND audit_log.group_id = member.group_id "
            "AND audit_log.action = 'member.changed' "
            "AND audit_log.detail LIKE '%\"is_active\"%') WHERE NOT is_active"
        )
    )
    op.add_column("sync_refusal", sa.Column("group_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_sync_refusal_group_id"), "sync_refusal", ["group_id"], unique=False)
    op.create_table(
        "unsent_work",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("oldest_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_unsent_work_device_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_unsent_work_user_id")),
        sa.PrimaryKeyConstraint("user_id", "device_id", name=op.f("pk_unsent_work")),
    )


def downgrade() -> None:
    raise RuntimeError("Books are never taken back: restore a backup instead.")

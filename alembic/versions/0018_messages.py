"""Messages to members: the messages, and in which language, and whether, members want them.

Revision ID: 0018
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "member",
        sa.Column("language", sa.String(length=2), server_default="sw", nullable=False),
    )
    op.add_column("member", sa.Column("messages_off_at", sa.DateTime(True), nullable=True))
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("template", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("channel", sa.String(length=10), nullable=True),
        sa.Column("provider_id", sa.String(length=200), nullable=True),
        sa.Column("failed_channels", sa.String(length=40), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_message_member_id")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["banking_group.id"], name=op.f("fk_message_group_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "recipient_id", "template", "cause", name=op.f("uq_message_recipient_id_template_cause")
        ),
    )
    for name, columns in (
        ("ix_message_state", ["state", "id"]),
        ("ix_message_sent", ["sent_at"]),
        (op.f("ix_message_member_id"), ["member_id"]),
        (op.f("ix_message_provider_id"), ["provider_id"]),
    ):
        op.create_index(name, "message", columns)


def downgrade() -> None:
    raise RuntimeError("Books are never taken back: restore a backup instead.")

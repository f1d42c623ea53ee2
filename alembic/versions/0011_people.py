"""Officials of a group, one-time codes, where a sign-in began, and edits of groups that merge.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "banking_group",
        sa.Column("field_versions", sa.JSON(), server_default="{}", nullable=False),
    )
    op.add_column("app_user", sa.Column("last_sign_in_at", sa.DateTime(True), nullable=True))
    op.add_column("refresh_token", sa.Column("address", sa.String(length=64), nullable=True))
    op.execute(
        sa.text(
            "UPDATE app_user SET last_sign_in_at = (SELECT max(refresh_token.created_at) "
            "FROM refresh_token WHERE refresh_token.user_id = app_user.id)"
        )
    )
    op.create_table(
        "one_time_code",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["app_user.id"], name=op.f("fk_one_time_code_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_one_time_code")),
    )
    _create_officials()


def _create_officials() -> None:
    op.create_table(
        "group_official",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("office", sa.String(length=20), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("appointed_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["banking_group.id"], name=op.f("fk_group_official_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_group_official_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_official")),
    )
    op.create_index(op.f("ix_group_official_group_id"), "group_official", ["group_id"])
    for name, columns, where in (
        ("uq_group_official_member", ["member_id"], "ended_at IS NULL"),
        (
            "uq_group_official_office",
            ["group_id", "office"],
            "ended_at IS NULL AND office <> 'COMMITTEE'",
        ),
    ):
        op.create_index(
            name,
            "group_official",
            columns,
            unique=True,
            postgresql_where=sa.text(where),
            sqlite_where=sa.text(where),
        )


def downgrade() -> None:
    raise RuntimeError("Books are never taken back: restore a backup instead.")

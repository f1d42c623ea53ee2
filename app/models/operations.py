"""What came in and what must go out: sync operations, audit log, outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, new_id


class SyncOperation(SQLModel, table=True):
    """An operation that was APPLIED or is HELD, under its idempotency key (offlineSyncId)."""

    __tablename__ = "sync_operation"
    __table_args__ = (
        # Of a loan that was paid out nothing else keeps the operation's id.
        Index(
            "ix_sync_operation_payout",
            "receipt_number",
            postgresql_where=text("kind = 'disburseLoan'"),
            sqlite_where=text("kind = 'disburseLoan'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    user_id: UUID
    group_id: UUID | None = Field(default=None, index=True)
    kind: str = Field(max_length=30)
    payload_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    outcome: str = Field(max_length=10)
    entity_id: UUID | None = None
    receipt_number: str | None = Field(default=None, max_length=20)
    held_reason: str | None = Field(default=None, max_length=40)
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class SyncRefusal(SQLModel, table=True):
    """An operation that was REJECTED or in CONFLICT when it was sent: for the rate of success.

    Nothing is kept under its id: it may be sent again, edited or not.
    """

    __tablename__ = "sync_refusal"

    operation_id: UUID = Field(primary_key=True)
    user_id: UUID
    kind: str = Field(max_length=30)
    code: str = Field(max_length=40)
    group_id: UUID | None = Field(default=None, index=True)
    """The group that it was about, where the server could tell."""
    refused_at: datetime = Field(sa_type=UtcDateTime, index=True)


class AuditLog(SQLModel, table=True):
    """Who did what to which record, when. Append-only; personal values are sealed."""

    __tablename__ = "audit_log"
    __table_args__ = (Index("ix_audit_log_group_at", "group_id", "at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID | None = None
    at: datetime = Field(sa_type=UtcDateTime)
    actor_id: UUID | None = None
    action: str = Field(max_length=40)
    entity_id: UUID | None = None
    detail: str = ""
    """Short JSON of ids, codes and amounts."""
    sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """JSON of personal values before and after, under the member's key."""


class OutboxMessage(SQLModel, table=True):
    """An effect that must happen after the commit; the queue is only the bell."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "available_at",
            postgresql_where=text("done_at IS NULL"),
            sqlite_where=text("done_at IS NULL"),
        ),
        Index(
            "ix_outbox_dead",
            "dead_at",
            "id",
            postgresql_where=text("dead_at IS NOT NULL"),
            sqlite_where=text("dead_at IS NOT NULL"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    topic: str = Field(max_length=40)
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    member_id: UUID | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    available_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    last_error: str | None = None
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    begun_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When an attempt outside began whose end is not recorded yet."""
    dead_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when it is a dead letter, which a person decides about; done_at is set as well."""
    dead_code: str | None = Field(default=None, max_length=40)

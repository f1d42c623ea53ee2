"""Messages to people outside: receipts, decisions, reminders, codes."""

from __future__ import annotations

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import Cents, UtcDateTime, new_id


class MessageTemplate(enum.StrEnum):
    """What a message says; its words are in services/message_texts.py."""

    RECEIPT = "RECEIPT"
    LOAN_APPROVED = "LOAN_APPROVED"
    LOAN_REJECTED = "LOAN_REJECTED"
    LOAN_PAID_OUT = "LOAN_PAID_OUT"
    LOAN_DUE_SOON = "LOAN_DUE_SOON"
    LOAN_DUE_TODAY = "LOAN_DUE_TODAY"
    LOAN_OVERDUE = "LOAN_OVERDUE"
    MEETING = "MEETING"
    DIVIDEND = "DIVIDEND"
    CODE = "CODE"


class MessageState(enum.StrEnum):
    """Where a message is."""

    WAITING = "WAITING"
    SENDING = "SENDING"
    SENT = "SENT"
    DELIVERED = "DELIVERED"
    READ = "READ"
    UNCERTAIN = "UNCERTAIN"
    """It may have been sent: a dead letter."""
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    SHOWN = "SHOWN"
    """Nobody sends here: it is shown in the office instead."""


class MessageChannel(enum.StrEnum):
    SMS = "SMS"
    WHATSAPP = "WHATSAPP"


class Message(SQLModel, table=True):
    """One message to one person, once for each cause. Its id is that of its row in the outbox."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("recipient_id", "template", "cause"),
        Index("ix_message_state", "state", "id"),
        Index("ix_message_sent", "sent_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    recipient_id: UUID
    """A member, or a user who is given a code."""
    member_id: UUID | None = Field(default=None, foreign_key="member.id", index=True)
    group_id: UUID | None = Field(default=None, foreign_key="banking_group.id")
    template: str = Field(max_length=20)
    cause: str = Field(max_length=100)
    """What it is about, by ids."""
    language: str = Field(max_length=2)
    sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """What its words are filled with, under the recipient's key; a code's is gone once sent."""
    state: str = Field(default=MessageState.WAITING.value, max_length=10)
    reason: str | None = Field(default=None, max_length=40)
    """Why it waits or was not sent."""
    channel: str | None = Field(default=None, max_length=10)
    provider_id: str | None = Field(default=None, max_length=200, index=True)
    failed_channels: str = Field(default="", max_length=40)
    """Those that took it and could not deliver it, parted by commas."""
    cost: int = Field(default=0, sa_type=Cents)
    """What the provider said, or what was reckoned with while it has not."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

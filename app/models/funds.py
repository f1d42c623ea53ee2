"""Money out of savings and funds, and what else moves: withdrawals, welfare, expenses, banking."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index
from sqlmodel import Field, SQLModel

from app.models.base import Cents, UtcDateTime, new_id


class MovementKind(enum.StrEnum):
    WITHDRAWAL = "WITHDRAWAL"
    WELFARE_PAYOUT = "WELFARE_PAYOUT"
    PROJECT_SPENDING = "PROJECT_SPENDING"
    EXPENSE = "EXPENSE"
    OTHER_INCOME = "OTHER_INCOME"
    TO_BANK = "TO_BANK"
    FROM_BANK = "FROM_BANK"
    EXTERNAL_LOAN_RECEIVED = "EXTERNAL_LOAN_RECEIVED"
    EXTERNAL_LOAN_REPAID = "EXTERNAL_LOAN_REPAID"
    OPENING = "OPENING"
    DIVIDEND_PAYOUT = "DIVIDEND_PAYOUT"
    REVERSAL = "REVERSAL"
    PLACEMENT = "PLACEMENT"
    """Held money that was placed to a fund, to income or to an expense."""


class Movement(SQLModel, table=True):
    """Money that moved for another reason than a contribution or a loan.

    The journal holds the amounts; here stand the words that must not be in it.
    """

    __tablename__ = "movement"
    __table_args__ = (
        Index("ix_movement_member", "member_id", "movement_date"),
        Index("ix_movement_group_change", "group_id", "change_sequence"),
        Index("ix_movement_entry", "entry_id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    entry_id: UUID
    kind: str = Field(max_length=30)
    amount: int = Field(sa_type=Cents)
    account: str = Field(max_length=20)
    """The money account: CASH, BANK or MPESA."""
    member_id: UUID | None = Field(default=None, foreign_key="member.id")
    movement_date: date
    description: str = Field(default="", max_length=500)
    transaction_id: str | None = Field(default=None, max_length=50)
    receipt_number: str = Field(max_length=20)
    recorded_by: UUID
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    offline_sync_id: UUID | None = None
    reversed_by: UUID | None = None
    change_sequence: int = Field(default=0, sa_type=BigInteger)


class WelfareStatus(enum.StrEnum):
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    PAID = "PAID"


class WelfareRequest(SQLModel, table=True):
    """A payout from the welfare fund: asked for, approved like a loan of its size, paid."""

    __tablename__ = "welfare_request"
    __table_args__ = (
        Index("ix_welfare_request_group_change", "group_id", "change_sequence"),
        Index("ix_welfare_request_member", "member_id", "requested_on"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    member_id: UUID = Field(foreign_key="member.id")
    amount: int = Field(sa_type=Cents)
    reason: str = Field(max_length=500)
    status: str = Field(default=WelfareStatus.PENDING.value, max_length=20)
    approvals_needed: list[Any] = Field(default_factory=list, sa_type=JSON)
    requested_on: date
    requested_by: UUID
    requested_at: datetime = Field(sa_type=UtcDateTime)
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rejected_by: UUID | None = None
    rejected_reason: str | None = Field(default=None, max_length=500)
    paid_on: date | None = None
    movement_id: UUID | None = None
    offline_sync_id: UUID | None = None
    change_sequence: int = Field(default=0, sa_type=BigInteger)

"""Dividend runs of a year, and each member's share."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, text
from sqlmodel import Field, SQLModel

from app.models.base import Cents, UtcDateTime, new_id


class DividendStatus(enum.StrEnum):
    DRAFT = "DRAFT"
    APPROVED = "APPROVED"
    POSTED = "POSTED"
    PAID = "PAID"
    REVERSED = "REVERSED"


_LIVE = text("status <> 'REVERSED'")


class DividendRun(SQLModel, table=True):
    """The distribution of one fiscal year; at most one that is not reversed."""

    __tablename__ = "dividend_run"
    __table_args__ = (
        Index(
            "uq_dividend_run_year",
            "group_id",
            "fiscal_year",
            unique=True,
            postgresql_where=_LIVE,
            sqlite_where=_LIVE,
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    fiscal_year: int
    status: str = Field(default=DividendStatus.DRAFT.value, max_length=20)
    total_profit: int = Field(sa_type=Cents)
    appreciation_fees: int = Field(sa_type=Cents)
    profit_share: int
    """Hundredths of a percent."""
    distributable: int = Field(sa_type=Cents)
    total_savings: int = Field(sa_type=Cents)
    inputs: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Cents by account that make up the profit."""
    savings_on: date
    """The day whose savings count: the year's end, or today for a draft of the running year."""
    calculated_at: datetime = Field(sa_type=UtcDateTime)
    calculated_by: UUID
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    approved_by: UUID | None = None
    posted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    posted_by: UUID | None = None
    entry_id: UUID | None = None
    reversed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reversed_by: UUID | None = None
    reversal_reason: str | None = Field(default=None, max_length=500)
    change_sequence: int = Field(default=0, sa_type=BigInteger)


class DividendAllocation(SQLModel, table=True):
    """A member's share of a run."""

    __tablename__ = "dividend_allocation"
    __table_args__ = (Index("ix_dividend_allocation_member", "member_id"),)

    run_id: UUID = Field(primary_key=True, foreign_key="dividend_run.id")
    member_id: UUID = Field(primary_key=True, foreign_key="member.id")
    group_id: UUID = Field(foreign_key="banking_group.id")
    savings: int = Field(sa_type=Cents)
    amount: int = Field(sa_type=Cents)
    payout: str | None = Field(default=None, max_length=10)
    """CASH, MPESA, BANK or SAVINGS once it is paid."""
    paid_on: date | None = None
    paid_entry_id: UUID | None = None

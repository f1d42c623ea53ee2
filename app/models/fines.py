"""Fines that were charged, and what paid them. A fine is income when it is paid."""

from __future__ import annotations

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from app.models.base import Cents, UtcDateTime, new_id


class FineReason(enum.StrEnum):
    LATE_INSTALMENT = "LATE_INSTALMENT"
    LATE_AT_MEETING = "LATE_AT_MEETING"
    MISSED_MEETING = "MISSED_MEETING"
    MISSED_SAVING = "MISSED_SAVING"
    OTHER = "OTHER"


class ChargeStatus(enum.StrEnum):
    OPEN = "OPEN"
    SETTLED = "SETTLED"
    WAIVED = "WAIVED"


class FineCharge(SQLModel, table=True):
    """A fine that a member owes: each cause charges at most once."""

    __tablename__ = "fine_charge"
    __table_args__ = (
        UniqueConstraint("loan_id", "instalment"),
        UniqueConstraint("meeting_id", "member_id", "reason"),
        Index("uq_fine_charge_member_month", "member_id", "month", unique=True),
        Index("ix_fine_charge_member", "member_id", "status"),
        Index("ix_fine_charge_group_change", "group_id", "change_sequence"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    member_id: UUID = Field(foreign_key="member.id")
    reason: str = Field(max_length=20)
    amount: int = Field(sa_type=Cents)
    paid: int = Field(default=0, sa_type=Cents)
    charged_on: date
    status: str = Field(default=ChargeStatus.OPEN.value, max_length=10)
    loan_id: UUID | None = Field(default=None, foreign_key="loan.id")
    instalment: int | None = None
    meeting_id: UUID | None = Field(default=None, foreign_key="meeting.id")
    note: str | None = Field(default=None, max_length=500)
    waived_by: UUID | None = None
    change_sequence: int = Field(default=0, sa_type=BigInteger)
    month: date | None = None
    """The first day of the calendar month whose saving was missed."""


class SavingCheck(SQLModel, table=True):
    """A calendar month of a group that was looked at for missed savings, once and for all, with
    the terms it was judged by."""

    __tablename__ = "saving_check"

    group_id: UUID = Field(primary_key=True, foreign_key="banking_group.id")
    month: date = Field(primary_key=True)
    """Its first day."""
    minimum: int = Field(sa_type=Cents)
    fine: int = Field(sa_type=Cents)
    """0 where nobody was to be fined."""
    charged: int
    """How many members."""
    checked_at: datetime = Field(sa_type=UtcDateTime)


class ChargePayment(SQLModel, table=True):
    """What of an entry paid a charge; a reversal of the entry opens the charge again."""

    __tablename__ = "charge_payment"

    entry_id: UUID = Field(primary_key=True)
    charge_id: UUID = Field(primary_key=True, foreign_key="fine_charge.id")
    group_id: UUID = Field(foreign_key="banking_group.id")
    amount: int = Field(sa_type=Cents)

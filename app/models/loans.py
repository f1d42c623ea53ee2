"""Loans: the application and its terms, its instalments, approvals and repayments."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, SmallInteger, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from app.models.base import Cents, UtcDateTime, new_id


class LoanType(enum.StrEnum):
    SHORT_TERM = "SHORT_TERM"
    LONG_TERM = "LONG_TERM"
    PROJECT = "PROJECT"


class LoanStatus(enum.StrEnum):
    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    DISBURSED = "DISBURSED"
    COMPLETED = "COMPLETED"
    WRITTEN_OFF = "WRITTEN_OFF"


OPEN_LOAN = frozenset(
    {LoanStatus.PENDING.value, LoanStatus.APPROVED.value, LoanStatus.DISBURSED.value}
)
"""A member has at most one loan in these states."""

_ONE_OPEN = text("status IN ('PENDING', 'APPROVED', 'DISBURSED')")


class Loan(SQLModel, table=True):
    """A loan from its application on. `terms` are the group's on that day and never change."""

    __tablename__ = "loan"
    __table_args__ = (
        Index("ix_loan_group_change", "group_id", "change_sequence"),
        Index("ix_loan_group_status", "group_id", "status", "applied_at"),
        Index("ix_loan_member", "member_id"),
        Index("ix_loan_applied", "applied_at", "id"),
        Index("ix_loan_status_applied", "status", "applied_at", "id"),
        Index(
            "uq_loan_member_open",
            "member_id",
            unique=True,
            postgresql_where=_ONE_OPEN,
            sqlite_where=_ONE_OPEN,
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    member_id: UUID = Field(foreign_key="member.id")
    loan_type: str = Field(max_length=20)
    amount: int = Field(sa_type=Cents)
    duration_months: int
    grace_months: int = 0
    interest_rate: int
    """Hundredths of a percent: of the whole loan for SHORT_TERM, a year for the others."""
    fee: int = Field(default=0, sa_type=Cents)
    """The appreciation fee taken at disbursement."""
    purpose: str = Field(max_length=500)
    status: str = Field(default=LoanStatus.PENDING.value, max_length=20)
    application_date: date
    applied_by: UUID
    applied_at: datetime = Field(sa_type=UtcDateTime)
    witnesses: list[Any] = Field(default_factory=list, sa_type=JSON)
    id_documents: list[Any] = Field(default_factory=list, sa_type=JSON)
    approvals_needed: list[Any] = Field(default_factory=list, sa_type=JSON)
    """Roles, one for each approval that the tier asks for; fixed at the application."""
    terms: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """GroupTerms as they were at the application."""
    total_interest: int = Field(sa_type=Cents)
    total_repayable: int = Field(sa_type=Cents)
    annual_percentage_rate: int = Field(sa_type=BigInteger)
    """Hundredths of a percent, the fee included."""
    annuity: int | None = Field(default=None, sa_type=Cents)
    """PROJECT: the equal instalment after the months of grace."""
    accrued_on: date | None = None
    """The day up to which `accrued_interest` of the running instalment was counted, after
    principal was paid ahead in the middle of a month."""
    accrued_interest: int = Field(default=0, sa_type=Cents)
    approved_date: date | None = None
    approved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rejected_by: UUID | None = None
    rejected_reason: str | None = Field(default=None, max_length=500)
    disbursed_on: date | None = None
    disbursed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    disbursed_by: UUID | None = None
    disbursement_method: str | None = Field(default=None, max_length=10)
    disbursement_entry_id: UUID | None = None
    completed_on: date | None = None
    written_off_on: date | None = None
    write_off_entry_id: UUID | None = None
    write_off_reason: str | None = Field(default=None, max_length=500)
    offline_sync_id: UUID | None = None
    change_sequence: int = Field(default=0, sa_type=BigInteger)


class Instalment(SQLModel, table=True):
    """One instalment of a disbursed loan, and what of it is paid. Late fines are charges."""

    __tablename__ = "instalment"
    __table_args__ = (
        Index(
            "ix_instalment_due",
            "group_id",
            "due_date",
            postgresql_where=text("settled_on IS NULL"),
            sqlite_where=text("settled_on IS NULL"),
        ),
    )

    loan_id: UUID = Field(primary_key=True, foreign_key="loan.id")
    number: int = Field(
        primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False}
    )
    group_id: UUID = Field(foreign_key="banking_group.id")
    due_date: date
    principal: int = Field(sa_type=Cents)
    interest: int = Field(sa_type=Cents)
    remaining_balance: int = Field(sa_type=Cents)
    """The principal still out when this one is paid as planned."""
    paid_principal: int = Field(default=0, sa_type=Cents)
    paid_interest: int = Field(default=0, sa_type=Cents)
    settled_on: date | None = None


class Approval(SQLModel, table=True):
    """One person's approval of a loan or a welfare payout."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("subject_id", "user_id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    subject: str = Field(max_length=20)
    """LOAN or WELFARE."""
    subject_id: UUID
    user_id: UUID = Field(foreign_key="app_user.id")
    role: str = Field(max_length=20)
    """The approval that it fills, of those needed."""
    notes: str | None = Field(default=None, max_length=500)
    decided_at: datetime = Field(sa_type=UtcDateTime)
    signature_id: UUID | None = None
    """Signed on the officer's phone; None when the approver was signed in."""


class Repayment(SQLModel, table=True):
    """Money paid on a loan, and how it was divided (cents)."""

    __tablename__ = "repayment"
    __table_args__ = (
        Index("ix_repayment_loan", "loan_id", "recorded_at"),
        Index("ix_repayment_group_change", "group_id", "change_sequence"),
        Index("ix_repayment_entry", "entry_id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    loan_id: UUID = Field(foreign_key="loan.id")
    member_id: UUID = Field(foreign_key="member.id")
    entry_id: UUID
    amount: int = Field(sa_type=Cents)
    principal: int = Field(default=0, sa_type=Cents)
    interest: int = Field(default=0, sa_type=Cents)
    fines: int = Field(default=0, sa_type=Cents)
    savings: int = Field(default=0, sa_type=Cents)
    """What was over, which went to the member's savings."""
    recovered: int = Field(default=0, sa_type=Cents)
    """Paid on a loan that was written off: other income."""
    payment_date: date
    payment_method: str = Field(max_length=10)
    transaction_id: str | None = Field(default=None, max_length=50)
    receipt_number: str = Field(max_length=20)
    recorded_by: UUID
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    offline_sync_id: UUID | None = None
    before: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """The loan's instalments and status before it, which a reversal restores."""
    reversed_by: UUID | None = None
    """The entry that reversed it."""
    change_sequence: int = Field(default=0, sa_type=BigInteger)

"""The books: double entry, append-only, chained per group. Only services/ledger.py writes them."""

from __future__ import annotations

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from app.models.base import Cents, UtcDateTime, new_id


class Account(enum.StrEnum):
    """A group's chart of accounts (design.md, "Money and the books")."""

    CASH = "CASH"
    BANK = "BANK"
    MPESA = "MPESA"
    LOANS_SHORT_TERM = "LOANS_SHORT_TERM"
    LOANS_LONG_TERM = "LOANS_LONG_TERM"
    LOANS_PROJECT = "LOANS_PROJECT"
    MEMBER_SAVINGS = "MEMBER_SAVINGS"
    WELFARE_FUND = "WELFARE_FUND"
    PROJECT_FUND = "PROJECT_FUND"
    EXTERNAL_LOANS = "EXTERNAL_LOANS"
    DIVIDENDS_PAYABLE = "DIVIDENDS_PAYABLE"
    SUSPENSE = "SUSPENSE"
    LOAN_INTEREST = "LOAN_INTEREST"
    FINES = "FINES"
    REGISTRATION_FEES = "REGISTRATION_FEES"
    APPRECIATION_FEES = "APPRECIATION_FEES"
    OTHER_INCOME = "OTHER_INCOME"
    OPERATING_EXPENSES = "OPERATING_EXPENSES"
    LOAN_LOSSES = "LOAN_LOSSES"
    RETAINED_SURPLUS = "RETAINED_SURPLUS"


MONEY_ACCOUNTS = frozenset({Account.CASH.value, Account.BANK.value, Account.MPESA.value})


class JournalEntry(SQLModel, table=True):
    """One event in a group's books. Holds ids only, never names."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        UniqueConstraint("group_id", "sequence"),
        Index("ix_journal_entry_reference", "reference"),
        Index(
            "uq_journal_entry_reverses",
            "reverses_id",
            unique=True,
            postgresql_where=text("reverses_id IS NOT NULL"),
            sqlite_where=text("reverses_id IS NOT NULL"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    sequence: int = Field(sa_type=BigInteger)
    booking_date: date
    """The day it counts in the books; reports go by it."""
    value_date: date
    """The day the money moved, as claimed; differs only where the claim could not be booked."""
    kind: str = Field(max_length=30)
    reference: str = Field(max_length=60)
    reverses_id: UUID | None = None
    actor_id: UUID
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Posting(SQLModel, table=True):
    """A line of an entry: signed cents (debit positive), and the account's balance after it.

    A posting to CASH, BANK or MPESA carries the subcategory of the cash ledger and
    `money_after`, the group's money in all three after it.
    """

    __tablename__ = "posting"
    __table_args__ = (
        ForeignKeyConstraint(
            ["group_id", "sequence"],
            ["journal_entry.group_id", "journal_entry.sequence"],
            deferrable=True,
            initially="DEFERRED",
        ),
        Index(
            "ix_posting_member",
            "member_id",
            "account",
            postgresql_where=text("member_id IS NOT NULL AND subcategory IS NULL"),
            sqlite_where=text("member_id IS NOT NULL AND subcategory IS NULL"),
        ),
        Index(
            "ix_posting_money",
            "group_id",
            "account",
            "sequence",
            "line",
            postgresql_where=text("subcategory IS NOT NULL"),
            sqlite_where=text("subcategory IS NOT NULL"),
        ),
    )

    group_id: UUID = Field(primary_key=True)
    sequence: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    line: int = Field(
        primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False}
    )
    account: str = Field(max_length=20)
    amount: int = Field(sa_type=Cents)
    balance_after: int = Field(sa_type=Cents)
    money_after: int | None = Field(default=None, sa_type=Cents)
    subcategory: str | None = Field(default=None, max_length=20)
    member_id: UUID | None = None
    loan_id: UUID | None = None


class AccountBalance(SQLModel, table=True):
    """The running balance of an account: of the group (owner = group), a member or a loan."""

    __tablename__ = "account_balance"
    __table_args__ = {"postgresql_with": {"fillfactor": "50"}}

    owner_id: UUID = Field(primary_key=True)
    account: str = Field(primary_key=True, max_length=20)
    group_id: UUID = Field(foreign_key="banking_group.id", index=True)
    balance: int = Field(sa_type=Cents)


class LedgerTotal(SQLModel, table=True):
    """What was posted to an account on one booking day, or in one calendar month.

    A help for reports, made of the postings; services/ledger_totals.py says how.
    """

    __tablename__ = "ledger_total"
    __table_args__ = {"postgresql_with": {"fillfactor": "50"}}

    group_id: UUID = Field(primary_key=True, foreign_key="banking_group.id")
    account: str = Field(primary_key=True, max_length=20)
    span: str = Field(primary_key=True, max_length=1)
    """D of a day, M of a month."""
    starts_on: date = Field(primary_key=True)
    lines: int = Field(sa_type=BigInteger)
    debits: int = Field(sa_type=Cents)
    credits: int = Field(sa_type=Cents)
    """Positive."""
    banked_in: int = Field(sa_type=Cents)
    """The part of `debits` that came from another of the group's money accounts."""
    banked_out: int = Field(sa_type=Cents)
    first_sequence: int = Field(sa_type=BigInteger)
    """The entries booked then are from this one to `last_sequence`, with others between them."""
    last_sequence: int = Field(sa_type=BigInteger)


class ContributionType(enum.StrEnum):
    REGULAR = "REGULAR"
    WELFARE = "WELFARE"
    PROJECT = "PROJECT"
    FINE = "FINE"
    REGISTRATION = "REGISTRATION"
    APPRECIATION = "APPRECIATION"


class PaymentMethod(enum.StrEnum):
    CASH = "CASH"
    MPESA = "MPESA"
    BANK = "BANK"


class Contribution(SQLModel, table=True):
    """Money a member paid in, as it stands in the books."""

    __tablename__ = "contribution"
    __table_args__ = (
        Index("ix_contribution_member_date", "member_id", "contribution_date"),
        Index("ix_contribution_group_change", "group_id", "change_sequence"),
        Index("ix_contribution_entry", "entry_id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    member_id: UUID = Field(foreign_key="member.id")
    entry_id: UUID
    amount: int = Field(sa_type=Cents)
    contribution_type: str = Field(max_length=20)
    payment_method: str = Field(max_length=10)
    contribution_date: date
    recorded_by: UUID
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    offline_sync_id: UUID | None = None
    transaction_id: str | None = Field(default=None, max_length=50)
    receipt_number: str = Field(max_length=20)
    change_sequence: int = Field(sa_type=BigInteger)
    reversed_by: UUID | None = None
    """The entry that reversed it."""


class PaymentReference(SQLModel, table=True):
    """An M-Pesa transaction id that is in the books; unique in the deployment.

    One payment may be split over several purposes of the same member, as on the collection
    sheet (savings and welfare in one transfer): each is a part of it.
    """

    __tablename__ = "payment_reference"

    transaction_id: str = Field(primary_key=True, max_length=50)
    part: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    entry_id: UUID
    group_id: UUID = Field(foreign_key="banking_group.id")
    member_id: UUID
    """As claimed: of a HELD part the member may be unknown."""
    purpose: str = Field(max_length=20)
    recorded_by: UUID

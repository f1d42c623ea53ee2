"""Monthly reconciliation: the books against counted cash and the statements of bank and M-Pesa."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
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


class StatementSource(enum.StrEnum):
    COUNTED = "COUNTED"
    ENTERED = "ENTERED"
    IMPORTED = "IMPORTED"


class Statement(SQLModel, table=True):
    """What somebody else says an account held at a month's end: a count, or a bank's statement."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("group_id", "year", "month", "account"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    year: int
    month: int
    account: str = Field(max_length=20)
    closing: int = Field(sa_type=Cents)
    source: str = Field(max_length=10)
    entered_by: UUID
    entered_at: datetime = Field(sa_type=UtcDateTime)
    opening: int | None = Field(default=None, sa_type=Cents)
    """What it held at the month's beginning, where the statement says so."""
    wrapped_key: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """The key of its lines' details, for the key ring: they hold names and phones of payers."""


class StatementLine(SQLModel, table=True):
    """A movement on an imported statement. It goes when its statement is imported again."""

    __tablename__ = "statement_line"
    __table_args__ = (ForeignKeyConstraint(["statement_id"], ["statement.id"], ondelete="CASCADE"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    statement_id: UUID = Field(index=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    number: int
    """Its line in the file."""
    line_date: date
    amount: int = Field(sa_type=Cents)
    """Signed: money in is positive."""
    reference: str = Field(default="", max_length=100)
    details_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    booked_entry_id: UUID | None = None
    """The entry that was made from it, where nobody had booked it."""


class StatementMatch(SQLModel, table=True):
    """A posting that is the movement of a statement's line. Several may be one line's: a
    repayment's principal and interest. A posting is matched once, by its key."""

    __tablename__ = "statement_match"
    __table_args__ = (
        ForeignKeyConstraint(["statement_line_id"], ["statement_line.id"], ondelete="CASCADE"),
    )

    group_id: UUID = Field(primary_key=True)
    sequence: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    line: int = Field(
        primary_key=True, sa_type=SmallInteger, sa_column_kwargs={"autoincrement": False}
    )
    statement_line_id: UUID = Field(index=True)
    matched_by: UUID
    matched_at: datetime = Field(sa_type=UtcDateTime)
    automatic: bool


_STANDS = text("reopened_at IS NULL")


class Reconciliation(SQLModel, table=True):
    """A month that was signed off: its figures then, and who stands for them. It is locked
    while it is not reopened."""

    __tablename__ = "reconciliation"
    __table_args__ = (
        Index(
            "uq_reconciliation_month",
            "group_id",
            "year",
            "month",
            unique=True,
            postgresql_where=_STANDS,
            sqlite_where=_STANDS,
        ),
        Index("ix_reconciliation_month", "year", "month", "group_id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    year: int
    month: int
    figures: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    note: str = Field(default="", max_length=2000)
    signed_by: UUID
    signed_at: datetime = Field(sa_type=UtcDateTime)
    book_sequence: int = Field(sa_type=BigInteger)
    chain_head: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    reopened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reopened_by: UUID | None = None
    reopen_reason: str | None = Field(default=None, max_length=500)

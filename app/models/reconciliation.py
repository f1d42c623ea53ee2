"""Monthly reconciliation: the books against counted cash and the statements of bank and M-Pesa."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, LargeBinary, SmallInteger, UniqueConstraint
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


class StatementLine(SQLModel, table=True):
    """A movement on an imported statement, and the posting that it was matched with."""

    __tablename__ = "statement_line"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    statement_id: UUID = Field(foreign_key="statement.id", index=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    line_date: date
    amount: int = Field(sa_type=Cents)
    """Signed: money in is positive."""
    reference: str = Field(default="", max_length=100)
    matched_sequence: int | None = Field(default=None, sa_type=BigInteger)
    matched_line: int | None = Field(default=None, sa_type=SmallInteger)


class Reconciliation(SQLModel, table=True):
    """A month that was signed off: its figures then, and who stands for them. It is locked."""

    __tablename__ = "reconciliation"
    __table_args__ = (UniqueConstraint("group_id", "year", "month"),)

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

"""Papers: PDFs that somebody asked for, made by a worker, kept for some days."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, new_id


class PaperKind(enum.StrEnum):
    LOAN_STATEMENT = "LOAN_STATEMENT"
    LOAN_AGREEMENT = "LOAN_AGREEMENT"
    PASSBOOK = "PASSBOOK"
    DIVIDEND_STATEMENT = "DIVIDEND_STATEMENT"
    GROUP_STATEMENT = "GROUP_STATEMENT"
    MINUTES = "MINUTES"
    RECONCILIATION = "RECONCILIATION"
    RECEIPT = "RECEIPT"


class PaperStatus(enum.StrEnum):
    WAITING = "WAITING"
    DONE = "DONE"
    FAILED = "FAILED"
    """None of its sheets could be made."""
    REMOVED = "REMOVED"
    """Its content was kept long enough; what was printed can still be checked."""


class Paper(SQLModel, table=True):
    """What was asked for: one sheet, or one for each of a group's members in a ZIP."""

    __tablename__ = "paper"
    __table_args__ = (
        Index(
            "ix_paper_waiting",
            "asked_at",
            postgresql_where=text("status = 'WAITING'"),
            sqlite_where=text("status = 'WAITING'"),
        ),
        Index("ix_paper_group", "group_id", "asked_at"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    kind: str = Field(max_length=20)
    group_id: UUID = Field(foreign_key="banking_group.id")
    subject_id: UUID
    whole_group: bool = False
    language: str = Field(max_length=2)
    options: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """The period: year, month, from, to; as text and numbers."""
    status: str = Field(default=PaperStatus.WAITING.value, max_length=10)
    total: int
    asked_by: UUID
    asked_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    leased_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """A worker is at it until then; when it was killed, another one goes on."""
    wrapped_key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    size: int | None = None
    """Bytes of the PDF or ZIP."""


class PaperSheet(SQLModel, table=True):
    """One PDF. It stays when its content is removed, so that what was printed can be checked."""

    __tablename__ = "paper_sheet"
    __table_args__ = (
        Index("ix_paper_sheet_paper", "paper_id", "position"),
        Index("ix_paper_sheet_number", "number", unique=True),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    paper_id: UUID = Field(foreign_key="paper.id")
    position: int
    subject_id: UUID
    number: str = Field(max_length=20)
    status: str = Field(default=PaperStatus.WAITING.value, max_length=10)
    code: str | None = Field(default=None, max_length=40)
    """Why it could not be made."""
    head: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """The end of the group's hash chain when it was made, after `book_sequence` entries."""
    book_sequence: int | None = Field(default=None, sa_type=BigInteger)
    made_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

"""Dividends of many groups at once: the job, and each group's outcome."""

from __future__ import annotations

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, new_id


class DividendAction(enum.StrEnum):
    CALCULATE = "CALCULATE"
    APPROVE = "APPROVE"
    POST = "POST"


class JobStatus(enum.StrEnum):
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"


class JobGroupStatus(enum.StrEnum):
    WAITING = "WAITING"
    APPLIED = "APPLIED"
    FAILED = "FAILED"


_UNFINISHED = text("status <> 'DONE'")


class DividendJob(SQLModel, table=True):
    """What an administrator asked for. The counters move in the transaction that does the work."""

    __tablename__ = "dividend_job"
    __table_args__ = (
        Index(
            "uq_dividend_job_unfinished",
            "scope_key",
            unique=True,
            postgresql_where=_UNFINISHED,
            sqlite_where=_UNFINISHED,
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    action: str = Field(max_length=10)
    fiscal_year: int
    county: str | None = Field(default=None, max_length=100)
    """The county that was asked for; None where groups were named, or all."""
    scope_key: str = Field(max_length=100)
    """The same for the same wish, so that a second click finds the first one's job."""
    status: str = Field(default=JobStatus.WAITING.value, max_length=10)
    total: int
    done: int = 0
    failed: int = 0
    asked_by: UUID
    asked_at: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DividendJobGroup(SQLModel, table=True):
    """One group of a job."""

    __tablename__ = "dividend_job_group"
    __table_args__ = (Index("ix_dividend_job_group_status", "job_id", "status", "group_id"),)

    job_id: UUID = Field(primary_key=True, foreign_key="dividend_job.id")
    group_id: UUID = Field(primary_key=True, foreign_key="banking_group.id")
    status: str = Field(default=JobGroupStatus.WAITING.value, max_length=10)
    code: str | None = Field(default=None, max_length=40)
    """The rule that refused."""
    run_id: UUID | None = None
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

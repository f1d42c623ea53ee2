"""Banking groups: the savings groups whose books these are."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, new_id

GENESIS = bytes(32)
"""The chain's head before the first entry."""


class GroupStatus(enum.StrEnum):
    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"


class BankingGroup(SQLModel, table=True):
    """A group and, in the same row, the counters that its lock protects.

    `book_sequence` and `chain_head` end the hash chain; `change_sequence` numbers every
    change of anything in the group, so that phones fetch what is new without gaps.
    """

    __tablename__ = "banking_group"
    __table_args__ = {"postgresql_with": {"fillfactor": "50"}}

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str = Field(max_length=255)
    group_code: str = Field(max_length=50, unique=True)
    county: str = Field(max_length=100, index=True)
    constituency: str = Field(max_length=100)
    ward: str = Field(max_length=100)
    location: str | None = Field(default=None, max_length=100)
    village: str | None = Field(default=None, max_length=100)
    meeting_day: str = Field(max_length=20)
    meeting_venue: str = Field(max_length=255)
    registration_date: date
    status: str = Field(default=GroupStatus.ACTIVE.value, max_length=20)
    latitude: float | None = None
    longitude: float | None = None
    geo_accuracy: float | None = None
    geo_recorded_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settings: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    version: int = 1
    field_versions: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(JSON, nullable=False, server_default="{}")
    )
    """Column to the version that last changed it; edits of other fields merge."""
    book_sequence: int = Field(default=0, sa_type=BigInteger)
    chain_head: bytes = Field(default=GENESIS, sa_column=Column(LargeBinary, nullable=False))
    change_sequence: int = Field(default=0, sa_type=BigInteger)
    books_locked_through: date | None = None
    """The last day of the newest month that was signed off; nothing is booked up to it."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: UUID | None = None


class Office(enum.StrEnum):
    """What a group elects a member to. Of a committee there are several, of the others one."""

    CHAIR = "CHAIR"
    SECRETARY = "SECRETARY"
    TREASURER = "TREASURER"
    COMMITTEE = "COMMITTEE"


class GroupOfficial(SQLModel, table=True):
    """A member's time in an office of their group. Ended, never deleted."""

    __tablename__ = "group_official"
    __table_args__ = (
        Index(
            "uq_group_official_member",
            "member_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
        Index(
            "uq_group_official_office",
            "group_id",
            "office",
            unique=True,
            postgresql_where=text("ended_at IS NULL AND office <> 'COMMITTEE'"),
            sqlite_where=text("ended_at IS NULL AND office <> 'COMMITTEE'"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id", index=True)
    member_id: UUID = Field(foreign_key="member.id")
    office: str = Field(max_length=20)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    appointed_by: UUID | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_by: UUID | None = None

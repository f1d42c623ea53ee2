"""Where officers on duty are: every ping, and the newest of each officer."""

from __future__ import annotations

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, new_id


class ActivityType(enum.StrEnum):
    MEMBER_VISIT = "MEMBER_VISIT"
    GROUP_MEETING = "GROUP_MEETING"
    COLLECTION = "COLLECTION"
    TRAVEL = "TRAVEL"
    OTHER = "OTHER"


class OfficerPing(SQLModel, table=True):
    """One position that an officer on duty sent. Degrees (WGS 84); accuracy in metres."""

    __tablename__ = "officer_ping"
    __table_args__ = (Index("ix_officer_ping_officer_time", "officer_id", "recorded_at"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    officer_id: UUID = Field(foreign_key="field_officer.id")
    latitude: float
    longitude: float
    accuracy: float | None = None
    activity_type: str = Field(max_length=20)
    member_id: UUID | None = None
    battery_level: int | None = None
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    received_at: datetime = Field(sa_type=UtcDateTime)


class OfficerLocation(SQLModel, table=True):
    """The newest ping of an officer by the time it was recorded; late ones do not move it back."""

    __tablename__ = "officer_location"
    __table_args__ = {"postgresql_with": {"fillfactor": "50"}}

    officer_id: UUID = Field(primary_key=True, foreign_key="field_officer.id")
    latitude: float
    longitude: float
    accuracy: float | None = None
    activity_type: str = Field(max_length=20)
    member_id: UUID | None = None
    battery_level: int | None = None
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    received_at: datetime = Field(sa_type=UtcDateTime)

"""Users who sign in, their phones, and which officer serves which group."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, LargeBinary, text
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, new_id


class Role(enum.StrEnum):
    SYSTEM_ADMIN = "SYSTEM_ADMIN"
    FIELD_OFFICER = "FIELD_OFFICER"
    GROUP_CHAIR = "GROUP_CHAIR"
    GROUP_COMMITTEE = "GROUP_COMMITTEE"


class UserStatus(enum.StrEnum):
    """Whether somebody can sign in: yes, not yet, no more."""

    ACTIVE = "ACTIVE"
    INVITED = "INVITED"
    INACTIVE = "INACTIVE"


class User(SQLModel, table=True):
    """Someone who signs in. Chairs and committee members belong to one group (`group_id`)."""

    __tablename__ = "app_user"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    name: str = Field(max_length=255)
    phone_sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    phone_index: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))
    wrapped_key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    role: str = Field(max_length=20)
    group_id: UUID | None = Field(default=None, foreign_key="banking_group.id", index=True)
    member_id: UUID | None = Field(default=None, foreign_key="member.id")
    password_hash: str
    is_active: bool = True
    sessions_valid_from: datetime = Field(sa_type=UtcDateTime)
    """Access tokens issued before this instant are refused."""
    last_sign_in_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


class CodePurpose(enum.StrEnum):
    """What a one-time code is for: to choose the first password, or a new one."""

    INVITATION = "INVITATION"
    RESET = "RESET"


class OneTimeCode(SQLModel, table=True):
    """A code with which a user chooses their password once; the newest replaces the others."""

    __tablename__ = "one_time_code"

    user_id: UUID = Field(primary_key=True, foreign_key="app_user.id")
    purpose: str = Field(max_length=20)
    code_hash: str
    """argon2id: eight digits would soon be found from a plain hash."""
    attempts: int = 0
    """Wrong ones so far; after the last that is allowed the code is worth nothing."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: UUID | None = None
    expires_at: datetime = Field(sa_type=UtcDateTime)


class FieldOfficer(SQLModel, table=True):
    """What an officer is besides a user; shares the user's id."""

    __tablename__ = "field_officer"

    id: UUID = Field(primary_key=True, foreign_key="app_user.id")
    is_active: bool = True
    device_info: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)


class OfficerAssignment(SQLModel, table=True):
    """An officer's time with a group. Ended, never deleted: authority is judged in the past too."""

    __tablename__ = "officer_assignment"
    __table_args__ = (
        Index(
            "uq_officer_assignment_open",
            "officer_id",
            "group_id",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
            sqlite_where=text("removed_at IS NULL"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    officer_id: UUID = Field(foreign_key="field_officer.id", index=True)
    group_id: UUID = Field(foreign_key="banking_group.id", index=True)
    assigned_at: datetime = Field(sa_type=UtcDateTime)
    removed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    assigned_by: UUID | None = None


class Device(SQLModel, table=True):
    """A phone or browser that somebody signed in on."""

    __tablename__ = "device"
    __table_args__ = (Index("ix_device_last_seen", "last_seen_at", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID = Field(foreign_key="app_user.id", index=True)
    name: str = Field(default="", max_length=255)
    created_at: datetime = Field(sa_type=UtcDateTime)
    last_seen_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class UnsentWork(SQLModel, table=True):
    """What an officer's phone says it has not sent yet. A phone that changes hands keeps the
    work of each of its officers apart, so it is one row for each of them."""

    __tablename__ = "unsent_work"

    user_id: UUID = Field(primary_key=True, foreign_key="app_user.id")
    device_id: UUID = Field(primary_key=True, foreign_key="device.id")
    waiting: int
    """Operations that are still to be sent."""
    failed: int
    """Operations that need the officer: refused, in conflict, or failed too often."""
    oldest_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the oldest of both was made, by the phone's clock but never in the future."""
    reported_at: datetime = Field(sa_type=UtcDateTime)


class RefreshToken(SQLModel, table=True):
    """One rotation of a sign-in. A used one that comes again revokes its whole family."""

    __tablename__ = "refresh_token"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    family_id: UUID = Field(index=True)
    user_id: UUID = Field(foreign_key="app_user.id", index=True)
    device_id: UUID | None = Field(default=None, foreign_key="device.id")
    token_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))
    address: str | None = Field(default=None, max_length=64)
    """Where the sign-in began; kept with its first token alone."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

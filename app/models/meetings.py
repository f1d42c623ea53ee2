"""Meetings: attendance, the entries made at the table, the count of the cash, the minutes."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from app.models.base import Cents, UtcDateTime, new_id


class MeetingStatus(enum.StrEnum):
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    CONFIRMED = "CONFIRMED"


class AttendanceStatus(enum.StrEnum):
    PRESENT = "PRESENT"
    LATE = "LATE"
    EXCUSED = "EXCUSED"
    ABSENT = "ABSENT"


class CollectionKind(enum.StrEnum):
    """What a line of a collection sheet is paid for: a kind of contribution, or a loan."""

    REGULAR = "REGULAR"
    WELFARE = "WELFARE"
    PROJECT = "PROJECT"
    FINE = "FINE"
    REGISTRATION = "REGISTRATION"
    APPRECIATION = "APPRECIATION"
    REPAYMENT = "REPAYMENT"


class Meeting(SQLModel, table=True):
    """A meeting of a group: OPEN, then CLOSED with the cash counted, then CONFIRMED.

    A group may have two open ones: a phone that held a whole meeting without signal lands it
    even where another was forgotten open (docs/meetings.md).
    """

    __tablename__ = "meeting"
    __table_args__ = (
        Index("ix_meeting_group_change", "group_id", "change_sequence"),
        Index("ix_meeting_group_date", "group_id", "meeting_date"),
        Index("ix_meeting_group_status", "group_id", "status"),
        Index("ix_meeting_date", "meeting_date", "id"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    meeting_date: date
    venue: str = Field(default="", max_length=255)
    status: str = Field(default=MeetingStatus.OPEN.value, max_length=20)
    opened_by: UUID
    opened_at: datetime = Field(sa_type=UtcDateTime)
    opening_cash: int = Field(default=0, sa_type=Cents)
    """CASH in the books before the money from the bank was put on the table."""
    brought_from_bank: int = Field(default=0, sa_type=Cents)
    quorum: int = 0
    """Members that must be there, by the group's settings on the day."""
    denominations: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """What was counted: note or coin in shillings to number of pieces."""
    counted: int | None = Field(default=None, sa_type=Cents)
    banked: int = Field(default=0, sa_type=Cents, sa_column_kwargs={"server_default": "0"})
    """Taken to the bank at the close, before the cash was counted."""
    expected: int | None = Field(default=None, sa_type=Cents)
    """CASH in the books at the close."""
    claimed_expected: int | None = Field(default=None, sa_type=Cents)
    """What the phone showed as expected, where it said so."""
    variance: int | None = Field(default=None, sa_type=Cents)
    """counted - expected."""
    variance_note: str | None = Field(default=None, max_length=500)
    variance_entry_id: UUID | None = None
    resolutions: str = Field(default="", max_length=4000)
    """What the meeting decided, in its own words."""
    statement: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """The minutes' figures by the books at the close."""
    minutes_form: list[Any] | None = Field(default=None, sa_type=JSON)
    """What is signed: the canonical form of services/signed_forms.py."""
    minutes_hash: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """SHA-256 of the form."""
    book_sequence: int | None = Field(default=None, sa_type=BigInteger)
    chain_head: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """The end of the group's hash chain at the close."""
    closed_by: UUID | None = None
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    confirmed_by: UUID | None = None
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    signature_id: UUID | None = None
    """Signed on the officer's phone; None when the confirmer was signed in."""
    offline_sync_id: UUID | None = None
    change_sequence: int = Field(default=0, sa_type=BigInteger)


class Attendance(SQLModel, table=True):
    """Who was there."""

    __tablename__ = "attendance"

    meeting_id: UUID = Field(primary_key=True, foreign_key="meeting.id")
    member_id: UUID = Field(primary_key=True, foreign_key="member.id")
    group_id: UUID = Field(foreign_key="banking_group.id")
    status: str = Field(max_length=10)
    recorded_by: UUID
    recorded_at: datetime = Field(sa_type=UtcDateTime)


class MeetingEntry(SQLModel, table=True):
    """Which entries of the books were made at which meeting."""

    __tablename__ = "meeting_entry"

    entry_id: UUID = Field(primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id", index=True)
    group_id: UUID = Field(foreign_key="banking_group.id")


class SigningKey(SQLModel, table=True):
    """A chair's or committee member's key on an officer's phone, enrolled while signed in."""

    __tablename__ = "signing_key"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID = Field(foreign_key="app_user.id", index=True)
    group_id: UUID = Field(foreign_key="banking_group.id", index=True)
    officer_id: UUID = Field(foreign_key="app_user.id")
    """On whose phone it is."""
    public_key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """SubjectPublicKeyInfo of an ECDSA P-256 key."""
    created_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    device_id: UUID | None = Field(default=None, index=True)
    """The phone, where it said which it is when the key was enrolled."""
    shut_out_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Where the key was withdrawn because its phone was shut out: when. What it signed before
    may still come in."""


class Signature(SQLModel, table=True):
    """Something signed on the officer's phone; the signer is told and may dispute it."""

    __tablename__ = "signature"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    key_id: UUID = Field(foreign_key="signing_key.id")
    user_id: UUID = Field(foreign_key="app_user.id", index=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    subject: str = Field(max_length=20)
    """MEETING or LOAN."""
    subject_id: UUID = Field(index=True)
    signed_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    signature: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    officer_id: UUID
    signed_at: datetime = Field(sa_type=UtcDateTime)
    """As the phone says."""
    received_at: datetime = Field(sa_type=UtcDateTime)
    disputed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dispute_note: str | None = Field(default=None, max_length=500)

"""Members of a group, their documents, and the index that finds names by any part."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime, new_id


class Member(SQLModel, table=True):
    """A member. National id, phone, birth date and next of kin are sealed with the member's key."""

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("group_id", "id_number_index"),
        Index("ix_member_group_change", "group_id", "change_sequence"),
        Index("ix_member_group_name", "group_id", "name_key", "id"),
        Index("ix_member_name", "name_key", "id"),
        Index(
            "ix_member_active",
            "group_id",
            postgresql_where=text("is_active IS true"),
            sqlite_where=text("is_active IS 1"),
        ),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    member_name: str = Field(max_length=255)
    name_key: str = Field(max_length=255)
    """The name folded for ordering, so that pages are stable on every database."""
    wrapped_key: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    id_number_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    id_number_index: bytes | None = Field(default=None, sa_column=Column(LargeBinary, index=True))
    phone_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    phone_index: bytes | None = Field(default=None, sa_column=Column(LargeBinary, index=True))
    birth_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    kin_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    registration_date: date
    is_active: bool = True
    left_on: date | None = None
    """The day on which the member was marked as having left; None while they are active."""
    id_verified: bool = False
    latitude: float | None = None
    longitude: float | None = None
    geo_accuracy: float | None = None
    version: int = 1
    field_versions: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Field name to the version that last changed it; edits of other fields merge."""
    change_sequence: int = Field(default=0, sa_type=BigInteger)
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: UUID
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    language: str = Field(default="sw", max_length=2, sa_column_kwargs={"server_default": "sw"})
    """Of the messages that the member gets: en or sw."""
    messages_off_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Since when the member wants no messages."""


class SearchToken(SQLModel, table=True):
    """Every tail of every word of a name or code: a prefix of a tail is a part of the word.

    A plain ordered index then answers "any part of the name" alike on both databases.
    """

    __tablename__ = "search_token"
    __table_args__ = (Index("ix_search_token_token", "token", "kind", "entity_id"),)

    entity_id: UUID = Field(primary_key=True)
    token: str = Field(
        sa_column=Column(
            String(64).with_variant(String(64, collation="C"), "postgresql"), primary_key=True
        )
    )
    kind: str = Field(max_length=10)
    """"group" or "member"."""


class DocumentKind(enum.StrEnum):
    ID_FRONT = "ID_FRONT"
    ID_BACK = "ID_BACK"
    PHOTO = "PHOTO"
    SIGNATURE = "SIGNATURE"
    MINUTES = "MINUTES"
    OTHER = "OTHER"


class Document(SQLModel, table=True):
    """An image or PDF in the store, sealed with the member's key; the row says what it is."""

    __tablename__ = "document"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id", index=True)
    member_id: UUID | None = Field(default=None, foreign_key="member.id", index=True)
    kind: str = Field(max_length=20)
    content_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: UUID
    meeting_id: UUID | None = None
    wrapped_key: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """Its own key where it belongs to no member (minutes)."""


class IdentityMethod(enum.StrEnum):
    """What somebody looked at: the card itself, the person beside the card, or its pictures."""

    ORIGINAL_SEEN = "ORIGINAL_SEEN"
    FACE_COMPARED = "FACE_COMPARED"
    PICTURES_SEEN = "PICTURES_SEEN"


class IdentityCheck(SQLModel, table=True):
    """Who looked at a member's identity papers, when, and how."""

    __tablename__ = "identity_check"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    member_id: UUID = Field(foreign_key="member.id", index=True)
    checked_by: UUID = Field(foreign_key="app_user.id")
    checked_at: datetime = Field(sa_type=UtcDateTime)
    method: str | None = Field(default=None, max_length=20)
    """An IdentityMethod; None where nobody said how."""
    documents: list[Any] = Field(default_factory=list, sa_type=JSON)
    """Ids of the documents that were there."""
    notes_sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))


class Upload(SQLModel, table=True):
    """A document that a phone sends in pieces; what came so far is kept between tries."""

    __tablename__ = "upload"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    user_id: UUID = Field(foreign_key="app_user.id", index=True)
    group_id: UUID = Field(foreign_key="banking_group.id")
    member_id: UUID | None = Field(default=None, foreign_key="member.id")
    meeting_id: UUID | None = None
    kind: str = Field(max_length=20)
    size: int
    received: int = 0
    sha256: str | None = Field(default=None, max_length=64)
    wrapped_key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """Seals the pieces while they wait."""
    parts: list[Any] = Field(default_factory=list, sa_type=JSON)
    """[name in the store, size] of each piece, in order."""
    document_id: UUID | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)

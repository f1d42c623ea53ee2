"""The review inbox: what a person must look at, and what they decided."""

from __future__ import annotations

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, LargeBinary
from sqlmodel import Field, SQLModel

from app.models.base import Cents, UtcDateTime, new_id


class ReviewKind(enum.StrEnum):
    HELD_CASH = "HELD_CASH"
    """Money that is booked to SUSPENSE and waits for a person to place it."""
    CONFLICT = "CONFLICT"
    """An edit that clashed with somebody else's."""
    VARIANCE = "VARIANCE"
    """Cash that was short or over at a meeting's close, unexplained or different from the claim."""
    REPEAT = "REPEAT"
    """The same member, amount and day more than once."""
    DISPUTE = "DISPUTE"
    """A signer says that they did not sign."""
    MEETING = "MEETING"
    """A meeting that a phone held while something stood against it, such as another open one."""


class ReviewStatus(enum.StrEnum):
    OPEN = "OPEN"
    SENT_BACK = "SENT_BACK"
    """The officer is asked; it is still open."""
    DECIDED = "DECIDED"


class ReviewAction(enum.StrEnum):
    ACCEPT = "ACCEPT"
    """It is right as it is: claimed money goes where it was claimed, a variance to income or
    expense, an officer's edit into the register; a repeat was none."""
    DISMISS = "DISMISS"
    """The edit or the dispute comes to nothing."""
    PLACE_TO_MEMBER = "PLACE_TO_MEMBER"
    PLACE_TO_LOAN = "PLACE_TO_LOAN"
    PLACE_TO_FUND = "PLACE_TO_FUND"
    REVERSE = "REVERSE"
    """The money was given back, the missing cash found, the second entry one too many."""
    SEND_BACK = "SEND_BACK"
    """The officer is asked, on the phone."""


class ReviewItem(SQLModel, table=True):
    """One item. HELD money: `entry_id` is the entry in SUSPENSE, `amount` signed (in positive)."""

    __tablename__ = "review_item"
    __table_args__ = (Index("ix_review_item_group_change", "group_id", "change_sequence"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    group_id: UUID = Field(foreign_key="banking_group.id", index=True)
    entry_id: UUID | None = None
    operation_id: UUID | None = None
    reason: str = Field(max_length=40)
    amount: int = Field(sa_type=Cents)
    """Cents: positive came in, negative went out, 0 where it is not about money."""
    claim: str
    """JSON of what the phone claimed; ids, dates and amounts only."""
    status: str = Field(default=ReviewStatus.OPEN.value, max_length=20)
    officer_id: UUID
    created_at: datetime = Field(sa_type=UtcDateTime)
    kind: str = Field(
        default=ReviewKind.HELD_CASH.value,
        max_length=20,
        sa_column_kwargs={"server_default": ReviewKind.HELD_CASH.value},
    )
    subject_id: UUID | None = None
    """The member, meeting, contribution or signature that it is about."""
    sealed: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """JSON of personal values, under the member's key."""
    decision: str | None = Field(default=None, max_length=20)
    decision_note: str | None = Field(default=None, max_length=500)
    decided_by: UUID | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decision_entry_id: UUID | None = None
    change_sequence: int = Field(
        default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"}
    )

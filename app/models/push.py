"""Where browsers wish to be told: Web Push subscriptions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from app.models.base import UtcDateTime


class PushSubscription(SQLModel, table=True):
    """One browser's wish to be told, for whoever asked for it there last.

    The address at the push service is a capability: who knows it and the keys can write to the
    phone's screen. So both are sealed.
    """

    __tablename__ = "push_subscription"

    device_id: UUID = Field(primary_key=True, foreign_key="device.id")
    user_id: UUID = Field(foreign_key="app_user.id", index=True)
    sealed: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """JSON of endpoint, p256dh and auth, under the user's key."""
    language: str = Field(max_length=2)
    created_at: datetime = Field(sa_type=UtcDateTime)

"""Operations as plain values, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from app.auth.actor import Actor
from app.crypto import new_key
from app.errors import DomainError
from app.services.documents import Image
from app.services.member_privacy import Kin

APPLIED = "APPLIED"
DUPLICATE = "DUPLICATE"
CONFLICT = "CONFLICT"
HELD = "HELD"
REJECTED = "REJECTED"


class Body:
    """What an operation says. Its fields are the payload that an offlineSyncId stands for."""

    __slots__ = ()
    kind: ClassVar[str]
    """Its name in syncBatch."""
    unhashed: ClassVar[frozenset[str]] = frozenset()
    """Fields that are made anew each time it is read, and so are no part of the payload."""
    added: ClassVar[frozenset[str]] = frozenset()
    """Fields that came with a later version: part of the payload only where they are filled,
    so that what was sent before the upgrade is still recognised after it."""


@dataclass(frozen=True, slots=True)
class RegisterMember(Body):
    """A new member, normalised: phones in international form, the id in capitals."""

    kind = "registerMember"
    unhashed = frozenset({"key", "images"})

    group_id: UUID
    member_name: str
    id_number: str
    phone: str
    id: UUID | None = None
    date_of_birth: date | None = None
    next_of_kin: tuple[Kin, ...] = ()
    registration_date: date | None = None
    latitude: float | None = None
    longitude: float | None = None
    accuracy: float | None = None
    images: tuple[Image, ...] = ()
    key: bytes = field(default_factory=new_key, repr=False)
    """The member's own key, made before the images are sealed with it."""


@dataclass(frozen=True, slots=True)
class UpdateMember(Body):
    """Changes of a member's fields by the name of the column; the fields not in it stay."""

    kind = "updateMember"

    id: UUID
    base_version: int
    changes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecordContribution(Body):
    """Money a member paid in; amount in cents."""

    kind = "recordContribution"
    added = frozenset({"meeting_id"})

    member_id: UUID
    amount: int
    contribution_type: str
    payment_method: str
    id: UUID | None = None
    group_id: UUID | None = None
    contribution_date: date | None = None
    transaction_id: str | None = None
    meeting_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TrackOfficer(Body):
    """A position of the officer who sends it; degrees, metres, percent."""

    kind = "trackOfficer"

    latitude: float
    longitude: float
    activity_type: str
    accuracy: float | None = None
    member_id: UUID | None = None
    battery_level: int | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation and who sends it.

    `synced` marks what comes from a phone's syncBatch: there, money that was really taken is
    a fact and is HELD where a single mutation would refuse.
    """

    actor: Actor
    body: Body
    offline_sync_id: UUID | None = None
    synced: bool = False

    @property
    def kind(self) -> str:
        return self.body.kind


@dataclass(slots=True)
class Outcome:
    """What became of an operation. `entity` is the new row where one was made now."""

    outcome: str
    entity_id: UUID | None = None
    receipt_number: str | None = None
    error: DomainError | None = None
    current: dict[str, Any] | None = None
    entity: Any = None
    group_id: UUID | None = None
    """The group whose books or register the operation has changed."""
    audit_id: UUID | None = None
    """The id for the audit line where one was made already: that of the journal entry."""
    lines: list[tuple[UUID | None, Outcome]] | None = None
    """Of a collection sheet: what became of each line, by its offlineSyncId."""
    totals: list[dict[str, Any]] | None = None
    """Of a collection sheet: what it brought by kind and payment method, in cents."""
    detail: dict[str, Any] | None = None
    """For the audit line: ids, codes and amounts, never personal data."""


def rejected(error: DomainError) -> Outcome:
    """Not applied; nothing changed."""
    return Outcome(REJECTED, error=error)

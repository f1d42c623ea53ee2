"""What the rules read and what they write: loaded under the locks, saved set-based."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from app.auth.actor import Actor
from app.crypto import KeyRing
from app.models import Member
from app.services.ledger import GroupBook
from app.services.tracking import Ping


@dataclass(slots=True)
class KnownOperation:
    """What is kept under an offlineSyncId that was APPLIED or is HELD."""

    user_id: UUID
    group_id: UUID | None
    payload_hash: bytes
    outcome: str
    entity_id: UUID | None
    receipt_number: str | None
    held_reason: str | None = None


@dataclass(slots=True)
class MemberFacts:
    """What the rules need to know of a member; `row` where the operation edits it."""

    group_id: UUID
    is_active: bool
    row: Member | None = None


class PaymentPart(NamedTuple):
    """What of an M-Pesa payment is in the books already."""

    member_id: UUID
    purpose: str
    recorded_by: UUID


@dataclass(slots=True)
class Rows:
    """Rows to insert, by table, in the column orders of save.py."""

    operations: list[tuple[Any, ...]] = field(default_factory=list)
    contributions: list[tuple[Any, ...]] = field(default_factory=list)
    references: list[tuple[Any, ...]] = field(default_factory=list)
    reviews: list[tuple[Any, ...]] = field(default_factory=list)
    members: list[tuple[Any, ...]] = field(default_factory=list)
    documents: list[tuple[Any, ...]] = field(default_factory=list)
    tokens: list[tuple[Any, ...]] = field(default_factory=list)
    audits: list[tuple[Any, ...]] = field(default_factory=list)
    pings: list[Ping] = field(default_factory=list)
    edited: dict[UUID, Member] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """The state that a list of operations is judged against, and that each of them moves on."""

    keys: KeyRing
    now: datetime
    today: date
    person_in_two_groups: bool
    books: dict[UUID, GroupBook] = field(default_factory=dict)
    group_status: dict[UUID, str] = field(default_factory=dict)
    members: dict[UUID, MemberFacts] = field(default_factory=dict)
    assigned: set[tuple[UUID, UUID]] = field(default_factory=set)
    """(officer, group) that are assigned now."""
    once_assigned: set[tuple[UUID, UUID]] = field(default_factory=set)
    """(officer, group) that were assigned at some time."""
    known: dict[UUID, KnownOperation] = field(default_factory=dict)
    taken_ids: set[UUID] = field(default_factory=set)
    """Ids made by clients that name a record already."""
    payments: dict[str, list[PaymentPart]] = field(default_factory=dict)
    """M-Pesa transaction ids that are in the books."""
    people: dict[bytes, list[tuple[UUID, UUID]]] = field(default_factory=dict)
    """Blind index of a national id to (group, member)."""
    rows: Rows = field(default_factory=Rows)

    def may_write(self, actor: Actor, group_id: UUID) -> bool:
        """Whether the actor serves the group now."""
        if group_id not in self.books:
            return False
        return actor.is_admin or (actor.user_id, group_id) in self.assigned

    def ever_served(self, actor: Actor, group_id: UUID) -> bool:
        """Whether the actor serves the group or did so at some time."""
        if group_id not in self.books:
            return False
        return actor.is_admin or (actor.user_id, group_id) in self.once_assigned

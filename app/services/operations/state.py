"""What the rules read and what they write: loaded under the locks, saved set-based."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

from sqlmodel import SQLModel

from app.auth.actor import Actor
from app.crypto import KeyRing
from app.models import Member
from app.models.base import new_id
from app.services.group_settings import GroupTerms
from app.services.ledger import Draft, GroupBook, LedgerError, Line
from app.services.operations.types import Operation
from app.services.tracking import Ping

S = TypeVar("S")
M = TypeVar("M", bound=SQLModel)


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
    id_verified: bool = False


class PaymentPart(NamedTuple):
    """What of an M-Pesa payment is in the books already."""

    part: int
    member_id: UUID
    purpose: str
    recorded_by: UUID


@dataclass(slots=True)
class Rows:
    """Rows to write. The named lists are in the column orders of save.py, for the hot paths;
    whatever else is written goes through `add`, `put` and `drop` as whole rows."""

    operations: list[tuple[Any, ...]] = field(default_factory=list)
    contributions: list[tuple[Any, ...]] = field(default_factory=list)
    references: list[tuple[Any, ...]] = field(default_factory=list)
    members: list[tuple[Any, ...]] = field(default_factory=list)
    documents: list[tuple[Any, ...]] = field(default_factory=list)
    tokens: list[tuple[Any, ...]] = field(default_factory=list)
    audits: list[tuple[Any, ...]] = field(default_factory=list)
    refusals: dict[UUID, tuple[Any, ...]] = field(default_factory=dict)
    pings: list[Ping] = field(default_factory=list)
    edited: dict[UUID, Member] = field(default_factory=dict)
    added: dict[int, SQLModel] = field(default_factory=dict)
    changed: dict[int, SQLModel] = field(default_factory=dict)
    dropped: dict[int, SQLModel] = field(default_factory=dict)
    locks: dict[UUID, date | None] = field(default_factory=dict)
    """Groups whose months are signed off or reopened, to the last day that is locked now."""

    def add(self, row: SQLModel) -> None:
        """A new row, which is inserted."""
        self.added[id(row)] = row

    def put(self, row: SQLModel) -> None:
        """A row that was loaded (or added before) and has changed."""
        if id(row) not in self.added:
            self.changed[id(row)] = row

    def drop(self, row: SQLModel) -> None:
        """A row that was loaded (or added before) and must be no more."""
        self.changed.pop(id(row), None)
        if self.added.pop(id(row), None) is None:
            self.dropped[id(row)] = row


@dataclass(slots=True)
class State:
    """The state that a list of operations is judged against, and that each of them moves on."""

    keys: KeyRing
    now: datetime
    today: date
    person_in_two_groups: bool
    rate_caps: tuple[int, int, int] = (100_00, 100_00, 100_00)
    """The deployment's highest rates for SHORT_TERM, LONG_TERM and PROJECT loans."""
    books: dict[UUID, GroupBook] = field(default_factory=dict)
    group_status: dict[UUID, str] = field(default_factory=dict)
    locked_through: dict[UUID, date] = field(default_factory=dict)
    """The last day of the newest month that is signed off, for groups that have one."""
    terms: dict[UUID, GroupTerms] = field(default_factory=dict)
    """The groups' settings, where a kind asked for them."""
    members: dict[UUID, MemberFacts] = field(default_factory=dict)
    assigned: set[tuple[UUID, UUID]] = field(default_factory=set)
    """(officer, group) that are assigned now."""
    once_assigned: set[tuple[UUID, UUID]] = field(default_factory=set)
    """(officer, group) that were assigned at some time."""
    member_of_user: dict[UUID, UUID] = field(default_factory=dict)
    """User to the member that they are, where a kind asked for it."""
    known: dict[UUID, KnownOperation] = field(default_factory=dict)
    taken_ids: set[UUID] = field(default_factory=set)
    """Ids made by clients that name a record already."""
    payments: dict[str, list[PaymentPart]] = field(default_factory=dict)
    """M-Pesa transaction ids that are in the books."""
    people: dict[bytes, list[tuple[UUID, UUID]]] = field(default_factory=dict)
    """Blind index of a national id to (group, member)."""
    subjects: dict[UUID, SQLModel] = field(default_factory=dict)
    """The rows that the operations are about, and those made by earlier ones of the list."""
    sections: dict[type, Any] = field(default_factory=dict)
    rows: Rows = field(default_factory=Rows)

    def section(self, kind: type[S]) -> S:
        """A noun's own part of the state, made when it is first asked for."""
        if kind not in self.sections:
            self.sections[kind] = kind()
        return cast(S, self.sections[kind])

    def subject(self, model: type[M], row_id: UUID | None) -> M | None:
        """The row of `model` with this id, as the operations before left it."""
        row = self.subjects.get(row_id) if row_id is not None else None
        return row if isinstance(row, model) else None

    def make(self, row: SQLModel) -> None:
        """Adds a new row, which later operations of the list may name by its `id`."""
        row_id: UUID = row.id  # type: ignore[attr-defined]
        self.subjects[row_id] = row
        self.taken_ids.add(row_id)
        self.rows.add(row)

    def touch(self, row: SQLModel) -> None:
        """Keeps a changed row, under the next number of its group's changes."""
        row.change_sequence = self.books[row.group_id].next_change()  # type: ignore[attr-defined]
        self.rows.put(row)

    def may_write(self, actor: Actor, group_id: UUID) -> bool:
        """Whether the actor serves the group now."""
        if group_id not in self.books:
            return False
        return actor.is_admin or (actor.user_id, group_id) in self.assigned

    def may_sign(self, actor: Actor, group_id: UUID) -> bool:
        """Whether the actor serves the group now or is its chair or in its committee."""
        if group_id not in self.books:
            return False
        return self.may_write(actor, group_id) or actor.group_id == group_id

    def ever_served(self, actor: Actor, group_id: UUID) -> bool:
        """Whether the actor serves the group or did so at some time."""
        if group_id not in self.books:
            return False
        return actor.is_admin or (actor.user_id, group_id) in self.once_assigned

    def post(
        self,
        operation: Operation,
        group_id: UUID,
        kind: str,
        reference: str,
        lines: Sequence[Line],
        *,
        booked: date | None = None,
        valued: date | None = None,
        reverses: UUID | None = None,
        entry_id: UUID | None = None,
    ) -> UUID:
        """Posts an entry by the operation's actor; its id. Dates default to today.

        LedgerError in a month that is signed off: a rule of ours has forgotten to look.
        """
        entry_id = entry_id or new_id()
        booked = booked or self.today
        locked = self.locked_through.get(group_id)
        if locked is not None and booked <= locked:
            raise LedgerError(f"The books are signed off up to {locked.isoformat()}.")
        self.books[group_id].post(
            Draft(
                entry_id,
                booked,
                valued or booked,
                kind,
                reference,
                operation.actor.user_id,
                self.now,
                lines,
                reverses,
            )
        )
        return entry_id

    def audit(
        self,
        operation: Operation,
        action: str,
        group_id: UUID | None,
        entity_id: UUID | None,
        detail: str = "",
        sealed: bytes | None = None,
    ) -> None:
        """One line of the audit log; `detail` holds ids, codes and amounts only."""
        actor_id = operation.actor.user_id
        self.rows.audits.append(
            (new_id(), group_id, self.now, actor_id, action, entity_id, detail, sealed)
        )

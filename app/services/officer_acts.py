"""What an officer recorded on a day, with the money it moved, by when it was made on the phone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import reach
from app.auth.actor import Actor
from app.models import (
    BankingGroup,
    Contribution,
    JournalEntry,
    Loan,
    Movement,
    Posting,
    Repayment,
    ReviewItem,
    SyncOperation,
    WelfareRequest,
)
from app.services.operations.types import HELD

NOT_WORK = ("trackOfficer",)
"""Positions are where the officer was, not what they did."""


@dataclass(frozen=True, slots=True)
class Act:
    """One operation of the officer; cents, both positive."""

    id: UUID
    made_at: datetime
    kind: str
    group_id: UUID | None
    entity_id: UUID | None
    """The record that it made; the item of the review inbox where it is held."""
    held: bool
    money_in: int = 0
    money_out: int = 0


def made_at(operation_id: UUID) -> datetime | None:
    """When an id was made, by the clock that made it: a UUIDv7 begins with milliseconds."""
    if operation_id.version != 7:
        return None
    return datetime.fromtimestamp((operation_id.int >> 80) / 1000, UTC)


async def acts_between(
    session: AsyncSession, actor: Actor, officer_id: UUID, since: datetime, until: datetime
) -> list[Act]:
    """What the officer made in [since, until) in groups that the actor may see, in order.

    By the phone's clock, which its ids carry: what was made without signal counts where the
    officer was then, not where the signal came back. Ids that are no UUIDv7 have no time, so
    what they name is not here.
    """
    rows = await session.execute(
        select(SyncOperation).where(
            col(SyncOperation.id) >= _first_id(since),
            col(SyncOperation.id) < _first_id(until),
            col(SyncOperation.user_id) == officer_id,
            col(SyncOperation.kind).not_in(NOT_WORK),
            col(SyncOperation.group_id).in_(select(col(BankingGroup.id)).where(reach(actor))),
        )
    )
    operations = [row for row in rows.scalars() if row.id.version == 7]
    money = await _money_of(session, operations)
    acts = [
        Act(
            id=row.id,
            made_at=made_at(row.id) or row.recorded_at,
            kind=row.kind,
            group_id=row.group_id,
            entity_id=row.entity_id,
            held=row.outcome == HELD,
            money_in=money[row.entity_id][0] if row.entity_id else 0,
            money_out=money[row.entity_id][1] if row.entity_id else 0,
        )
        for row in operations
    ]
    return sorted(acts, key=lambda act: (act.made_at, act.id))


def _first_id(instant: datetime) -> UUID:
    """The least UUID of an instant, whatever its version's bits."""
    return UUID(int=int(instant.timestamp() * 1000) << 80)


async def _money_of(
    session: AsyncSession, operations: Sequence[SyncOperation]
) -> defaultdict[UUID, tuple[int, int]]:
    """Cents in and out of cash, bank and M-Pesa by the record that an operation made.

    Banking moves money between two of them, and counts in neither direction.
    """
    found: defaultdict[UUID, tuple[int, int]] = defaultdict(lambda: (0, 0))
    if not operations:
        return found
    entries = union_all(*_entries_of(operations)).subquery()
    moved = (
        select(entries.c.entity_id, func.sum(col(Posting.amount)))
        .join(JournalEntry, col(JournalEntry.id) == entries.c.entry_id)
        .join(
            Posting,
            (col(Posting.group_id) == col(JournalEntry.group_id))
            & (col(Posting.sequence) == col(JournalEntry.sequence)),
        )
        .where(col(Posting.subcategory).is_not(None))
        .group_by(entries.c.entity_id, entries.c.entry_id)
    )
    for entity_id, total in await session.execute(moved):
        amount = int(total)
        cents_in, cents_out = found[entity_id]
        found[entity_id] = (cents_in + max(amount, 0), cents_out + max(-amount, 0))
    return found


def _entries_of(operations: Sequence[SyncOperation]) -> Iterable[Select[Any]]:
    """Pairs of a record that an operation made and the entry of the books made with it.

    A loan's application and approval name the loan too; only its disbursement moves money.
    """
    by_kind: defaultdict[str, list[UUID]] = defaultdict(list)
    for row in operations:
        if row.entity_id is not None:
            by_kind["HELD" if row.outcome == HELD else row.kind].append(row.entity_id)
    places: dict[str, tuple[Any, Any]] = {
        "recordContribution": (Contribution.id, Contribution.entry_id),
        "recordRepayment": (Repayment.id, Repayment.entry_id),
        "recordMovement": (Movement.id, Movement.entry_id),
        "withdrawSavings": (Movement.id, Movement.entry_id),
        "disburseLoan": (Loan.id, Loan.disbursement_entry_id),
        "HELD": (ReviewItem.id, ReviewItem.entry_id),
    }
    for kind, (entity, entry) in places.items():
        yield select(entity.label("entity_id"), entry.label("entry_id")).where(
            entity.in_(by_kind[kind]), entry.is_not(None)
        )
    payouts: Any = (
        select(col(WelfareRequest.id).label("entity_id"), col(Movement.entry_id).label("entry_id"))
        .join(Movement, col(Movement.id) == col(WelfareRequest.movement_id))
        .where(col(WelfareRequest.id).in_(by_kind["payWelfare"]))
    )
    yield payouts


LEEWAY = timedelta(minutes=2)
"""A position comes at most every half minute, or not at all under a roof."""


def during(acts: Iterable[Act], since: datetime, until: datetime) -> list[Act]:
    """Those that were made in the stretch, with some leeway at both ends."""
    return [act for act in acts if since - LEEWAY <= act.made_at <= until + LEEWAY]

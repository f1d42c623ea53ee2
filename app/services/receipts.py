"""Anyone can check a receipt: what the books say of a number, to whoever has its code too.

Nothing of a person is told: the amount, the day, the group and whether it is in the books are
what stands on the paper that is being checked. An unknown number and a wrong code cost the
same questions and get the same answer, so that nobody learns which numbers exist.
"""

from __future__ import annotations

import enum
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.throttle import Limit
from app.models import (
    MONEY_ACCOUNTS,
    BankingGroup,
    Contribution,
    JournalEntry,
    Loan,
    Movement,
    Posting,
    Repayment,
    ReviewItem,
    SyncOperation,
)
from app.receipts import code_of, read_code, read_number
from app.runtime import Runtime

TRIES_PER_ADDRESS = 120
"""In a quarter of an hour; a mobile network puts many members behind one address."""
TRIES_PER_NUMBER = 20
"""Of the million codes that a number may have; the same for numbers that do not exist."""
WHAT = "to check a receipt"
NOTHING = UUID(int=0)
MOST_ENTRIES = 20
"""Of one number: the money, where it was placed, and what reversed it, a few times over."""


class ReceiptState(enum.StrEnum):
    """What became of the money of a receipt."""

    IN_BOOKS = "IN_BOOKS"
    AT_OFFICE = "AT_OFFICE"
    """In the books, and the office still finds its place."""
    REVERSED = "REVERSED"
    """It was in the books, and was taken back by another entry."""


class ReceiptDirection(enum.StrEnum):
    """Which way the money went."""

    IN = "IN"
    OUT = "OUT"
    WITHIN = "WITHIN"
    """From one of the group's own places to another: cash to the bank."""


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """A receipt that exists. `amount` is in cents, never negative."""

    number: str
    code: str
    state: ReceiptState
    direction: ReceiptDirection
    amount: int
    moved_on: date
    """The day the money moved, as claimed."""
    group_name: str
    reversed_on: date | None


async def check_receipt(
    runtime: Runtime, *, number: str, code: str, address: str
) -> CheckedReceipt | None:
    """The receipt, or None where the number is unknown or the code is not its code.

    TooManyRequests after TRIES_PER_ADDRESS from one address or TRIES_PER_NUMBER of one number.
    """
    asked = read_number(number) or ""
    limits = [Limit(f"receipts:{address}", TRIES_PER_ADDRESS)]
    if asked:
        limits.append(Limit(f"receipt:{asked}", TRIES_PER_NUMBER))
    await runtime.throttle.count(limits, WHAT)
    async with runtime.db.reading() as session:
        found = await read_receipt(session, asked)
    # Compared even where there is none, and after all questions were asked.
    right = found.code if found else "-"
    if not hmac.compare_digest(right.encode(), read_code(code).encode()):
        return None
    return found


async def read_receipt(session: AsyncSession, number: str) -> CheckedReceipt | None:
    """The receipt with this number, with its code, for readers who have checked the access."""
    entries = await _entries(session, number)
    ids = await _operation_ids(session, number, entries)
    lines = await _money(session, entries)
    groups = await _group_names(session, entries)
    for group_id, operation_id in ids:
        code = code_of(number, operation_id)
        if code is not None:
            own = [entry for entry in entries if entry.group_id == group_id]
            return _told(number, code, own, lines, groups[group_id])
    return None


async def _entries(session: AsyncSession, number: str) -> list[JournalEntry]:
    """Those with this reference, in the order in which they were recorded."""
    found = await session.execute(
        select(JournalEntry)
        .where(col(JournalEntry.reference) == number)
        .order_by(col(JournalEntry.group_id), col(JournalEntry.sequence))
        .limit(MOST_ENTRIES)
    )
    return list(found.scalars())


async def _operation_ids(
    session: AsyncSession, number: str, entries: Sequence[JournalEntry]
) -> list[tuple[UUID, UUID]]:
    """(group, id) of all that may have made the number: operations, and records without one."""
    entry_ids = [entry.id for entry in entries] or [NOTHING]
    group_ids = [entry.group_id for entry in entries] or [NOTHING]
    parts: list[Any] = []
    for model in (Contribution, Repayment, Movement):
        wanted = col(model.entry_id).in_(entry_ids)
        parts.append(select(col(model.group_id), col(model.offline_sync_id)).where(wanted))
        parts.append(select(col(model.group_id), col(model.id)).where(wanted))
    held = col(ReviewItem.group_id).in_(group_ids) & col(ReviewItem.entry_id).in_(entry_ids)
    parts.append(select(col(ReviewItem.group_id), col(ReviewItem.operation_id)).where(held))
    parts.append(select(col(ReviewItem.group_id), col(ReviewItem.id)).where(held))
    paid_out = col(Loan.group_id).in_(group_ids) & col(Loan.disbursement_entry_id).in_(entry_ids)
    parts.append(select(col(Loan.group_id), col(Loan.id)).where(paid_out))
    parts.append(
        select(col(SyncOperation.group_id), col(SyncOperation.id)).where(
            # In these words it is answered by its own small index (models/operations.py).
            col(SyncOperation.kind) == "disburseLoan",
            col(SyncOperation.receipt_number) == number,
            col(SyncOperation.group_id).in_(group_ids),
        )
    )
    rows = await session.execute(union_all(*parts))
    return [(row[0], row[1]) for row in rows.all() if row[1] is not None]


async def _money(session: AsyncSession, entries: Sequence[JournalEntry]) -> list[Posting]:
    """The postings of the entries to money accounts."""
    found = await session.execute(
        select(Posting).where(
            col(Posting.group_id).in_([entry.group_id for entry in entries] or [NOTHING]),
            col(Posting.sequence).in_([entry.sequence for entry in entries] or [0]),
            col(Posting.account).in_(MONEY_ACCOUNTS),
        )
    )
    return list(found.scalars())


async def _group_names(session: AsyncSession, entries: Sequence[JournalEntry]) -> dict[UUID, str]:
    found = await session.execute(
        select(col(BankingGroup.id), col(BankingGroup.name)).where(
            col(BankingGroup.id).in_([entry.group_id for entry in entries] or [NOTHING])
        )
    )
    return {row[0]: row[1] for row in found.all()}


def _told(
    number: str,
    code: str,
    entries: Sequence[JournalEntry],
    lines: Sequence[Posting],
    group: str,
) -> CheckedReceipt:
    """Of the group's entries with the number: the first one moved the money."""
    first = next(entry for entry in entries if entry.reverses_id is None)
    undone = {entry.reverses_id: entry.booking_date for entry in entries if entry.reverses_id}
    stand = [entry for entry in entries if entry.reverses_id is None and entry.id not in undone]
    moved = [
        row.amount
        for row in lines
        if row.group_id == first.group_id and row.sequence == first.sequence
    ]
    net = sum(moved)
    state = ReceiptState.IN_BOOKS
    if first.id in undone:
        state = ReceiptState.REVERSED
    elif first.kind == "HELD" and stand == [first]:
        state = ReceiptState.AT_OFFICE
    direction = ReceiptDirection.IN if net > 0 else ReceiptDirection.OUT
    return CheckedReceipt(
        number=number,
        code=code,
        state=state,
        direction=direction if net else ReceiptDirection.WITHIN,
        # What went from cash to bank comes to nothing together.
        amount=abs(net) or sum(amount for amount in moved if amount > 0),
        moved_on=first.value_date,
        group_name=group,
        reversed_on=undone.get(first.id),
    )

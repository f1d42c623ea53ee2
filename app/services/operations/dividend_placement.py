"""Dividends paid by held money, and payouts taken back (docs/dividends.md, docs/reviews.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import DomainError, NotFound, RuleBroken
from app.models import (
    DividendAllocation,
    DividendRun,
    DividendStatus,
    JournalEntry,
    MovementKind,
    ReviewItem,
)
from app.receipts import receipt_number
from app.runtime import Runtime
from app.services.ledger import Line
from app.services.operations.dividend_figures import Dividends
from app.services.operations.dividend_payout import PayDividends, mark_shares, unpaid_shares
from app.services.operations.dividends import PAYABLE
from app.services.operations.money import SUSPENSE
from app.services.operations.named import Named
from app.services.operations.placement import Placed, claimed_day
from app.services.operations.state import State
from app.services.operations.types import Operation
from app.services.operations.undoing import Reversals, Reversing, Undoing


@dataclass(slots=True)
class UndonePayouts:
    """The shares that were paid, by the entry that is to be reversed."""

    rows: dict[UUID, list[DividendAllocation]] = field(default_factory=dict)


async def load_claimed_runs(
    session: AsyncSession, state: State, claims: Iterable[dict[str, Any]]
) -> None:
    """The dividend runs that the claims name, in groups that are locked."""
    names = (one.get("dividendRunId") for one in claims)
    await _load_runs(session, state, {UUID(name) for name in names if isinstance(name, str)})


async def _load_runs(session: AsyncSession, state: State, ids: set[UUID]) -> None:
    wanted = ids - state.subjects.keys()
    if not wanted:
        return
    rows = await session.execute(
        select(DividendRun).where(
            col(DividendRun.id).in_(wanted), col(DividendRun.group_id).in_(list(state.books))
        )
    )
    for row in rows.scalars():
        session.expunge(row)
        state.subjects[row.id] = row


def accept_dividends(
    state: State, operation: Operation, item: ReviewItem, method: str, claim: dict[str, Any]
) -> Placed | DomainError:
    """The money that was handed out pays the shares of those whom the phone named, which must
    be as much: SUSPENSE is cleared against what the group owes them."""
    named = claim.get("dividendRunId")
    run = state.subject(DividendRun, UUID(named) if isinstance(named, str) else None)
    if run is None or run.group_id != item.group_id:
        return NotFound("There is no such dividend run in this group.", field="action")
    members = tuple(UUID(one) for one in claim.get("memberIds") or ())
    rows = unpaid_shares(state, run, PayDividends(run.id, method, members))
    if isinstance(rows, DomainError):
        rows.field = "action"
        return rows
    if -item.amount != sum(row.amount for row in rows):
        return RuleBroken("The shares are another amount.", code="OTHER_AMOUNT", field="action")
    claimed = claim.get("date")
    day = claimed_day(state, item, date.fromisoformat(claimed) if claimed else None)
    lines = [Line(SUSPENSE, item.amount)]
    lines.extend(Line(PAYABLE, row.amount, None, row.member_id) for row in rows)
    receipt = receipt_number(item.operation_id or item.id)
    entry_id = state.post(operation, run.group_id, "PLACEMENT", receipt, lines, valued=day)
    mark_shares(state, run, rows, method, day, entry_id)
    return entry_id, run.id


async def load_payouts(
    runtime: Runtime,
    session: AsyncSession,
    named: Named,
    state: State,
    entries: Sequence[JournalEntry],
) -> None:
    """The shares that the entries paid, and their runs."""
    postings = state.section(Reversals).postings
    members = {
        row.member_id
        for entry in entries
        for row in postings.get((entry.group_id, entry.sequence), ())
        if row.member_id is not None
    }
    found = state.section(UndonePayouts).rows
    rows = await session.execute(
        select(DividendAllocation).where(
            col(DividendAllocation.member_id).in_(members),
            col(DividendAllocation.paid_entry_id).in_([entry.id for entry in entries]),
        )
    )
    for row in rows.scalars():
        session.expunge(row)
        if row.paid_entry_id is not None:
            found.setdefault(row.paid_entry_id, []).append(row)
    await _load_runs(session, state, {row.run_id for kept in found.values() for row in kept})


def undo_payout(state: State, operation: Operation, reversing: Reversing) -> DomainError | None:
    """The shares are owed again, and may be paid again."""
    for loaded in state.section(UndonePayouts).rows.get(reversing.entry.id, ()):
        # Where the list has the run's shares already, one row is one object.
        known = state.section(Dividends).allocations.get(loaded.run_id, ())
        row = next((one for one in known if one.member_id == loaded.member_id), loaded)
        row.payout = row.paid_on = row.paid_entry_id = None
        state.rows.put(row)
        run = state.subject(DividendRun, row.run_id)
        if run is None:
            raise AssertionError("loaded with its shares")
        run.status = DividendStatus.POSTED.value
        state.touch(run)
    return None


UNDOINGS = {MovementKind.DIVIDEND_PAYOUT.value: Undoing(undo_payout, load_payouts)}

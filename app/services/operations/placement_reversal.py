"""Taking a placement back: the money waits in the review inbox again (docs/reviews.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import DomainError
from app.models import JournalEntry, Loan, Repayment, ReviewItem, ReviewStatus, SyncOperation
from app.runtime import Runtime
from app.services.operations import (
    contribution_reversal,
    dividend_placement,
    loan_corrections,
    loan_disbursement,
    welfare_payout,
)
from app.services.operations.movements import UndoneMovements
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import APPLIED, HELD, Operation
from app.services.operations.undoing import Reversing, Undoing


@dataclass(slots=True)
class UndonePlacements:
    """The items that the entries decided, and the operations that had been HELD."""

    items: dict[UUID, ReviewItem] = field(default_factory=dict)
    operations: dict[UUID, SyncOperation] = field(default_factory=dict)


async def load_placements(
    runtime: Runtime,
    session: AsyncSession,
    named: Named,
    state: State,
    entries: Sequence[JournalEntry],
) -> None:
    """The items, and the rows of whatever noun the money was placed to."""
    await _load_repaid_loans(session, state, entries)
    for load in (
        contribution_reversal.load_contributions,
        loan_corrections.load_repayments,
        welfare_payout.load_payouts,
        dividend_placement.load_payouts,
    ):
        await load(runtime, session, named, state, entries)
    found = state.section(UndonePlacements)
    rows = await session.execute(
        select(ReviewItem).where(
            col(ReviewItem.group_id).in_({entry.group_id for entry in entries}),
            col(ReviewItem.decision_entry_id).in_([entry.id for entry in entries]),
        )
    )
    for item in rows.scalars():
        session.expunge(item)
        known = state.subjects.setdefault(item.id, item)
        if isinstance(known, ReviewItem) and known.decision_entry_id is not None:
            found.items[known.decision_entry_id] = known
    ids = [item.operation_id for item in found.items.values() if item.operation_id is not None]
    operations = await session.execute(select(SyncOperation).where(col(SyncOperation.id).in_(ids)))
    for row in operations.scalars():
        session.expunge(row)
        found.operations[row.id] = row


async def _load_repaid_loans(
    session: AsyncSession, state: State, entries: Sequence[JournalEntry]
) -> None:
    """Where all that was placed paid interest or fines, no posting names the loan."""
    rows = await session.execute(
        select(Loan)
        .join(Repayment, col(Repayment.loan_id) == col(Loan.id))
        .where(
            col(Repayment.group_id).in_({entry.group_id for entry in entries}),
            col(Repayment.entry_id).in_([entry.id for entry in entries]),
        )
    )
    for loan in rows.scalars().unique():
        session.expunge(loan)
        state.subjects.setdefault(loan.id, loan)


def undo_placement(state: State, operation: Operation, reversing: Reversing) -> DomainError | None:
    """Undoes what the placement made, and opens its item again."""
    error = _undo_rows(state, operation, reversing)
    if error is not None:
        return error
    found = state.section(UndonePlacements)
    item = found.items[reversing.entry.id]
    item.status = ReviewStatus.OPEN.value
    item.decision = item.decision_note = None
    item.decided_by = item.decided_at = item.decision_entry_id = None
    state.touch(item)
    known = found.operations.get(item.operation_id or item.id)
    if known is not None and known.outcome == APPLIED and known.held_reason is not None:
        known.outcome, known.entity_id = HELD, item.id
        state.rows.put(known)
    return None


def _undo_rows(state: State, operation: Operation, reversing: Reversing) -> DomainError | None:
    """By the noun that the money was placed to."""
    entry_id = reversing.entry.id
    if entry_id in state.section(contribution_reversal.UndoneContributions).rows:
        return contribution_reversal.undo_contribution(state, operation, reversing)
    if entry_id in state.section(loan_corrections.UndoneRepayments).by_entry:
        return loan_corrections.undo_repayment(state, operation, reversing)
    if entry_id in state.section(dividend_placement.UndonePayouts).rows:
        return dividend_placement.undo_payout(state, operation, reversing)
    if entry_id in state.section(UndoneMovements).rows:
        return welfare_payout.undo_payout(state, operation, reversing)
    return loan_disbursement.undo_disbursement(state, operation, reversing)


UNDOINGS = {"PLACEMENT": Undoing(undo_placement, load_placements)}

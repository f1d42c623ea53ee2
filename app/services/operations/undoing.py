"""What undoing an entry needs, whatever its kind: its postings, its codes, its noun's rows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import DomainError
from app.models import JournalEntry, PaymentReference, Posting
from app.runtime import Runtime
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import Operation


@dataclass(frozen=True, slots=True)
class Reversing:
    """What an undo gets: the entry, its postings, and the id that the reversal will have."""

    entry: JournalEntry
    lines: Sequence[Posting]
    reversal_id: UUID


Undo = Callable[[State, Operation, Reversing], DomainError | None]
"""Brings the noun's rows back; refuses before it changes anything."""
UndoLoader = Callable[
    [Runtime, AsyncSession, Named, State, Sequence[JournalEntry]], Awaitable[None]
]


@dataclass(frozen=True, slots=True)
class Undoing:
    """How one kind of entry is undone. `load` gets the entries of that kind; with it and with
    NamedCharges the undo finds its rows in the state."""

    undo: Undo
    load: UndoLoader | None = None


@dataclass(slots=True)
class Reversals:
    """Postings of the entries to be reversed, and which are reversed already."""

    postings: dict[tuple[UUID, int], list[Posting]] = field(default_factory=dict)
    reversed: set[UUID] = field(default_factory=set)
    references: dict[UUID, list[PaymentReference]] = field(default_factory=dict)
    """M-Pesa codes by the entry that is to be reversed."""
    codes: set[str] = field(default_factory=set)
    """Those of which the references are loaded."""
    meetings: dict[UUID, UUID] = field(default_factory=dict)
    """The open meeting at which an entry to be reversed was made."""
    repaid: set[UUID] = field(default_factory=set)
    """Loans on which something was paid that was not reversed."""


async def load_references(session: AsyncSession, state: State, rows: Sequence[object]) -> None:
    """The M-Pesa codes of contributions, repayments or movements that are to be reversed."""
    codes = {code for row in rows if (code := getattr(row, "transaction_id", None))}
    await load_references_of(session, state, codes)


async def load_references_of(
    session: AsyncSession, state: State, codes: Collection[str | None]
) -> None:
    """What is remembered of these M-Pesa codes, once each, however often they are asked for."""
    found = state.section(Reversals)
    new = {code for code in codes if code} - found.codes
    if not new:
        return
    found.codes |= new
    references = await session.execute(
        select(PaymentReference).where(col(PaymentReference.transaction_id).in_(new))
    )
    for reference in references.scalars():
        session.expunge(reference)
        found.references.setdefault(reference.entry_id, []).append(reference)


def free_payment(state: State, entry_id: UUID) -> None:
    """The M-Pesa code of a reversed entry may be entered again, where it belongs."""
    for reference in state.section(Reversals).references.pop(entry_id, ()):
        state.rows.drop(reference)

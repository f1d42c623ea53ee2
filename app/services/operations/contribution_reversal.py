"""Undoing a contribution: it no longer counts, its fine is owed again, its code is free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import DomainError
from app.models import Contribution, JournalEntry
from app.runtime import Runtime
from app.services.operations.charges import NamedCharges, reopen
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import Operation
from app.services.operations.undoing import (
    Reversals,
    Reversing,
    Undoing,
    free_payment,
    load_references,
)


@dataclass(slots=True)
class UndoneContributions:
    """By the entry that is to be reversed."""

    rows: dict[UUID, Contribution] = field(default_factory=dict)


async def load_contributions(
    runtime: Runtime,
    session: AsyncSession,
    named: Named,
    state: State,
    entries: Sequence[JournalEntry],
) -> None:
    ids = {entry.id for entry in entries}
    named.section(NamedCharges).entries.update(ids)
    found = state.section(UndoneContributions)
    postings = state.section(Reversals).postings
    # By member and day, which are indexed; the entry's id is not.
    members = {
        row.member_id
        for entry in entries
        for row in postings.get((entry.group_id, entry.sequence), ())
    }
    rows = await session.execute(
        select(Contribution).where(
            col(Contribution.member_id).in_([one for one in members if one]),
            col(Contribution.contribution_date).in_({entry.value_date for entry in entries}),
            col(Contribution.entry_id).in_(ids),
        )
    )
    for row in rows.scalars():
        session.expunge(row)
        found.rows[row.entry_id] = row
    await load_references(session, state, list(found.rows.values()))


def undo_contribution(
    state: State, operation: Operation, reversing: Reversing
) -> DomainError | None:
    """The contribution stays in the register, marked with the entry that reversed it."""
    row = state.section(UndoneContributions).rows[reversing.entry.id]
    row.reversed_by = reversing.reversal_id
    state.touch(row)
    reopen(state, reversing.entry.id)
    free_payment(state, reversing.entry.id)
    return None


UNDOINGS = {
    "CONTRIBUTION": Undoing(undo_contribution, load_contributions),
}

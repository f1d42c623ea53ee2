"""Reading the journal: entries with their postings, for those who look behind the two tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import load_group, reach
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.models import BankingGroup, JournalEntry, Posting
from app.paging import Page, check_first, cut, decode_cursor
from app.runtime import Runtime
from app.services.loading import reversals
from app.services.operations.opening import read_opening
from app.services.operations.parse import offline_sync_id
from app.services.operations.reversal import read_reversal
from app.services.operations.single import carry_out
from app.services.operations.types import Operation


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry, its postings in order, and the entry that reversed it."""

    entry: JournalEntry
    lines: Sequence[Posting]
    reversed_by: UUID | None


async def list_journal(
    runtime: Runtime, actor: Actor, group_id: UUID, *, first: int, after: str | None
) -> Page[ReadEntry]:
    """A page of a group's entries, newest first."""
    demand(actor, "transactions:read")
    check_first(first)
    key = decode_cursor(after, int)
    statement = select(JournalEntry).where(col(JournalEntry.group_id) == group_id)
    if key:
        statement = statement.where(col(JournalEntry.sequence) < key[0])
    async with runtime.db.snapshot() as session:
        await load_group(session, actor, group_id)
        rows = await session.execute(
            statement.order_by(col(JournalEntry.sequence).desc()).limit(first + 1)
        )
        found = await _with_lines(session, list(rows.scalars()))

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).where(col(JournalEntry.group_id) == group_id)
            return int((await counting.execute(total)).scalar_one())

    return cut(found, first, lambda row: (row.entry.sequence,), count)


async def find_entry(session: AsyncSession, actor: Actor, entry_id: UUID) -> ReadEntry | None:
    """The entry, or None where the actor may not see one."""
    demand(actor, "transactions:read")
    rows = await session.execute(
        select(JournalEntry)
        .join(BankingGroup, col(BankingGroup.id) == col(JournalEntry.group_id))
        .where(col(JournalEntry.id) == entry_id, reach(actor))
    )
    found = await _with_lines(session, list(rows.scalars()))
    return found[0] if found else None


async def _with_lines(session: AsyncSession, entries: list[JournalEntry]) -> list[ReadEntry]:
    if not entries:
        return []
    places = [(entry.group_id, entry.sequence) for entry in entries]
    lines: dict[tuple[UUID, int], list[Posting]] = {place: [] for place in places}
    postings = await session.execute(
        select(Posting)
        .where(tuple_(col(Posting.group_id), col(Posting.sequence)).in_(places))
        .order_by(col(Posting.group_id), col(Posting.sequence), col(Posting.line))
    )
    for posting in postings.scalars():
        lines[posting.group_id, posting.sequence].append(posting)
    by = await reversals(session, [entry.id for entry in entries])
    return [
        ReadEntry(entry, lines[entry.group_id, entry.sequence], by.get(entry.id))
        for entry in entries
    ]


async def reverse_entry(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> ReadEntry:
    """Reverses an entry for a reason; the reversing entry."""
    demand(actor, "books:correct")
    return await _entry_after(runtime, Operation(actor, read_reversal(values)))


async def record_opening(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> ReadEntry:
    """The opening entry of a group that comes from paper; a repeat shows it again."""
    demand(actor, "books:correct")
    operation = Operation(actor, read_opening(values), offline_sync_id(values))
    return await _entry_after(runtime, operation)


async def _entry_after(runtime: Runtime, operation: Operation) -> ReadEntry:
    outcome = await carry_out(runtime, operation)
    if outcome.entity_id is None:
        raise AssertionError("an entry was written")
    async with runtime.db.reading() as session:
        found = await find_entry(session, operation.actor, outcome.entity_id)
    if found is None:
        raise AssertionError("just written")
    return found

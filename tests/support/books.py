"""Rows of the books written past the operations: behind the services' back, to test what the
database refuses, or through the one writer, to test what no operation does yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlmodel import SQLModel

from app.auth.actor import Actor
from app.models import AuditLog, BankingGroup, JournalEntry, Posting, Role
from app.models.base import new_id
from app.runtime import Runtime
from app.services.ledger import Draft
from app.services.operations.load import load_state
from app.services.operations.save import save_state
from app.services.operations.types import Operation, RecordContribution

WHEN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
Rows = tuple[type[SQLModel], Sequence[dict[str, Any]]]


def group_rows(group_id: UUID) -> Rows:
    return BankingGroup, [
        {
            "id": group_id,
            "name": "Tumaini",
            "group_code": f"T-{group_id.hex[-12:]}",
            "county": "Nakuru",
            "constituency": "Molo",
            "ward": "Turi",
            "meeting_day": "MONDAY",
            "meeting_venue": "Turi market",
            "registration_date": date(2025, 1, 6),
            "status": "ACTIVE",
            "settings": {},
            "version": 1,
            "book_sequence": 0,
            "chain_head": bytes(32),
            "change_sequence": 0,
            "created_at": WHEN,
        }
    ]


def posting_rows(group_id: UUID, sequence: int, *amounts: int) -> Rows:
    return Posting, [
        {
            "group_id": group_id,
            "sequence": sequence,
            "line": line,
            "account": "CASH" if amount > 0 else "MEMBER_SAVINGS",
            "amount": amount,
            "balance_after": amount,
        }
        for line, amount in enumerate(amounts, 1)
    ]


def entry_rows(group_id: UUID, sequence: int) -> Rows:
    return JournalEntry, [
        {
            "id": new_id(),
            "group_id": group_id,
            "sequence": sequence,
            "booking_date": WHEN.date(),
            "value_date": WHEN.date(),
            "kind": "contribution",
            "reference": "TB-0000-0000-0000",
            "actor_id": new_id(),
            "recorded_at": WHEN,
            "hash": bytes(32),
        }
    ]


def audit_rows(group_id: UUID) -> Rows:
    return AuditLog, [
        {"id": new_id(), "group_id": group_id, "at": WHEN, "action": "test", "detail": "{}"}
    ]


async def write(engine: AsyncEngine, *batches: Rows) -> None:
    """One insert for each batch, in order, in one transaction."""
    async with engine.begin() as connection:
        for model, rows in batches:
            statement = insert(model).values(list(rows))
            await connection.execute(statement)


async def write_small_books(engine: AsyncEngine) -> UUID:
    """A group with one entry of two postings and one audit line."""
    group_id = new_id()
    # Postings first: on SQLite the entry seals them.
    await write(
        engine,
        group_rows(group_id),
        posting_rows(group_id, 1, 500_00, -500_00),
        entry_rows(group_id, 1),
        audit_rows(group_id),
    )
    return group_id


async def post_directly(runtime: Runtime, group_id: UUID, *drafts: Draft) -> None:
    """Entries through the one writer of the books, of kinds that no operation makes yet."""
    admin = Actor(new_id(), Role.SYSTEM_ADMIN)
    owners = {line.member_id or new_id() for draft in drafts for line in draft.lines}
    # Never judged: they only say which group to lock and whose balances to load.
    naming = [
        Operation(admin, RecordContribution(owner, 1, "REGULAR", "CASH", group_id=group_id))
        for owner in owners
    ]

    async def work(session: AsyncSession) -> None:
        state = await load_state(runtime, session, naming)
        for draft in drafts:
            state.books[group_id].post(draft)
        await save_state(runtime, session, state)

    await runtime.db.transact(work)

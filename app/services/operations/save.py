"""Saves what the rules have written: one set-based statement a table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import bindparam, delete, tuple_, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from app.bulk import insert_rows, on_driver, upsert_rows
from app.db import UniqueClash, after_commit, is_unique_violation
from app.models import (
    AccountBalance,
    AuditLog,
    BankingGroup,
    Contribution,
    Document,
    JournalEntry,
    LedgerTotal,
    Member,
    OutboxMessage,
    PaymentReference,
    Posting,
    SearchToken,
    SyncOperation,
    SyncRefusal,
)
from app.runtime import Runtime
from app.services import search, tracking
from app.services.ledger import ENTRY_COLUMNS, POSTING_COLUMNS, GroupBook
from app.services.ledger_totals import TOTAL_CHANGES, TOTAL_COLUMNS, TOTAL_KEY, total_rows
from app.services.operations import member_news
from app.services.operations.contributions import CONTRIBUTION_COLUMNS
from app.services.operations.members import MEMBER_COLUMNS
from app.services.operations.state import State
from app.services.outbox import ring

OPERATION_COLUMNS = (
    "id",
    "user_id",
    "group_id",
    "kind",
    "payload_hash",
    "outcome",
    "entity_id",
    "receipt_number",
    "held_reason",
    "recorded_at",
)
REFERENCE_COLUMNS = (
    "transaction_id",
    "part",
    "entry_id",
    "group_id",
    "member_id",
    "purpose",
    "recorded_by",
)
REFUSAL_COLUMNS = ("operation_id", "user_id", "kind", "code", "group_id", "refused_at")
DOCUMENT_COLUMNS = (
    "id",
    "group_id",
    "member_id",
    "kind",
    "content_type",
    "size",
    "sha256",
    "created_at",
    "created_by",
)
AUDIT_COLUMNS = ("id", "group_id", "at", "actor_id", "action", "entity_id", "detail", "sealed")
EDITED_COLUMNS = (
    "member_name",
    "name_key",
    "phone_sealed",
    "phone_index",
    "birth_sealed",
    "kin_sealed",
    "is_active",
    "left_on",
    "id_verified",
    "version",
    "field_versions",
    "change_sequence",
)


async def save_state(runtime: Runtime, session: AsyncSession, state: State) -> None:
    """Writes all rows; UniqueClash when an id was taken by a transaction that was in flight."""
    try:
        await _insert_all(session, state)
    except DBAPIError as error:
        if is_unique_violation(error):
            raise UniqueClash from error
        raise
    changed = [book for book in state.books.values() if book.changed]
    await _update_groups(session, changed, runtime.db.is_postgresql)
    await _lock_months(session, state)
    if state.rows.pings:
        await tracking.store_pings(session, runtime, state.rows.pings)
    if any(isinstance(row, OutboxMessage) for row in state.rows.added.values()):
        ring(runtime, session)
    _announce(runtime, session, changed)


async def _insert_all(session: AsyncSession, state: State) -> None:
    rows = state.rows
    changed = [book for book in state.books.values() if book.changed]
    entries = [row for book in changed for row in book.entries]
    postings = [row for book in changed for row in book.postings]
    await insert_rows(
        session, SyncOperation, OPERATION_COLUMNS, sorted(rows.operations, key=lambda row: row[0])
    )
    await insert_rows(session, Member, MEMBER_COLUMNS, rows.members)
    if session.get_bind().dialect.name == "postgresql":
        await insert_rows(session, JournalEntry, ENTRY_COLUMNS, entries)
        await insert_rows(session, Posting, POSTING_COLUMNS, postings)
    else:
        # There the entry seals its postings (see the first migration), so they come before it.
        await insert_rows(session, Posting, POSTING_COLUMNS, postings)
        await insert_rows(session, JournalEntry, ENTRY_COLUMNS, entries)
    await insert_rows(session, Contribution, CONTRIBUTION_COLUMNS, rows.contributions)
    await insert_rows(session, PaymentReference, REFERENCE_COLUMNS, rows.references)
    await insert_rows(session, Document, DOCUMENT_COLUMNS, rows.documents)
    await insert_rows(session, SearchToken, ("entity_id", "token", "kind"), rows.tokens)
    await insert_rows(session, AuditLog, AUDIT_COLUMNS, rows.audits)
    balances = [row for book in changed for row in book.balance_rows()]
    await upsert_rows(
        session,
        AccountBalance,
        ("owner_id", "account", "group_id", "balance"),
        balances,
        key=("owner_id", "account"),
    )
    await upsert_rows(
        session,
        LedgerTotal,
        TOTAL_COLUMNS,
        total_rows(changed),
        key=TOTAL_KEY,
        changes=TOTAL_CHANGES,
    )
    await _update_members(session, state)
    member_news.receipts(state)
    await _write_whole_rows(session, state)
    await upsert_rows(
        session,
        SyncRefusal,
        REFUSAL_COLUMNS,
        list(rows.refusals.values()),
        key=("operation_id",),
    )


async def _write_whole_rows(session: AsyncSession, state: State) -> None:
    """What the rules added, changed and dropped as whole rows, in the order of references."""
    rows = state.rows
    if not (rows.added or rows.changed or rows.dropped):
        return
    tables = SQLModel.metadata.sorted_tables
    order = {table.name: number for number, table in enumerate(tables)}
    for model, found in _by_model(rows.dropped.values(), order, newest_first=True):
        key = tuple(column.name for column in model.__table__.primary_key)
        values = [tuple(getattr(row, name) for name in key) for row in found]
        columns = tuple_(*(model.__table__.c[name] for name in key))
        await session.execute(delete(model).where(columns.in_(values)))
    for model, found in _by_model(rows.added.values(), order):
        await insert_rows(session, model, *_whole(model, found))
    for model, found in _by_model(rows.changed.values(), order):
        key = tuple(column.name for column in model.__table__.primary_key)
        await upsert_rows(session, model, *_whole(model, found), key=key)


def _by_model(
    rows: Iterable[SQLModel], order: dict[str, int], *, newest_first: bool = False
) -> list[tuple[Any, list[SQLModel]]]:
    found: dict[type[SQLModel], list[SQLModel]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    return sorted(
        found.items(), key=lambda item: order[str(item[0].__tablename__)], reverse=newest_first
    )


def _whole(model: Any, rows: list[SQLModel]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    columns = tuple(column.name for column in model.__table__.columns)
    return columns, [tuple(getattr(row, name) for name in columns) for row in rows]


async def _update_members(session: AsyncSession, state: State) -> None:
    if not state.rows.edited:
        return
    statement = (
        update(Member.__table__)  # type: ignore[attr-defined]
        .where(Member.__table__.c.id == bindparam("member"))  # type: ignore[attr-defined]
        .values({name: bindparam(f"new_{name}") for name in EDITED_COLUMNS})
    )
    values: list[dict[str, Any]] = [
        {"member": row.id, **{f"new_{name}": getattr(row, name) for name in EDITED_COLUMNS}}
        for row in state.rows.edited.values()
    ]
    connection = await session.connection()
    await connection.execute(statement, values)
    await session.execute(
        delete(SearchToken).where(col(SearchToken.entity_id).in_(list(state.rows.edited)))
    )
    tokens = [
        token
        for row in state.rows.edited.values()
        for token in search.token_rows("member", row.id, row.member_name)
    ]
    await insert_rows(session, SearchToken, ("entity_id", "token", "kind"), tokens)


async def _update_groups(session: AsyncSession, books: list[GroupBook], postgresql: bool) -> None:
    if not books:
        return
    if postgresql:
        await on_driver(
            session,
            "UPDATE banking_group SET book_sequence = new.sequence, chain_head = new.head, "
            "change_sequence = new.change "
            "FROM unnest($1::uuid[], $2::bigint[], $3::bytea[], $4::bigint[]) "
            "AS new(id, sequence, head, change) WHERE banking_group.id = new.id",
            [book.group_id for book in books],
            [book.sequence for book in books],
            [book.head for book in books],
            [book.change_sequence for book in books],
        )
        return
    table = BankingGroup.__table__  # type: ignore[attr-defined]
    connection = await session.connection()
    await connection.execute(
        update(table)
        .where(table.c.id == bindparam("group"))
        .values(
            book_sequence=bindparam("sequence"),
            chain_head=bindparam("head"),
            change_sequence=bindparam("change"),
        ),
        [
            {
                "group": book.group_id,
                "sequence": book.sequence,
                "head": book.head,
                "change": book.change_sequence,
            }
            for book in books
        ],
    )


async def _lock_months(session: AsyncSession, state: State) -> None:
    """Closes the books up to a day: under the group's lock, so that nothing slips in between."""
    if not state.rows.locks:
        return
    table = BankingGroup.__table__  # type: ignore[attr-defined]
    connection = await session.connection()
    await connection.execute(
        update(table)
        .where(table.c.id == bindparam("group"))
        .values(books_locked_through=bindparam("through")),
        [{"group": group_id, "through": day} for group_id, day in state.rows.locks.items()],
    )


def _announce(runtime: Runtime, session: AsyncSession, books: list[GroupBook]) -> None:
    bells = [
        {"group_id": str(book.group_id), "sequence": book.sequence}
        for book in books
        if book.entries
    ]

    async def ring() -> None:
        for bell in bells:
            await runtime.events.publish("ledger", bell)

    if bells:
        after_commit(session, ring)

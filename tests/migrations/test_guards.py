"""What the database itself refuses, whoever asks: the books are append-only and sum to zero."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from app.config import Settings
from app.db import make_engine
from app.models.base import new_id
from tests.support.books import (
    entry_rows,
    group_rows,
    posting_rows,
    write,
    write_small_books,
)

APPEND_ONLY = ("journal_entry", "posting", "audit_log")
ON_POSTGRESQL = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
ON_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@pytest.fixture
async def engine(settings: Settings) -> AsyncIterator[AsyncEngine]:
    made = make_engine(settings)
    yield made
    await made.dispose()


@pytest.fixture
async def group_id(engine: AsyncEngine) -> UUID:
    """A group with one entry in its books."""
    return await write_small_books(engine)


async def contents(engine: AsyncEngine, table: str) -> list[tuple[object, ...]]:
    async with engine.connect() as connection:
        rows = await connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2, 3"))
        return [tuple(row) for row in rows]


async def refused(engine: AsyncEngine, statement: str, why: str = "append-only") -> None:
    with pytest.raises(DBAPIError, match=why):
        async with engine.begin() as connection:
            await connection.execute(text(statement))


@pytest.mark.parametrize("table", APPEND_ONLY)
async def test_rows_cannot_be_changed_or_removed(
    engine: AsyncEngine, group_id: UUID, table: str
) -> None:
    before = await contents(engine, table)
    assert before
    await refused(engine, f"UPDATE {table} SET group_id = group_id")
    await refused(engine, f"DELETE FROM {table}")
    assert await contents(engine, table) == before


@ON_POSTGRESQL
@pytest.mark.parametrize("table", APPEND_ONLY)
async def test_tables_cannot_be_emptied(engine: AsyncEngine, group_id: UUID, table: str) -> None:
    before = await contents(engine, table)
    await refused(engine, f"TRUNCATE {table} CASCADE")
    assert await contents(engine, table) == before


@ON_POSTGRESQL
async def test_emptying_the_groups_does_not_take_the_books_along(
    engine: AsyncEngine, group_id: UUID
) -> None:
    await refused(engine, "TRUNCATE banking_group CASCADE")
    assert await contents(engine, "posting")


@ON_POSTGRESQL
@pytest.mark.parametrize("table", APPEND_ONLY)
async def test_an_upsert_cannot_change_a_row(
    engine: AsyncEngine, group_id: UUID, table: str
) -> None:
    await refused(
        engine,
        f"INSERT INTO {table} SELECT * FROM {table} WHERE true "
        f"ON CONFLICT ON CONSTRAINT pk_{table} DO UPDATE SET group_id = excluded.group_id",
    )


@ON_SQLITE
@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("journal_entry", "append-only"),
        ("posting", "sealed"),
        ("audit_log", "append-only"),
    ],
)
async def test_insert_or_replace_cannot_change_a_row(
    engine: AsyncEngine, group_id: UUID, table: str, why: str
) -> None:
    before = await contents(engine, table)
    await refused(engine, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}", why)
    assert await contents(engine, table) == before


@pytest.mark.parametrize("amounts", [(500_00,), (500_00, -499_99), (1, 1)])
async def test_an_entry_that_does_not_sum_to_zero_is_refused(
    engine: AsyncEngine, group_id: UUID, amounts: tuple[int, ...]
) -> None:
    with pytest.raises(DBAPIError, match="do not sum to zero"):
        await write(engine, posting_rows(group_id, 2, *amounts), entry_rows(group_id, 2))
    assert len(await contents(engine, "posting")) == 2
    assert len(await contents(engine, "journal_entry")) == 1


async def test_one_bad_entry_among_good_ones_is_refused(
    engine: AsyncEngine, group_id: UUID
) -> None:
    model, good = posting_rows(group_id, 2, 100, -100)
    _, bad = posting_rows(group_id, 3, 100, -99)
    with pytest.raises(DBAPIError, match="do not sum to zero"):
        await write(
            engine, (model, [*good, *bad]), entry_rows(group_id, 2), entry_rows(group_id, 3)
        )


async def test_entries_of_two_groups_do_not_make_up_for_each_other(
    engine: AsyncEngine, group_id: UUID
) -> None:
    other = new_id()
    model, too_much = posting_rows(group_id, 2, 100)
    _, too_little = posting_rows(other, 2, -100)
    with pytest.raises(DBAPIError, match="do not sum to zero"):
        await write(
            engine,
            group_rows(other),
            (model, [*too_much, *too_little]),
            entry_rows(group_id, 2),
            entry_rows(other, 2),
        )


async def test_an_entry_of_several_postings_that_sums_to_zero_is_taken(
    engine: AsyncEngine, group_id: UUID
) -> None:
    await write(engine, posting_rows(group_id, 2, 300, -100, -200), entry_rows(group_id, 2))
    assert len(await contents(engine, "posting")) == 5


async def test_postings_without_an_entry_are_refused(engine: AsyncEngine, group_id: UUID) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        await write(engine, posting_rows(group_id, 2, 100, -100))
    assert len(await contents(engine, "posting")) == 2


@ON_SQLITE
async def test_an_entry_without_postings_is_refused(engine: AsyncEngine, group_id: UUID) -> None:
    with pytest.raises(DBAPIError, match="do not sum to zero"):
        await write(engine, entry_rows(group_id, 2))


async def test_two_entries_cannot_have_one_number(engine: AsyncEngine, group_id: UUID) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)unique"):
        await write(engine, entry_rows(group_id, 1))


async def test_nothing_unbalanced_can_be_added_to_an_entry_later(
    engine: AsyncEngine, group_id: UUID
) -> None:
    model, rows = posting_rows(group_id, 1, 7)
    with pytest.raises(DBAPIError, match=r"sealed|do not sum to zero"):
        await write(engine, (model, [{**row, "line": 9} for row in rows]))
    assert len(await contents(engine, "posting")) == 2


@ON_SQLITE
async def test_nothing_at_all_can_be_added_to_a_sealed_entry(
    engine: AsyncEngine, group_id: UUID
) -> None:
    model, rows = posting_rows(group_id, 1, 7, -7)
    with pytest.raises(DBAPIError, match="sealed"):
        await write(engine, (model, [{**row, "line": row["line"] + 5} for row in rows]))

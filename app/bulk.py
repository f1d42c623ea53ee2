"""Set-based inserts: one statement for all rows of a table.

On PostgreSQL many rows go in by COPY and few as one array a column (`unnest`), both straight
through the driver: twice as fast as multi-row VALUES. SQLite takes them by executemany.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import asyncpg
import orjson
from sqlalchemy import Table, insert, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from app.db import driver_of

Row = Sequence[Any]
COPY_FROM = 40
"""From this many rows on, COPY is faster than arrays."""


async def insert_rows(
    session: AsyncSession, model: type[SQLModel], columns: tuple[str, ...], rows: Sequence[Row]
) -> None:
    """Inserts `rows`, each with values in the order of `columns`. JSON values go in as Python."""
    if not rows:
        return
    table: Table = model.__table__  # type: ignore[attr-defined]
    if session.get_bind().dialect.name != "postgresql":
        await session.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])
    elif len(rows) >= COPY_FROM and not _json_columns(table, columns):
        driver = await driver_of(session)
        await _translated(driver.copy_records_to_table(table.name, records=rows, columns=columns))
    else:
        statement = _unnest_insert(table, columns, "")
        await on_driver(session, statement, *_as_arrays(table, columns, rows))


async def upsert_rows(
    session: AsyncSession,
    model: type[SQLModel],
    columns: tuple[str, ...],
    rows: Sequence[Row],
    *,
    key: tuple[str, ...],
    where: str = "",
    changes: Mapping[str, str] | None = None,
) -> None:
    """As `insert_rows`; a row whose `key` exists is overwritten (only `where` it holds), or
    changed as `changes` say: an SQL expression a column."""
    if not rows:
        return
    table: Table = model.__table__  # type: ignore[attr-defined]
    if changes is None:
        changes = {name: f"excluded.{name}" for name in columns if name not in key}
    if session.get_bind().dialect.name == "postgresql":
        sets = ", ".join(f"{name} = {value}" for name, value in changes.items())
        tail = f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets}"
        statement = _unnest_insert(table, columns, f"{tail} WHERE {where}" if where else tail)
        await on_driver(session, statement, *_as_arrays(table, columns, rows))
        return
    upsert = sqlite_insert(table)
    upsert = upsert.on_conflict_do_update(
        index_elements=list(key),
        set_={name: text(value) for name, value in changes.items()},
        where=text(where) if where else None,
    )
    await session.execute(upsert, [dict(zip(columns, row, strict=True)) for row in rows])


async def on_driver(session: AsyncSession, statement: str, *args: Any) -> None:
    """Runs a statement with $1, $2, … by asyncpg itself, inside the session's transaction."""
    driver = await driver_of(session)
    await _translated(driver.execute(statement, *args))


async def _translated(running: Any) -> None:
    """A unique clash as the error that SQLAlchemy would raise for it."""
    try:
        await running
    except asyncpg.IntegrityConstraintViolationError as error:
        raise IntegrityError(None, None, error) from error


@cache
def _unnest_insert(table: Table, columns: tuple[str, ...], tail: str) -> str:
    names = ", ".join(columns)
    json = _json_columns(table, columns)
    picked = ", ".join(f"{name}::json" if name in json else name for name in columns)
    arrays = ", ".join(
        f"${number}::{_sql_type(table, name).replace('JSON', 'TEXT')}[]"
        for number, name in enumerate(columns, 1)
    )
    return (
        f"INSERT INTO {table.name} ({names}) "  # noqa: S608 -- names of our own tables only
        f"SELECT {picked} FROM unnest({arrays}) AS new({names}){tail}"
    )


@cache
def _json_columns(table: Table, columns: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for name in columns if _sql_type(table, name) == "JSON")


@cache
def _sql_type(table: Table, column: str) -> str:
    name: str = table.c[column].type.compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]
    name = name.split(" COLLATE ")[0]
    return "TEXT" if name.startswith("VARCHAR") else name


def _as_arrays(table: Table, columns: tuple[str, ...], rows: Sequence[Row]) -> list[list[Any]]:
    json = _json_columns(table, columns)
    return [
        [orjson.dumps(value).decode() for value in values] if name in json else list(values)
        for name, values in zip(columns, zip(*rows, strict=True), strict=True)
    ]

"""Set-based inserts: one statement for all rows of a table.

PostgreSQL takes the rows as one array a column (`unnest`), which is twice as fast as
multi-row VALUES; SQLite takes them by executemany.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Table, insert, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

Row = Sequence[Any]


async def insert_rows(
    session: AsyncSession, model: type[SQLModel], columns: tuple[str, ...], rows: Sequence[Row]
) -> None:
    """Inserts `rows`, each with values in the order of `columns`. JSON values go in as Python."""
    if not rows:
        return
    table: Table = model.__table__  # type: ignore[attr-defined]
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(
            text(_unnest_insert(table, columns, "")), _as_arrays(table, columns, rows)
        )
    else:
        await session.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])


async def upsert_rows(
    session: AsyncSession,
    model: type[SQLModel],
    columns: tuple[str, ...],
    rows: Sequence[Row],
    *,
    key: tuple[str, ...],
    where: str = "",
) -> None:
    """As `insert_rows`; a row whose `key` exists is overwritten (only `where` it holds)."""
    if not rows:
        return
    table: Table = model.__table__  # type: ignore[attr-defined]
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    tail = f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
    if where:
        tail += f" WHERE {where}"
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(
            text(_unnest_insert(table, columns, tail)), _as_arrays(table, columns, rows)
        )
        return
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert

    statement = sqlite_insert(table)
    statement = statement.on_conflict_do_update(
        index_elements=list(key),
        set_={name: statement.excluded[name] for name in columns if name not in key},
        where=text(where) if where else None,
    )
    await session.execute(statement, [dict(zip(columns, row, strict=True)) for row in rows])


@cache
def _unnest_insert(table: Table, columns: tuple[str, ...], tail: str) -> str:
    names = ", ".join(columns)
    picked = ", ".join(
        f"{name}::json" if _sql_type(table, name) == "JSON" else name for name in columns
    )
    kinds = [_sql_type(table, name).replace("JSON", "TEXT") for name in columns]
    arrays = ", ".join(f"CAST(:c{number} AS {kind}[])" for number, kind in enumerate(kinds))
    return (
        f"INSERT INTO {table.name} ({names}) "  # noqa: S608 -- names of our own tables only
        f"SELECT {picked} FROM unnest({arrays}) AS new({names}){tail}"
    ).replace("::json", "\\:\\:json")


def _sql_type(table: Table, column: str) -> str:
    name: str = table.c[column].type.compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]
    name = name.split(" COLLATE ")[0]
    return "TEXT" if name.startswith("VARCHAR") else name


def _as_arrays(table: Table, columns: tuple[str, ...], rows: Sequence[Row]) -> dict[str, list[Any]]:
    found = {f"c{number}": list(values) for number, values in enumerate(zip(*rows, strict=True))}
    for number, name in enumerate(columns):
        if _sql_type(table, name) == "JSON":
            found[f"c{number}"] = [orjson.dumps(value).decode() for value in found[f"c{number}"]]
    return found

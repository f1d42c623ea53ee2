"""Prepared look-ups by lists of keys, for the paths that every posting takes.

A statement is written once in SQLAlchemy and compiled once. On PostgreSQL it runs straight
through the driver with one array a list, which spares compiling and wrapping it every time;
on SQLite it runs as any other statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.ext.asyncio import AsyncSession

from app.db import driver_of

OneOf = Callable[[Any, str], ColumnElement[bool]]


def _any_of(column: Any, name: str) -> ColumnElement[bool]:
    return column == any_(bindparam(name, type_=ARRAY(column.type)))  # type: ignore[no-any-return]


def _in_list(column: Any, name: str) -> ColumnElement[bool]:
    return column.in_(bindparam(name, expanding=True))  # type: ignore[no-any-return]


def _dialect() -> Any:
    return asyncpg_dialect()  # type: ignore[no-untyped-call]


class Lookup:
    """A query by lists; `build` gets a function that says "this column is in that list"."""

    def __init__(self, build: Callable[[OneOf], Any]) -> None:
        self._build = build
        self._postgresql: tuple[str, list[str]] | None = None
        self._sqlite: Select[Any] | None = None

    async def rows(self, session: AsyncSession, **lists: Iterable[Any]) -> Sequence[Any]:
        """The rows for these lists, in the statement's columns.

        JSON columns come as text from PostgreSQL's driver; ask for none here but through
        `orjson.loads`.
        """
        if session.get_bind().dialect.name != "postgresql":
            if self._sqlite is None:
                self._sqlite = self._build(_in_list)
            plain = {name: list(values) for name, values in lists.items()}
            return (await session.execute(self._sqlite, plain)).all()
        if self._postgresql is None:
            self._postgresql = self._compile()
        statement, order = self._postgresql
        driver = await driver_of(session)
        found: Sequence[Any] = await driver.fetch(statement, *(list(lists[name]) for name in order))
        return found

    def _compile(self) -> tuple[str, list[str]]:
        compiled = self._build(_any_of).compile(dialect=_dialect())
        return str(compiled), list(compiled.positiontup or [])

"""Runs migrations over the application's own async engine, on PostgreSQL and SQLite."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import Connection, text

from alembic import context
from app.config import load_settings
from app.db import make_engine
from app.models import metadata


def compare_type(
    _context: Any, _inspected: Any, _column: Any, inspected_type: Any, model_type: Any
) -> bool | None:
    """Alembic's own comparison, apart from our column types, which only wrap plain ones."""
    return None


def run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # A migration must not queue behind a long transaction and block everyone behind itself.
        connection.execute(text("SET lock_timeout = '5s'"))
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=False,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:
        run(given)
        return
    engine = make_engine(load_settings())
    async with engine.connect() as connection:
        await connection.run_sync(run)
        await connection.commit()
    await engine.dispose()


if context.is_offline_mode():
    raise SystemExit("Migrations run online only: they create triggers per database.")
if context.config.attributes.get("connection") is not None:
    run(context.config.attributes["connection"])
else:
    asyncio.run(main())

"""Messages that waited before the upgrade wait after it, and what was done stays done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.db import make_engine
from app.models import OutboxMessage
from app.models.base import new_id
from tests.support.books import WHEN, write_small_books
from tests.support.databases import PostgreSQLDatabases, SQLiteDatabases, migrate


async def test_the_outbox_of_the_version_before_is_worked_off_after_the_upgrade(
    databases: SQLiteDatabases | PostgreSQLDatabases, tmp_path: Path
) -> None:
    settings = databases.empty(tmp_path)
    await migrate(settings, "0013")
    engine = make_engine(settings)
    await write_small_books(engine)
    before: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "topic": "push",
            "payload": {"number": number},
            "created_at": WHEN,
            "available_at": WHEN,
            "attempts": number,
            "done_at": done_at,
        }
        for number, done_at in enumerate((None, WHEN))
    ]
    kinds = {"id": sa.Uuid(), "payload": sa.JSON()}
    plain = sa.table(
        "outbox",
        *(
            sa.column(name, sa.DateTime(True) if name.endswith("_at") else kinds.get(name))
            for name in before[0]
        ),
    )
    async with engine.begin() as connection:
        await connection.execute(sa.insert(plain), before)
    await migrate(settings)
    async with engine.begin() as connection:
        found = await connection.execute(sa.select(OutboxMessage.__table__))  # type: ignore[attr-defined]
        rows = {row["id"]: row for row in found.mappings()}
    for row in before:
        kept = rows[row["id"]]
        assert {name: kept[name] for name in row} == row
        assert (kept["begun_at"], kept["dead_at"], kept["dead_code"]) == (None, None, None)
    await engine.dispose()
    databases.drop(settings)

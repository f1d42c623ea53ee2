"""Meetings of the second version, over the migration that lets two be open."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlalchemy import JSON, Date, Uuid, column, insert, table, text
from sqlalchemy.ext.asyncio import AsyncEngine

from app.db import make_engine
from app.models.base import UtcDateTime, new_id
from tests.support.books import WHEN, write_small_books
from tests.support.databases import PostgreSQLDatabases, SQLiteDatabases, migrate


async def test_open_meetings_survive_and_a_second_one_may_be_open(
    databases: SQLiteDatabases | PostgreSQLDatabases, tmp_path: Path
) -> None:
    settings = databases.empty(tmp_path)
    await migrate(settings, "0002")
    engine = make_engine(settings)
    group_id = await write_small_books(engine)
    await _write_meeting(engine, group_id)
    await migrate(settings)
    await _write_meeting(engine, group_id)
    async with engine.connect() as connection:
        rows = await connection.execute(
            text("SELECT venue, status, banked, claimed_expected, minutes_form FROM meeting")
        )
        assert rows.all() == [("Chini ya mti", "OPEN", 0, None, None)] * 2
    await engine.dispose()
    databases.drop(settings)


async def _write_meeting(engine: AsyncEngine, group_id: UUID) -> None:
    """An open meeting as the second version wrote it."""
    meeting = table(
        "meeting",
        *(column(name, Uuid()) for name in ("id", "group_id", "opened_by")),
        *(column(name) for name in ("venue", "status", "resolutions", "opening_cash")),
        *(column(name) for name in ("brought_from_bank", "quorum", "change_sequence")),
        *(column(name, JSON()) for name in ("denominations", "statement")),
        column("meeting_date", Date()),
        column("opened_at", UtcDateTime()),
    )
    values = {"id": new_id(), "group_id": group_id, "opened_by": new_id(), "venue": "Chini ya mti"}
    async with engine.begin() as connection:
        await connection.execute(
            insert(meeting).values(
                **values,
                status="OPEN",
                resolutions="",
                opening_cash=500_00,
                brought_from_bank=0,
                quorum=2,
                change_sequence=1,
                denominations={},
                statement={},
                meeting_date=WHEN.date(),
                opened_at=WHEN,
            )
        )

"""Devices of before may ask to be told after the upgrade."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert, select

from app.db import make_engine
from app.models import Device, PushSubscription, User
from app.models.base import new_id
from tests.support.books import WHEN, write_small_books
from tests.support.databases import PostgreSQLDatabases, SQLiteDatabases, migrate


async def test_a_device_of_the_ninth_version_takes_a_subscription(
    databases: SQLiteDatabases | PostgreSQLDatabases, tmp_path: Path
) -> None:
    settings = databases.empty(tmp_path)
    await migrate(settings, "0009")
    engine = make_engine(settings)
    await write_small_books(engine)
    user_id, device_id = new_id(), new_id()
    user = {
        "id": user_id,
        "name": "Peter",
        "phone_sealed": b"",
        "phone_index": b"",
        "wrapped_key": b"",
        "role": "FIELD_OFFICER",
        "password_hash": "",
        "is_active": True,
        "sessions_valid_from": WHEN,
        "created_at": WHEN,
    }
    device = {
        "id": device_id,
        "user_id": user_id,
        "name": "phone",
        "created_at": WHEN,
        "last_seen_at": WHEN,
    }
    async with engine.begin() as connection:
        await connection.execute(insert(User).values(user))
        await connection.execute(insert(Device).values(device))
    await migrate(settings)
    asked = {
        "device_id": device_id,
        "user_id": user_id,
        "sealed": b"x",
        "language": "sw",
        "created_at": WHEN,
    }
    async with engine.begin() as connection:
        await connection.execute(insert(PushSubscription).values(asked))
        (row,) = (await connection.execute(select(PushSubscription.__table__))).mappings()
        assert dict(row) == asked
        (left,) = (await connection.execute(select(Device.__table__))).mappings()
        assert left["user_id"] == user_id
    await engine.dispose()
    databases.drop(settings)

"""Keys that were enrolled before stay in use after the upgrade."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert, select

from app.db import make_engine
from app.models import BankingGroup, SigningKey, User
from app.models.base import new_id
from tests.support.books import WHEN, write_small_books
from tests.support.databases import PostgreSQLDatabases, SQLiteDatabases, migrate


async def test_a_key_of_the_fifteenth_version_is_on_an_unknown_phone(
    databases: SQLiteDatabases | PostgreSQLDatabases, tmp_path: Path
) -> None:
    settings = databases.empty(tmp_path)
    await migrate(settings, "0015")
    engine = make_engine(settings)
    await write_small_books(engine)
    user_id, key_id = new_id(), new_id()
    user = {
        "id": user_id,
        "name": "Grace",
        "phone_sealed": b"",
        "phone_index": b"",
        "wrapped_key": b"",
        "role": "GROUP_CHAIR",
        "password_hash": "",
        "is_active": True,
        "sessions_valid_from": WHEN,
        "created_at": WHEN,
    }
    async with engine.begin() as connection:
        group_id = (await connection.execute(select(BankingGroup.id))).scalars().first()
        key = {
            "id": key_id,
            "user_id": user_id,
            "group_id": group_id,
            "officer_id": user_id,
            "public_key": b"k",
            "created_at": WHEN,
        }
        await connection.execute(insert(User).values(user))
        await connection.execute(insert(SigningKey).values(key))
    await migrate(settings)
    async with engine.begin() as connection:
        (left,) = (await connection.execute(select(SigningKey.__table__))).mappings()
        none = {"revoked_at": None, "device_id": None, "shut_out_at": None}
        assert dict(left) == {**key, **none}
    await engine.dispose()

"""Identity checks of before, on the database that says how they were made."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlalchemy import column, insert, select, table
from sqlalchemy.ext.asyncio import AsyncEngine

from app.db import make_engine
from app.models import IdentityCheck, Member, User
from app.models.base import new_id
from tests.support.books import WHEN, write_small_books
from tests.support.databases import PostgreSQLDatabases, SQLiteDatabases, migrate


async def test_identity_checks_of_the_second_version_say_nothing_of_how(
    databases: SQLiteDatabases | PostgreSQLDatabases, tmp_path: Path
) -> None:
    settings = databases.empty(tmp_path)
    await migrate(settings, "0002")
    engine = make_engine(settings)
    ids = await _write_identity_check(engine)
    await migrate(settings)
    async with engine.connect() as connection:
        (row,) = (await connection.execute(select(IdentityCheck.__table__))).mappings()
    assert (row["id"], row["member_id"], row["checked_by"]) == ids
    assert (row["checked_at"], row["documents"], row["method"]) == (WHEN, ["a", "b"], None)
    await engine.dispose()
    databases.drop(settings)


async def _write_identity_check(engine: AsyncEngine) -> tuple[UUID, UUID, UUID]:
    """A check as the second version wrote it, by whom and of whom; the ids."""
    group_id = await write_small_books(engine)
    check_id, member_id, user_id = new_id(), new_id(), new_id()
    member = {
        "id": member_id,
        "group_id": group_id,
        "member_name": "Jane",
        "name_key": "jane",
        "registration_date": WHEN.date(),
        "is_active": True,
        "id_verified": True,
        "version": 1,
        "field_versions": {},
        "change_sequence": 1,
        "created_at": WHEN,
        "created_by": user_id,
    }
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
    check = {
        "id": check_id,
        "group_id": group_id,
        "member_id": member_id,
        "checked_by": user_id,
        "checked_at": WHEN,
        "documents": ["a", "b"],
    }
    async with engine.begin() as connection:
        for model, values in ((User, user), (Member, member), (IdentityCheck, check)):
            # Their columns of then: a later version's defaults are no part of it.
            old = [column(name, model.__table__.c[name].type) for name in values]
            await connection.execute(insert(table(model.__tablename__, *old)).values(values))
    return check_id, member_id, user_id

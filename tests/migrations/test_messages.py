"""Members of before are written to in Swahili, unless somebody says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from app.db import make_engine
from app.models import BankingGroup, Member, Message
from app.models.base import new_id
from tests.support.books import WHEN, write_small_books
from tests.support.databases import PostgreSQLDatabases, SQLiteDatabases, migrate


async def test_members_of_the_version_before_can_be_written_to_after_the_upgrade(
    databases: SQLiteDatabases | PostgreSQLDatabases, tmp_path: Path
) -> None:
    settings = databases.empty(tmp_path)
    await migrate(settings, "0017")
    engine = make_engine(settings)
    await write_small_books(engine)
    members = Member.__table__  # type: ignore[attr-defined]
    async with engine.begin() as connection:
        groups = await connection.execute(sa.select(BankingGroup.id).limit(1))  # type: ignore[call-overload]
        member = {
            "id": new_id(),
            "group_id": groups.scalar_one(),
            "member_name": "Jane Wanjiku",
            "name_key": "jane wanjiku",
            "registration_date": WHEN.date(),
            "is_active": True,
            "id_verified": False,
            "version": 1,
            "field_versions": {},
            "change_sequence": 1,
            "created_at": WHEN,
            "created_by": new_id(),
        }
        plain = sa.table("member", *(sa.column(name, members.c[name].type) for name in member))
        await connection.execute(sa.insert(plain).values(member))
    await migrate(settings)
    message = {
        "id": new_id(),
        "recipient_id": member["id"],
        "member_id": member["id"],
        "group_id": member["group_id"],
        "template": "RECEIPT",
        "cause": "outbox:1",
        "language": "sw",
        "state": "WAITING",
        "failed_channels": "",
        "cost": 0,
        "created_at": WHEN,
    }
    async with engine.begin() as connection:
        (row,) = (await connection.execute(sa.select(members))).mappings()
        assert {name: row[name] for name in member} == member
        assert (row["language"], row["messages_off_at"]) == ("sw", None)
        await connection.execute(sa.insert(Message).values(message))
    with pytest.raises(sa.exc.IntegrityError):
        async with engine.begin() as connection:
            await connection.execute(sa.insert(Message).values({**message, "id": new_id()}))
    await engine.dispose()
    databases.drop(settings)

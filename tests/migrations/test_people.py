"""Users, sign-ins and groups of before: who signed in when is known, and nothing else is lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.db import make_engine
from app.models import BankingGroup, User
from app.models.base import new_id
from tests.support.books import WHEN, write_small_books
from tests.support.databases import PostgreSQLDatabases, SQLiteDatabases, migrate

LATER = WHEN + timedelta(days=3)


def a_user(number: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "name": f"User {number}",
        "phone_sealed": b"",
        "phone_index": bytes([number]),
        "wrapped_key": b"",
        "role": "FIELD_OFFICER",
        "password_hash": "",
        "is_active": True,
        "sessions_valid_from": WHEN,
        "created_at": WHEN,
    }


def a_token(user_id: Any, number: int, at: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "family_id": new_id(),
        "user_id": user_id,
        "token_hash": bytes([number]),
        "created_at": at,
        "expires_at": at,
    }


async def test_the_last_sign_in_of_before_is_known_after_the_upgrade(
    databases: SQLiteDatabases | PostgreSQLDatabases, tmp_path: Path
) -> None:
    settings = databases.empty(tmp_path)
    await migrate(settings, "0010")
    engine = make_engine(settings)
    await write_small_books(engine)
    one, other = a_user(1), a_user(2)
    tokens = [a_token(one["id"], number, at) for number, at in enumerate((WHEN, LATER))]
    async with engine.begin() as connection:
        await connection.execute(sa.insert(User), [one, other])
        plain = sa.table("refresh_token", *(sa.column(name, _type(name)) for name in tokens[0]))
        await connection.execute(sa.insert(plain), tokens)
    await migrate(settings)
    async with engine.begin() as connection:
        found = await connection.execute(sa.select(User.id, User.last_sign_in_at))  # type: ignore[call-overload]
        assert dict(found.all()) == {one["id"]: LATER, other["id"]: None}
        rows = await connection.execute(sa.select(BankingGroup.field_versions))  # type: ignore[call-overload]
        assert {str(row) for row in rows.scalars()} == {"{}"}
    await engine.dispose()
    databases.drop(settings)


def _type(name: str) -> Any:
    if name.endswith("_at"):
        return sa.DateTime(True)
    return sa.LargeBinary() if name == "token_hash" else sa.Uuid()

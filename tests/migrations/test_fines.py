"""Fines of the second version keep, and may then be charged for a month."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, MetaData, Table, Uuid, column, insert, inspect, select, table, text

from app.db import make_engine
from app.models import FineCharge, Member
from app.models.base import new_id
from tests.migrations.test_migrations import Databases
from tests.support.books import WHEN, group_rows, write
from tests.support.databases import migrate

OLD = table(
    "fine_charge",
    *(column(name, Uuid()) for name in ("id", "group_id", "member_id")),
    *(column(name) for name in ("reason", "amount", "paid", "charged_on", "status")),
    column("change_sequence"),
)


async def test_fines_charged_before_have_no_month(databases: Databases, tmp_path: Path) -> None:
    settings = databases.empty(tmp_path)
    await migrate(settings, "0002")
    engine = make_engine(settings)
    group_id, member_id = new_id(), new_id()
    member = {
        "id": member_id,
        "group_id": group_id,
        "member_name": "Jane",
        "name_key": "jane",
        "registration_date": WHEN.date(),
        "is_active": True,
        "id_verified": False,
        "version": 1,
        "field_versions": {},
        "change_sequence": 1,
        "created_at": WHEN,
        "created_by": new_id(),
    }
    # Its columns of then: the model would fill in those that came since.
    columns = [Column(one.name, one.type) for one in inspect(Member).columns if one.name in member]
    await write(engine, group_rows(group_id))
    fine = {"group_id": group_id, "member_id": member_id, "reason": "OTHER", "amount": 50_00}
    fine |= {"paid": 20_00, "charged_on": WHEN.date(), "status": "OPEN", "change_sequence": 3}
    async with engine.begin() as connection:
        await connection.execute(insert(Table("member", MetaData(), *columns)).values(member))
        for _ in range(2):
            await connection.execute(insert(OLD).values(id=new_id(), **fine))
    await migrate(settings)
    async with engine.connect() as connection:
        rows = (await connection.execute(select(FineCharge))).mappings().all()
        assert {(row["amount"], row["paid"], row["month"]) for row in rows} == {
            (50_00, 20_00, None)
        }
        assert len(rows) == 2
        checks = await connection.execute(text("SELECT COUNT(*) FROM saving_check"))
        assert checks.scalar_one() == 0
    await engine.dispose()
    databases.drop(settings)

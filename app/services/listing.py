"""Pages of what belongs to groups, oldest first: welfare requests, fines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import SQLModel, col

from app.auth.access import load_group, load_member, reach
from app.auth.actor import Actor
from app.models import BankingGroup
from app.paging import Page, check_first, cut, decode_cursor
from app.runtime import Runtime

M = TypeVar("M", bound=SQLModel)


async def oldest_first(
    runtime: Runtime,
    actor: Actor,
    model: type[M],
    by: Mapped[Any],
    read: Callable[[str], date | datetime],
    *,
    group_id: UUID | None,
    member_id: UUID | None,
    conditions: Sequence[ColumnElement[bool]],
    first: int,
    after: str | None,
) -> Page[M]:
    """A page of `model`'s rows within reach, in the order of the column `by`, then of the id.

    `read` makes the column's value of its ISO text in a cursor. NOT_FOUND for a group or a
    member outside reach.
    """
    check_first(first)
    table: Any = model
    wanted = [reach(actor), *conditions]
    if group_id is not None:
        wanted.append(table.group_id == group_id)
    if member_id is not None:
        wanted.append(table.member_id == member_id)
    selected = (
        select(model).join(BankingGroup, col(BankingGroup.id) == table.group_id).where(*wanted)
    )
    statement = selected
    key = decode_cursor(after, read, UUID)
    if key:
        at, last = key
        statement = selected.where(or_(by > at, and_(by == at, table.id > last)))
    statement = statement.order_by(by, table.id).limit(first + 1)
    async with runtime.db.reading() as session:
        if group_id is not None:
            await load_group(session, actor, group_id)
        if member_id is not None:
            await load_member(session, actor, member_id)
        rows = (await session.execute(statement)).scalars().all()

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(selected.subquery())
            return int((await counting.execute(total)).scalar_one())

    name = cast(Any, by).key

    def place(row: Any) -> tuple[str, UUID]:
        return getattr(row, name).isoformat(), row.id

    return cut(rows, first, place, count)

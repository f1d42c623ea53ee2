"""Withdrawals and other movements as single mutations, and their list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import col

from app.auth.access import load_group, reach
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import NotFound
from app.models import BankingGroup, Movement
from app.paging import Page, check_first, cut, decode_cursor, instant
from app.runtime import Runtime
from app.services.cash_ledger import LedgerLine, line_of_entry
from app.services.operations.movements import read_movement
from app.services.operations.parse import offline_sync_id
from app.services.operations.single import carry_out
from app.services.operations.types import Operation
from app.services.operations.withdrawals import read_withdrawal


async def withdraw_savings(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> LedgerLine:
    """The line of the cash ledger that the withdrawal made; a repeat shows it again."""
    demand(actor, "transactions:create")
    operation = Operation(actor, read_withdrawal(values), offline_sync_id(values))
    return await _line_of(runtime, operation)


async def record_movement(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> LedgerLine:
    """The first line of the cash ledger that the movement made."""
    demand(actor, "transactions:create")
    operation = Operation(actor, read_movement(values), offline_sync_id(values))
    return await _line_of(runtime, operation)


async def _line_of(runtime: Runtime, operation: Operation) -> LedgerLine:
    outcome = await carry_out(runtime, operation)
    async with runtime.db.reading() as session:
        rows = await session.execute(
            select(Movement)
            .join(BankingGroup, col(BankingGroup.id) == col(Movement.group_id))
            .where(col(Movement.id) == outcome.entity_id, reach(operation.actor))
        )
        movement = rows.scalar_one_or_none()
        line = await line_of_entry(session, movement.entry_id) if movement else None
    if line is None:
        raise NotFound("There is no such group.", field="groupId")
    return line


async def list_movements(
    runtime: Runtime,
    actor: Actor,
    *,
    group_id: UUID | None,
    member_id: UUID | None,
    kind: str | None,
    first: int,
    after: str | None,
) -> Page[Movement]:
    """A page of movements, the newest first."""
    demand(actor, "transactions:read")
    check_first(first)
    conditions: list[ColumnElement[bool]] = [reach(actor)]
    if group_id is not None:
        conditions.append(col(Movement.group_id) == group_id)
    if member_id is not None:
        conditions.append(col(Movement.member_id) == member_id)
    if kind is not None:
        conditions.append(col(Movement.kind) == kind)
    key = decode_cursor(after, instant, UUID)
    statement = _selected(conditions)
    if key:
        at, last = key
        earlier = col(Movement.recorded_at) < at
        same = (col(Movement.recorded_at) == at) & (col(Movement.id) < last)
        statement = statement.where(or_(earlier, same))
    order = (col(Movement.recorded_at).desc(), col(Movement.id).desc())
    async with runtime.db.reading() as session:
        if group_id is not None:
            await load_group(session, actor, group_id)
        found = await session.execute(statement.order_by(*order).limit(first + 1))
        rows = found.scalars().all()

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(_selected(conditions).subquery())
            return int((await counting.execute(total)).scalar_one())

    return cut(rows, first, lambda row: (row.recorded_at.isoformat(), row.id), count)


def _selected(conditions: list[ColumnElement[bool]]) -> Any:
    return (
        select(Movement)
        .join(BankingGroup, col(BankingGroup.id) == col(Movement.group_id))
        .where(*conditions)
    )

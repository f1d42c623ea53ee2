"""The review inbox: reading it, and deciding an item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import load_group, reach
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.models import BankingGroup, ReviewItem, Role
from app.paging import Page, check_first, cut, decode_cursor, instant
from app.runtime import Runtime
from app.services.operations.reviews import read_decision
from app.services.operations.single import carry_out
from app.services.operations.types import Operation


def _visible(actor: Actor) -> list[ColumnElement[bool]]:
    """Of the groups within reach; an officer sees what they sent themselves."""
    conditions = [reach(actor)]
    if actor.role is Role.FIELD_OFFICER:
        conditions.append(col(ReviewItem.officer_id) == actor.user_id)
    return conditions


def _selected(conditions: list[ColumnElement[bool]]) -> Any:
    return (
        select(ReviewItem)
        .join(BankingGroup, col(BankingGroup.id) == col(ReviewItem.group_id))
        .where(*conditions)
    )


async def list_reviews(
    runtime: Runtime,
    actor: Actor,
    *,
    group_id: UUID | None,
    kind: str | None,
    status: str | None,
    first: int,
    after: str | None,
) -> Page[ReviewItem]:
    """A page of items, oldest first."""
    demand(actor, "transactions:read")
    check_first(first)
    conditions = _visible(actor)
    if group_id is not None:
        conditions.append(col(ReviewItem.group_id) == group_id)
    if kind is not None:
        conditions.append(col(ReviewItem.kind) == kind)
    if status is not None:
        conditions.append(col(ReviewItem.status) == status)
    key = decode_cursor(after, instant, UUID)
    statement = _selected(conditions)
    if key:
        at, last = key
        statement = statement.where(
            or_(
                col(ReviewItem.created_at) > at,
                and_(col(ReviewItem.created_at) == at, col(ReviewItem.id) > last),
            )
        )
    statement = statement.order_by(col(ReviewItem.created_at), col(ReviewItem.id)).limit(first + 1)
    async with runtime.db.reading() as session:
        if group_id is not None:
            await load_group(session, actor, group_id)
        rows = (await session.execute(statement)).scalars().all()

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(_selected(conditions).subquery())
            return int((await counting.execute(total)).scalar_one())

    return cut(rows, first, lambda row: (row.created_at.isoformat(), row.id), count)


async def find_review(session: AsyncSession, actor: Actor, item_id: UUID) -> ReviewItem | None:
    """The item, or None where the actor may not see one."""
    demand(actor, "transactions:read")
    rows = await session.execute(_selected([*_visible(actor), col(ReviewItem.id) == item_id]))
    found: ReviewItem | None = rows.scalar_one_or_none()
    return found


async def decide_review(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> ReviewItem:
    """Carries a decision out; the item as it is after it."""
    demand(actor, "reviews:decide")
    outcome = await carry_out(runtime, Operation(actor, read_decision(values)))
    found: ReviewItem = outcome.entity
    return found

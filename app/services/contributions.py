"""Reading contributions; recording one, and showing again what a repeat made the first time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from app.auth.access import reach
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput, NotFound
from app.models import BankingGroup, Contribution
from app.paging import Page
from app.runtime import Runtime
from app.services.listing import oldest_first
from app.services.operations import parse
from app.services.operations.contributions import ContributionRow
from app.services.operations.single import carry_out
from app.services.operations.types import Operation


async def record_contribution(
    runtime: Runtime, actor: Actor, values: Mapping[str, Any]
) -> ContributionRow | Contribution:
    """Posts the contribution that the fields of RecordContributionInput describe.

    Raises the rule's own error; a repeat of an offlineSyncId gives the first one again, to
    those who may still see it.
    """
    demand(actor, "transactions:create")
    operation = Operation(actor, parse.contribution(values), parse.offline_sync_id(values))
    outcome = await carry_out(runtime, operation)
    if isinstance(outcome.entity, ContributionRow):
        return outcome.entity
    return await _earlier(runtime, actor, outcome.entity_id)


async def list_contributions(
    runtime: Runtime,
    actor: Actor,
    *,
    group_id: UUID,
    since: date | None,
    until: date | None,
    first: int,
    after: str | None,
) -> tuple[Page[Contribution], Callable[[], Awaitable[int]]]:
    """A page of a group's contributions of a period, the oldest first, and what makes their sum.

    Those that were reversed are on the page and count nothing in the sum.
    """
    demand(actor, "transactions:read")
    if since and until and since > until:
        raise BadInput("The period ends before it begins.", field="to")
    within: list[ColumnElement[bool]] = []
    if since is not None:
        within.append(col(Contribution.contribution_date) >= since)
    if until is not None:
        within.append(col(Contribution.contribution_date) <= until)
    page = await oldest_first(
        runtime,
        actor,
        Contribution,
        col(Contribution.contribution_date),
        date.fromisoformat,
        group_id=group_id,
        member_id=None,
        conditions=within,
        first=first,
        after=after,
    )

    async def total() -> int:
        statement = select(func.coalesce(func.sum(col(Contribution.amount)), 0)).where(
            col(Contribution.group_id) == group_id,
            col(Contribution.reversed_by).is_(None),
            *within,
        )
        async with runtime.db.reading() as session:
            return int((await session.execute(statement)).scalar_one())

    return page, total


async def _earlier(runtime: Runtime, actor: Actor, contribution_id: UUID | None) -> Contribution:
    statement = (
        select(Contribution)
        .join(BankingGroup, col(BankingGroup.id) == col(Contribution.group_id))
        .where(col(Contribution.id) == contribution_id, reach(actor))
    )
    async with runtime.db.reading() as session:
        found: Contribution | None = (await session.execute(statement)).scalar_one_or_none()
    if found is None:
        raise NotFound("There is no such member.", field="memberId")
    return found

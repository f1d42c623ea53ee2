"""Reading fines, and the single mutations on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.auth.access import reach
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import NotFound
from app.models import BankingGroup, FineCharge
from app.paging import Page
from app.runtime import Runtime
from app.services.listing import oldest_first
from app.services.operations.fines import read_charge, read_waiver
from app.services.operations.parse import offline_sync_id
from app.services.operations.single import carry_out
from app.services.operations.types import Operation


async def list_charges(
    runtime: Runtime,
    actor: Actor,
    *,
    group_id: UUID | None,
    member_id: UUID | None,
    status: str | None,
    first: int,
    after: str | None,
) -> Page[FineCharge]:
    """A page of fines, the oldest first."""
    demand(actor, "transactions:read")
    return await oldest_first(
        runtime,
        actor,
        FineCharge,
        col(FineCharge.charged_on),
        date.fromisoformat,
        group_id=group_id,
        member_id=member_id,
        conditions=[col(FineCharge.status) == status] if status is not None else [],
        first=first,
        after=after,
    )


async def charge_fine(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> FineCharge:
    """A fine that the member owes from now on; a repeat shows the first one again."""
    demand(actor, "transactions:create")
    operation = Operation(actor, read_charge(values), offline_sync_id(values))
    return await _after(runtime, operation)


async def waive_fine(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> FineCharge:
    demand(actor, "books:correct")
    return await _after(runtime, Operation(actor, read_waiver(values)))


async def _after(runtime: Runtime, operation: Operation) -> FineCharge:
    outcome = await carry_out(runtime, operation)
    if isinstance(outcome.entity, FineCharge):
        return outcome.entity
    statement = (
        select(FineCharge)
        .join(BankingGroup, col(BankingGroup.id) == col(FineCharge.group_id))
        .where(col(FineCharge.id) == outcome.entity_id, reach(operation.actor))
    )
    async with runtime.db.reading() as session:
        found: FineCharge | None = (await session.execute(statement)).scalar_one_or_none()
    if found is None:
        raise NotFound("There is no such member.", field="memberId")
    return found

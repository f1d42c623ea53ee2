"""Reading welfare requests, and the single mutations on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import load_member, reach
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import DomainError, NotFound
from app.models import BankingGroup, WelfareRequest
from app.paging import Page, instant
from app.runtime import Runtime
from app.services.listing import oldest_first
from app.services.operations import welfare_bodies as bodies
from app.services.operations.load import load_state
from app.services.operations.parse import offline_sync_id
from app.services.operations.single import carry_out
from app.services.operations.types import Operation
from app.services.operations.welfare import facts_of
from app.services.welfare_conditions import failures


async def list_requests(
    runtime: Runtime,
    actor: Actor,
    *,
    group_id: UUID | None,
    member_id: UUID | None,
    status: str | None,
    first: int,
    after: str | None,
) -> Page[WelfareRequest]:
    """A page of requests, the oldest first."""
    demand(actor, "transactions:read")
    return await oldest_first(
        runtime,
        actor,
        WelfareRequest,
        col(WelfareRequest.requested_at),
        instant,
        group_id=group_id,
        member_id=member_id,
        conditions=[col(WelfareRequest.status) == status] if status is not None else [],
        first=first,
        after=after,
    )


async def find_request(
    session: AsyncSession, actor: Actor, request_id: UUID
) -> WelfareRequest | None:
    """The request, or None where the actor may not see one."""
    demand(actor, "transactions:read")
    rows = await session.execute(
        select(WelfareRequest)
        .join(BankingGroup, col(BankingGroup.id) == col(WelfareRequest.group_id))
        .where(reach(actor), col(WelfareRequest.id) == request_id)
    )
    found: WelfareRequest | None = rows.scalar_one_or_none()
    return found


async def check_eligibility(
    runtime: Runtime, actor: Actor, values: Mapping[str, Any]
) -> list[DomainError]:
    """The conditions that a request would fail now; nothing is written."""
    demand(actor, "transactions:read")
    body = bodies.read_request(values)
    async with runtime.db.reading() as session:
        await load_member(session, actor, body.member_id)
        # It locks the group for a moment, as the request will, and writes nothing.
        state = await load_state(runtime, session, [Operation(actor, body)])
    return failures(facts_of(state, body))


async def request_welfare(
    runtime: Runtime, actor: Actor, values: Mapping[str, Any]
) -> WelfareRequest:
    """A PENDING request, or the error that carries every condition that is not met."""
    demand(actor, "welfare:request")
    body = bodies.read_request(values)
    return await _after(runtime, Operation(actor, body, offline_sync_id(values)))


async def approve_welfare(
    runtime: Runtime, actor: Actor, values: Mapping[str, Any]
) -> WelfareRequest:
    demand(actor, "welfare:approve")
    return await _after(runtime, Operation(actor, bodies.read_approval(values)))


async def reject_welfare(
    runtime: Runtime, actor: Actor, values: Mapping[str, Any]
) -> WelfareRequest:
    demand(actor, "welfare:approve")
    return await _after(runtime, Operation(actor, bodies.read_rejection(values)))


async def pay_welfare(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> WelfareRequest:
    demand(actor, "transactions:create")
    body = bodies.read_payment(values)
    return await _after(runtime, Operation(actor, body, offline_sync_id(values)))


async def _after(runtime: Runtime, operation: Operation) -> WelfareRequest:
    """The request as the operation left it; a repeat shows it to those who may still see it."""
    outcome = await carry_out(runtime, operation)
    if isinstance(outcome.entity, WelfareRequest):
        return outcome.entity
    found = None
    if outcome.entity_id is not None:
        async with runtime.db.reading() as session:
            found = await find_request(session, operation.actor, outcome.entity_id)
    if found is None:
        raise NotFound("There is no such request.", field="requestId")
    return found

"""Dividend runs as single mutations, and reading them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import load_group, load_member, reach
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import NotFound
from app.models import BankingGroup, DividendAllocation, DividendRun, DividendStatus
from app.runtime import Runtime
from app.services.operations import dividends as rules
from app.services.operations.dividend_payout import read_payout
from app.services.operations.parse import offline_sync_id
from app.services.operations.single import carry_out
from app.services.operations.types import Body, Operation


@dataclass(frozen=True, slots=True)
class MemberDividend:
    """A member's share of a run: with the run's figures they can do the sum again."""

    run: DividendRun
    allocation: DividendAllocation


async def calculate(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> DividendRun:
    """The year's DRAFT, made or renewed."""
    return await _run_after(runtime, actor, "dividends:manage", rules.read_calculation(values))


async def approve(runtime: Runtime, actor: Actor, run_id: UUID) -> DividendRun:
    body = rules.DecideDividends(run_id, post=False)
    return await _run_after(runtime, actor, "dividends:manage", body)


async def post(runtime: Runtime, actor: Actor, run_id: UUID) -> DividendRun:
    """Posts a run once; who posts a draft approves it by that. A repeat is ALREADY_POSTED."""
    body = rules.DecideDividends(run_id, post=True)
    return await _run_after(runtime, actor, "dividends:manage", body)


async def pay(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> DividendRun:
    """The run after the payout; a repeat of an offlineSyncId shows it as it is now."""
    demand(actor, "transactions:create")
    operation = Operation(actor, read_payout(values), offline_sync_id(values))
    outcome = await carry_out(runtime, operation)
    if isinstance(outcome.entity, DividendRun):
        return outcome.entity
    async with runtime.db.reading() as session:
        rows = await session.execute(
            select(DividendRun)
            .join(BankingGroup, col(BankingGroup.id) == col(DividendRun.group_id))
            .where(col(DividendRun.id) == outcome.entity_id, reach(actor))
        )
        found: DividendRun | None = rows.scalar_one_or_none()
    if found is None:
        raise NotFound("There is no such dividend run.", field="dividendRunId")
    return found


async def reverse(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> DividendRun:
    return await _run_after(runtime, actor, "dividends:manage", rules.read_reversal(values))


async def _run_after(runtime: Runtime, actor: Actor, verb: str, body: Body) -> DividendRun:
    demand(actor, verb)
    outcome = await carry_out(runtime, Operation(actor, body))
    found: DividendRun = outcome.entity
    return found


async def find_run(
    session: AsyncSession, actor: Actor, group_id: UUID, fiscal_year: int
) -> DividendRun | None:
    """The year's run that counts; where all are reversed, the newest of them."""
    demand(actor, "reports:read")
    await load_group(session, actor, group_id)
    rows = await session.execute(
        select(DividendRun)
        .where(col(DividendRun.group_id) == group_id, col(DividendRun.fiscal_year) == fiscal_year)
        .order_by(
            col(DividendRun.status) == DividendStatus.REVERSED.value,
            col(DividendRun.calculated_at).desc(),
        )
        .limit(1)
    )
    found: DividendRun | None = rows.scalar_one_or_none()
    return found


async def statement(
    session: AsyncSession, actor: Actor, member_id: UUID, fiscal_year: int
) -> MemberDividend | None:
    """The member's share in the year's run that counts; None where there is none."""
    demand(actor, "reports:read")
    member = await load_member(session, actor, member_id)
    rows = await session.execute(
        select(DividendRun, DividendAllocation)
        .join(DividendAllocation, col(DividendAllocation.run_id) == col(DividendRun.id))
        .where(
            col(DividendRun.group_id) == member.group_id,
            col(DividendRun.fiscal_year) == fiscal_year,
            col(DividendRun.status) != DividendStatus.REVERSED.value,
            col(DividendAllocation.member_id) == member_id,
        )
    )
    found = rows.first()
    return MemberDividend(*found) if found is not None else None

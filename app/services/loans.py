"""Reading loans, and the single mutations on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import check_groups, load_group, load_member, reach
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import DomainError, NotFound
from app.models import (
    BankingGroup,
    Loan,
    Repayment,
)
from app.paging import Page, check_first
from app.runtime import Runtime
from app.services.loan_eligibility import failures
from app.services.loan_pipeline import in_stage
from app.services.operations import loan_bodies as bodies
from app.services.operations.load import load_state
from app.services.operations.loans import facts_of
from app.services.operations.parse import offline_sync_id
from app.services.operations.single import carry_out
from app.services.operations.types import Operation
from app.services.sorting import LoanSort, loan_order


async def list_loans(
    runtime: Runtime,
    actor: Actor,
    *,
    group_id: UUID | None,
    group_ids: Collection[UUID] | None = None,
    member_id: UUID | None,
    status: str | None,
    stage: str | None,
    county: str | None = None,
    first: int,
    after: str | None,
    today: date,
    sort: LoanSort | None = None,
) -> Page[Loan]:
    """A page of loans, the oldest application first unless another order is asked for."""
    demand(actor, "loans:read")
    check_first(first)
    conditions = [reach(actor)]
    if group_id is not None:
        conditions.append(col(Loan.group_id) == group_id)
    if group_ids is not None:
        conditions.append(col(Loan.group_id).in_(set(group_ids)))
    if member_id is not None:
        conditions.append(col(Loan.member_id) == member_id)
    if status is not None:
        conditions.append(col(Loan.status) == status)
    if county is not None:
        conditions.append(col(BankingGroup.county) == county)
    if stage is not None:
        conditions.extend(in_stage(actor, stage, today))
    order = loan_order(sort or LoanSort.OLDEST, today)
    statement = order.page_of(_selected(conditions), Loan, first, after)
    async with runtime.db.reading() as session:
        if group_id is not None:
            await load_group(session, actor, group_id)
        if group_ids is not None:
            await check_groups(session, actor, group_ids)
        if member_id is not None:
            await load_member(session, actor, member_id)
        rows = (await session.execute(statement)).all()

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(_selected(conditions).subquery())
            return int((await counting.execute(total)).scalar_one())

    return order.cut(rows, first, count)


def _selected(conditions: list[ColumnElement[bool]]) -> Any:
    return (
        select(Loan)
        .join(BankingGroup, col(BankingGroup.id) == col(Loan.group_id))
        .where(*conditions)
    )


async def find_loan(session: AsyncSession, actor: Actor, loan_id: UUID) -> Loan | None:
    """The loan, or None where the actor may not see one."""
    demand(actor, "loans:read")
    rows = await session.execute(_selected([reach(actor), col(Loan.id) == loan_id]))
    found: Loan | None = rows.scalar_one_or_none()
    return found


async def apply_for_loan(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Loan:
    """A PENDING loan, or the error that carries every rule that stands against it."""
    demand(actor, "loans:create")
    body = bodies.read_application(values)
    return await _loan_after(runtime, Operation(actor, body, offline_sync_id(values)))


async def check_eligibility(
    runtime: Runtime, actor: Actor, values: Mapping[str, Any]
) -> list[DomainError]:
    """The rules that an application would fail now; nothing is written."""
    demand(actor, "loans:read")
    body = bodies.read_application(values)
    async with runtime.db.reading() as session:
        await load_member(session, actor, body.member_id)
        # It locks the group for a moment, as the application will, and writes nothing.
        state = await load_state(runtime, session, [Operation(actor, body)])
    return failures(facts_of(state, body))


async def approve_loan(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Loan:
    demand(actor, "loans:approve")
    return await _loan_after(runtime, Operation(actor, bodies.read_approval(values)))


async def reject_loan(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Loan:
    demand(actor, "loans:approve")
    return await _loan_after(runtime, Operation(actor, bodies.read_rejection(values)))


async def disburse_loan(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Loan:
    demand(actor, "loans:disburse")
    return await _loan_after(runtime, Operation(actor, bodies.read_disbursement(values)))


async def write_off_loan(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Loan:
    demand(actor, "books:correct")
    return await _loan_after(runtime, Operation(actor, bodies.read_write_off(values)))


async def _loan_after(runtime: Runtime, operation: Operation) -> Loan:
    """The loan as the operation left it; a repeat shows it to those who may still see it."""
    outcome = await carry_out(runtime, operation)
    if isinstance(outcome.entity, Loan):
        return outcome.entity
    async with runtime.db.reading() as session:
        found = None
        if outcome.entity_id is not None:
            found = await find_loan(session, operation.actor, outcome.entity_id)
    if found is None:
        raise NotFound("There is no such loan.", field="loanId")
    return found


async def record_repayment(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Repayment:
    """Posts a payment on a loan; a repeat of an offlineSyncId gives the first one again."""
    demand(actor, "transactions:create")
    operation = Operation(actor, bodies.read_repayment(values), offline_sync_id(values))
    outcome = await carry_out(runtime, operation)
    if isinstance(outcome.entity, Repayment):
        return outcome.entity
    statement = (
        select(Repayment)
        .join(BankingGroup, col(BankingGroup.id) == col(Repayment.group_id))
        .where(col(Repayment.id) == outcome.entity_id, reach(actor))
    )
    async with runtime.db.reading() as session:
        found: Repayment | None = (await session.execute(statement)).scalar_one_or_none()
    if found is None:
        raise NotFound("There is no such loan.", field="loanId")
    return found


async def charge_late_fines(runtime: Runtime, actor: Actor, group_id: UUID) -> int:
    """Fines what is late in a group today, once; how many instalments were fined now."""
    demand(actor, "books:correct")
    outcome = await carry_out(runtime, Operation(actor, bodies.ChargeLateFines(group_id)))
    charged: int = outcome.entity
    return charged

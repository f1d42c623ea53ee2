"""The loan calculator: what a loan would cost, before anyone applies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.access import load_group
from app.auth.actor import Actor
from app.services.group_settings import terms_of
from app.services.loan_schedule import Planned, annual_percentage_rate, plan
from app.services.operations.loans import fee_of


@dataclass(frozen=True, slots=True)
class Quote:
    """Money in cents; the rate in hundredths of a percent a year, with the fee in it."""

    fee: int
    planned: list[Planned]
    total_interest: int
    total_repayable: int
    annual_percentage_rate: int


async def quote(
    session: AsyncSession,
    actor: Actor,
    *,
    loan_type: str,
    amount: int,
    rate: int,
    months: int,
    grace: int,
    extra: int,
    start: date,
    group_id: UUID | None,
) -> Quote:
    """The schedule and the full cost; with a group its appreciation fee is counted in."""
    planned = plan(loan_type, amount, rate, months, grace=grace, extra=extra, start=start)
    fee = 0
    if group_id is not None:
        group = await load_group(session, actor, group_id)
        fee = min(fee_of(terms_of(group.settings), amount), amount)
    totals = [one.principal + one.interest for one in planned]
    return Quote(
        fee=fee,
        planned=planned,
        total_interest=sum(one.interest for one in planned),
        total_repayable=sum(totals),
        annual_percentage_rate=annual_percentage_rate(amount - fee, totals),
    )

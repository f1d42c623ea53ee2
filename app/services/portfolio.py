"""The loan portfolio at risk, over any set of groups."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import scope
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput
from app.models import Instalment, Loan, LoanStatus


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Principal in cents; `share` in hundredths of a percent, None where nothing is out."""

    outstanding: int
    at_risk: int
    loans: int
    loans_at_risk: int

    @property
    def share(self) -> int | None:
        return round(self.at_risk * 100_00 / self.outstanding) if self.outstanding else None


async def portfolio_at_risk(
    session: AsyncSession,
    actor: Actor,
    group_ids: Collection[UUID] | None,
    days: int,
    today: date,
    county: str | None = None,
) -> Portfolio:
    """The principal of loans with an instalment overdue by more than `days`, of all that is out."""
    demand(actor, "reports:read")
    if not 0 <= days <= 3650:
        raise BadInput("Between 0 and 3,650 days.", field="days")
    groups = await scope(session, actor, group_ids, county)
    oldest = func.min(col(Instalment.due_date))
    each = (
        select(
            func.sum(col(Instalment.principal) - col(Instalment.paid_principal)).label("left"),
            case((oldest < today - timedelta(days=days), 1), else_=0).label("risky"),
        )
        .join(Loan, col(Loan.id) == col(Instalment.loan_id))
        .where(
            col(Instalment.settled_on).is_(None),
            col(Loan.status) == LoanStatus.DISBURSED.value,
            col(Loan.group_id).in_(groups),
        )
        .group_by(col(Loan.id))
        .subquery()
    )
    row = (
        await session.execute(
            select(
                func.coalesce(func.sum(each.c.left), 0),
                func.coalesce(func.sum(case((each.c.risky == 1, each.c.left), else_=0)), 0),
                func.count(),
                func.coalesce(func.sum(each.c.risky), 0),
            )
        )
    ).one()
    return Portfolio(*(int(value) for value in row))

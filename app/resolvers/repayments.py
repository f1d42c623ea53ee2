"""Paying loans back, fines for what is late, and the portfolio at risk."""

from datetime import date
from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.loans import LoanRepayment, PortfolioAtRisk, RecordRepaymentInput
from app.services import loans
from app.services.portfolio import portfolio_at_risk


@strawberry.type
class RepaymentQuery:
    @strawberry.field(
        description="The principal of loans with an instalment overdue by more than so many "
        "days, of all that is out: for some groups, a county, or all within reach."
    )
    async def portfolio_at_risk(
        self,
        info: Info,
        group_ids: list[UUID] | None = None,
        days: int = 30,
        as_of: date | None = None,
        county: str | None = None,
    ) -> PortfolioAtRisk:
        actor = info.context.require()
        today = as_of or info.context.today()
        async with info.context.runtime.db.reading() as session:
            found = await portfolio_at_risk(session, actor, group_ids, days, today, county)
        return cast(Any, found)


@strawberry.type
class RepaymentMutation:
    @strawberry.mutation(
        description="Posts money paid on a loan: fines, interest and principal that are due, "
        "then principal ahead; what is over goes to the member's savings."
    )
    async def record_repayment(self, info: Info, input: RecordRepaymentInput) -> LoanRepayment:
        actor = info.context.require()
        return cast(Any, await loans.record_repayment(info.context.runtime, actor, vars(input)))

    @strawberry.mutation(
        description="Fines what is late in a group today, each instalment once, as the worker "
        "does every night; administrators only. How many were fined now."
    )
    async def charge_late_fines(self, info: Info, group_id: UUID) -> int:
        actor = info.context.require()
        return await loans.charge_late_fines(info.context.runtime, actor, group_id)

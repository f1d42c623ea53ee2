"""Dividend runs."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.dividends import DividendRun, DividendStatement, PayDividendsInput
from app.services import dividends


@strawberry.type
class DividendQuery:
    @strawberry.field(description="The year's run; where all are reversed, the newest of them.")
    async def dividend_run(
        self, info: Info, group_id: UUID, fiscal_year: int
    ) -> DividendRun | None:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await dividends.find_run(session, actor, group_id, fiscal_year))

    @strawberry.field(description="A member's share of a year, with every number of the sum.")
    async def dividend_statement(
        self, info: Info, member_id: UUID, fiscal_year: int
    ) -> DividendStatement | None:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await dividends.statement(session, actor, member_id, fiscal_year))


@strawberry.type
class DividendMutation:
    @strawberry.mutation(
        description="Calculates the year's DRAFT, or calculates it again; administrators only."
    )
    async def calculate_dividends(
        self, info: Info, group_id: UUID, fiscal_year: int
    ) -> DividendRun:
        actor = info.context.require()
        values = {"group_id": group_id, "fiscal_year": fiscal_year}
        return cast(Any, await dividends.calculate(info.context.runtime, actor, values))

    @strawberry.mutation
    async def approve_dividends(self, info: Info, dividend_run_id: UUID) -> DividendRun:
        actor = info.context.require()
        return cast(Any, await dividends.approve(info.context.runtime, actor, dividend_run_id))

    @strawberry.mutation(
        description="Posts a run, once: after the year's end, never above the surplus. Who "
        "posts a draft approves it by that. A repeat is refused: ALREADY_POSTED."
    )
    async def post_dividends(self, info: Info, dividend_run_id: UUID) -> DividendRun:
        actor = info.context.require()
        return cast(Any, await dividends.post(info.context.runtime, actor, dividend_run_id))

    @strawberry.mutation(description="Pays shares in money or into savings, each member once.")
    async def pay_dividends(self, info: Info, input: PayDividendsInput) -> DividendRun:
        actor = info.context.require()
        return cast(Any, await dividends.pay(info.context.runtime, actor, vars(input)))

    @strawberry.mutation(
        description="Takes a whole posted run back, what went into savings too; not once "
        "something was paid out in money."
    )
    async def reverse_dividends(
        self, info: Info, dividend_run_id: UUID, reason: str
    ) -> DividendRun:
        actor = info.context.require()
        values = {"dividend_run_id": dividend_run_id, "reason": reason}
        return cast(Any, await dividends.reverse(info.context.runtime, actor, values))

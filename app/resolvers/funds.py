"""Withdrawals, expenses, banking and other movements."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.contributions import WithdrawSavingsInput
from app.schema.enums import MovementKind
from app.schema.funds import MovementConnection, RecordMovementInput
from app.schema.ledger import CashLedgerEntry
from app.services import funds


@strawberry.type
class FundsQuery:
    @strawberry.field(description="Withdrawals, expenses, banking and the like, newest first.")
    async def movements(
        self,
        info: Info,
        group_id: UUID | None = None,
        member_id: UUID | None = None,
        kind: MovementKind | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> MovementConnection:
        page = await funds.list_movements(
            info.context.runtime,
            info.context.require(),
            group_id=group_id,
            member_id=member_id,
            kind=kind.value if kind else None,
            first=50 if first is None else first,
            after=after,
        )
        return MovementConnection(page=page)


@strawberry.type
class FundsMutation:
    @strawberry.mutation(
        description="Savings that a member takes out: at most half of what was there at the "
        "year's start and paid in since, and a third of what is owed stays."
    )
    async def withdraw_savings(self, info: Info, input: WithdrawSavingsInput) -> CashLedgerEntry:
        actor = info.context.require()
        return cast(Any, await funds.withdraw_savings(info.context.runtime, actor, vars(input)))

    @strawberry.mutation(
        description="An expense, other income, spending from the project fund, banking, or a "
        "loan from outside."
    )
    async def record_movement(self, info: Info, input: RecordMovementInput) -> CashLedgerEntry:
        actor = info.context.require()
        return cast(Any, await funds.record_movement(info.context.runtime, actor, vars(input)))

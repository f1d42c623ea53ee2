"""Money that members pay in and take out."""

from typing import Any, cast

import strawberry

from app.context import Info
from app.errors import NotAvailable
from app.schema.contributions import (
    RecordContributionInput,
    SavingsContribution,
    WithdrawSavingsInput,
)
from app.schema.ledger import CashLedgerEntry
from app.services.contributions import record_contribution


@strawberry.type
class ContributionMutation:
    @strawberry.mutation(
        description="Posts money that a member paid in. Safe to repeat with the same offlineSyncId."
    )
    async def record_contribution(
        self, info: Info, input: RecordContributionInput
    ) -> SavingsContribution:
        actor = info.context.require()
        return cast(Any, await record_contribution(info.context.runtime, actor, vars(input)))

    @strawberry.mutation
    async def withdraw_savings(self, info: Info, input: WithdrawSavingsInput) -> CashLedgerEntry:
        info.context.require()
        raise NotAvailable("withdrawSavings")

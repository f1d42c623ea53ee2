"""Money that members pay in and take out."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.auth.permissions import demand
from app.context import Info
from app.errors import NotAvailable, NotFound
from app.schema.contributions import (
    RecordContributionInput,
    SavingsContribution,
    WithdrawSavingsInput,
)
from app.schema.ledger import CashLedgerEntry
from app.services.operations import parse
from app.services.operations.single import carry_out
from app.services.operations.types import Operation


@strawberry.type
class ContributionMutation:
    @strawberry.mutation(
        description="Posts money that a member paid in. Safe to repeat with the same offlineSyncId."
    )
    async def record_contribution(
        self, info: Info, input: RecordContributionInput
    ) -> SavingsContribution:
        actor = info.context.require()
        demand(actor, "transactions:create")
        operation = Operation(actor, parse.contribution(vars(input)), input.offline_sync_id)
        outcome = await carry_out(info.context.runtime, operation)
        if outcome.entity is not None:
            return cast(Any, outcome.entity)
        return await _earlier(info, cast(UUID, outcome.entity_id))

    @strawberry.mutation
    async def withdraw_savings(self, info: Info, input: WithdrawSavingsInput) -> CashLedgerEntry:
        info.context.require()
        raise NotAvailable("withdrawSavings")


async def _earlier(info: Info, contribution_id: UUID) -> SavingsContribution:
    """What a repeat made the first time, for one who may still see it."""
    found = await info.context.contributions.load(contribution_id)
    if await info.context.visible_members.load(found.member_id) is None:
        raise NotFound("There is no such member.", field="memberId")
    return cast(Any, found)

"""Money that members pay in."""

from typing import Any, cast

import strawberry

from app.context import Info
from app.schema.contributions import RecordContributionInput, SavingsContribution
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

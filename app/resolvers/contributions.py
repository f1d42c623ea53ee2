"""Money that members pay in."""

from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.contributions import (
    ContributionConnection,
    RecordContributionInput,
    SavingsContribution,
)
from app.services.contributions import list_contributions, record_contribution


@strawberry.type
class ContributionQuery:
    @strawberry.field(
        description="What a group's members paid in between two dates, both included, the oldest "
        "first; with what was reversed since."
    )
    async def contributions(
        self,
        info: Info,
        group_id: UUID,
        from_: Annotated[date | None, strawberry.argument(name="from")] = None,
        to: date | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> ContributionConnection:
        page, total = await list_contributions(
            info.context.runtime,
            info.context.require(),
            group_id=group_id,
            since=from_,
            until=to,
            first=50 if first is None else first,
            after=after,
        )
        return ContributionConnection(page=page, sum_of_all=total)


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

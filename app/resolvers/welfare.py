"""Payouts from the welfare fund."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.enums import WelfareStatus
from app.schema.loans import EligibilityFailure
from app.schema.welfare import (
    PayWelfareInput,
    RequestWelfareInput,
    WelfareRequest,
    WelfareRequestConnection,
)
from app.services import welfare


@strawberry.type
class WelfareQuery:
    @strawberry.field(description="Welfare payouts that were asked for, the oldest first.")
    async def welfare_requests(
        self,
        info: Info,
        group_id: UUID | None = None,
        member_id: UUID | None = None,
        status: WelfareStatus | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> WelfareRequestConnection:
        page = await welfare.list_requests(
            info.context.runtime,
            info.context.require(),
            group_id=group_id,
            member_id=member_id,
            status=status.value if status else None,
            first=50 if first is None else first,
            after=after,
        )
        return WelfareRequestConnection(page=page)

    @strawberry.field
    async def welfare_request(self, info: Info, id: UUID) -> WelfareRequest | None:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await welfare.find_request(session, actor, id))

    @strawberry.field(
        description="Every condition that a request would fail now; empty when it may go on. "
        "Nothing is written."
    )
    async def welfare_eligibility(
        self, info: Info, input: RequestWelfareInput
    ) -> list[EligibilityFailure]:
        actor = info.context.require()
        found = await welfare.check_eligibility(info.context.runtime, actor, vars(input))
        # An error as a value would be raised.
        return [
            EligibilityFailure(code=one.code, message=one.message, field=one.field) for one in found
        ]


@strawberry.type
class WelfareMutation:
    @strawberry.mutation(
        description="A member asks for a payout from the welfare fund. Every condition that is "
        "not met comes back in `extensions.failures`."
    )
    async def request_welfare(self, info: Info, input: RequestWelfareInput) -> WelfareRequest:
        actor = info.context.require()
        return cast(Any, await welfare.request_welfare(info.context.runtime, actor, vars(input)))

    @strawberry.mutation(description="The caller's approval; each person gives one.")
    async def approve_welfare(
        self, info: Info, request_id: UUID, notes: str | None = None
    ) -> WelfareRequest:
        actor = info.context.require()
        values = {"request_id": request_id, "notes": notes}
        return cast(Any, await welfare.approve_welfare(info.context.runtime, actor, values))

    @strawberry.mutation
    async def reject_welfare(self, info: Info, request_id: UUID, reason: str) -> WelfareRequest:
        actor = info.context.require()
        values = {"request_id": request_id, "reason": reason}
        return cast(Any, await welfare.reject_welfare(info.context.runtime, actor, values))

    @strawberry.mutation(description="The money is handed out, from the welfare fund.")
    async def pay_welfare(self, info: Info, input: PayWelfareInput) -> WelfareRequest:
        actor = info.context.require()
        return cast(Any, await welfare.pay_welfare(info.context.runtime, actor, vars(input)))

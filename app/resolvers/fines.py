"""Fines that members owe: charging, waiving, and their list."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.enums import ChargeStatus
from app.schema.fines import ChargeFineInput, FineCharge, FineChargeConnection
from app.services import fines


@strawberry.type
class FineQuery:
    @strawberry.field(description="Fines that were charged, the oldest first.")
    async def fine_charges(
        self,
        info: Info,
        group_id: UUID | None = None,
        member_id: UUID | None = None,
        status: ChargeStatus | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> FineChargeConnection:
        page = await fines.list_charges(
            info.context.runtime,
            info.context.require(),
            group_id=group_id,
            member_id=member_id,
            status=status.value if status else None,
            first=50 if first is None else first,
            after=after,
        )
        return FineChargeConnection(page=page)


@strawberry.type
class FineMutation:
    @strawberry.mutation(description="A fine that the member owes from now on.")
    async def charge_fine(self, info: Info, input: ChargeFineInput) -> FineCharge:
        actor = info.context.require()
        return cast(Any, await fines.charge_fine(info.context.runtime, actor, vars(input)))

    @strawberry.mutation(
        description="What is left of a fine is no longer owed; administrators only."
    )
    async def waive_fine(self, info: Info, charge_id: UUID, reason: str) -> FineCharge:
        actor = info.context.require()
        values = {"charge_id": charge_id, "reason": reason}
        return cast(Any, await fines.waive_fine(info.context.runtime, actor, values))

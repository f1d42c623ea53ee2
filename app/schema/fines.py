"""Fines that members owe."""

from datetime import date
from typing import Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.schema.enums import ChargeStatus, FineReason
from app.schema.groups import BankingGroup
from app.schema.members import GroupMember
from app.schema.paging import Connection, edges_of
from app.schema.scalars import Money
from app.schema.users import User


@strawberry.type(description="A fine that was charged; it is income when it is paid.")
class FineCharge:
    """Resolves from a models.FineCharge row."""

    id: UUID
    reason: FineReason
    amount: Money
    paid: Money
    charged_on: date
    status: ChargeStatus
    loan_id: UUID | None
    instalment: int | None
    meeting_id: UUID | None
    month: date | None = strawberry.field(
        description="The first day of the month whose saving was missed."
    )
    note: str | None = strawberry.field(description="What for, or why it was waived.")

    @strawberry.field(description="What is still owed of it.")
    def outstanding(self) -> Money:
        row = cast(models.FineCharge, self)
        return Money(row.amount - row.paid if row.status == models.ChargeStatus.OPEN else 0)

    @strawberry.field
    async def group(self, info: Info) -> BankingGroup:
        return cast(Any, await info.context.groups.load(cast(models.FineCharge, self).group_id))

    @strawberry.field
    async def member(self, info: Info) -> GroupMember:
        return cast(Any, await info.context.members.load(cast(models.FineCharge, self).member_id))

    @strawberry.field(description="Null where the system took it back, or nobody did.")
    async def waived_by(self, info: Info) -> User | None:
        waived_by = cast(models.FineCharge, self).waived_by
        return cast(Any, await info.context.users.load(waived_by)) if waived_by else None


@strawberry.type
class FineChargeEdge:
    cursor: str
    node: FineCharge


@strawberry.type
class FineChargeConnection(Connection):
    @strawberry.field
    def edges(self) -> list[FineChargeEdge]:
        return cast(list[FineChargeEdge], edges_of(self.page, FineChargeEdge))


@strawberry.input
class ChargeFineInput:
    member_id: UUID
    reason: FineReason = strawberry.field(
        description="OTHER, LATE_AT_MEETING or MISSED_MEETING; the system charges the others."
    )
    amount: Money
    note: str | None = strawberry.field(default=None, description="What for; needed for OTHER.")
    id: UUID | None = None
    charged_on: date | None = None
    meeting_id: UUID | None = strawberry.field(
        default=None, description="At one meeting the same reason is charged once."
    )
    offline_sync_id: UUID | None = None


@strawberry.input
class WaiveFineInput:
    charge_id: UUID
    reason: str
    offline_sync_id: UUID | None = None

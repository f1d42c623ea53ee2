"""Payouts from the welfare fund."""

from datetime import date
from typing import Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.schema.enums import PaymentMethod, Role, WelfareStatus
from app.schema.groups import BankingGroup
from app.schema.loans import LoanApproval
from app.schema.members import GroupMember
from app.schema.paging import Connection, edges_of
from app.schema.scalars import Money
from app.schema.signatures import SignatureInput
from app.schema.users import User
from app.services.approvals import missing


@strawberry.type(description="A payout from the welfare fund: asked for, approved, paid.")
class WelfareRequest:
    """Resolves from a models.WelfareRequest row."""

    id: UUID
    amount: Money
    reason: str
    status: WelfareStatus
    requested_on: date
    rejected_reason: str | None
    paid_on: date | None

    @strawberry.field
    async def group(self, info: Info) -> BankingGroup:
        return cast(Any, await info.context.groups.load(_row(self).group_id))

    @strawberry.field
    async def member(self, info: Info) -> GroupMember:
        return cast(Any, await info.context.members.load(_row(self).member_id))

    @strawberry.field
    async def requested_by(self, info: Info) -> User | None:
        return cast(Any, await info.context.users.load(_row(self).requested_by))

    @strawberry.field
    async def approvals(self, info: Info) -> list[LoanApproval]:
        return cast(Any, await info.context.approvals.load(self.id))

    @strawberry.field(description="The approvals that are still needed; none once it is decided.")
    async def approvals_missing(self, info: Info) -> list[Role]:
        if _row(self).status != models.WelfareStatus.PENDING:
            return []
        given = await info.context.approvals.load(self.id)
        left = missing(_row(self).approvals_needed, (row.role for row in given))
        return [Role(role) for role in left]


def _row(self: object) -> models.WelfareRequest:
    return cast(models.WelfareRequest, self)


@strawberry.type
class WelfareRequestEdge:
    cursor: str
    node: WelfareRequest


@strawberry.type
class WelfareRequestConnection(Connection):
    @strawberry.field
    def edges(self) -> list[WelfareRequestEdge]:
        return cast(list[WelfareRequestEdge], edges_of(self.page, WelfareRequestEdge))


@strawberry.input
class RequestWelfareInput:
    member_id: UUID
    amount: Money
    reason: str
    id: UUID | None = None
    request_date: date | None = None
    offline_sync_id: UUID | None = None


@strawberry.input
class ApproveWelfareInput:
    request_id: UUID
    notes: str | None = None
    signature: SignatureInput | None = strawberry.field(
        default=None,
        description="The chair's, made on the officer's phone; below KES 50,000 only.",
    )
    offline_sync_id: UUID | None = None


@strawberry.input
class RejectWelfareInput:
    request_id: UUID
    reason: str
    offline_sync_id: UUID | None = None


@strawberry.input
class PayWelfareInput:
    request_id: UUID
    payment_method: PaymentMethod
    payment_date: date | None = None
    transaction_id: str | None = None
    meeting_id: UUID | None = None
    group_id: UUID | None = strawberry.field(
        default=None, description="The phone's word that the request is not on its way any more."
    )
    amount: Money | None = strawberry.field(
        default=None, description="What was handed out, where the server knows no such request."
    )
    member_id: UUID | None = strawberry.field(
        default=None, description="To whom, where the server knows no such request."
    )
    offline_sync_id: UUID | None = None

"""Money that members pay in and take out."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.receipts import code_of
from app.schema.enums import ContributionType, PaymentMethod
from app.schema.members import GroupMember
from app.schema.paging import Connection, edges_of
from app.schema.receipts import RECEIPT_CODE
from app.schema.scalars import Money
from app.schema.users import User


@strawberry.type
class SavingsContribution:
    """Resolves from a models.Contribution row, or the ContributionRow that was just written."""

    id: UUID
    amount: Money
    contribution_type: ContributionType
    contribution_date: date
    payment_method: PaymentMethod
    offline_sync_id: UUID | None
    receipt_number: str
    entry_id: UUID = strawberry.field(
        description="The entry in the books, which `reverseEntry` takes."
    )

    @strawberry.field(description=RECEIPT_CODE)
    def receipt_code(self) -> str | None:
        row = cast(models.Contribution, self)
        return code_of(row.receipt_number, row.offline_sync_id, row.id)

    @strawberry.field
    async def member(self, info: Info) -> GroupMember:
        return cast(Any, await info.context.members.load(cast(models.Contribution, self).member_id))

    @strawberry.field
    async def recorded_by(self, info: Info) -> User:
        return cast(Any, await info.context.users.load(cast(models.Contribution, self).recorded_by))

    @strawberry.field(description="Taken back: it stands here and counts nothing.")
    def is_reversed(self) -> bool:
        return getattr(self, "reversed_by", None) is not None


@strawberry.type
class ContributionEdge:
    cursor: str
    node: SavingsContribution


@strawberry.type
class ContributionConnection(Connection):
    sum_of_all: strawberry.Private[Callable[[], Awaitable[int]]]

    @strawberry.field
    def edges(self) -> list[ContributionEdge]:
        return cast(list[ContributionEdge], edges_of(self.page, ContributionEdge))

    @strawberry.field(description="Of all pages together, without what was reversed.")
    async def total(self) -> Money:
        return Money(await self.sum_of_all())


@strawberry.input
class RecordContributionInput:
    member_id: UUID
    amount: Money
    contribution_type: ContributionType
    payment_method: PaymentMethod
    id: UUID | None = None
    group_id: UUID | None = strawberry.field(
        default=None,
        description="In syncBatch: the phone's word that this is final. The money is kept in the "
        "group's SUSPENSE when the member is unknown, instead of UNKNOWN_MEMBER.",
    )
    contribution_date: date | None = None
    transaction_id: str | None = None
    meeting_id: UUID | None = strawberry.field(
        default=None, description="The meeting at whose table it was paid."
    )
    offline_sync_id: UUID | None = None


@strawberry.input
class WithdrawSavingsInput:
    member_id: UUID
    amount: Money
    reason: str
    payment_method: PaymentMethod
    date: "date | None" = None
    id: UUID | None = None
    transaction_id: str | None = None
    meeting_id: UUID | None = None
    group_id: UUID | None = strawberry.field(
        default=None, description="The phone's word that the member is not on the way any more."
    )
    offline_sync_id: UUID | None = None

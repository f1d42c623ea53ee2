"""Dividend runs and each member's share."""

import enum
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.schema.groups import BankingGroup
from app.schema.members import GroupMember
from app.schema.scalars import Money, Percent
from app.schema.users import User
from app.services.dividends import MemberDividend


@strawberry.enum
class DividendPayout(enum.StrEnum):
    CASH = "CASH"
    MPESA = "MPESA"
    BANK = "BANK"
    SAVINGS = "SAVINGS"


@strawberry.type
class DividendAllocation:
    """Resolves from a models.DividendAllocation row."""

    amount: Money
    payout: DividendPayout | None = strawberry.field(description="Null until it is paid.")
    paid_on: date | None

    @strawberry.field
    async def member(self, info: Info) -> GroupMember:
        return cast(Any, await info.context.members.load(_share(self).member_id))

    @strawberry.field(description="Regular savings on the day that counts.")
    def member_savings(self) -> Money:
        return Money(_share(self).savings)

    @strawberry.field
    async def share_percentage(self, info: Info) -> float:
        run = await info.context.dividend_runs.load(_share(self).run_id)
        return round(_share(self).savings * 100 / run.total_savings, 6)


def _share(self: object) -> models.DividendAllocation:
    return cast(models.DividendAllocation, self)


@strawberry.type(description="Income less expense of one account in the year.")
class DividendInput:
    account: str
    amount: Money


@strawberry.type
class DividendRun:
    """Resolves from a models.DividendRun row."""

    id: UUID
    fiscal_year: int
    status: str
    total_profit: Money
    appreciation_fees: Money
    profit_share: Percent
    distributable: Money
    total_savings: Money
    savings_on: date = strawberry.field(description="The day whose savings count.")
    calculated_at: datetime
    approved_at: datetime | None
    posted_at: datetime | None
    reversed_at: datetime | None
    reversal_reason: str | None

    @strawberry.field
    async def group(self, info: Info) -> BankingGroup:
        return cast(Any, await info.context.groups.load(_run(self).group_id))

    @strawberry.field(description="Every number that went in, expenses negative.")
    def inputs(self) -> list[DividendInput]:
        return [
            DividendInput(account=account, amount=Money(cents))
            for account, cents in sorted(_run(self).inputs.items())
        ]

    @strawberry.field
    async def allocations(self, info: Info) -> list[DividendAllocation]:
        return cast(Any, await info.context.dividend_allocations.load(self.id))

    @strawberry.field
    async def approved_by(self, info: Info) -> User | None:
        by = _run(self).approved_by
        return cast(Any, await info.context.users.load(by)) if by is not None else None


def _run(self: object) -> models.DividendRun:
    return cast(models.DividendRun, self)


@strawberry.type(description="A member's share, with every number of the sum.")
class DividendStatement:
    """Resolves from services.dividends.MemberDividend."""

    @strawberry.field
    def run(self) -> DividendRun:
        return cast(Any, cast(MemberDividend, self).run)

    @strawberry.field
    def allocation(self) -> DividendAllocation:
        return cast(Any, cast(MemberDividend, self).allocation)


@strawberry.input
class PayDividendsInput:
    dividend_run_id: UUID
    payout: DividendPayout
    member_ids: list[UUID] | None = strawberry.field(
        default=None, description="Null: all who are not paid yet."
    )
    date: "date | None" = None
    meeting_id: UUID | None = None
    amount: Money | None = strawberry.field(
        default=None, description="What was handed out altogether; must be the shares."
    )
    group_id: UUID | None = strawberry.field(
        default=None, description="The phone's word that the run is not on its way any more."
    )
    offline_sync_id: UUID | None = None

"""Dividend runs and each member's share."""

from uuid import UUID

import strawberry

from app.schema.groups import BankingGroup
from app.schema.members import GroupMember
from app.schema.scalars import Money


@strawberry.type
class DividendAllocation:
    member: GroupMember
    member_savings: Money
    share_percentage: float
    amount: Money


@strawberry.type
class DividendRun:
    id: UUID
    group: BankingGroup
    fiscal_year: int
    status: str
    total_profit: Money
    appreciation_fees: Money
    distributable: Money
    total_savings: Money
    allocations: list[DividendAllocation]

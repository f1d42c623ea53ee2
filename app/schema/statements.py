"""A member's statement and passbook."""

from datetime import date
from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.dividends import DividendStatement
from app.schema.fines import FineCharge
from app.schema.loans import LoanApplication
from app.schema.members import GroupMember
from app.schema.paging import Connection, edges_of
from app.schema.scalars import Money
from app.services import member_statement as service


@strawberry.type(description="One thing that the books hold of a member.")
class MemberLine:
    """Resolves from services.member_lines.MemberLine."""

    id: UUID
    date: date
    kind: str = strawberry.field(
        description="Of the entry; of a reversal, that of the entry which it reverses."
    )
    is_reversal: bool
    fund: str = strawberry.field(
        description="The account, or WELFARE_PAYOUT for what the member was handed from the fund."
    )
    subcategory: str
    amount_in: Money = strawberry.field(description="Paid in, paid back, or credited.")
    amount_out: Money
    receipt_number: str
    loan_id: UUID | None
    savings: Money = strawberry.field(description="Regular savings after it, by date.")


@strawberry.type
class MemberLineEdge:
    cursor: str
    node: MemberLine


@strawberry.type(description="A fund's part of a statement; of a loan account, what is owed.")
class MemberFund:
    """Resolves from services.member_statement.FundPart."""

    fund: str
    opening: Money
    amount_in: Money
    amount_out: Money
    closing: Money


@strawberry.type(description="What the books hold of a member in a period, oldest first.")
class MemberStatement(Connection):
    found: strawberry.Private[service.MemberStatement]

    @strawberry.field
    def edges(self) -> list[MemberLineEdge]:
        return cast(list[MemberLineEdge], edges_of(self.page, MemberLineEdge))

    @strawberry.field
    def member(self) -> GroupMember:
        return cast(Any, self.found.member)

    @strawberry.field(name="from")
    def since(self) -> date:
        return self.found.first_day

    @strawberry.field(name="to")
    def until(self) -> date:
        return self.found.last_day

    @strawberry.field(description="Of the whole period, whatever the page.")
    def funds(self) -> list[MemberFund]:
        return cast(Any, self.found.funds)

    @strawberry.field(description="With what is owed today; the oldest application first.")
    async def loans(self, info: Info) -> list[LoanApplication]:
        return cast(Any, await info.context.loans_of_member.load(self.found.member.id))

    @strawberry.field(description="Open ones, and those charged in the period; 100 at most.")
    async def fines(self, info: Info) -> list[FineCharge]:
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await service.fines_of(session, self.found))

    @strawberry.field(description="Of years that were posted, the newest first.")
    async def dividends(self, info: Info) -> list[DividendStatement]:
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await service.dividends_of(session, self.found))


@strawberry.type
class PassbookMonth:
    """Resolves from services.passbook.PassbookMonth."""

    month: int = strawberry.field(description="1 to 12.")
    savings: Money
    withdrawn: Money
    welfare: Money
    project: Money
    fines: Money
    welfare_payouts: Money
    loan_principal: Money = strawberry.field(description="Paid out on loans.")
    repayments: Money = strawberry.field(description="Principal and interest paid back.")
    balance: Money = strawberry.field(description="Regular savings at the month's end.")
    loan_balance: Money = strawberry.field(description="Principal owed at the month's end.")
    months_in_a_row: int = strawberry.field(description="With the group's minimum saving.")


@strawberry.type(description="A year of a member, month by month up to the present one.")
class Passbook:
    """Resolves from services.passbook.Passbook."""

    year: int
    member: GroupMember
    opening_balance: Money
    months: list[PassbookMonth]

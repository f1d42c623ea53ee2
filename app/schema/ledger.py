"""The two tables of a group's books: the cash ledger and the TRF."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

import strawberry

from app.auth.permissions import may
from app.context import Info
from app.schema.enums import CashCategory, MoneyAccount
from app.schema.paging import PageInfo
from app.schema.scalars import Money
from app.services.cash_ledger import LedgerLine, LedgerPage
from app.services.operations.undoings import UNDO

if TYPE_CHECKING:
    from app.schema.groups import BankingGroup

GroupType = Annotated["BankingGroup", strawberry.lazy("app.schema.groups")]


@strawberry.type
class CashLedgerEntry:
    """Resolves from services.cash_ledger.LedgerLine."""

    id: UUID
    sequence: int = strawberry.field(description="The entry's number in the group's books.")
    transaction_date: date
    account: MoneyAccount
    category: CashCategory
    subcategory: str
    amount: Money
    reference_doc: str | None
    balance_after: Money
    entry_id: UUID = strawberry.field(
        description="The entry in the books, which `reverseEntry` takes; its lines share it."
    )

    @strawberry.field(description="The entry that reversed it; null where none did.")
    async def reversed_by_id(self, info: Info) -> UUID | None:
        return await info.context.reversals.load(cast(LedgerLine, self).entry_id)

    @strawberry.field(
        description="Whether `reverseEntry` is for the caller, and for an entry of this kind, and "
        "it is not reversed yet. It may still refuse where the money is gone."
    )
    async def can_reverse(self, info: Info) -> bool:
        line = cast(LedgerLine, self)
        if line.kind not in UNDO or not may(info.context.require(), "books:correct"):
            return False
        return await info.context.reversals.load(line.entry_id) is None

    @strawberry.field
    async def group(self, info: Info) -> GroupType:
        return cast(Any, await info.context.groups.load(cast(LedgerLine, self).group_id))

    @strawberry.field(description="In words; names come from the register, never from the books.")
    async def description(self, info: Info) -> str:
        line = cast(LedgerLine, self)
        member = await info.context.members.load(line.member_id) if line.member_id else None
        return line.in_words(member.member_name if member else None)


@strawberry.type
class CashLedgerEdge:
    cursor: str
    node: CashLedgerEntry


@strawberry.type
class CashLedgerConnection:
    """Totals are of the whole period and account asked for, not of the page."""

    found: strawberry.Private[LedgerPage]

    @strawberry.field
    def edges(self) -> list[CashLedgerEdge]:
        return [
            CashLedgerEdge(cursor=cursor, node=cast(Any, line))
            for cursor, line in zip(self.found.cursors, self.found.lines, strict=True)
        ]

    @strawberry.field
    def page_info(self) -> PageInfo:
        return PageInfo(
            has_next_page=self.found.has_next,
            end_cursor=self.found.cursors[-1] if self.found.cursors else None,
        )

    @strawberry.field
    def total_count(self) -> int:
        return self.found.total_count

    @strawberry.field
    def cash_in(self) -> Money:
        return Money(self.found.cash_in)

    @strawberry.field
    def cash_out(self) -> Money:
        return Money(self.found.cash_out)

    @strawberry.field
    def opening_balance(self) -> Money:
        return Money(self.found.opening)

    @strawberry.field
    def closing_balance(self) -> Money:
        return Money(self.found.opening + self.found.cash_in - self.found.cash_out)


@strawberry.type(
    description="The group's table revolving fund at the end of a date: what the group owns on "
    "the left, whose it is on the right; total = sources, always."
)
class TrfBalance:
    """Resolves from services.balances.Trf."""

    as_of: date
    cash_in_hand: Money
    bank: Money
    mpesa: Money
    short_term_loans: Money
    long_term_loans: Money
    project_loans: Money
    total: Money
    member_savings: Money
    welfare_fund: Money
    project_fund: Money
    external_loans: Money
    dividends_payable: Money
    suspense: Money
    surplus: Money

"""Monthly reconciliation."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from app import models
from app.context import Info
from app.schema.enums import ContributionType, MoneyAccount, StatementSource
from app.schema.groups import BankingGroup, BookHead
from app.schema.paging import Connection, edges_of
from app.schema.scalars import Money
from app.schema.users import User
from app.services.month_books import AccountFigures, SubcategoryFigures
from app.services.month_faults import Fault, ReconciliationStatus
from app.services.operations.statement_lines import StatementBooking
from app.services.reconciliation import Month, MonthAccount, ShownLine
from app.services.reconciliations import GroupMonth, MonthTotals, Selection, month_totals
from app.services.statement_matching import Move

for kind in (ReconciliationStatus, StatementBooking):
    strawberry.enum(kind)


@strawberry.type(description="What an account held at a month's end, as others say.")
class AccountStatement:
    """Resolves from a models.Statement row."""

    closing: Money
    opening: Money | None
    source: StatementSource
    entered_at: datetime

    @strawberry.field
    async def entered_by(self, info: Info) -> User | None:
        by = cast(models.Statement, self).entered_by
        return cast(Any, await info.context.users.load(by))


@strawberry.type(description="Money in and out of one kind.")
class ReconciledSubcategory:
    """Resolves from services.month_books.SubcategoryFigures."""

    subcategory: str
    money_in: Money
    money_out: Money


@strawberry.type(description="CASH, BANK or MPESA over the month: opening + in - out = closing.")
class ReconciledAccount:
    """Resolves from services.reconciliation.MonthAccount."""

    statement: AccountStatement | None
    unmatched_lines: int
    unmatched_postings: int
    difference: Money | None = strawberry.field(
        description="What the statement says over what the books say; null without a statement."
    )

    @strawberry.field
    def account(self) -> MoneyAccount:
        return MoneyAccount(_figures(self).account)

    @strawberry.field
    def opening(self) -> Money:
        return Money(_figures(self).opening)

    @strawberry.field(description="What came from the other two included.")
    def money_in(self) -> Money:
        return Money(_figures(self).debits)

    @strawberry.field(description="What went to the other two included.")
    def money_out(self) -> Money:
        return Money(_figures(self).credits)

    @strawberry.field(description="Of moneyIn: from the other two.")
    def moved_in(self) -> Money:
        return Money(_figures(self).moved.money_in)

    @strawberry.field(description="Of moneyOut: to the other two.")
    def moved_out(self) -> Money:
        return Money(_figures(self).moved.money_out)

    @strawberry.field
    def closing(self) -> Money:
        return Money(_figures(self).closing)

    @strawberry.field(description="By the cash ledger's words; banking is what moved between.")
    def subcategories(self) -> list[ReconciledSubcategory]:
        return cast(Any, _figures(self).subcategories)


def _figures(self: object) -> AccountFigures:
    return cast(MonthAccount, self).figures


@strawberry.type(description="An account of the trial balance; debit positive.")
class TrialBalanceLine:
    """Resolves from services.month_books.AccountFigures."""

    account: str
    opening: Money
    debits: Money
    credits: Money
    closing: Money


@strawberry.type(description="What an entry moved on one money account; money in positive.")
class MoneyMove:
    """Resolves from services.statement_matching.Move."""

    entry_id: UUID
    sequence: int
    account: MoneyAccount
    amount: Money
    booking_date: date
    kind: str
    reference: str

    @strawberry.field(description="M-Pesa's transaction ids or the bank's references.")
    def codes(self) -> list[str]:
        return sorted(cast(Move, self).codes)


@strawberry.type(description="A movement on an imported statement.")
class StatementLine:
    """Resolves from services.reconciliation.ShownLine."""

    account: MoneyAccount
    details: str | None = strawberry.field(
        description="The statement's words, for those who reconcile; null for others."
    )
    entries: list[MoneyMove] = strawberry.field(description="What it is matched with.")
    candidates: list[MoneyMove] = strawberry.field(
        description="Where it is not matched: entries of the same amount nearby."
    )

    @strawberry.field
    def id(self) -> UUID:
        return _line(self).id

    @strawberry.field(description="Its line in the file.")
    def number(self) -> int:
        return _line(self).number

    @strawberry.field
    def date(self) -> date:
        return _line(self).line_date

    @strawberry.field(description="Money in is positive.")
    def amount(self) -> Money:
        return Money(_line(self).amount)

    @strawberry.field
    def reference(self) -> str:
        return _line(self).reference

    @strawberry.field(description="The entry that was booked from it.")
    def booked_entry_id(self) -> UUID | None:
        return _line(self).booked_entry_id


def _line(self: object) -> models.StatementLine:
    return cast(ShownLine, self).line


@strawberry.type
class StatementLineEdge:
    cursor: str
    node: StatementLine


@strawberry.type
class StatementLineConnection(Connection):
    @strawberry.field
    def edges(self) -> list[StatementLineEdge]:
        return cast(list[StatementLineEdge], edges_of(self.page, StatementLineEdge))


@strawberry.type
class MoneyMoveEdge:
    cursor: str
    node: MoneyMove


@strawberry.type
class MoneyMoveConnection(Connection):
    @strawberry.field
    def edges(self) -> list[MoneyMoveEdge]:
        return cast(list[MoneyMoveEdge], edges_of(self.page, MoneyMoveEdge))


@strawberry.type(description="What is not as it should be; it must be explained to sign.")
class ReconciliationFault:
    """Resolves from services.month_faults.Fault."""

    code: str
    message: str
    amount: Money
    count: int

    @strawberry.field
    def account(self) -> MoneyAccount | None:
        found = cast(Fault, self).account
        return MoneyAccount(found) if found is not None else None


@strawberry.type(description="A month as somebody signed it off, with its figures in cents.")
class SignedReconciliation:
    """Resolves from a models.Reconciliation row."""

    note: str
    signed_at: datetime
    reopened_at: datetime | None
    reopen_reason: str | None

    @strawberry.field
    def figures(self) -> JSON:
        return cast(JSON, _signed(self).figures)

    @strawberry.field(description="The end of the hash chain then.")
    def book_head(self) -> BookHead:
        row = _signed(self)
        return BookHead(sequence=row.book_sequence, hash=row.chain_head.hex())

    @strawberry.field
    async def signed_by(self, info: Info) -> User | None:
        return cast(Any, await info.context.users.load(_signed(self).signed_by))

    @strawberry.field
    async def reopened_by(self, info: Info) -> User | None:
        by = _signed(self).reopened_by
        return cast(Any, await info.context.users.load(by)) if by is not None else None


def _signed(self: object) -> models.Reconciliation:
    return cast(models.Reconciliation, self)


@strawberry.type(description="A group's month: the books beside what others say of them.")
class Reconciliation:
    """Resolves from services.reconciliation.Month."""

    group: BankingGroup
    status: ReconciliationStatus
    faults: list[ReconciliationFault]

    @strawberry.field
    def year(self) -> int:
        return _month(self).books.year

    @strawberry.field
    def month(self) -> int:
        return _month(self).books.month

    @strawberry.field(description="CASH, BANK and MPESA.")
    def accounts(self) -> list[ReconciledAccount]:
        return cast(Any, _month(self).accounts())

    @strawberry.field(description="In and out of the three together, moves between left out.")
    def totals(self) -> ReconciledSubcategory:
        found: SubcategoryFigures = _month(self).moved_in_and_out()
        return cast(Any, found)

    @strawberry.field(description="Every account; the openings and the closings sum to zero.")
    def trial_balance(self) -> list[TrialBalanceLine]:
        return cast(Any, _month(self).trial_balance())

    @strawberry.field(description="Items of the review inbox about money of the month.")
    def held(self) -> int:
        return _month(self).books.held

    @strawberry.field
    def open_meetings(self) -> int:
        return _month(self).books.open_meetings

    @strawberry.field(description="The end of the hash chain now.")
    def book_head(self) -> BookHead:
        row = _month(self).group
        return BookHead(sequence=row.book_sequence, hash=row.chain_head.hex())

    @strawberry.field
    def signed(self) -> SignedReconciliation | None:
        return cast(Any, _month(self).books.signed)

    @strawberry.field(description="What was signed and reopened since, the oldest first.")
    def reopened(self) -> list[SignedReconciliation]:
        return cast(Any, _month(self).books.reopened)

    @strawberry.field(description="Lines of the imported statements.")
    def statement_lines(
        self,
        account: MoneyAccount | None = None,
        matched: bool | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> StatementLineConnection:
        name = account.value if account else None
        page = _month(self).lines(name, matched, 50 if first is None else first, after)
        return StatementLineConnection(page=page)

    @strawberry.field(description="Entries that no line of an imported statement shows.")
    def unmatched_postings(
        self, account: MoneyAccount | None = None, first: int | None = 50, after: str | None = None
    ) -> MoneyMoveConnection:
        name = account.value if account else None
        page = _month(self).unmatched_postings(name, 50 if first is None else first, after)
        return MoneyMoveConnection(page=page)


def _month(self: object) -> Month:
    return cast(Month, self)


@strawberry.type(description="A group's month in a line. Sums are of the books.")
class GroupReconciliation:
    """Resolves from services.reconciliations.GroupMonth."""

    status: ReconciliationStatus
    cash: Money
    bank: Money
    mpesa: Money
    differences: Money = strawberry.field(
        description="Between statements and books, short and over added up."
    )
    missing: int = strawberry.field(description="Accounts that nobody has said anything of.")
    unmatched_lines: int
    unmatched_postings: int
    held: int
    open_meetings: int
    signed_at: datetime | None

    @strawberry.field
    async def group(self, info: Info) -> BankingGroup:
        return cast(Any, await info.context.groups.load(cast(GroupMonth, self).group_id))

    @strawberry.field
    async def signed_by(self, info: Info) -> User | None:
        by = cast(GroupMonth, self).signed_by
        return cast(Any, await info.context.users.load(by)) if by is not None else None


@strawberry.type
class GroupReconciliationEdge:
    cursor: str
    node: GroupReconciliation


@strawberry.type
class ReconciliationTotals:
    """Resolves from services.reconciliations.MonthTotals."""

    groups: int
    open: int
    ready: int
    signed: int
    cash: Money
    bank: Money
    mpesa: Money
    differences: Money
    unmatched_lines: int
    unmatched_postings: int


@strawberry.type
class GroupReconciliationConnection(Connection):
    selection: strawberry.Private[Selection]

    @strawberry.field
    def edges(self) -> list[GroupReconciliationEdge]:
        return cast(list[GroupReconciliationEdge], edges_of(self.page, GroupReconciliationEdge))

    @strawberry.field(description="Over all pages.")
    async def totals(self, info: Info) -> ReconciliationTotals:
        found: MonthTotals = await month_totals(info.context.runtime, self.selection)
        return cast(Any, found)


@strawberry.input(description="What the columns are called where they are not found out.")
class StatementColumnsInput:
    date: str | None = None
    reference: str | None = None
    details: str | None = None
    paid_in: str | None = None
    withdrawn: str | None = None
    amount: str | None = strawberry.field(default=None, description="Signed, in one column.")
    balance: str | None = None
    status: str | None = None


@strawberry.input
class ImportStatementInput:
    group_id: UUID
    year: int
    month: int
    account: MoneyAccount = strawberry.field(description="BANK or MPESA.")
    csv: str | None = strawberry.field(default=None, description="The file's text; or `file`.")
    opening: Money | None = None
    closing: Money | None = strawberry.field(
        default=None, description="Needed where the file has no balances."
    )
    leave_out: list[int] | None = strawberry.field(
        default=None, description="Lines of the file that are not to be taken."
    )
    columns: StatementColumnsInput | None = None


@strawberry.input
class BookStatementLineInput:
    line_id: UUID
    book_as: StatementBooking
    member_id: UUID | None = strawberry.field(default=None, description="For CONTRIBUTION.")
    contribution_type: ContributionType | None = strawberry.field(
        default=None, description="For CONTRIBUTION."
    )
    loan_id: UUID | None = strawberry.field(default=None, description="For REPAYMENT.")
    description: str | None = strawberry.field(
        default=None, description="For EXPENSE and OTHER_INCOME."
    )

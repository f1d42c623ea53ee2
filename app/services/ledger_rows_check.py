"""verify-books, beside the journal: do the rows of loans, payments, fines, dividends, welfare and
the inbox say the same as the entries they stand on?

The journal is chained; these rows are not, and the apps show them. So each is held against
what the postings say, and each signed minute and month against the chain as it was then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from app.models import (
    GENESIS,
    MONEY_ACCOUNTS,
    Account,
    ChargePayment,
    ChargeStatus,
    Contribution,
    DividendAllocation,
    DividendRun,
    DividendStatus,
    FineCharge,
    Instalment,
    Loan,
    LoanStatus,
    Meeting,
    Movement,
    Reconciliation,
    Repayment,
    ReviewItem,
    ReviewKind,
    ReviewStatus,
    WelfareRequest,
    WelfareStatus,
)
from app.services.operations.contributions import PLACES

PAYABLE = Account.DIVIDENDS_PAYABLE.value
SUSPENSE = Account.SUSPENSE.value
FINES = Account.FINES.value
LOANS = frozenset(
    {
        Account.LOANS_SHORT_TERM.value,
        Account.LOANS_LONG_TERM.value,
        Account.LOANS_PROJECT.value,
    }
)
WAITING = frozenset({ReviewKind.HELD_CASH.value, ReviewKind.VARIANCE.value})
DECLARED = frozenset({DividendStatus.POSTED.value, DividendStatus.PAID.value})
BESIDE: tuple[type[SQLModel], ...] = (
    Loan,
    Instalment,
    Repayment,
    Contribution,
    Movement,
    FineCharge,
    ChargePayment,
    DividendRun,
    DividendAllocation,
    WelfareRequest,
    ReviewItem,
    Meeting,
    Reconciliation,
)
Wrong = tuple[UUID | None, str]
"""The entry that a row stands on, if it is one's, and what is wrong."""


@dataclass(slots=True)
class Books:
    """A group's journal and the rows beside it."""

    entries: Sequence[Any]
    postings: Mapping[int, Sequence[Any]]
    """By the entry's sequence."""
    balances: Mapping[tuple[UUID, str], int]
    """What the postings give, by owner and account."""
    group_id: UUID
    rows: Mapping[type[SQLModel], Sequence[Any]]
    by_id: dict[UUID, Any] = field(default_factory=dict)
    reversed_by: dict[UUID, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id = {entry.id: entry for entry in self.entries}
        self.reversed_by = {
            entry.reverses_id: entry.id for entry in self.entries if entry.reverses_id
        }

    def of(self, model: type[SQLModel]) -> Sequence[Any]:
        return self.rows.get(model, ())

    def lines(self, entry_id: UUID | None) -> Sequence[Any]:
        """The postings of an entry; none where there is no such entry."""
        entry = self.by_id.get(entry_id) if entry_id is not None else None
        return self.postings.get(entry.sequence, ()) if entry is not None else ()


async def read_rows(
    session: AsyncSession, ids: Sequence[UUID]
) -> dict[UUID, dict[type[SQLModel], list[Any]]]:
    """The rows beside the journals of these groups: one statement a table."""
    found: dict[UUID, dict[type[SQLModel], list[Any]]] = defaultdict(lambda: defaultdict(list))
    for model in BESIDE:
        table: Any = model
        # Schedules, minutes and figures kept as JSON are not compared, and are most of the bytes.
        columns = [one for one in table.__table__.columns if not isinstance(one.type, JSON)]
        for row in await session.execute(select(*columns).where(table.group_id.in_(ids))):
            found[row.group_id][model].append(row)
    return found


def first_wrong(books: Books) -> Wrong | None:
    """The first row that says otherwise than the books."""
    for check in CHECKS:
        for wrong in check(books):
            return wrong
    return None


def _reversals(books: Books) -> Iterator[Wrong]:
    """What is marked as reversed is, and what is reversed is marked."""
    for model in (Contribution, Repayment, Movement):
        for row in books.of(model):
            if books.reversed_by.get(row.entry_id) != row.reversed_by:
                name = model.__name__.lower()
                yield row.entry_id, f"its {name} is not marked as the journal has it reversed"


def _contributions(books: Books) -> Iterator[Wrong]:
    for row in books.of(Contribution):
        entry = books.by_id.get(row.entry_id)
        account, _ = PLACES.get(row.contribution_type, ("", ""))
        right = any(line.account == account for line in books.lines(row.entry_id))
        days = (entry.booking_date, entry.value_date) if entry is not None else ()
        if not right or row.contribution_date not in days:
            yield row.entry_id, "its contribution is of another kind or day"


def _repayments(books: Books) -> Iterator[Wrong]:
    """Its parts make its amount, and its principal is what the entry took off the loan."""
    known = set()
    for row in books.of(Repayment):
        known.add(row.entry_id)
        parts = row.principal + row.interest + row.fines + row.savings + row.recovered
        lines = books.lines(row.entry_id)
        principal = -sum(
            line.amount for line in lines if line.account in LOANS and line.loan_id == row.loan_id
        )
        paid = -sum(line.amount for line in lines if line.amount < 0)
        if (parts, principal, paid) != (row.amount, row.principal, row.amount):
            yield row.entry_id, "its repayment says otherwise"
    for entry in books.entries:
        if entry.kind == "REPAYMENT" and entry.id not in known:
            yield entry.id, "its repayment is missing"


def _loans(books: Books) -> Iterator[Wrong]:
    """The principal that its instalments still want is what the books have out."""
    owed: dict[UUID, int] = defaultdict(int)
    for row in books.of(Instalment):
        owed[row.loan_id] += row.principal - row.paid_principal
    for loan in books.of(Loan):
        out = sum(books.balances.get((loan.id, account), 0) for account in LOANS)
        running = loan.status == LoanStatus.DISBURSED.value
        if out != (owed[loan.id] if running else 0):
            yield loan.disbursement_entry_id, f"loan {loan.id} owes another sum than the books say"


def _movements(books: Books) -> Iterator[Wrong]:
    for row in books.of(Movement):
        lines = books.lines(row.entry_id)
        money = abs(sum(line.amount for line in lines if line.account in MONEY_ACCOUNTS))
        if row.amount != money and row.amount not in {abs(line.amount) for line in lines}:
            yield row.entry_id, "its movement says otherwise"


def _fines(books: Books) -> Iterator[Wrong]:
    """What is paid of a charge is what entries paid, and no entry pays more than its fine."""
    paid: dict[UUID, int] = defaultdict(int)
    by_entry: dict[UUID, int] = defaultdict(int)
    for row in books.of(ChargePayment):
        paid[row.charge_id] += row.amount
        by_entry[row.entry_id] += row.amount
    for row in books.of(FineCharge):
        settled = row.status == ChargeStatus.SETTLED.value
        fits = row.paid == paid[row.id] and 0 <= row.paid <= row.amount
        if not fits or settled != (row.paid == row.amount):
            yield None, f"fine {row.id} is not paid as the entries say"
    for entry_id, cents in by_entry.items():
        fine = -sum(line.amount for line in books.lines(entry_id) if line.account == FINES)
        if cents > fine or entry_id in books.reversed_by:
            yield entry_id, "it pays more fines than it brought"


def _dividends(books: Books) -> Iterator[Wrong]:
    """What is declared to a member and not paid is what the group owes them."""
    runs = {run.id for run in books.of(DividendRun) if run.status in DECLARED}
    owed: dict[UUID, int] = defaultdict(int)
    for row in books.of(DividendAllocation):
        if row.run_id in runs and row.paid_entry_id is None:
            owed[row.member_id] += row.amount
    payable = {
        owner: -cents
        for (owner, account), cents in books.balances.items()
        if account == PAYABLE and owner != books.group_id and cents
    }
    for member_id in sorted(owed.keys() | payable.keys()):
        if owed.get(member_id, 0) != payable.get(member_id, 0):
            yield None, f"the dividends of member {member_id} are another sum than the books say"


def _welfare(books: Books) -> Iterator[Wrong]:
    moved = {row.id: row for row in books.of(Movement)}
    for row in books.of(WelfareRequest):
        movement = moved.get(row.movement_id)
        paid = movement is not None and movement.reversed_by is None
        if paid != (row.status == WelfareStatus.PAID.value):
            yield None, f"welfare request {row.id} is not paid as the books say"
        elif movement is not None and movement.amount != row.amount:
            yield movement.entry_id, f"welfare request {row.id} is of another amount"


def _suspense(books: Books) -> Iterator[Wrong]:
    """Every shilling in SUSPENSE is explained by an item that waits in the inbox."""
    waiting = sum(
        row.amount
        for row in books.of(ReviewItem)
        if row.kind in WAITING and row.status != ReviewStatus.DECIDED.value
    )
    if -books.balances.get((books.group_id, SUSPENSE), 0) != waiting:
        yield None, "SUSPENSE is not what waits in the review inbox"


def _signed(books: Books) -> Iterator[Wrong]:
    """What was signed carries the chain's head of then: a chain that was made anew differs."""
    heads = {entry.sequence: bytes(entry.hash) for entry in books.entries} | {0: GENESIS}
    for row in (*books.of(Meeting), *books.of(Reconciliation)):
        if row.chain_head is not None and heads.get(row.book_sequence) != bytes(row.chain_head):
            yield None, f"{row.id} was signed with another head of the chain"


CHECKS = (
    _reversals,
    _contributions,
    _repayments,
    _loans,
    _movements,
    _fines,
    _dividends,
    _welfare,
    _suspense,
    _signed,
)

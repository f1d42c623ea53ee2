"""The cash ledger: every movement of money, one line for each account and subcategory.

A view of the journal: a line is a posting to CASH, BANK or MPESA. Moves between the three
("banking") count in the totals only where one account is looked at (design.md).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import load_group
from app.auth.actor import Actor
from app.errors import BadInput
from app.models import MONEY_ACCOUNTS, JournalEntry, Posting
from app.paging import check_first, decode_cursor, encode_cursor

BANKING = "banking"
ACCOUNT_WORDS = {"CASH": "cash", "BANK": "bank", "MPESA": "M-Pesa"}
SUBCATEGORY_WORDS = {
    "savings": "Savings",
    "welfare": "Welfare",
    "project": "Project fund",
    "fine": "Fine",
    "registration": "Registration fee",
    "appreciation_fee": "Appreciation fee",
    "short_term_loan": "Short-term loan",
    "long_term_loan": "Long-term loan",
    "project_loan": "Project loan",
    "loan_interest": "Loan interest",
    "savings_withdrawal": "Savings withdrawal",
    "welfare_payout": "Welfare payout",
    "project_spending": "Project spending",
    "expense": "Expense",
    "dividend": "Dividend",
    "other_income": "Other income",
    "external_loan": "External loan",
    BANKING: "Banking",
    "opening": "Opening balance",
    "unplaced": "Money to be placed by the office",
    "adjustment": "Adjustment",
}


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line; `amount` is positive, `category` says in or out; amounts in cents."""

    id: UUID
    group_id: UUID
    sequence: int
    line: int
    transaction_date: date
    account: str
    subcategory: str
    signed: int
    balance_after: int
    reference_doc: str
    member_id: UUID | None
    kind: str

    @property
    def category(self) -> str:
        return "CASH_IN" if self.signed > 0 else "CASH_OUT"

    @property
    def amount(self) -> int:
        return abs(self.signed)

    def in_words(self, member_name: str | None) -> str:
        """ "Savings · Jane Wanjiku"; a reversal says so."""
        words = SUBCATEGORY_WORDS.get(self.subcategory, self.subcategory)
        if self.kind == "REVERSAL":
            words = f"Reversal: {words.lower()}"
        if self.subcategory == BANKING:
            direction = "to" if self.signed > 0 else "from"
            words = f"{words} {direction} {ACCOUNT_WORDS[self.account]}"
        return f"{words} · {member_name}" if member_name else words


@dataclass(frozen=True)
class LedgerPage:
    """Lines of a page, and the totals of the whole selection, in cents."""

    lines: Sequence[LedgerLine]
    cursors: Sequence[str]
    has_next: bool
    total_count: int
    cash_in: int
    cash_out: int
    opening: int


def line_id(entry_id: UUID, line: int) -> UUID:
    """The id of an entry's first line is the entry's; the others derive from it."""
    return entry_id if line == 0 else uuid.uuid5(entry_id, str(line))


def money_lines(whole_group: bool = True) -> Any:
    """The statement of the ledger's lines, for readers who have checked the access."""
    balance = col(Posting.money_after) if whole_group else col(Posting.balance_after)
    return (
        select(
            col(JournalEntry.id),
            col(Posting.group_id),
            col(Posting.sequence),
            col(Posting.line),
            col(JournalEntry.booking_date),
            col(Posting.account),
            col(Posting.subcategory),
            col(Posting.amount),
            balance,
            col(JournalEntry.reference),
            col(Posting.member_id),
            col(JournalEntry.kind),
        )
        .join(JournalEntry, _same_entry())
        .where(col(Posting.account).in_(MONEY_ACCOUNTS))
    )


def _order(newest_first: bool) -> tuple[Any, Any]:
    columns = (col(Posting.sequence), col(Posting.line))
    return (columns[0].desc(), columns[1].desc()) if newest_first else columns


def _same_entry() -> Any:
    return and_(
        col(JournalEntry.group_id) == col(Posting.group_id),
        col(JournalEntry.sequence) == col(Posting.sequence),
    )


def as_line(row: Any) -> LedgerLine:
    """A line from a row of `money_lines`."""
    return LedgerLine(line_id(row[0], row[3]), *row[1:])


async def line_of_entry(session: AsyncSession, entry_id: UUID) -> LedgerLine | None:
    """The first line of an entry, whose reader has checked the access; None without money."""
    rows = await session.execute(
        money_lines(whole_group=True)
        .where(col(JournalEntry.id) == entry_id)
        .order_by(*_order(newest_first=False))
        .limit(1)
    )
    row = rows.first()
    return as_line(row) if row is not None else None


async def lines_after(
    session: AsyncSession, group_id: UUID, sequence: int, limit: int = 1000
) -> list[LedgerLine]:
    """The lines of entries after `sequence`, oldest first, whole entries only.

    For the live ledger, whose caller has checked the access.
    """
    upper = select(func.max(col(JournalEntry.sequence))).where(
        col(JournalEntry.group_id) == group_id,
        col(JournalEntry.sequence) <= sequence + limit,
    )
    rows = await session.execute(
        money_lines(whole_group=True)
        .where(
            col(Posting.group_id) == group_id,
            col(Posting.sequence) > sequence,
            col(Posting.sequence) <= upper.scalar_subquery(),
        )
        .order_by(*_order(newest_first=False))
    )
    return [as_line(row) for row in rows]


async def cash_ledger(
    session: AsyncSession,
    actor: Actor,
    group_id: UUID,
    *,
    since: date | None,
    until: date | None,
    account: str | None,
    first: int,
    after: str | None,
    newest_first: bool = False,
) -> LedgerPage:
    """A page of the ledger between two booking dates (both included), in recording order.

    With `newest_first` the pages run backwards, for those who look at the end of a long ledger.
    """
    check_first(first)
    if since and until and since > until:
        raise BadInput("The period ends before it begins.", field="to")
    await load_group(session, actor, group_id)
    key = decode_cursor(after, int, int)
    period = [col(Posting.group_id) == group_id]
    if account:
        period.append(col(Posting.account) == account)
    if since:
        period.append(col(JournalEntry.booking_date) >= since)
    if until:
        period.append(col(JournalEntry.booking_date) <= until)
    page = money_lines(whole_group=account is None).where(*period).limit(first + 1)
    place = tuple_(col(Posting.sequence), col(Posting.line))
    if key:
        page = page.where(place < key if newest_first else place > key)
    page = page.order_by(*_order(newest_first))
    found = [as_line(row) for row in await session.execute(page)]
    totals = (await session.execute(_totals(account, period))).one()
    lines = found[:first]
    return LedgerPage(
        lines=lines,
        cursors=[encode_cursor(line.sequence, line.line) for line in lines],
        has_next=len(found) > first,
        total_count=totals[0],
        cash_in=int(totals[1] or 0),
        cash_out=int(totals[2] or 0),
        opening=await _opening(session, group_id, account, since),
    )


def _totals(account: str | None, period: list[Any]) -> Any:
    amount = col(Posting.amount)
    counted: Any = (
        amount if account else case((col(Posting.subcategory) == BANKING, 0), else_=amount)
    )
    return (
        select(
            func.count(),
            func.sum(case((counted > 0, counted), else_=0)),
            func.sum(case((counted < 0, -counted), else_=0)),
        )
        .select_from(Posting)
        .join(JournalEntry, _same_entry())
        .where(col(Posting.account).in_(MONEY_ACCOUNTS), *period)
    )


async def _opening(
    session: AsyncSession, group_id: UUID, account: str | None, since: date | None
) -> int:
    if since is None:
        return 0
    statement = (
        select(func.coalesce(func.sum(col(Posting.amount)), 0))
        .join(JournalEntry, _same_entry())
        .where(col(Posting.group_id) == group_id, col(JournalEntry.booking_date) < since)
    )
    accounts = [account] if account else sorted(MONEY_ACCOUNTS)
    return int(
        (await session.execute(statement.where(col(Posting.account).in_(accounts)))).scalar_one()
    )

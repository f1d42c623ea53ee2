"""The cash ledger: every movement of money, one line for each account and subcategory.

A view of the journal: a line is a posting to CASH, BANK or MPESA. Moves between the three
("banking") count in the totals only where one account is looked at (design.md).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.auth.access import load_group
from app.auth.actor import Actor
from app.errors import BadInput
from app.models import MONEY_ACCOUNTS, JournalEntry, Posting
from app.paging import check_first, decode_cursor, encode_cursor
from app.services.ledger_totals import ADDED, BANKING, ONE_DAY, totals_of

LONGEST_STEP = 2000
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
    entry_id: UUID
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


def money_lines(whole_group: bool = True, posting: Any = Posting) -> Any:
    """The statement of the ledger's lines, for readers who have checked the access; `posting`
    may be an alias for some of the postings."""
    return (
        select(
            col(JournalEntry.id),
            posting.group_id,
            posting.sequence,
            posting.line,
            col(JournalEntry.booking_date),
            posting.account,
            posting.subcategory,
            posting.amount,
            posting.money_after if whole_group else posting.balance_after,
            col(JournalEntry.reference),
            posting.member_id,
            col(JournalEntry.kind),
        )
        .join(
            JournalEntry,
            and_(
                col(JournalEntry.group_id) == posting.group_id,
                col(JournalEntry.sequence) == posting.sequence,
            ),
        )
        .where(*_of_money(posting))
    )


def _of_money(posting: Any) -> tuple[Any, Any]:
    return posting.account.in_(MONEY_ACCOUNTS), posting.subcategory.is_not(None)


def _order(newest_first: bool, posting: Any = Posting) -> tuple[Any, Any]:
    columns = (posting.sequence, posting.line)
    return (columns[0].desc(), columns[1].desc()) if newest_first else columns


def as_line(row: Any) -> LedgerLine:
    """A line from a row of `money_lines`."""
    return LedgerLine(line_id(row[0], row[3]), *row)


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
    accounts = [account] if account else sorted(MONEY_ACCOUNTS)
    totals = await _totals(session, group_id, accounts, since, until)
    found: list[LedgerLine] = []
    if totals.lines:
        walk = _Walk(group_id, account, newest_first, _window(since, until, totals))
        found = await walk.take(session, first + 1, key, since or date.min, until or date.max)
    shown = found[:first]
    return LedgerPage(
        lines=shown,
        cursors=[encode_cursor(line.sequence, line.line) for line in shown],
        has_next=len(found) > first,
        total_count=totals.lines,
        cash_in=totals.debits - (0 if account else totals.banked_in),
        cash_out=totals.credits - (0 if account else totals.banked_out),
        opening=await _opening(session, group_id, accounts, since),
    )


@dataclass(frozen=True)
class _Walk:
    """Along the lines of a group's book, in recording order.

    A day is looked at after the lines have come, not in the query: whoever plans the query
    cannot know that entries which are booked in a month lie side by side, and would sort them
    all. Only what was booked late lies elsewhere, and longer and longer steps get there.
    """

    group_id: UUID
    account: str | None
    newest_first: bool
    window: Sequence[Any]
    """Conditions on the postings."""

    async def take(
        self,
        session: AsyncSession,
        number: int,
        after: tuple[Any, ...] | None,
        since: date,
        until: date,
    ) -> list[LedgerLine]:
        """The next lines after a place that were booked in the period."""
        found: list[LedgerLine] = []
        step = number
        while True:
            rows = [as_line(row) for row in await session.execute(self._step(after, step))]
            found += [line for line in rows if since <= line.transaction_date <= until]
            if len(found) >= number or len(rows) < step:
                return found[:number]
            after = (rows[-1].sequence, rows[-1].line)
            step = min(step * 2, LONGEST_STEP)

    def _step(self, after: tuple[Any, ...] | None, length: int) -> Any:
        # The postings first, by their own index; only then the entries of those few.
        some = select(Posting).where(
            col(Posting.group_id) == self.group_id, *_of_money(Posting), *self.window
        )
        if self.account:
            some = some.where(col(Posting.account) == self.account)
        if after is not None:
            place = tuple_(col(Posting.sequence), col(Posting.line))
            some = some.where(place < after if self.newest_first else place > after)
        some = some.order_by(*_order(self.newest_first)).limit(length)
        posting = aliased(Posting, some.subquery())
        lines = money_lines(self.account is None, posting)
        return lines.order_by(*_order(self.newest_first, posting))


def _window(since: date | None, until: date | None, totals: _Totals) -> list[Any]:
    """Where the entries of a period are."""
    if since is None and until is None:
        return []
    return [col(Posting.sequence).between(totals.first, totals.last)]


class _Totals(NamedTuple):
    """Of a period: how many lines, cents in and out, what of them was only moved between money
    accounts, and the first and last entry."""

    lines: int
    debits: int
    credits: int
    banked_in: int
    banked_out: int
    first: int
    last: int


async def _totals(
    session: AsyncSession,
    group_id: UUID,
    accounts: list[str],
    since: date | None,
    until: date | None,
) -> _Totals:
    total = totals_of(group_id, accounts, since, until).c
    sums = [func.sum(total[name]) for name in ADDED]
    ends = [func.min(total.first_sequence), func.max(total.last_sequence)]
    row = (await session.execute(select(*sums, *ends))).one()
    return _Totals(*(int(value or 0) for value in row))


async def _opening(
    session: AsyncSession, group_id: UUID, accounts: list[str], since: date | None
) -> int:
    if since is None or since == date.min:
        return 0
    total = totals_of(group_id, accounts, None, since - ONE_DAY).c
    balance = select(func.coalesce(func.sum(total.debits - total.credits), 0))
    return int((await session.execute(balance)).scalar_one())

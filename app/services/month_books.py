"""A group's books of one month beside what others say of them, in a fixed number of statements."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import BadInput
from app.models import (
    Account,
    Contribution,
    JournalEntry,
    Meeting,
    MeetingStatus,
    Movement,
    PaymentReference,
    Posting,
    Reconciliation,
    Repayment,
    ReviewItem,
    ReviewKind,
    ReviewStatus,
    Statement,
    StatementLine,
    StatementMatch,
    StatementSource,
)
from app.services.ledger_totals import BANKING
from app.services.statement_matching import DAYS, Move

MONEY = (Account.CASH.value, Account.BANK.value, Account.MPESA.value)
WITH_LINES = (Account.BANK.value, Account.MPESA.value)
IMPORTED = StatementSource.IMPORTED.value
FIRST_YEAR, LAST_YEAR = 2000, 2999


def month_of(year: int, month: int) -> tuple[date, date]:
    """The month's first and last day; BAD_INPUT where there is no such month."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput("There is no such year.", field="year")
    if not 1 <= month <= 12:
        raise BadInput("A month from 1 to 12.", field="month")
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class SubcategoryFigures:
    subcategory: str
    money_in: int
    money_out: int


@dataclass(slots=True)
class AccountFigures:
    """An account over the month: signed cents, debit positive; debits and credits never negative.

    Of CASH, BANK and MPESA debits are money in, credits money out, what moved between the
    three included; `subcategories` says what of.
    """

    account: str
    opening: int = 0
    debits: int = 0
    credits: int = 0
    postings: int = 0
    subcategories: list[SubcategoryFigures] = field(default_factory=list)

    @property
    def closing(self) -> int:
        return self.opening + self.debits - self.credits

    @property
    def moved(self) -> SubcategoryFigures:
        """What came from, and went to, the other two money accounts."""
        found = [one for one in self.subcategories if one.subcategory == BANKING]
        return found[0] if found else SubcategoryFigures(BANKING, 0, 0)

    @property
    def is_used(self) -> bool:
        return bool(self.opening or self.closing or self.postings)


@dataclass(slots=True)
class MonthBooks:
    """Everything that a month's reconciliation is made of."""

    group_id: UUID
    year: int
    month: int
    first: date
    last: date
    accounts: dict[str, AccountFigures] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    lines: dict[UUID, StatementLine] = field(default_factory=dict)
    """By id, in the order of their files."""
    matched: dict[UUID, list[Move]] = field(default_factory=dict)
    """Line to the entries that it is matched with, whatever month they are booked in."""
    moves: list[Move] = field(default_factory=list)
    """On BANK and MPESA, of the month and the days around it."""
    held: int = 0
    """Items of the review inbox about money of the month that nobody has decided."""
    open_meetings: int = 0
    signed: Reconciliation | None = None
    reopened: list[Reconciliation] = field(default_factory=list)
    last_booking_before: date | None = None
    signed_before: date | None = None
    """The last day of the newest month before this one that is signed off."""

    def account(self, name: str) -> AccountFigures:
        return self.accounts.get(name) or AccountFigures(name)

    def account_of(self, line: StatementLine) -> str:
        return next(one.account for one in self.statements.values() if one.id == line.statement_id)

    def lines_of(self, account: str) -> list[StatementLine]:
        statement = self.statements.get(account)
        if statement is None:
            return []
        return [line for line in self.lines.values() if line.statement_id == statement.id]

    def is_matched(self, line: StatementLine) -> bool:
        """A match with an entry that was reversed in its month is none."""
        found = self.matched.get(line.id, [])
        return bool(found) and not any(move.cancelled for move in found)

    def unmatched_lines(self, account: str | None = None) -> list[StatementLine]:
        return [
            line
            for line in self.lines.values()
            if not self.is_matched(line) and account in (None, self.account_of(line))
        ]

    def unmatched_moves(self, account: str | None = None) -> list[Move]:
        """Entries of the month on accounts with an imported statement that no line shows."""
        imported = {one.account for one in self.statements.values() if one.source == IMPORTED}
        return [
            move
            for move in self.moves
            if move.is_free
            and move.amount
            and move.account in imported
            and account in (None, move.account)
            and self.first <= move.booking_date <= self.last
        ]


def _same_entry() -> Any:
    return and_(
        col(JournalEntry.group_id) == col(Posting.group_id),
        col(JournalEntry.sequence) == col(Posting.sequence),
    )


async def read_month(session: AsyncSession, group_id: UUID, year: int, month: int) -> MonthBooks:
    """The month of a group whose reader has checked the access; nine statements."""
    first, last = month_of(year, month)
    books = MonthBooks(group_id, year, month, first, last)
    await _read_accounts(session, books)
    await _read_statements(session, books)
    await _read_moves(session, books)
    await _read_open(session, books)
    await _read_signed(session, books)
    return books


async def _read_accounts(session: AsyncSession, books: MonthBooks) -> None:
    amount, day = col(Posting.amount), col(JournalEntry.booking_date)
    now = day >= books.first
    rows = await session.execute(
        select(
            col(Posting.account),
            col(Posting.subcategory),
            func.sum(case((now, 0), else_=amount)),
            func.sum(case((and_(now, amount > 0), amount), else_=0)),
            func.sum(case((and_(now, amount < 0), -amount), else_=0)),
            func.sum(case((now, 1), else_=0)),
        )
        .join(JournalEntry, _same_entry())
        .where(col(Posting.group_id) == books.group_id, day <= books.last)
        .group_by(col(Posting.account), col(Posting.subcategory))
        .order_by(col(Posting.account), col(Posting.subcategory))
    )
    for account, subcategory, opening, debits, credits, postings in rows:
        figures = books.accounts.setdefault(account, AccountFigures(account))
        figures.opening += int(opening)
        figures.debits += int(debits)
        figures.credits += int(credits)
        figures.postings += int(postings)
        if subcategory is not None and postings:
            part = SubcategoryFigures(subcategory, int(debits), int(credits))
            figures.subcategories.append(part)


async def _read_statements(session: AsyncSession, books: MonthBooks) -> None:
    of_month = (
        col(Statement.group_id) == books.group_id,
        col(Statement.year) == books.year,
        col(Statement.month) == books.month,
    )
    for row in (await session.execute(select(Statement).where(*of_month))).scalars():
        session.expunge(row)
        books.statements[row.account] = row
    rows = await session.execute(
        select(StatementLine)
        .join(Statement, col(Statement.id) == col(StatementLine.statement_id))
        .where(*of_month)
        .order_by(col(StatementLine.line_date), col(StatementLine.number))
    )
    for line in rows.scalars():
        session.expunge(line)
        books.lines[line.id] = line


async def _read_moves(session: AsyncSession, books: MonthBooks) -> None:
    """Entries on BANK and MPESA around the month, and those that its lines are matched with."""
    around = timedelta(days=max(DAYS.values()))
    day = col(JournalEntry.booking_date)
    of_lines = (
        select(col(StatementLine.id))
        .join(Statement, col(Statement.id) == col(StatementLine.statement_id))
        .where(
            col(Statement.group_id) == books.group_id,
            col(Statement.year) == books.year,
            col(Statement.month) == books.month,
        )
    )
    near = or_(
        day.between(books.first - around, books.last + around),
        col(StatementMatch.statement_line_id).in_(of_lines),
    )
    rows = await session.execute(
        select(
            col(JournalEntry.id),
            col(Posting.sequence),
            col(Posting.line),
            col(Posting.account),
            col(Posting.amount),
            day,
            col(JournalEntry.value_date),
            col(JournalEntry.kind),
            col(JournalEntry.reference),
            col(JournalEntry.reverses_id),
            col(StatementMatch.statement_line_id),
        )
        .join(JournalEntry, _same_entry())
        .outerjoin(
            StatementMatch,
            and_(
                col(StatementMatch.group_id) == col(Posting.group_id),
                col(StatementMatch.sequence) == col(Posting.sequence),
                col(StatementMatch.line) == col(Posting.line),
            ),
        )
        .where(
            col(Posting.group_id) == books.group_id,
            col(Posting.account).in_(WITH_LINES),
            near,
        )
        .order_by(col(Posting.sequence), col(Posting.line))
    )
    books.moves = _as_moves(books, rows.all(), await _read_codes(session, books, around))
    for move in books.moves:
        if move.matched_line_id in books.lines:
            books.matched.setdefault(move.matched_line_id, []).append(move)


def _as_moves(books: MonthBooks, rows: Sequence[Any], codes: dict[UUID, set[str]]) -> list[Move]:
    """One for each entry and account, with those that cancel each other marked."""
    found: dict[tuple[int, str], Move] = {}
    for entry_id, sequence, line, account, amount, *rest in rows:
        booked, valued, kind, reference, reverses_id, line_id = rest
        key = (sequence, account)
        if key in found:
            move = found[key]
            found[key] = replace(move, amount=move.amount + amount, lines=(*move.lines, line))
            continue
        known = frozenset(codes.get(entry_id, ()))
        found[key] = Move(
            entry_id, sequence, account, amount, (line,), booked, valued, kind, reference,
            reverses_id, known, line_id,
        )  # fmt: skip
    of_month = {
        move.entry_id for move in found.values() if books.first <= move.booking_date <= books.last
    }
    cancelled: set[UUID] = set()
    for move in found.values():
        if move.reverses_id in of_month and move.entry_id in of_month:
            cancelled |= {move.entry_id, move.reverses_id}
    return [replace(move, cancelled=move.entry_id in cancelled) for move in found.values()]


async def _read_codes(
    session: AsyncSession, books: MonthBooks, around: timedelta
) -> dict[UUID, set[str]]:
    """M-Pesa's transaction ids and the bank's references of the entries."""
    entries = select(col(JournalEntry.id)).where(
        col(JournalEntry.group_id) == books.group_id,
        col(JournalEntry.booking_date).between(books.first - around, books.last + around),
    )
    kinds: tuple[Any, ...] = (PaymentReference, Contribution, Movement, Repayment)
    rows = await session.execute(
        union_all(
            *(
                select(kind.entry_id, kind.transaction_id).where(
                    kind.group_id == books.group_id,
                    kind.transaction_id.is_not(None),
                    kind.entry_id.in_(entries),
                )
                for kind in kinds
            )
        )
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for entry_id, code in rows:
        found[entry_id].add(code.upper())
    return found


async def _read_open(session: AsyncSession, books: MonthBooks) -> None:
    """What is still in the air: undecided money of the month, and meetings that are not closed."""
    held = (
        select(func.count())
        .select_from(ReviewItem)
        .join(JournalEntry, col(JournalEntry.id) == col(ReviewItem.entry_id))
        .where(
            col(ReviewItem.group_id) == books.group_id,
            col(ReviewItem.kind).in_((ReviewKind.HELD_CASH.value, ReviewKind.VARIANCE.value)),
            col(ReviewItem.status) != ReviewStatus.DECIDED.value,
            or_(
                col(JournalEntry.booking_date).between(books.first, books.last),
                col(JournalEntry.value_date).between(books.first, books.last),
            ),
        )
    )
    meetings = select(func.count()).where(
        col(Meeting.group_id) == books.group_id,
        col(Meeting.status) == MeetingStatus.OPEN.value,
        col(Meeting.meeting_date).between(books.first, books.last),
    )
    before = select(func.max(col(JournalEntry.booking_date))).where(
        col(JournalEntry.group_id) == books.group_id,
        col(JournalEntry.booking_date) < books.first,
    )
    row = await session.execute(
        select(held.scalar_subquery(), meetings.scalar_subquery(), before.scalar_subquery())
    )
    books.held, books.open_meetings, books.last_booking_before = row.one()


async def _read_signed(session: AsyncSession, books: MonthBooks) -> None:
    rows = await session.execute(
        select(Reconciliation)
        .where(
            col(Reconciliation.group_id) == books.group_id,
            col(Reconciliation.year) == books.year,
            col(Reconciliation.month) == books.month,
        )
        .order_by(col(Reconciliation.signed_at))
    )
    for row in rows.scalars():
        session.expunge(row)
        if row.reopened_at is None:
            books.signed = row
        else:
            books.reopened.append(row)
    number = col(Reconciliation.year) * 12 + col(Reconciliation.month)
    newest = await session.execute(
        select(func.max(number)).where(
            col(Reconciliation.group_id) == books.group_id,
            col(Reconciliation.reopened_at).is_(None),
            number < books.year * 12 + books.month,
        )
    )
    found = newest.scalar_one()
    if found is not None:
        year, month = divmod(int(found) - 1, 12)
        books.signed_before = month_of(year, month + 1)[1]

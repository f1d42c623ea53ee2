"""A month of all groups: a line a group, and the totals, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from app import clock
from app.auth.access import groups_reach, reach
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import NotFound
from app.models import (
    MONEY_ACCOUNTS,
    BankingGroup,
    JournalEntry,
    Meeting,
    MeetingStatus,
    Posting,
    Reconciliation,
    ReviewItem,
    ReviewKind,
    ReviewStatus,
    Statement,
    StatementLine,
    StatementMatch,
)
from app.paging import Page, check_first, cut, decode_cursor
from app.runtime import Runtime
from app.services.month_books import IMPORTED, MONEY, month_of
from app.services.month_faults import ReconciliationStatus
from app.services.operations.parse import clean_text

NUMBERS = (
    "cash",
    "bank",
    "mpesa",
    "differences",
    "missing",
    "unmatched_lines",
    "unmatched_postings",
    "held",
    "open_meetings",
)
OPEN, READY, SIGNED = (one.value for one in ReconciliationStatus)


@dataclass(frozen=True, slots=True)
class GroupMonth:
    """A group's month: closings by the books and the sum of all differences, in cents."""

    group_id: UUID
    name: str
    status: str
    cash: int
    bank: int
    mpesa: int
    differences: int
    missing: int
    unmatched_lines: int
    unmatched_postings: int
    held: int
    open_meetings: int
    signed_by: UUID | None
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """The same over all groups of the selection."""

    groups: int
    open: int
    ready: int
    signed: int
    cash: int
    bank: int
    mpesa: int
    differences: int
    unmatched_lines: int
    unmatched_postings: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Which groups' months are asked for."""

    year: int
    month: int
    first: date
    last: date
    today: date
    conditions: tuple[ColumnElement[bool], ...]
    status: str | None


async def list_reconciliations(
    runtime: Runtime,
    actor: Actor,
    *,
    year: int,
    month: int,
    group_ids: Collection[UUID] | None,
    county: str | None,
    status: str | None,
    first: int,
    after: str | None,
) -> tuple[Selection, Page[GroupMonth]]:
    """A page of the groups within reach, by name; three statements whatever the page."""
    demand(actor, "reports:read")
    check_first(first)
    key = decode_cursor(after, str, UUID)
    begin, end = month_of(year, month)
    conditions: list[ColumnElement[bool]] = [reach(actor)]
    if county and county.strip():
        name = clean_text(county, "county", 100)
        conditions.append(func.lower(col(BankingGroup.county)) == name.lower())
    if group_ids is not None:
        conditions.append(col(BankingGroup.id).in_(group_ids))
    today = clock.today(runtime.settings.timezone)
    chosen = Selection(year, month, begin, end, today, tuple(conditions), status)
    async with runtime.db.snapshot() as session:
        if group_ids is not None and await groups_reach(session, actor, group_ids) != set(
            group_ids
        ):
            raise NotFound("There is no such group.", field="groupIds")
        ordered = select(col(BankingGroup.id)).where(*conditions)
        ordered = _after(ordered, key).limit(first + 1)
        if status is None:
            # The sums of the page's groups alone, not of ten thousand.
            ids = list((await session.execute(ordered)).scalars())
            wanted = _summary(chosen, [col(BankingGroup.id).in_(ids)])
            statement = _after(wanted, None)
        else:
            statement = _after(_summary(chosen, conditions), key).limit(first + 1)
        rows = [_as_month(row) for row in await session.execute(statement)]

    async def count() -> int:
        if status is not None:
            return (await month_totals(runtime, chosen)).groups
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(BankingGroup).where(*conditions)
            return int((await counting.execute(total)).scalar_one())

    return chosen, cut(rows, first, lambda row: (row.name, row.group_id), count)


def _as_month(row: Any) -> GroupMonth:
    group_id, name, status, *numbers, signed_by, signed_at = row
    sums: dict[str, Any] = dict(zip(NUMBERS, map(int, numbers), strict=True))
    return GroupMonth(group_id, name, status, **sums, signed_by=signed_by, signed_at=signed_at)


def _after(statement: Any, key: tuple[Any, ...] | None) -> Any:
    name, row_id = col(BankingGroup.name), col(BankingGroup.id)
    if key is not None:
        statement = statement.where(or_(name > key[0], and_(name == key[0], row_id > key[1])))
    return statement.order_by(name, row_id)


async def month_totals(runtime: Runtime, chosen: Selection) -> MonthTotals:
    """The sums over all groups of the selection; one statement."""
    each = _summary(chosen, chosen.conditions).subquery()

    def counted(status: str) -> Any:
        return func.coalesce(func.sum(case((each.c.status == status, 1), else_=0)), 0)

    sums = ("cash", "bank", "mpesa", "differences", "unmatched_lines", "unmatched_postings")
    async with runtime.db.reading() as session:
        row = await session.execute(
            select(
                func.count(),
                counted(OPEN),
                counted(READY),
                counted(SIGNED),
                *(func.coalesce(func.sum(each.c[name]), 0) for name in sums),
            ).select_from(each)
        )
        return MonthTotals(*map(int, row.one()))


def _summary(chosen: Selection, conditions: Collection[ColumnElement[bool]]) -> Any:
    """One row for each group: the same numbers that month_books.py finds for one."""
    groups = select(col(BankingGroup.id)).where(*conditions)
    parts = [
        _balances(chosen, groups),
        _unmatched_lines(chosen, groups),
        _unmatched_postings(chosen, groups),
        _held(chosen, groups),
        _meetings(chosen, groups),
    ]
    tables = [part.subquery(f"part_{number}") for number, part in enumerate(parts)]
    books, *counts = tables
    numbers = [
        *(func.coalesce(books.c[name], 0) for name in ("cash", "bank", "mpesa", "differences")),
        func.coalesce(books.c.missing, 0),
        *(func.coalesce(table.c.number, 0) for table in counts),
    ]
    faults = sum(numbers[4:], numbers[3])
    status = case(
        (col(Reconciliation.id).is_not(None), literal(SIGNED)),
        (literal(chosen.last >= chosen.today), literal(OPEN)),
        (faults > 0, literal(OPEN)),
        else_=literal(READY),
    )
    statement: Any = select(
        col(BankingGroup.id),
        col(BankingGroup.name),
        status.label("status"),
        *(number.label(name) for number, name in zip(numbers, NUMBERS, strict=True)),
        col(Reconciliation.signed_by),
        col(Reconciliation.signed_at),
    ).outerjoin(
        Reconciliation,
        and_(
            col(Reconciliation.group_id) == col(BankingGroup.id),
            col(Reconciliation.year) == chosen.year,
            col(Reconciliation.month) == chosen.month,
            col(Reconciliation.reopened_at).is_(None),
        ),
    )
    for table in tables:
        statement = statement.outerjoin(table, table.c.group_id == col(BankingGroup.id))
    statement = statement.where(*conditions)
    return statement if chosen.status is None else statement.where(status == chosen.status)


def _same_entry() -> Any:
    return and_(
        col(JournalEntry.group_id) == col(Posting.group_id),
        col(JournalEntry.sequence) == col(Posting.sequence),
    )


def _of_month(chosen: Selection) -> tuple[Any, Any]:
    return col(Statement.year) == chosen.year, col(Statement.month) == chosen.month


def _balances(chosen: Selection, groups: Any) -> Any:
    """Closings, differences and missing statements by group."""
    day = col(JournalEntry.booking_date)
    books: Any = (
        select(
            col(Posting.group_id).label("group_id"),
            col(Posting.account).label("account"),
            func.sum(col(Posting.amount)).label("book"),
            func.sum(case((day >= chosen.first, 1), else_=0)).label("moved"),
            literal(0).label("said"),
            literal(0).label("known"),
        )
        .join(JournalEntry, _same_entry())
        .where(
            col(Posting.group_id).in_(groups),
            col(Posting.account).in_(MONEY_ACCOUNTS),
            day <= chosen.last,
        )
        .group_by(col(Posting.group_id), col(Posting.account))
    )
    said = select(
        col(Statement.group_id),
        col(Statement.account),
        literal(0),
        literal(0),
        col(Statement.closing),
        literal(1),
    ).where(col(Statement.group_id).in_(groups), *_of_month(chosen))
    both = union_all(books, said).subquery("both_sides")
    each = (
        select(
            both.c.group_id,
            both.c.account,
            func.sum(both.c.book).label("book"),
            func.sum(both.c.moved).label("moved"),
            func.sum(both.c.said).label("said"),
            func.sum(both.c.known).label("known"),
        )
        .group_by(both.c.group_id, both.c.account)
        .subquery("each_account")
    )
    missing = and_(each.c.known == 0, or_(each.c.book != 0, each.c.moved > 0))
    apart = func.abs(each.c.said - each.c.book)
    closings = [
        func.sum(case((each.c.account == account, each.c.book), else_=0)).label(account.lower())
        for account in MONEY
    ]
    return select(
        each.c.group_id,
        *closings,
        func.sum(case((each.c.known > 0, apart), else_=0)).label("differences"),
        func.sum(case((missing, 1), else_=0)).label("missing"),
    ).group_by(each.c.group_id)


def _between(chosen: Selection, day: Any) -> Any:
    return day.between(chosen.first, chosen.last)


def _unmatched_lines(chosen: Selection, groups: Any) -> Any:
    """Lines without a match, or with one that was reversed in the month."""
    entry, reversal = aliased(JournalEntry), aliased(JournalEntry)
    match = (
        select(literal(1))
        .where(col(StatementMatch.statement_line_id) == col(StatementLine.id))
        .exists()
    )
    dead = (
        select(literal(1))
        .select_from(StatementMatch)
        .join(
            entry,
            and_(
                entry.group_id == col(StatementMatch.group_id),  # type: ignore[arg-type]
                entry.sequence == col(StatementMatch.sequence),  # type: ignore[arg-type]
            ),
        )
        .join(reversal, reversal.reverses_id == entry.id)  # type: ignore[arg-type]
        .where(
            col(StatementMatch.statement_line_id) == col(StatementLine.id),
            _between(chosen, entry.booking_date),
            _between(chosen, reversal.booking_date),
        )
        .exists()
    )
    return (
        select(col(StatementLine.group_id), func.count().label("number"))
        .join(Statement, col(Statement.id) == col(StatementLine.statement_id))
        .where(col(Statement.group_id).in_(groups), *_of_month(chosen), or_(~match, dead))
        .group_by(col(StatementLine.group_id))
    )


def _unmatched_postings(chosen: Selection, groups: Any) -> Any:
    """Entries on accounts with an imported statement that no line shows, but for those that
    cancel each other in the month."""
    other = aliased(JournalEntry)
    pair = (
        select(literal(1))
        .where(
            or_(
                other.reverses_id == col(JournalEntry.id),  # type: ignore[arg-type]
                other.id == col(JournalEntry.reverses_id),  # type: ignore[arg-type]
            ),
            _between(chosen, other.booking_date),
        )
        .exists()
    )
    match = and_(
        col(StatementMatch.group_id) == col(Posting.group_id),
        col(StatementMatch.sequence) == col(Posting.sequence),
        col(StatementMatch.line) == col(Posting.line),
    )
    each = (
        select(col(Posting.group_id).label("group_id"))
        .join(JournalEntry, _same_entry())
        .join(
            Statement,
            and_(
                col(Statement.group_id) == col(Posting.group_id),
                col(Statement.account) == col(Posting.account),
                col(Statement.source) == IMPORTED,
                *_of_month(chosen),
            ),
        )
        .outerjoin(StatementMatch, match)
        .where(
            col(Posting.group_id).in_(groups),
            _between(chosen, col(JournalEntry.booking_date)),
            ~pair,
        )
        .group_by(col(Posting.group_id), col(Posting.sequence), col(Posting.account))
        .having(
            func.sum(col(Posting.amount)) != 0,
            func.count(col(StatementMatch.statement_line_id)) == 0,
        )
        .subquery("each_entry")
    )
    return select(each.c.group_id, func.count().label("number")).group_by(each.c.group_id)


def _held(chosen: Selection, groups: Any) -> Any:
    return (
        select(col(ReviewItem.group_id), func.count().label("number"))
        .join(JournalEntry, col(JournalEntry.id) == col(ReviewItem.entry_id))
        .where(
            col(ReviewItem.group_id).in_(groups),
            col(ReviewItem.kind).in_((ReviewKind.HELD_CASH.value, ReviewKind.VARIANCE.value)),
            col(ReviewItem.status) != ReviewStatus.DECIDED.value,
            or_(
                _between(chosen, col(JournalEntry.booking_date)),
                _between(chosen, col(JournalEntry.value_date)),
            ),
        )
        .group_by(col(ReviewItem.group_id))
    )


def _meetings(chosen: Selection, groups: Any) -> Any:
    return (
        select(col(Meeting.group_id), func.count().label("number"))
        .where(
            col(Meeting.group_id).in_(groups),
            col(Meeting.status) == MeetingStatus.OPEN.value,
            _between(chosen, col(Meeting.meeting_date)),
        )
        .group_by(col(Meeting.group_id))
    )

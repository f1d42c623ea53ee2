"""A month of a group: read, and every step on the way to signing it off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app import clock, crypto
from app.auth.access import load_group
from app.auth.actor import Actor
from app.auth.permissions import demand, may
from app.crypto import KeyRing
from app.errors import BadInput, NotFound
from app.models import BankingGroup, Statement, StatementLine
from app.paging import Page, check_first, cut, decode_cursor
from app.runtime import Runtime
from app.services.member_privacy import place
from app.services.month_books import (
    MONEY,
    WITH_LINES,
    AccountFigures,
    MonthBooks,
    SubcategoryFigures,
    month_of,
    read_month,
)
from app.services.month_faults import Fault, ReconciliationStatus, faults_of, status_of
from app.services.operations.signing_off import read_reopening, read_signing
from app.services.operations.single import carry_out_alone
from app.services.operations.statement_lines import (
    UnmatchStatementLine,
    read_booking,
    read_match,
)
from app.services.operations.statements import (
    ImportStatement,
    MatchStatements,
    read_entered,
)
from app.services.operations.types import Body, Operation
from app.services.statement_csv import COLUMNS, StatementFile, read_statement
from app.services.statement_matching import Move, candidates_of

T = TypeVar("T")
MOST_LEFT_OUT = 1000


@dataclass(frozen=True, slots=True)
class MonthAccount:
    """A money account of the month beside its statement."""

    figures: AccountFigures
    statement: Statement | None
    unmatched_lines: int
    unmatched_postings: int

    @property
    def difference(self) -> int | None:
        """Cents: what the statement says over what the books say."""
        if self.statement is None:
            return None
        return self.statement.closing - self.figures.closing


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line, and what it is matched with or might be; details in the clear, where one may
    see who paid."""

    line: StatementLine
    account: str
    details: str | None
    entries: Sequence[Move]
    candidates: Sequence[Move]


@dataclass(frozen=True, slots=True)
class Month:
    """A group's month as it is shown."""

    group: BankingGroup
    books: MonthBooks
    status: ReconciliationStatus
    faults: Sequence[Fault]
    keys: KeyRing | None
    """Opens the details of lines; None where the reader may not see who paid."""

    def accounts(self) -> list[MonthAccount]:
        return [
            MonthAccount(
                self.books.account(name),
                self.books.statements.get(name),
                len(self.books.unmatched_lines(name)),
                len(self.books.unmatched_moves(name)),
            )
            for name in MONEY
        ]

    def trial_balance(self) -> list[AccountFigures]:
        """Every account that was ever used; its openings and its closings sum to zero."""
        return [figures for _, figures in sorted(self.books.accounts.items())]

    def moved_in_and_out(self) -> SubcategoryFigures:
        """What came into and left the three together, moves between them left out."""
        parts = [self.books.account(name) for name in MONEY]
        debits = sum(one.debits - one.moved.money_in for one in parts)
        return SubcategoryFigures(
            "", debits, sum(one.credits - one.moved.money_out for one in parts)
        )

    def lines(
        self, account: str | None, matched: bool | None, first: int, after: str | None
    ) -> Page[ShownLine]:
        """Lines of the imported statements, by day and place in the file."""
        books = self.books
        found = [
            line
            for line in books.lines.values()
            if account in (None, books.account_of(line))
            and matched in (None, books.is_matched(line))
        ]
        page = _page(found, first, after, lambda line: (line.line_date, line.number, line.id))
        return Page(
            [self._shown(line) for line in page.items], page.cursors, page.has_next, page.count
        )

    def _shown(self, line: StatementLine) -> ShownLine:
        account = self.books.account_of(line)
        if self.books.is_matched(line):
            entries, candidates = self.books.matched[line.id], []
        else:
            entries, candidates = [], candidates_of(line, self.books.moves, account)
        return ShownLine(line, account, self._details(line, account), entries, candidates)

    def _details(self, line: StatementLine, account: str) -> str | None:
        wrapped = self.books.statements[account].wrapped_key
        if self.keys is None or line.details_sealed is None or wrapped is None:
            return None
        key = self.keys.unwrap(wrapped, line.statement_id)
        return crypto.unseal(key, line.details_sealed, place(line.id, "details")).decode()

    def unmatched_postings(self, account: str | None, first: int, after: str | None) -> Page[Move]:
        """Entries that no line of an imported statement shows, by day and sequence."""
        found = self.books.unmatched_moves(account)
        return _page(
            found, first, after, lambda move: (move.booking_date, move.sequence, move.account)
        )


def _page(
    rows: Sequence[T], first: int, after: str | None, key: Callable[[T], tuple[date, int, Any]]
) -> Page[T]:
    check_first(first)
    last = decode_cursor(after, str, int, str)

    def plain(row: T) -> tuple[str, int, str]:
        day, number, tie = key(row)
        return day.isoformat(), number, str(tie)

    ordered = sorted(rows, key=plain)
    left = [row for row in ordered if last is None or plain(row) > last]

    async def count() -> int:
        return len(rows)

    return cut(left, first, plain, count)


async def read_reconciliation(
    runtime: Runtime, actor: Actor, group_id: UUID, year: int, month: int
) -> Month:
    """The month, for whoever may read the group's reports; ten statements."""
    demand(actor, "reports:read")
    month_of(year, month)
    async with runtime.db.snapshot() as session:
        return await _read(runtime, session, actor, group_id, year, month)


async def _read(
    runtime: Runtime, session: AsyncSession, actor: Actor, group_id: UUID, year: int, month: int
) -> Month:
    group = await load_group(session, actor, group_id)
    books = await read_month(session, group_id, year, month)
    today = clock.today(runtime.settings.timezone)
    keys = runtime.keys if may(actor, "books:reconcile") else None
    return Month(group, books, status_of(books, today), faults_of(books), keys)


async def enter_statement(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Month:
    demand(actor, "transactions:create")
    return await _month_after(runtime, actor, read_entered(values))


async def import_statement(
    runtime: Runtime, actor: Actor, values: Mapping[str, Any], raw: bytes | str
) -> Month:
    """Reads the file and keeps it as the month's statement; see read_statement for refusals.

    CLOSING_MISSING where neither the file nor the caller says what was there at the end;
    CLOSING_DIFFERS where they do not agree, or the rows do not lead from opening to closing.
    """
    demand(actor, "books:reconcile")
    year, month, account = int(values["year"]), int(values["month"]), str(values["account"])
    first, last = month_of(year, month)
    if account not in WITH_LINES:
        raise BadInput("Cash has no statement: it is counted.", field="account")
    leave_out = values.get("leave_out") or ()
    if len(leave_out) > MOST_LEFT_OUT:
        raise BadInput(f"At most {MOST_LEFT_OUT} lines.", field="leaveOut")
    columns = _columns(values.get("columns"))
    # Two megabytes take a moment: not on the loop that everybody shares.
    found = await asyncio.to_thread(_read_file, raw, account, first, last, columns, leave_out)
    opening, closing = _ends(found, values.get("opening"), values.get("closing"))
    body = ImportStatement(values["group_id"], year, month, account, closing, opening, found.rows)
    return await _month_after(runtime, actor, body)


def _read_file(
    raw: bytes | str,
    account: str,
    first: date,
    last: date,
    columns: Mapping[str, str],
    leave_out: Collection[int],
) -> StatementFile:
    return read_statement(raw, account, first, last, columns=columns, leave_out=leave_out)


def _columns(given: Any) -> dict[str, str]:
    values = {} if given is None else vars(given)
    return {name: str(value) for name, value in values.items() if name in COLUMNS and value}


def _ends(found: StatementFile, opening: int | None, closing: int | None) -> tuple[int | None, int]:
    """Opening and closing, as the file and the caller agree on them."""
    said = closing if closing is not None else found.closing
    if said is None:
        raise BadInput(
            "The file has no balances: say what was there at the end.",
            code="CLOSING_MISSING",
            field="closing",
        )
    begins = opening if opening is not None else found.opening
    if found.closing not in (None, said):
        raise BadInput(
            "The file ends with another balance.", code="CLOSING_DIFFERS", field="closing"
        )
    total = sum(row.amount for row in found.rows)
    if begins is not None and begins + total != said:
        raise BadInput(
            "Opening and rows together are not the closing balance.",
            code="CLOSING_DIFFERS",
            field="opening" if opening is not None else "closing",
        )
    return (said - total if begins is None else begins), said


async def match_statements(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Month:
    demand(actor, "books:reconcile")
    year, month = int(values["year"]), int(values["month"])
    month_of(year, month)
    return await _month_after(runtime, actor, MatchStatements(values["group_id"], year, month))


async def sign(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Month:
    demand(actor, "books:reconcile")
    return await _month_after(runtime, actor, read_signing(values))


async def reopen(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Month:
    demand(actor, "books:reconcile")
    return await _month_after(runtime, actor, read_reopening(values))


async def match_line(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Month:
    demand(actor, "books:reconcile")
    return await _month_of_line(runtime, actor, read_match(values))


async def unmatch_line(runtime: Runtime, actor: Actor, line_id: UUID) -> Month:
    demand(actor, "books:reconcile")
    return await _month_of_line(runtime, actor, UnmatchStatementLine(line_id))


async def book_line(runtime: Runtime, actor: Actor, values: Mapping[str, Any]) -> Month:
    demand(actor, "books:reconcile")
    return await _month_of_line(runtime, actor, read_booking(values))


async def _month_after(runtime: Runtime, actor: Actor, body: Any) -> Month:
    """Carries the step out; the month as it stands then."""
    await carry_out_alone(runtime, Operation(actor, body))
    async with runtime.db.snapshot() as session:
        return await _read(runtime, session, actor, body.group_id, body.year, body.month)


async def _month_of_line(runtime: Runtime, actor: Actor, body: Body) -> Month:
    outcome = await carry_out_alone(runtime, Operation(actor, body))
    line: StatementLine = outcome.entity
    async with runtime.db.snapshot() as session:
        statement = await session.get(Statement, line.statement_id)
        if statement is None:
            # Somebody has imported the statement again in this moment.
            raise NotFound("There is no such line.", field="lineId")
        key = (statement.group_id, statement.year, statement.month)
        return await _read(runtime, session, actor, *key)

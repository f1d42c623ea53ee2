"""What others say an account held: counts, statements entered or imported, and their matching
with the books (docs/reconciliation.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.permissions import may
from app.crypto import new_key
from app.errors import BadInput, DomainError, Forbidden, NotFound, RuleBroken
from app.models import (
    Account,
    Statement,
    StatementLine,
    StatementMatch,
    StatementSource,
)
from app.models.base import new_id
from app.runtime import Runtime
from app.services.member_privacy import seal_text
from app.services.month_books import WITH_LINES, MonthBooks, month_of, read_month
from app.services.operations.kind import Kind, Values
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Body, Operation, Outcome, rejected
from app.services.statement_csv import StatementRow
from app.services.statement_matching import Move, match_lines

CASH = Account.CASH.value
MonthKey = tuple[UUID, int, int]


@dataclass(frozen=True, slots=True)
class EnterStatement(Body):
    """A counted or written closing balance, in cents."""

    kind = "enterStatement"

    group_id: UUID
    year: int
    month: int
    account: str
    closing: int


@dataclass(frozen=True, slots=True)
class ImportStatement(Body):
    """A statement of BANK or MPESA with its lines; cents."""

    kind = "importStatement"

    group_id: UUID
    year: int
    month: int
    account: str
    closing: int
    opening: int | None
    rows: tuple[StatementRow, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class MatchStatements(Body):
    """Looks once more which lines are in the books by now."""

    kind = "matchStatements"

    group_id: UUID
    year: int
    month: int


OfMonth = EnterStatement | ImportStatement | MatchStatements


@dataclass(slots=True)
class NamedMonths:
    keys: set[MonthKey] = field(default_factory=set)


@dataclass(slots=True)
class Months:
    """The months that operations are about. Their sums are read once: such operations are
    carried out alone (single.py), so that nothing else of the list moves them."""

    books: dict[MonthKey, MonthBooks] = field(default_factory=dict)
    of_line: dict[UUID, MonthKey] = field(default_factory=dict)


def gather_month(named: Named, operation: Operation, body: OfMonth) -> None:
    named.groups.add(body.group_id)
    named.section(NamedMonths).keys.add((body.group_id, body.year, body.month))


async def load_months(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    """The months that are named, and those whose statements have lines that are named."""
    keys = set(named.section(NamedMonths).keys)
    found = state.section(Months)
    lines = [row for row in state.subjects.values() if isinstance(row, StatementLine)]
    if lines:
        rows = await session.execute(
            select(col(StatementLine.id), Statement)
            .join(Statement, col(Statement.id) == col(StatementLine.statement_id))
            .where(col(StatementLine.id).in_([line.id for line in lines]))
        )
        for line_id, statement in rows:
            key = (statement.group_id, statement.year, statement.month)
            found.of_line[line_id] = key
            keys.add(key)
    for key in sorted(keys, key=str):
        if key[0] in state.books:
            found.books[key] = await read_month(session, *key)


def books_of(state: State, operation: Operation, key: MonthKey) -> MonthBooks | DomainError:
    """The month, while it may be written to: NOT_FOUND, MONTH_LOCKED."""
    group_id = key[0]
    if not state.may_write(operation.actor, group_id):
        return NotFound("There is no such group.", field="groupId")
    books = state.section(Months).books[key]
    locked = state.locked_through.get(group_id)
    if locked is not None and books.last <= locked:
        return RuleBroken(
            f"The books are signed off up to {locked.isoformat()}.",
            code="MONTH_LOCKED",
            field="month",
        )
    if books.first > state.today:
        return BadInput("The month has not begun.", field="month")
    return books


def read_entered(values: Values) -> EnterStatement:
    body = EnterStatement(
        values["group_id"],
        int(values["year"]),
        int(values["month"]),
        str(values["account"]),
        values["closing"],
    )
    month_of(body.year, body.month)
    if body.account == CASH and body.closing < 0:
        raise BadInput("Cash that was counted is not less than nothing.", field="closing")
    return body


def enter_statement(state: State, operation: Operation, body: EnterStatement) -> Outcome:
    """Keeps the balance, instead of an earlier one. Officers count the cash on their table; what
    bank and M-Pesa say is for those who reconcile."""
    if body.account != CASH and not may(operation.actor, "books:reconcile"):
        return rejected(Forbidden())
    books = books_of(state, operation, (body.group_id, body.year, body.month))
    if isinstance(books, DomainError):
        return rejected(books)
    source = StatementSource.COUNTED if body.account == CASH else StatementSource.ENTERED
    statement = _replace(state, operation, books, body, source)
    return _outcome(statement, {"account": body.account, "closing": body.closing})


def import_statement(state: State, operation: Operation, body: ImportStatement) -> Outcome:
    """Keeps the statement and its lines instead of an earlier one, and matches them.

    Lines that the earlier one had too keep what was decided about them.
    """
    books = books_of(state, operation, (body.group_id, body.year, body.month))
    if isinstance(books, DomainError):
        return rejected(books)
    before = _decided(books, body.account)
    statement = _replace(state, operation, books, body, StatementSource.IMPORTED)
    key = new_key()
    statement.wrapped_key = state.keys.wrap(key, statement.id)
    lines = [_line(statement, row, key) for row in body.rows]
    kept: list[tuple[StatementLine, list[Move]]] = []
    for line in lines:
        for old, moves in before.get(_likeness(line), [])[:1]:
            before[_likeness(line)].pop(0)
            line.booked_entry_id = old.booked_entry_id
            kept.append((line, moves))
        state.make(line)
    taken = {move.sequence for _, moves in kept for move in moves}
    free = [move for move in _freed(books, body.account) if move.sequence not in taken]
    left = [line for line in lines if line.id not in {one.id for one, moves in kept if moves}]
    found = match_lines(left, free, body.account)
    for line, moves in kept:
        keep_match(state, operation, line, moves, automatic=False)
    for line in left:
        keep_match(state, operation, line, found.get(line.id, ()), automatic=True)
    detail = {"account": body.account, "closing": body.closing, "lines": len(lines)}
    return _outcome(statement, {**detail, "matched": len(found) + len(taken)})


def match_statements(state: State, operation: Operation, body: MatchStatements) -> Outcome:
    """Matches the lines that are not, where the answer is certain."""
    books = books_of(state, operation, (body.group_id, body.year, body.month))
    if isinstance(books, DomainError):
        return rejected(books)
    number = 0
    for account in WITH_LINES:
        lines = books.unmatched_lines(account)
        for line_id, moves in match_lines(lines, books.moves, account).items():
            line = books.lines[line_id]
            drop_match(state, books, line)
            keep_match(state, operation, line, moves, automatic=True)
            number += 1
    return Outcome(APPLIED, body.group_id, group_id=body.group_id, detail={"matched": number})


def _outcome(statement: Statement, detail: dict[str, object]) -> Outcome:
    month = {"year": statement.year, "month": statement.month}
    return Outcome(APPLIED, statement.id, group_id=statement.group_id, detail={**month, **detail})


def _replace(
    state: State,
    operation: Operation,
    books: MonthBooks,
    body: EnterStatement | ImportStatement,
    source: StatementSource,
) -> Statement:
    old = books.statements.get(body.account)
    if old is not None:
        # Its lines and their matches go with it.
        state.rows.drop(old)
    statement = Statement(
        id=new_id(),
        group_id=body.group_id,
        year=body.year,
        month=body.month,
        account=body.account,
        closing=body.closing,
        source=source.value,
        entered_by=operation.actor.user_id,
        entered_at=state.now,
        opening=body.opening if isinstance(body, ImportStatement) else None,
    )
    state.rows.add(statement)
    return statement


def _line(statement: Statement, row: StatementRow, key: bytes) -> StatementLine:
    line_id = new_id()
    return StatementLine(
        id=line_id,
        statement_id=statement.id,
        group_id=statement.group_id,
        number=row.number,
        line_date=row.day,
        amount=row.amount,
        reference=row.reference,
        details_sealed=seal_text(key, line_id, "details", row.details) if row.details else None,
    )


def _likeness(line: StatementLine) -> tuple[object, ...]:
    return line.line_date, line.amount, line.reference


def _decided(
    books: MonthBooks, account: str
) -> dict[tuple[object, ...], list[tuple[StatementLine, list[Move]]]]:
    """Lines of the statement there is, with their matches, by what makes a line the same."""
    found: dict[tuple[object, ...], list[tuple[StatementLine, list[Move]]]] = defaultdict(list)
    for line in books.lines_of(account):
        moves = books.matched.get(line.id, []) if books.is_matched(line) else []
        if moves or line.booked_entry_id is not None:
            found[_likeness(line)].append((line, moves))
    return found


def _freed(books: MonthBooks, account: str) -> list[Move]:
    """The moves once the account's lines are gone."""
    own = {line.id for line in books.lines_of(account)}
    return [
        replace(move, matched_line_id=None) if move.matched_line_id in own else move
        for move in books.moves
    ]


def keep_match(
    state: State,
    operation: Operation,
    line: StatementLine,
    moves: Iterable[Move],
    *,
    automatic: bool,
) -> None:
    for move in moves:
        keep_postings(
            state, operation, line, [(move.sequence, number) for number in move.lines], automatic
        )


def keep_postings(
    state: State,
    operation: Operation,
    line: StatementLine,
    places: Sequence[tuple[int, int]],
    automatic: bool,
) -> None:
    """`places` are the sequence and the line of each posting."""
    for sequence, number in places:
        state.rows.add(
            StatementMatch(
                group_id=line.group_id,
                sequence=sequence,
                line=number,
                statement_line_id=line.id,
                matched_by=operation.actor.user_id,
                matched_at=state.now,
                automatic=automatic,
            )
        )


def drop_match(state: State, books: MonthBooks, line: StatementLine) -> None:
    """What the line was matched with is free again."""
    for move in books.matched.get(line.id, []):
        for number in move.lines:
            state.rows.drop(
                StatementMatch(
                    group_id=line.group_id,
                    sequence=move.sequence,
                    line=number,
                    statement_line_id=line.id,
                    matched_by=line.id,
                    matched_at=state.now,
                    automatic=False,
                )
            )


KINDS = (
    Kind(
        body=EnterStatement,
        verb="transactions:create",
        parse=read_entered,
        gather=gather_month,
        judge=enter_statement,
        audit="statement.entered",
        loaders=(load_months,),
        synced=False,
    ),
    Kind(
        body=ImportStatement,
        verb="books:reconcile",
        parse=lambda values: values,
        gather=gather_month,
        judge=import_statement,
        audit="statement.imported",
        loaders=(load_months,),
        synced=False,
    ),
    Kind(
        body=MatchStatements,
        verb="books:reconcile",
        parse=lambda values: values,
        gather=gather_month,
        judge=match_statements,
        audit="statement.matched",
        loaders=(load_months,),
        synced=False,
    ),
)

"""Lines of a statement: matched with entries by hand, taken apart again, and booked where nobody
had booked them (docs/reconciliation.md)."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import BadInput, DomainError, NotFound, RuleBroken
from app.models import (
    Account,
    JournalEntry,
    MovementKind,
    Posting,
    StatementLine,
    StatementMatch,
)
from app.money import format_money
from app.runtime import Runtime
from app.services.month_books import MonthBooks
from app.services.operations import parse
from app.services.operations.charges import load_charges
from app.services.operations.contributions import gather_contribution, record_contribution
from app.services.operations.kind import Kind, Values
from app.services.operations.loan_bodies import RecordRepayment
from app.services.operations.loan_state import load_loans
from app.services.operations.money import (
    date_breach,
    hold,
    is_payment_known,
    payment_known_error,
)
from app.services.operations.movements import RecordMovement, record_movement
from app.services.operations.named import Named
from app.services.operations.repayments import (
    gather_repayment,
    record_repayment,
)
from app.services.operations.state import State
from app.services.operations.statements import (
    Months,
    books_of,
    drop_match,
    keep_postings,
    load_months,
)
from app.services.operations.types import (
    APPLIED,
    Body,
    Operation,
    Outcome,
    RecordContribution,
    rejected,
)

MPESA = Account.MPESA.value
LONGEST_CODE = 50
"""What the books keep of a bank's reference."""


class StatementBooking(enum.StrEnum):
    """What a line that nobody has booked is."""

    EXPENSE = "EXPENSE"
    OTHER_INCOME = "OTHER_INCOME"
    CONTRIBUTION = "CONTRIBUTION"
    REPAYMENT = "REPAYMENT"
    UNPLACED = "UNPLACED"


COMES_IN = {
    StatementBooking.EXPENSE: False,
    StatementBooking.OTHER_INCOME: True,
    StatementBooking.CONTRIBUTION: True,
    StatementBooking.REPAYMENT: True,
}


@dataclass(frozen=True, slots=True)
class MatchStatementLine(Body):
    kind = "matchStatementLine"

    line_id: UUID
    entry_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class UnmatchStatementLine(Body):
    kind = "unmatchStatementLine"

    line_id: UUID


@dataclass(frozen=True, slots=True)
class BookStatementLine(Body):
    kind = "bookStatementLine"

    line_id: UUID
    book_as: StatementBooking
    member_id: UUID | None = None
    contribution_type: str | None = None
    loan_id: UUID | None = None
    description: str = ""


@dataclass(slots=True)
class LineEntries:
    """The money postings of entries that lines are to be matched with."""

    postings: dict[UUID, list[Posting]] = field(default_factory=dict)
    matched: dict[tuple[UUID, int, int], UUID] = field(default_factory=dict)
    """(group, sequence, line) to the statement's line it is matched with."""
    reversed: set[UUID] = field(default_factory=set)


def read_match(values: Values) -> MatchStatementLine:
    ids = tuple(dict.fromkeys(values["entry_ids"]))
    if not 1 <= len(ids) <= 20:
        raise BadInput("One to twenty entries.", field="entryIds")
    return MatchStatementLine(values["line_id"], ids)


def read_booking(values: Values) -> BookStatementLine:
    book_as = StatementBooking(values["book_as"])
    kind = values.get("contribution_type")
    body = BookStatementLine(
        line_id=values["line_id"],
        book_as=book_as,
        member_id=values.get("member_id"),
        contribution_type=str(kind) if kind is not None else None,
        loan_id=values.get("loan_id"),
        description=parse.clean_text(values.get("description"), "description", 500, required=False),
    )
    if book_as is StatementBooking.CONTRIBUTION:
        if body.member_id is None:
            raise BadInput("Say whose contribution it is.", field="memberId")
        if body.contribution_type is None:
            raise BadInput("Say what it is a contribution to.", field="contributionType")
    if book_as is StatementBooking.REPAYMENT and body.loan_id is None:
        raise BadInput("Say which loan it is paid on.", field="loanId")
    return body


def gather_line(
    named: Named,
    operation: Operation,
    body: MatchStatementLine | UnmatchStatementLine | BookStatementLine,
) -> None:
    named.subject(StatementLine, body.line_id)
    if isinstance(body, MatchStatementLine):
        for entry_id in body.entry_ids:
            named.subject(JournalEntry, entry_id)
    if isinstance(body, BookStatementLine):
        named.terms = True
        if body.loan_id is not None:
            gather_repayment(named, operation, RecordRepayment(body.loan_id, 0, "BANK"))
        if body.member_id is not None:
            kind = body.contribution_type or ""
            paid = RecordContribution(body.member_id, 0, kind, "BANK")
            gather_contribution(named, operation, paid)


async def load_line_entries(
    runtime: Runtime, session: AsyncSession, named: Named, state: State
) -> None:
    """The postings of the entries that are named, and whether the booked ones were reversed."""
    found = state.section(LineEntries)
    lines = [row for row in state.subjects.values() if isinstance(row, StatementLine)]
    named.payments.update(line.reference for line in lines if line.reference)
    booked = [line.booked_entry_id for line in lines if line.booked_entry_id is not None]
    wanted = [*named.subjects.get(JournalEntry, ()), *booked]
    if not wanted:
        return
    rows = await session.execute(
        select(col(JournalEntry.id), Posting, col(StatementMatch.statement_line_id))
        .join(
            Posting,
            (col(JournalEntry.group_id) == col(Posting.group_id))
            & (col(JournalEntry.sequence) == col(Posting.sequence)),
        )
        .outerjoin(
            StatementMatch,
            (col(StatementMatch.group_id) == col(Posting.group_id))
            & (col(StatementMatch.sequence) == col(Posting.sequence))
            & (col(StatementMatch.line) == col(Posting.line)),
        )
        .where(col(JournalEntry.id).in_(wanted))
        .order_by(col(Posting.sequence), col(Posting.line))
    )
    for entry_id, posting, line_id in rows:
        found.postings.setdefault(entry_id, []).append(posting)
        if line_id is not None:
            found.matched[posting.group_id, posting.sequence, posting.line] = line_id
    reversals = await session.execute(
        select(col(JournalEntry.reverses_id)).where(col(JournalEntry.reverses_id).in_(wanted))
    )
    found.reversed.update(row for row in reversals.scalars() if row is not None)


def _line(
    state: State, operation: Operation, line_id: UUID
) -> tuple[StatementLine, MonthBooks] | DomainError:
    """The line and its month, while that may be written to."""
    line = state.subject(StatementLine, line_id)
    if line is None or not state.may_write(operation.actor, line.group_id):
        return NotFound("There is no such line.", field="lineId")
    books = books_of(state, operation, state.section(Months).of_line[line.id])
    if isinstance(books, DomainError):
        return books
    # One object for the line, whichever way one comes to it.
    books.lines[line.id] = line
    return line, books


def match_line(state: State, operation: Operation, body: MatchStatementLine) -> Outcome:
    """Matches the line with entries that together moved as much on its account."""
    found = _line(state, operation, body.line_id)
    if isinstance(found, DomainError):
        return rejected(found)
    line, books = found
    if books.is_matched(line):
        same = {move.entry_id for move in books.matched[line.id]} == set(body.entry_ids)
        return _done(line) if same else rejected(_matched_error())
    postings = _postings(state, line, books.account_of(line), body.entry_ids)
    if isinstance(postings, DomainError):
        return rejected(postings)
    if sum(row.amount for row in postings) != line.amount:
        total = format_money(sum(row.amount for row in postings))
        return rejected(
            RuleBroken(
                f"The line says {format_money(line.amount)}, the entries {total}.",
                code="AMOUNT_DIFFERS",
                field="entryIds",
            )
        )
    drop_match(state, books, line)
    places = [(row.sequence, row.line) for row in postings]
    keep_postings(state, operation, line, places, automatic=False)
    return _done(line)


def _postings(
    state: State, line: StatementLine, account: str, entry_ids: Sequence[UUID]
) -> list[Posting] | DomainError:
    """The entries' postings to the account: NOT_FOUND, POSTING_MATCHED where one is taken."""
    entries = state.section(LineEntries)
    found: list[Posting] = []
    for entry_id in entry_ids:
        entry = state.subject(JournalEntry, entry_id)
        own = [row for row in entries.postings.get(entry_id, ()) if row.account == account]
        if entry is None or entry.group_id != line.group_id or not own:
            return NotFound(f"There is no such entry on {account}.", field="entryIds")
        if any((row.group_id, row.sequence, row.line) in entries.matched for row in own):
            return RuleBroken(
                "An entry is matched with another line already.",
                code="POSTING_MATCHED",
                field="entryIds",
            )
        found.extend(own)
    return found


def _matched_error() -> DomainError:
    return RuleBroken("The line is matched already.", code="ALREADY_MATCHED", field="lineId")


def _done(line: StatementLine, **detail: object) -> Outcome:
    return Outcome(
        APPLIED, line.id, entity=line, group_id=line.group_id, detail={"lineId": line.id, **detail}
    )


def unmatch_line(state: State, operation: Operation, body: UnmatchStatementLine) -> Outcome:
    """Takes the line and its entries apart; what was booked from it stays in the books."""
    found = _line(state, operation, body.line_id)
    if isinstance(found, DomainError):
        return rejected(found)
    line, books = found
    drop_match(state, books, line)
    return _done(line)


def book_line(state: State, operation: Operation, body: BookStatementLine) -> Outcome:
    """Posts what the statement shows and nobody had booked, on the line's day, and matches it.

    By the rules of the noun that it is booked as, with their codes. A repeat changes nothing.
    """
    found = _line(state, operation, body.line_id)
    if isinstance(found, DomainError):
        return rejected(found)
    line, books = found
    error = _not_bookable(state, line, books, body)
    if error is not None:
        return rejected(error)
    if books.is_matched(line):
        return _done(line)
    account = books.account_of(line)
    before = state.books[line.group_id].sequence
    error = _post(state, operation, body, line, account)
    if error is not None:
        return rejected(error)
    drop_match(state, books, line)
    book = state.books[line.group_id]
    # A posting row: group, sequence, line, account, amount, ...
    own = [row for row in book.postings if row[1] > before and row[3] == account]
    if sum(row[4] for row in own) != line.amount:
        raise AssertionError("the line and what was booked from it differ")
    keep_postings(state, operation, line, [(row[1], row[2]) for row in own], automatic=False)
    line.booked_entry_id = book.entries[-1][0]
    state.rows.put(line)
    return _done(line, entryId=line.booked_entry_id, bookAs=body.book_as.value)


def _not_bookable(
    state: State, line: StatementLine, books: MonthBooks, body: BookStatementLine
) -> DomainError | None:
    booked = line.booked_entry_id
    if books.is_matched(line):
        own = {move.entry_id for move in books.matched[line.id]}
        return None if booked is not None and own == {booked} else _matched_error()
    if booked is not None and booked not in state.section(LineEntries).reversed:
        return RuleBroken(
            "It was booked from this line already: match it with that entry.",
            code="ALREADY_BOOKED",
            field="lineId",
        )
    comes_in = COMES_IN.get(body.book_as)
    if comes_in is not None and comes_in != (line.amount > 0):
        return BadInput(
            "The money went the other way." if line.amount else "There is no money.",
            field="bookAs",
        )
    return date_breach(state, line.group_id, line.line_date, "lineId")


def _post(
    state: State, operation: Operation, body: BookStatementLine, line: StatementLine, account: str
) -> DomainError | None:
    """Through the operation that a person would have sent on the day."""
    code = line.reference if 0 < len(line.reference) <= LONGEST_CODE else None
    amount, day = abs(line.amount), line.line_date
    if body.book_as is StatementBooking.UNPLACED:
        return _hold(state, operation, line, account, code)
    if body.book_as is StatementBooking.CONTRIBUTION and body.member_id and body.contribution_type:
        if _is_elsewhere(state, line, body.member_id):
            return NotFound("There is no such member in this group.", field="memberId")
        paid = RecordContribution(
            body.member_id,
            amount,
            body.contribution_type,
            account,
            contribution_date=day,
            transaction_id=code,
        )
        return record_contribution(state, _sub(operation, paid), paid).error
    if body.book_as is StatementBooking.REPAYMENT and body.loan_id:
        loan = state.subjects.get(body.loan_id)
        if loan is not None and getattr(loan, "group_id", None) != line.group_id:
            return NotFound("There is no such loan in this group.", field="loanId")
        repaid = RecordRepayment(
            body.loan_id, amount, account, payment_date=day, transaction_id=code
        )
        return record_repayment(state, _sub(operation, repaid), repaid).error
    # M-Pesa gives its charge the same receipt as the payment that it is for.
    moved = RecordMovement(
        line.group_id,
        MovementKind(body.book_as.value).value,
        amount,
        account,
        body.description or f"Statement: {line.reference or line.line_date.isoformat()}",
        movement_date=day,
        transaction_id=None if code in state.payments else code,
    )
    return record_movement(state, _sub(operation, moved), moved).error


def _sub(operation: Operation, body: Body) -> Operation:
    return Operation(operation.actor, body)


def _is_elsewhere(state: State, line: StatementLine, member_id: UUID) -> bool:
    member = state.members.get(member_id)
    return member is None or member.group_id != line.group_id


def _hold(
    state: State, operation: Operation, line: StatementLine, account: str, code: str | None
) -> DomainError | None:
    """Into SUSPENSE on the line's day, for a person to place in the review inbox."""
    known = (account, code, line.group_id, "UNPLACED")
    if is_payment_known(state, operation, *known):
        return payment_known_error()
    hold(
        state,
        operation,
        line.group_id,
        "NOT_BOOKED",
        amount=line.amount,
        method=account,
        claim={
            "amount": format_money(abs(line.amount)),
            "paymentMethod": account,
            "contributionDate": line.line_date,
            "transactionId": code,
            "statementLineId": line.id,
        },
        booked=line.line_date,
        valued=line.line_date,
        paid=known[1:],
    )
    return None


KINDS = (
    Kind(
        body=MatchStatementLine,
        verb="books:reconcile",
        parse=read_match,
        gather=gather_line,
        judge=match_line,
        audit="line.matched",
        loaders=(load_months, load_line_entries),
        synced=False,
    ),
    Kind(
        body=UnmatchStatementLine,
        verb="books:reconcile",
        parse=lambda values: values,
        gather=gather_line,
        judge=unmatch_line,
        audit="line.unmatched",
        loaders=(load_months, load_line_entries),
        synced=False,
    ),
    Kind(
        body=BookStatementLine,
        verb="books:reconcile",
        parse=read_booking,
        gather=gather_line,
        judge=book_line,
        audit="line.booked",
        loaders=(load_months, load_line_entries, load_loans, load_charges),
        synced=False,
    ),
)

"""The books of a group that comes from paper: one opening entry (design.md, Money and books)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import BadInput, DomainError, NotFound, RuleBroken
from app.models import Account, JournalEntry, Loan, LoanStatus, LoanType, PaymentMethod
from app.models.base import new_id
from app.money import MAX_CENTS
from app.runtime import Runtime
from app.services.group_settings import as_settings
from app.services.ledger import Line
from app.services.loan_schedule import annual_percentage_rate, annuity, check_loan, plan
from app.services.operations import parse
from app.services.operations.kind import Kind, Values
from app.services.operations.loan_disbursement import (
    LOAN_ACCOUNTS,
    drop_schedule,
    load_disbursements,
    start,
)
from app.services.operations.loan_state import Loans as LoanSection
from app.services.operations.loan_state import NamedLoans, load_loans, open_loans
from app.services.operations.loans import rate_of
from app.services.operations.money import date_breach, for_single, group_breach
from app.services.operations.movements import book_movement, load_movements, undo_movement
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import Body, Operation, Outcome, rejected
from app.services.operations.undoing import Reversing, Undoing

OPENING = "OPENING"
SAVINGS = Account.MEMBER_SAVINGS.value
FUNDS = {
    "welfare_fund": Account.WELFARE_FUND.value,
    "project_fund": Account.PROJECT_FUND.value,
    "external_loans": Account.EXTERNAL_LOANS.value,
}
MONEY_FIELDS = {
    "cash": Account.CASH.value,
    "bank": Account.BANK.value,
    "mpesa": Account.MPESA.value,
}
MOST_ROWS = 1000
FIRST_ENTRIES = 21
"""With more entries, some are surely no openings."""


@dataclass(frozen=True, slots=True)
class OpeningSaving:
    """What a member has saved, in cents."""

    member_id: UUID
    amount: int


@dataclass(frozen=True, slots=True)
class OpeningLoan:
    """A loan that is running: principal left in cents, months left, and the rate from now on
    (hundredths of a percent; None: the group's)."""

    member_id: UUID
    loan_type: str
    principal: int
    months: int
    rate: int | None = None
    grace_months: int = 0


@dataclass(frozen=True, slots=True)
class RecordOpeningBalances(Body):
    """What a group had on a day; amounts in cents, by account."""

    kind = "recordOpeningBalances"

    group_id: UUID
    amounts: dict[str, int]
    savings: tuple[OpeningSaving, ...]
    loans: tuple[OpeningLoan, ...]
    note: str
    day: date | None = None


@dataclass(slots=True)
class FirstEntries:
    """The first entries of the groups: id, kind, and what they reverse."""

    groups: set[UUID] = field(default_factory=set)
    rows: dict[UUID, list[tuple[UUID, str, UUID | None]]] = field(default_factory=dict)


def read_opening(values: Values) -> RecordOpeningBalances:
    accounts = {**MONEY_FIELDS, **FUNDS}
    amounts = {account: values.get(name) or 0 for name, account in accounts.items()}
    for name, account in accounts.items():
        if not 0 <= amounts[account] <= MAX_CENTS:
            raise BadInput("The amount must not be negative.", field=parse_name(name))
    savings = [parse.as_values(one) for one in values.get("savings") or ()]
    loans = [parse.as_values(one) for one in values.get("loans") or ()]
    if len(savings) + len(loans) > MOST_ROWS:
        raise BadInput(f"At most {MOST_ROWS} members and loans.", field="savings")
    return RecordOpeningBalances(
        group_id=values["group_id"],
        amounts=amounts,
        savings=tuple(OpeningSaving(one["member_id"], one["amount"]) for one in savings),
        loans=tuple(_read_loan(one) for one in loans),
        note=parse.clean_text(values.get("note"), "note", 500, required=False),
        day=values.get("day"),
    )


def parse_name(name: str) -> str:
    """The field's name in the API."""
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)


def _read_loan(values: Values) -> OpeningLoan:
    loan = OpeningLoan(
        member_id=values["member_id"],
        loan_type=str(values["loan_type"]),
        principal=values["principal"],
        months=int(values["months_left"]),
        rate=values.get("interest_rate"),
        grace_months=int(values.get("grace_months") or 0),
    )
    try:
        check_loan(
            loan.loan_type, loan.principal, loan.rate or 0, loan.months, loan.grace_months, extra=0
        )
    except BadInput as error:
        raise BadInput(error.message, field="loans") from error
    return loan


def gather_opening(named: Named, operation: Operation, body: RecordOpeningBalances) -> None:
    named.groups.add(body.group_id)
    named.section(FirstEntries).groups.add(body.group_id)
    named.terms = True
    named.members.update(one.member_id for one in body.savings)
    borrowers = {one.member_id for one in body.loans}
    named.members.update(borrowers)
    named.section(NamedLoans).applicants.update(borrowers)


async def load_first_entries(
    runtime: Runtime, session: AsyncSession, named: Named, state: State
) -> None:
    """What is in the books of groups that are hardly begun; nothing of the others."""
    groups = [one for one in named.section(FirstEntries).groups if one in state.books]
    rows = await session.execute(
        select(
            col(JournalEntry.group_id),
            col(JournalEntry.id),
            col(JournalEntry.kind),
            col(JournalEntry.reverses_id),
        ).where(col(JournalEntry.group_id).in_(groups), col(JournalEntry.sequence) <= FIRST_ENTRIES)
    )
    found = state.section(FirstEntries).rows
    for group_id, entry_id, kind, reverses in rows:
        found.setdefault(group_id, []).append((entry_id, kind, reverses))


def record_opening(state: State, operation: Operation, body: RecordOpeningBalances) -> Outcome:
    """Posts the one opening entry, and lets its loans run from that day on."""
    if not state.may_write(operation.actor, body.group_id):
        return rejected(NotFound("There is no such group.", field="groupId"))
    error = (
        group_breach(state, body.group_id, "groupId")
        or date_breach(state, body.group_id, body.day, "date")
        or _begun(state, body.group_id)
        or _savings_error(state, body)
        or _loans_error(state, body)
    )
    if error is not None:
        return rejected(for_single(error, operation))
    day = body.day or state.today
    loans = [_running(state, operation, body.group_id, one, day) for one in body.loans]
    lines = _lines(body, loans)
    if not lines:
        return rejected(BadInput("There is nothing to open with.", field="cash"))
    money = sum(body.amounts[account] for account in MONEY_FIELDS.values())
    outcome = book_movement(
        state,
        operation,
        group_id=body.group_id,
        kind=OPENING,
        amount=money,
        method=PaymentMethod.CASH.value,
        lines=lines,
        when=day,
        description=body.note,
        payer=body.group_id,
    )
    # It is no single account's.
    movement, entry_id = outcome.entity, outcome.entity.entry_id
    movement.account = ""
    for loan in loans:
        state.make(loan)
        state.section(LoanSection).of_member[loan.member_id][loan.id] = loan
        start(state, operation, loan, day, PaymentMethod.CASH.value, entry_id)
    outcome.entity_id = outcome.entity = entry_id
    outcome.detail = {"money": money, "savings": len(body.savings), "loans": len(loans)}
    return outcome


def _begun(state: State, group_id: UUID) -> DomainError | None:
    """ALREADY_OPENED, or BOOKS_NOT_EMPTY where anything else was booked."""
    book = state.books[group_id]
    rows = list(state.section(FirstEntries).rows.get(group_id, ()))
    rows.extend((entry[0], entry[5], entry[7]) for entry in book.entries)
    opened = {entry_id for entry_id, kind, _ in rows if kind == OPENING}
    reversed_ones = {reverses for _, _, reverses in rows if reverses is not None}
    if opened - reversed_ones:
        return RuleBroken(
            "The opening balances are in the books already.",
            code="ALREADY_OPENED",
            field="groupId",
        )
    if book.sequence > len(opened) + len(opened & reversed_ones):
        return RuleBroken(
            "Something is in the group's books already.", code="BOOKS_NOT_EMPTY", field="groupId"
        )
    return None


def _savings_error(state: State, body: RecordOpeningBalances) -> DomainError | None:
    seen: set[UUID] = set()
    for one in body.savings:
        member = state.members.get(one.member_id)
        if member is None or member.group_id != body.group_id:
            return NotFound("There is no such member in this group.", field="savings")
        if one.member_id in seen or not 0 < one.amount <= MAX_CENTS:
            return BadInput("Each member once, with more than zero.", field="savings")
        seen.add(one.member_id)
    return None


def _loans_error(state: State, body: RecordOpeningBalances) -> DomainError | None:
    """One running loan a member, as everywhere (LOAN_OPEN)."""
    seen: set[UUID] = set()
    for one in body.loans:
        member = state.members.get(one.member_id)
        if member is None or member.group_id != body.group_id:
            return NotFound("There is no such member in this group.", field="loans")
        if not member.is_active:
            return RuleBroken("The member has left the group.", code="MEMBER_LEFT", field="loans")
        if one.member_id in seen or open_loans(state, one.member_id):
            return RuleBroken("A member has one loan at a time.", code="LOAN_OPEN", field="loans")
        seen.add(one.member_id)
    return None


def _lines(body: RecordOpeningBalances, loans: Sequence[Loan]) -> list[Line]:
    """Money and loans <- savings and funds; the difference is what the group earned before."""
    lines: list[Line] = []
    for account in MONEY_FIELDS.values():
        if body.amounts[account]:
            lines.append(Line(account, body.amounts[account], "opening"))
    for loan in loans:
        account, _ = LOAN_ACCOUNTS[loan.loan_type]
        lines.append(Line(account, loan.amount, None, loan.member_id, loan.id))
    lines.extend(Line(SAVINGS, -one.amount, None, one.member_id) for one in body.savings)
    lines.extend(
        Line(account, -body.amounts[account]) for account in FUNDS.values() if body.amounts[account]
    )
    surplus = sum(line.amount for line in lines)
    if surplus:
        lines.append(Line(Account.RETAINED_SURPLUS.value, -surplus))
    return lines


def _running(
    state: State, operation: Operation, group_id: UUID, one: OpeningLoan, day: date
) -> Loan:
    """A loan of what is left of the paper one, on a schedule of its own from `day` on."""
    terms = state.terms[group_id]
    rate = rate_of(state, terms, one.loan_type) if one.rate is None else one.rate
    planned = plan(
        one.loan_type, one.principal, rate, one.months, grace=one.grace_months, start=day
    )
    totals = [part.principal + part.interest for part in planned]
    project = one.loan_type == LoanType.PROJECT.value
    return Loan(
        id=new_id(),
        group_id=group_id,
        member_id=one.member_id,
        loan_type=one.loan_type,
        amount=one.principal,
        duration_months=one.months,
        grace_months=one.grace_months,
        interest_rate=rate,
        purpose="Opening balance",
        application_date=day,
        applied_by=operation.actor.user_id,
        applied_at=state.now,
        terms=as_settings(terms),
        total_interest=sum(part.interest for part in planned),
        total_repayable=sum(totals),
        annual_percentage_rate=annual_percentage_rate(one.principal, totals),
        annuity=annuity(one.principal, rate, one.months - one.grace_months) if project else None,
        approved_date=day,
        approved_at=state.now,
    )


async def load_opening(
    runtime: Runtime,
    session: AsyncSession,
    named: Named,
    state: State,
    entries: Sequence[JournalEntry],
) -> None:
    await load_movements(runtime, session, named, state, entries)
    await load_disbursements(runtime, session, named, state, entries)


def undo_opening(state: State, operation: Operation, reversing: Reversing) -> DomainError | None:
    """While nothing else was booked: its loans end as REJECTED, and it may be recorded again."""
    entry = reversing.entry
    if state.books[entry.group_id].sequence != entry.sequence:
        return RuleBroken(
            "Something was booked since: correct it by entries of its own.",
            code="BOOKS_NOT_EMPTY",
        )
    loans: list[Any] = [
        row
        for row in state.subjects.values()
        if isinstance(row, Loan) and row.disbursement_entry_id == entry.id
    ]
    for loan in loans:
        drop_schedule(state, operation, loan)
        # The row stays, so that a phone which has it learns that it is no more.
        loan.status = LoanStatus.REJECTED.value
        loan.rejected_by = operation.actor.user_id
        loan.rejected_reason = "The opening balances were taken back."
        loan.disbursed_on = loan.disbursed_at = loan.disbursed_by = None
        loan.disbursement_method = loan.disbursement_entry_id = None
        state.touch(loan)
    return undo_movement(state, operation, reversing)


UNDOINGS = {OPENING: Undoing(undo_opening, load_opening)}

KINDS = (
    Kind(
        body=RecordOpeningBalances,
        verb="books:correct",
        parse=read_opening,
        gather=gather_opening,
        judge=record_opening,
        audit="books.opened",
        loaders=(load_first_entries, load_loans),
        synced=False,
    ),
)

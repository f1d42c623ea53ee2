"""Members who take out savings (design.md, Savings)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.errors import DomainError, NotFound, RuleBroken
from app.models import (
    Account,
    JournalEntry,
    Meeting,
    Movement,
    MovementKind,
    PaymentMethod,
    Posting,
)
from app.money import format_grouped, format_money
from app.runtime import Runtime
from app.services.ledger import Line
from app.services.operations import parse
from app.services.operations.kind import Kind, Values
from app.services.operations.loan_disbursement import LOAN_ACCOUNTS
from app.services.operations.loan_state import NamedLoans, load_loans, open_loans
from app.services.operations.money import (
    MONEY,
    amount_error,
    authority_breach,
    date_breach,
    for_single,
    group_breach,
    hold,
    is_payment_known,
    meeting_breach,
    member_breach,
    money_breach,
    payment_known_error,
    taken_error,
    unknown_member,
)
from app.services.operations.movements import book_movement
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import Body, Operation, Outcome, rejected
from app.services.withdrawal_limit import SavingsYear, half_left, security_left

SAVINGS = Account.MEMBER_SAVINGS.value
WITHDRAWAL = MovementKind.WITHDRAWAL.value


@dataclass(frozen=True, slots=True)
class WithdrawSavings(Body):
    """Savings that a member takes out; amount in cents. `group_id` is the phone's last word."""

    kind = "withdrawSavings"

    member_id: UUID
    amount: int
    reason: str
    payment_method: str
    id: UUID | None = None
    group_id: UUID | None = None
    day: date | None = None
    transaction_id: str | None = None
    meeting_id: UUID | None = None


@dataclass(slots=True)
class SavingsYears:
    """By member and calendar year, without what this list does."""

    members: set[UUID] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    rows: dict[tuple[UUID, int], SavingsYear] = field(default_factory=dict)


def read_withdrawal(values: Values) -> WithdrawSavings:
    method = str(values["payment_method"])
    return WithdrawSavings(
        member_id=values["member_id"],
        amount=values["amount"],
        reason=parse.clean_text(values["reason"], "reason", 500),
        payment_method=method,
        id=values.get("id"),
        group_id=values.get("group_id"),
        day=values.get("date"),
        transaction_id=parse.read_transaction_id(values.get("transaction_id"), method),
        meeting_id=values.get("meeting_id"),
    )


def gather_withdrawal(named: Named, operation: Operation, body: WithdrawSavings) -> None:
    named.members.add(body.member_id)
    named.subject(Movement, body.id)
    named.made.update([body.id] if body.id is not None else [])
    named.subject(Meeting, body.meeting_id)
    if body.group_id is not None:
        named.groups.add(body.group_id)
    named.section(NamedLoans).applicants.add(body.member_id)
    wanted = named.section(SavingsYears)
    wanted.members.add(body.member_id)
    if body.day is not None:
        wanted.years.add(body.day.year)
    if body.transaction_id and body.payment_method == PaymentMethod.MPESA:
        named.payments.add(body.transaction_id)


async def load_savings_years(
    runtime: Runtime, session: AsyncSession, named: Named, state: State
) -> None:
    """What each member had at the year's start, paid in and took out: one query a year."""
    wanted = named.section(SavingsYears)
    found = state.section(SavingsYears).rows
    amount = -col(Posting.amount)
    reversed_entry: Any = aliased(JournalEntry)
    for year in {state.today.year, *wanted.years}:
        first, last = date(year, 1, 1), date(year, 12, 31)
        before = col(JournalEntry.booking_date) < first
        # A reversed withdrawal is no withdrawal any more, rather than something paid in.
        undone = select(reversed_entry.id).where(
            reversed_entry.id == col(JournalEntry.reverses_id),
            reversed_entry.kind == WITHDRAWAL,
        )
        taken = ((col(JournalEntry.kind) == WITHDRAWAL) | undone.exists()) & ~before
        rows = await session.execute(
            select(
                col(Posting.member_id),
                func.sum(case((before, amount), else_=0)),
                func.sum(case((before | taken, 0), else_=amount)),
                func.sum(case((taken, -amount), else_=0)),
            )
            .join(
                JournalEntry,
                (col(JournalEntry.group_id) == col(Posting.group_id))
                & (col(JournalEntry.sequence) == col(Posting.sequence)),
            )
            .where(
                col(Posting.member_id).in_(wanted.members),
                col(Posting.account) == SAVINGS,
                col(Posting.subcategory).is_(None),
                col(JournalEntry.booking_date) <= last,
            )
            .group_by(col(Posting.member_id))
        )
        for member_id, opening, paid_in, withdrawn in rows:
            if member_id is not None:
                found[member_id, year] = SavingsYear(int(opening), int(paid_in), int(withdrawn))


def withdraw_savings(state: State, operation: Operation, body: WithdrawSavings) -> Outcome:
    """Posts the withdrawal, holds it in SUSPENSE, or refuses it."""
    error = amount_error(body.amount) or taken_error(state, body.id)
    if error is not None:
        return rejected(error)
    member = state.members.get(body.member_id)
    if member is None or not state.ever_served(operation.actor, member.group_id):
        return _without_member(state, operation, body)
    if is_payment_known(
        state, operation, body.payment_method, body.transaction_id, body.member_id, WITHDRAWAL
    ):
        return rejected(payment_known_error())
    breach = _breach(state, operation, body, member.group_id)
    if breach is not None and not operation.synced:
        return rejected(for_single(breach, operation))
    if breach is not None:
        return _hold(state, operation, body, member.group_id, breach.code)
    return _post(state, operation, body, member.group_id)


def _without_member(state: State, operation: Operation, body: WithdrawSavings) -> Outcome:
    if not operation.synced or body.group_id is None:
        return rejected(unknown_member(operation))
    if not state.ever_served(operation.actor, body.group_id):
        error = NotFound("There is no such group.", code="UNKNOWN_GROUP", field="groupId")
        return rejected(error)
    return _hold(state, operation, body, body.group_id, "UNKNOWN_MEMBER")


def _breach(
    state: State, operation: Operation, body: WithdrawSavings, group_id: UUID
) -> DomainError | None:
    return (
        authority_breach(state, operation, group_id)
        or member_breach(state, operation, state.members.get(body.member_id))
        or group_breach(state, group_id)
        or date_breach(state, group_id, body.day, "date")
        or meeting_breach(state, operation, group_id, body.meeting_id)
        or _limit_breach(state, body, group_id)
        or money_breach(state, group_id, body.payment_method, body.amount)
    )


def _limit_breach(state: State, body: WithdrawSavings, group_id: UUID) -> DomainError | None:
    """The savings themselves, the half of the year, and a third of what is owed."""
    book = state.books[group_id]
    savings = -book.owned.get((body.member_id, SAVINGS), 0)
    if body.amount > savings:
        return RuleBroken(
            f"The savings are {format_grouped(savings)}.",
            code="NOT_ENOUGH_SAVINGS",
            field="amount",
        )
    half = half_left(_year(state, body))
    if body.amount > half:
        return RuleBroken(
            f"At most half of the year's savings: {format_grouped(half)} may still be taken out.",
            code="OVER_HALF",
            field="amount",
        )
    owed = sum(
        book.owned.get((loan.id, LOAN_ACCOUNTS[loan.loan_type][0]), 0)
        for loan in open_loans(state, body.member_id)
    )
    free = security_left(savings, owed)
    if body.amount > free:
        return RuleBroken(
            f"A third of what is owed on loans must stay: {format_grouped(free)} may be taken out.",
            code="LOAN_SECURITY",
            field="amount",
        )
    return None


def _year(state: State, body: WithdrawSavings) -> SavingsYear:
    """The year of the withdrawal, with what this list has done to it already."""
    years = state.section(SavingsYears).rows
    year = (body.day or state.today).year
    found = years.get((body.member_id, year), SavingsYear())
    paid = sum(
        row[4]
        for row in state.rows.contributions
        # A ContributionRow: kept as a plain tuple for the bulk insert.
        if row[2] == body.member_id and row[5] == "REGULAR" and row[7].year == year
    )
    taken = sum(
        row.amount
        for row in state.rows.added.values()
        if isinstance(row, Movement)
        and row.kind == WITHDRAWAL
        and row.member_id == body.member_id
        and row.movement_date.year == year
    )
    return SavingsYear(found.opening, found.paid_in + paid, found.withdrawn + taken)


def _hold(
    state: State, operation: Operation, body: WithdrawSavings, group_id: UUID, reason: str
) -> Outcome:
    return hold(
        state,
        operation,
        group_id,
        reason,
        amount=-body.amount,
        method=body.payment_method,
        claim={
            "memberId": body.member_id,
            "amount": format_money(body.amount),
            "paymentMethod": body.payment_method,
            "date": body.day,
            "transactionId": body.transaction_id,
        },
        item_id=body.id,
        valued=body.day,
        meeting_id=body.meeting_id,
        paid=(body.transaction_id, body.member_id, WITHDRAWAL),
    )


def _post(state: State, operation: Operation, body: WithdrawSavings, group_id: UUID) -> Outcome:
    money = MONEY[body.payment_method]
    return book_movement(
        state,
        operation,
        group_id=group_id,
        kind=WITHDRAWAL,
        amount=body.amount,
        method=body.payment_method,
        lines=(
            Line(money, -body.amount, "savings_withdrawal", body.member_id),
            Line(SAVINGS, body.amount, None, body.member_id),
        ),
        when=body.day or state.today,
        description=body.reason,
        payer=body.member_id,
        member_id=body.member_id,
        row_id=body.id,
        transaction_id=body.transaction_id,
        meeting_id=body.meeting_id,
    )


KINDS = (
    Kind(
        body=WithdrawSavings,
        verb="transactions:create",
        parse=read_withdrawal,
        gather=gather_withdrawal,
        judge=withdraw_savings,
        audit="savings.withdrawn",
        held="withdrawal.held",
        loaders=(load_loans, load_savings_years),
    ),
)

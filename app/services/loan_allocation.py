"""How a payment on a loan is divided (design.md, Loans).

What is due first, oldest instalment first, in each fine, then interest, then principal. The
rest pays the next instalments of a SHORT_TERM loan; of the others it is principal now, and
later interest is computed anew. What is over everything goes to the member's savings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.models import ChargeStatus, FineCharge, Instalment, Loan
from app.services.loan_position import (
    accrued,
    is_settled,
    owed_interest,
    owed_principal,
    part_of_month,
    period_start,
    unsettled,
)
from app.services.loan_schedule import LONG_TERM, SHORT_TERM, replan

OPEN = ChargeStatus.OPEN.value


@dataclass(slots=True)
class Allocation:
    """What became of a payment, in cents. `fines` are charges and what is paid of each."""

    principal: int = 0
    interest: int = 0
    fines: list[tuple[FineCharge, int]] = field(default_factory=list)
    savings: int = 0
    completed: bool = False
    touched: set[int] = field(default_factory=set)
    """Numbers of the instalments that changed."""
    dropped: list[Instalment] = field(default_factory=list)
    """Instalments that fell away because principal was paid ahead."""

    @property
    def fine(self) -> int:
        return sum(cents for _, cents in self.fines)


def allocate(
    loan: Loan,
    instalments: Sequence[Instalment],
    charges: Iterable[FineCharge],
    amount: int,
    day: date,
    early_days: int,
) -> Allocation:
    """Divides `amount` cents paid on `day`; changes the instalments, and the loan's accrual.

    An instalment that falls due within `early_days` counts as due, so that who pays a few days
    early has paid it; at most one that is not due yet does so.
    """
    found = Allocation()
    open_charges = [row for row in charges if row.status == OPEN]
    rest = amount
    for row in _payable(instalments, day, early_days):
        rest = _pay_fines(found, open_charges, row.number, rest)
        rest = _pay(found, row, rest, day)
    if loan.loan_type == SHORT_TERM:
        for row in unsettled(instalments):
            rest = _pay(found, row, rest, day)
    elif rest and not _something_due(instalments, day):
        rest = _pay_ahead(loan, instalments, found, rest, day)
    if all(is_settled(row) for row in _kept(instalments, found)):
        found.completed = True
        rest = _pay_fines(found, open_charges, None, rest)
        found.savings = rest
    elif rest:
        raise AssertionError("money is left although the loan is not paid")
    return found


def _payable(instalments: Sequence[Instalment], day: date, early_days: int) -> list[Instalment]:
    left = unsettled(instalments)
    due = [row for row in left if row.due_date <= day]
    coming = [row for row in left if row.due_date > day]
    if coming and coming[0].due_date <= day + timedelta(days=early_days):
        due.append(coming[0])
    return due


def _something_due(instalments: Sequence[Instalment], day: date) -> bool:
    return any(row.due_date <= day for row in unsettled(instalments))


def _kept(instalments: Sequence[Instalment], found: Allocation) -> list[Instalment]:
    gone = {row.number for row in found.dropped}
    return [row for row in instalments if row.number not in gone]


def _pay_fines(found: Allocation, charges: list[FineCharge], number: int | None, rest: int) -> int:
    """Pays the open fines of an instalment (None: of all that are left); what is left over."""
    paid = {row.id: cents for row, cents in found.fines}
    for row in charges:
        if number is not None and row.instalment != number:
            continue
        part = min(rest, row.amount - row.paid - paid.get(row.id, 0))
        if part > 0:
            found.fines.append((row, part))
            rest -= part
    return rest


def _pay(found: Allocation, row: Instalment, rest: int, day: date) -> int:
    """Pays interest, then principal, of one instalment; what is left over."""
    interest = min(rest, owed_interest(row))
    principal = min(rest - interest, owed_principal(row))
    if interest or principal:
        row.paid_interest += interest
        row.paid_principal += principal
        _note(found, row, interest, principal, day)
    return rest - interest - principal


def _note(found: Allocation, row: Instalment, interest: int, principal: int, day: date) -> None:
    found.interest += interest
    found.principal += principal
    found.touched.add(row.number)
    if is_settled(row) and row.settled_on is None:
        row.settled_on = day


def _pay_ahead(
    loan: Loan, instalments: Sequence[Instalment], found: Allocation, rest: int, day: date
) -> int:
    """Principal of a loan on the reducing balance before it is due; what is left over."""
    left = unsettled(instalments)
    if not left:
        return rest
    running = left[0]
    balance = sum(owed_principal(row) for row in left)
    to_date = accrued(loan, instalments, running, balance, day)
    interest_owed = max(0, to_date - running.paid_interest)
    settles = rest >= balance + interest_owed
    # Between the principal and what settles the loan, the interest to date comes first.
    interest = min(rest, interest_owed) if rest >= balance else 0
    principal = min(balance, rest - interest)
    running.paid_interest += interest
    running.paid_principal += principal
    if settles:
        running.principal = running.paid_principal
        running.interest = running.paid_interest
        running.remaining_balance = 0
        found.dropped.extend(left[1:])
    else:
        _plan_anew(loan, instalments, found, left, balance - principal, to_date, day)
    _note(found, running, interest, principal, day)
    return rest - interest - principal


def _plan_anew(
    loan: Loan,
    instalments: Sequence[Instalment],
    found: Allocation,
    left: list[Instalment],
    balance: int,
    to_date: int,
    day: date,
) -> None:
    """The rest of the schedule on a lower balance: instalments stay equal, so it is shorter."""
    running = left[0]
    each = loan.amount // loan.duration_months if loan.loan_type == LONG_TERM else loan.annuity
    parts = replan(
        loan.loan_type,
        balance,
        loan.interest_rate,
        loan.duration_months,
        grace=loan.grace_months,
        number=running.number,
        each=each or 0,
    )
    start = period_start(loan, instalments, running)
    of = (running.due_date - start).days
    days = min((running.due_date - day).days, of)
    if day > start:
        loan.accrued_on, loan.accrued_interest = day, to_date
    rows = {row.number: row for row in left}
    for number, principal, interest, remaining in parts:
        row = rows.pop(number)
        row.principal = row.paid_principal + principal
        row.interest = interest
        row.remaining_balance = remaining
        found.touched.add(number)
    running.interest = max(running.paid_interest, to_date + part_of_month(loan, balance, days, of))
    found.dropped.extend(rows.values())

"""What is owed on a loan on a day (design.md, Loans)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from app.models import ChargeStatus, FineCharge, Instalment, Loan, LoanStatus
from app.money import round_half_even
from app.services.loan_schedule import SHORT_TERM

RUNNING = LoanStatus.DISBURSED.value


@dataclass(frozen=True, slots=True)
class Position:
    """In cents, on one day."""

    outstanding_principal: int
    outstanding_interest: int
    """Of the whole schedule that is left."""
    fines: int
    arrears: int
    """What should have been paid before that day, fines included."""
    days_overdue: int
    """Since the oldest day on which something was due that is not paid."""
    next_due: date | None
    next_amount: int
    payoff: int
    """What settles the loan that day: principal and interest to date, and open fines."""


def owed_principal(row: Instalment) -> int:
    return row.principal - row.paid_principal


def owed_interest(row: Instalment) -> int:
    return row.interest - row.paid_interest


def is_settled(row: Instalment) -> bool:
    """Whether nothing of its principal and interest is left to pay."""
    return owed_principal(row) <= 0 and owed_interest(row) <= 0


def unsettled(instalments: Iterable[Instalment]) -> list[Instalment]:
    """In order of number."""
    rows = sorted(instalments, key=lambda row: row.number)
    return [row for row in rows if not is_settled(row)]


def position(
    loan: Loan, instalments: Sequence[Instalment], charges: Iterable[FineCharge], today: date
) -> Position:
    """The loan's position; all zero where it is not running."""
    open_fines = sum(
        row.amount - row.paid for row in charges if row.status == ChargeStatus.OPEN.value
    )
    if loan.status != RUNNING:
        return Position(0, 0, open_fines, 0, 0, None, 0, 0)
    left = unsettled(instalments)
    overdue = [row for row in left if row.due_date < today]
    coming = [row for row in left if row.due_date >= today]
    return Position(
        outstanding_principal=sum(owed_principal(row) for row in left),
        outstanding_interest=sum(owed_interest(row) for row in left),
        fines=open_fines,
        arrears=sum(_owed(row) for row in overdue) + open_fines,
        days_overdue=(today - overdue[0].due_date).days if overdue else 0,
        next_due=coming[0].due_date if coming else None,
        next_amount=_owed(coming[0]) if coming else 0,
        payoff=payoff(loan, instalments, today) + open_fines,
    )


def _owed(row: Instalment) -> int:
    return owed_principal(row) + owed_interest(row)


def late(instalments: Iterable[Instalment], grace_days: int, today: date) -> list[Instalment]:
    """Those that are not paid although their due date and the days of grace have passed."""
    limit = today - timedelta(days=grace_days)
    return [row for row in unsettled(instalments) if row.due_date < limit]


def payoff(loan: Loan, instalments: Sequence[Instalment], today: date) -> int:
    """Principal and interest to date, without fines. Of a SHORT_TERM loan the interest is
    fixed: all of it is owed whenever it is paid."""
    left = unsettled(instalments)
    if loan.loan_type == SHORT_TERM:
        return sum(_owed(row) for row in left)
    principal = sum(owed_principal(row) for row in left)
    due = sum(owed_interest(row) for row in left if row.due_date <= today)
    running = running_instalment(instalments, today)
    if running is None:
        return principal + due
    # Lateness adds no interest: principal that is overdue counts as paid when it was due.
    coming = sum(owed_principal(row) for row in left if row.due_date > today)
    to_date = accrued(loan, instalments, running, coming, today)
    return principal + due + max(0, to_date - running.paid_interest)


def running_instalment(instalments: Sequence[Instalment], today: date) -> Instalment | None:
    """The first unpaid one that is not due yet."""
    return next((row for row in unsettled(instalments) if row.due_date > today), None)


def period_start(loan: Loan, instalments: Sequence[Instalment], running: Instalment) -> date:
    """The day from which the running instalment's interest counts."""
    before = [row.due_date for row in instalments if row.number == running.number - 1]
    if before:
        return before[0]
    if loan.disbursed_on is None:
        raise ValueError("a loan that is not paid out has no running instalment")
    return loan.disbursed_on


def accrued(
    loan: Loan,
    instalments: Sequence[Instalment],
    running: Instalment,
    principal: int,
    today: date,
) -> int:
    """Interest of the running period up to `today`, pro rata by days, half-even; what was
    accrued on a higher balance before principal was paid ahead is in it."""
    start = period_start(loan, instalments, running)
    counted = 0
    since = start
    if loan.accrued_on is not None and start < loan.accrued_on <= running.due_date:
        counted, since = loan.accrued_interest, loan.accrued_on
    days = (min(today, running.due_date) - since).days
    if days <= 0:
        return counted
    return counted + part_of_month(loan, principal, days, (running.due_date - start).days)


def part_of_month(loan: Loan, principal: int, days: int, of: int) -> int:
    """Interest in cents of `days` out of a period of `of` days."""
    return round_half_even(Fraction(principal * loan.interest_rate * days, 12 * 100_00 * of))

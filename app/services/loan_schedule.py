"""Loan schedules to the cent (design.md, Loans; tests/cases/loan_schedules.json is the arbiter)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from app.errors import BadInput
from app.models import LoanType
from app.money import MAX_CENTS, round_half_even, split_evenly

SHORT_TERM = LoanType.SHORT_TERM.value
LONG_TERM = LoanType.LONG_TERM.value
PROJECT = LoanType.PROJECT.value

MONTHS: dict[str, tuple[int, int]] = {SHORT_TERM: (1, 3), LONG_TERM: (4, 60), PROJECT: (4, 60)}
"""The shortest and the longest duration of each type."""
HIGHEST_RATE = 100_00
"""Hundredths of a percent that the calculator takes."""


class Planned(NamedTuple):
    """One instalment as planned, in cents; `remaining` is the principal left after it."""

    number: int
    due_date: date
    principal: int
    interest: int
    remaining: int


def check_loan(loan_type: str, amount: int, rate: int, months: int, grace: int, extra: int) -> None:
    """BAD_INPUT that names the field, unless a schedule can be made of it."""
    shortest, longest = MONTHS[loan_type]
    if not 0 < amount <= MAX_CENTS:
        raise BadInput("The amount must be more than zero.", field="amount")
    if not 0 <= rate <= HIGHEST_RATE:
        raise BadInput("The rate is between 0 and 100 %.", field="interestRate")
    if not shortest <= months <= longest:
        raise BadInput(f"Between {shortest} and {longest} months.", field="durationMonths")
    if grace < 0 or (grace > 0 and loan_type != PROJECT):
        raise BadInput("Only project loans have months of grace.", field="graceMonths")
    if grace >= months:
        raise BadInput("The grace must end before the loan does.", field="graceMonths")
    if not 0 <= extra <= MAX_CENTS:
        raise BadInput("The extra payment is zero or more.", field="extraPayment")
    if extra and loan_type == SHORT_TERM:
        raise BadInput(
            "A short-term loan's interest is fixed: paying extra does not change it.",
            field="extraPayment",
        )


def plan(
    loan_type: str,
    principal: int,
    rate: int,
    months: int,
    *,
    grace: int = 0,
    extra: int = 0,
    start: date,
) -> list[Planned]:
    """The schedule of a loan paid out on `start`. Money in cents, `rate` in hundredths of a
    percent: of the whole loan for SHORT_TERM, a year for the others."""
    check_loan(loan_type, principal, rate, months, grace, extra)
    if loan_type == SHORT_TERM:
        return _flat(principal, rate, months, start)
    if loan_type == LONG_TERM:
        parts = _equal_principal(principal, principal // months, rate, 1, months, extra)
    else:
        equal = annuity(principal, rate, months - grace)
        parts = _annuity(principal, equal, rate, 1, months, grace, extra)
    return list(_dated(parts, start))


def _flat(principal: int, rate: int, months: int, start: date) -> list[Planned]:
    interest = round_half_even(Fraction(principal * rate, 100_00))
    parts = zip(split_evenly(principal, months), split_evenly(interest, months), strict=True)
    planned = []
    left = principal
    for number, (part, share) in enumerate(parts, 1):
        left -= part
        planned.append(Planned(number, months_after(start, number), part, share, left))
    return planned


Part = tuple[int, int, int, int]
"""Number, principal, interest, remaining."""


def _equal_principal(
    balance: int, each: int, rate: int, number: int, months: int, extra: int = 0
) -> Iterator[Part]:
    """Equal principal on the reducing balance from instalment `number` on."""
    while balance > 0:
        interest = monthly_interest(balance, rate)
        part = balance if number >= months else min(each + extra, balance)
        balance -= part
        yield number, part, interest, balance
        number += 1


def _annuity(
    balance: int,
    equal: int,
    rate: int,
    number: int,
    months: int,
    grace: int,
    extra: int = 0,
) -> Iterator[Part]:
    """Interest alone in the months of grace, then equal instalments on the reducing balance."""
    while balance > 0:
        interest = monthly_interest(balance, rate)
        if number >= months:
            part = balance
        elif number <= grace:
            part = 0
        else:
            part = min(max(equal - interest, 0) + extra, balance)
        balance -= part
        yield number, part, interest, balance
        number += 1


def replan(
    loan_type: str,
    balance: int,
    rate: int,
    months: int,
    *,
    grace: int,
    number: int,
    each: int,
) -> list[Part]:
    """The rest of a LONG_TERM or PROJECT loan from instalment `number` on, after principal was
    paid ahead: the equal principal or the annuity (`each`) stays, so it gets shorter."""
    if loan_type == LONG_TERM:
        return list(_equal_principal(balance, each, rate, number, months))
    return list(_annuity(balance, each, rate, number, months, grace))


def monthly_interest(balance: int, rate: int) -> int:
    """A month's interest in cents, half-even; `rate` in hundredths of a percent a year."""
    return round_half_even(Fraction(balance * rate, 12 * 100_00))


def annuity(principal: int, rate: int, months: int) -> int:
    """The equal instalment that pays `principal` back in `months`, half-even to the cent."""
    if rate == 0:
        return principal // months
    monthly = Fraction(rate, 12 * 100_00)
    growth = (1 + monthly) ** months
    return round_half_even(principal * monthly * growth / (growth - 1))


def _dated(parts: Iterator[Part], start: date) -> Iterator[Planned]:
    for number, principal, interest, remaining in parts:
        yield Planned(number, months_after(start, number), principal, interest, remaining)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


HIGHEST_MONTHLY = Decimal(10**6)


def annual_percentage_rate(received: int, totals: Sequence[int]) -> int:
    """(1 + monthly internal rate of return)^12 - 1 in hundredths of a percent, half-even.

    `received` is the principal less the fee, `totals` what is paid month by month, in cents. A
    loan that costs nothing, or of which nothing is received, has the rate 0.
    """
    if received <= 0 or sum(totals) <= received:
        return 0
    with localcontext() as context:
        context.prec = 40
        low, high = Decimal(0), Decimal(1)
        while _present_value(totals, high) > received and high < HIGHEST_MONTHLY:
            low, high = high, high * 2
        for _ in range(90):
            middle = (low + high) / 2
            if _present_value(totals, middle) > received:
                low = middle
            else:
                high = middle
        yearly = ((1 + (low + high) / 2) ** 12 - 1) * 100_00
        return min(int(yearly.to_integral_value(rounding="ROUND_HALF_EVEN")), 10**15)


def _present_value(totals: Sequence[int], monthly: Decimal) -> Decimal:
    """By Horner's rule, from the last payment back."""
    value = Decimal(0)
    for total in reversed(totals):
        value = (value + total) / (1 + monthly)
    return value

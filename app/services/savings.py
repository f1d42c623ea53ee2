"""What members have saved, and what that allows them (design.md, Savings, Loans)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

LOAN_MULTIPLE = 3
"""A loan is at most three times the regular savings."""

Month = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Savings:
    """A member's summary, in cents; total = regular + welfare + project."""

    regular: int
    welfare: int
    project: int
    fines: int
    total: int
    consecutive_months: int
    max_loan: int


def summarise(
    balances: Mapping[str, int], paid_by_month: Mapping[Month, int], minimum: int, today: date
) -> Savings:
    """The summary from a member's signed balances (debit positive) and regular savings by month."""
    regular = -balances.get("MEMBER_SAVINGS", 0)
    welfare = -balances.get("WELFARE_FUND", 0)
    project = -balances.get("PROJECT_FUND", 0)
    return Savings(
        regular=regular,
        welfare=welfare,
        project=project,
        fines=-balances.get("FINES", 0),
        total=regular + welfare + project,
        consecutive_months=months_in_a_row(paid_by_month, minimum, today),
        max_loan=max(0, regular * LOAN_MULTIPLE),
    )


def months_in_a_row(paid_by_month: Mapping[Month, int], minimum: int, today: date) -> int:
    """Calendar months in a row that reached the minimum, up to this one or the one before.

    The running month counts once it has reached the minimum, and breaks nothing before.
    """
    month = (today.year, today.month)
    count = 0
    if _reached(paid_by_month, month, minimum):
        count = 1
    month = month_before(month)
    while _reached(paid_by_month, month, minimum):
        count += 1
        month = month_before(month)
    return count


def _reached(paid_by_month: Mapping[Month, int], month: Month, minimum: int) -> bool:
    return month in paid_by_month and paid_by_month[month] >= max(minimum, 1)


def month_before(month: Month) -> Month:
    """The calendar month before `month` (year, month)."""
    return (month[0] - 1, 12) if month[1] == 1 else (month[0], month[1] - 1)

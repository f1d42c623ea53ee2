"""Schedules to the cent, dates, and the full cost (design.md, Loans)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.errors import BadInput
from app.money import parse_money, parse_percent
from app.services.loan_schedule import annual_percentage_rate, months_after, plan

CASES = json.loads((Path(__file__).parents[1] / "cases/loan_schedules.json").read_text())
START = date(2026, 1, 31)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['loanType']} {case['principal']}")
def test_every_worked_case_to_the_cent(case: dict[str, Any]) -> None:
    found = plan(
        case["loanType"],
        parse_money(case["principal"]),
        parse_percent(case["rate"]),
        case["durationMonths"],
        grace=case["graceMonths"],
        extra=parse_money(case["extraPayment"]),
        start=START,
    )
    assert [
        (one.number, one.principal, one.interest, one.principal + one.interest, one.remaining)
        for one in found
    ] == [(row["number"], *(parse_money(row[name]) for name in NAMES)) for row in case["schedule"]]


NAMES = ("principal", "interest", "total", "remainingBalance")


def test_instalments_fall_due_on_the_same_day_or_the_months_last() -> None:
    found = plan("LONG_TERM", 4000_00, 1200, 4, start=START)
    assert [one.due_date.isoformat() for one in found] == [
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
    ]
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("SHORT_TERM", 100, 10, 4, 0, 0), "durationMonths"),
        (("SHORT_TERM", 100, 10, 0, 0, 0), "durationMonths"),
        (("LONG_TERM", 100, 10, 3, 0, 0), "durationMonths"),
        (("PROJECT", 100, 10, 61, 0, 0), "durationMonths"),
        (("LONG_TERM", 100, 10, 6, 1, 0), "graceMonths"),
        (("PROJECT", 100, 10, 6, 6, 0), "graceMonths"),
        (("PROJECT", 100, 10, 6, -1, 0), "graceMonths"),
        (("PROJECT", 0, 10, 6, 0, 0), "amount"),
        (("PROJECT", 100, -1, 6, 0, 0), "interestRate"),
        (("PROJECT", 100, 100_01, 6, 0, 0), "interestRate"),
        (("LONG_TERM", 100, 10, 6, 0, -1), "extraPayment"),
        (("SHORT_TERM", 100, 10, 3, 0, 1), "extraPayment"),
    ],
)
def test_what_no_schedule_can_be_made_of_names_its_field(
    arguments: tuple[Any, ...], field: str
) -> None:
    kind, amount, rate, months, grace, extra = arguments
    with pytest.raises(BadInput) as caught:
        plan(kind, amount, rate, months, grace=grace, extra=extra, start=START)
    assert caught.value.field == field


def payments(kind: str, amount: int, rate: int, months: int) -> list[int]:
    """What is paid month by month."""
    return [one.principal + one.interest for one in plan(kind, amount, rate, months, start=START)]


def test_the_annual_rate_is_the_monthly_one_compounded() -> None:
    # 12 % a year in monthly steps of 1 %: 1.01^12 - 1.
    totals = [
        one.principal + one.interest for one in plan("LONG_TERM", 10**7, 12_00, 12, start=START)
    ]
    assert annual_percentage_rate(10**7, totals) == 12_68


def test_a_fee_makes_a_loan_dearer() -> None:
    totals = [
        one.principal + one.interest for one in plan("SHORT_TERM", 10**6, 10_00, 3, start=START)
    ]
    assert annual_percentage_rate(10**6, totals) == 77_98
    assert annual_percentage_rate(10**6 - 10_000, totals) > 77_98


def test_a_loan_without_cost_or_without_money_has_no_rate() -> None:
    assert annual_percentage_rate(300, [100, 100, 100]) == 0
    assert annual_percentage_rate(0, [100]) == 0


def test_one_month_at_100_percent_doubles_each_month() -> None:
    assert annual_percentage_rate(100_00, [200_00]) == (2**12 - 1) * 100_00

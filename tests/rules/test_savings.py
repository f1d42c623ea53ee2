"""What a member has saved and what that allows (design.md, Savings)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.savings import month_before, months_in_a_row, summarise
from tests.support.api import contribute
from tests.support.stage import Stage

TODAY = date(2026, 3, 15)
MINIMUM = 500_00
SUMMARY = """
query Summary($member: UUID!) { member(id: $member) { savingsSummary {
  regular welfare project fines total consecutiveMonths maxLoan
} } }
"""


@pytest.mark.parametrize(
    ("paid", "count"),
    [
        ({}, 0),
        ({(2026, 3): 500_00}, 1),
        ({(2026, 3): 499_99}, 0),
        ({(2026, 2): 500_00}, 1),
        ({(2026, 2): 500_00, (2026, 3): 500_00}, 2),
        # The running month has time yet: what is missing in it breaks nothing before.
        ({(2026, 1): 900_00, (2026, 2): 500_00, (2026, 3): 1_00}, 2),
        ({(2026, 1): 500_00, (2026, 3): 500_00}, 1),
        ({(2026, 1): 500_00}, 0),
        ({(2025, 12): 500_00, (2026, 1): 500_00, (2026, 2): 500_00}, 3),
    ],
)
def test_consecutive_months_reach_the_minimum_up_to_now(
    paid: dict[tuple[int, int], int], count: int
) -> None:
    assert months_in_a_row(paid, MINIMUM, TODAY) == count


def test_without_a_minimum_a_month_still_needs_a_payment() -> None:
    assert months_in_a_row({(2026, 3): 1, (2026, 2): 0}, 0, TODAY) == 1


@given(st.integers(1, 60), st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_so_many_paid_months_up_to_this_one_are_so_many(months: int, today: date) -> None:
    paid = {}
    month = (today.year, today.month)
    for _ in range(months):
        paid[month] = MINIMUM
        month = month_before(month)
    assert months_in_a_row(paid, MINIMUM, today) == months


def test_a_loan_is_at_most_three_times_the_regular_savings_alone() -> None:
    found = summarise(
        {"MEMBER_SAVINGS": -1000_01, "WELFARE_FUND": -50_00, "PROJECT_FUND": -7_00}, {}, 1, TODAY
    )
    assert found.max_loan == 3000_03
    assert found.total == 1057_01


def test_a_member_who_owes_the_savings_account_may_borrow_nothing() -> None:
    assert summarise({"MEMBER_SAVINGS": 5_00}, {}, 1, TODAY).max_loan == 0


async def summary(stage: Stage) -> dict[str, Any]:
    answer = await stage.api.ask(stage.officer, SUMMARY, member=str(stage.jane.id))
    found: dict[str, Any] = answer["member"]["savingsSummary"]
    return found


async def test_the_summary_is_what_the_member_paid_by_type(stage: Stage) -> None:
    await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "500"),
        contribute(stage.jane.id, "60", contributionType="WELFARE"),
        contribute(stage.jane.id, "7", contributionType="PROJECT"),
        contribute(stage.jane.id, "50", contributionType="FINE"),
        contribute(stage.jane.id, "11", contributionType="REGISTRATION"),
        contribute(stage.john.id, "9999"),
    )
    assert await summary(stage) == {
        "regular": "500.00",
        "welfare": "60.00",
        "project": "7.00",
        "fines": "50.00",
        "total": "567.00",
        "consecutiveMonths": 1,
        "maxLoan": "1500.00",
    }


async def test_payments_of_a_month_add_up_and_other_types_do_not_count(stage: Stage) -> None:
    await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "200"),
        contribute(stage.jane.id, "299.99"),
        contribute(stage.jane.id, "500", contributionType="WELFARE"),
    )
    assert (await summary(stage))["consecutiveMonths"] == 0
    await stage.api.sync(stage.officer, contribute(stage.jane.id, "0.01"))
    assert (await summary(stage))["consecutiveMonths"] == 1


async def test_the_groups_own_minimum_counts(stage: Stage) -> None:
    group = await stage.make.group(settings={"minimum_saving": 100_00})
    officer = await stage.make.officer(group)
    member = await stage.make.member(group)
    await stage.api.sync(officer, contribute(member.id, "100"))
    answer = await stage.api.ask(officer, SUMMARY, member=str(member.id))
    assert answer["member"]["savingsSummary"]["consecutiveMonths"] == 1

"""Withdrawals, expenses, banking and the funds (design.md, Savings, Money and the books)."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from app.models import Movement
from app.models.base import new_id
from app.runtime import close_runtime, make_runtime
from app.services.withdrawal_limit import SavingsYear, half_left, security_left
from tests.support.api import Answer, Api, contribute
from tests.support.loans import REVERSE, lending
from tests.support.stage import Stage

WITHDRAW = """mutation Out($input: WithdrawSavingsInput!) {
  withdrawSavings(input: $input) { subcategory category amount balanceAfter account } }"""
MOVE = """mutation Move($input: RecordMovementInput!) {
  recordMovement(input: $input) { subcategory category amount account } }"""
LIST = """query All($groupId: UUID, $kind: MovementKind, $first: Int, $after: String) {
  movements(groupId: $groupId, kind: $kind, first: $first, after: $after) {
    totalCount pageInfo { endCursor }
    edges { node { kind amount description isReversed account member { id } } } } }"""


async def withdraw(stage: Stage, amount: Any, **changes: Any) -> Answer:
    values = {
        "memberId": str(stage.jane.id),
        "amount": amount,
        "reason": "Hospital",
        "paymentMethod": "CASH",
        **changes,
    }
    return await stage.api.ask(stage.officer, WITHDRAW, input=values)


async def move(stage: Stage, movement: str, amount: Any, **changes: Any) -> Answer:
    values = {
        "groupId": str(stage.group.id),
        "movement": movement,
        "amount": amount,
        "paymentMethod": "CASH",
        "description": "As the meeting decided",
        **changes,
    }
    return await stage.api.ask(stage.officer, MOVE, input=values)


async def saved(stage: Stage, amount: Any = "1000.00", **changes: Any) -> None:
    (result,) = await stage.api.sync(stage.officer, contribute(stage.jane.id, amount, **changes))
    assert result["outcome"] == "APPLIED", result


async def moves(stage: Stage) -> list[tuple[str, int]]:
    return (await stage.entries())[-1].moves


def test_half_of_the_years_savings_may_go_and_a_third_of_the_debt_stays() -> None:
    assert half_left(SavingsYear(1000, 501, 0)) == 750
    assert half_left(SavingsYear(1000, 500, 750)) == 0
    assert half_left(SavingsYear(1000, -500, 400)) == 0
    assert security_left(1000, 900) == 700
    assert security_left(1000, 901) == 699
    assert security_left(100, 900) == 0


async def test_a_withdrawal_is_posted_and_shown_as_its_line(stage: Stage) -> None:
    await saved(stage)
    line = (await withdraw(stage, "500.00"))["withdrawSavings"]
    assert (line["subcategory"], line["category"]) == ("savings_withdrawal", "CASH_OUT")
    assert (line["amount"], line["balanceAfter"]) == ("500.00", "500.00")
    assert await moves(stage) == [("CASH", -500_00), ("MEMBER_SAVINGS", 500_00)]
    await stage.books_hold()


async def test_at_most_half_of_the_year_is_withdrawn(stage: Stage) -> None:
    last_year = date(date.fromisoformat(stage.api.today()).year - 1, 5, 4)
    await saved(stage, contributionDate=last_year.isoformat())
    await saved(stage, "200.00")
    answer = await withdraw(stage, "600.01")
    assert (answer.code, answer.field) == ("OVER_HALF", "amount")
    assert "KES 600.00" in answer.errors[0]["message"]
    assert not (await withdraw(stage, "400.00")).errors
    assert (await withdraw(stage, "200.01")).code == "OVER_HALF"
    assert not (await withdraw(stage, "200.00")).errors


async def test_a_reversed_withdrawal_frees_the_half_again(stage: Stage) -> None:
    await saved(stage)
    await withdraw(stage, "500.00")
    entry_id = str((await stage.entries())[-1].row.id)
    values = {"entryId": entry_id, "reason": "Not taken"}
    await stage.api.ask(stage.admin, REVERSE, input=values)
    assert (await withdraw(stage, "500.01")).code == "OVER_HALF"
    assert not (await withdraw(stage, "500.00")).errors
    await stage.books_hold()


async def test_a_third_of_what_is_owed_stays(stage: Stage) -> None:
    lender = await lending(stage)
    await saved(stage, "40000.00")
    await lender.running("45000.00")
    answer = await withdraw(stage, "0.01", memberId=str(lender.jane.id))
    assert answer.code == "LOAN_SECURITY"


async def test_no_more_than_the_savings_and_the_money_that_is_there(stage: Stage) -> None:
    assert (await withdraw(stage, "0.01")).code == "NOT_ENOUGH_SAVINGS"
    await saved(stage)
    assert (await withdraw(stage, "500.00", paymentMethod="BANK")).code == "NOT_ENOUGH_MONEY"


async def test_a_withdrawal_needs_a_reason(stage: Stage) -> None:
    answer = await withdraw(stage, "1.00", reason=" ")
    assert (answer.code, answer.field) == ("BAD_INPUT", "reason")


async def test_cash_that_a_phone_handed_out_is_held(stage: Stage) -> None:
    await saved(stage)
    values = {
        "memberId": str(stage.jane.id),
        "amount": "900.00",
        "reason": "Hospital",
        "paymentMethod": "CASH",
        "offlineSyncId": str(new_id()),
    }
    (result,) = await stage.api.sync(stage.officer, {"withdrawSavings": values})
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "OVER_HALF")
    assert await moves(stage) == [("CASH", -900_00), ("SUSPENSE", 900_00)]
    await stage.books_hold()


async def test_withdrawals_of_one_batch_count_together(stage: Stage) -> None:
    await saved(stage)
    operations = [
        {
            "withdrawSavings": {
                "memberId": str(stage.jane.id),
                "amount": "300.00",
                "reason": "Fees",
                "paymentMethod": "CASH",
                "offlineSyncId": str(new_id()),
            }
        }
        for _ in range(2)
    ]
    results = await stage.api.sync(stage.officer, *operations)
    assert [one["outcome"] for one in results] == ["APPLIED", "HELD"]


@pytest.mark.parametrize(
    ("movement", "expected"),
    [
        ("EXPENSE", [("CASH", -100_00), ("OPERATING_EXPENSES", 100_00)]),
        ("OTHER_INCOME", [("CASH", 100_00), ("OTHER_INCOME", -100_00)]),
        ("PROJECT_SPENDING", [("CASH", -100_00), ("PROJECT_FUND", 100_00)]),
        ("TO_BANK", [("BANK", 100_00), ("CASH", -100_00)]),
        ("EXTERNAL_LOAN_RECEIVED", [("CASH", 100_00), ("EXTERNAL_LOANS", -100_00)]),
    ],
)
async def test_each_movement_posts_what_the_design_says(
    stage: Stage, movement: str, expected: list[tuple[str, int]]
) -> None:
    await saved(stage)
    await saved(stage, contributionType="PROJECT")
    assert not (await move(stage, movement, "100.00")).errors
    assert await moves(stage) == expected
    (row,) = await stage.all_of(Movement)
    assert (row.kind, row.description) == (movement, "As the meeting decided")
    await stage.books_hold()


async def test_money_comes_back_from_the_bank_and_lenders_are_repaid(stage: Stage) -> None:
    await saved(stage)
    await move(stage, "TO_BANK", "400.00")
    assert (await move(stage, "FROM_BANK", "400.01")).code == "NOT_ENOUGH_MONEY"
    assert not (await move(stage, "FROM_BANK", "400.00")).errors
    assert await moves(stage) == [("BANK", -400_00), ("CASH", 400_00)]
    await move(stage, "EXTERNAL_LOAN_RECEIVED", "50.00")
    assert (await move(stage, "EXTERNAL_LOAN_REPAID", "50.01")).code == "OVER_OWED"
    assert not (await move(stage, "EXTERNAL_LOAN_REPAID", "50.00")).errors
    await stage.books_hold()


async def test_no_more_is_spent_than_a_fund_or_an_account_holds(stage: Stage) -> None:
    await saved(stage)
    assert (await move(stage, "PROJECT_SPENDING", "0.01")).code == "NOT_ENOUGH_FUND"
    assert (await move(stage, "EXPENSE", "1000.01")).code == "NOT_ENOUGH_MONEY"
    assert (await move(stage, "TO_BANK", "1000.01")).code == "NOT_ENOUGH_MONEY"


async def test_movements_of_other_kinds_are_recorded_in_their_own_way(stage: Stage) -> None:
    answer = await move(stage, "WITHDRAWAL", "1.00")
    assert (answer.code, answer.field) == ("BAD_INPUT", "movement")
    answer = await move(stage, "TO_BANK", "1.00", paymentMethod="BANK")
    assert (answer.code, answer.field) == ("BAD_INPUT", "paymentMethod")


async def test_movements_are_listed_newest_first_and_reversals_say_why(stage: Stage) -> None:
    await saved(stage)
    await move(stage, "EXPENSE", "10.00")
    entry_id = str((await stage.entries())[-1].row.id)
    await stage.api.ask(stage.admin, REVERSE, input={"entryId": entry_id, "reason": "Twice"})
    answer = await stage.api.ask(stage.chair, LIST, groupId=str(stage.group.id))
    nodes = [edge["node"] for edge in answer["movements"]["edges"]]
    assert [(one["kind"], one["description"], one["isReversed"]) for one in nodes] == [
        ("REVERSAL", "Twice", False),
        ("EXPENSE", "As the meeting decided", True),
    ]
    await stage.books_hold()


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_two_withdrawals_at_once_do_not_break_the_half(stage: Stage) -> None:
    await saved(stage)
    values = {
        "memberId": str(stage.jane.id),
        "amount": "300.00",
        "reason": "Fees",
        "paymentMethod": "CASH",
    }
    other = make_runtime(stage.runtime.settings)
    try:
        answers = await asyncio.gather(
            stage.api.ask(stage.officer, WITHDRAW, input=values),
            Api(other).ask(stage.officer, WITHDRAW, input=values),
        )
    finally:
        await close_runtime(other)
    assert sorted(str(answer.code) for answer in answers) == ["None", "OVER_HALF"]
    await stage.books_hold()

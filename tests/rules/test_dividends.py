"""Dividend runs: profit to shares, posted once, paid, reversed (design.md, Dividends)."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.models.base import new_id
from app.money import parse_money
from app.runtime import close_runtime, make_runtime
from app.services.dividend_allocation import allocate, distributable
from tests.support.api import Answer, Api, contribute, edit
from tests.support.stage import Stage, unassign

RUN = """id status totalProfit appreciationFees profitShare distributable totalSavings savingsOn
  inputs { account amount } approvedBy { id } group { id }
  allocations { member { id } memberSavings sharePercentage amount payout }"""
CALCULATE = f"""mutation Calc($groupId: UUID!, $fiscalYear: Int!) {{
  calculateDividends(groupId: $groupId, fiscalYear: $fiscalYear) {{ {RUN} }} }}"""
APPROVE = f"mutation Ok($id: UUID!) {{ approveDividends(dividendRunId: $id) {{ {RUN} }} }}"
POST = f"mutation Post($id: UUID!) {{ postDividends(dividendRunId: $id) {{ {RUN} }} }}"
PAY = f"mutation Pay($input: PayDividendsInput!) {{ payDividends(input: $input) {{ {RUN} }} }}"
REVERSE = f"""mutation Undo($id: UUID!, $reason: String!) {{
  reverseDividends(dividendRunId: $id, reason: $reason) {{ {RUN} }} }}"""
FIND = f"""query Find($groupId: UUID!, $fiscalYear: Int!) {{
  dividendRun(groupId: $groupId, fiscalYear: $fiscalYear) {{ {RUN} }} }}"""
STATEMENT = """query Mine($memberId: UUID!, $fiscalYear: Int!) {
  dividendStatement(memberId: $memberId, fiscalYear: $fiscalYear) {
    run { distributable totalSavings } allocation { memberSavings amount sharePercentage } } }"""
CASES = json.loads((Path(__file__).parents[1] / "cases/dividends.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["totalProfit"])
def test_every_worked_case_to_the_cent(case: dict[str, Any]) -> None:
    profit, fees = parse_money(case["totalProfit"]), parse_money(case["appreciationFees"])
    amount = distributable(profit, fees, 70_00)
    assert amount == parse_money(case["distributable"])
    savings = {member: parse_money(text) for member, text in case["savings"].items()}
    expected = {member: parse_money(text) for member, text in case["allocations"].items()}
    assert allocate(amount, savings) == expected


def year(stage: Stage) -> int:
    return date.fromisoformat(stage.api.today()).year - 1


async def earned(stage: Stage, fines: Any = "100.00", **savings: Any) -> None:
    """Last year: savings of Jane and John, and fines that were paid."""
    day = date(year(stage), 6, 15).isoformat()
    paid = [
        contribute(stage.jane.id, savings.get("jane", "3000.00"), contributionDate=day),
        contribute(stage.john.id, savings.get("john", "1000.00"), contributionDate=day),
    ]
    if fines:
        paid.append(contribute(stage.jane.id, fines, contributionType="FINE", contributionDate=day))
    for result in await stage.api.sync(stage.officer, *paid):
        assert result["outcome"] == "APPLIED", result


async def calculated(stage: Stage) -> dict[str, Any]:
    answer = await stage.api.ask(
        stage.admin, CALCULATE, groupId=str(stage.group.id), fiscalYear=year(stage)
    )
    found: dict[str, Any] = answer["calculateDividends"]
    return found


async def post(stage: Stage, run_id: str) -> Answer:
    return await stage.api.ask(stage.admin, POST, id=run_id)


async def posted(stage: Stage) -> dict[str, Any]:
    found: dict[str, Any] = (await post(stage, (await calculated(stage))["id"]))["postDividends"]
    return found


async def pay(stage: Stage, run_id: str, payout: str, *members: Any) -> Answer:
    values = {"dividendRunId": run_id, "payout": payout}
    if members:
        values["memberIds"] = [str(one.id) for one in members]
    return await stage.api.ask(stage.officer, PAY, input=values)


async def test_the_draft_shows_every_number_that_went_in(stage: Stage) -> None:
    await earned(stage)
    run = await calculated(stage)
    assert run["status"] == "DRAFT"
    assert (run["totalProfit"], run["profitShare"], run["distributable"]) == (
        "100.00",
        "70.00",
        "70.00",
    )
    assert run["inputs"] == [{"account": "FINES", "amount": "100.00"}]
    assert (run["totalSavings"], run["savingsOn"]) == ("4000.00", f"{year(stage)}-12-31")
    shares = {one["member"]["id"]: one for one in run["allocations"]}
    jane = shares[str(stage.jane.id)]
    assert (jane["memberSavings"], jane["amount"], jane["sharePercentage"]) == (
        "3000.00",
        "52.50",
        75.0,
    )
    assert len(await stage.entries()) == 3


async def test_a_draft_is_calculated_again_and_there_is_one(stage: Stage) -> None:
    await earned(stage)
    first = await calculated(stage)
    await earned(stage, "50.00")
    second = await calculated(stage)
    assert (second["id"], second["totalProfit"]) == (first["id"], "150.00")
    assert len(second["allocations"]) == 2


async def test_members_who_left_and_savings_after_the_year_do_not_share(stage: Stage) -> None:
    await earned(stage)
    await stage.api.sync(stage.officer, contribute(stage.jane.id, "9000.00"))
    await stage.api.sync(stage.officer, edit(stage.john.id, 1, isActive=False))
    run = await calculated(stage)
    assert [(one["member"]["id"], one["amount"]) for one in run["allocations"]] == [
        (str(stage.jane.id), "70.00")
    ]
    assert run["totalSavings"] == "3000.00"


async def test_without_savings_there_is_no_run(stage: Stage) -> None:
    values = {"groupId": str(stage.group.id), "fiscalYear": year(stage)}
    assert (await stage.api.ask(stage.admin, CALCULATE, **values)).code == "NO_SAVINGS"
    values["fiscalYear"] = 9999
    assert (await stage.api.ask(stage.admin, CALCULATE, **values)).code == "BAD_INPUT"


async def test_posting_declares_each_members_share_once(stage: Stage) -> None:
    await earned(stage)
    run = await posted(stage)
    assert (run["status"], run["approvedBy"]["id"]) == ("POSTED", str(stage.admin.user_id))
    entry = (await stage.entries())[-1]
    assert sorted(entry.moves) == [
        ("DIVIDENDS_PAYABLE", -52_50),
        ("DIVIDENDS_PAYABLE", -17_50),
        ("RETAINED_SURPLUS", 70_00),
    ]
    assert (await post(stage, run["id"])).code == "ALREADY_POSTED"
    assert len(await stage.entries()) == 4
    values = {"groupId": str(stage.group.id), "fiscalYear": year(stage)}
    assert (await stage.api.ask(stage.admin, CALCULATE, **values)).code == "ALREADY_POSTED"
    await stage.books_hold()


async def test_figures_that_moved_must_be_calculated_again(stage: Stage) -> None:
    await earned(stage)
    run = await calculated(stage)
    await earned(stage, "0.01")
    assert (await post(stage, run["id"])).code == "FIGURES_MOVED"
    assert (await stage.api.ask(stage.admin, APPROVE, id=run["id"])).code == "FIGURES_MOVED"
    await calculated(stage)
    answer = await stage.api.ask(stage.admin, APPROVE, id=run["id"])
    assert answer["approveDividends"]["status"] == "APPROVED"
    assert (await post(stage, run["id"]))["postDividends"]["status"] == "POSTED"


async def test_the_running_year_is_a_draft_only(stage: Stage) -> None:
    await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id),
        contribute(stage.jane.id, "10.00", contributionType="FINE"),
    )
    values = {"groupId": str(stage.group.id), "fiscalYear": year(stage) + 1}
    run = (await stage.api.ask(stage.admin, CALCULATE, **values))["calculateDividends"]
    assert run["savingsOn"] == stage.api.today()
    assert (await post(stage, run["id"])).code == "YEAR_NOT_OVER"


async def test_never_more_than_the_surplus(stage: Stage) -> None:
    await earned(stage)
    expense = """mutation Move($input: RecordMovementInput!) {
      recordMovement(input: $input) { amount } }"""
    values = {
        "groupId": str(stage.group.id),
        "movement": "EXPENSE",
        "amount": "50.00",
        "paymentMethod": "CASH",
        "description": "Rent of this year",
    }
    await stage.api.ask(stage.officer, expense, input=values)
    assert (await post(stage, (await calculated(stage))["id"])).code == "NOT_ENOUGH_SURPLUS"


async def test_shares_are_paid_in_cash_and_into_savings(stage: Stage) -> None:
    await earned(stage)
    run = await posted(stage)
    assert not (await pay(stage, run["id"], "CASH", stage.jane)).errors
    assert (await stage.entries())[-1].moves == [("DIVIDENDS_PAYABLE", 52_50), ("CASH", -52_50)]
    assert (await pay(stage, run["id"], "CASH", stage.jane)).code == "ALREADY_PAID"
    answer = await pay(stage, run["id"], "SAVINGS")
    assert answer["payDividends"]["status"] == "PAID"
    assert (await stage.entries())[-1].moves == [
        ("DIVIDENDS_PAYABLE", 17_50),
        ("MEMBER_SAVINGS", -17_50),
    ]
    assert (await stage.balances(stage.group.id))["DIVIDENDS_PAYABLE"] == 0
    await stage.books_hold()


async def test_a_draft_is_not_paid_and_money_must_be_there(stage: Stage) -> None:
    await earned(stage)
    run = await calculated(stage)
    assert (await pay(stage, run["id"], "CASH")).code == "NOT_POSTED"
    await post(stage, run["id"])
    assert (await pay(stage, run["id"], "BANK")).code == "NOT_ENOUGH_MONEY"
    stranger = await stage.make.member(stage.group)
    assert (await pay(stage, run["id"], "CASH", stranger)).code == "NOT_FOUND"


async def pay_offline(stage: Stage, run_id: Any, *members: Any, **more: Any) -> dict[str, Any]:
    """The result of a payout in cash that a phone hands in."""
    values = {"dividendRunId": str(run_id), "payout": "CASH", "offlineSyncId": str(new_id())}
    values["memberIds"] = [str(one.id) for one in members]
    (result,) = await stage.api.sync(stage.officer, {"payDividends": {**values, **more}})
    return result


async def test_a_phone_pays_dividends_at_the_meeting_once(stage: Stage) -> None:
    await earned(stage)
    run = await posted(stage)
    key = str(new_id())
    for outcome in ("APPLIED", "DUPLICATE"):
        result = await pay_offline(stage, run["id"], stage.jane, amount="52.50", offlineSyncId=key)
        assert (result["outcome"], result["entityId"]) == (outcome, run["id"])
    assert result["receiptNumber"].startswith("TB-")
    result = await pay_offline(stage, run["id"], stage.jane)
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "ALREADY_PAID")
    assert (await stage.entries())[-1].moves == [("CASH", -52_50), ("SUSPENSE", 52_50)]
    result = await pay_offline(stage, run["id"], stage.john, amount="20.00")
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "OTHER_AMOUNT")
    result = await pay_offline(stage, run["id"], stage.john, payout="SAVINGS")
    assert result["outcome"] == "APPLIED"
    result = await pay_offline(stage, run["id"], stage.john, payout="SAVINGS")
    assert (result["outcome"], result["error"]["code"]) == ("REJECTED", "ALREADY_PAID")
    await stage.books_hold()


async def test_dividends_handed_out_too_early_or_of_an_unknown_run_are_held(stage: Stage) -> None:
    await earned(stage)
    run = await calculated(stage)
    result = await pay_offline(stage, run["id"])
    assert (result["outcome"], result["error"]["field"]) == ("REJECTED", "memberIds")
    result = await pay_offline(stage, run["id"], stage.jane)
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "NOT_POSTED")
    assert (await stage.entries())[-1].moves == [("CASH", -52_50), ("SUSPENSE", 52_50)]
    unknown = new_id()
    assert (await pay_offline(stage, unknown, stage.jane))["error"]["code"] == "UNKNOWN_RUN"
    final = {"groupId": str(stage.group.id)}
    result = await pay_offline(stage, unknown, stage.jane, **final)
    assert (result["outcome"], result["error"]["field"]) == ("REJECTED", "amount")
    result = await pay_offline(stage, unknown, stage.jane, **final, amount="5.00")
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "UNKNOWN_RUN")
    await unassign(stage.runtime, stage.officer, stage.group.id)
    result = await pay_offline(stage, run["id"], stage.jane)
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "OFFICER_UNASSIGNED")
    assert (await pay(stage, run["id"], "CASH", stage.jane)).code == "NOT_FOUND"
    await stage.books_hold()


async def test_a_whole_run_is_reversed_and_made_anew(stage: Stage) -> None:
    await earned(stage)
    run = await posted(stage)
    await pay(stage, run["id"], "SAVINGS")
    answer = await stage.api.ask(stage.admin, REVERSE, id=run["id"], reason="A fine was wrong")
    assert answer["reverseDividends"]["status"] == "REVERSED"
    balances = await stage.balances(stage.group.id)
    assert (balances["DIVIDENDS_PAYABLE"], balances["RETAINED_SURPLUS"]) == (0, 0)
    assert balances["MEMBER_SAVINGS"] == -4000_00
    await stage.books_hold()
    again = await posted(stage)
    assert again["id"] != run["id"]
    find = {"groupId": str(stage.group.id), "fiscalYear": year(stage)}
    found = (await stage.api.ask(stage.chair, FIND, **find))["dividendRun"]
    assert (found["id"], found["status"]) == (again["id"], "POSTED")
    await stage.books_hold()


async def test_money_that_was_paid_out_is_not_called_back(stage: Stage) -> None:
    await earned(stage)
    run = await posted(stage)
    await pay(stage, run["id"], "CASH", stage.jane)
    answer = await stage.api.ask(stage.admin, REVERSE, id=run["id"], reason="x")
    assert answer.code == "PAID_OUT"


async def test_a_member_can_do_the_sum_again(stage: Stage) -> None:
    await earned(stage)
    await posted(stage)
    values = {"memberId": str(stage.john.id), "fiscalYear": year(stage)}
    found = (await stage.api.ask(stage.chair, STATEMENT, **values))["dividendStatement"]
    assert found == {
        "run": {"distributable": "70.00", "totalSavings": "4000.00"},
        "allocation": {"memberSavings": "1000.00", "amount": "17.50", "sharePercentage": 25.0},
    }


async def test_only_administrators_declare_dividends(stage: Stage) -> None:
    await earned(stage)
    run = await calculated(stage)
    for person in (stage.officer, stage.chair):
        for query in (APPROVE, POST):
            assert (await stage.api.ask(person, query, id=run["id"])).code == "FORBIDDEN"


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_two_postings_at_once_post_once(stage: Stage) -> None:
    await earned(stage)
    run = await calculated(stage)
    other = make_runtime(stage.runtime.settings)
    try:
        answers = await asyncio.gather(
            stage.api.ask(stage.admin, POST, id=run["id"]),
            Api(other).ask(stage.admin, POST, id=run["id"]),
        )
    finally:
        await close_runtime(other)
    assert sorted(str(answer.code) for answer in answers) == ["ALREADY_POSTED", "None"]
    assert [one.row.kind for one in await stage.entries()].count("DIVIDEND") == 1
    await stage.books_hold()


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_two_payouts_at_once_pay_once(stage: Stage) -> None:
    await earned(stage)
    run = await posted(stage)
    values = {"dividendRunId": run["id"], "payout": "CASH", "memberIds": [str(stage.jane.id)]}
    other = make_runtime(stage.runtime.settings)
    try:
        answers = await asyncio.gather(
            stage.api.ask(stage.officer, PAY, input=values),
            Api(other).ask(stage.officer, PAY, input=values),
        )
    finally:
        await close_runtime(other)
    assert sorted(str(answer.code) for answer in answers) == ["ALREADY_PAID", "None"]
    await stage.books_hold()

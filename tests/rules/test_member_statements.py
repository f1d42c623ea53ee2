"""Members' statements and passbooks: what the books hold of a member, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.services.member_lines import MemberLine
from app.services.passbook import months_of
from tests.rules.test_movements import withdraw
from tests.support.api import contribute
from tests.support.loans import REVERSE, lending
from tests.support.stage import Stage
from tests.support.welfare import PAY, payment, with_fund

STATEMENT = """query S($memberId: UUID!, $from: Date, $to: Date, $first: Int, $after: String) {
  memberStatement(memberId: $memberId, from: $from, to: $to, first: $first, after: $after) {
    from to totalCount pageInfo { hasNextPage endCursor }
    edges { node {
      date kind isReversal fund subcategory amountIn amountOut receiptNumber savings } }
    funds { fund opening amountIn amountOut closing }
    loans { id outstandingPrincipal } fines { status outstanding } dividends { run { fiscalYear } }
  } }"""
PASSBOOK = """query P($memberId: UUID!, $year: Int) { passbook(memberId: $memberId, year: $year) {
  year openingBalance member { id } months {
    month savings withdrawn welfare project fines welfarePayouts loanPrincipal repayments
    balance loanBalance monthsInARow } } }"""


async def statement(stage: Stage, member: Any, **variables: Any) -> dict[str, Any]:
    answer = await stage.api.ask(stage.chair, STATEMENT, memberId=str(member.id), **variables)
    found: dict[str, Any] = answer["memberStatement"]
    return found


async def passbook(stage: Stage, member: Any, **variables: Any) -> dict[str, Any]:
    answer = await stage.api.ask(stage.chair, PASSBOOK, memberId=str(member.id), **variables)
    found: dict[str, Any] = answer["passbook"]
    return found


def fund(found: dict[str, Any], name: str) -> tuple[str, ...]:
    (row,) = [one for one in found["funds"] if one["fund"] == name]
    return tuple(row[part] for part in ("opening", "amountIn", "amountOut", "closing"))


async def paid(stage: Stage, member: Any, amount: Any, **changes: Any) -> None:
    (result,) = await stage.api.sync(stage.officer, contribute(member.id, amount, **changes))
    assert result["outcome"] == "APPLIED", result


async def test_a_statement_opens_with_what_was_before_and_runs_by_date(stage: Stage) -> None:
    jane = stage.jane
    await paid(stage, jane, "300.00", contributionDate="2026-03-05")
    await paid(stage, jane, "1000.00", contributionDate="2025-11-05")
    await paid(stage, jane, "70.00", contributionType="WELFARE", contributionDate="2026-02-01")
    await paid(stage, jane, "50.00", contributionDate="2026-02-01")
    await paid(stage, stage.john, "999.00")
    found = await statement(stage, jane, **{"from": "2026-01-01", "to": "2026-03-31"})
    assert [(one["node"]["date"], one["node"]["savings"]) for one in found["edges"]] == [
        ("2026-02-01", "1000.00"),
        ("2026-02-01", "1050.00"),
        ("2026-03-05", "1350.00"),
    ]
    assert fund(found, "MEMBER_SAVINGS") == ("1000.00", "350.00", "0.00", "1350.00")
    assert fund(found, "WELFARE_FUND") == ("0.00", "70.00", "0.00", "70.00")
    page = await statement(stage, jane, first=2, to="2026-12-31")
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (3, True)
    after = page["pageInfo"]["endCursor"]
    (last,) = (await statement(stage, jane, first=2, to="2026-12-31", after=after))["edges"]
    assert last["node"]["savings"] == "1350.00"


async def test_a_reversal_stands_beside_what_it_takes_back(stage: Stage) -> None:
    await paid(stage, stage.jane, "1000.00")
    await withdraw(stage, "200.00")
    values = {"entryId": str((await stage.entries())[-1].row.id), "reason": "Not taken"}
    assert not (await stage.api.ask(stage.admin, REVERSE, input=values)).errors
    found = await statement(stage, stage.jane)
    lines = [one["node"] for one in found["edges"]]
    assert [(one["kind"], one["subcategory"], one["isReversal"]) for one in lines] == [
        ("CONTRIBUTION", "savings", False),
        ("WITHDRAWAL", "savings_withdrawal", False),
        ("WITHDRAWAL", "savings_withdrawal", True),
    ]
    assert [(one["amountIn"], one["amountOut"]) for one in lines] == [
        ("1000.00", "0.00"),
        ("0.00", "200.00"),
        ("200.00", "0.00"),
    ]
    months = (await passbook(stage, stage.jane))["months"]
    assert (months[-1]["withdrawn"], months[-1]["balance"]) == ("0.00", "1000.00")


async def test_a_loan_shows_what_was_lent_paid_back_and_owed(stage: Stage) -> None:
    lender = await lending(stage)
    loan_id = await lender.running("9000.00")
    await lender.repay(loan_id, "3300.00")
    found = await statement(stage, lender.jane)
    loan = await lender.loan(loan_id)
    assert fund(found, "LOANS_SHORT_TERM")[-1] == loan["outstandingPrincipal"]
    assert found["loans"] == [
        {"id": str(loan_id), "outstandingPrincipal": loan["outstandingPrincipal"]}
    ]
    month = (await passbook(stage, lender.jane))["months"][-1]
    assert (month["loanPrincipal"], month["repayments"]) == ("9000.00", "3300.00")
    assert (month["loanBalance"], month["monthsInARow"]) == (loan["outstandingPrincipal"], 3)


async def test_a_welfare_payout_is_on_the_statement_of_who_got_it(stage: Stage) -> None:
    welfare = await with_fund(stage)
    request_id = await welfare.approved()
    assert not (await stage.api.ask(stage.officer, PAY, input=payment(request_id))).errors
    found = await statement(stage, welfare.jane)
    (line,) = [one["node"] for one in found["edges"]]
    assert (line["fund"], line["subcategory"]) == ("WELFARE_PAYOUT", "welfare_payout")
    assert (line["amountOut"], line["savings"]) == ("3000.00", "0.00")
    assert (await passbook(stage, welfare.jane))["months"][-1]["welfarePayouts"] == "3000.00"
    other = await statement(stage, stage.john)
    assert fund(other, "WELFARE_FUND")[-1] == "20000.00"


async def test_a_period_and_a_year_must_be_real(stage: Stage) -> None:
    values: dict[str, Any] = {"memberId": str(stage.jane.id)}
    for query, extra, field in (
        (STATEMENT, {"from": "2026-02-01", "to": "2026-01-31"}, "from"),
        (STATEMENT, {"first": 101}, "first"),
        (STATEMENT, {"after": "x"}, "after"),
        (PASSBOOK, {"year": 1999}, "year"),
        (PASSBOOK, {"year": 9999}, "year"),
    ):
        answer = await stage.api.ask(stage.officer, query, **values, **extra)
        assert (answer.code, answer.field) == ("BAD_INPUT", field)


async def test_a_past_year_has_twelve_months_and_the_balance_before(stage: Stage) -> None:
    await paid(stage, stage.jane, "500.00", contributionDate="2024-12-05")
    await paid(stage, stage.jane, "600.00", contributionDate="2025-01-05")
    found = await passbook(stage, stage.jane, year=2025)
    assert (found["openingBalance"], len(found["months"])) == ("500.00", 12)
    assert [one["monthsInARow"] for one in found["months"][:4]] == [2, 0, 0, 0]
    assert [one["balance"] for one in found["months"]] == ["1100.00"] * 12


def line(
    day: date, fund: str, value: int, kind: str = "CONTRIBUTION", **changes: Any
) -> MemberLine:
    values: dict[str, Any] = {"subcategory": "x", "is_reversal": False, "savings": 0}
    return MemberLine(
        **{
            "id": None,
            "date": day,
            "sequence": 1,
            "line": 0,
            "kind": kind,
            "fund": fund,
            "receipt_number": "",
            "loan_id": None,
            "value": value,
            **values,
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("kind", "value", "principal", "repaid", "owed"),
    [
        ("DISBURSEMENT", -900, 900, 0, 900),
        ("REPAYMENT", 300, 0, 300, -300),
        ("WRITE_OFF", 300, 0, 0, -300),
    ],
)
def test_a_loan_written_off_was_not_paid_back(
    kind: str, value: int, principal: int, repaid: int, owed: int
) -> None:
    lines = [line(date(2026, 1, 5), "LOANS_PROJECT", value, kind)]
    (month,) = months_of(lines, {}, 500_00, date(2026, 1, 31), date(2026, 1, 31))
    assert (month.loan_principal, month.repayments, month.loan_balance) == (principal, repaid, owed)


def test_months_in_a_row_count_up_to_each_month() -> None:
    paid = {(2025, 12): 500, (2026, 1): 500, (2026, 3): 499, (2026, 4): 500}
    ended = months_of([], paid, 500, date(2026, 4, 30), date(2026, 6, 1))
    assert [one.months_in_a_row for one in ended] == [2, 0, 0, 1]
    running = months_of([], paid, 500, date(2026, 5, 2), date(2026, 5, 2))
    assert [one.months_in_a_row for one in running] == [2, 0, 0, 1, 1]

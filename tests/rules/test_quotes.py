"""What a loan costs, before anybody asks for it: `loanQuote` for everyone who is signed in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.api import Answer
from tests.support.stage import Stage

CASES = json.loads((Path(__file__).parents[1] / "cases/loan_schedules.json").read_text())
QUOTE = """query Quote($loanType: LoanType!, $amount: Money!, $rate: Percent!, $months: Int!,
    $grace: Int, $extra: Money, $groupId: UUID) {
  loanQuote(loanType: $loanType, amount: $amount, interestRate: $rate, durationMonths: $months,
      graceMonths: $grace, extraPayment: $extra, groupId: $groupId, startDate: "2026-01-31") {
    fee totalInterest totalRepayable annualPercentageRate
    repaymentSchedule { number principal interest total remainingBalance }
  } }"""


ASKED = {
    "loanType": "SHORT_TERM",
    "amount": "9000.00",
    "rate": "10",
    "months": 3,
    "grace": 0,
    "extra": "0.00",
    "groupId": None,
}


async def quoted(stage: Stage, **changes: object) -> Answer:
    return await stage.api.ask(stage.admin, QUOTE, **ASKED | changes)


async def test_every_worked_case_comes_out_of_the_api_to_the_cent(stage: Stage) -> None:
    assert CASES
    for case in CASES:
        answer = await quoted(
            stage,
            loanType=case["loanType"],
            amount=case["principal"],
            rate=case["rate"],
            months=case["durationMonths"],
            grace=case["graceMonths"],
            extra=case["extraPayment"],
        )
        assert not answer.errors, case
        assert answer["loanQuote"]["repaymentSchedule"] == case["schedule"]


async def test_the_full_cost_has_the_groups_fee_in_it(stage: Stage) -> None:
    bare = (await quoted(stage))["loanQuote"]
    assert (bare["fee"], bare["totalInterest"], bare["totalRepayable"]) == (
        "0.00",
        "900.00",
        "9900.00",
    )
    group = await stage.make.group(settings={"appreciation_percent": 100})
    whole = (await quoted(stage, groupId=str(group.id)))["loanQuote"]
    assert whole["fee"] == "90.00"
    assert float(whole["annualPercentageRate"]) > float(bare["annualPercentageRate"]) > 60


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "0.00"}, "amount"),
        ({"months": 4}, "durationMonths"),
        ({"extra": "100.00"}, "extraPayment"),
        ({"grace": 1}, "graceMonths"),
    ],
)
async def test_what_cannot_be_quoted_names_its_field(
    stage: Stage, changes: dict[str, object], field: str
) -> None:
    answer = await quoted(stage, **changes)
    assert (answer.code, answer.field) == ("BAD_INPUT", field)

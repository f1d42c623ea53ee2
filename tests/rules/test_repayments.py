"""Paying a loan back: allocation, early and extra payment, fines, write-off, reversal."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from app import clock
from app.models import FineCharge, Loan, Repayment
from app.models.base import new_id
from app.runtime import close_runtime, make_runtime
from app.services.loan_schedule import months_after
from app.workers.late_fines import charge_late_fines
from tests.support.api import Api
from tests.support.loans import REPAY, REVERSE, Lending, days_ago, lending
from tests.support.stage import Stage

WRITE_OFF = """mutation Lose($loanId: UUID!, $reason: String!) {
  writeOffLoan(loanId: $loanId, reason: $reason) { status writeOffReason } }"""
FINES = "mutation Fines($groupId: UUID!) { chargeLateFines(groupId: $groupId) }"
AT_RISK = """query Risk($groupIds: [UUID!], $days: Int!) {
  portfolioAtRisk(groupIds: $groupIds, days: $days) {
    outstanding atRisk loans loansAtRisk share } }"""


@pytest.fixture
async def lender(stage: Stage) -> Lending:
    return await lending(stage, oldest=days_ago(stage, 55))


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes it another day, for everybody."""

    def to(day: date) -> None:
        monkeypatch.setattr(clock, "today", lambda zone: day)

    return to


def parts(answer: Any) -> tuple[str, ...]:
    found = answer["recordRepayment"]
    return tuple(found[name] for name in ("principal", "interest", "fines", "savings"))


async def test_what_is_due_is_paid_interest_before_principal(lender: Lending) -> None:
    loan_id = await lender.running("9000.00", days_ago(lender.stage, 31))
    assert parts(await lender.repay(loan_id, "400.00")) == ("100.00", "300.00", "0.00", "0.00")
    entry = (await lender.stage.entries())[-1]
    assert entry.moves == [
        ("CASH", 300_00),
        ("LOAN_INTEREST", -300_00),
        ("CASH", 100_00),
        ("LOANS_SHORT_TERM", -100_00),
    ]
    assert [line.subcategory for line in entry.lines if line.subcategory] == [
        "loan_interest",
        "short_term_loan",
    ]
    await lender.stage.books_hold()


async def test_the_rest_pays_the_next_instalments_of_a_short_term_loan(lender: Lending) -> None:
    loan_id = await lender.running("9000.00")
    assert parts(await lender.repay(loan_id, "3400.00")) == ("3000.00", "400.00", "0.00", "0.00")
    rows = (await lender.loan(loan_id))["repaymentSchedule"]
    assert [row["paid"] for row in rows] == ["3300.00", "100.00", "0.00"]


async def test_what_is_over_goes_to_the_savings_and_the_loan_is_completed(
    lender: Lending,
) -> None:
    loan_id = await lender.running("9000.00")
    answer = await lender.repay(loan_id, "10000.00")
    assert parts(answer) == ("9000.00", "900.00", "0.00", "100.00")
    loan = answer["recordRepayment"]["loan"]
    assert (loan["status"], loan["outstandingPrincipal"]) == ("COMPLETED", "0.00")
    assert (await lender.stage.entries())[-1].moves[-1] == ("MEMBER_SAVINGS", -100_00)
    assert (await lender.repay(loan_id, "1.00")).code == "LOAN_CLOSED"
    await lender.stage.books_hold()


async def test_who_pays_a_few_days_early_has_paid_that_instalment(
    lender: Lending, travel: Any
) -> None:
    stage = lender.stage
    today = date.fromisoformat(stage.api.today())
    loan_id = await lender.running("12000.00", loanType="LONG_TERM", durationMonths=12)
    due = months_after(today, 1)
    travel(due - timedelta(days=7))
    assert parts(await lender.repay(loan_id, "1120.00")) == ("1000.00", "120.00", "0.00", "0.00")
    travel(due + timedelta(days=1))
    loan = await lender.loan(loan_id)
    assert (loan["arrears"], loan["daysOverdue"]) == ("0.00", 0)


async def test_paying_ahead_lowers_the_principal_and_shortens_the_loan(
    lender: Lending, travel: Any
) -> None:
    today = date.fromisoformat(lender.stage.api.today())
    loan_id = await lender.running("12000.00", loanType="LONG_TERM", durationMonths=12)
    assert parts(await lender.repay(loan_id, "6000.00")) == ("6000.00", "0.00", "0.00", "0.00")
    loan = await lender.loan(loan_id)
    rows = loan["repaymentSchedule"]
    assert len(rows) == 6
    assert [row["interest"] for row in rows] == [
        "60.00",
        "50.00",
        "40.00",
        "30.00",
        "20.00",
        "10.00",
    ]
    assert loan["outstandingPrincipal"] == "6000.00"
    travel(months_after(today, 1))
    assert parts(await lender.repay(loan_id, "1060.00")) == ("1000.00", "60.00", "0.00", "0.00")
    await lender.stage.books_hold()


async def test_settling_early_costs_principal_and_interest_to_date(
    lender: Lending, travel: Any
) -> None:
    today = date.fromisoformat(lender.stage.api.today())
    loan_id = await lender.running("12000.00", loanType="LONG_TERM", durationMonths=12)
    days = (months_after(today, 1) - today).days
    travel(today + timedelta(days=10))
    payoff = (await lender.loan(loan_id))["payoff"]
    assert payoff == f"{(12000_00 + round(120_00 * 10 / days)) / 100:.2f}"
    answer = await lender.repay(loan_id, payoff)
    assert answer["recordRepayment"]["loan"]["status"] == "COMPLETED"
    assert answer["recordRepayment"]["savings"] == "0.00"
    await lender.stage.books_hold()


async def test_a_late_instalment_is_fined_once_after_the_days_of_grace(
    lender: Lending, travel: Any
) -> None:
    stage = lender.stage
    today = date.fromisoformat(stage.api.today())
    loan_id = await lender.running("9000.00")
    due = months_after(today, 1)
    travel(due + timedelta(days=3))
    assert (await stage.api.ask(stage.admin, FINES, groupId=str(stage.group.id)))[
        "chargeLateFines"
    ] == 0
    travel(due + timedelta(days=4))
    for number in (1, 0):
        answer = await stage.api.ask(stage.admin, FINES, groupId=str(stage.group.id))
        assert answer["chargeLateFines"] == number
    loan = await lender.loan(loan_id)
    assert (loan["outstandingFines"], loan["arrears"]) == ("50.00", "3350.00")
    assert loan["daysOverdue"] == 4
    assert parts(await lender.repay(loan_id, "3350.00")) == ("3000.00", "300.00", "50.00", "0.00")
    (charge,) = await stage.all_of(FineCharge)
    assert charge.status == "SETTLED"
    await stage.books_hold()


async def test_the_worker_fines_what_is_late_in_every_group(lender: Lending, travel: Any) -> None:
    stage = lender.stage
    today = date.fromisoformat(stage.api.today())
    await lender.running("9000.00")
    travel(months_after(today, 1) + timedelta(days=4))
    assert await charge_late_fines({"runtime": stage.runtime}) == 1
    assert await charge_late_fines({"runtime": stage.runtime}) == 0
    (charge,) = await stage.all_of(FineCharge)
    assert (charge.amount, charge.reason) == (50_00, "LATE_INSTALMENT")


async def test_the_fine_does_not_wait_for_the_job(lender: Lending, travel: Any) -> None:
    today = date.fromisoformat(lender.stage.api.today())
    loan_id = await lender.running("9000.00")
    travel(months_after(today, 1) + timedelta(days=4))
    assert parts(await lender.repay(loan_id, "100.00")) == ("0.00", "50.00", "50.00", "0.00")


async def test_a_payment_in_time_that_is_sent_late_is_not_fined(
    lender: Lending, travel: Any
) -> None:
    stage = lender.stage
    today = date.fromisoformat(stage.api.today())
    loan_id = await lender.running("9000.00")
    due = months_after(today, 1)
    travel(due + timedelta(days=10))
    await stage.api.ask(stage.admin, FINES, groupId=str(stage.group.id))
    answer = await lender.repay(loan_id, "3300.00", paymentDate=due.isoformat())
    assert parts(answer) == ("3000.00", "300.00", "0.00", "0.00")
    (charge,) = await stage.all_of(FineCharge)
    assert charge.status == "WAIVED"


async def test_a_phones_payment_on_a_closed_loan_is_held(lender: Lending) -> None:
    stage = lender.stage
    loan_id = await lender.running("9000.00")
    await lender.repay(loan_id, "9900.00")
    operation = {
        "recordRepayment": {
            "loanId": str(loan_id),
            "amount": "500.00",
            "paymentMethod": "CASH",
            "offlineSyncId": str(new_id()),
        }
    }
    (result,) = await stage.api.sync(stage.officer, operation)
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "LOAN_CLOSED")
    (result,) = await stage.api.sync(stage.officer, operation)
    assert result["outcome"] == "HELD"
    assert len(await stage.all_of(Repayment)) == 1
    await stage.books_hold()


async def test_a_loan_that_was_not_paid_out_takes_no_money(lender: Lending) -> None:
    loan_id = await lender.applied()
    assert (await lender.repay(loan_id, "1.00")).code == "NOT_DISBURSED"


async def test_a_payment_before_the_disbursement_is_wrong(lender: Lending) -> None:
    loan_id = await lender.running("9000.00")
    day = days_ago(lender.stage, 1).isoformat()
    answer = await lender.repay(loan_id, "1.00", paymentDate=day)
    assert (answer.code, answer.field) == ("BAD_INPUT", "paymentDate")


async def test_the_same_payment_twice_is_booked_once(lender: Lending) -> None:
    loan_id = await lender.running("9000.00")
    sync_id = str(new_id())
    first = await lender.repay(loan_id, "500.00", offlineSyncId=sync_id)
    second = await lender.repay(loan_id, "500.00", offlineSyncId=sync_id)
    assert first["recordRepayment"]["id"] == second["recordRepayment"]["id"]
    assert len(await lender.stage.all_of(Repayment)) == 1


async def test_a_repayment_is_taken_back(lender: Lending) -> None:
    loan_id = await lender.running("12000.00", loanType="LONG_TERM", durationMonths=12)
    before = await lender.loan(loan_id)
    await lender.repay(loan_id, "6000.00")
    assert not (await lender.reverse_last()).errors
    after = await lender.loan(loan_id)
    (undone,) = after.pop("repayments")
    before.pop("repayments")
    assert undone["isReversed"] is True
    assert after == before
    await lender.stage.books_hold()


async def test_only_the_newest_repayment_is_taken_back(lender: Lending) -> None:
    stage = lender.stage
    loan_id = await lender.running("9000.00")
    await lender.repay(loan_id, "100.00")
    first = (await stage.entries())[-1].row.id
    await lender.repay(loan_id, "100.00")
    values = {"entryId": str(first), "reason": "x"}
    assert (await stage.api.ask(stage.admin, REVERSE, input=values)).code == "NOT_LATEST"
    assert not (await lender.reverse_last()).errors
    assert not (await stage.api.ask(stage.admin, REVERSE, input=values)).errors
    assert (await lender.loan(loan_id))["outstandingPrincipal"] == "9000.00"


async def test_a_completed_loan_is_not_opened_beside_another(lender: Lending) -> None:
    stage = lender.stage
    loan_id = await lender.running("9000.00")
    await lender.repay(loan_id, "9900.00")
    entry_id = (await stage.entries())[-1].row.id
    await lender.applied()
    values = {"entryId": str(entry_id), "reason": "x"}
    assert (await stage.api.ask(stage.admin, REVERSE, input=values)).code == "LOAN_OPEN"


async def test_a_loan_is_written_off_and_what_comes_later_is_income(lender: Lending) -> None:
    stage = lender.stage
    loan_id = await lender.running("9000.00")
    await lender.repay(loan_id, "3300.00")
    lose = {"loanId": str(loan_id), "reason": "The member died"}
    assert (await stage.api.ask(stage.officer, WRITE_OFF, **lose)).code == "FORBIDDEN"
    answer = await stage.api.ask(stage.admin, WRITE_OFF, **lose)
    assert answer["writeOffLoan"]["status"] == "WRITTEN_OFF"
    assert (await stage.entries())[-1].moves == [
        ("LOAN_LOSSES", 6000_00),
        ("LOANS_SHORT_TERM", -6000_00),
    ]
    found = (await lender.repay(loan_id, "500.00"))["recordRepayment"]
    assert (found["recovered"], found["principal"]) == ("500.00", "0.00")
    assert (await stage.entries())[-1].moves == [("CASH", 500_00), ("OTHER_INCOME", -500_00)]
    await stage.books_hold()


async def test_a_write_off_is_taken_back(lender: Lending) -> None:
    stage = lender.stage
    loan_id = await lender.running("9000.00")
    await stage.api.ask(stage.admin, WRITE_OFF, loanId=str(loan_id), reason="x")
    assert not (await lender.reverse_last()).errors
    loan = await lender.loan(loan_id)
    assert (loan["status"], loan["outstandingPrincipal"]) == ("DISBURSED", "9000.00")
    await stage.books_hold()


async def test_the_portfolio_at_risk_counts_whole_loans(lender: Lending, travel: Any) -> None:
    stage = lender.stage
    today = date.fromisoformat(stage.api.today())
    await lender.running("9000.00")
    group = [str(stage.group.id)]

    async def risk(days: int) -> Any:
        answer = await stage.api.ask(stage.chair, AT_RISK, groupIds=group, days=days)
        return answer["portfolioAtRisk"]

    assert (await risk(30))["share"] == "0.00"
    travel(months_after(today, 1) + timedelta(days=31))
    found = await risk(30)
    assert (found["atRisk"], found["share"], found["loansAtRisk"]) == ("9000.00", "100.00", 1)
    assert (await risk(31))["atRisk"] == "0.00"
    empty = await stage.make.group()
    answer = await stage.api.ask(stage.admin, AT_RISK, groupIds=[str(empty.id)], days=30)
    assert answer["portfolioAtRisk"]["share"] is None


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_two_payments_at_once_that_both_settle_the_loan(lender: Lending) -> None:
    stage = lender.stage
    loan_id = await lender.running("9000.00")
    values = {"loanId": str(loan_id), "amount": "9900.00", "paymentMethod": "CASH"}
    other = make_runtime(stage.runtime.settings)
    try:
        answers = await asyncio.gather(
            stage.api.ask(stage.officer, REPAY, input=values),
            Api(other).ask(stage.officer, REPAY, input=values),
        )
    finally:
        await close_runtime(other)
    assert sorted(str(answer.code) for answer in answers) == ["LOAN_CLOSED", "None"]
    (loan,) = await stage.all_of(Loan)
    assert loan.status == "COMPLETED"
    await stage.books_hold()


DECIDE = """mutation Decide($input: DecideReviewInput!) {
  decideReview(input: $input) { status decisionEntryId } }"""


async def test_a_held_repayment_is_placed_to_its_loan(lender: Lending) -> None:
    stage = lender.stage
    loan_id = await lender.running("9000.00")
    operation = {
        "recordRepayment": {
            "loanId": str(loan_id),
            "amount": "3300.00",
            "paymentMethod": "CASH",
            "paymentDate": "2099-01-01",
            "offlineSyncId": str(new_id()),
        }
    }
    (held,) = await stage.api.sync(stage.officer, operation)
    assert (held["outcome"], held["error"]["code"]) == ("HELD", "DATE_IN_FUTURE")
    values = {"itemId": held["entityId"], "action": "ACCEPT"}
    answer = await stage.api.ask(stage.admin, DECIDE, input=values)
    assert answer["decideReview"]["status"] == "DECIDED"
    assert (await stage.entries())[-1].moves == [
        ("SUSPENSE", 3300_00),
        ("LOAN_INTEREST", -300_00),
        ("LOANS_SHORT_TERM", -3000_00),
    ]
    (again,) = await stage.api.sync(stage.officer, operation)
    assert again["outcome"] == "DUPLICATE"
    await stage.books_hold()


async def test_held_money_that_went_out_becomes_the_loan_once_it_is_approved(
    lender: Lending,
) -> None:
    stage = lender.stage
    loan_id = await lender.applied("9000.00")
    operation = {
        "disburseLoan": {
            "loanId": str(loan_id),
            "paymentMethod": "CASH",
            "offlineSyncId": str(new_id()),
        }
    }
    (held,) = await stage.api.sync(stage.officer, operation)
    values = {
        "itemId": held["entityId"],
        "action": "PLACE_TO_LOAN",
        "loanId": str(loan_id),
        "note": "It was agreed at the meeting",
    }
    assert (await stage.api.ask(stage.admin, DECIDE, input=values)).code == "NOT_APPROVED"
    for person in (stage.officer, stage.chair):
        await lender.approve(loan_id, person)
    answer = await stage.api.ask(stage.admin, DECIDE, input=values)
    assert answer["decideReview"]["status"] == "DECIDED"
    loan = await lender.loan(loan_id)
    assert (loan["status"], loan["outstandingPrincipal"]) == ("DISBURSED", "9000.00")
    assert (await stage.balances(stage.group.id))["SUSPENSE"] == 0
    await stage.books_hold()

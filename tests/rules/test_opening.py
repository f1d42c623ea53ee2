"""Opening balances of a group that comes from paper (design.md, Money and the books)."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from app.models import Loan
from app.models.base import new_id
from app.runtime import close_runtime, make_runtime
from tests.rules.test_movements import withdraw
from tests.support.api import Answer, Api, contribute
from tests.support.loans import ONE, REPAY, REVERSE
from tests.support.stage import Stage

OPEN = """mutation Open($input: RecordOpeningInput!) { recordOpeningBalances(input: $input) {
  id kind bookingDate lines { account amount subcategory member { id } } } }"""
SUMMARY = """query M($id: UUID!) { member(id: $id) {
  savingsSummary { regular consecutiveMonths maxLoan } } }"""


def paper(stage: Stage, **changes: Any) -> dict[str, Any]:
    """What the group has on paper: 4,000.00 and a loan, of which 1,800.00 is surplus."""
    return {
        "groupId": str(stage.group.id),
        "cash": "3000.00",
        "bank": "1000.00",
        "welfareFund": "700.00",
        "projectFund": "300.00",
        "externalLoans": "200.00",
        "savings": [
            {"memberId": str(stage.jane.id), "amount": "2500.00"},
            {"memberId": str(stage.john.id), "amount": "500.00"},
        ],
        "loans": [
            {
                "memberId": str(stage.jane.id),
                "loanType": "SHORT_TERM",
                "principal": "2000.00",
                "monthsLeft": 2,
            }
        ],
        "note": "From the black book",
        **changes,
    }


async def opening(stage: Stage, who: Any = None, **changes: Any) -> Answer:
    return await stage.api.ask(who or stage.admin, OPEN, input=paper(stage, **changes))


async def reverse(stage: Stage, number: int = -1) -> Answer:
    entry_id = str((await stage.entries())[number].row.id)
    return await stage.api.ask(
        stage.admin, REVERSE, input={"entryId": entry_id, "reason": "Another page"}
    )


async def test_one_entry_opens_the_books_and_the_rest_is_surplus(stage: Stage) -> None:
    made = (await opening(stage))["recordOpeningBalances"]
    assert (made["kind"], made["bookingDate"]) == ("OPENING", stage.api.today())
    assert [(one["account"], one["amount"], one["subcategory"]) for one in made["lines"]] == [
        ("CASH", "3000.00", "opening"),
        ("BANK", "1000.00", "opening"),
        ("LOANS_SHORT_TERM", "2000.00", None),
        ("MEMBER_SAVINGS", "-2500.00", None),
        ("MEMBER_SAVINGS", "-500.00", None),
        ("WELFARE_FUND", "-700.00", None),
        ("PROJECT_FUND", "-300.00", None),
        ("EXTERNAL_LOANS", "-200.00", None),
        ("RETAINED_SURPLUS", "-1800.00", None),
    ]
    await stage.books_hold()


async def test_opening_savings_are_savings_but_no_months_in_a_row(stage: Stage) -> None:
    await opening(stage, loans=[])
    answer = await stage.api.ask(stage.officer, SUMMARY, id=str(stage.jane.id))
    summary = answer["member"]["savingsSummary"]
    assert summary == {"regular": "2500.00", "consecutiveMonths": 0, "maxLoan": "7500.00"}
    # Half of what the member had may be taken out.
    assert (await withdraw(stage, "1250.01")).code == "OVER_HALF"
    assert not (await withdraw(stage, "1250.00")).errors


async def test_a_paper_loan_runs_on_a_schedule_of_its_own_and_is_paid_back(stage: Stage) -> None:
    day = date.fromisoformat(stage.api.today()) - timedelta(days=10)
    await opening(stage, date=day.isoformat())
    (row,) = await stage.all_of(Loan)
    loan = (await stage.api.ask(stage.officer, ONE, id=str(row.id)))["loan"]
    assert (loan["status"], loan["outstandingPrincipal"]) == ("DISBURSED", "2000.00")
    assert (loan["disbursedOn"], len(loan["repaymentSchedule"])) == (day.isoformat(), 2)
    payment = {"loanId": loan["id"], "amount": loan["payoff"], "paymentMethod": "CASH"}
    paid = (await stage.api.ask(stage.officer, REPAY, input=payment))["recordRepayment"]
    assert (paid["principal"], paid["loan"]["status"]) == ("2000.00", "COMPLETED")
    await stage.books_hold()


async def test_the_books_are_opened_once_and_while_they_are_empty(stage: Stage) -> None:
    key = str(new_id())
    first = (await opening(stage, offlineSyncId=key))["recordOpeningBalances"]
    assert (await opening(stage, offlineSyncId=key))["recordOpeningBalances"] == first
    answer = await opening(stage)
    assert (answer.code, answer.field) == ("ALREADY_OPENED", "groupId")
    other = await stage.make.group()
    member = await stage.make.member(other)
    await stage.api.sync(stage.admin, contribute(member.id))
    answer = await opening(stage, groupId=str(other.id), savings=[], loans=[])
    assert (answer.code, answer.field) == ("BOOKS_NOT_EMPTY", "groupId")


async def test_it_is_taken_back_only_while_nothing_else_was_booked(stage: Stage) -> None:
    await opening(stage)
    assert not (await reverse(stage)).errors
    (loan,) = await stage.all_of(Loan)
    assert loan.status == "REJECTED"
    assert not any((await stage.balances(stage.group.id)).values())
    assert not (await opening(stage)).errors
    await stage.api.sync(stage.officer, contribute(stage.john.id))
    assert (await reverse(stage, -2)).code == "BOOKS_NOT_EMPTY"
    await stage.books_hold()


async def test_bad_input_names_its_field_and_opens_nothing(stage: Stage) -> None:
    saving = {"memberId": str(stage.jane.id), "amount": "1.00"}
    stranger = await stage.make.member(await stage.make.group())
    loan = {**paper(stage)["loans"][0]}
    for changes, code, field in (
        ({"cash": "-1.00"}, "BAD_INPUT", "cash"),
        ({"date": "2099-01-01"}, "BAD_INPUT", "date"),
        ({"savings": [saving, saving]}, "BAD_INPUT", "savings"),
        ({"savings": [{**saving, "amount": "0"}]}, "BAD_INPUT", "savings"),
        ({"savings": [{**saving, "memberId": str(stranger.id)}]}, "NOT_FOUND", "savings"),
        ({"loans": [{**loan, "monthsLeft": 4}]}, "BAD_INPUT", "loans"),
        ({"loans": [{**loan, "memberId": str(stranger.id)}]}, "NOT_FOUND", "loans"),
        ({"loans": [loan, loan]}, "LOAN_OPEN", "loans"),
    ):
        answer = await opening(stage, **changes)
        assert (answer.code, answer.field) == (code, field), changes
    nothing = {"groupId": str(stage.group.id)}
    assert (await stage.api.ask(stage.admin, OPEN, input=nothing)).code == "BAD_INPUT"
    assert (await opening(stage, who=stage.officer)).code == "FORBIDDEN"
    assert await stage.entries() == []
    assert await stage.all_of(Loan) == []


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_of_two_openings_at_once_one_wins(stage: Stage) -> None:
    other = make_runtime(stage.runtime.settings)
    try:
        answers = await asyncio.gather(
            opening(stage), Api(other).ask(stage.admin, OPEN, input=paper(stage))
        )
    finally:
        await close_runtime(other)
    assert sorted(str(answer.code) for answer in answers) == ["ALREADY_OPENED", "None"]
    await stage.books_hold()

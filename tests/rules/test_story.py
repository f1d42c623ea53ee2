"""The specification's story and its two test scenarios, through the public API alone."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from PIL import Image
from starlette.datastructures import UploadFile

from app import clock
from app.models.base import new_id
from app.services.loan_eligibility import months_needed
from app.services.loan_schedule import months_after
from tests.rules.test_dividends import CALCULATE, PAY, POST, STATEMENT
from tests.rules.test_identity import UPLOAD, VERIFY
from tests.support.api import contribute, register
from tests.support.loans import APPLY, APPROVE, DISBURSE, ONE, REPAY, lending
from tests.support.stage import Stage

BOOKS = """query Books($groupId: UUID!) {
  trfBalance(groupId: $groupId) { total cashInHand shortTermLoans memberSavings surplus
    dividendsPayable welfareFund projectFund externalLoans suspense }
  cashLedger(groupId: $groupId, first: 100) { cashIn cashOut closingBalance
    edges { node { subcategory category amount } } } }"""


async def registered(stage: Stage, number: int) -> str:
    operation = register(stage.group.id, f"3123456{number}", memberName=f"Member {number}")
    (result,) = await stage.api.sync(stage.officer, operation)
    assert result["outcome"] == "APPLIED"
    return str(result["entityId"])


async def identified(stage: Stage, member_id: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (640, 400), "white").save(out, "JPEG")
    for kind in ("ID_FRONT", "ID_BACK"):
        file = UploadFile(io.BytesIO(out.getvalue()), filename="id.jpg")
        answer = await stage.api.ask(
            stage.officer, UPLOAD, memberId=member_id, kind=kind, file=file
        )
        assert not answer.errors
    answer = await stage.api.ask(stage.officer, VERIFY, memberId=member_id, notes="Original seen")
    assert answer["verifyIdentity"]["idVerified"] is True


async def test_from_registration_to_dividends(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    jane, first, second = [await registered(stage, number) for number in range(3)]
    today = date.fromisoformat(stage.api.today())
    saved = [
        contribute(member, "5000.00", contributionDate=date(year, month, 5).isoformat())
        for member in (jane, first)
        for year, month in months_needed(today)
    ]
    results = await stage.api.sync(stage.officer, *saved)
    assert {one["outcome"] for one in results} == {"APPLIED"}
    await identified(stage, jane)
    application = {
        "memberId": jane,
        "loanType": "SHORT_TERM",
        "amount": "20000.00",
        "durationMonths": 2,
        "purpose": "Business expansion",
        "witnesses": [first, second],
    }
    applied = await stage.api.ask(stage.officer, APPLY, input=application)
    loan_id = applied["applyForLoan"]["id"]
    for person in (stage.officer, stage.chair):
        assert not (await stage.api.ask(person, APPROVE, loanId=loan_id)).errors
    paid_out = await stage.api.ask(stage.officer, DISBURSE, loanId=loan_id, method="CASH")
    assert paid_out["disburseLoan"]["status"] == "DISBURSED"
    monkeypatch.setattr(clock, "today", lambda zone: months_after(today, 1))
    for amount in ("11000.00", "11000.00"):
        values = {"loanId": loan_id, "amount": amount, "paymentMethod": "CASH"}
        assert not (await stage.api.ask(stage.officer, REPAY, input=values)).errors
    loan = (await stage.api.ask(stage.chair, ONE, id=loan_id))["loan"]
    assert (loan["status"], loan["outstandingPrincipal"]) == ("COMPLETED", "0.00")
    year = months_after(today, 1).year
    monkeypatch.setattr(clock, "today", lambda zone: date(year + 1, 1, 20))
    await shared_out(stage, jane, year)
    await stage.books_hold()


async def shared_out(stage: Stage, jane: str, year: int) -> None:
    """2,000.00 of interest: 70 % is 1,400.00, half of it Jane's."""
    group = str(stage.group.id)
    run = (await stage.api.ask(stage.admin, CALCULATE, groupId=group, fiscalYear=year))[
        "calculateDividends"
    ]
    assert (run["totalProfit"], run["distributable"]) == ("2000.00", "1400.00")
    assert not (await stage.api.ask(stage.admin, POST, id=run["id"])).errors
    values = {"dividendRunId": run["id"], "payout": "CASH"}
    paid = await stage.api.ask(stage.officer, PAY, input=values)
    assert paid["payDividends"]["status"] == "PAID"
    mine = await stage.api.ask(stage.chair, STATEMENT, memberId=jane, fiscalYear=year)
    assert mine["dividendStatement"]["allocation"]["amount"] == "700.00"
    books = await stage.api.ask(stage.chair, BOOKS, groupId=group)
    trf = {name: amount for name, amount in books["trfBalance"].items() if amount != "0.00"}
    assert trf == {
        "total": "30600.00",
        "cashInHand": "30600.00",
        "memberSavings": "30000.00",
        "surplus": "600.00",
    }
    assert books["cashLedger"]["closingBalance"] == "30600.00"


async def test_loan_approval_workflow(stage: Stage) -> None:
    """spec.md: approve, disburse; the ledger has the amount, and the member one loan."""
    lender = await lending(stage)
    loan_id = await lender.approved("9000.00")
    found = (await lender.disburse(loan_id))["disburseLoan"]
    assert found["status"] == "DISBURSED"
    books = await stage.api.ask(stage.officer, BOOKS, groupId=str(stage.group.id))
    last: dict[str, Any] = books["cashLedger"]["edges"][-1]["node"]
    assert last == {"subcategory": "short_term_loan", "category": "CASH_OUT", "amount": "9000.00"}
    query = "query Mine($id: UUID!) { member(id: $id) { loans { id } } }"
    member = (await stage.api.ask(stage.officer, query, id=str(lender.jane.id)))["member"]
    assert member["loans"] == [{"id": str(loan_id)}]


async def test_offline_sync_recovery(stage: Stage) -> None:
    """spec.md: what was recorded offline is on the server once, under its offlineSyncId."""
    operation = contribute(stage.john.id, "1000.00", id=str(new_id()))
    sent = operation["recordContribution"]
    (lost,) = await stage.api.sync(stage.officer, operation)
    (again,) = await stage.api.sync(stage.officer, operation)
    assert (lost["outcome"], again["outcome"]) == ("APPLIED", "DUPLICATE")
    query = "query All { changes { contributions { id amount offlineSyncId } } }"
    found = (await stage.api.ask(stage.officer, query))["changes"]["contributions"]
    assert found == [
        {"id": sent["id"], "amount": "1000.00", "offlineSyncId": sent["offlineSyncId"]}
    ]

"""What the API gives is enough for the phone to say beforehand what the server will do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app import clock
from app.money import format_money
from app.services.loan_schedule import months_after
from tests.support.loans import Lending, lending
from tests.support.phone_rules import PhoneRules
from tests.support.stage import Stage

COPY = """query Copy($id: UUID!) { loan(id: $id) {
  loanType status loanAmount interestRate durationMonths graceMonths disbursedOn accruedOn
  accruedInterest terms { lateFine graceDays earlyDays }
  repaymentSchedule {
    number dueDate principal interest remainingBalance paid paidPrincipal paidInterest }
  outstandingPrincipal outstandingInterest outstandingFines arrears daysOverdue payoff
  nextDueDate nextDueAmount } }"""
CHARGED = """query Charged($memberId: UUID!) { fineCharges(memberId: $memberId) {
  edges { node { loanId instalment chargedOn amount paid status } } } }"""
FINES = "mutation Fines($groupId: UUID!) { chargeLateFines(groupId: $groupId) }"


@pytest.fixture
async def lender(stage: Stage) -> Lending:
    return await lending(stage)


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> PhoneRules:
    return PhoneRules(tmp_path_factory.mktemp("phone"))


async def copy_of(lender: Lending, loan_id: UUID) -> dict[str, Any]:
    answer = await lender.stage.api.ask(lender.stage.officer, COPY, id=str(loan_id))
    found: dict[str, Any] = answer["loan"]
    return found


async def fines_of(lender: Lending, loan_id: UUID) -> list[dict[str, Any]]:
    answer = await lender.stage.api.ask(lender.stage.officer, CHARGED, memberId=str(lender.jane.id))
    nodes = [edge["node"] for edge in answer["fineCharges"]["edges"]]
    return [node for node in nodes if node.pop("loanId") == str(loan_id)]


def compare_position(found: dict[str, Any], copy: dict[str, Any]) -> None:
    pairs = {
        "outstandingPrincipal": "outstandingPrincipal",
        "outstandingInterest": "outstandingInterest",
        "fines": "outstandingFines",
        "arrears": "arrears",
        "payoff": "payoff",
        "nextAmount": "nextDueAmount",
    }
    mine = {name: format_money(found[name]) for name in pairs}
    assert mine == {name: copy[field] for name, field in pairs.items()}
    assert found["daysOverdue"] == copy["daysOverdue"]
    assert found["nextDue"] == copy["nextDueDate"]


@pytest.mark.parametrize(
    "terms",
    [
        {"loanType": "SHORT_TERM", "durationMonths": 3},
        {"loanType": "LONG_TERM", "durationMonths": 12},
        {"loanType": "PROJECT", "durationMonths": 12, "graceMonths": 2},
    ],
    ids=lambda terms: terms["loanType"],
)
async def test_the_phone_divides_a_payment_as_the_server_does(
    lender: Lending, phone: PhoneRules, monkeypatch: pytest.MonkeyPatch, terms: dict[str, Any]
) -> None:
    stage = lender.stage
    start = date.fromisoformat(stage.api.today())
    loan_id = await lender.running("12000.00", **terms)
    late = months_after(start, 1) + timedelta(days=9)
    steps = ((start, 500_00), (late, 20_00), (late, 5_500_00), (late + timedelta(days=9), 300_00))
    for day, amount in (*steps, (late + timedelta(days=20), 9_000_00)):
        monkeypatch.setattr(clock, "today", lambda zone, day=day: day)
        if day == late:
            await stage.api.ask(stage.admin, FINES, groupId=str(stage.group.id))
        copy = await copy_of(lender, loan_id)
        fines = await fines_of(lender, loan_id)
        question = {"ask": "copy", "copy": copy, "fines": fines, "amount": amount}
        (found,) = phone.ask([question | {"day": day.isoformat()}])
        compare_position(found["position"], copy)
        paid = (await lender.repay(loan_id, format_money(amount)))["recordRepayment"]
        names = ("principal", "interest", "fines", "savings", "recovered")
        assert {name: format_money(found["parts"][name]) for name in names} == {
            name: paid[name] for name in names
        }
        assert found["parts"]["completed"] == (paid["loan"]["status"] == "COMPLETED")
    assert found["parts"]["completed"]


async def test_a_schedule_says_what_of_principal_and_interest_is_paid(
    lender: Lending, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = date.fromisoformat(lender.stage.api.today())
    loan_id = await lender.running("12000.00", loanType="LONG_TERM", durationMonths=12)
    copy = await copy_of(lender, loan_id)
    assert (copy["accruedOn"], copy["accruedInterest"]) == (None, "0.00")
    assert copy["terms"] == {"lateFine": "50.00", "graceDays": 3, "earlyDays": 7}
    day = start + timedelta(days=10)
    monkeypatch.setattr(clock, "today", lambda zone: day)
    await lender.repay(loan_id, "6000.00")
    copy = await copy_of(lender, loan_id)
    # Principal ahead of the interest of its own month: the sum alone would not tell.
    first = copy["repaymentSchedule"][0]
    assert (first["paid"], first["paidPrincipal"], first["paidInterest"]) == (
        "6000.00",
        "6000.00",
        "0.00",
    )
    days = (months_after(start, 1) - start).days
    assert copy["accruedOn"] == day.isoformat()
    assert copy["accruedInterest"] == format_money(round(120_00 * 10 / days))

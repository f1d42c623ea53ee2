"""Anyone who holds a receipt can ask the books about it, and learns nothing else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.models.base import new_id
from app.receipts import receipt_code, receipt_number
from app.services import receipts
from tests.rules.test_reversal import reverse
from tests.support.api import contribute
from tests.support.loans import lending
from tests.support.stage import Stage
from tests.support.statements import statements_of

CHECK = """query Check($number: String!, $code: String!) { receipt(number: $number, code: $code) {
  number state direction amount movedOn groupName reversedOn } }"""
PAY = """mutation Pay($input: RecordContributionInput!) {
  recordContribution(input: $input) { receiptNumber receiptCode entryId } }"""
MOVE = """mutation Move($input: RecordMovementInput!) { recordMovement(input: $input) { id } }"""
MOVEMENTS = """query All($groupId: UUID) { movements(groupId: $groupId) {
  edges { node { receiptNumber receiptCode } } } }"""


async def check(stage: Stage, number: str, code: str) -> Any:
    """As somebody who is not signed in."""
    return (await stage.api.ask(None, CHECK, number=number, code=code))["receipt"]


async def of(stage: Stage, operation_id: UUID) -> Any:
    return await check(stage, receipt_number(operation_id), receipt_code(operation_id))


async def synced(stage: Stage, **changes: Any) -> UUID:
    operation_id = new_id()
    await stage.api.sync(
        stage.officer, contribute(stage.jane.id, offlineSyncId=str(operation_id), **changes)
    )
    return operation_id


async def test_a_payment_is_in_the_books_until_it_is_reversed(stage: Stage) -> None:
    paid = await synced(stage, amount="1250.00", contributionDate="2026-01-15")
    found = await of(stage, paid)
    assert found == {
        "number": receipt_number(paid),
        "state": "IN_BOOKS",
        "direction": "IN",
        "amount": "1250.00",
        "movedOn": "2026-01-15",
        "groupName": stage.group.name,
        "reversedOn": None,
    }
    await reverse(stage, (await stage.entries())[-1].row.id)
    found = await of(stage, paid)
    assert (found["state"], found["reversedOn"]) == ("REVERSED", stage.api.today())
    assert found["amount"] == "1250.00"


async def test_number_and_code_are_read_as_people_write_them(stage: Stage) -> None:
    paid = await synced(stage)
    number, code = receipt_number(paid), receipt_code(paid)
    assert await check(stage, number[3:].replace("-", " ").lower(), f" {code.lower()} ")
    assert await check(stage, number.replace("0", "o").replace("1", "l"), code.replace("0", "O"))


async def test_a_wrong_code_and_an_unknown_number_look_the_same(stage: Stage) -> None:
    paid, other = await synced(stage), new_id()
    number, code = receipt_number(paid), receipt_code(paid)
    seen = []
    for asked in (
        (number, receipt_code(other)),
        (receipt_number(other), receipt_code(other)),
        (number, ""),
        (number, "-"),
    ):
        with statements_of(stage.runtime) as statements:
            assert await check(stage, *asked) is None
        seen.append(len(statements))
    with statements_of(stage.runtime) as statements:
        assert await check(stage, number, code)
    assert set(seen) == {len(statements)}
    assert await check(stage, "no number at all", code) is None


async def test_tries_are_limited_by_number_and_by_address(stage: Stage, monkeypatch: Any) -> None:
    monkeypatch.setattr(receipts, "TRIES_PER_NUMBER", 2)
    monkeypatch.setattr(receipts, "TRIES_PER_ADDRESS", 5)
    # The same for a number that does not exist: the limit tells nothing either.
    for number in (receipt_number(await synced(stage)), receipt_number(new_id())):
        for _ in range(2):
            assert await check(stage, number, "0000") is None
    answer = await stage.api.ask(None, CHECK, number=number, code="0000")
    assert answer.code == "TOO_MANY_REQUESTS"
    answer = await stage.api.ask(None, CHECK, number=receipt_number(new_id()), code="0000")
    assert answer.code == "TOO_MANY_REQUESTS"


async def test_money_without_its_place_is_at_the_office(stage: Stage) -> None:
    held = await synced(stage, contributionDate="2099-01-01")
    found = await of(stage, held)
    assert (found["state"], found["amount"]) == ("AT_OFFICE", "500.00")


async def test_what_the_office_books_has_number_and_code(stage: Stage) -> None:
    values = {
        "memberId": str(stage.jane.id),
        "amount": "300.00",
        "contributionType": "WELFARE",
        "paymentMethod": "CASH",
    }
    made = (await stage.api.ask(stage.officer, PAY, input=values))["recordContribution"]
    found = await check(stage, made["receiptNumber"], made["receiptCode"])
    assert (found["state"], found["amount"]) == ("IN_BOOKS", "300.00")
    banked = {
        "groupId": str(stage.group.id),
        "movement": "TO_BANK",
        "amount": "200.00",
        "paymentMethod": "CASH",
        "description": "After the meeting",
    }
    await stage.api.ask(stage.officer, MOVE, input=banked)
    listed = await stage.api.ask(stage.officer, MOVEMENTS, groupId=str(stage.group.id))
    (edge,) = listed["movements"]["edges"]
    found = await check(stage, edge["node"]["receiptNumber"], edge["node"]["receiptCode"])
    assert (found["direction"], found["amount"]) == ("WITHIN", "200.00")


async def test_a_loan_that_was_paid_out_and_repaid(stage: Stage) -> None:
    lender = await lending(stage)
    loan_id = await lender.approved("9000.00")
    paid_out, repaid = new_id(), new_id()
    given = {"loanId": str(loan_id), "paymentMethod": "CASH", "offlineSyncId": str(paid_out)}
    back = {
        "loanId": str(loan_id),
        "amount": "700.00",
        "paymentMethod": "CASH",
        "offlineSyncId": str(repaid),
    }
    results = await stage.api.sync(
        stage.officer, {"disburseLoan": given}, {"recordRepayment": back}
    )
    assert [result["outcome"] for result in results] == ["APPLIED", "APPLIED"]
    found = await of(stage, paid_out)
    (entry,) = [entry for entry in await stage.entries() if entry.row.kind == "DISBURSEMENT"]
    handed_out = -sum(amount for account, amount in entry.moves if account == "CASH")
    assert found["direction"] == "OUT"
    assert found["amount"] == f"{handed_out // 100}.{handed_out % 100:02d}"
    found = await of(stage, repaid)
    assert (found["direction"], found["amount"]) == ("IN", "700.00")

"""Mending one thing leaves nothing that hangs on it in the air (docs/books.md, docs/reviews.md)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.models import DividendAllocation, FineCharge, ReviewItem
from app.models.base import new_id
from app.services.loan_schedule import months_after
from tests.rules.test_dividends import REVERSE as REVERSE_RUN
from tests.rules.test_dividends import calculated, earned, pay, pay_offline, post, posted
from tests.rules.test_repayments import FINES, travel
from tests.rules.test_reversal import reverse
from tests.rules.test_reviews import decide
from tests.support.api import contribute
from tests.support.loans import Lending, lending
from tests.support.reconciling import BOOK, Desk, lines
from tests.support.stage import Stage

__all__ = ["travel"]
WRITE_OFF = """mutation Off($loanId: UUID!) {
  writeOffLoan(loanId: $loanId, reason: "She moved away") { status } }"""


async def last_entry(stage: Stage) -> UUID:
    found: UUID = (await stage.entries())[-1].row.id
    return found


async def written_off(lender: Lending, loan_id: UUID) -> UUID:
    answer = await lender.stage.api.ask(lender.stage.admin, WRITE_OFF, loanId=str(loan_id))
    assert answer["writeOffLoan"]["status"] == "WRITTEN_OFF"
    return await last_entry(lender.stage)


async def test_payments_around_a_write_off_are_taken_back_newest_first(stage: Stage) -> None:
    lender = await lending(stage)
    loan_id = await lender.running("9000.00")
    await lender.repay(loan_id, "4000.00")
    before = await last_entry(stage)
    off = await written_off(lender, loan_id)
    assert (await reverse(stage, before)).code == "NOT_LATEST"
    await lender.repay(loan_id, "500.00")
    recovered = await last_entry(stage)
    assert (await reverse(stage, off)).code == "NOT_LATEST"
    for entry_id in (recovered, off, before):
        assert not (await reverse(stage, entry_id)).errors
        await stage.books_hold()
    loan = await lender.loan(loan_id)
    assert (loan["status"], loan["outstandingPrincipal"]) == ("DISBURSED", "9000.00")


def move(stage: Stage, **changes: Any) -> dict[str, Any]:
    values = {
        "groupId": str(stage.group.id),
        "movement": "OTHER_INCOME",
        "amount": "30.00",
        "paymentMethod": "CASH",
        "description": "x",
        "movementDate": "2099-01-01",
        "offlineSyncId": str(new_id()),
        **changes,
    }
    return {"recordMovement": values}


def withdraw(stage: Stage, **changes: Any) -> dict[str, Any]:
    values = {
        "memberId": str(stage.jane.id),
        "amount": "30.00",
        "reason": "School",
        "paymentMethod": "CASH",
        "date": "2099-01-01",
        "offlineSyncId": str(new_id()),
        **changes,
    }
    return {"withdrawSavings": values}


@pytest.mark.parametrize("kind", [move, withdraw])
async def test_an_mpesa_code_of_held_money_is_not_booked_again(stage: Stage, kind: Any) -> None:
    code = {"paymentMethod": "MPESA", "transactionId": "NLJ7RT61SV"}
    results = await stage.api.sync(
        stage.officer, kind(stage, **code), kind(stage, **code), contribute(stage.john.id, **code)
    )
    assert [one["outcome"] for one in results] == ["HELD", "REJECTED", "REJECTED"]
    assert {one["error"]["code"] for one in results[1:]} == {"TRANSACTION_KNOWN"}
    (again,) = await stage.api.sync(stage.officer, kind(stage, **code))
    assert again["error"]["code"] == "TRANSACTION_KNOWN"
    await decide(stage, UUID(results[0]["entityId"]), "REVERSE")
    (freed,) = await stage.api.sync(stage.officer, contribute(stage.john.id, **code))
    assert freed["outcome"] == "APPLIED"
    await stage.books_hold()


@pytest.mark.parametrize("kind", [move, withdraw])
async def test_an_id_that_names_a_held_item_is_refused_and_stops_no_neighbour(
    stage: Stage, kind: Any
) -> None:
    own = {"id": str(new_id())}
    (first,) = await stage.api.sync(stage.officer, kind(stage, **own))
    assert (first["outcome"], first["entityId"]) == ("HELD", own["id"])
    second, neighbour = await stage.api.sync(
        stage.officer, kind(stage, **own), contribute(stage.jane.id)
    )
    assert (second["outcome"], second["error"]["code"]) == ("REJECTED", "ID_REUSED")
    assert neighbour["outcome"] == "APPLIED"


async def test_a_statements_line_whose_money_was_reversed_is_booked_again(stage: Stage) -> None:
    today = date.fromisoformat(stage.api.today())
    desk = Desk(stage, today.replace(day=1), today)
    await desk.load(desk.csv((today.day, "NLJ7RT61SV", "700.00")), "MPESA", closing="700.00")
    (line,) = lines(await desk.read())
    book: dict[str, Any] = {"lineId": line["id"], "bookAs": "UNPLACED"}
    assert not (await desk.ask(BOOK, input=book)).errors
    (item,) = await stage.all_of(ReviewItem)
    assert not (await decide(stage, item.id, "REVERSE")).errors
    book = {**book, "bookAs": "CONTRIBUTION", "memberId": str(stage.jane.id)}
    answer = await desk.ask(BOOK, input={**book, "contributionType": "REGULAR"})
    assert not answer.errors, answer.errors
    assert (await stage.balances(stage.jane.id))["MEMBER_SAVINGS"] == -700_00
    await stage.books_hold()


async def test_a_dividend_that_was_not_handed_out_after_all_is_owed_again(stage: Stage) -> None:
    await earned(stage)
    run = await posted(stage)
    await pay(stage, run["id"], "CASH", stage.jane)
    jane = await last_entry(stage)
    answer = await pay(stage, run["id"], "SAVINGS", stage.john)
    assert answer["payDividends"]["status"] == "PAID"
    john = await last_entry(stage)
    for entry_id in (jane, john):
        assert not (await reverse(stage, entry_id)).errors
    assert [row.payout for row in await stage.all_of(DividendAllocation)] == [None, None]
    await stage.books_hold()
    answer = await pay(stage, run["id"], "CASH", stage.jane)
    assert answer["payDividends"]["status"] == "POSTED"
    assert not (await reverse(stage, await last_entry(stage))).errors
    answer = await stage.api.ask(stage.admin, REVERSE_RUN, id=run["id"], reason="Wrong")
    assert answer["reverseDividends"]["status"] == "REVERSED"
    assert (await reverse(stage, john)).code == "ALREADY_REVERSED"
    await stage.books_hold()


async def test_held_dividends_are_accepted_once_they_are_posted(stage: Stage) -> None:
    await earned(stage)
    run = await calculated(stage)
    results = [await pay_offline(stage, run["id"], stage.jane) for _ in range(2)]
    results.append(await pay_offline(stage, run["id"], stage.john, amount="20.00"))
    first, second, other = [UUID(one["entityId"]) for one in results]
    assert (await decide(stage, first, "ACCEPT")).code == "NOT_POSTED"
    assert not (await post(stage, run["id"])).errors
    assert not (await decide(stage, first, "ACCEPT")).errors
    entry = (await stage.entries())[-1]
    assert entry.moves == [("SUSPENSE", -52_50), ("DIVIDENDS_PAYABLE", 52_50)]
    paid = {row.member_id: row.payout for row in await stage.all_of(DividendAllocation)}
    assert paid == {stage.jane.id: "CASH", stage.john.id: None}
    assert (await decide(stage, second, "ACCEPT")).code == "ALREADY_PAID"
    assert (await decide(stage, other, "ACCEPT")).code == "OTHER_AMOUNT"
    assert not (await decide(stage, second, "REVERSE")).errors
    await stage.books_hold()


async def test_late_fines_of_a_loan_that_was_never_paid_out_are_not_owed(
    stage: Stage, travel: Any
) -> None:
    lender = await lending(stage)
    loan_id = await lender.running("9000.00")
    entry_id = await last_entry(stage)
    travel(months_after(date.fromisoformat(stage.api.today()), 1) + timedelta(days=4))
    await stage.api.ask(stage.admin, FINES, groupId=str(stage.group.id))
    assert [row.status for row in await stage.all_of(FineCharge)] == ["OPEN"]
    assert not (await reverse(stage, entry_id)).errors
    (row,) = await stage.all_of(FineCharge)
    assert (row.status, row.paid) == ("WAIVED", 0)
    assert (await lender.loan(loan_id))["status"] == "APPROVED"
    await stage.books_hold()


async def test_money_that_was_placed_wrongly_waits_in_the_inbox_again(stage: Stage) -> None:
    lender = await lending(stage)
    loan_id = str(await lender.running("9000.00"))
    before = await lender.loan(UUID(loan_id))
    operation = contribute(stage.john.id, "70.00", contributionDate="2099-01-01")
    (result,) = await stage.api.sync(stage.officer, operation)
    item_id = UUID(result["entityId"])
    jane = {"memberId": str(stage.jane.id), "contributionType": "REGULAR"}
    wrong: list[tuple[str, dict[str, str]]] = [
        ("PLACE_TO_MEMBER", jane),
        ("PLACE_TO_LOAN", {"loanId": loan_id}),
        ("PLACE_TO_FUND", {"account": "OTHER_INCOME"}),
    ]
    for action, target in wrong:
        assert not (await decide(stage, item_id, action, **target)).errors
        placed = await last_entry(stage)
        assert not (await reverse(stage, placed)).errors
        (item,) = await stage.all_of(ReviewItem)
        assert (item.status, item.decision, item.decision_entry_id) == ("OPEN", None, None)
        assert (await stage.api.sync(stage.officer, operation))[0]["outcome"] == "HELD"
        assert (await reverse(stage, placed)).code == "ALREADY_REVERSED"
        await stage.books_hold()
    after = await lender.loan(UUID(loan_id))
    assert after["outstandingPrincipal"] == before["outstandingPrincipal"]
    assert (await stage.balances(stage.jane.id))["MEMBER_SAVINGS"] == 0
    assert not (await decide(stage, item_id, "ACCEPT")).errors
    assert (await stage.api.sync(stage.officer, operation))[0]["outcome"] == "DUPLICATE"
    await stage.books_hold()


async def test_a_loan_and_dividends_placed_from_held_money_are_taken_back(stage: Stage) -> None:
    lender = await lending(stage)
    loan_id = await lender.applied("9000.00")
    paid_out = {"loanId": str(loan_id), "paymentMethod": "CASH", "offlineSyncId": str(new_id())}
    (result,) = await stage.api.sync(stage.officer, {"disburseLoan": paid_out})
    assert result["outcome"] == "HELD"
    for person in (stage.officer, stage.chair):
        await lender.approve(loan_id, person)
    item_id = UUID(result["entityId"])
    assert not (await decide(stage, item_id, "ACCEPT")).errors
    assert (await lender.loan(loan_id))["status"] == "DISBURSED"
    assert not (await reverse(stage, await last_entry(stage))).errors
    assert (await lender.loan(loan_id))["status"] == "APPROVED"
    await stage.books_hold()
    assert not (await decide(stage, item_id, "REVERSE")).errors
    await earned(stage)
    run = await calculated(stage)
    held = UUID((await pay_offline(stage, run["id"], stage.jane))["entityId"])
    assert not (await post(stage, run["id"])).errors
    assert not (await decide(stage, held, "ACCEPT")).errors
    assert not (await reverse(stage, await last_entry(stage))).errors
    assert {row.payout for row in await stage.all_of(DividendAllocation)} == {None}
    await stage.books_hold()

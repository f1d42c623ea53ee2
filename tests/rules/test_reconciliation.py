"""A month beside counted cash and statements, signed off and locked (docs/reconciliation.md)."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models import AuditLog, DividendAllocation, DividendRun, Reconciliation
from app.models.base import new_id
from app.money import format_money
from app.runtime import close_runtime, make_runtime
from tests.support.api import Api, contribute
from tests.support.loans import REPAY, REVERSE, lending
from tests.support.reconciling import MOVE, SIGN, Desk, account, desk_of, faults
from tests.support.stage import Stage, counts

PAY = "mutation Pay($input: PayDividendsInput!) { payDividends(input: $input) { id } }"
WITHDRAW = "mutation Out($input: WithdrawSavingsInput!) { withdrawSavings(input: $input) { id } }"


@pytest.fixture
def desk(stage: Stage) -> Desk:
    return desk_of(stage)


async def test_opening_in_out_and_closing_by_account_and_subcategory(desk: Desk) -> None:
    year, month = desk.before
    await desk.paid("1000.00", f"{year}-{month:02d}-15")
    await desk.paid("500.00", 3)
    await desk.paid("200.00", 3, contributionType="WELFARE")
    await desk.moved("TO_BANK", "900.00", 5)
    await desk.moved("EXPENSE", "50.00", 6)
    await desk.paid("70.00", desk.stage.api.today())
    found = await desk.read()
    cash, bank = account(found, "CASH"), account(found, "BANK")
    names = ("opening", "moneyIn", "moneyOut", "movedIn", "movedOut", "closing")
    assert [cash[name] for name in names] == [
        *("1000.00", "700.00", "950.00", "0.00", "900.00", "750.00"),
    ]
    assert [bank[name] for name in names] == [
        *("0.00", "900.00", "0.00", "900.00", "0.00", "900.00"),
    ]
    kinds = {one["subcategory"]: (one["moneyIn"], one["moneyOut"]) for one in cash["subcategories"]}
    assert kinds == {
        "savings": ("500.00", "0.00"),
        "welfare": ("200.00", "0.00"),
        "banking": ("0.00", "900.00"),
        "expense": ("0.00", "50.00"),
    }
    assert found["totals"] == {"moneyIn": "700.00", "moneyOut": "50.00"}
    trial = {one["account"]: (one["opening"], one["closing"]) for one in found["trialBalance"]}
    assert trial == {
        "CASH": ("1000.00", "750.00"),
        "BANK": ("0.00", "900.00"),
        "MEMBER_SAVINGS": ("-1000.00", "-1500.00"),
        "WELFARE_FUND": ("0.00", "-200.00"),
        "OPERATING_EXPENSES": ("0.00", "50.00"),
    }
    head = (await desk.stage.entries())[-1].row
    assert found["bookHead"] == {"sequence": head.sequence, "hash": head.hash.hex()}
    assert faults(found) == [("STATEMENT_MISSING", "CASH"), ("STATEMENT_MISSING", "BANK")]


async def test_what_was_counted_is_kept_and_the_last_word_counts(desk: Desk) -> None:
    await desk.paid("500.00", 3)
    who = desk.stage.officer
    first = (await desk.enter("CASH", "490.00", who=who))["enterStatement"]
    cash = account(first, "CASH")
    assert (cash["difference"], cash["statement"]["source"]) == ("-10.00", "COUNTED")
    assert cash["statement"]["enteredBy"]["id"] == str(who.user_id)
    assert (first["status"], faults(first)) == ("OPEN", [("DIFFERENCE", "CASH")])
    second = (await desk.enter("CASH", "500.00"))["enterStatement"]
    assert (second["status"], faults(second)) == ("READY", [])
    assert (await desk.enter("CASH", "-1.00")).field == "closing"
    assert (await desk.enter("BANK", "1.00", who=who)).code == "FORBIDDEN"
    assert (await desk.enter("CASH", "1.00", (2999, 12))).field == "month"
    assert (await desk.enter("CASH", "1.00", (2026, 13))).field == "month"
    assert (await desk.enter("CASH", "1.00", (1999, 1))).field == "year"
    audits = [row.action for row in await desk.stage.all_of(AuditLog)]
    assert audits.count("statement.entered") == 2


async def test_a_month_is_signed_once_with_its_figures_and_the_chains_head(desk: Desk) -> None:
    await desk.paid("500.00", 3)
    answer = await desk.sign("All well")
    assert (answer.code, answer.field) == ("STATEMENT_MISSING", "account")
    await desk.enter("CASH", "500.00")
    changes = "query C($since: String) { changes(since: $since) { cursor groups { %s } } }"
    changes %= "booksLockedThrough"
    before = (await desk.ask(changes, desk.stage.officer))["changes"]["cursor"]
    signed = (await desk.sign())["signReconciliation"]
    assert signed["status"] == "SIGNED"
    assert signed["signed"]["bookHead"] == signed["bookHead"]
    assert signed["signed"]["figures"]["accounts"]["CASH"] == {
        "opening": 0,
        "debits": 50000,
        "credits": 0,
        "closing": 50000,
        "subcategories": {"savings": [50000, 0]},
    }
    assert signed["signed"]["signedBy"]["id"] == str(desk.stage.admin.user_id)
    assert (await desk.sign()).code == "ALREADY_SIGNED"
    (audit,) = [row for row in await desk.stage.all_of(AuditLog) if row.action == "month.signed"]
    assert audit.group_id == desk.stage.group.id
    # The phones hear of it.
    heard = (await desk.ask(changes, desk.stage.officer, since=before))["changes"]["groups"]
    assert heard == [{"booksLockedThrough": desk.last.isoformat()}]


async def test_a_difference_needs_a_note_and_every_fault_comes_back(desk: Desk) -> None:
    await desk.paid("500.00", 3)
    left = contribute(desk.stage.jane.id, "7.00", contributionDate="1999-12-31")
    (held,) = await desk.stage.api.sync(desk.stage.officer, left)
    assert held["outcome"] == "HELD"
    await desk.enter("CASH", "499.00")
    answer = await desk.sign("  ")
    assert (answer.code, answer.field) == ("DIFFERENCE_UNEXPLAINED", "note")
    failures = answer.errors[0]["extensions"]["failures"]
    assert [(one["code"], one["field"]) for one in failures] == [("DIFFERENCE", "CASH")]
    signed = (await desk.sign("A shilling fell down"))["signReconciliation"]
    assert signed["signed"]["note"] == "A shilling fell down"


async def test_held_money_of_the_month_must_be_explained(desk: Desk) -> None:
    await desk.paid("500.00", 3)
    member = await desk.stage.make.member(desk.stage.group, is_active=False)
    left = contribute(member.id, "7.00", contributionDate=desk.day(4))
    await desk.stage.api.sync(desk.stage.officer, left)
    await desk.enter("CASH", "500.00")
    found = await desk.read()
    assert (found["held"], faults(found)) == (1, [("REVIEW_OPEN", None)])
    assert (await desk.sign()).code == "DIFFERENCE_UNEXPLAINED"


async def test_months_are_signed_in_turn_and_only_when_they_are_over(desk: Desk) -> None:
    today = desk.stage.api.today()
    await desk.paid("1.00", desk.day(2))
    await desk.paid("2.00", today)
    running = int(today[:4]), int(today[5:7])
    assert (await desk.sign("x", running)).code == "MONTH_NOT_OVER"
    year, month = desk.before
    # The first may be any month; it locks what was before it.
    long_ago = (year - 2, month)
    assert not (await desk.sign(month=long_ago)).errors
    assert (await desk.sign("x", (year - 3, month))).code == "MONTH_LOCKED"
    assert (await desk.enter("CASH", "1.00", (year - 3, month))).code == "MONTH_LOCKED"
    # Months in which nothing happened need not be signed.
    await desk.enter("CASH", "1.00")
    await desk.paid("3.00", f"{year}-{month:02d}-15")
    await desk.enter("CASH", "4.00")
    answer = await desk.sign()
    assert (answer.code, answer.field) == ("EARLIER_MONTH_OPEN", "month")
    await desk.enter("CASH", "3.00", desk.before)
    assert not (await desk.sign(month=desk.before)).errors
    assert not (await desk.sign()).errors


async def test_the_newest_signed_month_is_reopened_and_what_was_signed_stays(desk: Desk) -> None:
    await desk.paid("500.00", 3)
    assert (await desk.reopen()).code == "NOT_SIGNED"
    assert not (await desk.sign(month=desk.before)).errors
    await desk.enter("CASH", "500.00")
    assert not (await desk.sign()).errors
    assert (await desk.reopen(desk.before)).code == "NOT_NEWEST"
    found = (await desk.reopen())["reopenReconciliation"]
    assert (found["status"], found["signed"]) == ("READY", None)
    (before,) = found["reopened"]
    assert before["reopenReason"] == "A slip turned up"
    assert before["figures"]["accounts"]["CASH"]["closing"] == 50000
    await desk.paid("20.00", 9)
    assert (await desk.sign()).code == "DIFFERENCE_UNEXPLAINED"
    await desk.enter("CASH", "520.00")
    assert not (await desk.sign()).errors
    # What was locked before the reopened month has stayed locked.
    year, month = desk.before
    late = contribute(desk.stage.jane.id, "1.00", contributionDate=f"{year}-{month:02d}-02")
    (result,) = await desk.stage.api.sync(desk.stage.officer, late)
    assert result["error"]["code"] == "MONTH_LOCKED"
    actions = [row.action for row in await desk.stage.all_of(AuditLog)]
    assert (actions.count("month.signed"), actions.count("month.reopened")) == (3, 1)
    # With the first one reopened, nothing is locked.
    assert not (await desk.reopen()).errors
    assert not (await desk.reopen(desk.before)).errors
    await desk.paid("1.00", f"{year}-{month:02d}-02")
    await desk.stage.books_hold()


async def locked_money(desk: Desk, loans: dict[str, Any]) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every way to move money on a day of last month: mutation, and its input."""
    group, day = str(desk.stage.group.id), desk.day(10)
    cash = {"amount": "10.00", "paymentMethod": "CASH"}
    paid = {"memberId": str(desk.stage.jane.id), **cash, "contributionType": "REGULAR"}
    moved = {"groupId": group, **cash, "movement": "EXPENSE", "description": "x"}
    out = {"memberId": str(loans["jane"]), **cash, "reason": "School"}
    return {
        "recordContribution": (
            "mutation A($input: RecordContributionInput!) "
            "{ recordContribution(input: $input) { id } }",
            {**paid, "contributionDate": day},
        ),
        "recordMovement": (MOVE, {**moved, "movementDate": day}),
        "withdrawSavings": (WITHDRAW, {**out, "date": day}),
        "recordRepayment": (REPAY, {"loanId": str(loans["loan"]), **cash, "paymentDate": day}),
    }


async def dividends_to_pay(desk: Desk) -> UUID:
    """A posted run with ten shillings for Jane."""
    stage = desk.stage
    run = DividendRun(
        group_id=stage.group.id,
        fiscal_year=desk.first.year - 1,
        status="POSTED",
        total_profit=10_00,
        appreciation_fees=0,
        profit_share=100_00,
        distributable=10_00,
        total_savings=10_00,
        savings_on=desk.first,
        calculated_at=stage.jane.created_at,
        calculated_by=stage.admin.user_id,
    )
    share = {"group_id": stage.group.id, "savings": 10_00, "amount": 10_00}
    await stage.make.save(run)
    await stage.make.save(DividendAllocation(run_id=run.id, member_id=stage.jane.id, **share))
    return run.id


async def forget_dividends(desk: Desk, run_id: UUID) -> None:
    """Takes away the run, of which the books know nothing: verify-books would say so."""

    async def work(session: AsyncSession) -> None:
        await session.execute(
            delete(DividendAllocation).where(col(DividendAllocation.run_id) == run_id)
        )
        await session.execute(delete(DividendRun).where(col(DividendRun.id) == run_id))

    await desk.stage.runtime.db.transact(work)


async def test_nothing_is_booked_into_a_signed_month(desk: Desk) -> None:
    stage = desk.stage
    lender = await lending(stage, oldest=desk.first)
    running = await lender.running("900.00", on=desk.first)
    entry = await desk.paid("500.00", 3)
    ready = await lending(stage, oldest=desk.first)
    approved = await ready.approved("900.00", applicationDate=desk.first.isoformat())
    await desk.enter("CASH", account(await desk.read(), "CASH")["closing"])
    assert not (await desk.sign()).errors
    run = await dividends_to_pay(desk)
    before = await counts(stage.runtime)
    ways = await locked_money(desk, {"jane": lender.jane.id, "loan": running})
    for name, (query, values) in ways.items():
        answer = await stage.api.ask(stage.officer, query, input=values)
        assert answer.code == "MONTH_LOCKED", (name, answer)
    answer = await ready.disburse(approved, desk.first)
    assert answer.code == "MONTH_LOCKED"
    answer = await stage.api.ask(
        stage.officer, PAY, input={"dividendRunId": str(run), "payout": "CASH", "date": desk.day(9)}
    )
    assert answer.code == "MONTH_LOCKED"
    assert await counts(stage.runtime) == before
    # From a phone the money is a fact: it is held, today, with its day as the value date.
    operations = [
        {name: {**values, "offlineSyncId": str(new_id())}} for name, (_, values) in ways.items()
    ]
    paid_out = {"loanId": str(approved), "paymentMethod": "CASH", "disbursementDate": desk.day(10)}
    operations.append({"disburseLoan": {**paid_out, "offlineSyncId": str(new_id())}})
    for result in await stage.api.sync(stage.officer, *operations):
        assert (result["outcome"], result["error"]["code"]) == ("HELD", "MONTH_LOCKED"), result
    late = [one.row for one in await stage.entries() if one.row.kind == "HELD"]
    assert {row.booking_date.isoformat() for row in late} == {stage.api.today()}
    assert {row.value_date.isoformat() for row in late} == {desk.day(10)}
    # A reversal of an entry of the month is booked today.
    values = {"entryId": str(entry), "reason": "Entered twice"}
    assert not (await stage.api.ask(stage.admin, REVERSE, input=values)).errors
    assert (await stage.entries())[-1].row.booking_date.isoformat() == stage.api.today()
    found = await desk.read()
    kept = found["signed"]["figures"]["accounts"]["CASH"]["closing"]
    assert format_money(kept) == account(found, "CASH")["closing"]
    await forget_dividends(desk, run)
    await stage.books_hold()


async def test_of_two_who_sign_at_once_one_does(stage: Stage) -> None:
    desk = desk_of(stage)
    await desk.paid("500.00", 3)
    await desk.enter("CASH", "500.00")
    other = make_runtime(stage.runtime.settings)
    try:
        late = contribute(stage.jane.id, "5.00", contributionDate=desk.day(4))
        one, two, (phone,) = await asyncio.gather(
            desk.sign(),
            Api(other).ask(stage.admin, SIGN, note=None, **desk.key()),
            Api(other).sync(stage.officer, late),
        )
    finally:
        await close_runtime(other)
    codes = sorted(str(answer.code) for answer in (one, two))
    if phone["outcome"] == "APPLIED":
        # It came first: the count no longer agrees, and nobody signs without a note.
        assert codes == ["DIFFERENCE_UNEXPLAINED", "DIFFERENCE_UNEXPLAINED"]
    else:
        assert (codes, phone["error"]["code"]) == (["ALREADY_SIGNED", "None"], "MONTH_LOCKED")
        (row,) = await stage.all_of(Reconciliation)
        assert row.figures["accounts"]["CASH"]["closing"] == 50000
    await stage.books_hold()

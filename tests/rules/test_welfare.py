"""Payouts from the welfare fund: conditions, approvals, the money, and taking it back."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.models import BankingGroup, Member, Movement, OutboxMessage, ReviewItem, WelfareRequest
from app.models.base import new_id
from app.runtime import close_runtime, make_runtime
from app.services.group_settings import GroupTerms
from app.services.signed_forms import welfare_digest
from app.services.welfare_conditions import WelfareFacts, failures
from tests.rules.test_member_statements import statement
from tests.rules.test_reviews import decide
from tests.rules.test_signatures import enrolled, sign
from tests.support.api import Api, again, contribute
from tests.support.loans import REVERSE, lending
from tests.support.stage import Stage, unassign
from tests.support.welfare import APPROVE, ASK, PAY, REJECT, Welfare, payment, with_fund

MAY = "query May($input: RequestWelfareInput!) { welfareEligibility(input: $input) { code field } }"
LIST = """query All($groupId: UUID, $status: WelfareStatus, $first: Int, $after: String) {
  welfareRequests(groupId: $groupId, status: $status, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id status } } } }"""
CHANGES = (
    "query C($since: String) { changes(since: $since) { cursor welfareRequests { id status } } }"
)
TERMS = GroupTerms()


@pytest.fixture
async def welfare(stage: Stage) -> Welfare:
    return await with_fund(stage)


async def set_terms(stage: Stage, **terms: int) -> None:
    async def work(session: AsyncSession) -> None:
        await session.execute(
            update(BankingGroup)
            .where(col(BankingGroup.id) == stage.group.id)
            .values(settings=terms)
        )

    await stage.runtime.db.transact(work)


def facts(**changes: Any) -> WelfareFacts:
    on = date(2026, 6, 30)
    values = {"amount": 10_000_00, "on": on, "member_since": date(2026, 3, 30), "terms": TERMS}
    return WelfareFacts(
        **{**values, "payouts": 1, "fund": 10_000_00, "money": 10_000_00, **changes}
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"is_active": False}, "MEMBER_LEFT"),
        ({"group_active": False}, "GROUP_INACTIVE"),
        ({"member_since": date(2026, 3, 31)}, None),
        ({"member_since": date(2026, 4, 1)}, "MEMBER_TOO_SHORT"),
        ({"terms": GroupTerms(welfare_limit=9_999_99)}, "OVER_LIMIT"),
        ({"payouts": 2}, "TOO_MANY_PAYOUTS"),
        ({"fund": 9_999_99}, "NOT_ENOUGH_FUND"),
        ({"money": 9_999_99}, "NOT_ENOUGH_MONEY"),
    ],
)
def test_each_condition_has_its_own_code(changes: dict[str, Any], code: str | None) -> None:
    assert [one.code for one in failures(facts(**changes))] == ([code] if code else [])


async def test_all_conditions_that_fail_come_together(welfare: Welfare) -> None:
    stage = welfare.stage
    new = await stage.make.member(
        stage.group, registration_date=date.fromisoformat(stage.api.today())
    )
    wish = welfare.wish("25000.00", memberId=str(new.id))
    expected = ["MEMBER_TOO_SHORT", "OVER_LIMIT", "NOT_ENOUGH_FUND", "NOT_ENOUGH_MONEY"]
    answer = await stage.api.ask(stage.officer, ASK, input=wish)
    failed = answer.errors[0]["extensions"]["failures"]
    assert answer.code == "MEMBER_TOO_SHORT"
    assert [one["code"] for one in failed] == expected
    preview = (await stage.api.ask(stage.chair, MAY, input=wish))["welfareEligibility"]
    assert [one["code"] for one in preview] == expected
    operation = {"requestWelfare": {**wish, "offlineSyncId": str(new_id())}}
    (result,) = await stage.api.sync(stage.officer, operation)
    assert result["outcome"] == "REJECTED"
    assert [one["code"] for one in result["error"]["details"]] == expected
    assert await stage.all_of(WelfareRequest) == []


async def test_a_request_may_come_from_a_phone_and_only_once(welfare: Welfare) -> None:
    stage = welfare.stage
    made = str(new_id())
    operation = {"requestWelfare": {**welfare.wish(id=made), "offlineSyncId": str(new_id())}}
    for outcome in ("APPLIED", "DUPLICATE"):
        (result,) = await stage.api.sync(stage.officer, operation)
        assert (result["outcome"], result["entityId"]) == (outcome, made)
    (result,) = await stage.api.sync(stage.officer, again(operation, offlineSyncId=str(new_id())))
    assert result["error"]["code"] == "ID_REUSED"
    assert len(await stage.all_of(WelfareRequest)) == 1


async def test_bad_input_names_its_field_and_writes_nothing(welfare: Welfare) -> None:
    today = date.fromisoformat(welfare.stage.api.today())
    for field, value in {
        "amount": "0",
        "reason": " ",
        "requestDate": (today + timedelta(days=1)).isoformat(),
    }.items():
        answer = await welfare.ask(**{field: value})
        assert (answer.code, answer.field) == ("BAD_INPUT", field)
    assert await welfare.stage.all_of(WelfareRequest) == []


async def test_payouts_of_a_year_are_counted_with_those_that_wait(welfare: Welfare) -> None:
    first = await welfare.approved("1000.00")
    await welfare.pay(first)
    await welfare.asked("1000.00")
    answer = await welfare.ask("1000.00")
    assert (answer.code, answer.field) == ("TOO_MANY_PAYOUTS", "memberId")


async def test_it_is_approved_like_a_loan_of_that_size_and_paid_from_the_fund(
    welfare: Welfare,
) -> None:
    stage = welfare.stage
    request_id = await welfare.asked()
    assert (await welfare.pay(request_id)).code == "NOT_APPROVED"
    found = (await welfare.approve(request_id, stage.officer))["approveWelfare"]
    assert (found["status"], found["approvalsMissing"]) == ("PENDING", ["GROUP_CHAIR"])
    assert (await welfare.approve(request_id, stage.officer)).code == "ALREADY_APPROVED"
    committee = await stage.make.committee(stage.group)
    assert (await welfare.approve(request_id, committee)).code == "APPROVAL_NOT_NEEDED"
    found = (await welfare.approve(request_id, stage.chair))["approveWelfare"]
    assert (found["status"], found["approvalsMissing"]) == ("APPROVED", [])
    assert (await welfare.approve(request_id, stage.chair)).code == "NOT_PENDING"
    paid = (await welfare.pay(request_id))["payWelfare"]
    assert (paid["status"], paid["paidOn"]) == ("PAID", stage.api.today())
    entry = (await stage.entries())[-1]
    assert entry.moves == [("CASH", -3000_00), ("WELFARE_FUND", 3000_00)]
    assert [line.subcategory for line in entry.lines] == ["welfare_payout", None]
    assert (await welfare.pay(request_id)).code == "ALREADY_PAID_OUT"
    # The fund is everybody's: nobody's own contributions become less.
    assert (await stage.balances(stage.john.id))["WELFARE_FUND"] == -20_000_00
    assert "WELFARE_FUND" not in await stage.balances(welfare.jane.id)
    (movement,) = await stage.all_of(Movement)
    assert (movement.kind, movement.description) == ("WELFARE_PAYOUT", "Her house burnt")
    await stage.books_hold()


async def test_a_large_request_needs_more_and_nobody_approves_their_own(welfare: Welfare) -> None:
    stage = welfare.stage
    await set_terms(stage, welfare_limit=300_000_00)
    await stage.api.sync(
        stage.officer, contribute(stage.john.id, "250000", contributionType="WELFARE")
    )
    found = (await welfare.ask("200000.01"))["requestWelfare"]
    needed = ["FIELD_OFFICER", "GROUP_COMMITTEE", "GROUP_COMMITTEE", "SYSTEM_ADMIN"]
    assert found["approvalsMissing"] == needed
    own = await stage.make.committee(stage.group, member_id=welfare.jane.id)
    answer = await stage.api.ask(own, APPROVE, id=found["id"])
    assert (answer.code, answer.field) == ("OWN_REQUEST", "requestId")


async def test_there_is_no_approval_before_the_identity_is_verified(welfare: Welfare) -> None:
    request_id = await welfare.asked(memberId=str(welfare.stage.john.id))
    assert (await welfare.approve(request_id, welfare.stage.chair)).code == "ID_NOT_VERIFIED"


async def test_a_refusal_has_a_reason_and_ends_the_request(welfare: Welfare) -> None:
    stage = welfare.stage
    request_id = await welfare.approved()
    committee = await stage.make.committee(stage.group)
    values = {"id": str(request_id), "reason": "Insured"}
    assert (await stage.api.ask(committee, REJECT, **values)).code == "APPROVAL_NOT_NEEDED"
    answer = await stage.api.ask(stage.chair, REJECT, **{**values, "reason": " "})
    assert (answer.code, answer.field) == ("BAD_INPUT", "reason")
    found = (await stage.api.ask(stage.chair, REJECT, **values))["rejectWelfare"]
    assert (found["status"], found["rejectedReason"]) == ("REJECTED", "Insured")
    assert (await stage.api.ask(stage.chair, REJECT, **values)).code == "NOT_PENDING"
    assert (await welfare.pay(request_id)).code == "NOT_APPROVED"


async def test_the_chair_signs_on_the_officers_phone(welfare: Welfare) -> None:
    stage = welfare.stage
    key, key_id = await enrolled(stage)
    request_id = await welfare.asked()
    (row,) = await stage.all_of(WelfareRequest)
    claim = {"keyId": key_id, "signedAt": clock.now().isoformat()}
    results = []
    for signer in (ec.generate_private_key(ec.SECP256R1()), key):
        signature = {**claim, "signature": sign(signer, welfare_digest(row))}
        values = {"requestId": str(request_id), "signature": signature}
        operation = {"approveWelfare": {**values, "offlineSyncId": str(new_id())}}
        results.extend(await stage.api.sync(stage.officer, operation))
    assert results[0]["error"]["code"] == "SIGNATURE_INVALID"
    assert results[1]["outcome"] == "APPLIED", results[1]
    (approval,) = (await welfare.request(request_id))["approvals"]
    assert (approval["role"], approval["onOfficersDevice"]) == ("GROUP_CHAIR", True)
    sent = await stage.all_of(OutboxMessage)
    (message,) = [one for one in sent if one.topic == "signature.notice"]
    assert message.payload["subject"] == "WELFARE"


async def test_a_single_payout_is_refused_with_the_rules_code(welfare: Welfare) -> None:
    stage = welfare.stage
    request_id = await welfare.approved()
    answer = await welfare.pay(request_id, paymentMethod="BANK")
    assert (answer.code, answer.field) == ("NOT_ENOUGH_MONEY", "paymentMethod")
    answer = await welfare.pay(request_id, paymentDate="2099-01-01")
    assert (answer.code, answer.field) == ("BAD_INPUT", "paymentDate")
    yesterday = date.fromisoformat(stage.api.today()) - timedelta(days=1)
    answer = await welfare.pay(request_id, paymentDate=yesterday.isoformat())
    assert (answer.code, answer.field) == ("BEFORE_REQUEST", "paymentDate")
    await set_terms(stage, welfare_per_year=0)
    assert (await welfare.pay(request_id)).code == "TOO_MANY_PAYOUTS"


async def test_cash_that_was_handed_out_is_held(welfare: Welfare) -> None:
    stage = welfare.stage
    waiting = await welfare.asked("1000.00")
    result = await welfare.pay_offline(waiting)
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "NOT_APPROVED")
    assert (await stage.entries())[-1].moves == [("CASH", -1000_00), ("SUSPENSE", 1000_00)]
    approved = await welfare.approved("5000.00")
    await set_terms(stage, welfare_per_year=0)
    result = await welfare.pay_offline(approved)
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "TOO_MANY_PAYOUTS")
    await set_terms(stage)
    await unassign(stage.runtime, stage.officer, stage.group.id)
    result = await welfare.pay_offline(approved)
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "OFFICER_UNASSIGNED")
    assert (await stage.balances(stage.group.id))["WELFARE_FUND"] == -20_000_00
    await stage.books_hold()


async def test_held_cash_is_accepted_once_the_rule_no_longer_stands_against_it(
    welfare: Welfare,
) -> None:
    stage = welfare.stage
    request_id = await welfare.asked("1000.00")
    operation = {"payWelfare": payment(request_id, offlineSyncId=str(new_id()))}
    await stage.api.sync(stage.officer, operation)
    (item,) = await stage.all_of(ReviewItem)
    answer = await decide(stage, item.id, "ACCEPT", note="")
    assert (answer.code, answer.field) == ("NOT_APPROVED", "action")
    for person in (stage.officer, stage.chair):
        await welfare.approve(request_id, person)
    await set_terms(stage, welfare_per_year=0)
    assert (await decide(stage, item.id, "ACCEPT", note="")).code == "TOO_MANY_PAYOUTS"
    assert not (await decide(stage, item.id, "ACCEPT", note="The meeting agreed")).errors
    assert (await stage.entries())[-1].moves == [("SUSPENSE", -1000_00), ("WELFARE_FUND", 1000_00)]
    assert (await welfare.request(request_id))["status"] == "PAID"
    assert (await welfare.pay(request_id)).code == "ALREADY_PAID_OUT"
    (result,) = await stage.api.sync(stage.officer, operation)
    assert (result["outcome"], result["entityId"]) == ("DUPLICATE", str(request_id))
    found = await statement(stage, welfare.jane)
    assert [one["node"]["amountOut"] for one in found["edges"]] == ["1000.00"]
    await stage.books_hold()


async def test_another_amount_than_was_asked_for_is_not_accepted(welfare: Welfare) -> None:
    stage = welfare.stage
    request_id = new_id()
    final = {"groupId": str(stage.group.id), "amount": "700.00"}
    await welfare.pay_offline(request_id, **final)
    (item,) = await stage.all_of(ReviewItem)
    answer = await decide(stage, item.id, "ACCEPT", note="")
    assert (answer.code, answer.field) == ("NOT_FOUND", "action")
    await welfare.approved("3000.00", id=str(request_id))
    assert (await decide(stage, item.id, "ACCEPT", note="")).code == "OTHER_AMOUNT"


async def test_a_held_disbursement_is_accepted_once_the_loan_is_approved(stage: Stage) -> None:
    lender = await lending(stage)
    loan_id = await lender.applied()
    values = {"loanId": str(loan_id), "paymentMethod": "CASH", "offlineSyncId": str(new_id())}
    (result,) = await stage.api.sync(stage.officer, {"disburseLoan": values})
    assert result["outcome"] == "HELD"
    (item,) = await stage.all_of(ReviewItem)
    assert (await decide(stage, item.id, "ACCEPT", note="")).code == "NOT_APPROVED"
    for person in (stage.officer, stage.chair):
        await lender.approve(loan_id, person)
    assert not (await decide(stage, item.id, "ACCEPT", note="")).errors
    assert (await lender.loan(loan_id))["status"] == "DISBURSED"
    await stage.books_hold()


async def test_money_for_an_unknown_request_is_held_once_the_phone_says_it_is_final(
    welfare: Welfare,
) -> None:
    stage, unknown = welfare.stage, new_id()
    assert (await welfare.pay(unknown)).code == "NOT_FOUND"
    assert (await welfare.pay_offline(unknown))["error"]["code"] == "UNKNOWN_REQUEST"
    final = {"groupId": str(stage.group.id)}
    result = await welfare.pay_offline(unknown, **final)
    assert (result["outcome"], result["error"]["field"]) == ("REJECTED", "amount")
    result = await welfare.pay_offline(unknown, **final, amount="700.00")
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "UNKNOWN_REQUEST")
    await stage.books_hold()


async def test_a_reversed_payout_is_approved_again_and_may_be_paid_again(welfare: Welfare) -> None:
    stage = welfare.stage
    request_id = await welfare.approved()
    await welfare.pay(request_id)
    values = {"entryId": str((await stage.entries())[-1].row.id), "reason": "Paid by M-Pesa"}
    assert not (await stage.api.ask(stage.admin, REVERSE, input=values)).errors
    found = await welfare.request(request_id)
    assert (found["status"], found["paidOn"]) == ("APPROVED", None)
    assert (await stage.balances(stage.group.id))["WELFARE_FUND"] == -20_000_00
    assert not (await welfare.pay(request_id)).errors
    await stage.books_hold()


async def test_requests_are_listed_oldest_first_and_reach_the_phone(welfare: Welfare) -> None:
    stage = welfare.stage
    ids = [str(await welfare.approved("1000.00")), str(await welfare.asked("1000.00"))]
    values: dict[str, Any] = {"groupId": str(stage.group.id), "first": 1}
    found = (await stage.api.ask(stage.chair, LIST, **values))["welfareRequests"]
    assert (found["totalCount"], found["edges"][0]["node"]["id"]) == (2, ids[0])
    values["after"] = found["pageInfo"]["endCursor"]
    found = (await stage.api.ask(stage.chair, LIST, **values))["welfareRequests"]
    assert [edge["node"]["id"] for edge in found["edges"]] == ids[1:]
    found = (await stage.api.ask(stage.chair, LIST, status="APPROVED"))["welfareRequests"]
    assert [edge["node"]["id"] for edge in found["edges"]] == ids[:1]
    copy = (await stage.api.ask(stage.officer, CHANGES))["changes"]
    assert {one["id"]: one["status"] for one in copy["welfareRequests"]} == {
        ids[0]: "APPROVED",
        ids[1]: "PENDING",
    }
    await welfare.pay_offline(new_id())
    operation = {"payWelfare": payment(new_id(), requestId=ids[0], offlineSyncId=str(new_id()))}
    (result,) = await stage.api.sync(stage.officer, operation)
    assert result["receiptNumber"].startswith("TB-")
    later = (await stage.api.ask(stage.officer, CHANGES, since=copy["cursor"]))["changes"]
    assert later["welfareRequests"] == [{"id": ids[0], "status": "PAID"}]


async def test_a_member_who_left_gets_nothing_more(welfare: Welfare) -> None:
    stage = welfare.stage
    request_id = await welfare.approved()

    async def work(session: AsyncSession) -> None:
        await session.execute(
            update(Member).where(col(Member.id) == welfare.jane.id).values(is_active=False)
        )

    await stage.runtime.db.transact(work)
    assert (await welfare.pay(request_id)).code == "MEMBER_LEFT"
    assert (await welfare.ask()).code == "MEMBER_LEFT"


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
class TestAtTheSameTime:
    """Two processes on one PostgreSQL: one wins, the other gets a clear code."""

    async def both(self, welfare: Welfare, first: Any, second: Any) -> list[str]:
        other = make_runtime(welfare.stage.runtime.settings)
        try:
            answers = await asyncio.gather(first(welfare.stage.api), second(Api(other)))
        finally:
            await close_runtime(other)
        await welfare.stage.books_hold()
        return sorted(str(answer.code) for answer in answers)

    async def test_two_approvals(self, welfare: Welfare) -> None:
        request_id = await welfare.asked()

        def approve(api: Api) -> Any:
            return api.ask(welfare.stage.chair, APPROVE, id=str(request_id))

        assert await self.both(welfare, approve, approve) == ["ALREADY_APPROVED", "None"]

    async def test_two_payouts(self, welfare: Welfare) -> None:
        request_id = await welfare.approved()

        def pay(api: Api) -> Any:
            return api.ask(welfare.stage.officer, PAY, input=payment(request_id))

        assert await self.both(welfare, pay, pay) == ["ALREADY_PAID_OUT", "None"]
        assert (await welfare.stage.balances(welfare.stage.group.id))["CASH"] == 17_000_00

    async def test_two_requests_for_the_last_payout_of_the_year(self, welfare: Welfare) -> None:
        await welfare.asked("1000.00")

        def ask(api: Api) -> Any:
            return api.ask(welfare.stage.officer, ASK, input=welfare.wish("1000.00"))

        assert await self.both(welfare, ask, ask) == ["None", "TOO_MANY_PAYOUTS"]

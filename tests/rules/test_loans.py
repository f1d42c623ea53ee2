"""Loans from the application to the money going out (design.md, Loans)."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app.models import AuditLog, DocumentKind, Instalment, Loan
from app.models.base import new_id
from app.runtime import close_runtime, make_runtime
from app.services.loan_eligibility import months_needed
from tests.support.api import Api, contribute, edit
from tests.support.loans import (
    APPLY,
    APPROVE,
    DISBURSE,
    REJECT,
    REVERSE,
    Lending,
    days_ago,
    lending,
    papers,
    save_for,
)
from tests.support.stage import Stage

LOANS = """query Loans($groupId: UUID, $memberId: UUID, $status: LoanStatus, $stage: LoanStage,
  $first: Int, $after: String) {
  loans(groupId: $groupId, memberId: $memberId, status: $status, stage: $stage, first: $first,
    after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { id } } } }"""
ELIGIBLE = """query Check($input: ApplyForLoanInput!) {
  loanEligibility(input: $input) { code message field } }"""


@pytest.fixture
async def lender(stage: Stage) -> Lending:
    return await lending(stage)


def codes(answer: Any) -> list[str]:
    return [one["code"] for one in answer.errors[0]["extensions"]["failures"]]


async def test_an_application_that_nothing_stands_against_is_pending(lender: Lending) -> None:
    loan = (await lender.ask_for("45000.00"))["applyForLoan"]
    assert (loan["status"], loan["loanAmount"]) == ("PENDING", "45000.00")
    assert loan["interestRate"] == "10.00"
    assert (loan["totalInterest"], loan["totalRepayable"]) == ("4500.00", "49500.00")
    assert loan["approvalsMissing"] == ["FIELD_OFFICER", "GROUP_CHAIR"]
    assert [row["total"] for row in loan["repaymentSchedule"]] == ["16500.00"] * 3
    assert loan["annualPercentageRate"] == "77.98"


async def test_every_failed_rule_comes_back_together(lender: Lending) -> None:
    stage = lender.stage
    await lender.applied()
    poor = await stage.make.member(stage.group)
    answer = await lender.ask_for("100.00", memberId=str(poor.id), witnesses=[str(poor.id)])
    assert answer.code == "NOT_ENOUGH_MONTHS"
    assert codes(answer) == ["NOT_ENOUGH_MONTHS", "OVER_LIMIT", "WITNESS_INVALID", "ID_MISSING"]
    (result,) = await stage.api.sync(
        stage.officer,
        {
            "applyForLoan": {
                **lender.application("100.00", memberId=str(poor.id), witnesses=[]),
                "offlineSyncId": str(new_id()),
            }
        },
    )
    assert result["outcome"] == "REJECTED"
    assert [one["code"] for one in result["error"]["details"]] == codes(answer)
    assert len(await stage.all_of(Loan)) == 1


async def test_more_than_three_times_the_savings_is_over_the_limit(lender: Lending) -> None:
    assert (await lender.ask_for("45000.01")).code == "OVER_LIMIT"
    answer = await lender.ask_for("45000.01")
    assert "KES 45,000.00" in answer.errors[0]["message"]
    assert not (await lender.ask_for("45000.00")).errors


async def test_each_of_the_three_months_before_needs_the_minimum(stage: Stage) -> None:
    lender = await lending(stage, each="499.99")
    answer = await lender.ask_for("100.00")
    assert codes(answer) == ["NOT_ENOUGH_MONTHS"]
    await save_for(stage, lender.jane, "0.01", date.fromisoformat(stage.api.today()))
    assert not (await lender.ask_for("100.00")).errors


async def test_savings_of_the_same_batch_count(stage: Stage) -> None:
    lender = await lending(stage, each="499.99")
    today = date.fromisoformat(stage.api.today())
    pennies = [
        contribute(lender.jane.id, "0.01", contributionDate=date(year, month, 6).isoformat())
        for year, month in months_needed(today)
    ]
    application = {**lender.application("100.00"), "offlineSyncId": str(new_id())}
    results = await stage.api.sync(stage.officer, *pennies, {"applyForLoan": application})
    assert results[-1]["outcome"] == "APPLIED"


async def test_one_loan_at_a_time(lender: Lending) -> None:
    loan_id = await lender.applied()
    assert (await lender.ask_for()).code == "LOAN_OPEN"
    await lender.stage.api.ask(
        lender.stage.chair, REJECT, loanId=str(loan_id), reason="Not this season"
    )
    assert not (await lender.ask_for()).errors


async def test_two_witnesses_of_the_group_and_not_the_borrower(lender: Lending) -> None:
    stage = lender.stage
    first, second = (str(one.id) for one in lender.witnesses)
    stranger = await stage.make.member(await stage.make.group())
    gone = await stage.make.member(stage.group, is_active=False)
    for names in (
        [],
        [first],
        [first, first],
        [first, str(lender.jane.id)],
        [first, str(stranger.id)],
        [first, str(gone.id)],
        [first, str(new_id())],
        [first, second, str(stage.john.id)],
    ):
        assert codes(await lender.ask_for(witnesses=names)) == ["WITNESS_INVALID"], names


async def test_both_sides_of_the_id_are_needed(stage: Stage) -> None:
    lender = await lending(stage)
    other = await stage.make.member(stage.group)
    await save_for(stage, other, "5000.00", date.fromisoformat(stage.api.today()))
    front = await papers(stage, other, DocumentKind.ID_FRONT)
    answer = await lender.ask_for(memberId=str(other.id))
    assert codes(answer) == ["ID_MISSING"]
    assert "back" in answer.errors[0]["message"]
    await papers(stage, other, DocumentKind.ID_BACK)
    mine = [str(one) for one in front]
    assert codes(await lender.ask_for(idDocuments=mine)) == ["ID_MISSING"]
    assert not (await lender.ask_for(memberId=str(other.id), idDocuments=mine)).errors


async def test_a_member_who_left_and_a_closed_group_get_no_loan(lender: Lending) -> None:
    await lender.stage.api.sync(lender.stage.officer, edit(lender.jane.id, 1, isActive=False))
    assert "MEMBER_LEFT" in codes(await lender.ask_for())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"durationMonths": 4}, "durationMonths"),
        ({"durationMonths": 0}, "durationMonths"),
        ({"loanType": "LONG_TERM", "durationMonths": 61}, "durationMonths"),
        ({"graceMonths": 1}, "graceMonths"),
        ({"loanType": "PROJECT", "durationMonths": 6, "graceMonths": 6}, "graceMonths"),
        ({"purpose": " "}, "purpose"),
        ({"purpose": "x" * 501}, "purpose"),
        ({"applicationDate": "2099-01-01"}, "applicationDate"),
        ({"applicationDate": "2020-01-01"}, "applicationDate"),
    ],
)
async def test_input_that_is_wrong_names_its_field(
    lender: Lending, changes: dict[str, Any], field: str
) -> None:
    answer = await lender.ask_for(**changes)
    assert (answer.code, answer.field) == ("BAD_INPUT", field)


async def test_the_preview_gives_the_same_reasons_and_writes_nothing(lender: Lending) -> None:
    stage = lender.stage
    values = lender.application("45000.01", witnesses=[])
    answer = await stage.api.ask(stage.officer, ELIGIBLE, input=values)
    assert [one["code"] for one in answer["loanEligibility"]] == ["OVER_LIMIT", "WITNESS_INVALID"]
    answer = await stage.api.ask(stage.chair, ELIGIBLE, input=lender.application())
    assert answer["loanEligibility"] == []
    assert await stage.all_of(Loan) == []


async def rich(stage: Stage) -> Lending:
    return await lending(stage, each="100000.00")


async def approve_all(lender: Lending, loan_id: UUID, *people: Any) -> list[str | None]:
    return [(await lender.approve(loan_id, person)).code for person in people]


async def test_below_50_000_the_officer_and_the_chair_approve(stage: Stage) -> None:
    lender = await rich(stage)
    loan_id = await lender.applied("49999.99")
    first, _ = lender.committee
    assert await approve_all(lender, loan_id, stage.admin, first) == ["APPROVAL_NOT_NEEDED"] * 2
    assert await approve_all(lender, loan_id, stage.officer, stage.chair) == [None, None]
    assert (await lender.loan(loan_id))["status"] == "APPROVED"


async def test_up_to_200_000_the_officer_and_two_of_the_committee(stage: Stage) -> None:
    lender = await rich(stage)
    for amount in ("50000.00", "200000.00"):
        loan_id = await lender.applied(amount)
        loan = await lender.loan(loan_id)
        assert loan["approvalsMissing"] == [
            "FIELD_OFFICER",
            "GROUP_COMMITTEE",
            "GROUP_COMMITTEE",
        ]
        first, second = lender.committee
        assert await approve_all(lender, loan_id, stage.officer, stage.chair, first) == [None] * 3
        assert (await lender.loan(loan_id))["status"] == "APPROVED"
        assert await approve_all(lender, loan_id, second) == ["NOT_PENDING"]
        await stage.api.ask(stage.chair, REJECT, loanId=str(loan_id), reason="Another")


async def test_above_200_000_an_administrator_too(stage: Stage) -> None:
    lender = await rich(stage)
    loan_id = await lender.applied("200000.01")
    people = (stage.officer, *lender.committee)
    assert await approve_all(lender, loan_id, *people) == [None] * 3
    assert (await lender.loan(loan_id))["approvalsMissing"] == ["SYSTEM_ADMIN"]
    assert await approve_all(lender, loan_id, stage.admin) == [None]
    assert (await lender.loan(loan_id))["status"] == "APPROVED"


async def test_one_person_gives_one_approval(stage: Stage) -> None:
    lender = await rich(stage)
    loan_id = await lender.applied("60000.00")
    first, _ = lender.committee
    assert await approve_all(lender, loan_id, first, first) == [None, "ALREADY_APPROVED"]


async def test_nobody_approves_a_loan_of_their_own(stage: Stage) -> None:
    lender = await rich(stage)
    loan_id = await lender.applied("60000.00")
    herself = await stage.make.committee(stage.group, member_id=lender.jane.id)
    assert await approve_all(lender, loan_id, herself) == ["OWN_LOAN"]


async def test_no_approval_before_the_identity_is_verified(stage: Stage) -> None:
    lender = await lending(stage)
    other = await stage.make.member(stage.group)
    await papers(stage, other)
    await save_for(stage, other, "5000.00", date.fromisoformat(stage.api.today()))
    loan_id = await lender.applied(memberId=str(other.id))
    assert await approve_all(lender, loan_id, stage.officer) == ["ID_NOT_VERIFIED"]


async def test_people_of_another_group_find_no_loan(lender: Lending) -> None:
    stage = lender.stage
    loan_id = await lender.applied()
    group = await stage.make.group()
    for person in (await stage.make.officer(group), await stage.make.chair(group)):
        assert (await lender.approve(loan_id, person)).code == "NOT_FOUND"
        answer = await stage.api.ask(person, REJECT, loanId=str(loan_id), reason="No")
        assert answer.code == "NOT_FOUND"
        assert (await stage.api.ask(person, LOANS))["loans"]["totalCount"] == 0


async def test_a_rejection_needs_a_reason_and_ends_the_application(lender: Lending) -> None:
    stage = lender.stage
    loan_id = await lender.applied()
    answer = await stage.api.ask(stage.chair, REJECT, loanId=str(loan_id), reason=" ")
    assert (answer.code, answer.field) == ("BAD_INPUT", "reason")
    answer = await stage.api.ask(stage.chair, REJECT, loanId=str(loan_id), reason="Too soon")
    assert answer["rejectLoan"]["status"] == "REJECTED"
    assert answer["rejectLoan"]["rejectedReason"] == "Too soon"
    assert await approve_all(lender, loan_id, stage.officer) == ["NOT_PENDING"]
    assert (await lender.disburse(loan_id)).code == "NOT_APPROVED"


async def test_the_disbursement_posts_the_principal_out_and_makes_the_schedule(
    lender: Lending,
) -> None:
    stage = lender.stage
    loan_id = await lender.approved("9000.00")
    loan = (await lender.disburse(loan_id))["disburseLoan"]
    assert (loan["status"], loan["outstandingPrincipal"]) == ("DISBURSED", "9000.00")
    entry = (await stage.entries())[-1]
    assert entry.moves == [("LOANS_SHORT_TERM", 9000_00), ("CASH", -9000_00)]
    assert entry.lines[1].subcategory == "short_term_loan"
    assert (await stage.balances(loan_id))["LOANS_SHORT_TERM"] == 9000_00
    rows = await stage.all_of(Instalment)
    assert sum(row.principal for row in rows) == 9000_00
    assert sum(row.interest for row in rows) == 900_00
    await stage.books_hold()


async def test_the_fee_comes_in_with_the_disbursement(stage: Stage) -> None:
    lender = await lending(stage)
    group = await stage.make.group(settings={"appreciation_percent": 100})
    await stage.make.assign(stage.officer, group)
    other = await lending(
        Stage(
            stage.runtime,
            stage.make,
            stage.api,
            group,
            stage.officer,
            await stage.make.chair(group),
            stage.admin,
            lender.jane,
            lender.jane,
        )
    )
    loan_id = await other.running("9000.00")
    assert (await other.loan(loan_id))["fee"] == "90.00"
    entry = (await stage.entries(group.id))[-1]
    assert entry.moves == [
        ("LOANS_SHORT_TERM", 9000_00),
        ("CASH", -9000_00),
        ("CASH", 90_00),
        ("APPRECIATION_FEES", -90_00),
    ]
    await stage.books_hold()


async def test_money_that_is_not_there_is_not_lent(lender: Lending) -> None:
    loan_id = await lender.approved("45000.00")
    assert (await lender.disburse(loan_id)).code == "NOT_ENOUGH_MONEY"
    assert (await lender.disburse(loan_id, method="BANK")).code == "NOT_ENOUGH_MONEY"


async def test_a_loan_is_paid_out_once(lender: Lending) -> None:
    loan_id = await lender.running()
    assert (await lender.disburse(loan_id)).code == "ALREADY_PAID_OUT"


async def test_money_that_a_phone_handed_out_is_a_fact(lender: Lending) -> None:
    stage = lender.stage
    loan_id = await lender.applied()
    operation = {
        "disburseLoan": {
            "loanId": str(loan_id),
            "paymentMethod": "CASH",
            "offlineSyncId": str(new_id()),
        }
    }
    (result,) = await stage.api.sync(stage.officer, operation)
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "NOT_APPROVED")
    assert (await stage.entries())[-1].moves == [("CASH", -9000_00), ("SUSPENSE", 9000_00)]
    unknown = {**operation["disburseLoan"], "loanId": str(new_id()), "offlineSyncId": str(new_id())}
    (result,) = await stage.api.sync(stage.officer, {"disburseLoan": unknown})
    assert (result["outcome"], result["error"]["code"]) == ("REJECTED", "UNKNOWN_LOAN")
    final = {**unknown, "groupId": str(stage.group.id), "amount": "500.00"}
    (result,) = await stage.api.sync(stage.officer, {"disburseLoan": final})
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "UNKNOWN_LOAN")
    await stage.books_hold()


async def test_a_disbursement_is_reversed_while_nothing_is_repaid(lender: Lending) -> None:
    loan_id = await lender.running()
    assert not (await lender.reverse_last()).errors
    loan = await lender.loan(loan_id)
    assert (loan["status"], loan["disbursedOn"]) == ("APPROVED", None)
    assert await lender.stage.all_of(Instalment) == []
    assert not (await lender.disburse(loan_id)).errors
    await lender.repay(loan_id, "100.00")
    entry_id = [
        one.row.id for one in await lender.stage.entries() if one.row.kind == "DISBURSEMENT"
    ][-1]
    answer = await lender.stage.api.ask(
        lender.stage.admin, REVERSE, input={"entryId": str(entry_id), "reason": "x"}
    )
    assert answer.code == "HAS_REPAYMENTS"
    await lender.stage.books_hold()


async def test_each_stage_of_the_pipeline_has_its_filter(stage: Stage) -> None:
    lender = await lending(stage, oldest=days_ago(stage, 50))

    async def found(who: Any, **filters: Any) -> list[str]:
        answer = await stage.api.ask(who, LOANS, **filters)
        return [edge["node"]["id"] for edge in answer["loans"]["edges"]]

    loan_id = await lender.applied(applicationDate=days_ago(stage, 50).isoformat())
    mine = [str(loan_id)]
    assert await found(stage.officer, stage="PENDING") == mine
    assert await found(stage.chair, stage="AWAITING_MY_APPROVAL") == mine
    assert await found(stage.admin, stage="AWAITING_MY_APPROVAL") == []
    assert await found(lender.committee[0], stage="AWAITING_MY_APPROVAL") == []
    await lender.approve(loan_id, stage.chair)
    assert await found(stage.chair, stage="AWAITING_MY_APPROVAL") == []
    assert await found(stage.officer, stage="AWAITING_MY_APPROVAL") == mine
    await lender.approve(loan_id, stage.officer)
    assert await found(stage.officer, stage="READY_TO_DISBURSE") == mine
    await lender.disburse(loan_id, days_ago(stage, 45))
    assert await found(stage.officer, stage="RUNNING", memberId=str(lender.jane.id)) == mine
    assert await found(stage.officer, stage="OVERDUE") == mine
    assert await found(stage.officer, status="DISBURSED", groupId=str(stage.group.id)) == mine
    payoff = (await lender.loan(loan_id))["payoff"]
    await lender.repay(loan_id, payoff)
    await lender.repay(loan_id, (await lender.loan(loan_id))["payoff"])
    assert await found(stage.officer, stage="OVERDUE") == []
    assert await found(stage.chair, stage="CLOSED") == mine


async def test_loans_come_oldest_first_and_in_pages(lender: Lending) -> None:
    stage = lender.stage
    ids = []
    for _ in range(3):
        ids.append(str(await lender.applied()))
        await stage.api.ask(stage.chair, REJECT, loanId=ids[-1], reason="Again")
    first = (await stage.api.ask(stage.chair, LOANS, first=2))["loans"]
    assert [edge["node"]["id"] for edge in first["edges"]] == ids[:2]
    after = first["pageInfo"]["endCursor"]
    rest = (await stage.api.ask(stage.chair, LOANS, first=2, after=after))["loans"]
    assert [edge["node"]["id"] for edge in rest["edges"]] == ids[2:]
    assert rest["totalCount"] == 3


async def test_applications_and_decisions_are_in_the_audit_log(lender: Lending) -> None:
    await lender.running()
    actions = [row.action for row in await lender.stage.all_of(AuditLog)]
    for action in ("loan.applied", "loan.approved", "loan.disbursed"):
        assert action in actions


async def test_the_phone_gets_its_loans_with_changes(lender: Lending) -> None:
    loan_id = await lender.running()
    await lender.repay(loan_id, "100.00")
    answer = await lender.stage.api.ask(
        lender.stage.officer,
        "query All { changes { loans { id status } repayments { amount loan { id } } } }",
    )
    assert answer["changes"]["loans"] == [{"id": str(loan_id), "status": "DISBURSED"}]
    assert answer["changes"]["repayments"] == [{"amount": "100.00", "loan": {"id": str(loan_id)}}]


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
class TestAtTheSameTime:
    """Two processes on one PostgreSQL: one wins, the other gets a clear code."""

    async def both(self, lender: Lending, first: Any, second: Any) -> list[str]:
        other = make_runtime(lender.stage.runtime.settings)
        try:
            answers = await asyncio.gather(first(lender.stage.api), second(Api(other)))
        finally:
            await close_runtime(other)
        await lender.stage.books_hold()
        return sorted(str(answer.code) for answer in answers)

    async def test_two_applications(self, lender: Lending) -> None:
        def apply(api: Api) -> Any:
            return api.ask(lender.stage.officer, APPLY, input=lender.application())

        assert await self.both(lender, apply, apply) == ["LOAN_OPEN", "None"]

    async def test_two_approvals_for_one_place(self, stage: Stage) -> None:
        lender = await rich(stage)
        loan_id = await lender.applied("60000.00")
        await approve_all(lender, loan_id, stage.officer, stage.chair)

        def approve(person: Any) -> Any:
            return lambda api: api.ask(person, APPROVE, loanId=str(loan_id))

        first, second = lender.committee
        found = await self.both(lender, approve(first), approve(second))
        assert found == ["NOT_PENDING", "None"]

    async def test_two_disbursements(self, lender: Lending) -> None:
        loan_id = await lender.approved()

        def disburse(api: Api) -> Any:
            return api.ask(lender.stage.officer, DISBURSE, loanId=str(loan_id), method="CASH")

        assert await self.both(lender, disburse, disburse) == ["ALREADY_PAID_OUT", "None"]

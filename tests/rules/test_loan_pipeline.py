"""The pipeline of loans: what waits for whom, and what stands in each stage (design.md, Loans)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from app.models import Member, User
from tests.support.loans import REJECT, Lending, days_ago, lending
from tests.support.stage import Stage

LOANS = """query Loans($stage: LoanStage, $county: String) {
  loans(stage: $stage, county: $county) { totalCount edges { node { id daysOverdue } } } }"""
WRITE_OFF = """mutation Lost($loanId: UUID!) {
  writeOffLoan(loanId: $loanId, reason: "Moved away") { id status } }"""
PIPELINE = """query Pipeline($groupIds: [UUID!], $county: String) {
  loanPipeline(groupIds: $groupIds, county: $county) { stage count amount outstanding } }"""


@pytest.fixture
async def lender(stage: Stage) -> Lending:
    return await lending(stage)


async def totals(stage: Stage, who: Any, **filters: Any) -> dict[str, tuple[int, str, str]]:
    """The stages in which something stands."""
    answer = await stage.api.ask(who, PIPELINE, **filters)
    return {
        one["stage"]: (one["count"], one["amount"], one["outstanding"])
        for one in answer["loanPipeline"]
        if one["count"]
    }


async def test_the_pipeline_says_what_stands_in_each_stage(stage: Stage) -> None:
    lender = await lending(stage, oldest=days_ago(stage, 50))
    group_ids = [str(stage.group.id)]
    waiting = (1, "9000.00", "0.00")
    loan_id = await lender.applied(applicationDate=days_ago(stage, 50).isoformat())
    pending = dict.fromkeys(("PENDING", "AWAITING_OFFICER", "AWAITING_CHAIR"), waiting)
    assert await totals(stage, stage.chair, county="Nakuru") == {
        **pending,
        "AWAITING_MY_APPROVAL": waiting,
    }
    assert await totals(stage, stage.admin, groupIds=group_ids) == pending
    assert await totals(stage, stage.admin, county="Kisumu") == {}
    await lender.approve(loan_id, stage.chair)
    assert "AWAITING_CHAIR" not in await totals(stage, stage.chair)
    await lender.approve(loan_id, stage.officer)
    assert await totals(stage, stage.chair) == {"READY_TO_DISBURSE": waiting}
    await lender.disburse(loan_id, days_ago(stage, 45))
    await lender.repay(loan_id, "1300.00")
    running = await totals(stage, stage.chair)
    left = (await lender.loan(loan_id))["outstandingPrincipal"]
    assert running == {"RUNNING": (1, "9000.00", left), "OVERDUE": (1, "9000.00", left)}
    answer = await stage.api.ask(stage.admin, LOANS, stage="OVERDUE", county="Nakuru")
    ((edge,),) = [answer["loans"]["edges"]]
    assert edge["node"]["id"] == str(loan_id)
    # Paid out 45 days ago, due a month later, which has 28 to 31 days.
    assert 14 <= edge["node"]["daysOverdue"] <= 17
    answer = await stage.api.ask(stage.admin, LOANS, stage="OVERDUE", county="Kisumu")
    assert answer["loans"]["totalCount"] == 0
    stranger = await stage.make.officer()
    assert await totals(stage, stranger) == {}
    answer = await stage.api.ask(stranger, PIPELINE, groupIds=group_ids)
    assert (answer.code, answer.field) == ("NOT_FOUND", "groupIds")


async def test_without_papers_looked_at_a_loan_waits_for_them(stage: Stage) -> None:
    lender = await lending(stage)
    loan_id = await lender.applied()
    await _set(stage, Member, lender.jane.id, id_verified=False)
    found = await totals(stage, stage.chair)
    assert "ID_MISSING" in found
    assert "AWAITING_MY_APPROVAL" not in found
    answer = await stage.api.ask(stage.chair, LOANS, stage="ID_MISSING")
    assert [edge["node"]["id"] for edge in answer["loans"]["edges"]] == [str(loan_id)]
    await _set(stage, Member, lender.jane.id, id_verified=True)
    assert "AWAITING_MY_APPROVAL" in await totals(stage, stage.chair)
    await _set(stage, User, stage.chair.user_id, member_id=lender.jane.id)
    assert "AWAITING_MY_APPROVAL" not in await totals(stage, stage.chair)


async def _set(stage: Stage, model: Any, row_id: UUID, **values: Any) -> None:
    async def work(session: Any) -> None:
        await session.execute(update(model).where(model.id == row_id).values(**values))

    await stage.runtime.db.transact(work)


async def test_what_was_decided_has_stages_of_its_own(lender: Lending) -> None:
    stage = lender.stage
    rejected = await lender.applied()
    await stage.api.ask(stage.chair, REJECT, loanId=str(rejected), reason="Again")
    written_off = await lender.running()
    assert not (await stage.api.ask(stage.admin, WRITE_OFF, loanId=str(written_off))).errors
    found = await totals(stage, stage.chair)
    closed = {"REJECTED": rejected, "WRITTEN_OFF": written_off}
    assert {name: one[0] for name, one in found.items()} == {
        "CLOSED": 2,
        **dict.fromkeys(closed, 1),
    }
    for name, loan_id in closed.items():
        answer = await stage.api.ask(stage.chair, LOANS, stage=name)
        assert [edge["node"]["id"] for edge in answer["loans"]["edges"]] == [str(loan_id)]

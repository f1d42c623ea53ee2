"""A group with a welfare fund and a member who may have a payout: what such tests begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.models import Member
from app.models.base import new_id
from tests.support.api import Answer, contribute
from tests.support.factories import Person
from tests.support.stage import Stage

REQUEST_FIELDS = """
  id amount reason status requestedOn paidOn rejectedReason approvalsMissing
  member { id } approvals { role notes approvedBy { id } onOfficersDevice }
"""
ASK = f"""mutation Ask($input: RequestWelfareInput!) {{
  requestWelfare(input: $input) {{ {REQUEST_FIELDS} }} }}"""
APPROVE = f"""mutation Approve($id: UUID!) {{
  approveWelfare(requestId: $id, notes: "Minutes 3") {{ {REQUEST_FIELDS} }} }}"""
REJECT = f"""mutation Reject($id: UUID!, $reason: String!) {{
  rejectWelfare(requestId: $id, reason: $reason) {{ {REQUEST_FIELDS} }} }}"""
PAY = f"""mutation Pay($input: PayWelfareInput!) {{
  payWelfare(input: $input) {{ {REQUEST_FIELDS} }} }}"""
ONE = f"query One($id: UUID!) {{ welfareRequest(id: $id) {{ {REQUEST_FIELDS} }} }}"


@dataclass(frozen=True)
class Welfare:
    """Jane's ID was looked at, and the fund holds 20,000.00 that John paid in."""

    stage: Stage
    jane: Member

    def wish(self, amount: Any = "3000.00", **changes: Any) -> dict[str, Any]:
        return {
            "memberId": str(self.jane.id),
            "amount": amount,
            "reason": "Her house burnt",
            **changes,
        }

    async def ask(self, amount: Any = "3000.00", **changes: Any) -> Answer:
        values = self.wish(amount, **changes)
        return await self.stage.api.ask(self.stage.officer, ASK, input=values)

    async def asked(self, amount: Any = "3000.00", **changes: Any) -> UUID:
        return UUID((await self.ask(amount, **changes))["requestWelfare"]["id"])

    async def approve(self, request_id: UUID, who: Person) -> Answer:
        return await self.stage.api.ask(who, APPROVE, id=str(request_id))

    async def approved(self, amount: Any = "3000.00", **changes: Any) -> UUID:
        request_id = await self.asked(amount, **changes)
        for person in (self.stage.officer, self.stage.chair):
            assert not (await self.approve(request_id, person)).errors
        return request_id

    async def pay(self, request_id: UUID, **changes: Any) -> Answer:
        values = payment(request_id, **changes)
        return await self.stage.api.ask(self.stage.officer, PAY, input=values)

    async def pay_offline(self, request_id: UUID, **changes: Any) -> dict[str, Any]:
        """The result of a payout that a phone hands in."""
        values = payment(request_id, offlineSyncId=str(new_id()), **changes)
        (result,) = await self.stage.api.sync(self.stage.officer, {"payWelfare": values})
        return result

    async def request(self, request_id: UUID) -> dict[str, Any]:
        answer = await self.stage.api.ask(self.stage.officer, ONE, id=str(request_id))
        found: dict[str, Any] = answer["welfareRequest"]
        return found


def payment(request_id: UUID, **changes: Any) -> dict[str, Any]:
    return {"requestId": str(request_id), "paymentMethod": "CASH", **changes}


async def with_fund(stage: Stage, fund: Any = "20000.00") -> Welfare:
    jane = await stage.make.member(stage.group, id_verified=True)
    operation = contribute(stage.john.id, fund, contributionType="WELFARE")
    (result,) = await stage.api.sync(stage.officer, operation)
    assert result["outcome"] == "APPLIED"
    return Welfare(stage, jane)

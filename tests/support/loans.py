"""Members who may borrow, and loans on their way: what tests of loans begin with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from app.models import Document, DocumentKind, Member
from app.models.base import new_id
from app.services.loan_eligibility import months_needed
from tests.support.api import Answer, contribute
from tests.support.factories import Person
from tests.support.stage import Stage

LOAN = """
  id status loanType loanAmount durationMonths interestRate purpose applicationDate approvedDate
  idVerified approvalsMissing fee totalInterest totalRepayable annualPercentageRate
  outstandingPrincipal outstandingInterest outstandingFines arrears daysOverdue payoff
  nextDueDate nextDueAmount rejectedReason disbursedOn completedOn
  member { id } witnesses { id }
  approvals { role approvedBy { id } notes onOfficersDevice }
  repaymentSchedule { number dueDate principal interest total remainingBalance paid }
  repayments { id amount principal interest fines savings recovered isReversed }
"""
APPLY = f"mutation Apply($input: ApplyForLoanInput!) {{ applyForLoan(input: $input) {{ {LOAN} }} }}"
APPROVE = f"""mutation Approve($loanId: UUID!, $notes: String) {{
  approveLoan(loanId: $loanId, approvalNotes: $notes) {{ {LOAN} }} }}"""
REJECT = f"""mutation Reject($loanId: UUID!, $reason: String!) {{
  rejectLoan(loanId: $loanId, reason: $reason) {{ {LOAN} }} }}"""
DISBURSE = f"""mutation Disburse($loanId: UUID!, $method: PaymentMethod!, $on: Date) {{
  disburseLoan(loanId: $loanId, paymentMethod: $method, disbursementDate: $on) {{ {LOAN} }} }}"""
REPAY = f"""mutation Repay($input: RecordRepaymentInput!) {{
  recordRepayment(input: $input) {{
    id amount principal interest fines savings recovered receiptNumber paymentDate
    loan {{ {LOAN} }} }} }}"""
ONE = f"query One($id: UUID!) {{ loan(id: $id) {{ {LOAN} }} }}"
REVERSE = """mutation Undo($input: ReverseEntryInput!) { reverseEntry(input: $input) { id } }"""


@dataclass(frozen=True)
class Lending:
    """A group that can lend: Jane may borrow, with two witnesses and her ID looked at."""

    stage: Stage
    jane: Member
    witnesses: tuple[Member, Member]
    committee: tuple[Person, Person]

    def application(self, amount: Any = "9000.00", **changes: Any) -> dict[str, Any]:
        return {
            "memberId": str(self.jane.id),
            "loanType": "SHORT_TERM",
            "amount": amount,
            "durationMonths": 3,
            "purpose": "Seeds and fertiliser",
            "witnesses": [str(one.id) for one in self.witnesses],
            **changes,
        }

    async def ask_for(self, amount: Any = "9000.00", **changes: Any) -> Answer:
        values = self.application(amount, **changes)
        return await self.stage.api.ask(self.stage.officer, APPLY, input=values)

    async def applied(self, amount: Any = "9000.00", **changes: Any) -> UUID:
        return UUID((await self.ask_for(amount, **changes))["applyForLoan"]["id"])

    async def approve(self, loan_id: UUID, who: Person) -> Answer:
        return await self.stage.api.ask(who, APPROVE, loanId=str(loan_id), notes="Minutes 7")

    async def approved(self, amount: Any = "9000.00", **changes: Any) -> UUID:
        loan_id = await self.applied(amount, **changes)
        for person in (self.stage.officer, self.stage.chair):
            assert not (await self.approve(loan_id, person)).errors
        return loan_id

    async def disburse(self, loan_id: UUID, on: date | None = None, method: str = "CASH") -> Answer:
        day = on.isoformat() if on else None
        return await self.stage.api.ask(
            self.stage.officer, DISBURSE, loanId=str(loan_id), method=method, on=day
        )

    async def running(
        self, amount: Any = "9000.00", on: date | None = None, **changes: Any
    ) -> UUID:
        """A loan that was paid out, by default today."""
        if on is not None:
            changes.setdefault("applicationDate", on.isoformat())
        loan_id = await self.approved(amount, **changes)
        assert not (await self.disburse(loan_id, on)).errors
        return loan_id

    async def repay(self, loan_id: UUID, amount: Any, **changes: Any) -> Answer:
        values = {
            "loanId": str(loan_id),
            "amount": amount,
            "paymentMethod": "CASH",
            **changes,
        }
        return await self.stage.api.ask(self.stage.officer, REPAY, input=values)

    async def loan(self, loan_id: UUID, who: Person | None = None) -> dict[str, Any]:
        answer = await self.stage.api.ask(who or self.stage.officer, ONE, id=str(loan_id))
        found: dict[str, Any] = answer["loan"]
        return found

    async def reverse_last(self) -> Answer:
        """Reverses the newest entry of the books."""
        entry_id = (await self.stage.entries())[-1].row.id
        values = {"entryId": str(entry_id), "reason": "Entered twice"}
        return await self.stage.api.ask(self.stage.admin, REVERSE, input=values)


async def save_for(stage: Stage, member: Member, each: Any, on: date) -> None:
    """Regular savings in each of the three months before a day, and enough cash on the table."""
    operations = [
        contribute(member.id, each, contributionDate=date(year, month, 5).isoformat())
        for year, month in months_needed(on)
    ]
    results = await stage.api.sync(stage.officer, *operations)
    assert {one["outcome"] for one in results} == {"APPLIED"}


async def papers(stage: Stage, member: Member, *kinds: DocumentKind) -> list[UUID]:
    """Documents of a member, as rows; their ids."""
    rows = [
        Document(
            id=new_id(),
            group_id=member.group_id,
            member_id=member.id,
            kind=kind.value,
            content_type="image/jpeg",
            size=1000,
            sha256="0" * 64,
            created_at=member.created_at,
            created_by=stage.officer.user_id,
        )
        for kind in kinds or (DocumentKind.ID_FRONT, DocumentKind.ID_BACK)
    ]
    await stage.make.save(*rows)
    return [row.id for row in rows]


async def lending(stage: Stage, each: Any = "5000.00", oldest: date | None = None) -> Lending:
    """Jane with 15,000.00 of savings over three months (from before `oldest` on as well)."""
    today = date.fromisoformat(stage.api.today())
    jane = await stage.make.member(stage.group, id_verified=True)
    await papers(stage, jane)
    await save_for(stage, jane, each, today)
    if oldest is not None:
        await save_for(stage, jane, each, oldest)
    witnesses = (await stage.make.member(stage.group), await stage.make.member(stage.group))
    committee = (
        await stage.make.committee(stage.group),
        await stage.make.committee(stage.group),
    )
    return Lending(stage, jane, witnesses, committee)


def days_ago(stage: Stage, days: int) -> date:
    return date.fromisoformat(stage.api.today()) - timedelta(days=days)

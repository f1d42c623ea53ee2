"""Loans: the calculator, the pipeline, and what is done with a loan before it runs."""

from datetime import date
from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.enums import LoanSort, LoanStatus, LoanType, PaymentMethod
from app.schema.instalments import LoanQuote
from app.schema.loans import (
    ApplyForLoanInput,
    EligibilityFailure,
    LoanApplication,
    LoanConnection,
    LoanStage,
    LoanStageTotal,
)
from app.schema.scalars import Money, Percent
from app.services import loans
from app.services.loan_pipeline import pipeline
from app.services.loan_quote import quote


@strawberry.type
class LoanQuery:
    @strawberry.field(
        description="Loans the caller may see, the oldest application first unless "
        "`sort` says otherwise."
    )
    async def loans(
        self,
        info: Info,
        group_id: UUID | None = None,
        member_id: UUID | None = None,
        status: LoanStatus | None = None,
        stage: LoanStage | None = None,
        county: str | None = None,
        first: int | None = 50,
        after: str | None = None,
        sort: LoanSort | None = None,
        group_ids: list[UUID] | None = None,
    ) -> LoanConnection:
        page = await loans.list_loans(
            info.context.runtime,
            info.context.require(),
            group_id=group_id,
            member_id=member_id,
            status=status.value if status else None,
            stage=stage.value if stage else None,
            county=county,
            first=50 if first is None else first,
            after=after,
            today=info.context.today(),
            sort=sort,
            group_ids=group_ids,
        )
        return LoanConnection(page=page)

    @strawberry.field(
        description="Every stage of the pipeline with its totals: of some groups, of a county, "
        "or of all within reach."
    )
    async def loan_pipeline(
        self, info: Info, group_ids: list[UUID] | None = None, county: str | None = None
    ) -> list[LoanStageTotal]:
        actor, today = info.context.require(), info.context.today()
        async with info.context.runtime.db.reading() as session:
            found = await pipeline(session, actor, group_ids, county, today)
        return cast(Any, found)

    @strawberry.field
    async def loan(self, info: Info, id: UUID) -> LoanApplication | None:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await loans.find_loan(session, actor, id))

    @strawberry.field(
        description="The loan calculator: what a loan would cost, before anyone applies. With "
        "a group, its appreciation fee is counted in."
    )
    async def loan_quote(
        self,
        info: Info,
        loan_type: LoanType,
        amount: Money,
        interest_rate: Percent,
        duration_months: int,
        grace_months: int | None = 0,
        extra_payment: Money | None = Money(0),
        start_date: date | None = None,
        group_id: UUID | None = None,
    ) -> LoanQuote:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            found = await quote(
                session,
                actor,
                loan_type=loan_type.value,
                amount=amount,
                rate=interest_rate,
                months=duration_months,
                grace=grace_months or 0,
                extra=extra_payment or 0,
                start=start_date or info.context.today(),
                group_id=group_id,
            )
        return cast(Any, found)

    @strawberry.field(
        description="Every rule that an application would fail now; empty when it may go on. "
        "Nothing is written."
    )
    async def loan_eligibility(
        self, info: Info, input: ApplyForLoanInput
    ) -> list[EligibilityFailure]:
        actor = info.context.require()
        found = await loans.check_eligibility(info.context.runtime, actor, vars(input))
        # An error as a value would be raised.
        return [
            EligibilityFailure(code=one.code, message=one.message, field=one.field) for one in found
        ]


@strawberry.type
class LoanMutation:
    @strawberry.mutation(
        description="Applies for a loan. Every rule that stands against it comes back in "
        "`extensions.failures`."
    )
    async def apply_for_loan(self, info: Info, input: ApplyForLoanInput) -> LoanApplication:
        actor = info.context.require()
        return cast(Any, await loans.apply_for_loan(info.context.runtime, actor, vars(input)))

    @strawberry.mutation(description="The caller's approval; each person gives one.")
    async def approve_loan(
        self, info: Info, loan_id: UUID, approval_notes: str | None = None
    ) -> LoanApplication:
        actor = info.context.require()
        values = {"loan_id": loan_id, "notes": approval_notes}
        return cast(Any, await loans.approve_loan(info.context.runtime, actor, values))

    @strawberry.mutation
    async def reject_loan(self, info: Info, loan_id: UUID, reason: str) -> LoanApplication:
        actor = info.context.require()
        values = {"loan_id": loan_id, "reason": reason}
        return cast(Any, await loans.reject_loan(info.context.runtime, actor, values))

    @strawberry.mutation(description="The loan's money is handed out.")
    async def disburse_loan(
        self,
        info: Info,
        loan_id: UUID,
        payment_method: PaymentMethod,
        disbursement_date: date | None = None,
        transaction_id: str | None = None,
        meeting_id: UUID | None = None,
    ) -> LoanApplication:
        actor = info.context.require()
        values = {
            "loan_id": loan_id,
            "payment_method": payment_method.value,
            "disbursement_date": disbursement_date,
            "transaction_id": transaction_id,
            "meeting_id": meeting_id,
        }
        return cast(Any, await loans.disburse_loan(info.context.runtime, actor, values))

    @strawberry.mutation(description="The principal still out becomes a loss; administrators only.")
    async def write_off_loan(self, info: Info, loan_id: UUID, reason: str) -> LoanApplication:
        actor = info.context.require()
        values = {"loan_id": loan_id, "reason": reason}
        return cast(Any, await loans.write_off_loan(info.context.runtime, actor, values))

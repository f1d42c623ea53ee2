"""Loans: the calculator, the pipeline, and what is done with a loan."""

from datetime import date
from typing import NoReturn
from uuid import UUID

import strawberry

from app.context import Info
from app.errors import NotAvailable
from app.schema.enums import LoanStatus, LoanType, PaymentMethod
from app.schema.loans import (
    ApplyForLoanInput,
    LoanApplication,
    LoanConnection,
    LoanQuote,
)
from app.schema.scalars import Money, Percent


def _later(info: Info) -> NoReturn:
    info.context.require()
    raise NotAvailable(info.field_name)


@strawberry.type
class LoanQuery:
    @strawberry.field
    def loans(
        self,
        info: Info,
        group_id: UUID | None = None,
        member_id: UUID | None = None,
        status: LoanStatus | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> LoanConnection:
        _later(info)

    @strawberry.field
    def loan(self, info: Info, id: UUID) -> LoanApplication | None:
        _later(info)

    @strawberry.field(
        description="The loan calculator: what a loan would cost, before anyone applies."
    )
    def loan_quote(
        self,
        info: Info,
        loan_type: LoanType,
        amount: Money,
        interest_rate: Percent,
        duration_months: int,
        grace_months: int | None = 0,
        extra_payment: Money | None = Money(0),
        start_date: date | None = None,
    ) -> LoanQuote:
        _later(info)


@strawberry.type
class LoanMutation:
    @strawberry.mutation
    def apply_for_loan(self, info: Info, input: ApplyForLoanInput) -> LoanApplication:
        _later(info)

    @strawberry.mutation
    def approve_loan(
        self, info: Info, loan_id: UUID, approval_notes: str | None = None
    ) -> LoanApplication:
        _later(info)

    @strawberry.mutation
    def reject_loan(self, info: Info, loan_id: UUID, reason: str) -> LoanApplication:
        _later(info)

    @strawberry.mutation
    def disburse_loan(
        self,
        info: Info,
        loan_id: UUID,
        payment_method: PaymentMethod,
        disbursement_date: date | None = None,
    ) -> LoanApplication:
        _later(info)

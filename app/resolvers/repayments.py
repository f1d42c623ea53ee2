"""Paying loans back, writing them off, and fines for what is late."""

import strawberry

from app.context import Info
from app.errors import NotAvailable
from app.schema.loans import LoanRepayment, RecordRepaymentInput


@strawberry.type
class RepaymentQuery:
    pass


@strawberry.type
class RepaymentMutation:
    @strawberry.mutation
    def record_repayment(self, info: Info, input: RecordRepaymentInput) -> LoanRepayment:
        info.context.require()
        raise NotAvailable("recordRepayment")

"""M-Pesa requests: named by the contract, built by a later issue."""

from uuid import UUID

import strawberry

from app.schema.enums import ContributionType
from app.schema.scalars import Money


@strawberry.type
class MpesaPayment:
    id: UUID
    checkout_request_id: str | None
    status: str
    amount: Money
    phone: str
    mpesa_receipt_number: str | None
    result_description: str | None


@strawberry.input
class RequestMpesaPaymentInput:
    member_id: UUID
    amount: Money
    phone: str | None = None
    contribution_type: ContributionType | None = None
    loan_id: UUID | None = None

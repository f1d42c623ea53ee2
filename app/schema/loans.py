"""Loans and their repayments."""

from datetime import date, datetime
from uuid import UUID

import strawberry

from app.schema.enums import LoanStatus, LoanType, PaymentMethod, Role
from app.schema.members import GroupMember
from app.schema.paging import Connection
from app.schema.scalars import Money, Percent
from app.schema.users import User


@strawberry.type
class Installment:
    number: int
    due_date: date
    principal: Money
    interest: Money
    total: Money
    remaining_balance: Money
    paid: Money


@strawberry.type
class LoanQuote:
    fee: Money
    repayment_schedule: list[Installment]
    total_interest: Money
    total_repayable: Money
    annual_percentage_rate: Percent


@strawberry.type
class LoanApproval:
    role: Role
    approved_by: User
    notes: str | None
    decided_at: datetime


@strawberry.type
class LoanApplication:
    id: UUID
    member: GroupMember
    loan_type: LoanType
    loan_amount: Money
    duration_months: int
    interest_rate: Percent
    purpose: str
    status: LoanStatus
    application_date: date
    approved_date: date | None
    id_verified: bool
    witnesses: list[GroupMember]
    approvals: list[LoanApproval]
    approvals_missing: list[Role]
    repayment_schedule: list[Installment]
    total_interest: Money
    total_repayable: Money
    annual_percentage_rate: Percent
    outstanding_principal: Money
    outstanding_interest: Money
    arrears: Money
    days_overdue: int


@strawberry.type
class LoanEdge:
    cursor: str
    node: LoanApplication


@strawberry.type
class LoanConnection(Connection):
    edges: list[LoanEdge]


@strawberry.type
class LoanRepayment:
    id: UUID
    loan: LoanApplication
    amount: Money
    principal: Money
    interest: Money
    fines: Money
    payment_date: date
    payment_method: PaymentMethod
    transaction_id: str | None
    receipt_number: str


@strawberry.input
class ApplyForLoanInput:
    member_id: UUID
    loan_type: LoanType
    amount: Money
    duration_months: int
    purpose: str
    witnesses: list[UUID]
    id: UUID | None = None
    id_documents: list[UUID] | None = None
    grace_months: int | None = None
    application_date: date | None = None
    offline_sync_id: UUID | None = None


@strawberry.input
class RecordRepaymentInput:
    loan_id: UUID
    amount: Money
    payment_method: PaymentMethod
    id: UUID | None = None
    payment_date: date | None = None
    transaction_id: str | None = None
    offline_sync_id: UUID | None = None

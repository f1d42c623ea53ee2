"""Loans and their repayments."""

import enum
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.receipts import code_of
from app.schema.enums import LoanStatus, LoanType, PaymentMethod, Role
from app.schema.groups import BankingGroup, GroupSettings
from app.schema.instalments import Installment
from app.schema.members import GroupMember
from app.schema.paging import Connection, edges_of
from app.schema.receipts import RECEIPT_CODE
from app.schema.scalars import Money, Percent
from app.schema.signatures import SignatureInput
from app.schema.users import User
from app.services.approvals import missing
from app.services.group_settings import terms_of
from app.services.loan_pipeline import StageTotal
from app.services.loan_position import Position, position
from app.services.loan_schedule import plan


@strawberry.type
class LoanApproval:
    """Resolves from a models.Approval row."""

    role: Role = strawberry.field(description="The place that it fills.")
    notes: str | None
    decided_at: datetime

    @strawberry.field
    async def approved_by(self, info: Info) -> User:
        return cast(Any, await info.context.users.load(cast(models.Approval, self).user_id))

    @strawberry.field(description="Signed on the officer's phone, not by signing in.")
    def on_officers_device(self) -> bool:
        return cast(models.Approval, self).signature_id is not None


@strawberry.type
class LoanApplication:
    """Resolves from a models.Loan row."""

    id: UUID
    loan_type: LoanType
    duration_months: int
    grace_months: int
    purpose: str
    status: LoanStatus
    application_date: date
    approved_date: date | None
    disbursed_on: date | None
    completed_on: date | None
    rejected_reason: str | None
    write_off_reason: str | None
    disbursement_entry_id: UUID | None = strawberry.field(
        description="The entry of the books that paid it out, for `reverseEntry`."
    )
    write_off_entry_id: UUID | None = strawberry.field(
        description="The entry that wrote it off, for `reverseEntry`."
    )

    @strawberry.field
    async def group(self, info: Info) -> BankingGroup:
        return cast(Any, await info.context.groups.load(_row(self).group_id))

    @strawberry.field
    async def member(self, info: Info) -> GroupMember:
        return cast(Any, await info.context.members.load(_row(self).member_id))

    @strawberry.field
    def loan_amount(self) -> Money:
        return Money(_row(self).amount)

    @strawberry.field(description="Of the whole loan for SHORT_TERM, a year for the others.")
    def interest_rate(self) -> Percent:
        return Percent(_row(self).interest_rate)

    @strawberry.field(description="The appreciation fee, taken at disbursement.")
    def fee(self) -> Money:
        return Money(_row(self).fee)

    @strawberry.field(description="Whether the member's identity is verified.")
    async def id_verified(self, info: Info) -> bool:
        member = await info.context.members.load(_row(self).member_id)
        return member.id_verified

    @strawberry.field
    async def witnesses(self, info: Info) -> list[GroupMember]:
        ids = [UUID(one) for one in _row(self).witnesses]
        found = await info.context.members.load_many(ids)
        return cast(Any, found)

    @strawberry.field
    async def approvals(self, info: Info) -> list[LoanApproval]:
        return cast(Any, await info.context.approvals.load(self.id))

    @strawberry.field(description="The approvals that are still needed; none once it is decided.")
    async def approvals_missing(self, info: Info) -> list[Role]:
        if _row(self).status != LoanStatus.PENDING:
            return []
        given = await info.context.approvals.load(self.id)
        left = missing(_row(self).approvals_needed, (row.role for row in given))
        return [Role(role) for role in left]

    @strawberry.field(
        description="The instalments with what is paid of them; before the disbursement, as "
        "they would be if it were paid out today."
    )
    async def repayment_schedule(self, info: Info) -> list[Installment]:
        row = _row(self)
        if row.disbursed_on is not None:
            rows = await info.context.instalments.load(row.id)
            return [Installment.running(one) for one in rows]
        planned = plan(
            row.loan_type,
            row.amount,
            row.interest_rate,
            row.duration_months,
            grace=row.grace_months,
            start=info.context.today(),
        )
        return [Installment.planned(one) for one in planned]

    @strawberry.field(description="As it was applied for.")
    def total_interest(self) -> Money:
        return Money(_row(self).total_interest)

    @strawberry.field(description="As it was applied for.")
    def total_repayable(self) -> Money:
        return Money(_row(self).total_repayable)

    @strawberry.field(description="With the fee in it.")
    def annual_percentage_rate(self) -> Percent:
        return Percent(_row(self).annual_percentage_rate)

    @strawberry.field
    async def outstanding_principal(self, info: Info) -> Money:
        return Money((await _position(self, info)).outstanding_principal)

    @strawberry.field(description="Of the schedule that is left.")
    async def outstanding_interest(self, info: Info) -> Money:
        return Money((await _position(self, info)).outstanding_interest)

    @strawberry.field(description="Open fines of the loan.")
    async def outstanding_fines(self, info: Info) -> Money:
        return Money((await _position(self, info)).fines)

    @strawberry.field(
        description="The group's terms on the day of the application, which the loan keeps."
    )
    def terms(self) -> GroupSettings:
        return cast(Any, terms_of(_row(self).terms))

    @strawberry.field(
        description="Where principal was paid ahead in the middle of a month: the day up to which "
        "`accruedInterest` of the running instalment was counted."
    )
    def accrued_on(self) -> date | None:
        return _row(self).accrued_on

    @strawberry.field(description="On the higher balance before principal was paid ahead.")
    def accrued_interest(self) -> Money:
        return Money(_row(self).accrued_interest)

    @strawberry.field(description="What should have been paid before today, fines included.")
    async def arrears(self, info: Info) -> Money:
        return Money((await _position(self, info)).arrears)

    @strawberry.field
    async def days_overdue(self, info: Info) -> int:
        return (await _position(self, info)).days_overdue

    @strawberry.field(description="What settles the loan today.")
    async def payoff(self, info: Info) -> Money:
        return Money((await _position(self, info)).payoff)

    @strawberry.field
    async def next_due_date(self, info: Info) -> date | None:
        return (await _position(self, info)).next_due

    @strawberry.field(description="Of the instalment that is due next, without what is overdue.")
    async def next_due_amount(self, info: Info) -> Money:
        return Money((await _position(self, info)).next_amount)

    @strawberry.field(description="Oldest first.")
    async def repayments(self, info: Info) -> list["LoanRepayment"]:
        return cast(Any, await info.context.repayments.load(self.id))


def _row(self: object) -> models.Loan:
    return cast(models.Loan, self)


async def _position(self: object, info: Info) -> Position:
    row = _row(self)
    return position(
        row,
        await info.context.instalments.load(row.id),
        await info.context.charges_of_loan.load(row.id),
        info.context.today(),
    )


@strawberry.enum(description="Stages of the pipeline. A loan may stand in several of them.")
class LoanStage(enum.Enum):
    PENDING = "PENDING"
    ID_MISSING = strawberry.enum_value(
        "ID_MISSING", description="Applied for, but nobody looked at the member's papers yet."
    )
    AWAITING_MY_APPROVAL = strawberry.enum_value(
        "AWAITING_MY_APPROVAL", description="The caller could approve it now."
    )
    AWAITING_OFFICER = "AWAITING_OFFICER"
    AWAITING_CHAIR = "AWAITING_CHAIR"
    AWAITING_COMMITTEE = "AWAITING_COMMITTEE"
    AWAITING_ADMIN = "AWAITING_ADMIN"
    READY_TO_DISBURSE = "READY_TO_DISBURSE"
    RUNNING = "RUNNING"
    OVERDUE = "OVERDUE"
    CLOSED = strawberry.enum_value("CLOSED", description="Completed, rejected or written off.")
    COMPLETED = "COMPLETED"
    REJECTED = "REJECTED"
    WRITTEN_OFF = "WRITTEN_OFF"


@strawberry.type(description="What stands in a stage of the pipeline.")
class LoanStageTotal:
    """Resolves from services.loan_pipeline.StageTotal."""

    count: int
    amount: Money = strawberry.field(description="As applied for.")
    outstanding: Money = strawberry.field(description="Principal that is out.")

    @strawberry.field
    def stage(self) -> LoanStage:
        return LoanStage(cast(StageTotal, self).stage)


@strawberry.type
class LoanEdge:
    cursor: str
    node: LoanApplication


@strawberry.type
class LoanConnection(Connection):
    @strawberry.field
    def edges(self) -> list[LoanEdge]:
        return cast(list[LoanEdge], edges_of(self.page, LoanEdge))


@strawberry.type
class LoanRepayment:
    """Resolves from a models.Repayment row."""

    id: UUID
    amount: Money
    principal: Money
    interest: Money
    fines: Money
    savings: Money = strawberry.field(
        description="What was over, which went to the member's savings."
    )
    recovered: Money = strawberry.field(description="Paid on a loan that was written off.")
    payment_date: date
    payment_method: PaymentMethod
    transaction_id: str | None
    receipt_number: str
    entry_id: UUID = strawberry.field(description="Its entry in the books, for `reverseEntry`.")

    @strawberry.field(description=RECEIPT_CODE)
    def receipt_code(self) -> str | None:
        row = cast(models.Repayment, self)
        return code_of(row.receipt_number, row.offline_sync_id, row.id)

    @strawberry.field
    async def loan(self, info: Info) -> LoanApplication:
        return cast(Any, await info.context.loans.load(cast(models.Repayment, self).loan_id))

    @strawberry.field
    def is_reversed(self) -> bool:
        return cast(models.Repayment, self).reversed_by is not None


@strawberry.type(description="A rule that an application would fail.")
class EligibilityFailure:
    code: str
    message: str
    field: str | None


@strawberry.type
class PortfolioAtRisk:
    """Resolves from services.portfolio.Portfolio."""

    outstanding: Money
    at_risk: Money
    loans: int
    loans_at_risk: int
    share: Percent | None = strawberry.field(description="Null where no loan is out.")


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
class ApproveLoanInput:
    loan_id: UUID
    notes: str | None = None
    signature: SignatureInput | None = strawberry.field(
        default=None,
        description="The chair's, made on the officer's phone; loans below KES 50,000 only.",
    )
    offline_sync_id: UUID | None = None


@strawberry.input
class RejectLoanInput:
    loan_id: UUID
    reason: str
    offline_sync_id: UUID | None = None


@strawberry.input
class DisburseLoanInput:
    loan_id: UUID
    payment_method: PaymentMethod
    disbursement_date: date | None = None
    transaction_id: str | None = None
    meeting_id: UUID | None = None
    group_id: UUID | None = strawberry.field(
        default=None, description="The phone's word that the loan is not on its way any more."
    )
    amount: Money | None = strawberry.field(
        default=None, description="What was handed out, where the server knows no such loan."
    )
    offline_sync_id: UUID | None = None


@strawberry.input
class RecordRepaymentInput:
    loan_id: UUID
    amount: Money
    payment_method: PaymentMethod
    id: UUID | None = None
    payment_date: date | None = None
    transaction_id: str | None = None
    meeting_id: UUID | None = None
    group_id: UUID | None = strawberry.field(
        default=None, description="The phone's word that the loan is not on its way any more."
    )
    offline_sync_id: UUID | None = None

"""syncBatch and changes: how a phone and the server agree."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

import strawberry
from strawberry import Maybe
from strawberry.scalars import JSON

from app import models
from app.schema.contributions import (
    RecordContributionInput,
    SavingsContribution,
    WithdrawSavingsInput,
)
from app.schema.dividends import PayDividendsInput
from app.schema.documents import VerifyIdentityInput
from app.schema.enums import CollectionKind, PaymentMethod, SyncOutcome
from app.schema.fines import ChargeFineInput, FineCharge, WaiveFineInput
from app.schema.funds import Movement, RecordMovementInput
from app.schema.groups import BankingGroup
from app.schema.loans import (
    ApplyForLoanInput,
    ApproveLoanInput,
    DisburseLoanInput,
    LoanApplication,
    LoanRepayment,
    RecordRepaymentInput,
    RejectLoanInput,
)
from app.schema.meetings import (
    CloseMeetingInput,
    ConfirmMeetingInput,
    Meeting,
    OpenMeetingInput,
    RecordAttendanceInput,
    SubmitCollectionSheetInput,
)
from app.schema.members import GroupMember, RegisterMemberInput, UpdateMemberInput
from app.schema.officers import TrackOfficerSyncInput
from app.schema.reviews import ReviewItem
from app.schema.scalars import Money
from app.schema.welfare import (
    ApproveWelfareInput,
    PayWelfareInput,
    RejectWelfareInput,
    RequestWelfareInput,
    WelfareRequest,
)
from app.services.changes import Changes


@strawberry.type
class SyncError:
    code: str
    message: str
    field: str | None
    details: list["SyncError"] | None


@strawberry.type(description="What became of one line of a collection sheet.")
class SheetLineResult:
    offline_sync_id: UUID | None = strawberry.field(
        description="The line's own, or the one derived from the sheet's and the line's place."
    )
    outcome: SyncOutcome
    entity_id: UUID | None
    error: SyncError | None
    receipt_number: str | None


@strawberry.type(description="What a collection sheet brought of one kind by one method.")
class SheetTotal:
    kind: CollectionKind
    payment_method: PaymentMethod
    count: int
    amount: Money = strawberry.field(description="In its place in the books, now or before.")
    held: Money = strawberry.field(description="In the books, waiting for the office.")


@strawberry.type
class SyncResult:
    offline_sync_id: UUID
    outcome: SyncOutcome
    entity_id: UUID | None
    error: SyncError | None
    current: JSON | None
    receipt_number: str | None
    lines: list[SheetLineResult] | None = strawberry.field(
        description="Of a collection sheet: one result a line, in order."
    )
    totals: list[SheetTotal] | None = strawberry.field(description="Of a collection sheet.")


@strawberry.type
class CollectionSheetPayload:
    """What became of a sheet that was sent by itself."""

    outcome: SyncOutcome
    error: SyncError | None
    lines: list[SheetLineResult]
    totals: list[SheetTotal]
    meeting: Meeting


@strawberry.type
class SyncBatchPayload:
    results: list[SyncResult]
    server_time: datetime


@strawberry.input(one_of=True)
class SyncOperationInput:
    register_member: Maybe[RegisterMemberInput]
    update_member: Maybe[UpdateMemberInput]
    record_contribution: Maybe[RecordContributionInput]
    withdraw_savings: Maybe[WithdrawSavingsInput]
    record_movement: Maybe[RecordMovementInput]
    verify_identity: Maybe[VerifyIdentityInput]
    apply_for_loan: Maybe[ApplyForLoanInput]
    approve_loan: Maybe[ApproveLoanInput]
    reject_loan: Maybe[RejectLoanInput]
    disburse_loan: Maybe[DisburseLoanInput]
    record_repayment: Maybe[RecordRepaymentInput]
    request_welfare: Maybe[RequestWelfareInput]
    approve_welfare: Maybe[ApproveWelfareInput]
    reject_welfare: Maybe[RejectWelfareInput]
    pay_welfare: Maybe[PayWelfareInput]
    charge_fine: Maybe[ChargeFineInput]
    pay_dividends: Maybe[PayDividendsInput]
    waive_fine: Maybe[WaiveFineInput]
    open_meeting: Maybe[OpenMeetingInput]
    record_attendance: Maybe[RecordAttendanceInput]
    submit_collection_sheet: Maybe[SubmitCollectionSheetInput]
    close_meeting: Maybe[CloseMeetingInput]
    confirm_meeting: Maybe[ConfirmMeetingInput]
    track_officer: Maybe[TrackOfficerSyncInput]


@strawberry.type
class ChangesPayload:
    """Resolves from services.changes.Changes."""

    cursor: str
    has_more: bool
    deleted_ids: list[UUID]

    @strawberry.field
    def members(self) -> list[GroupMember]:
        return cast(Changes, self).of(models.Member)

    @strawberry.field
    def loans(self) -> list[LoanApplication]:
        return cast(Changes, self).of(models.Loan)

    @strawberry.field
    def contributions(self) -> list[SavingsContribution]:
        return cast(Changes, self).of(models.Contribution)

    @strawberry.field
    def groups(self) -> list[BankingGroup]:
        return cast(Any, cast(Changes, self).found_groups)

    @strawberry.field(description="What became of the caller's own held money and clashes.")
    def review_items(self) -> list[ReviewItem]:
        return cast(Changes, self).of(models.ReviewItem)

    @strawberry.field
    def repayments(self) -> list[LoanRepayment]:
        return cast(Changes, self).of(models.Repayment)

    @strawberry.field
    def meetings(self) -> list[Meeting]:
        return cast(Changes, self).of(models.Meeting)

    @strawberry.field
    def movements(self) -> list[Movement]:
        return cast(Changes, self).of(models.Movement)

    @strawberry.field
    def welfare_requests(self) -> list[WelfareRequest]:
        return cast(Changes, self).of(models.WelfareRequest)

    @strawberry.field
    def fine_charges(self) -> list[FineCharge]:
        return cast(Changes, self).of(models.FineCharge)

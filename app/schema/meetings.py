"""Meetings: attendance, the collection sheet, the count of the cash, the minutes."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import strawberry
from strawberry.scalars import JSON

from app import models
from app.context import Info
from app.schema.enums import (
    AttendanceStatus,
    CashCategory,
    CollectionKind,
    MeetingStatus,
    MoneyAccount,
    PaymentMethod,
)
from app.schema.groups import BankingGroup
from app.schema.ledger import CashLedgerEntry
from app.schema.members import GroupMember
from app.schema.paging import Connection, edges_of
from app.schema.scalars import Money
from app.schema.signatures import Signature, SignatureInput
from app.schema.users import User


@strawberry.type
class Attendance:
    """Resolves from a models.Attendance row."""

    member_id: UUID
    status: AttendanceStatus
    recorded_at: datetime

    @strawberry.field
    async def member(self, info: Info) -> GroupMember:
        return cast(Any, await info.context.members.load(cast(models.Attendance, self).member_id))


@strawberry.type(description="Pieces of one note or coin.")
class Denomination:
    value: int = strawberry.field(description="In whole shillings.")
    pieces: int


@strawberry.type(description="What moved at a meeting by subcategory and account.")
class MeetingTotal:
    subcategory: str
    account: MoneyAccount
    category: CashCategory
    amount: Money
    lines: int


@strawberry.type(description="The figures of the close, by the books.")
class MeetingMinutes:
    """Resolves from the dictionary of operations/meeting_minutes.py."""

    statement: strawberry.Private[dict[str, Any]]

    @strawberry.field
    def present(self) -> int:
        return cast(int, self.statement["present"])

    @strawberry.field(description="There, but late.")
    def late(self) -> int:
        return cast(int, self.statement["late"])

    @strawberry.field
    def excused(self) -> int:
        return cast(int, self.statement["excused"])

    @strawberry.field
    def absent(self) -> int:
        return cast(int, self.statement["absent"])

    @strawberry.field(description="Active members of whom nothing was recorded; none is fined.")
    def not_recorded(self) -> int:
        return cast(int, self.statement["notRecorded"])

    @strawberry.field
    def quorum_reached(self) -> bool:
        return cast(bool, self.statement["quorumReached"])

    @strawberry.field(description="Cash from the bank.")
    def brought(self) -> Money:
        return Money(self.statement["brought"])

    @strawberry.field(description="Cash to the bank.")
    def banked(self) -> Money:
        return Money(self.statement["banked"])

    @strawberry.field(description="Other cash in at the meeting.")
    def cash_in(self) -> Money:
        return Money(self.statement["cashIn"])

    @strawberry.field(description="Other cash out at the meeting.")
    def cash_out(self) -> Money:
        return Money(self.statement["cashOut"])

    @strawberry.field(
        description="Cash of the group that moved while the meeting was open without naming it; "
        "negative where it went out. opening + brought + in - out - banked + this = expected."
    )
    def elsewhere(self) -> Money:
        return Money(self.statement["elsewhere"])

    @strawberry.field
    def repayments(self) -> int:
        return cast(int, self.statement["repayments"])

    @strawberry.field(description="Paid back on loans, by any method.")
    def repaid(self) -> Money:
        return Money(self.statement["repaid"])

    @strawberry.field
    def loans_paid_out(self) -> int:
        return cast(int, self.statement["loansPaidOut"])

    @strawberry.field(description="Principal of the loans paid out, by any method.")
    def lent(self) -> Money:
        return Money(self.statement["lent"])

    @strawberry.field
    def fined_members(self) -> int:
        return cast(int, self.statement["finedMembers"])

    @strawberry.field(description="Charged at the close for absence and lateness.")
    def fines_charged(self) -> Money:
        return Money(self.statement["finesCharged"])

    @strawberry.field(description="The phone knew of another attendance than the books.")
    def attendance_differs(self) -> bool:
        return cast(bool, self.statement["attendanceDiffers"])

    @strawberry.field
    def totals(self) -> list[MeetingTotal]:
        return [MeetingTotal(**row) for row in self.statement["totals"]]


@strawberry.type
class Meeting:
    """Resolves from a models.Meeting row."""

    id: UUID
    group_id: UUID
    meeting_date: date
    venue: str
    status: MeetingStatus
    opened_at: datetime
    opening_cash: Money = strawberry.field(
        description="Cash in the books before money was brought from the bank."
    )
    brought_from_bank: Money
    quorum: int = strawberry.field(description="Members that must be there, by the group's terms.")
    banked: Money = strawberry.field(description="Taken to the bank at the close.")
    counted: Money | None
    expected: Money | None = strawberry.field(description="Cash in the books at the close.")
    claimed_expected: Money | None = strawberry.field(description="What the phone showed.")
    variance: Money | None = strawberry.field(description="counted - expected.")
    variance_note: str | None
    variance_entry_id: UUID | None
    resolutions: str
    book_sequence: int | None = strawberry.field(
        description="The last entry of the group's books at the close."
    )
    closed_at: datetime | None
    confirmed_at: datetime | None

    @strawberry.field
    async def group(self, info: Info) -> BankingGroup:
        return cast(Any, await info.context.groups.load(_row(self).group_id))

    @strawberry.field
    async def opened_by(self, info: Info) -> User | None:
        return cast(Any, await info.context.users.load(_row(self).opened_by))

    @strawberry.field
    async def closed_by(self, info: Info) -> User | None:
        by = _row(self).closed_by
        return cast(Any, await info.context.users.load(by)) if by is not None else None

    @strawberry.field
    async def confirmed_by(self, info: Info) -> User | None:
        by = _row(self).confirmed_by
        return cast(Any, await info.context.users.load(by)) if by is not None else None

    @strawberry.field(description="Confirmed by a signature on the officer's phone.")
    def on_officers_device(self) -> bool:
        return _row(self).signature_id is not None

    @strawberry.field
    async def signature(self, info: Info) -> Signature | None:
        signature_id = _row(self).signature_id
        if signature_id is None:
            return None
        return cast(Any, await info.context.signatures.load(signature_id))

    @strawberry.field
    async def attendance(self, info: Info) -> list[Attendance]:
        return cast(Any, await info.context.attendance.load(_row(self).id))

    @strawberry.field(description="What has moved at the meeting so far.")
    async def totals(self, info: Info) -> list[MeetingTotal]:
        return cast(Any, await info.context.meeting_totals.load(_row(self).id))

    @strawberry.field
    def denominations(self) -> list[Denomination]:
        found = _row(self).denominations
        pairs = sorted(((int(value), pieces) for value, pieces in found.items()), reverse=True)
        return [Denomination(value=value, pieces=pieces) for value, pieces in pairs]

    @strawberry.field(description="Null while the meeting is open.")
    def minutes(self) -> MeetingMinutes | None:
        found = _row(self).statement
        return MeetingMinutes(statement=found) if found else None

    @strawberry.field(description="The form that is signed (docs/meetings.md).")
    def minutes_form(self) -> JSON | None:
        return cast(Any, _row(self).minutes_form)

    @strawberry.field(description="SHA-256 of the form, in hexadecimal.")
    def minutes_hash(self) -> str | None:
        return _hex(_row(self).minutes_hash)

    @strawberry.field(description="The end of the group's hash chain at the close.")
    def chain_head(self) -> str | None:
        return _hex(_row(self).chain_head)


def _row(self: object) -> models.Meeting:
    return cast(models.Meeting, self)


def _hex(found: bytes | None) -> str | None:
    return found.hex() if found is not None else None


@strawberry.type
class MeetingEdge:
    cursor: str
    node: Meeting


@strawberry.type
class MeetingConnection(Connection):
    @strawberry.field
    def edges(self) -> list[MeetingEdge]:
        return cast(list[MeetingEdge], edges_of(self.page, MeetingEdge))


@strawberry.type
class MeetingLedgerEdge:
    cursor: str
    node: CashLedgerEntry


@strawberry.type
class MeetingLedgerConnection(Connection):
    @strawberry.field
    def edges(self) -> list[MeetingLedgerEdge]:
        return cast(list[MeetingLedgerEdge], edges_of(self.page, MeetingLedgerEdge))


@strawberry.input
class OpenMeetingInput:
    group_id: UUID
    meeting_date: date
    id: UUID | None = None
    venue: str | None = None
    brought_from_bank: Money | None = strawberry.field(
        default=None, description="Cash taken from the bank for the meeting; 0 by default."
    )
    offline_sync_id: UUID | None = None


@strawberry.input
class AttendanceInput:
    member_id: UUID
    status: AttendanceStatus


@strawberry.input
class RecordAttendanceInput:
    meeting_id: UUID
    attendance: list[AttendanceInput]
    offline_sync_id: UUID | None = None


@strawberry.input
class SheetLineInput:
    kind: CollectionKind
    amount: Money
    payment_method: PaymentMethod
    member_id: UUID | None = strawberry.field(
        default=None, description="Who pays; of a REPAYMENT the loan says it."
    )
    loan_id: UUID | None = strawberry.field(default=None, description="For REPAYMENT.")
    transaction_id: str | None = None
    id: UUID | None = None
    offline_sync_id: UUID | None = strawberry.field(
        default=None,
        description="Where it is left out: UUIDv5 of the line's place (0, 1, …) in the namespace "
        "of the sheet's offlineSyncId.",
    )


@strawberry.input
class SubmitCollectionSheetInput:
    meeting_id: UUID
    collection_date: date
    lines: list[SheetLineInput]
    group_id: UUID | None = strawberry.field(
        default=None,
        description="The phone's last word: money of members that are not in the register is "
        "held for this group.",
    )
    offline_sync_id: UUID | None = None


@strawberry.input
class DenominationInput:
    value: int = strawberry.field(description="1000, 500, 200, 100, 50, 40, 20, 10, 5 or 1.")
    pieces: int


@strawberry.input
class MinutesTotalInput:
    label: str
    payment_method: PaymentMethod
    amount: Money = strawberry.field(description="Negative for money that went out.")


@strawberry.input(description="What the phone itself knew at the close: what is signed on it.")
class MinutesClaimInput:
    expected: Money | None = strawberry.field(
        default=None, description="The cash that the phone said should be there."
    )
    attendance: list[AttendanceInput] | None = None
    totals: list[MinutesTotalInput] | None = None


@strawberry.input
class CloseMeetingInput:
    meeting_id: UUID
    denominations: list[DenominationInput]
    banked: Money | None = strawberry.field(
        default=None, description="Cash taken to the bank before the rest was counted."
    )
    variance_note: str | None = strawberry.field(
        default=None, description="Why the cash differs from the books."
    )
    resolutions: str | None = strawberry.field(
        default=None, description="What the meeting decided, at most 4,000 characters."
    )
    claim: MinutesClaimInput | None = None
    offline_sync_id: UUID | None = None


@strawberry.input
class ConfirmMeetingInput:
    meeting_id: UUID
    signature: SignatureInput | None = strawberry.field(
        default=None,
        description="The chair's or a committee member's, made on the officer's phone over the "
        "minutes' hash.",
    )
    offline_sync_id: UUID | None = None

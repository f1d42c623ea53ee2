"""Closing a meeting by its cash, and confirming its minutes (docs/meetings.md)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.errors import DomainError, RuleBroken
from app.models import (
    Account,
    AttendanceStatus,
    FineReason,
    Meeting,
    MovementKind,
    ReviewKind,
)
from app.money import format_grouped, format_money
from app.receipts import receipt_number
from app.services.ledger import Line
from app.services.operations.charges import Charges, NamedCharges, charge, load_charges, pay
from app.services.operations.kind import Kind
from app.services.operations.meeting_bodies import (
    CloseMeeting,
    ConfirmMeeting,
    read_closing,
    read_confirmation,
)
from app.services.operations.meeting_minutes import fines_paid, statement_of
from app.services.operations.meeting_state import (
    CLOSED,
    CONFIRMED,
    OPEN,
    MeetingLine,
    NamedMeetings,
    active_members,
    attendance_of,
    find_meeting,
    lines_of_meeting,
    load_meetings,
    unknown_meeting,
)
from app.services.operations.meetings import (
    CASH,
    meeting_closed,
    move_to_or_from_bank,
    tell_office,
)
from app.services.operations.money import SUSPENSE, date_breach, for_single, money_breach
from app.services.operations.named import Named
from app.services.operations.signing import (
    SIGNERS,
    Signed,
    gather_signature,
    load_signers,
    take_signature,
)
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Operation, Outcome, rejected
from app.services.signed_forms import digest_of, meeting_form

FINED: dict[str, tuple[FineReason, str]] = {
    AttendanceStatus.ABSENT.value: (FineReason.MISSED_MEETING, "missed_meeting_fine"),
    AttendanceStatus.LATE.value: (FineReason.LATE_AT_MEETING, "late_meeting_fine"),
}
"""Attendance to the fine's reason and the group's term that says how much it is."""


def gather_closing(named: Named, operation: Operation, body: CloseMeeting) -> None:
    named.subject(Meeting, body.meeting_id)
    wanted = named.section(NamedMeetings)
    wanted.attended.add(body.meeting_id)
    wanted.closing.add(body.meeting_id)
    named.section(NamedCharges).meetings.add(body.meeting_id)
    named.terms = True


def close_meeting(state: State, operation: Operation, body: CloseMeeting) -> Outcome:
    """Banks what is banked, compares the count with the books, posts the variance, charges the
    fines and writes the minutes."""
    meeting, error = find_meeting(state, operation, body.meeting_id)
    if meeting is None:
        return rejected(error or unknown_meeting(operation))
    if meeting.status != OPEN:
        return _closed_before(state, operation, body, meeting)
    breach = _banking_breach(state, meeting, body.banked)
    variance = body.counted - (_cash(state, meeting.group_id) - body.banked)
    error = breach or _unexplained(body, variance)
    if error is not None and not operation.synced:
        return rejected(for_single(error, operation))
    if body.banked:
        move_to_or_from_bank(state, operation, meeting, MovementKind.TO_BANK, body.banked, breach)
    _close(state, operation, body, meeting)
    return Outcome(
        APPLIED,
        meeting.id,
        entity=meeting,
        group_id=meeting.group_id,
        detail={
            "counted": meeting.counted,
            "expected": meeting.expected,
            "variance": meeting.variance,
            "minutesHash": meeting.minutes_hash.hex() if meeting.minutes_hash else None,
        },
    )


def _banking_breach(state: State, meeting: Meeting, cents: int) -> DomainError | None:
    if not cents:
        return None
    return date_breach(state, meeting.group_id, meeting.meeting_date, "banked") or money_breach(
        state, meeting.group_id, CASH, cents, "banked"
    )


def _closed_before(
    state: State, operation: Operation, body: CloseMeeting, meeting: Meeting
) -> Outcome:
    """Somebody else counted first. What a phone says was banked still went to the bank."""
    if operation.synced and body.banked:
        return move_to_or_from_bank(
            state, operation, meeting, MovementKind.TO_BANK, body.banked, meeting_closed()
        )
    return rejected(meeting_closed())


def _cash(state: State, group_id: UUID) -> int:
    return state.books[group_id].balances.get(Account.CASH.value, 0)


def _unexplained(body: CloseMeeting, variance: int) -> DomainError | None:
    if variance == 0 or body.variance_note:
        return None
    expected = format_grouped(body.counted - variance)
    words = "over" if variance > 0 else "short"
    return RuleBroken(
        f"The books expect {expected}; the cash is {format_grouped(abs(variance))} {words}. "
        "Count again, or say why.",
        code="VARIANCE_UNEXPLAINED",
        field="varianceNote",
    )


def _close(state: State, operation: Operation, body: CloseMeeting, meeting: Meeting) -> None:
    lines = lines_of_meeting(state, meeting)
    statuses = {row.member_id: row.status for row in attendance_of(state, meeting.id).values()}
    fines = _charge_fines(state, meeting, statuses, lines)
    expected = _cash(state, meeting.group_id)
    meeting.status = CLOSED
    meeting.closed_by, meeting.closed_at = operation.actor.user_id, state.now
    meeting.denominations = {str(value): pieces for value, pieces in body.denominations}
    meeting.banked = body.banked
    meeting.counted, meeting.expected = body.counted, expected
    meeting.variance = body.counted - expected
    meeting.variance_note = body.variance_note or None
    meeting.claimed_expected = body.claim.expected
    meeting.resolutions = body.resolutions
    meeting.statement = statement_of(
        meeting,
        lines,
        statuses.values(),
        active_members(state, meeting.group_id),
        expected=expected,
        fines=fines,
    )
    claimed = body.claim.attendance
    meeting.statement["attendanceDiffers"] = claimed is not None and dict(claimed) != statuses
    meeting.minutes_form = _form(body, meeting, statuses)
    meeting.minutes_hash = digest_of(meeting.minutes_form)
    _post_variance(state, operation, meeting)
    book = state.books[meeting.group_id]
    meeting.book_sequence, meeting.chain_head = book.sequence, book.head
    state.touch(meeting)


def _form(body: CloseMeeting, meeting: Meeting, statuses: dict[UUID, str]) -> list[Any]:
    """What is signed: as the phone claims, and by the books where it claims nothing."""
    claim, expected = body.claim, body.claim.expected
    attendance = claim.attendance
    if attendance is None:
        attendance = tuple(sorted(statuses.items(), key=lambda pair: str(pair[0])))
    totals = claim.totals
    if totals is None:
        totals = tuple(
            (row["subcategory"], row["account"], _signed(row))
            for row in meeting.statement["totals"]
        )
    return meeting_form(
        meeting,
        denominations=body.denominations,
        counted=body.counted,
        banked=body.banked,
        expected=(meeting.expected or 0) if expected is None else expected,
        attendance=attendance,
        totals=sorted(totals),
        variance_note=body.variance_note,
        resolutions=body.resolutions,
    )


def _signed(total: dict[str, Any]) -> int:
    cents: int = total["amount"]
    return cents if total["category"] == "CASH_IN" else -cents


def _charge_fines(
    state: State, meeting: Meeting, statuses: dict[UUID, str], lines: list[MeetingLine]
) -> list[int]:
    """Charges who was absent or late, once; what they paid as a fine at this meeting without
    owing one yet counts for it. The cents charged."""
    terms = state.terms[meeting.group_id]
    paid = fines_paid(lines)
    made = []
    for member_id, status in sorted(statuses.items()):
        if status not in FINED:
            continue
        reason, term = FINED[status]
        row = charge(
            state,
            meeting.group_id,
            member_id,
            reason.value,
            getattr(terms, term),
            min(meeting.meeting_date, state.today),
            meeting_id=meeting.id,
        )
        if row is None:
            continue
        made.append(row.amount)
        for entry_id, cents in paid.get(member_id, ()):
            free = min(cents - _settled(state, entry_id), row.amount - row.paid)
            if free > 0:
                pay(state, row, free, entry_id)
    return made


def _settled(state: State, entry_id: UUID) -> int:
    """What the entry has paid of charges already, in cents."""
    payments = state.section(Charges).payments.values()
    return sum(payment.amount for payment in payments if payment.entry_id == entry_id)


def _post_variance(state: State, operation: Operation, meeting: Meeting) -> None:
    """Makes the books' cash what was counted; what is over or short waits in SUSPENSE for the
    office. A claim that differs from the books goes there too, even where the count is right."""
    expected, counted = meeting.expected or 0, meeting.counted or 0
    variance = counted - expected
    claimed = meeting.claimed_expected
    differs = claimed is not None and claimed != expected
    if variance:
        when = meeting.meeting_date
        locked = date_breach(state, meeting.group_id, when, "meetingId") is not None
        meeting.variance_entry_id = state.post(
            operation,
            meeting.group_id,
            "VARIANCE",
            receipt_number(meeting.id),
            (
                Line(Account.CASH.value, variance, "adjustment"),
                Line(SUSPENSE, -variance),
            ),
            booked=state.today if locked else when,
            valued=when,
        )
    if not variance and not differs and not meeting.statement["attendanceDiffers"]:
        return
    reason = "CLAIM_DIFFERS"
    if variance:
        reason = "VARIANCE_EXPLAINED" if meeting.variance_note else "VARIANCE_UNEXPLAINED"
    tell_office(
        state,
        operation,
        meeting,
        ReviewKind.VARIANCE,
        reason,
        variance,
        {
            "counted": format_money(counted),
            "expected": format_money(expected),
            "claimedExpected": format_money(claimed) if claimed is not None else None,
            "attendanceDiffers": meeting.statement["attendanceDiffers"],
            "meetingDate": meeting.meeting_date,
        },
        meeting.variance_entry_id,
    )


def gather_confirmation(named: Named, operation: Operation, body: ConfirmMeeting) -> None:
    named.subject(Meeting, body.meeting_id)
    gather_signature(named, body.signature)


def confirm_meeting(state: State, operation: Operation, body: ConfirmMeeting) -> Outcome:
    """The minutes are confirmed by a signatory who did not close the meeting."""
    meeting = state.subject(Meeting, body.meeting_id)
    if meeting is None or not _within_reach(state, operation, meeting, body):
        return rejected(unknown_meeting(operation))
    if meeting.status == OPEN:
        return rejected(
            RuleBroken(
                "The meeting is not closed yet.", code="MEETING_NOT_CLOSED", field="meetingId"
            )
        )
    if meeting.status == CONFIRMED:
        return rejected(
            RuleBroken(
                "The meeting is confirmed already.", code="ALREADY_CONFIRMED", field="meetingId"
            )
        )
    signed = _signed_by(state, operation, body, meeting)
    if isinstance(signed, DomainError):
        return rejected(signed)
    if signed.user_id == meeting.closed_by:
        return rejected(
            RuleBroken(
                "Who closed the meeting cannot confirm it.", code="OWN_MEETING", field="meetingId"
            )
        )
    signed.keep(state)
    meeting.status = CONFIRMED
    meeting.confirmed_by, meeting.confirmed_at = signed.user_id, state.now
    meeting.signature_id = signed.signature_id
    state.touch(meeting)
    return Outcome(
        APPLIED,
        meeting.id,
        entity=meeting,
        group_id=meeting.group_id,
        detail={"confirmedBy": signed.user_id, "signatureId": signed.signature_id},
    )


def _within_reach(
    state: State, operation: Operation, meeting: Meeting, body: ConfirmMeeting
) -> bool:
    if body.signature is not None and operation.synced:
        return state.ever_served(operation.actor, meeting.group_id)
    return state.may_sign(operation.actor, meeting.group_id)


def _signed_by(
    state: State, operation: Operation, body: ConfirmMeeting, meeting: Meeting
) -> Signed | DomainError:
    if body.signature is not None:
        digest = meeting.minutes_hash or b""
        return take_signature(
            state, operation, body.signature, meeting.group_id, "MEETING", meeting.id, digest
        )
    if operation.actor.role.value not in SIGNERS:
        return RuleBroken(
            "The chair or a member of the committee confirms the minutes.",
            code="NOT_A_SIGNATORY",
            field="signature",
        )
    return Signed.in_person(state, operation)


KINDS = (
    Kind(
        body=CloseMeeting,
        verb="meetings:run",
        parse=read_closing,
        gather=gather_closing,
        judge=close_meeting,
        audit="meeting.closed",
        held="meeting.banking_held",
        loaders=(load_meetings, load_charges),
    ),
    Kind(
        body=ConfirmMeeting,
        verb="meetings:confirm",
        parse=read_confirmation,
        gather=gather_confirmation,
        judge=confirm_meeting,
        audit="meeting.confirmed",
        loaders=(load_signers,),
    ),
)

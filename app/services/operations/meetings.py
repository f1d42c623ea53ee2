"""A meeting begins, and who was there (docs/meetings.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson

from app.errors import DomainError, NotFound, RuleBroken
from app.models import (
    Account,
    Attendance,
    Meeting,
    MovementKind,
    PaymentMethod,
    ReviewItem,
    ReviewKind,
)
from app.models.base import new_id
from app.money import format_money
from app.services.operations.kind import Kind
from app.services.operations.meeting_bodies import (
    OpenMeeting,
    RecordAttendance,
    read_attendance,
    read_opening,
)
from app.services.operations.meeting_state import (
    OPEN,
    Meetings,
    NamedMeetings,
    active_members,
    attendance_of,
    find_meeting,
    load_meetings,
)
from app.services.operations.money import (
    authority_breach,
    date_breach,
    for_single,
    group_breach,
    hold,
    money_breach,
    taken_error,
    unknown_member,
)
from app.services.operations.movements import book_movement, lines_of
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Operation, Outcome, rejected

CASH = PaymentMethod.CASH.value
BANK = PaymentMethod.BANK.value
WHOLE = 100_00

MEETING_WORDS = {
    "MEETING_OPEN": "Another meeting of the group was open at the same time.",
    "OFFICER_UNASSIGNED": "The officer who held the meeting no longer serves the group.",
    "GROUP_INACTIVE": "The group that met is not active.",
    "DATE_IN_FUTURE": "The meeting's date is in the future.",
    "DATE_UNLIKELY": "The meeting's date is too long ago.",
    "MONTH_LOCKED": "The meeting was in a month that is signed off.",
    "VARIANCE_EXPLAINED": "The cash counted differs from the books; the officer says why.",
    "VARIANCE_UNEXPLAINED": "The cash counted differs from the books, and nobody says why.",
    "CLAIM_DIFFERS": "The phone showed other figures than the books hold.",
}
"""Why a meeting is in the review inbox."""


def gather_opening(named: Named, operation: Operation, body: OpenMeeting) -> None:
    named.groups.add(body.group_id)
    named.subject(Meeting, body.id)
    named.section(NamedMeetings).opening.add(body.group_id)
    named.terms = True


def open_meeting(state: State, operation: Operation, body: OpenMeeting) -> Outcome:
    """Opens the meeting, and posts the money that was brought from the bank.

    What a phone sends has happened: where a rule stands against it, the meeting is open all the
    same and the office is told.
    """
    error = taken_error(state, body.id)
    if error is not None:
        return rejected(error)
    if not state.ever_served(operation.actor, body.group_id):
        return rejected(_unknown_group(operation))
    breaches = _breaches(state, operation, body)
    # Of nothing there is no shortage, even where the books have the account overdrawn.
    brought = body.brought_from_bank
    shortage = brought and money_breach(state, body.group_id, BANK, brought, "broughtFromBank")
    if not operation.synced:
        if not state.may_write(operation.actor, body.group_id):
            return rejected(_unknown_group(operation))
        first = breaches[0] if breaches else shortage
        if first:
            return rejected(for_single(first, operation))
    meeting = _make(state, operation, body)
    for breach in breaches:
        tell_office(state, operation, meeting, ReviewKind.MEETING, breach.code, 0, {})
    if brought:
        held = [breach for breach in breaches if breach.code != "MEETING_OPEN"]
        reason = held[0] if held else shortage or None
        move_to_or_from_bank(state, operation, meeting, MovementKind.FROM_BANK, brought, reason)
    return Outcome(
        APPLIED,
        meeting.id,
        entity=meeting,
        group_id=meeting.group_id,
        detail={"meetingDate": meeting.meeting_date, "brought": brought},
    )


def _unknown_group(operation: Operation) -> DomainError:
    code = "UNKNOWN_GROUP" if operation.synced else "NOT_FOUND"
    return NotFound("There is no such group.", code=code, field="groupId")


def _breaches(state: State, operation: Operation, body: OpenMeeting) -> list[DomainError]:
    """Every rule that stands against opening the meeting now."""
    group_id = body.group_id
    found = (
        authority_breach(state, operation, group_id, "groupId"),
        group_breach(state, group_id, "groupId"),
        date_breach(state, group_id, body.meeting_date, "meetingDate"),
        _overlap(state, group_id),
    )
    return [breach for breach in found if breach is not None]


def _overlap(state: State, group_id: UUID) -> DomainError | None:
    meetings = state.section(Meetings).open.get(group_id, ())
    if all(meeting.status != OPEN for meeting in meetings):
        return None
    return RuleBroken(
        "Another meeting of this group is still open. Close it first.",
        code="MEETING_OPEN",
        field="groupId",
    )


def _make(state: State, operation: Operation, body: OpenMeeting) -> Meeting:
    group_id = body.group_id
    book = state.books[group_id]
    percent = state.terms[group_id].quorum_percent
    meeting = Meeting(
        id=body.id or new_id(),
        group_id=group_id,
        meeting_date=body.meeting_date,
        venue=body.venue,
        opened_by=operation.actor.user_id,
        opened_at=state.now,
        opening_cash=book.balances.get(Account.CASH.value, 0),
        brought_from_bank=body.brought_from_bank,
        # Rounded up: half of seven members is four.
        quorum=-(-active_members(state, group_id) * percent // WHOLE),
        offline_sync_id=operation.offline_sync_id,
        change_sequence=book.next_change(),
    )
    state.make(meeting)
    state.section(Meetings).open.setdefault(group_id, []).append(meeting)
    return meeting


def tell_office(
    state: State,
    operation: Operation,
    meeting: Meeting,
    kind: ReviewKind,
    reason: str,
    amount: int,
    claim: Mapping[str, Any],
    entry_id: UUID | None = None,
) -> None:
    """Puts the meeting into the review inbox; signed cents, 0 where it is not about money."""
    item = ReviewItem(
        id=new_id(),
        group_id=meeting.group_id,
        entry_id=entry_id,
        reason=reason,
        amount=amount,
        claim=orjson.dumps(
            {"operation": operation.kind, "meetingId": meeting.id, **claim}, default=str
        ).decode(),
        officer_id=operation.actor.user_id,
        created_at=state.now,
        kind=kind.value,
        subject_id=meeting.id,
        change_sequence=state.books[meeting.group_id].next_change(),
    )
    state.make(item)


def move_to_or_from_bank(
    state: State,
    operation: Operation,
    meeting: Meeting,
    kind: MovementKind,
    cents: int,
    breach: DomainError | None,
) -> Outcome:
    """Cash brought from the bank or taken there at the meeting; HELD where a rule stands
    against it: the cash has moved."""
    comes_in = kind is MovementKind.FROM_BANK
    if breach is not None:
        return hold(
            state,
            operation,
            meeting.group_id,
            breach.code,
            amount=cents if comes_in else -cents,
            method=CASH,
            claim={
                "movement": kind.value,
                "amount": format_money(cents),
                "paymentMethod": CASH,
                "movementDate": meeting.meeting_date,
            },
            valued=meeting.meeting_date,
            meeting_id=meeting.id,
        )
    return book_movement(
        state,
        operation,
        group_id=meeting.group_id,
        kind=kind.value,
        amount=cents,
        method=CASH,
        lines=lines_of(kind.value, cents, CASH),
        when=meeting.meeting_date,
        description="Brought to the meeting" if comes_in else "Banked at the meeting's close",
        payer=meeting.group_id,
        meeting_id=meeting.id,
    )


def gather_attendance(named: Named, operation: Operation, body: RecordAttendance) -> None:
    named.subject(Meeting, body.meeting_id)
    named.section(NamedMeetings).attended.add(body.meeting_id)
    named.members.update(member_id for member_id, _ in body.attendance)


def record_attendance(state: State, operation: Operation, body: RecordAttendance) -> Outcome:
    """Writes who was there over what was recorded before.

    A member whom nobody knows is reported; the others stand where a phone sent them.
    """
    meeting, error = find_meeting(state, operation, body.meeting_id)
    if meeting is None:
        return rejected(error or NotFound("There is no such meeting."))
    if meeting.status != OPEN:
        return rejected(meeting_closed())
    unknown = [
        _unknown(operation, member_id)
        for member_id, _ in body.attendance
        if not _is_member(state, meeting.group_id, member_id)
    ]
    if unknown and not operation.synced:
        return rejected(unknown[0])
    known = attendance_of(state, meeting.id)
    for member_id, status in body.attendance:
        if not _is_member(state, meeting.group_id, member_id):
            continue
        row = known.setdefault(
            member_id,
            Attendance(
                meeting_id=meeting.id,
                member_id=member_id,
                group_id=meeting.group_id,
                status=status,
                recorded_by=operation.actor.user_id,
                recorded_at=state.now,
            ),
        )
        row.status = status
        row.recorded_by, row.recorded_at = operation.actor.user_id, state.now
        # Whether it is new or not: it is written over what is there.
        state.rows.put(row)
    state.touch(meeting)
    outcome = Outcome(APPLIED, meeting.id, entity=meeting, group_id=meeting.group_id)
    if unknown:
        outcome.error = NotFound(
            "Some of those named are not in the register of this group; the others are recorded.",
            code="UNKNOWN_MEMBER",
            field="attendance",
            details=unknown,
        )
    return outcome


def meeting_closed() -> DomainError:
    return RuleBroken(
        "The meeting is closed and its cash counted.", code="MEETING_CLOSED", field="meetingId"
    )


def _is_member(state: State, group_id: UUID, member_id: UUID) -> bool:
    member = state.members.get(member_id)
    return member is not None and member.group_id == group_id


def _unknown(operation: Operation, member_id: UUID) -> DomainError:
    return unknown_member(operation, f"attendance.{member_id}")


KINDS = (
    Kind(
        body=OpenMeeting,
        verb="meetings:run",
        parse=read_opening,
        gather=gather_opening,
        judge=open_meeting,
        audit="meeting.opened",
        loaders=(load_meetings,),
    ),
    Kind(
        body=RecordAttendance,
        verb="meetings:run",
        parse=read_attendance,
        gather=gather_attendance,
        judge=record_attendance,
        audit="meeting.attendance",
        loaders=(load_meetings,),
    ),
)

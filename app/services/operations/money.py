"""What every operation that moves money has in common (design.md: Sync, Money and the books)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from app.errors import BadInput, DomainError, NotFound, RuleBroken
from app.models import (
    Account,
    GroupStatus,
    Meeting,
    MeetingEntry,
    MeetingStatus,
    PaymentMethod,
    ReviewItem,
    ReviewKind,
)
from app.models.base import new_id
from app.money import MAX_CENTS
from app.receipts import receipt_number
from app.services.ledger import Line
from app.services.operations.state import MemberFacts, PaymentPart, State
from app.services.operations.types import HELD, Operation, Outcome

EARLIEST = date(2000, 1, 1)
"""Before this a date is a phone's clock that lost its battery, not a day of collection."""

MONEY = {
    PaymentMethod.CASH.value: Account.CASH.value,
    PaymentMethod.MPESA.value: Account.MPESA.value,
    PaymentMethod.BANK.value: Account.BANK.value,
}
"""Payment method to the account that the money goes to or comes from."""

MPESA = PaymentMethod.MPESA.value
ACTIVE = GroupStatus.ACTIVE.value
SUSPENSE = Account.SUSPENSE.value

HELD_WORDS = {
    "UNKNOWN_MEMBER": "The member is not in the register.",
    "MEMBER_LEFT": "The member has left the group.",
    "GROUP_INACTIVE": "The group is not active.",
    "OFFICER_UNASSIGNED": "You no longer serve this group.",
    "DATE_IN_FUTURE": "The date is in the future.",
    "DATE_UNLIKELY": "The date is too long ago.",
    "MONTH_LOCKED": "The month is signed off.",
    "MEETING_CLOSED": "The meeting is closed and its cash counted.",
    "LOAN_CLOSED": "The loan is closed.",
    "NOT_BOOKED": "It is on the statement, and nobody had booked it.",
    "NOT_APPROVED": "It was not approved.",
    "NOT_POSTED": "The dividends are not posted.",
    "ALREADY_PAID": "It is paid already.",
    "ALREADY_PAID_OUT": "It is paid out already.",
    "NOT_ENOUGH_FUND": "The fund holds less than was handed out.",
    "TOO_MANY_PAYOUTS": "The member has had this year's payouts.",
    "NOT_ENOUGH_MONEY": "The books hold less money than was handed out.",
    "OVER_HALF": "It is more than half of the year's savings.",
    "LOAN_SECURITY": "The savings left do not cover a third of what the member owes.",
}


def held_error(reason: str) -> DomainError:
    """Why money is held, with the rule's own code and what happens next."""
    words = HELD_WORDS.get(reason, "A rule stands against it.")
    return RuleBroken(
        f"{words} The money is in the books; the office decides where it belongs.", code=reason
    )


def amount_error(cents: int, field: str = "amount") -> DomainError | None:
    """BAD_INPUT unless it is an amount that can be paid."""
    if not 0 < cents <= MAX_CENTS:
        return BadInput("The amount must be more than zero.", field=field)
    return None


def unknown_member(operation: Operation, field: str = "memberId") -> DomainError:
    code = "UNKNOWN_MEMBER" if operation.synced else "NOT_FOUND"
    return NotFound("There is no such member.", code=code, field=field)


def taken_error(state: State, row_id: UUID | None) -> DomainError | None:
    """An id made by a client that names another record is never overwritten."""
    if row_id is not None and row_id in state.taken_ids:
        return RuleBroken("This id names another record already.", code="ID_REUSED", field="id")
    return None


def authority_breach(
    state: State, operation: Operation, group_id: UUID, field: str = "memberId"
) -> DomainError | None:
    """OFFICER_UNASSIGNED unless the actor serves the group now."""
    if not state.may_write(operation.actor, group_id):
        return NotFound("You no longer serve this group.", code="OFFICER_UNASSIGNED", field=field)
    return None


def member_breach(
    state: State, operation: Operation, member: MemberFacts | None
) -> DomainError | None:
    """Against booking to this member: unknown, or left the group."""
    if member is None:
        return unknown_member(operation)
    if not member.is_active:
        return RuleBroken("The member has left the group.", code="MEMBER_LEFT", field="memberId")
    return None


def group_breach(state: State, group_id: UUID, field: str = "memberId") -> DomainError | None:
    if state.group_status[group_id] != ACTIVE:
        return RuleBroken("The group is not active.", code="GROUP_INACTIVE", field=field)
    return None


def date_breach(state: State, group_id: UUID, when: date | None, field: str) -> DomainError | None:
    """Against booking on that day: in the future, unlikely, or in a month that is signed off."""
    if when is None:
        when = state.today
    if when > state.today:
        return BadInput("The date is in the future.", code="DATE_IN_FUTURE", field=field)
    if when < EARLIEST:
        return BadInput("The date is too long ago.", code="DATE_UNLIKELY", field=field)
    locked = state.locked_through.get(group_id)
    if locked is not None and when <= locked:
        return RuleBroken(
            f"The books are signed off up to {locked.isoformat()}.",
            code="MONTH_LOCKED",
            field=field,
        )
    return None


def meeting_breach(
    state: State, operation: Operation, group_id: UUID, meeting_id: UUID | None
) -> DomainError | None:
    """Against booking at this meeting: closed already or, outside a batch, unknown.

    In a batch an unknown meeting is no reason against money: it is booked without a meeting.
    """
    if meeting_id is None:
        return None
    meeting = state.subject(Meeting, meeting_id)
    if meeting is None or meeting.group_id != group_id:
        if operation.synced:
            return None
        return NotFound("There is no such meeting.", field="meetingId")
    if meeting.status != MeetingStatus.OPEN.value:
        return RuleBroken(
            "The meeting is closed and its cash counted.", code="MEETING_CLOSED", field="meetingId"
        )
    return None


def money_breach(
    state: State, group_id: UUID, method: str, cents: int, field: str = "amount"
) -> DomainError | None:
    """Against paying out: the account does not hold the money."""
    held = state.books[group_id].balances.get(MONEY[method], 0)
    if held < cents:
        return RuleBroken(
            "The group does not have this much money there.", code="NOT_ENOUGH_MONEY", field=field
        )
    return None


def for_single(breach: DomainError, operation: Operation) -> DomainError:
    """A single mutation answers with the general codes of design.md."""
    if breach.code == "OFFICER_UNASSIGNED":
        return unknown_member(operation, breach.field or "memberId")
    if isinstance(breach, BadInput):
        return BadInput(breach.message, field=breach.field)
    return breach


def link_to_meeting(state: State, group_id: UUID, meeting_id: UUID | None, entry_id: UUID) -> None:
    """Notes that the entry was made at the meeting, where that is one of the group's and open.

    What comes after the close is none of the meeting's: its minutes stand.
    """
    meeting = state.subject(Meeting, meeting_id)
    if (
        meeting is not None
        and meeting.group_id == group_id
        and meeting.status == MeetingStatus.OPEN.value
    ):
        state.rows.add(MeetingEntry(entry_id=entry_id, meeting_id=meeting.id, group_id=group_id))


def is_payment_known(
    state: State,
    operation: Operation,
    method: str,
    transaction_id: str | None,
    member_id: UUID,
    purpose: str,
) -> bool:
    """Whether the M-Pesa code is taken: but by other parts of the same payment.

    A member sends one transfer for savings and welfare; the officer enters it once for each.
    """
    if transaction_id is None or method != MPESA:
        return False
    return not all(
        part.member_id == member_id
        and part.recorded_by == operation.actor.user_id
        and part.purpose != purpose
        for part in state.payments.get(transaction_id, ())
    )


def payment_known_error() -> DomainError:
    return RuleBroken(
        "This M-Pesa code is in the books already.",
        code="TRANSACTION_KNOWN",
        field="transactionId",
    )


def keep_payment(
    state: State,
    operation: Operation,
    group_id: UUID,
    entry_id: UUID,
    method: str,
    transaction_id: str | None,
    member_id: UUID,
    purpose: str,
) -> None:
    """Remembers the M-Pesa code, so that the same payment is not booked twice."""
    if transaction_id is None or method != MPESA:
        return
    parts = state.payments.setdefault(transaction_id, [])
    # The highest and one, not their number: a reversal takes its part away.
    number = max((part.part for part in parts), default=-1) + 1
    officer = operation.actor.user_id
    state.rows.references.append(
        (transaction_id, number, entry_id, group_id, member_id, purpose, officer)
    )
    parts.append(PaymentPart(number, member_id, purpose, officer))


def receipt_of(operation: Operation, row_id: UUID) -> str:
    """The receipt's number: from the offlineSyncId, as the phone prints it, or from the row's."""
    return receipt_number(operation.offline_sync_id or row_id)


def hold(
    state: State,
    operation: Operation,
    group_id: UUID,
    reason: str,
    *,
    amount: int,
    method: str,
    claim: Mapping[str, Any],
    item_id: UUID | None = None,
    valued: date | None = None,
    meeting_id: UUID | None = None,
    booked: date | None = None,
    paid: tuple[str | None, UUID, str] | None = None,
) -> Outcome:
    """Books money today to SUSPENSE with the claimed value date, for a person to place.

    `amount` is in cents, positive for money that was taken, negative for money handed out.
    `booked` is another day than today, where a statement proves it. `paid` is the M-Pesa code,
    whose payment it is and for what, so that it is in the books once, held or not.
    `claim` holds ids, dates, amounts and codes of what the phone said, never personal data.
    """
    item_id = item_id or new_id()
    receipt = receipt_of(operation, item_id)
    entry_id = state.post(
        operation,
        group_id,
        "HELD",
        receipt,
        (Line(MONEY[method], amount, "unplaced"), Line(SUSPENSE, -amount)),
        booked=booked,
        valued=valued,
    )
    link_to_meeting(state, group_id, meeting_id, entry_id)
    if paid is not None:
        keep_payment(state, operation, group_id, entry_id, method, *paid)
    meeting = state.subject(Meeting, meeting_id)
    state.make(
        ReviewItem(
            id=item_id,
            group_id=group_id,
            entry_id=entry_id,
            operation_id=operation.offline_sync_id,
            reason=reason,
            amount=amount,
            claim=orjson.dumps({"operation": operation.kind, **claim}, default=str).decode(),
            officer_id=operation.actor.user_id,
            created_at=state.now,
            kind=ReviewKind.HELD_CASH.value,
            subject_id=meeting.id if meeting is not None else None,
            change_sequence=state.books[group_id].next_change(),
        )
    )
    return Outcome(
        HELD,
        item_id,
        receipt,
        error=held_error(reason),
        group_id=group_id,
        detail={"entryId": entry_id},
    )

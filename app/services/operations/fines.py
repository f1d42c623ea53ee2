"""Fines that a person charges or waives (design.md, Savings).

A charge is no entry in the books, so a phone's is refused where a rule stands against it:
nothing was taken yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import BadInput, DomainError, NotFound, RuleBroken
from app.models import FineCharge, FineReason, Loan, Meeting
from app.money import format_money
from app.runtime import Runtime
from app.services.operations import parse
from app.services.operations.charges import OPEN, NamedCharges, charge, load_charges, waive
from app.services.operations.kind import Kind, Values
from app.services.operations.money import (
    EARLIEST,
    amount_error,
    group_breach,
    member_breach,
    taken_error,
    unknown_member,
)
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Body, Operation, Outcome, rejected

BY_HAND = (
    FineReason.OTHER.value,
    FineReason.LATE_AT_MEETING.value,
    FineReason.MISSED_MEETING.value,
)
"""The others have a cause that the system sees itself, and charges once."""


@dataclass(frozen=True, slots=True)
class ChargeFine(Body):
    """A fine that a member owes from now on; amount in cents."""

    kind = "chargeFine"

    member_id: UUID
    reason: str
    amount: int
    note: str | None = None
    id: UUID | None = None
    charged_on: date | None = None
    meeting_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class WaiveFine(Body):
    kind = "waiveFine"

    charge_id: UUID
    reason: str


def read_charge(values: Values) -> ChargeFine:
    reason = str(values["reason"])
    if reason not in BY_HAND:
        raise BadInput("This fine is charged by the system itself.", field="reason")
    needed = reason == FineReason.OTHER.value
    note = parse.clean_text(values.get("note"), "note", 500, required=needed)
    return ChargeFine(
        member_id=values["member_id"],
        reason=reason,
        amount=values["amount"],
        note=note or None,
        id=values.get("id"),
        charged_on=values.get("charged_on"),
        meeting_id=values.get("meeting_id"),
    )


def read_waiver(values: Values) -> WaiveFine:
    reason = parse.clean_text(values["reason"], "reason", 500)
    return WaiveFine(charge_id=values["charge_id"], reason=reason)


def gather_charge(named: Named, operation: Operation, body: ChargeFine) -> None:
    named.members.add(body.member_id)
    named.subject(FineCharge, body.id)
    named.subject(Meeting, body.meeting_id)
    if body.meeting_id is not None:
        named.section(NamedCharges).meetings.add(body.meeting_id)


def charge_fine(state: State, operation: Operation, body: ChargeFine) -> Outcome:
    """Charges the member; at one meeting the same thing once (ALREADY_CHARGED)."""
    member = state.members.get(body.member_id)
    if member is None or not state.may_write(operation.actor, member.group_id):
        return rejected(unknown_member(operation))
    error = (
        amount_error(body.amount)
        or taken_error(state, body.id)
        or _date_error(state, body)
        or member_breach(state, operation, member)
        or group_breach(state, member.group_id)
        or _meeting_error(state, body, member.group_id)
    )
    if error is not None:
        return rejected(error)
    row = charge(
        state,
        member.group_id,
        body.member_id,
        body.reason,
        body.amount,
        body.charged_on or state.today,
        meeting_id=body.meeting_id,
        note=body.note,
        row_id=body.id,
    )
    if row is None:
        return rejected(
            RuleBroken(
                "The member was fined for this at the meeting already.",
                code="ALREADY_CHARGED",
                field="meetingId",
            )
        )
    return Outcome(
        APPLIED,
        row.id,
        entity=row,
        group_id=row.group_id,
        detail={"reason": row.reason, "amount": row.amount, "memberId": row.member_id},
    )


def _date_error(state: State, body: ChargeFine) -> DomainError | None:
    if body.charged_on is not None and not EARLIEST <= body.charged_on <= state.today:
        return BadInput("The date is in the future or too long ago.", field="chargedOn")
    return None


def _meeting_error(state: State, body: ChargeFine, group_id: UUID) -> DomainError | None:
    """A fine moves no cash, so a closed meeting may still be its cause."""
    if body.meeting_id is None:
        return None
    meeting = state.subject(Meeting, body.meeting_id)
    if meeting is None or meeting.group_id != group_id:
        return NotFound("There is no such meeting.", field="meetingId")
    return None


def gather_waiver(named: Named, operation: Operation, body: WaiveFine) -> None:
    named.subject(FineCharge, body.charge_id)
    named.section(NamedCharges).ids.add(body.charge_id)


async def load_fined_loans(
    runtime: Runtime, session: AsyncSession, named: Named, state: State
) -> None:
    """The loans whose fines are to be waived: what they owe changes with it."""
    ids = {row.loan_id for row in state.subjects.values() if isinstance(row, FineCharge)}
    wanted = {loan_id for loan_id in ids if loan_id is not None} - state.subjects.keys()
    if not wanted:
        return
    for loan in (await session.execute(select(Loan).where(col(Loan.id).in_(wanted)))).scalars():
        session.expunge(loan)
        state.subjects[loan.id] = loan


def waive_fine(state: State, operation: Operation, body: WaiveFine) -> Outcome:
    """What is left of the fine is no longer owed; what was paid stays paid."""
    row = state.subject(FineCharge, body.charge_id)
    if row is None or not state.may_write(operation.actor, row.group_id):
        code = "UNKNOWN_CHARGE" if operation.synced else "NOT_FOUND"
        return rejected(NotFound("There is no such fine.", code=code, field="chargeId"))
    if row.status != OPEN:
        return rejected(
            RuleBroken("The fine is paid or waived already.", code="NOT_OPEN", field="chargeId")
        )
    left = row.amount - row.paid
    waive(state, row, operation.actor.user_id, body.reason)
    loan = state.subject(Loan, row.loan_id)
    if loan is not None:
        state.touch(loan)
    return Outcome(
        APPLIED,
        row.id,
        entity=row,
        group_id=row.group_id,
        detail={"memberId": row.member_id, "waived": format_money(left)},
    )


KINDS = (
    Kind(
        body=ChargeFine,
        verb="transactions:create",
        parse=read_charge,
        gather=gather_charge,
        judge=charge_fine,
        audit="fine.charged",
        loaders=(load_charges,),
    ),
    Kind(
        body=WaiveFine,
        # As a reversal: it gives up what the group is owed.
        verb="books:correct",
        parse=read_waiver,
        gather=gather_waiver,
        judge=waive_fine,
        audit="fine.waived",
        loaders=(load_charges, load_fined_loans),
    ),
)

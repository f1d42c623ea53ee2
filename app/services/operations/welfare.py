"""Rules of welfare payouts before the money goes out: request, approval, rejection."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import BadInput, DomainError, NotFound
from app.models import Account, GroupStatus, WelfareRequest, WelfareStatus
from app.models.base import new_id
from app.runtime import Runtime
from app.services.approvals import places_for
from app.services.loan_eligibility import all_together
from app.services.operations.approvals import load_approvals
from app.services.operations.deciding import approve_subject, reject_subject
from app.services.operations.kind import Kind
from app.services.operations.money import amount_error, taken_error, unknown_member
from app.services.operations.named import Named
from app.services.operations.notices import approval_needed
from app.services.operations.signing import gather_signature, load_signers
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Operation, Outcome, rejected
from app.services.operations.welfare_bodies import (
    ApproveWelfare,
    RejectWelfare,
    RequestWelfare,
    read_approval,
    read_rejection,
    read_request,
)
from app.services.signed_forms import welfare_digest
from app.services.welfare_conditions import WelfareFacts, failures

OLDEST_REQUEST = timedelta(days=60)
"""An older date on a request is a mistake."""
FUND = Account.WELFARE_FUND.value
PENDING = WelfareStatus.PENDING.value
APPROVED = WelfareStatus.APPROVED.value
PAID = WelfareStatus.PAID.value
REJECTED = WelfareStatus.REJECTED.value


@dataclass(slots=True)
class WelfareHistory:
    """The requests of the members named that were not refused."""

    members: set[UUID] = field(default_factory=set)
    rows: dict[UUID, WelfareRequest] = field(default_factory=dict)

    def payouts(self, member_id: UUID, year: int, *, besides: UUID | None = None) -> int:
        """How many were paid to the member in a calendar year."""
        return sum(
            row.paid_on is not None and row.paid_on.year == year
            for row in self._of(member_id, besides)
        )

    def waiting(self, member_id: UUID) -> int:
        """How many wait for approval or for the money."""
        return sum(row.status in (PENDING, APPROVED) for row in self._of(member_id, None))

    def _of(self, member_id: UUID, besides: UUID | None) -> list[WelfareRequest]:
        return [
            row
            for row in self.rows.values()
            if row.member_id == member_id and row.id != besides and row.status != REJECTED
        ]


async def load_history(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    """The requests of the members who ask, and of those whose requests are named."""
    history = state.section(WelfareHistory)
    named_here = named.section(WelfareHistory).members
    members = named_here | {
        row.member_id for row in state.subjects.values() if isinstance(row, WelfareRequest)
    }
    if not members:
        return
    # Their day of registration is a column of the whole row.
    named.edited.update(members)
    rows = await session.execute(
        select(WelfareRequest).where(
            col(WelfareRequest.member_id).in_(members), col(WelfareRequest.status) != REJECTED
        )
    )
    for row in rows.scalars():
        session.expunge(row)
        known = state.subjects.setdefault(row.id, row)
        if isinstance(known, WelfareRequest):
            history.rows[row.id] = known


def gather_request(named: Named, operation: Operation, body: RequestWelfare) -> None:
    named.members.add(body.member_id)
    named.section(WelfareHistory).members.add(body.member_id)
    named.subject(WelfareRequest, body.id)
    named.terms = True


def request_welfare(state: State, operation: Operation, body: RequestWelfare) -> Outcome:
    """Makes a PENDING request, or says every condition that is not met."""
    member = state.members.get(body.member_id)
    if member is None or not state.may_write(operation.actor, member.group_id):
        return rejected(unknown_member(operation))
    error = amount_error(body.amount) or taken_error(state, body.id) or _date_error(state, body)
    if error is not None:
        return rejected(error)
    failed = failures(facts_of(state, body))
    if failed:
        return rejected(all_together(failed))
    row = WelfareRequest(
        id=body.id or new_id(),
        group_id=member.group_id,
        member_id=body.member_id,
        amount=body.amount,
        reason=body.reason,
        approvals_needed=places_for(body.amount),
        requested_on=body.request_date or state.today,
        requested_by=operation.actor.user_id,
        requested_at=state.now,
        offline_sync_id=operation.offline_sync_id,
        change_sequence=state.books[member.group_id].next_change(),
    )
    state.make(row)
    approval_needed(state, row, row.approvals_needed, operation.actor.user_id)
    state.section(WelfareHistory).rows[row.id] = row
    return Outcome(
        APPLIED,
        row.id,
        entity=row,
        group_id=row.group_id,
        detail={"amount": row.amount, "needs": row.approvals_needed},
    )


def _date_error(state: State, body: RequestWelfare) -> DomainError | None:
    when = body.request_date
    if when is not None and not state.today - OLDEST_REQUEST <= when <= state.today:
        return BadInput(
            "The request's day is in the future or more than 60 days ago.", field="requestDate"
        )
    return None


def facts_of(state: State, body: RequestWelfare) -> WelfareFacts:
    """What the conditions look at, as the state has it."""
    member = state.members[body.member_id]
    book = state.books[member.group_id]
    history = state.section(WelfareHistory)
    on: date = body.request_date or state.today
    payouts = history.payouts(body.member_id, on.year) + history.waiting(body.member_id)
    return WelfareFacts(
        amount=body.amount,
        on=on,
        member_since=member.row.registration_date if member.row is not None else on,
        terms=state.terms[member.group_id],
        is_active=member.is_active,
        group_active=state.group_status[member.group_id] == GroupStatus.ACTIVE.value,
        payouts=payouts,
        fund=-book.balances.get(FUND, 0),
        money=book.money(),
    )


def gather_approval(named: Named, operation: Operation, body: ApproveWelfare) -> None:
    named.subject(WelfareRequest, body.request_id)
    named.links = True
    gather_signature(named, body.signature)


def approve_welfare(state: State, operation: Operation, body: ApproveWelfare) -> Outcome:
    """Fills one place of the approvals needed; the last one makes the request APPROVED."""
    row = state.subject(WelfareRequest, body.request_id)
    if row is None or not state.may_sign(operation.actor, row.group_id):
        return rejected(unknown_request(operation))
    return approve_subject(state, operation, row, body.signature, body.notes, welfare_digest(row))


def gather_rejection(named: Named, operation: Operation, body: RejectWelfare) -> None:
    named.subject(WelfareRequest, body.request_id)


def reject_welfare(state: State, operation: Operation, body: RejectWelfare) -> Outcome:
    """Ends a request, with its reason, before the money has gone out."""
    row = state.subject(WelfareRequest, body.request_id)
    if row is None or not state.may_sign(operation.actor, row.group_id):
        return rejected(unknown_request(operation))
    return reject_subject(state, operation, row, body.reason)


def unknown_request(operation: Operation) -> DomainError:
    code = "UNKNOWN_REQUEST" if operation.synced else "NOT_FOUND"
    return NotFound("There is no such request.", code=code, field="requestId")


KINDS = (
    Kind(
        body=RequestWelfare,
        verb="welfare:request",
        parse=read_request,
        gather=gather_request,
        judge=request_welfare,
        audit="welfare.requested",
        loaders=(load_history,),
    ),
    Kind(
        body=ApproveWelfare,
        verb="welfare:approve",
        parse=read_approval,
        gather=gather_approval,
        judge=approve_welfare,
        audit="welfare.approved",
        loaders=(load_approvals, load_signers),
    ),
    Kind(
        body=RejectWelfare,
        verb="welfare:approve",
        parse=read_rejection,
        gather=gather_rejection,
        judge=reject_welfare,
        audit="welfare.rejected",
    ),
)

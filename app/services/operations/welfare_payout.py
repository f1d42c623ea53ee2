"""Paying a welfare request out of the welfare fund (design.md, Savings), and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import DomainError, NotFound, RuleBroken
from app.models import (
    JournalEntry,
    Meeting,
    Movement,
    MovementKind,
    PaymentMethod,
    WelfareRequest,
)
from app.money import format_money
from app.runtime import Runtime
from app.services.ledger import Line
from app.services.operations.kind import Kind
from app.services.operations.money import (
    MONEY,
    amount_error,
    authority_breach,
    date_breach,
    for_single,
    group_breach,
    hold,
    is_payment_known,
    meeting_breach,
    member_breach,
    money_breach,
    payment_known_error,
)
from app.services.operations.movements import (
    UndoneMovements,
    book_movement,
    load_movements,
    undo_movement,
)
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import Operation, Outcome, rejected
from app.services.operations.undoing import Reversing, Undoing
from app.services.operations.welfare import (
    APPROVED,
    FUND,
    PAID,
    WelfareHistory,
    load_history,
    unknown_request,
)
from app.services.operations.welfare_bodies import PayWelfare, read_payment
from app.services.welfare_conditions import fund_breach, too_many

PAYOUT = MovementKind.WELFARE_PAYOUT.value


def gather_payment(named: Named, operation: Operation, body: PayWelfare) -> None:
    named.subject(WelfareRequest, body.request_id)
    named.subject(Meeting, body.meeting_id)
    named.terms = True
    if body.group_id is not None:
        named.groups.add(body.group_id)
    if body.transaction_id and body.payment_method == PaymentMethod.MPESA:
        named.payments.add(body.transaction_id)


def pay_welfare(state: State, operation: Operation, body: PayWelfare) -> Outcome:
    """Posts the payout, holds it in SUSPENSE, or refuses it."""
    row = state.subject(WelfareRequest, body.request_id)
    if row is None or not state.ever_served(operation.actor, row.group_id):
        return _without_request(state, operation, body)
    if is_payment_known(
        state, operation, body.payment_method, body.transaction_id, row.member_id, PAYOUT
    ):
        return rejected(payment_known_error())
    breach = _breach(state, operation, body, row)
    if breach is None:
        return _pay_out(state, operation, body, row)
    if operation.synced:
        claimed = replace(body, member_id=row.member_id, amount=row.amount)
        paid = (body.transaction_id, row.member_id, PAYOUT)
        return _hold(state, operation, claimed, row.group_id, row.amount, breach.code, paid)
    return rejected(for_single(breach, operation))


def _without_request(state: State, operation: Operation, body: PayWelfare) -> Outcome:
    """Money that a phone handed out for a request that the server does not know."""
    if not operation.synced or body.group_id is None:
        return rejected(unknown_request(operation))
    if not state.ever_served(operation.actor, body.group_id):
        error = NotFound("There is no such group.", code="UNKNOWN_GROUP", field="groupId")
        return rejected(error)
    amount = body.amount or 0
    wrong = amount_error(amount)
    if wrong is not None:
        return rejected(wrong)
    return _hold(state, operation, body, body.group_id, amount, "UNKNOWN_REQUEST")


def _hold(
    state: State,
    operation: Operation,
    body: PayWelfare,
    group_id: UUID,
    amount: int,
    reason: str,
    paid: tuple[str | None, UUID, str] | None = None,
) -> Outcome:
    return hold(
        state,
        operation,
        group_id,
        reason,
        amount=-amount,
        method=body.payment_method,
        claim={
            "requestId": body.request_id,
            "memberId": body.member_id,
            "amount": format_money(amount),
            "paymentMethod": body.payment_method,
            "paymentDate": body.payment_date,
            "transactionId": body.transaction_id,
        },
        valued=body.payment_date,
        meeting_id=body.meeting_id,
        paid=paid,
    )


def _breach(
    state: State, operation: Operation, body: PayWelfare, row: WelfareRequest
) -> DomainError | None:
    """The first rule that stands against paying out now."""
    return (
        authority_breach(state, operation, row.group_id, "requestId")
        or member_breach(state, operation, state.members.get(row.member_id))
        or group_breach(state, row.group_id, "requestId")
        or date_breach(state, row.group_id, body.payment_date, "paymentDate")
        or meeting_breach(state, operation, row.group_id, body.meeting_id)
        or payable(state, row, body.payment_date or state.today)
        or money_breach(state, row.group_id, body.payment_method, row.amount, "paymentMethod")
    )


def payable(
    state: State, row: WelfareRequest, day: date, *, override: bool = False
) -> DomainError | None:
    """Unless the request is approved, not paid yet, within the year's number (which a person
    may override), and the fund holds it on that day."""
    if row.status == PAID:
        return RuleBroken(
            "The request is paid out already.", code="ALREADY_PAID_OUT", field="requestId"
        )
    if row.status != APPROVED:
        return RuleBroken("The request is not approved.", code="NOT_APPROVED", field="requestId")
    if day < row.requested_on:
        return RuleBroken("This is before the request.", code="BEFORE_REQUEST", field="paymentDate")
    history = state.section(WelfareHistory)
    fund = -state.books[row.group_id].balances.get(FUND, 0)
    payouts = history.payouts(row.member_id, day.year, besides=row.id)
    limit = None if override else too_many(payouts, state.terms[row.group_id])
    return limit or fund_breach(fund, row.amount)


def _pay_out(state: State, operation: Operation, body: PayWelfare, row: WelfareRequest) -> Outcome:
    when = body.payment_date or state.today
    outcome = book_movement(
        state,
        operation,
        group_id=row.group_id,
        kind=PAYOUT,
        amount=row.amount,
        method=body.payment_method,
        # The fund is everybody's: what the member paid into it stays what they paid.
        lines=(
            Line(MONEY[body.payment_method], -row.amount, "welfare_payout", row.member_id),
            Line(FUND, row.amount),
        ),
        when=when,
        description=row.reason,
        payer=row.member_id,
        member_id=row.member_id,
        transaction_id=body.transaction_id,
        meeting_id=body.meeting_id,
    )
    mark_paid(state, row, when, outcome.entity.id)
    outcome.entity_id, outcome.entity = row.id, row
    return outcome


def mark_paid(state: State, row: WelfareRequest, day: date, movement_id: UUID) -> None:
    """The request is PAID by that movement."""
    row.status = PAID
    row.paid_on = day
    row.movement_id = movement_id
    state.touch(row)


async def load_payouts(
    runtime: Runtime,
    session: AsyncSession,
    named: Named,
    state: State,
    entries: Sequence[JournalEntry],
) -> None:
    """The movements of the entries, and the requests that they paid."""
    await load_movements(runtime, session, named, state, entries)
    movements = [row.id for row in state.section(UndoneMovements).rows.values()]
    rows = await session.execute(
        select(WelfareRequest).where(col(WelfareRequest.movement_id).in_(movements))
    )
    for row in rows.scalars():
        session.expunge(row)
        state.subjects.setdefault(row.id, row)


def undo_payout(state: State, operation: Operation, reversing: Reversing) -> DomainError | None:
    """The request is APPROVED again, and may be paid again."""
    movement: Movement = state.section(UndoneMovements).rows[reversing.entry.id]
    for row in list(state.subjects.values()):
        if isinstance(row, WelfareRequest) and row.movement_id == movement.id:
            row.status = APPROVED
            row.paid_on = row.movement_id = None
            state.touch(row)
    return undo_movement(state, operation, reversing)


UNDOINGS = {PAYOUT: Undoing(undo_payout, load_payouts)}

KINDS = (
    Kind(
        body=PayWelfare,
        verb="transactions:create",
        parse=read_payment,
        gather=gather_payment,
        judge=pay_welfare,
        audit="welfare.paid",
        held="welfare.payout_held",
        loaders=(load_history,),
    ),
)

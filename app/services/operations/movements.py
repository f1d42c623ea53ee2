"""Money that moves for other reasons than contributions and loans (design.md, Money and books)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import BadInput, DomainError, NotFound, RuleBroken
from app.models import (
    Account,
    JournalEntry,
    Meeting,
    Movement,
    MovementKind,
    PaymentMethod,
)
from app.models.base import new_id
from app.money import format_money
from app.runtime import Runtime
from app.services.ledger import Line
from app.services.operations import parse
from app.services.operations.kind import Kind, Values
from app.services.operations.money import (
    MONEY,
    amount_error,
    authority_breach,
    date_breach,
    for_single,
    group_breach,
    hold,
    is_payment_known,
    keep_payment,
    link_to_meeting,
    meeting_breach,
    money_breach,
    payment_known_error,
    receipt_of,
    taken_error,
)
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Body, Operation, Outcome, rejected
from app.services.operations.undoing import Reversing, Undoing, free_payment, load_references

CASH = PaymentMethod.CASH.value
BANK = PaymentMethod.BANK.value


@dataclass(frozen=True, slots=True)
class Posting:
    """How a kind of movement is posted: its account, the cash ledger's word, and whether money
    comes in."""

    account: str
    subcategory: str
    comes_in: bool
    limited: tuple[str, str] | None = None
    """Code and words where the account must hold (or owe) as much."""


POSTINGS: dict[str, Posting] = {
    MovementKind.EXPENSE.value: Posting(Account.OPERATING_EXPENSES.value, "expense", False),
    MovementKind.OTHER_INCOME.value: Posting(Account.OTHER_INCOME.value, "other_income", True),
    MovementKind.PROJECT_SPENDING.value: Posting(
        Account.PROJECT_FUND.value,
        "project_spending",
        False,
        ("NOT_ENOUGH_FUND", "The project fund does not hold this much."),
    ),
    MovementKind.EXTERNAL_LOAN_RECEIVED.value: Posting(
        Account.EXTERNAL_LOANS.value, "external_loan", True
    ),
    MovementKind.EXTERNAL_LOAN_REPAID.value: Posting(
        Account.EXTERNAL_LOANS.value,
        "external_loan",
        False,
        ("OVER_OWED", "The group does not owe this much."),
    ),
}
BANKING = frozenset({MovementKind.TO_BANK.value, MovementKind.FROM_BANK.value})
"""Moves between the table (or M-Pesa) and the bank."""


@dataclass(frozen=True, slots=True)
class RecordMovement(Body):
    """One movement of a group; amount in cents. `payment_method` is where the money comes from
    or goes to; of banking, the side that is not the bank."""

    kind = "recordMovement"

    group_id: UUID
    movement: str
    amount: int
    payment_method: str
    description: str
    id: UUID | None = None
    movement_date: date | None = None
    transaction_id: str | None = None
    meeting_id: UUID | None = None


def read_movement(values: Values) -> RecordMovement:
    method = str(values["payment_method"])
    movement = str(values["movement"])
    if movement not in POSTINGS and movement not in BANKING:
        raise BadInput("This is recorded in another way.", field="movement")
    if movement in BANKING and method == BANK:
        raise BadInput("Say where the other side is: CASH or MPESA.", field="paymentMethod")
    return RecordMovement(
        group_id=values["group_id"],
        movement=movement,
        amount=values["amount"],
        payment_method=method,
        description=parse.clean_text(values["description"], "description", 500),
        id=values.get("id"),
        movement_date=values.get("movement_date"),
        transaction_id=parse.read_transaction_id(values.get("transaction_id"), method),
        meeting_id=values.get("meeting_id"),
    )


def gather_movement(named: Named, operation: Operation, body: RecordMovement) -> None:
    named.groups.add(body.group_id)
    named.subject(Movement, body.id)
    named.made.update([body.id] if body.id is not None else [])
    named.subject(Meeting, body.meeting_id)
    if body.transaction_id and body.payment_method == PaymentMethod.MPESA:
        named.payments.add(body.transaction_id)


def record_movement(state: State, operation: Operation, body: RecordMovement) -> Outcome:
    """Posts the movement, holds it in SUSPENSE, or refuses it."""
    error = amount_error(body.amount) or taken_error(state, body.id)
    if error is not None:
        return rejected(error)
    if not state.ever_served(operation.actor, body.group_id):
        code = "UNKNOWN_GROUP" if operation.synced else "NOT_FOUND"
        return rejected(NotFound("There is no such group.", code=code, field="groupId"))
    known = (body.payment_method, body.transaction_id, body.group_id, body.movement[:20])
    if is_payment_known(state, operation, *known):
        return rejected(payment_known_error())
    breach = _breach(state, operation, body)
    if breach is not None and not operation.synced:
        return rejected(for_single(breach, operation))
    if breach is not None:
        return _hold(state, operation, body, breach.code)
    return _post(state, operation, body)


def _breach(state: State, operation: Operation, body: RecordMovement) -> DomainError | None:
    return (
        authority_breach(state, operation, body.group_id, "groupId")
        or group_breach(state, body.group_id, "groupId")
        or date_breach(state, body.group_id, body.movement_date, "movementDate")
        or meeting_breach(state, operation, body.group_id, body.meeting_id)
        or _shortage(state, body)
    )


def _shortage(state: State, body: RecordMovement) -> DomainError | None:
    """Money out that is not there, or more than a fund holds or a lender is owed."""
    if body.movement == MovementKind.FROM_BANK.value:
        return money_breach(state, body.group_id, BANK, body.amount)
    if body.movement == MovementKind.TO_BANK.value:
        return money_breach(state, body.group_id, body.payment_method, body.amount)
    posting = POSTINGS[body.movement]
    if posting.comes_in:
        return None
    if posting.limited is not None:
        code, words = posting.limited
        if -state.books[body.group_id].balances.get(posting.account, 0) < body.amount:
            return RuleBroken(words, code=code, field="amount")
    return money_breach(state, body.group_id, body.payment_method, body.amount)


def _hold(state: State, operation: Operation, body: RecordMovement, reason: str) -> Outcome:
    posting = POSTINGS.get(body.movement)
    # Of banking, what is sure is the side that is not the bank.
    comes_in = posting.comes_in if posting else body.movement == MovementKind.FROM_BANK.value
    return hold(
        state,
        operation,
        body.group_id,
        reason,
        amount=body.amount if comes_in else -body.amount,
        method=body.payment_method,
        claim={
            "movement": body.movement,
            "amount": format_money(body.amount),
            "paymentMethod": body.payment_method,
            "movementDate": body.movement_date,
            "transactionId": body.transaction_id,
        },
        item_id=body.id,
        valued=body.movement_date,
        meeting_id=body.meeting_id,
        paid=(body.transaction_id, body.group_id, body.movement[:20]),
    )


def _post(state: State, operation: Operation, body: RecordMovement) -> Outcome:
    return book_movement(
        state,
        operation,
        group_id=body.group_id,
        kind=body.movement,
        amount=body.amount,
        method=body.payment_method,
        lines=lines_of(body.movement, body.amount, body.payment_method),
        when=body.movement_date or state.today,
        description=body.description,
        row_id=body.id,
        transaction_id=body.transaction_id,
        payer=body.group_id,
        meeting_id=body.meeting_id,
    )


def lines_of(movement: str, amount: int, method: str) -> tuple[Line, Line]:
    """The postings of a movement, the money first."""
    if movement in BANKING:
        sign = 1 if movement == MovementKind.TO_BANK.value else -1
        return (
            Line(MONEY[BANK], sign * amount, "banking"),
            Line(MONEY[method], -sign * amount, "banking"),
        )
    posting = POSTINGS[movement]
    sign = 1 if posting.comes_in else -1
    return (
        Line(MONEY[method], sign * amount, posting.subcategory),
        Line(posting.account, -sign * amount),
    )


def book_movement(
    state: State,
    operation: Operation,
    *,
    group_id: UUID,
    kind: str,
    amount: int,
    method: str,
    lines: Sequence[Line],
    when: date,
    description: str,
    payer: UUID,
    member_id: UUID | None = None,
    row_id: UUID | None = None,
    transaction_id: str | None = None,
    meeting_id: UUID | None = None,
) -> Outcome:
    """Posts `lines` and keeps the movement with its words; cents."""
    row_id = row_id or new_id()
    receipt = receipt_of(operation, row_id)
    entry_id = state.post(operation, group_id, kind, receipt, lines, booked=when)
    row = Movement(
        id=row_id,
        group_id=group_id,
        entry_id=entry_id,
        kind=kind,
        amount=amount,
        account=MONEY[method],
        member_id=member_id,
        movement_date=when,
        description=description,
        transaction_id=transaction_id,
        receipt_number=receipt,
        recorded_by=operation.actor.user_id,
        recorded_at=state.now,
        offline_sync_id=operation.offline_sync_id,
        change_sequence=state.books[group_id].next_change(),
    )
    state.make(row)
    keep_payment(state, operation, group_id, entry_id, method, transaction_id, payer, kind[:20])
    link_to_meeting(state, group_id, meeting_id, entry_id)
    return Outcome(
        APPLIED,
        row.id,
        receipt,
        entity=row,
        group_id=group_id,
        audit_id=entry_id,
        detail={"kind": kind, "amount": amount, "receipt": receipt},
    )


@dataclass(slots=True)
class UndoneMovements:
    """By the entry that is to be reversed."""

    rows: dict[UUID, Movement] = field(default_factory=dict)


async def load_movements(
    runtime: Runtime,
    session: AsyncSession,
    named: Named,
    state: State,
    entries: Sequence[JournalEntry],
) -> None:
    found = state.section(UndoneMovements).rows
    rows = await session.execute(
        select(Movement).where(col(Movement.entry_id).in_([entry.id for entry in entries]))
    )
    for row in rows.scalars():
        session.expunge(row)
        found[row.entry_id] = row
    await load_references(session, state, list(found.values()))


def undo_movement(state: State, operation: Operation, reversing: Reversing) -> DomainError | None:
    """The movement stays in the list, marked with the entry that reversed it."""
    row = state.section(UndoneMovements).rows[reversing.entry.id]
    row.reversed_by = reversing.reversal_id
    state.touch(row)
    free_payment(state, reversing.entry.id)
    return None


UNDOINGS = {
    kind: Undoing(undo_movement, load_movements)
    for kind in (*POSTINGS, *sorted(BANKING), MovementKind.WITHDRAWAL.value)
}

KINDS = (
    Kind(
        body=RecordMovement,
        verb="transactions:create",
        parse=read_movement,
        gather=gather_movement,
        judge=record_movement,
        audit="movement.recorded",
        held="movement.held",
    ),
)

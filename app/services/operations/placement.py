"""Placing money that waits in SUSPENSE: to a member, a loan or a fund (design.md: Sync).

No money moves: the entry is SUSPENSE <- target for money that came in, and target <- SUSPENSE
for money that was handed out.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.errors import BadInput, DomainError, NotFound, RuleBroken
from app.models import (
    Account,
    Contribution,
    ContributionType,
    Movement,
    MovementKind,
    PaymentMethod,
    ReviewItem,
)
from app.models.base import new_id
from app.receipts import receipt_number
from app.services.ledger import Line
from app.services.operations.charges import pay_oldest
from app.services.operations.contributions import PLACES
from app.services.operations.money import EARLIEST, SUSPENSE
from app.services.operations.movements import POSTINGS
from app.services.operations.state import State
from app.services.operations.types import Operation

SAVINGS = Account.MEMBER_SAVINGS.value
FUNDS_IN = frozenset(
    {
        Account.WELFARE_FUND.value,
        Account.PROJECT_FUND.value,
        Account.EXTERNAL_LOANS.value,
        Account.OTHER_INCOME.value,
        Account.FINES.value,
        Account.REGISTRATION_FEES.value,
        Account.APPRECIATION_FEES.value,
    }
)
"""Where money that came in may belong without a member."""
FUNDS_OUT = frozenset(
    {
        Account.WELFARE_FUND.value,
        Account.PROJECT_FUND.value,
        Account.EXTERNAL_LOANS.value,
        Account.OPERATING_EXPENSES.value,
    }
)
"""What money that was handed out may have been."""

Placed = tuple[UUID, UUID]
"""The entry of the placement, and the row that it made."""


def claimed_day(state: State, item: ReviewItem, when: date | None) -> date:
    """The day the money counts for the member: as claimed where that can be, otherwise today."""
    locked = state.locked_through.get(item.group_id)
    if when is None or not EARLIEST <= when <= state.today or (locked and when <= locked):
        return state.today
    return when


def place_to_member(
    state: State,
    operation: Operation,
    item: ReviewItem,
    member_id: UUID | None,
    contribution_type: str | None,
    *,
    method: str,
    when: date | None,
) -> Placed | DomainError:
    """Money in: a contribution of the member. Money out: a withdrawal of their savings."""
    member = state.members.get(member_id) if member_id is not None else None
    if member_id is None or member is None or member.group_id != item.group_id:
        return NotFound("There is no such member in this group.", field="memberId")
    if item.amount < 0:
        return _withdraw(state, operation, item, member_id, method)
    if contribution_type is None:
        return BadInput("Say what it is a contribution to.", field="contributionType")
    return _contribute(state, operation, item, member_id, contribution_type, method, when)


def _contribute(
    state: State,
    operation: Operation,
    item: ReviewItem,
    member_id: UUID,
    contribution_type: str,
    method: str,
    when: date | None,
) -> Placed:
    account, _ = PLACES[contribution_type]
    receipt = _receipt(item)
    day = claimed_day(state, item, when)
    entry_id = state.post(
        operation,
        item.group_id,
        "PLACEMENT",
        receipt,
        (
            Line(SUSPENSE, item.amount),
            Line(account, -item.amount, None, member_id),
        ),
        valued=day,
    )
    row = Contribution(
        id=new_id(),
        group_id=item.group_id,
        member_id=member_id,
        entry_id=entry_id,
        amount=item.amount,
        contribution_type=contribution_type,
        payment_method=method,
        contribution_date=day,
        recorded_by=item.officer_id,
        recorded_at=state.now,
        offline_sync_id=item.operation_id,
        receipt_number=receipt,
        change_sequence=state.books[item.group_id].next_change(),
    )
    state.make(row)
    if contribution_type == ContributionType.FINE.value:
        pay_oldest(state, member_id, item.amount, entry_id)
    return entry_id, row.id


def _withdraw(
    state: State, operation: Operation, item: ReviewItem, member_id: UUID, method: str
) -> Placed | DomainError:
    saved = -state.books[item.group_id].owned.get((member_id, SAVINGS), 0)
    if saved < -item.amount:
        return RuleBroken(
            "The member's savings are less than was handed out.",
            code="NOT_ENOUGH_SAVINGS",
            field="memberId",
        )
    lines = (Line(SAVINGS, -item.amount, None, member_id), Line(SUSPENSE, item.amount))
    return place_movement(state, operation, item, MovementKind.WITHDRAWAL, lines, method, member_id)


def place_to_fund(
    state: State, operation: Operation, item: ReviewItem, account: str | None, method: str
) -> Placed | DomainError:
    """Money in: to a fund or to income. Money out: from a fund, or an expense."""
    allowed = FUNDS_IN if item.amount > 0 else FUNDS_OUT
    if account not in allowed:
        return BadInput(f"One of {', '.join(sorted(allowed))}.", field="account")
    book = state.books[item.group_id]
    holds = account != Account.OPERATING_EXPENSES.value
    if item.amount < 0 and holds and -book.balances.get(account, 0) < -item.amount:
        return RuleBroken("The fund does not hold this much.", code="NOT_ENOUGH_FUND")
    lines = (Line(SUSPENSE, item.amount), Line(account, -item.amount))
    return place_movement(state, operation, item, MovementKind.PLACEMENT, lines, method, None)


def accept_variance(state: State, operation: Operation, item: ReviewItem) -> Placed | DomainError:
    """Cash that stays short is an expense of the group, cash that stays over its income."""
    account = Account.OTHER_INCOME if item.amount > 0 else Account.OPERATING_EXPENSES
    lines = (Line(SUSPENSE, item.amount), Line(account.value, -item.amount))
    cash = PaymentMethod.CASH.value
    return place_movement(state, operation, item, MovementKind.PLACEMENT, lines, cash, None)


def accept_movement(
    state: State, operation: Operation, item: ReviewItem, movement: str
) -> Placed | DomainError:
    """A movement was what the phone said: the money goes on from SUSPENSE to where it belongs,
    of banking to or from the bank."""
    book = state.books[item.group_id]
    posting = POSTINGS.get(movement)
    cash = PaymentMethod.CASH.value
    if posting is None:
        bank = Account.BANK.value
        if item.amount > book.balances.get(bank, 0):
            return RuleBroken("The bank account does not hold this much.", code="NOT_ENOUGH_MONEY")
        lines = (Line(SUSPENSE, item.amount), Line(bank, -item.amount, "unplaced"))
        return place_movement(state, operation, item, MovementKind.PLACEMENT, lines, cash, None)
    if posting.limited is not None and -book.balances.get(posting.account, 0) < -item.amount:
        code, words = posting.limited
        return RuleBroken(words, code=code)
    lines = (Line(SUSPENSE, item.amount), Line(posting.account, -item.amount))
    return place_movement(state, operation, item, MovementKind.PLACEMENT, lines, cash, None)


def place_movement(
    state: State,
    operation: Operation,
    item: ReviewItem,
    kind: MovementKind,
    lines: tuple[Line, ...],
    method: str,
    member_id: UUID | None,
) -> Placed:
    """Posts `lines`, which clear SUSPENSE, and keeps the movement with the decision's note."""
    receipt = _receipt(item)
    entry_id = state.post(operation, item.group_id, "PLACEMENT", receipt, lines)
    row = Movement(
        id=new_id(),
        group_id=item.group_id,
        entry_id=entry_id,
        kind=kind.value,
        amount=abs(item.amount),
        account=method,
        member_id=member_id,
        movement_date=state.today,
        description=item.decision_note or "",
        receipt_number=receipt,
        recorded_by=item.officer_id,
        recorded_at=state.now,
        offline_sync_id=item.operation_id,
        change_sequence=state.books[item.group_id].next_change(),
    )
    state.make(row)
    return entry_id, row.id


def _receipt(item: ReviewItem) -> str:
    """The receipt's number that the officer gave for the money."""
    return receipt_number(item.operation_id or item.id)

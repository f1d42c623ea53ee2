"""Rules of contributions (design.md: Savings, Sync)."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import orjson

from app.auth.permissions import may
from app.errors import BadInput, DomainError, Forbidden, NotFound, RuleBroken
from app.models import Account, ContributionType, GroupStatus, PaymentMethod
from app.models.base import new_id
from app.money import MAX_CENTS, format_money
from app.receipts import receipt_number
from app.services.ledger import Draft, Line
from app.services.operations.state import MemberFacts, PaymentPart, State
from app.services.operations.types import (
    APPLIED,
    HELD,
    Operation,
    Outcome,
    RecordContribution,
    rejected,
)

EARLIEST = date(2000, 1, 1)
"""Before this a date is a phone's clock that lost its battery, not a day of collection."""

PLACES: dict[str, tuple[str, str]] = {
    ContributionType.REGULAR.value: (Account.MEMBER_SAVINGS.value, "savings"),
    ContributionType.WELFARE.value: (Account.WELFARE_FUND.value, "welfare"),
    ContributionType.PROJECT.value: (Account.PROJECT_FUND.value, "project"),
    ContributionType.FINE.value: (Account.FINES.value, "fine"),
    ContributionType.REGISTRATION.value: (Account.REGISTRATION_FEES.value, "registration"),
    ContributionType.APPRECIATION.value: (Account.APPRECIATION_FEES.value, "appreciation_fee"),
}
"""Contribution type to the account credited and the cash ledger's subcategory."""

MPESA = PaymentMethod.MPESA.value
ACTIVE = GroupStatus.ACTIVE.value
SUSPENSE = Account.SUSPENSE.value

MONEY = {
    PaymentMethod.CASH.value: Account.CASH.value,
    PaymentMethod.MPESA.value: Account.MPESA.value,
    PaymentMethod.BANK.value: Account.BANK.value,
}


class ContributionRow(NamedTuple):
    """A row of `contribution` in column order; also what the API shows, without reading it back."""

    id: UUID
    group_id: UUID
    member_id: UUID
    entry_id: UUID
    amount: int
    contribution_type: str
    payment_method: str
    contribution_date: date
    recorded_by: UUID
    recorded_at: datetime
    offline_sync_id: UUID | None
    transaction_id: str | None
    receipt_number: str
    change_sequence: int


CONTRIBUTION_COLUMNS = ContributionRow._fields


def record_contribution(state: State, operation: Operation, body: RecordContribution) -> Outcome:
    """Posts the contribution, holds it in SUSPENSE, or refuses it.

    Refused even from a phone: amounts that are no amounts, a role without the verb, a group
    the officer never served, ids and M-Pesa codes that name something else.
    """
    if not may(operation.actor, "transactions:create"):
        return rejected(Forbidden())
    if not 0 < body.amount <= MAX_CENTS:
        return rejected(BadInput("The amount must be more than zero.", field="amount"))
    group_id, member, error = _find(state, operation, body)
    if group_id is None:
        return rejected(error or _unknown_member(operation))
    if body.id is not None and body.id in state.taken_ids:
        return rejected(
            RuleBroken("This id names another record already.", code="ID_REUSED", field="id")
        )
    if _is_payment_known(state, operation, body):
        return rejected(
            RuleBroken(
                "This M-Pesa code is in the books already.",
                code="TRANSACTION_KNOWN",
                field="transactionId",
            )
        )
    breach = _breach(state, operation, body, group_id, member)
    if breach is None and member is not None:
        return _post(state, operation, body, group_id)
    if operation.synced:
        return _hold(state, operation, body, group_id, breach.code if breach else "UNKNOWN_MEMBER")
    return rejected(_for_single(breach, operation))


def _find(
    state: State, operation: Operation, body: RecordContribution
) -> tuple[UUID | None, MemberFacts | None, DomainError | None]:
    """The group that gets the money, and the member where both are within reach."""
    member = state.members.get(body.member_id)
    if member is not None and state.ever_served(operation.actor, member.group_id):
        if body.group_id is not None and body.group_id != member.group_id:
            return None, None, BadInput("The member is in another group.", field="groupId")
        return state.books[member.group_id].group_id, member, None
    if body.group_id is None or not operation.synced:
        return None, None, None
    if not state.ever_served(operation.actor, body.group_id):
        return (
            None,
            None,
            NotFound("There is no such group.", code="UNKNOWN_GROUP", field="groupId"),
        )
    return body.group_id, None, None


def _unknown_member(operation: Operation) -> DomainError:
    code = "UNKNOWN_MEMBER" if operation.synced else "NOT_FOUND"
    return NotFound("There is no such member.", code=code, field="memberId")


def _is_payment_known(state: State, operation: Operation, body: RecordContribution) -> bool:
    """Whether the M-Pesa code is taken: but by other parts of the same payment.

    A member sends one transfer for savings and welfare; the officer enters it once for each.
    """
    if body.transaction_id is None or body.payment_method != MPESA:
        return False
    return not all(
        part.member_id == body.member_id
        and part.recorded_by == operation.actor.user_id
        and part.purpose != body.contribution_type
        for part in state.payments.get(body.transaction_id, ())
    )


def _breach(
    state: State,
    operation: Operation,
    body: RecordContribution,
    group_id: UUID,
    member: MemberFacts | None,
) -> DomainError | None:
    """The first rule that stands against booking the money to the member now."""
    if not state.may_write(operation.actor, group_id):
        return NotFound(
            "You no longer serve this group.", code="OFFICER_UNASSIGNED", field="memberId"
        )
    if member is None:
        return _unknown_member(operation)
    if not member.is_active:
        return RuleBroken("The member has left the group.", code="MEMBER_LEFT", field="memberId")
    if state.group_status[group_id] != ACTIVE:
        return RuleBroken("The group is not active.", code="GROUP_INACTIVE", field="memberId")
    when = body.contribution_date
    if when is not None and when > state.today:
        return BadInput(
            "The date is in the future.", code="DATE_IN_FUTURE", field="contributionDate"
        )
    if when is not None and when < EARLIEST:
        return BadInput("The date is too long ago.", code="DATE_UNLIKELY", field="contributionDate")
    return None


def _for_single(breach: DomainError | None, operation: Operation) -> DomainError:
    """A single mutation answers with the general codes of design.md."""
    if breach is None or isinstance(breach, NotFound):
        return _unknown_member(operation)
    if isinstance(breach, BadInput):
        return BadInput(breach.message, field=breach.field)
    return breach


def _post(
    state: State,
    operation: Operation,
    body: RecordContribution,
    group_id: UUID,
) -> Outcome:
    book, member_id = state.books[group_id], body.member_id
    contribution_id = body.id or new_id()
    receipt = receipt_number(operation.offline_sync_id or contribution_id)
    when = body.contribution_date or state.today
    account, subcategory = PLACES[body.contribution_type]
    entry_id = new_id()
    book.post(
        Draft(
            entry_id,
            when,
            when,
            "CONTRIBUTION",
            receipt,
            operation.actor.user_id,
            state.now,
            (
                Line(MONEY[body.payment_method], body.amount, subcategory, member_id),
                Line(account, -body.amount, None, member_id),
            ),
        )
    )
    row = ContributionRow(
        contribution_id,
        group_id,
        member_id,
        entry_id,
        body.amount,
        body.contribution_type,
        body.payment_method,
        when,
        operation.actor.user_id,
        state.now,
        operation.offline_sync_id,
        body.transaction_id,
        receipt,
        book.next_change(),
    )
    state.rows.contributions.append(row)
    state.taken_ids.add(contribution_id)
    _keep_payment(state, operation, body, entry_id, group_id)
    return Outcome(
        APPLIED, contribution_id, receipt, entity=row, group_id=group_id, audit_id=entry_id
    )


def _hold(
    state: State, operation: Operation, body: RecordContribution, group_id: UUID, reason: str
) -> Outcome:
    """Books the money today, to SUSPENSE, with the claimed value date, for a person to place."""
    book = state.books[group_id]
    item_id = body.id or new_id()
    receipt = receipt_number(operation.offline_sync_id or item_id)
    entry_id = new_id()
    book.post(
        Draft(
            entry_id,
            state.today,
            body.contribution_date or state.today,
            "HELD",
            receipt,
            operation.actor.user_id,
            state.now,
            (
                Line(MONEY[body.payment_method], body.amount, "unplaced"),
                Line(SUSPENSE, -body.amount),
            ),
        )
    )
    book.next_change()
    state.rows.reviews.append(
        (
            item_id,
            group_id,
            entry_id,
            operation.offline_sync_id,
            reason,
            body.amount,
            _claim(body),
            "OPEN",
            operation.actor.user_id,
            state.now,
        )
    )
    state.taken_ids.add(item_id)
    _keep_payment(state, operation, body, entry_id, group_id)
    return Outcome(HELD, item_id, receipt, error=held_error(reason), group_id=group_id)


HELD_WORDS = {
    "UNKNOWN_MEMBER": "The member is not in the register.",
    "MEMBER_LEFT": "The member has left the group.",
    "GROUP_INACTIVE": "The group is not active.",
    "OFFICER_UNASSIGNED": "You no longer serve this group.",
    "DATE_IN_FUTURE": "The date is in the future.",
    "DATE_UNLIKELY": "The date is too long ago.",
}


def held_error(reason: str) -> DomainError:
    """Why money is held, with the rule's own code and what happens next."""
    words = HELD_WORDS.get(reason, "A rule stands against it.")
    return RuleBroken(
        f"{words} The money is in the books; the office decides where it belongs.", code=reason
    )


def _keep_payment(
    state: State, operation: Operation, body: RecordContribution, entry_id: UUID, group_id: UUID
) -> None:
    if body.transaction_id is not None and body.payment_method == MPESA:
        parts = state.payments.setdefault(body.transaction_id, [])
        part = PaymentPart(body.member_id, body.contribution_type, operation.actor.user_id)
        state.rows.references.append((body.transaction_id, len(parts), entry_id, group_id, *part))
        parts.append(part)


def _claim(body: RecordContribution) -> str:
    return orjson.dumps(
        {
            "memberId": body.member_id,
            "amount": format_money(body.amount),
            "contributionType": body.contribution_type,
            "paymentMethod": body.payment_method,
            "contributionDate": body.contribution_date,
            "transactionId": body.transaction_id,
        },
        default=str,
    ).decode()

"""Rules of contributions (design.md: Savings, Sync)."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from app.errors import BadInput, DomainError, NotFound
from app.models import Account, ContributionType, Meeting, PaymentMethod
from app.models.base import new_id
from app.money import format_money
from app.services.ledger import Line
from app.services.operations import parse
from app.services.operations.charges import NamedCharges, load_charges, pay_oldest
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
    keep_payment,
    link_to_meeting,
    meeting_breach,
    member_breach,
    payment_known_error,
    receipt_of,
    taken_error,
    unknown_member,
)
from app.services.operations.named import Named
from app.services.operations.repeats import (
    Booked,
    Payment,
    gather_payment,
    load_repeats,
    note_payment,
)
from app.services.operations.state import MemberFacts, State
from app.services.operations.types import (
    APPLIED,
    Operation,
    Outcome,
    RecordContribution,
    rejected,
)

PLACES: dict[str, tuple[str, str]] = {
    ContributionType.REGULAR.value: (Account.MEMBER_SAVINGS.value, "savings"),
    ContributionType.WELFARE.value: (Account.WELFARE_FUND.value, "welfare"),
    ContributionType.PROJECT.value: (Account.PROJECT_FUND.value, "project"),
    ContributionType.FINE.value: (Account.FINES.value, "fine"),
    ContributionType.REGISTRATION.value: (Account.REGISTRATION_FEES.value, "registration"),
    ContributionType.APPRECIATION.value: (Account.APPRECIATION_FEES.value, "appreciation_fee"),
}
"""Contribution type to the account credited and the cash ledger's subcategory."""


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


def gather_contribution(named: Named, operation: Operation, body: RecordContribution) -> None:
    named.members.add(body.member_id)
    gather_payment(named, body.member_id, body.amount, body.contribution_date, loan=False)
    if body.group_id is not None:
        named.groups.add(body.group_id)
    if body.id is not None:
        named.made.add(body.id)
    if body.transaction_id and body.payment_method == PaymentMethod.MPESA:
        named.payments.add(body.transaction_id)
    if body.meeting_id is not None:
        named.subject(Meeting, body.meeting_id)
    if body.contribution_type == ContributionType.FINE:
        named.section(NamedCharges).members.add(body.member_id)


def record_contribution(state: State, operation: Operation, body: RecordContribution) -> Outcome:
    """Posts the contribution, holds it in SUSPENSE, or refuses it.

    Refused even from a phone: amounts that are no amounts, a group the officer never served,
    ids and M-Pesa codes that name something else.
    """
    error = amount_error(body.amount)
    if error is not None:
        return rejected(error)
    group_id, member, error = _find(state, operation, body)
    if group_id is None:
        return rejected(error or unknown_member(operation))
    error = taken_error(state, body.id)
    if error is not None:
        return rejected(error)
    if is_payment_known(
        state,
        operation,
        body.payment_method,
        body.transaction_id,
        body.member_id,
        body.contribution_type,
    ):
        return rejected(payment_known_error())
    breach = contribution_breach(state, operation, body, group_id, member)
    if breach is None:
        return _post(state, operation, body, group_id)
    if operation.synced:
        return _hold(state, operation, body, group_id, breach.code)
    return rejected(for_single(breach, operation))


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


def contribution_breach(
    state: State,
    operation: Operation,
    body: RecordContribution,
    group_id: UUID,
    member: MemberFacts | None,
) -> DomainError | None:
    """The first rule that stands against booking the money to the member now."""
    return (
        authority_breach(state, operation, group_id)
        or member_breach(state, operation, member)
        or group_breach(state, group_id)
        or date_breach(state, group_id, body.contribution_date, "contributionDate")
        or meeting_breach(state, operation, group_id, body.meeting_id)
    )


def _post(state: State, operation: Operation, body: RecordContribution, group_id: UUID) -> Outcome:
    member_id = body.member_id
    contribution_id = body.id or new_id()
    receipt = receipt_of(operation, contribution_id)
    when = body.contribution_date or state.today
    account, subcategory = PLACES[body.contribution_type]
    entry_id = state.post(
        operation,
        group_id,
        "CONTRIBUTION",
        receipt,
        (
            Line(MONEY[body.payment_method], body.amount, subcategory, member_id),
            Line(account, -body.amount, None, member_id),
        ),
        booked=when,
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
        state.books[group_id].next_change(),
    )
    state.rows.contributions.append(row)
    state.taken_ids.add(contribution_id)
    keep_payment(
        state,
        operation,
        group_id,
        entry_id,
        body.payment_method,
        body.transaction_id,
        member_id,
        body.contribution_type,
    )
    if body.meeting_id is not None:
        link_to_meeting(state, group_id, body.meeting_id, entry_id)
    if body.contribution_type == ContributionType.FINE:
        pay_oldest(state, member_id, body.amount, entry_id)
    note_payment(
        state,
        operation,
        Payment(member_id, body.contribution_type, body.amount, when, body.payment_method),
        Booked(entry_id, body.transaction_id),
        group_id=group_id,
        member_id=member_id,
        subject_id=contribution_id,
    )
    return Outcome(
        APPLIED, contribution_id, receipt, entity=row, group_id=group_id, audit_id=entry_id
    )


def _hold(
    state: State, operation: Operation, body: RecordContribution, group_id: UUID, reason: str
) -> Outcome:
    return hold(
        state,
        operation,
        group_id,
        reason,
        amount=body.amount,
        method=body.payment_method,
        claim={
            "memberId": body.member_id,
            "amount": format_money(body.amount),
            "contributionType": body.contribution_type,
            "paymentMethod": body.payment_method,
            "contributionDate": body.contribution_date,
            "transactionId": body.transaction_id,
        },
        item_id=body.id,
        valued=body.contribution_date,
        meeting_id=body.meeting_id,
        paid=(body.transaction_id, body.member_id, body.contribution_type),
    )


KINDS = (
    Kind(
        body=RecordContribution,
        verb="transactions:create",
        parse=parse.contribution,
        gather=gather_contribution,
        judge=record_contribution,
        audit="contribution.recorded",
        held="contribution.held",
        loaders=(load_charges, load_repeats),
    ),
)

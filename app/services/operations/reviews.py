"""Deciding what waits in the review inbox (design.md: Sync)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import BadInput, DomainError, NotFound, RuleBroken
from app.models import (
    JournalEntry,
    Loan,
    PaymentMethod,
    ReviewAction,
    ReviewItem,
    ReviewKind,
    ReviewStatus,
    SyncOperation,
)
from app.models.base import new_id
from app.runtime import Runtime
from app.services.operations import parse
from app.services.operations.charges import NamedCharges, load_charges
from app.services.operations.conflicts import apply_conflict
from app.services.operations.disputes import accept_dispute, load_disputed
from app.services.operations.dividend_figures import load_figures
from app.services.operations.dividend_placement import accept_dividends, load_claimed_runs
from app.services.operations.kind import Kind, Values
from app.services.operations.loan_placement import place_to_loan
from app.services.operations.loan_state import load_loans
from app.services.operations.named import Named
from app.services.operations.notices import review_decided
from app.services.operations.placement import (
    Placed,
    accept_movement,
    accept_variance,
    place_to_fund,
    place_to_member,
)
from app.services.operations.reversal import load_reversals, post_reversal, shortage
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Body, Operation, Outcome, rejected
from app.services.operations.undoing import (
    Reversals,
    Reversing,
    free_payment,
    load_references_of,
)
from app.services.operations.undoings import UNDO
from app.services.operations.welfare import load_history
from app.services.operations.welfare_placement import accept_payout, load_claimed_requests

ALLOWED: dict[str, frozenset[ReviewAction]] = {
    ReviewKind.HELD_CASH.value: frozenset(
        {
            ReviewAction.ACCEPT,
            ReviewAction.PLACE_TO_MEMBER,
            ReviewAction.PLACE_TO_LOAN,
            ReviewAction.PLACE_TO_FUND,
            ReviewAction.REVERSE,
            ReviewAction.SEND_BACK,
        }
    ),
    ReviewKind.VARIANCE.value: frozenset(
        {
            ReviewAction.ACCEPT,
            ReviewAction.PLACE_TO_MEMBER,
            ReviewAction.PLACE_TO_FUND,
            ReviewAction.REVERSE,
            ReviewAction.SEND_BACK,
        }
    ),
    ReviewKind.REPEAT.value: frozenset(
        {ReviewAction.ACCEPT, ReviewAction.REVERSE, ReviewAction.SEND_BACK}
    ),
    ReviewKind.CONFLICT.value: frozenset(
        {ReviewAction.ACCEPT, ReviewAction.DISMISS, ReviewAction.SEND_BACK}
    ),
    ReviewKind.DISPUTE.value: frozenset({ReviewAction.ACCEPT, ReviewAction.DISMISS}),
    ReviewKind.MEETING.value: frozenset({ReviewAction.ACCEPT, ReviewAction.SEND_BACK}),
}
"""What can be decided about each kind of item."""


PLACEMENTS = frozenset(
    {ReviewAction.PLACE_TO_MEMBER, ReviewAction.PLACE_TO_LOAN, ReviewAction.PLACE_TO_FUND}
)


@dataclass(frozen=True, slots=True)
class DecideReview(Body):
    """A person's decision; which of the targets is needed depends on the action."""

    kind = "decideReview"

    item_id: UUID
    action: ReviewAction
    note: str = ""
    member_id: UUID | None = None
    contribution_type: str | None = None
    loan_id: UUID | None = None
    account: str | None = None


@dataclass(slots=True)
class Inbox:
    """What the decisions need besides the items: the operations that were HELD."""

    operations: dict[UUID, SyncOperation] = field(default_factory=dict)
    claims: dict[UUID, dict[str, Any]] = field(default_factory=dict)


def read_decision(values: Values) -> DecideReview:
    action = ReviewAction(values["action"])
    kind = values.get("contribution_type")
    account = values.get("account")
    return DecideReview(
        item_id=values["item_id"],
        action=action,
        note=parse.clean_text(
            values.get("note"), "note", 500, required=action is not ReviewAction.ACCEPT
        ),
        member_id=values.get("member_id"),
        contribution_type=str(kind) if kind is not None else None,
        loan_id=values.get("loan_id"),
        account=str(account) if account is not None else None,
    )


def gather_decision(named: Named, operation: Operation, body: DecideReview) -> None:
    named.subject(ReviewItem, body.item_id)
    named.subject(Loan, body.loan_id)
    named.terms = True
    if body.member_id is not None:
        named.members.add(body.member_id)
        named.section(NamedCharges).members.add(body.member_id)


async def load_inbox(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    """The claims, what they name, and the operations whose answer is HELD until now."""
    inbox = state.section(Inbox)
    items = [row for row in state.subjects.values() if isinstance(row, ReviewItem)]
    entries: set[UUID] = set()
    for item in items:
        claim = inbox.claims[item.id] = orjson.loads(item.claim or "{}")
        member_id = _uuid(claim.get("memberId"))
        if member_id is not None:
            named.members.add(member_id)
            named.section(NamedCharges).members.add(member_id)
        if item.kind == ReviewKind.CONFLICT.value and item.subject_id is not None:
            named.members.add(item.subject_id)
            named.edited.add(item.subject_id)
        if item.entry_id is not None:
            entries.add(item.entry_id)
        loan_id = _uuid(claim.get("loanId"))
        if loan_id is not None:
            named.subject(Loan, loan_id)
    await _load_claimed_loans(session, named, state)
    await load_claimed_requests(session, state, inbox.claims.values())
    await load_claimed_runs(session, state, inbox.claims.values())
    await load_disputed(session, state, items)
    operations = {item.operation_id for item in items if item.operation_id is not None}
    if operations:
        rows = await session.execute(
            select(SyncOperation).where(col(SyncOperation.id).in_(operations))
        )
        for row in rows.scalars():
            session.expunge(row)
            inbox.operations[row.id] = row
    if entries:
        await _load_entries(session, named, state, entries)


async def _load_claimed_loans(session: AsyncSession, named: Named, state: State) -> None:
    """Loans that the claims name: what they name is only known once the items are there."""
    ids = named.subjects.get(Loan, set()) - state.subjects.keys()
    if not ids:
        return
    rows = await session.execute(
        select(Loan).where(col(Loan.id).in_(ids), col(Loan.group_id).in_(list(state.books)))
    )
    for loan in rows.scalars():
        session.expunge(loan)
        state.subjects[loan.id] = loan
        named.members.add(loan.member_id)
        named.owners.add(loan.id)


async def _load_entries(
    session: AsyncSession, named: Named, state: State, entries: set[UUID]
) -> None:
    """The entries behind the items, as the reversal wants them."""
    rows = await session.execute(
        select(JournalEntry).where(
            col(JournalEntry.id).in_(entries), col(JournalEntry.group_id).in_(list(state.books))
        )
    )
    for row in rows.scalars():
        session.expunge(row)
        state.subjects[row.id] = row
        named.subject(JournalEntry, row.id)
    codes = {claim.get("transactionId") for claim in state.section(Inbox).claims.values()}
    await load_references_of(session, state, codes)


def decide_review(state: State, operation: Operation, body: DecideReview) -> Outcome:
    """Carries the decision out, and closes the item or sends it back to the officer."""
    item = state.subject(ReviewItem, body.item_id)
    if item is None or not state.may_write(operation.actor, item.group_id):
        return rejected(NotFound("There is no such item.", field="itemId"))
    if item.status == ReviewStatus.DECIDED.value:
        return rejected(
            RuleBroken("It is decided already.", code="ALREADY_DECIDED", field="itemId")
        )
    if body.action not in ALLOWED[item.kind]:
        return rejected(BadInput("This cannot be done with such an item.", field="action"))
    before, item.decision_note = item.decision_note, body.note
    placed = _carry_out(state, operation, body, item)
    if isinstance(placed, DomainError):
        item.decision_note = before
        return rejected(placed)
    _close(state, operation, body, item, placed)
    return Outcome(
        APPLIED,
        item.id,
        entity=item,
        group_id=item.group_id,
        detail={
            "action": body.action.value,
            "reason": item.reason,
            "amount": item.amount,
            "entryId": item.decision_entry_id,
        },
    )


def _carry_out(
    state: State, operation: Operation, body: DecideReview, item: ReviewItem
) -> Placed | DomainError | None:
    """The entry and the row that the decision made; None where it made none."""
    claim = state.section(Inbox).claims[item.id]
    method = str(claim.get("paymentMethod") or PaymentMethod.CASH.value)
    if item.amount == 0 and body.action in PLACEMENTS:
        return BadInput("There is no money to be placed.", field="action")
    if body.action is ReviewAction.PLACE_TO_FUND:
        return place_to_fund(state, operation, item, body.account, method)
    if body.action is ReviewAction.PLACE_TO_MEMBER:
        return place_to_member(
            state,
            operation,
            item,
            body.member_id,
            body.contribution_type,
            method=method,
            when=_day(claim.get("contributionDate")),
        )
    if body.action is ReviewAction.PLACE_TO_LOAN:
        return place_to_loan(state, operation, item, body.loan_id, method, claim)
    if body.action is ReviewAction.REVERSE:
        return _reverse(state, operation, body, item)
    if body.action is ReviewAction.ACCEPT:
        return _accept(state, operation, item, claim, method)
    return None


def _accept(
    state: State, operation: Operation, item: ReviewItem, claim: dict[str, Any], method: str
) -> Placed | DomainError | None:
    """What the phone claimed is right in spite of the rule that stood against it."""
    if item.kind == ReviewKind.VARIANCE.value:
        return accept_variance(state, operation, item) if item.amount else None
    if item.kind == ReviewKind.CONFLICT.value:
        return apply_conflict(state, operation, item)
    if item.kind == ReviewKind.DISPUTE.value:
        accept_dispute(state, operation, item)
    if item.kind != ReviewKind.HELD_CASH.value:
        return None
    if claim.get("movement") is not None:
        return accept_movement(state, operation, item, str(claim["movement"]))
    if claim.get("operation") == "payWelfare":
        request_id = _uuid(claim.get("requestId"))
        return accept_payout(state, operation, item, request_id, method, claim)
    if claim.get("operation") == "payDividends":
        return accept_dividends(state, operation, item, method, claim)
    if claim.get("operation") in ("recordRepayment", "disburseLoan"):
        return place_to_loan(state, operation, item, _uuid(claim.get("loanId")), method, claim)
    if claim.get("operation") == "withdrawSavings":
        member_id = _uuid(claim.get("memberId"))
        return place_to_member(state, operation, item, member_id, None, method=method, when=None)
    if claim.get("operation") != "recordContribution":
        return BadInput("Say where the money belongs.", field="action")
    return place_to_member(
        state,
        operation,
        item,
        _uuid(claim.get("memberId")),
        str(claim["contributionType"]),
        method=method,
        when=_day(claim.get("contributionDate")),
    )


def _reverse(
    state: State, operation: Operation, body: DecideReview, item: ReviewItem
) -> Placed | DomainError | None:
    """Held money was given back, a variance was found, a repeat was one too many."""
    entry = state.subject(JournalEntry, item.entry_id)
    if entry is None:
        return None
    found = state.section(Reversals)
    if entry.id in found.reversed:
        return RuleBroken("It is reversed already.", code="ALREADY_REVERSED", field="action")
    postings = found.postings[entry.group_id, entry.sequence]
    error = shortage(state, entry.group_id, postings)
    if error is not None:
        return error
    reversal_id = new_id()
    undoing = UNDO.get(entry.kind)
    if undoing is not None:
        error = undoing.undo(state, operation, Reversing(entry, postings, reversal_id))
        if error is not None:
            return error
    # Of held money, which has no noun of its own; a noun's undoing has freed it already.
    free_payment(state, entry.id)
    post_reversal(state, operation, entry, postings, reversal_id, body.note)
    return reversal_id, reversal_id


def _close(
    state: State,
    operation: Operation,
    body: DecideReview,
    item: ReviewItem,
    placed: Placed | None,
) -> None:
    item.decision = body.action.value
    item.decided_by = operation.actor.user_id
    item.decided_at = state.now
    sent_back = body.action is ReviewAction.SEND_BACK
    item.status = (ReviewStatus.SENT_BACK if sent_back else ReviewStatus.DECIDED).value
    if placed is not None:
        item.decision_entry_id = placed[0]
        # From now on a repeat of the operation is an ordinary DUPLICATE.
        known = state.section(Inbox).operations.get(item.operation_id or item.id)
        if known is not None and known.outcome == "HELD":
            known.outcome = APPLIED
            known.entity_id = placed[1]
            state.rows.put(known)
    state.touch(item)
    review_decided(state, item, sent_back=sent_back, by=operation.actor.user_id)


def _uuid(text: Any) -> UUID | None:
    return UUID(text) if isinstance(text, str) else None


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None


KINDS = (
    Kind(
        body=DecideReview,
        verb="reviews:decide",
        parse=read_decision,
        gather=gather_decision,
        judge=decide_review,
        audit="review.decided",
        loaders=(
            load_inbox,
            load_history,
            load_loans,
            load_figures,
            load_reversals,
            load_charges,
        ),
        synced=False,
    ),
)

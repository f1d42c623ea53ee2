"""Approving and refusing what waits for a group's word: loans and welfare requests alike.

Who may approve, and how often, stands in approvals.py; here is what an approval or a refusal
does to its subject (design.md, Loans and Savings).
"""

from __future__ import annotations

from typing import NamedTuple

from app.errors import DomainError, RuleBroken
from app.models import Loan, LoanStatus, MessageTemplate, Role
from app.services.approvals import place_of
from app.services.operations.approvals import Subject, approve
from app.services.operations.member_news import loan_news
from app.services.operations.notices import approval_needed, decided
from app.services.operations.signing import SignatureClaim, approver
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Operation, Outcome, rejected

# The two nouns have the same words for these (models/loans.py, models/funds.py).
PENDING = LoanStatus.PENDING.value
APPROVED = LoanStatus.APPROVED.value
REJECTED = LoanStatus.REJECTED.value


class Noun(NamedTuple):
    """What messages and signatures call a subject, and the input's field that names it."""

    word: str
    name: str
    field: str


LOAN = Noun("loan", "LOAN", "loanId")
WELFARE = Noun("request", "WELFARE", "requestId")


def approve_subject(
    state: State,
    operation: Operation,
    subject: Subject,
    signature: SignatureClaim | None,
    notes: str | None,
    digest: bytes,
) -> Outcome:
    """Fills one place of the approvals needed; the last one makes the subject APPROVED.

    `digest` is what a signature on the officer's phone must be over.
    """
    noun = _noun(subject)
    error = _not_approvable(state, subject)
    if error is not None:
        return rejected(error)
    signed = approver(
        state,
        operation,
        signature,
        group_id=subject.group_id,
        needed=subject.approvals_needed,
        subject=noun.name,
        subject_id=subject.id,
        digest=digest,
    )
    if isinstance(signed, DomainError):
        return rejected(signed)
    left = approve(
        state,
        subject,
        user_id=signed.user_id,
        role=signed.role,
        own_member=signed.member_id,
        notes=notes,
        signature_id=signed.signature_id,
    )
    if isinstance(left, DomainError):
        left.field = left.field or noun.field
        return rejected(left)
    signed.keep(state)
    if left:
        approval_needed(state, subject, left, operation.actor.user_id, signed.user_id)
    else:
        _mark_approved(state, subject)
        decided(state, subject, approved=True, by=operation.actor.user_id)
        if isinstance(subject, Loan):
            loan_news(state, subject, MessageTemplate.LOAN_APPROVED)
    state.touch(subject)
    return Outcome(
        APPLIED,
        subject.id,
        entity=subject,
        group_id=subject.group_id,
        detail={"missing": left, "signedBy": signed.user_id if signed.signature_id else None},
    )


def reject_subject(state: State, operation: Operation, subject: Subject, reason: str) -> Outcome:
    """Ends the subject, with its reason, before the money has gone out."""
    noun = _noun(subject)
    if subject.status not in (PENDING, APPROVED):
        message = f"The {noun.word} can no longer be refused."
        return rejected(RuleBroken(message, code="NOT_PENDING", field=noun.field))
    role = operation.actor.role
    if role is not Role.SYSTEM_ADMIN and place_of(role.value, subject.approvals_needed) is None:
        return rejected(
            RuleBroken(
                "Your approval is not asked for, so you cannot refuse it either.",
                code="APPROVAL_NOT_NEEDED",
                field=noun.field,
            )
        )
    subject.status = REJECTED
    subject.rejected_by = operation.actor.user_id
    subject.rejected_reason = reason
    state.touch(subject)
    decided(state, subject, approved=False, by=operation.actor.user_id)
    if isinstance(subject, Loan):
        loan_news(state, subject, MessageTemplate.LOAN_REJECTED)
    return Outcome(APPLIED, subject.id, entity=subject, group_id=subject.group_id)


def _noun(subject: Subject) -> Noun:
    return LOAN if isinstance(subject, Loan) else WELFARE


def _not_approvable(state: State, subject: Subject) -> DomainError | None:
    noun = _noun(subject)
    if subject.status != PENDING:
        message = f"The {noun.word} does not wait for approval."
        return RuleBroken(message, code="NOT_PENDING", field=noun.field)
    if not state.members[subject.member_id].id_verified:
        return RuleBroken(
            "The member's identity is not verified yet.", code="ID_NOT_VERIFIED", field=noun.field
        )
    return None


def _mark_approved(state: State, subject: Subject) -> None:
    subject.status = APPROVED
    subject.approved_at = state.now
    if isinstance(subject, Loan):
        subject.approved_date = state.today

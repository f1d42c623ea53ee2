"""Rules of loans before the money goes out: application, approval, rejection (design.md, Loans)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import BadInput, DomainError, NotFound
from app.models import DocumentKind, GroupStatus, Loan, LoanType
from app.models.base import new_id
from app.money import round_half_even
from app.runtime import Runtime
from app.services.approvals import places_for
from app.services.group_settings import GroupTerms, as_settings
from app.services.loan_eligibility import LoanFacts, all_together, failures, months_needed
from app.services.loan_schedule import annual_percentage_rate, annuity, check_loan, plan
from app.services.operations.approvals import load_approvals
from app.services.operations.deciding import approve_subject, reject_subject
from app.services.operations.kind import Kind
from app.services.operations.loan_bodies import (
    ApplyForLoan,
    ApproveLoan,
    RejectLoan,
    read_application,
    read_approval,
    read_rejection,
)
from app.services.operations.loan_state import Loans as LoanSection
from app.services.operations.loan_state import (
    NamedLoans,
    load_applicants,
    load_loans,
    open_loans,
    paid_by_month,
    papers_of,
)
from app.services.operations.money import taken_error, unknown_member
from app.services.operations.named import Named
from app.services.operations.notices import approval_needed
from app.services.operations.signing import gather_signature, load_signers
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Operation, Outcome, rejected
from app.services.signed_forms import loan_digest

OLDEST_APPLICATION = timedelta(days=60)
"""An older date on an application is a mistake."""

RATES = (
    (LoanType.SHORT_TERM.value, "short_term_rate"),
    (LoanType.LONG_TERM.value, "long_term_rate"),
    (LoanType.PROJECT.value, "project_rate"),
)


def gather_application(named: Named, operation: Operation, body: ApplyForLoan) -> None:
    named.members.update((body.member_id, *body.witnesses))
    named.subject(Loan, body.id)
    named.terms = True
    wanted = named.section(NamedLoans)
    wanted.applicants.add(body.member_id)
    if body.application_date is not None:
        first = months_needed(max(body.application_date, date(2000, 1, 1)))[0]
        since = date(*first, 1)
        wanted.since = min(wanted.since or since, since)


async def load_history(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    """The savings history back to the oldest month that a rule looks at."""
    wanted = named.section(NamedLoans)
    today = date(*months_needed(state.today)[0], 1)
    wanted.since = min(wanted.since or today, today)
    await load_applicants(runtime, session, named, state)


def apply_for_loan(state: State, operation: Operation, body: ApplyForLoan) -> Outcome:
    """Makes a PENDING loan, or says every rule that stands against it."""
    member = state.members.get(body.member_id)
    if member is None or not state.may_write(operation.actor, member.group_id):
        return rejected(unknown_member(operation))
    error = taken_error(state, body.id) or _input_error(state, body)
    if error is not None:
        return rejected(error)
    facts = facts_of(state, body)
    failed = failures(facts)
    if failed:
        return rejected(all_together(failed))
    loan = _new_loan(state, operation, body, member.group_id)
    state.make(loan)
    approval_needed(state, loan, loan.approvals_needed, operation.actor.user_id)
    state.section(LoanSection).of_member[body.member_id][loan.id] = loan
    return Outcome(
        APPLIED,
        loan.id,
        entity=loan,
        group_id=loan.group_id,
        detail={"amount": loan.amount, "type": loan.loan_type, "needs": loan.approvals_needed},
    )


def _input_error(state: State, body: ApplyForLoan) -> DomainError | None:
    try:
        check_loan(body.loan_type, body.amount, 0, body.duration_months, body.grace_months, extra=0)
    except BadInput as error:
        return error
    when = body.application_date
    if when is not None and not state.today - OLDEST_APPLICATION <= when <= state.today:
        return BadInput(
            "The application's day is in the future or more than 60 days ago.",
            field="applicationDate",
        )
    return None


def facts_of(state: State, body: ApplyForLoan) -> LoanFacts:
    """What the rules of eligibility look at, as the state has it."""
    member = state.members[body.member_id]
    terms = state.terms[member.group_id]
    papers = papers_of(state, body.member_id)
    kinds = set(papers.values())
    saved = state.books[member.group_id].owned.get((body.member_id, "MEMBER_SAVINGS"), 0)
    return LoanFacts(
        amount=body.amount,
        on=body.application_date or state.today,
        is_active=member.is_active,
        group_active=state.group_status[member.group_id] == GroupStatus.ACTIVE.value,
        minimum_saving=terms.minimum_saving,
        paid_by_month=paid_by_month(state, body.member_id),
        regular_savings=-saved,
        open_loans=len(open_loans(state, body.member_id)),
        witnesses=[_may_witness(state, body, one) for one in dict.fromkeys(body.witnesses)],
        witnesses_named=len(body.witnesses),
        has_id_front=DocumentKind.ID_FRONT.value in kinds,
        has_id_back=DocumentKind.ID_BACK.value in kinds,
        own_documents=all(one in papers for one in body.id_documents),
    )


def _may_witness(state: State, body: ApplyForLoan, witness: UUID) -> bool:
    facts = state.members.get(witness)
    return (
        facts is not None
        and facts.is_active
        and witness != body.member_id
        and facts.group_id == state.members[body.member_id].group_id
    )


def rate_of(state: State, terms: GroupTerms, loan_type: str) -> int:
    """The group's rate for the type, never above the deployment's cap."""
    for number, (name, setting) in enumerate(RATES):
        if name == loan_type:
            rate: int = getattr(terms, setting)
            return min(rate, state.rate_caps[number])
    raise AssertionError(f"{loan_type} has no rate")


def fee_of(terms: GroupTerms, amount: int) -> int:
    """The appreciation fee in cents: flat, or a percentage of the loan."""
    share = round_half_even(Fraction(amount * terms.appreciation_percent, 100_00))
    return terms.appreciation_fee + share


def _new_loan(state: State, operation: Operation, body: ApplyForLoan, group_id: UUID) -> Loan:
    terms = state.terms[group_id]
    rate = rate_of(state, terms, body.loan_type)
    fee = min(fee_of(terms, body.amount), body.amount)
    on = body.application_date or state.today
    planned = plan(
        body.loan_type,
        body.amount,
        rate,
        body.duration_months,
        grace=body.grace_months,
        start=on,
    )
    totals = [one.principal + one.interest for one in planned]
    project = body.loan_type == LoanType.PROJECT.value
    return Loan(
        id=body.id or new_id(),
        group_id=group_id,
        member_id=body.member_id,
        loan_type=body.loan_type,
        amount=body.amount,
        duration_months=body.duration_months,
        grace_months=body.grace_months,
        interest_rate=rate,
        fee=fee,
        purpose=body.purpose,
        application_date=on,
        applied_by=operation.actor.user_id,
        applied_at=state.now,
        witnesses=[str(one) for one in body.witnesses],
        id_documents=[str(one) for one in body.id_documents],
        approvals_needed=places_for(body.amount),
        terms=as_settings(terms),
        total_interest=sum(one.interest for one in planned),
        total_repayable=sum(totals),
        annual_percentage_rate=annual_percentage_rate(body.amount - fee, totals),
        annuity=annuity(body.amount, rate, body.duration_months - body.grace_months)
        if project
        else None,
        offline_sync_id=operation.offline_sync_id,
        change_sequence=state.books[group_id].next_change(),
    )


def gather_approval(named: Named, operation: Operation, body: ApproveLoan) -> None:
    named.subject(Loan, body.loan_id)
    named.links = True
    gather_signature(named, body.signature)


def approve_loan(state: State, operation: Operation, body: ApproveLoan) -> Outcome:
    """Fills one place of the approvals needed; the last one makes the loan APPROVED."""
    loan = state.subject(Loan, body.loan_id)
    if loan is None or not state.may_sign(operation.actor, loan.group_id):
        return rejected(unknown_loan(operation))
    return approve_subject(state, operation, loan, body.signature, body.notes, loan_digest(loan))


def gather_rejection(named: Named, operation: Operation, body: RejectLoan) -> None:
    named.subject(Loan, body.loan_id)


def reject_loan(state: State, operation: Operation, body: RejectLoan) -> Outcome:
    """Ends an application, with its reason, before the money has gone out."""
    loan = state.subject(Loan, body.loan_id)
    if loan is None or not state.may_sign(operation.actor, loan.group_id):
        return rejected(unknown_loan(operation))
    return reject_subject(state, operation, loan, body.reason)


def unknown_loan(operation: Operation) -> DomainError:
    code = "UNKNOWN_LOAN" if operation.synced else "NOT_FOUND"
    return NotFound("There is no such loan.", code=code, field="loanId")


KINDS = (
    Kind(
        body=ApplyForLoan,
        verb="loans:create",
        parse=read_application,
        gather=gather_application,
        judge=apply_for_loan,
        audit="loan.applied",
        loaders=(load_loans, load_history),
    ),
    Kind(
        body=ApproveLoan,
        verb="loans:approve",
        parse=read_approval,
        gather=gather_approval,
        judge=approve_loan,
        audit="loan.approved",
        loaders=(load_approvals, load_signers),
    ),
    Kind(
        body=RejectLoan,
        verb="loans:approve",
        parse=read_rejection,
        gather=gather_rejection,
        judge=reject_loan,
        audit="loan.rejected",
    ),
)

"""Paying a loan out (design.md, Loans), and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import BadInput, DomainError, NotFound, RuleBroken
from app.models import (
    Account,
    Instalment,
    JournalEntry,
    Loan,
    LoanStatus,
    LoanType,
    Meeting,
    MessageTemplate,
    PaymentMethod,
    Repayment,
)
from app.money import format_money
from app.runtime import Runtime
from app.services.ledger import Line
from app.services.loan_schedule import plan
from app.services.operations.charges import OPEN, of_loan, waive
from app.services.operations.kind import Kind
from app.services.operations.loan_bodies import DisburseLoan, read_disbursement
from app.services.operations.loan_state import instalments_of, load_loans
from app.services.operations.loans import unknown_loan
from app.services.operations.member_news import loan_news
from app.services.operations.money import (
    MONEY,
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
    money_breach,
    payment_known_error,
    receipt_of,
)
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Operation, Outcome, rejected
from app.services.operations.undoing import Reversals, Reversing, Undoing

LOAN_ACCOUNTS: dict[str, tuple[str, str]] = {
    LoanType.SHORT_TERM.value: (Account.LOANS_SHORT_TERM.value, "short_term_loan"),
    LoanType.LONG_TERM.value: (Account.LOANS_LONG_TERM.value, "long_term_loan"),
    LoanType.PROJECT.value: (Account.LOANS_PROJECT.value, "project_loan"),
}
"""Loan type to the account that holds its principal and the cash ledger's subcategory."""
PURPOSE = "DISBURSEMENT"
NOT_PAID_OUT = "The loan was not paid out after all."


def gather_disbursement(named: Named, operation: Operation, body: DisburseLoan) -> None:
    named.subject(Loan, body.loan_id)
    named.subject(Meeting, body.meeting_id)
    if body.group_id is not None:
        named.groups.add(body.group_id)
    if body.transaction_id and body.payment_method == PaymentMethod.MPESA:
        named.payments.add(body.transaction_id)


def disburse_loan(state: State, operation: Operation, body: DisburseLoan) -> Outcome:
    """Posts the loan's principal out and its fee in, and makes the schedule."""
    loan = state.subject(Loan, body.loan_id)
    if loan is None or not state.ever_served(operation.actor, loan.group_id):
        return _without_loan(state, operation, body)
    if is_payment_known(
        state, operation, body.payment_method, body.transaction_id, loan.member_id, PURPOSE
    ):
        return rejected(payment_known_error())
    breach = _breach(state, operation, body, loan)
    if breach is None:
        return _pay_out(state, operation, body, loan)
    if operation.synced:
        out = loan.amount - loan.fee
        return _hold(state, operation, body, loan.group_id, out, breach.code, loan.member_id)
    return rejected(for_single(breach, operation))


def _without_loan(state: State, operation: Operation, body: DisburseLoan) -> Outcome:
    """Money that a phone handed out for a loan that the server does not know."""
    if not operation.synced or body.group_id is None:
        return rejected(unknown_loan(operation))
    if not state.ever_served(operation.actor, body.group_id):
        error = NotFound("There is no such group.", code="UNKNOWN_GROUP", field="groupId")
        return rejected(error)
    if body.amount is None or body.amount <= 0:
        return rejected(BadInput("The amount must be more than zero.", field="amount"))
    return _hold(state, operation, body, body.group_id, body.amount, "UNKNOWN_LOAN", None)


def _hold(
    state: State,
    operation: Operation,
    body: DisburseLoan,
    group_id: UUID,
    amount: int,
    reason: str,
    member_id: UUID | None,
) -> Outcome:
    return hold(
        state,
        operation,
        group_id,
        reason,
        amount=-amount,
        method=body.payment_method,
        claim={
            "loanId": body.loan_id,
            "memberId": member_id,
            "amount": format_money(amount),
            "paymentMethod": body.payment_method,
            "disbursementDate": body.disbursement_date,
            "transactionId": body.transaction_id,
        },
        valued=body.disbursement_date,
        meeting_id=body.meeting_id,
        paid=(body.transaction_id, member_id, PURPOSE) if member_id else None,
    )


def _breach(
    state: State, operation: Operation, body: DisburseLoan, loan: Loan
) -> DomainError | None:
    """The first rule that stands against paying out now."""
    return (
        authority_breach(state, operation, loan.group_id, "loanId")
        or member_breach(state, operation, state.members.get(loan.member_id))
        or group_breach(state, loan.group_id, "loanId")
        or date_breach(state, loan.group_id, body.disbursement_date, "disbursementDate")
        or meeting_breach(state, operation, loan.group_id, body.meeting_id)
        or disbursable(loan, body.disbursement_date or state.today)
        or money_breach(
            state, loan.group_id, body.payment_method, loan.amount - loan.fee, "paymentMethod"
        )
    )


def disbursable(loan: Loan, day: date) -> DomainError | None:
    """NOT_APPROVED unless the loan is approved and not paid out yet on that day."""
    if loan.status == LoanStatus.DISBURSED.value:
        return RuleBroken("The loan is paid out already.", code="ALREADY_PAID_OUT", field="loanId")
    if loan.status != LoanStatus.APPROVED.value:
        return RuleBroken("The loan is not approved.", code="NOT_APPROVED", field="loanId")
    if day < loan.application_date:
        return BadInput("This is before the application.", field="disbursementDate")
    return None


def _pay_out(state: State, operation: Operation, body: DisburseLoan, loan: Loan) -> Outcome:
    when = body.disbursement_date or state.today
    receipt = receipt_of(operation, loan.id)
    money = MONEY[body.payment_method]
    account, subcategory = LOAN_ACCOUNTS[loan.loan_type]
    member_id, loan_id = loan.member_id, loan.id
    lines = [
        Line(account, loan.amount, None, member_id, loan_id),
        Line(money, -loan.amount, subcategory, member_id, loan_id),
    ]
    if loan.fee:
        lines.append(Line(money, loan.fee, "appreciation_fee", member_id, loan_id))
        lines.append(Line(Account.APPRECIATION_FEES.value, -loan.fee, None, member_id))
    entry_id = state.post(operation, loan.group_id, "DISBURSEMENT", receipt, lines, booked=when)
    keep_payment(
        state,
        operation,
        loan.group_id,
        entry_id,
        body.payment_method,
        body.transaction_id,
        member_id,
        PURPOSE,
    )
    link_to_meeting(state, loan.group_id, body.meeting_id, entry_id)
    start(state, operation, loan, when, body.payment_method, entry_id)
    return Outcome(
        APPLIED,
        loan.id,
        receipt,
        entity=loan,
        group_id=loan.group_id,
        audit_id=entry_id,
        detail={"amount": loan.amount, "fee": loan.fee, "method": body.payment_method},
    )


def start(
    state: State, operation: Operation, loan: Loan, day: date, method: str, entry_id: UUID
) -> None:
    """The loan runs from `day` on: its instalments are made by the terms it was applied for."""
    loan.status = LoanStatus.DISBURSED.value
    loan.disbursed_on = day
    loan.disbursed_at = state.now
    loan.disbursed_by = operation.actor.user_id
    loan.disbursement_method = method
    loan.disbursement_entry_id = entry_id
    planned = plan(
        loan.loan_type,
        loan.amount,
        loan.interest_rate,
        loan.duration_months,
        grace=loan.grace_months,
        start=day,
    )
    rows = instalments_of(state, loan.id)
    for one in planned:
        row = Instalment(
            loan_id=loan.id,
            number=one.number,
            group_id=loan.group_id,
            due_date=one.due_date,
            principal=one.principal,
            interest=one.interest,
            remaining_balance=one.remaining,
            settled_on=None if one.principal or one.interest else day,
        )
        rows.append(row)
        state.rows.add(row)
    state.touch(loan)
    loan_news(state, loan, MessageTemplate.LOAN_PAID_OUT)


async def load_disbursements(
    runtime: Runtime,
    session: AsyncSession,
    named: Named,
    state: State,
    entries: Sequence[JournalEntry],
) -> None:
    """The loans that the entries paid out."""
    postings = state.section(Reversals).postings
    ids = {
        row.loan_id
        for entry in entries
        for row in postings.get((entry.group_id, entry.sequence), ())
        if row.loan_id is not None
    }
    for loan_id in ids:
        named.subject(Loan, loan_id)
    rows = await session.execute(select(Loan).where(col(Loan.id).in_(ids)))
    for loan in rows.scalars():
        session.expunge(loan)
        state.subjects.setdefault(loan.id, loan)
    paid = await session.execute(
        select(col(Repayment.loan_id)).where(
            col(Repayment.loan_id).in_(ids), col(Repayment.reversed_by).is_(None)
        )
    )
    state.section(Reversals).repaid.update(paid.scalars())
    await load_loans(runtime, session, named, state)


def undo_disbursement(
    state: State, operation: Operation, reversing: Reversing
) -> DomainError | None:
    """The loan is APPROVED again; refused once something was repaid."""
    loan = next(
        row
        for row in state.subjects.values()
        if isinstance(row, Loan) and row.disbursement_entry_id == reversing.entry.id
    )
    if loan.status != LoanStatus.DISBURSED.value or loan.id in state.section(Reversals).repaid:
        return RuleBroken(
            "Something was repaid or written off: reverse that first.", code="HAS_REPAYMENTS"
        )
    drop_schedule(state, operation, loan)
    loan.status = LoanStatus.APPROVED.value
    loan.disbursed_on = loan.disbursed_at = loan.disbursed_by = None
    loan.disbursement_method = loan.disbursement_entry_id = None
    state.touch(loan)
    return None


def drop_schedule(state: State, operation: Operation, loan: Loan) -> None:
    """The loan's instalments are no more, nor what was charged for their being late."""
    for row in instalments_of(state, loan.id):
        state.rows.drop(row)
    instalments_of(state, loan.id).clear()
    for fine in of_loan(state, loan.id):
        if fine.status == OPEN:
            # Apart from the loan, so that its instalments can be late again.
            fine.loan_id = fine.instalment = None
            waive(state, fine, operation.actor.user_id, NOT_PAID_OUT)


UNDOINGS = {"DISBURSEMENT": Undoing(undo_disbursement, load_disbursements)}

KINDS = (
    Kind(
        body=DisburseLoan,
        verb="loans:disburse",
        parse=read_disbursement,
        gather=gather_disbursement,
        judge=disburse_loan,
        audit="loan.disbursed",
        held="loan.disbursement_held",
        loaders=(load_loans,),
    ),
)

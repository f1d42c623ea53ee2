"""Money paid on loans (design.md, Loans): the allocation, late fines, and what is over."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.errors import BadInput, DomainError, NotFound, RuleBroken
from app.models import (
    Account,
    ChargeStatus,
    FineReason,
    Instalment,
    Loan,
    LoanStatus,
    Meeting,
    PaymentMethod,
    Repayment,
)
from app.models.base import new_id
from app.money import format_money
from app.services.group_settings import GroupTerms, terms_of
from app.services.ledger import Line
from app.services.loan_allocation import Allocation, allocate
from app.services.loan_position import is_settled, late
from app.services.operations.charges import charge, load_charges, of_loan, pay, waive
from app.services.operations.kind import Kind
from app.services.operations.loan_bodies import RecordRepayment, read_repayment
from app.services.operations.loan_disbursement import LOAN_ACCOUNTS
from app.services.operations.loan_state import instalments_of, load_loans
from app.services.operations.loans import unknown_loan
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
)
from app.services.operations.named import Named
from app.services.operations.repeats import (
    Booked,
    Payment,
    gather_payment,
    load_repeats,
    note_payment,
)
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Operation, Outcome, rejected

PAID_IN_TIME = "Paid in time; the payment was sent later."
DISBURSED = LoanStatus.DISBURSED.value
WRITTEN_OFF = LoanStatus.WRITTEN_OFF.value


def gather_repayment(named: Named, operation: Operation, body: RecordRepayment) -> None:
    named.subject(Loan, body.loan_id)
    named.subject(Meeting, body.meeting_id)
    named.subject(Repayment, body.id)
    named.made.update([body.id] if body.id is not None else [])
    gather_payment(named, body.loan_id, body.amount, body.payment_date, loan=True)
    if body.group_id is not None:
        named.groups.add(body.group_id)
    if body.transaction_id and body.payment_method == PaymentMethod.MPESA:
        named.payments.add(body.transaction_id)


def record_repayment(state: State, operation: Operation, body: RecordRepayment) -> Outcome:
    """Divides the payment and posts it, holds it in SUSPENSE, or refuses it."""
    error = amount_error(body.amount) or taken_error(state, body.id)
    if error is not None:
        return rejected(error)
    loan = state.subject(Loan, body.loan_id)
    if loan is None or not state.ever_served(operation.actor, loan.group_id):
        return _without_loan(state, operation, body)
    if is_payment_known(
        state,
        operation,
        body.payment_method,
        body.transaction_id,
        loan.member_id,
        purpose_of(loan.id),
    ):
        return rejected(payment_known_error())
    breach = repayment_breach(state, operation, body, loan)
    if breach is None:
        return _post(state, operation, body, loan)
    if operation.synced:
        return _hold(state, operation, body, loan.group_id, breach.code, loan.member_id)
    return rejected(for_single(breach, operation))


def purpose_of(loan_id: UUID) -> str:
    """What an M-Pesa code was used for: the repayment of this loan."""
    return f"LOAN:{loan_id.hex[-12:]}"


def _without_loan(state: State, operation: Operation, body: RecordRepayment) -> Outcome:
    if not operation.synced or body.group_id is None:
        return rejected(unknown_loan(operation))
    if not state.ever_served(operation.actor, body.group_id):
        error = NotFound("There is no such group.", code="UNKNOWN_GROUP", field="groupId")
        return rejected(error)
    return _hold(state, operation, body, body.group_id, "UNKNOWN_LOAN", None)


def _hold(
    state: State,
    operation: Operation,
    body: RecordRepayment,
    group_id: UUID,
    reason: str,
    member_id: UUID | None,
) -> Outcome:
    return hold(
        state,
        operation,
        group_id,
        reason,
        amount=body.amount,
        method=body.payment_method,
        claim={
            "loanId": body.loan_id,
            "memberId": member_id,
            "amount": format_money(body.amount),
            "paymentMethod": body.payment_method,
            "paymentDate": body.payment_date,
            "transactionId": body.transaction_id,
        },
        item_id=body.id,
        valued=body.payment_date,
        meeting_id=body.meeting_id,
        paid=(body.transaction_id, member_id, purpose_of(body.loan_id)) if member_id else None,
    )


def repayment_breach(
    state: State, operation: Operation, body: RecordRepayment, loan: Loan
) -> DomainError | None:
    """The first rule that stands against booking the money to the loan now."""
    return (
        authority_breach(state, operation, loan.group_id, "loanId")
        or member_breach(state, operation, state.members.get(loan.member_id))
        or group_breach(state, loan.group_id, "loanId")
        or date_breach(state, loan.group_id, body.payment_date, "paymentDate")
        or meeting_breach(state, operation, loan.group_id, body.meeting_id)
        or payable(loan, body.payment_date or state.today)
    )


def payable(loan: Loan, day: date) -> DomainError | None:
    """Against a payment on that day: the loan is closed, or was not paid out yet."""
    if loan.status == LoanStatus.COMPLETED.value:
        return RuleBroken("The loan is paid back already.", code="LOAN_CLOSED", field="loanId")
    if loan.status not in (DISBURSED, WRITTEN_OFF):
        return RuleBroken("The loan is not paid out.", code="NOT_DISBURSED", field="loanId")
    if loan.disbursed_on is not None and day < loan.disbursed_on:
        return BadInput(
            "This is before the loan was paid out.",
            code="BEFORE_DISBURSEMENT",
            field="paymentDate",
        )
    return None


def _post(state: State, operation: Operation, body: RecordRepayment, loan: Loan) -> Outcome:
    when = body.payment_date or state.today
    repayment_id = body.id or new_id()
    receipt = receipt_of(operation, repayment_id)
    row = repay(
        state,
        operation,
        loan,
        body.amount,
        when,
        repayment_id=repayment_id,
        receipt=receipt,
        method=body.payment_method,
        source=None,
        transaction_id=body.transaction_id,
    )
    keep_payment(
        state,
        operation,
        loan.group_id,
        row.entry_id,
        body.payment_method,
        body.transaction_id,
        loan.member_id,
        purpose_of(loan.id),
    )
    link_to_meeting(state, loan.group_id, body.meeting_id, row.entry_id)
    note_payment(
        state,
        operation,
        Payment(loan.id, "", body.amount, when, body.payment_method),
        Booked(row.entry_id, body.transaction_id),
        group_id=loan.group_id,
        member_id=loan.member_id,
        subject_id=row.id,
    )
    return Outcome(
        APPLIED,
        row.id,
        receipt,
        entity=row,
        group_id=loan.group_id,
        audit_id=row.entry_id,
        detail={"amount": row.amount, "principal": row.principal, "loanId": loan.id},
    )


def repay(
    state: State,
    operation: Operation,
    loan: Loan,
    amount: int,
    when: date,
    *,
    repayment_id: UUID,
    receipt: str,
    method: str,
    source: str | None,
    transaction_id: str | None = None,
) -> Repayment:
    """Divides `amount` cents and posts the parts. `source` is an account that holds the money
    already (SUSPENSE, for money that is placed); None: it comes in now."""
    before = snapshot(state, loan)
    terms = terms_of(loan.terms)
    if loan.status == WRITTEN_OFF:
        found = None
        parts = [(Account.OTHER_INCOME.value, amount, "other_income")]
    else:
        charge_late(state, loan, terms, when)
        timely = [row for row in of_loan(state, loan.id) if row.charged_on <= when]
        rows = instalments_of(state, loan.id)
        found = allocate(loan, rows, timely, amount, when, terms.early_days)
        parts = _parts(loan, found)
    entry_id = state.post(
        operation,
        loan.group_id,
        "REPAYMENT" if source is None else "PLACEMENT",
        receipt,
        _lines(loan, parts, MONEY[method], source),
        booked=when if source is None else state.today,
        valued=when,
    )
    if found is not None:
        _settle(state, loan, found, entry_id, when)
    row = Repayment(
        id=repayment_id,
        group_id=loan.group_id,
        loan_id=loan.id,
        member_id=loan.member_id,
        entry_id=entry_id,
        amount=amount,
        principal=found.principal if found else 0,
        interest=found.interest if found else 0,
        fines=found.fine if found else 0,
        savings=found.savings if found else 0,
        recovered=0 if found else amount,
        payment_date=when,
        payment_method=method,
        transaction_id=transaction_id,
        receipt_number=receipt,
        recorded_by=operation.actor.user_id,
        recorded_at=state.now,
        offline_sync_id=operation.offline_sync_id,
        before=before,
        change_sequence=state.books[loan.group_id].next_change(),
    )
    state.make(row)
    state.touch(loan)
    return row


def charge_late(state: State, loan: Loan, terms: GroupTerms, day: date) -> int:
    """Fines every instalment that is late on `day` and was not fined yet; how many were."""
    charged = 0
    for row in late(instalments_of(state, loan.id), terms.grace_days, day):
        made = charge(
            state,
            loan.group_id,
            loan.member_id,
            FineReason.LATE_INSTALMENT.value,
            terms.late_fine,
            day,
            loan_id=loan.id,
            instalment=row.number,
        )
        charged += made is not None
    return charged


def _parts(loan: Loan, found: Allocation) -> list[tuple[str, int, str]]:
    """Account, cents and subcategory of each part of a payment, empty parts left out."""
    account, subcategory = LOAN_ACCOUNTS[loan.loan_type]
    parts = [
        (Account.FINES.value, found.fine, "fine"),
        (Account.LOAN_INTEREST.value, found.interest, "loan_interest"),
        (account, found.principal, subcategory),
        (Account.MEMBER_SAVINGS.value, found.savings, "savings"),
    ]
    return [part for part in parts if part[1]]


def _lines(
    loan: Loan, parts: list[tuple[str, int, str]], money: str, source: str | None
) -> list[Line]:
    lines: list[Line] = []
    if source is not None:
        lines.append(Line(source, sum(cents for _, cents, _ in parts)))
    for account, cents, subcategory in parts:
        of_loan_account = account in {name for name, _ in LOAN_ACCOUNTS.values()}
        loan_id = loan.id if of_loan_account else None
        if source is None:
            lines.append(Line(money, cents, subcategory, loan.member_id, loan.id))
        lines.append(Line(account, -cents, None, loan.member_id, loan_id))
    return lines


def _settle(state: State, loan: Loan, found: Allocation, entry_id: UUID, when: date) -> None:
    """Writes what the allocation did to the instalments, charges and the loan."""
    rows = instalments_of(state, loan.id)
    gone = {row.number for row in found.dropped}
    for row in rows:
        if row.number in gone:
            state.rows.drop(row)
        elif row.number in found.touched:
            state.rows.put(row)
    rows[:] = [row for row in rows if row.number not in gone]
    for fine, cents in found.fines:
        pay(state, fine, cents, entry_id)
    settled = {row.number for row in rows if is_settled(row)}
    for fine in of_loan(state, loan.id):
        unpaid = fine.status == ChargeStatus.OPEN.value and fine.paid == 0
        if unpaid and fine.charged_on > when and fine.instalment in settled:
            waive(state, fine, loan.applied_by, PAID_IN_TIME)
    if found.completed:
        loan.status = LoanStatus.COMPLETED.value
        loan.completed_on = when


def snapshot(state: State, loan: Loan) -> dict[str, Any]:
    """The loan before a payment, which its reversal restores."""
    return {
        "status": loan.status,
        "accruedOn": loan.accrued_on.isoformat() if loan.accrued_on else None,
        "accruedInterest": loan.accrued_interest,
        "instalments": [_kept(row) for row in instalments_of(state, loan.id)],
    }


def _kept(row: Instalment) -> list[Any]:
    return [
        row.number,
        row.due_date.isoformat(),
        row.principal,
        row.interest,
        row.remaining_balance,
        row.paid_principal,
        row.paid_interest,
        row.settled_on.isoformat() if row.settled_on else None,
    ]


KINDS = (
    Kind(
        body=RecordRepayment,
        verb="transactions:create",
        parse=read_repayment,
        gather=gather_repayment,
        judge=record_repayment,
        audit="repayment.recorded",
        held="repayment.held",
        loaders=(load_loans, load_charges, load_repeats),
    ),
)

"""Late fines, write-offs, and taking back repayments and write-offs (design.md, Loans)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import DomainError, NotFound, RuleBroken
from app.models import OPEN_LOAN, Account, Instalment, JournalEntry, Loan, LoanStatus, Repayment
from app.receipts import receipt_number
from app.runtime import Runtime
from app.services.group_settings import terms_of
from app.services.ledger import Line
from app.services.loan_position import owed_principal
from app.services.operations.charges import NamedCharges, load_charges, reopen
from app.services.operations.kind import Kind
from app.services.operations.loan_bodies import (
    ChargeLateFines,
    WriteOffLoan,
    read_late_fines,
    read_write_off,
)
from app.services.operations.loan_disbursement import LOAN_ACCOUNTS, load_disbursements
from app.services.operations.loan_state import NamedLoans, instalments_of, load_loans, open_loans
from app.services.operations.loans import unknown_loan
from app.services.operations.named import Named
from app.services.operations.repayments import charge_late
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Operation, Outcome, rejected
from app.services.operations.undoing import Reversing, Undoing, free_payment, load_references

WRITTEN_OFF = LoanStatus.WRITTEN_OFF.value


def gather_late_fines(named: Named, operation: Operation, body: ChargeLateFines) -> None:
    named.groups.add(body.group_id)
    named.section(NamedLoans).late_in.add(body.group_id)


def charge_late_fines(state: State, operation: Operation, body: ChargeLateFines) -> Outcome:
    """Fines every late instalment of the group once; `entity` is how many were fined now."""
    if not state.may_write(operation.actor, body.group_id):
        return rejected(NotFound("There is no such group.", field="groupId"))
    charged = 0
    for loan in [row for row in state.subjects.values() if isinstance(row, Loan)]:
        if loan.group_id == body.group_id and loan.status == LoanStatus.DISBURSED.value:
            made = charge_late(state, loan, terms_of(loan.terms), state.today)
            if made:
                state.touch(loan)
            charged += made
    return Outcome(APPLIED, entity=charged, group_id=body.group_id, detail={"charged": charged})


def gather_write_off(named: Named, operation: Operation, body: WriteOffLoan) -> None:
    named.subject(Loan, body.loan_id)


def write_off_loan(state: State, operation: Operation, body: WriteOffLoan) -> Outcome:
    """The principal still out becomes a loss; interest not paid is no longer expected."""
    loan = state.subject(Loan, body.loan_id)
    if loan is None or not state.may_write(operation.actor, loan.group_id):
        return rejected(unknown_loan(operation))
    if loan.status != LoanStatus.DISBURSED.value:
        return rejected(
            RuleBroken("The loan is not running.", code="NOT_DISBURSED", field="loanId")
        )
    left = sum(owed_principal(row) for row in instalments_of(state, loan.id))
    account, _ = LOAN_ACCOUNTS[loan.loan_type]
    if left == 0:
        return rejected(
            RuleBroken("Its principal is paid back.", code="NOTHING_OWED", field="loanId")
        )
    entry_id = state.post(
        operation,
        loan.group_id,
        "WRITE_OFF",
        receipt_number(loan.id),
        (
            Line(Account.LOAN_LOSSES.value, left),
            Line(account, -left, None, loan.member_id, loan.id),
        ),
    )
    loan.status = LoanStatus.WRITTEN_OFF.value
    loan.written_off_on = state.today
    loan.write_off_entry_id = entry_id
    loan.write_off_reason = body.reason
    state.touch(loan)
    return Outcome(APPLIED, loan.id, entity=loan, group_id=loan.group_id, detail={"amount": left})


@dataclass(slots=True)
class UndoneRepayments:
    """The repayments of the loans concerned, oldest first."""

    by_entry: dict[UUID, Repayment] = field(default_factory=dict)
    of_loan: dict[UUID, list[Repayment]] = field(default_factory=dict)


async def load_repayments(
    runtime: Runtime,
    session: AsyncSession,
    named: Named,
    state: State,
    entries: Sequence[JournalEntry],
) -> None:
    await load_disbursements(runtime, session, named, state, entries)
    named.section(NamedCharges).entries.update(entry.id for entry in entries)
    found = state.section(UndoneRepayments)
    # A list may ask several times: one payment is one object.
    loans = {row.id for row in state.subjects.values() if isinstance(row, Loan)}
    ids = loans - found.of_loan.keys()
    rows = await session.execute(
        select(Repayment)
        .where(col(Repayment.loan_id).in_(ids), col(Repayment.reversed_by).is_(None))
        .order_by(col(Repayment.recorded_at), col(Repayment.change_sequence))
    )
    for row in rows.scalars():
        session.expunge(row)
        found.by_entry[row.entry_id] = row
        found.of_loan.setdefault(row.loan_id, []).append(row)
    await load_references(session, state, list(found.by_entry.values()))


def undo_repayment(state: State, operation: Operation, reversing: Reversing) -> DomainError | None:
    """The loan stands where it stood before; only its newest payment can be taken back."""
    found = state.section(UndoneRepayments)
    row = found.by_entry[reversing.entry.id]
    loan = state.subject(Loan, row.loan_id)
    if loan is None:
        raise AssertionError("loaded with its repayment")
    if found.of_loan[row.loan_id][-1] is not row:
        return _not_latest("payment")
    if loan.status == WRITTEN_OFF and row.before["status"] != WRITTEN_OFF:
        # What is still out was counted as a loss on top of this payment.
        return _not_latest("write-off")
    if loan.status != row.before["status"] and row.before["status"] in OPEN_LOAN:
        if open_loans(state, loan.member_id, besides=loan.id):
            return RuleBroken("The member has another loan by now.", code="LOAN_OPEN")
        loan.completed_on = None
    loan.status = row.before["status"]
    _restore(state, loan, row.before)
    row.reversed_by = reversing.reversal_id
    found.of_loan[row.loan_id].remove(row)
    state.touch(row)
    state.touch(loan)
    reopen(state, reversing.entry.id)
    free_payment(state, reversing.entry.id)
    return None


def _not_latest(what: str) -> DomainError:
    return RuleBroken(f"A later {what} on the loan must be reversed first.", code="NOT_LATEST")


def _restore(state: State, loan: Loan, before: dict[str, Any]) -> None:
    """Instalments and accrual as they were; those that had fallen away come back."""
    loan.accrued_on = _day(before["accruedOn"])
    loan.accrued_interest = before["accruedInterest"]
    rows = {row.number: row for row in instalments_of(state, loan.id)}
    for number, due, principal, interest, left, paid, paid_interest, settled in before[
        "instalments"
    ]:
        row = rows.get(number)
        if row is None:
            row = Instalment(
                loan_id=loan.id,
                number=number,
                group_id=loan.group_id,
                due_date=date.fromisoformat(due),
                principal=principal,
                interest=interest,
                remaining_balance=left,
            )
            instalments_of(state, loan.id).append(row)
            state.rows.add(row)
        row.principal, row.interest, row.remaining_balance = principal, interest, left
        row.paid_principal, row.paid_interest = paid, paid_interest
        row.settled_on = _day(settled)
        state.rows.put(row)
    instalments_of(state, loan.id).sort(key=lambda row: row.number)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def undo_write_off(state: State, operation: Operation, reversing: Reversing) -> DomainError | None:
    """The loan runs again; refused while money that was recovered since counts as income."""
    loan = next(
        row
        for row in state.subjects.values()
        if isinstance(row, Loan) and row.write_off_entry_id == reversing.entry.id
    )
    since = state.section(UndoneRepayments).of_loan.get(loan.id, ())
    if any(row.before["status"] == WRITTEN_OFF for row in since):
        return _not_latest("payment")
    if open_loans(state, loan.member_id, besides=loan.id):
        return RuleBroken("The member has another loan by now.", code="LOAN_OPEN")
    loan.status = LoanStatus.DISBURSED.value
    loan.written_off_on = loan.write_off_entry_id = loan.write_off_reason = None
    state.touch(loan)
    return None


UNDOINGS = {
    "REPAYMENT": Undoing(undo_repayment, load_repayments),
    "WRITE_OFF": Undoing(undo_write_off, load_repayments),
}

KINDS = (
    Kind(
        body=WriteOffLoan,
        verb="books:correct",
        parse=read_write_off,
        gather=gather_write_off,
        judge=write_off_loan,
        audit="loan.written_off",
        loaders=(load_loans,),
        synced=False,
    ),
    Kind(
        body=ChargeLateFines,
        verb="books:correct",
        parse=read_late_fines,
        gather=gather_late_fines,
        judge=charge_late_fines,
        audit="fines.charged",
        loaders=(load_loans, load_charges),
        synced=False,
    ),
)

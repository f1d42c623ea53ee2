"""Placing held money to a loan: as a repayment, or as the money that was handed out for it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.errors import DomainError, NotFound, RuleBroken
from app.models import Loan, ReviewItem
from app.models.base import new_id
from app.receipts import receipt_number
from app.services.ledger import Line
from app.services.operations.loan_disbursement import LOAN_ACCOUNTS, disbursable, start
from app.services.operations.money import SUSPENSE
from app.services.operations.placement import Placed, claimed_day
from app.services.operations.repayments import payable, repay
from app.services.operations.state import State
from app.services.operations.types import Operation


def place_to_loan(
    state: State,
    operation: Operation,
    item: ReviewItem,
    loan_id: UUID | None,
    method: str,
    claim: dict[str, Any],
) -> Placed | DomainError:
    """Money in is divided as a repayment of the claimed day; money out pays an approved loan
    out, whose amount it must be."""
    loan = state.subject(Loan, loan_id)
    if loan is None or loan.group_id != item.group_id:
        return NotFound("There is no such loan in this group.", field="loanId")
    claimed = claim.get("paymentDate") or claim.get("disbursementDate")
    when = claimed_day(state, item, date.fromisoformat(claimed) if claimed else None)
    receipt = receipt_number(item.operation_id or item.id)
    if item.amount < 0:
        return _disburse(state, operation, item, loan, method, when, receipt)
    error = payable(loan, when)
    if error is not None:
        return error
    row = repay(
        state,
        operation,
        loan,
        item.amount,
        when,
        repayment_id=new_id(),
        receipt=receipt,
        method=method,
        source=SUSPENSE,
    )
    return row.entry_id, row.id


def _disburse(
    state: State,
    operation: Operation,
    item: ReviewItem,
    loan: Loan,
    method: str,
    when: date,
    receipt: str,
) -> Placed | DomainError:
    error = disbursable(loan, when)
    if error is not None:
        return error
    if -item.amount != loan.amount - loan.fee:
        return RuleBroken(
            "The money that was handed out is not the loan's amount.",
            code="OTHER_AMOUNT",
            field="loanId",
        )
    account, _ = LOAN_ACCOUNTS[loan.loan_type]
    lines = [
        Line(account, loan.amount, None, loan.member_id, loan.id),
        Line(SUSPENSE, item.amount),
    ]
    if loan.fee:
        lines.append(Line("APPRECIATION_FEES", -loan.fee, None, loan.member_id))
    entry_id = state.post(operation, loan.group_id, "PLACEMENT", receipt, lines, valued=when)
    start(state, operation, loan, when, method, entry_id)
    return entry_id, loan.id

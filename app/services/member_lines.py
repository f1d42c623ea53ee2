"""What the books hold of one member, line by line: the base of statements and passbooks.

A line is a personal posting that is not the money itself; of a welfare payout, which takes from
everybody's fund, it is the money that the member was handed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.models import MONEY_ACCOUNTS, Account, JournalEntry, Posting
from app.services.cash_ledger import line_id
from app.services.operations.loan_disbursement import LOAN_ACCOUNTS

SAVINGS = Account.MEMBER_SAVINGS.value
SUSPENSE = Account.SUSPENSE.value
PAYOUT = "welfare_payout"
LOANS: dict[str, str] = dict(LOAN_ACCOUNTS.values())
"""Account of loans out to the cash ledger's word for them."""
HANDED_OUT = (*MONEY_ACCOUNTS, SUSPENSE)
"""Accounts of which a line is money that went to the member."""
WORDS = {
    Account.WELFARE_FUND.value: "welfare",
    Account.PROJECT_FUND.value: "project",
    Account.FINES.value: "fine",
    Account.REGISTRATION_FEES.value: "registration",
    Account.APPRECIATION_FEES.value: "appreciation_fee",
    Account.LOAN_INTEREST.value: "loan_interest",
    Account.DIVIDENDS_PAYABLE.value: "dividend",
    Account.OTHER_INCOME.value: "other_income",
    **LOANS,
}
"""Account to the cash ledger's subcategory, where it says all."""


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One line; `value` in cents is positive for what counts for the member: paid in, paid
    back, or credited. `savings` is what the member has saved after it."""

    id: UUID
    date: date
    sequence: int
    line: int
    kind: str
    """Of the entry; of a reversal, that of the entry which it reverses."""
    is_reversal: bool
    fund: str
    """The account, or WELFARE_PAYOUT for what the member was handed from the fund."""
    subcategory: str
    receipt_number: str
    loan_id: UUID | None
    value: int
    savings: int

    @property
    def amount_in(self) -> int:
        return max(0, self.value)

    @property
    def amount_out(self) -> int:
        return max(0, -self.value)


def value_of() -> Any:
    """The signed cents of a posting from the member's side."""
    amount = col(Posting.amount)
    return case((col(Posting.account).in_(HANDED_OUT), amount), else_=-amount)


def of_member(member_id: UUID) -> Any:
    """The condition on Posting for the member's lines."""
    account = col(Posting.account)
    return and_(
        col(Posting.member_id) == member_id,
        or_(account.not_in(MONEY_ACCOUNTS), col(Posting.subcategory) == PAYOUT),
        account != Account.LOAN_LOSSES.value,
    )


def entries_of_postings() -> Any:
    """How a posting finds its entry."""
    return and_(
        col(JournalEntry.group_id) == col(Posting.group_id),
        col(JournalEntry.sequence) == col(Posting.sequence),
    )


def lines_until(member_id: UUID, last: date) -> Any:
    """A subquery of the member's lines up to a day, with the savings after each, by date."""
    original: Any = aliased(JournalEntry)
    order = (col(JournalEntry.booking_date), col(Posting.sequence), col(Posting.line))
    saved = case((col(Posting.account) == SAVINGS, -col(Posting.amount)), else_=0)
    return (
        select(
            col(JournalEntry.id).label("entry_id"),
            col(JournalEntry.booking_date).label("booked"),
            col(Posting.sequence).label("sequence"),
            col(Posting.line).label("line"),
            func.coalesce(original.kind, col(JournalEntry.kind)).label("kind"),
            col(JournalEntry.reverses_id).label("reverses"),
            col(Posting.account).label("account"),
            col(JournalEntry.reference).label("reference"),
            col(Posting.loan_id).label("loan_id"),
            value_of().label("value"),
            func.sum(saved).over(order_by=order).label("savings"),
        )
        .join(JournalEntry, entries_of_postings())
        .outerjoin(original, original.id == col(JournalEntry.reverses_id))
        .where(of_member(member_id), col(JournalEntry.booking_date) <= last)
        .subquery()
    )


def read_line(row: Any) -> MemberLine:
    """A row of `lines_until` as a line."""
    entry_id, booked, sequence, line, kind, reverses, account, reference, loan_id, value, saved = (
        row
    )
    signed = -value if reverses is not None else value
    return MemberLine(
        id=line_id(entry_id, line),
        date=booked,
        sequence=sequence,
        line=line,
        kind=kind,
        is_reversal=reverses is not None,
        fund=fund_of(account),
        subcategory=subcategory_of(account, kind, signed),
        receipt_number=reference,
        loan_id=loan_id,
        value=value,
        savings=int(saved),
    )


def fund_of(account: str) -> str:
    return "WELFARE_PAYOUT" if account in HANDED_OUT else account


def subcategory_of(account: str, kind: str, signed: int) -> str:
    """The cash ledger's word for a line of an entry of this kind, reversed or not."""
    if account in HANDED_OUT:
        return PAYOUT
    if kind == "OPENING":
        return "opening"
    if kind == "WRITE_OFF":
        return "adjustment"
    if account == SAVINGS:
        if kind == "DIVIDEND_PAYOUT":
            return "dividend"
        return "savings" if signed > 0 else "savings_withdrawal"
    return WORDS.get(account, "adjustment")

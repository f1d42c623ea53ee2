"""What a group owns and whose it is: balances, and the TRF made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import load_group
from app.auth.actor import Actor
from app.models import Account, AccountBalance
from app.services.ledger_totals import totals_of

INCOME_AND_EXPENSE = (
    Account.LOAN_INTEREST,
    Account.FINES,
    Account.REGISTRATION_FEES,
    Account.APPRECIATION_FEES,
    Account.OTHER_INCOME,
    Account.OPERATING_EXPENSES,
    Account.LOAN_LOSSES,
    Account.RETAINED_SURPLUS,
)


@dataclass(frozen=True, slots=True)
class Trf:
    """The Total Revolving Fund at the end of a day, in cents; `total` equals the sources."""

    as_of: date
    cash_in_hand: int
    bank: int
    mpesa: int
    short_term_loans: int
    long_term_loans: int
    project_loans: int
    total: int
    member_savings: int
    welfare_fund: int
    project_fund: int
    external_loans: int
    dividends_payable: int
    suspense: int
    surplus: int

    @property
    def sources(self) -> int:
        return (
            self.member_savings
            + self.welfare_fund
            + self.project_fund
            + self.external_loans
            + self.dividends_payable
            + self.suspense
            + self.surplus
        )


def trf_of(balances: Mapping[str, int], as_of: date) -> Trf:
    """The TRF of signed balances (debit positive) by account."""

    def owned(account: Account) -> int:
        return balances.get(account.value, 0)

    def owed(account: Account) -> int:
        return -balances.get(account.value, 0)

    left = {
        "cash_in_hand": owned(Account.CASH),
        "bank": owned(Account.BANK),
        "mpesa": owned(Account.MPESA),
        "short_term_loans": owned(Account.LOANS_SHORT_TERM),
        "long_term_loans": owned(Account.LOANS_LONG_TERM),
        "project_loans": owned(Account.LOANS_PROJECT),
    }
    return Trf(
        as_of=as_of,
        **left,
        total=sum(left.values()),
        member_savings=owed(Account.MEMBER_SAVINGS),
        welfare_fund=owed(Account.WELFARE_FUND),
        project_fund=owed(Account.PROJECT_FUND),
        external_loans=owed(Account.EXTERNAL_LOANS),
        dividends_payable=owed(Account.DIVIDENDS_PAYABLE),
        suspense=owed(Account.SUSPENSE),
        surplus=sum(owed(account) for account in INCOME_AND_EXPENSE),
    )


async def trf_balance(
    session: AsyncSession, actor: Actor, group_id: UUID, as_of: date | None, today: date
) -> Trf:
    """The TRF at the end of `as_of`: from the running balances, or from the totals of months and
    days up to a past day."""
    await load_group(session, actor, group_id)
    if as_of is None:
        rows = await session.execute(
            select(col(AccountBalance.account), col(AccountBalance.balance)).where(
                col(AccountBalance.owner_id) == group_id
            )
        )
    else:
        total = totals_of(group_id, None, None, as_of).c
        rows = await session.execute(
            select(total.account, func.sum(total.debits - total.credits)).group_by(total.account)
        )
    return trf_of({account: int(cents) for account, cents in rows}, as_of or today)

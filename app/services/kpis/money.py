"""Figures of the books: what came in and went out, and what stood at each month's end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models import MONEY_ACCOUNTS, Account, JournalEntry, Posting
from app.services.balances import Trf, trf_of
from app.services.kpis.period import BEFORE, Month, Period

Flows = dict[str, tuple[int, int]]
"""Account to cents debited and credited."""


@dataclass(slots=True)
class Books:
    """By month: how the accounts moved, and their net change."""

    flows: dict[int, Flows] = field(default_factory=lambda: defaultdict(dict))
    changes: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, bucket: int, account: str, total: int, debit: int, credit: int) -> None:
        found = self.changes[bucket]
        found[account] = found.get(account, 0) + total
        before = self.flows[bucket].get(account, (0, 0))
        self.flows[bucket][account] = (before[0] + debit, before[1] + credit)

    def flow(self, months: Iterable[Month], account: Account) -> tuple[int, int]:
        """Cents debited and credited in the months, reversals taken off."""
        found = [self.flows[month.number].get(account.value, (0, 0)) for month in months]
        return sum(one[0] for one in found), sum(one[1] for one in found)

    def money(self, month: Month) -> tuple[int, int]:
        """Cents that came in and went out of cash, bank and M-Pesa."""
        found = [self.flows[month.number].get(account, (0, 0)) for account in MONEY_ACCOUNTS]
        return sum(one[0] for one in found), sum(one[1] for one in found)

    def standings(self, months: Iterable[Month]) -> list[Trf]:
        """The TRF of all groups together at the end of each month."""
        balances: dict[str, int] = dict(self.changes[BEFORE])
        found = []
        for month in months:
            _add(balances, self.changes[month.number])
            found.append(trf_of(balances, month.last))
        return found


def _add(balances: dict[str, int], changes: Mapping[str, int]) -> None:
    for account, cents in changes.items():
        balances[account] = balances.get(account, 0) + cents


@dataclass(frozen=True, slots=True)
class MoneyFigures:
    """Cents in the period; entries that were reversed are taken off when they are reversed."""

    savings_in: int
    savings_out: int
    welfare_in: int
    welfare_out: int
    project_in: int
    project_out: int
    interest: int
    fines: int


async def load_books(session: AsyncSession, groups: Select[object], period: Period) -> Books:
    """Every account by month, by one statement; opening balances and moves between cash, bank
    and M-Pesa count in what stands, not in what flows."""
    is_reversal = case((col(JournalEntry.reverses_id).is_not(None), 1), else_=0)
    flows = case(
        (
            and_(
                col(JournalEntry.kind) != "OPENING",
                func.coalesce(col(Posting.subcategory), "") != "banking",
            ),
            col(Posting.amount),
        ),
        else_=0,
    )
    rows = await session.execute(
        select(
            period.bucket(col(JournalEntry.booking_date)),
            col(Posting.account),
            is_reversal.label("reversal"),
            func.sum(col(Posting.amount)),
            func.sum(case((flows > 0, flows), else_=0)),
            func.sum(case((flows < 0, -flows), else_=0)),
        )
        .join(
            JournalEntry,
            (col(JournalEntry.group_id) == col(Posting.group_id))
            & (col(JournalEntry.sequence) == col(Posting.sequence)),
        )
        .where(col(Posting.group_id).in_(groups), col(JournalEntry.booking_date) <= period.last)
        .group_by("bucket", col(Posting.account), "reversal")
    )
    books = Books()
    for bucket, account, reversal, total, debit, credit in rows:
        if reversal:
            # A reversal's debit takes a credit back, and the other way round.
            debit, credit = -credit, -debit
        books.add(int(bucket), account, int(total), int(debit), int(credit))
    return books


def money_figures(books: Books, months: list[Month]) -> MoneyFigures:
    savings_out, savings_in = books.flow(months, Account.MEMBER_SAVINGS)
    welfare_out, welfare_in = books.flow(months, Account.WELFARE_FUND)
    project_out, project_in = books.flow(months, Account.PROJECT_FUND)
    interest = books.flow(months, Account.LOAN_INTEREST)
    fines = books.flow(months, Account.FINES)
    return MoneyFigures(
        savings_in=savings_in,
        savings_out=savings_out,
        welfare_in=welfare_in,
        welfare_out=welfare_out,
        project_in=project_in,
        project_out=project_out,
        interest=interest[1] - interest[0],
        fines=fines[1] - fines[0],
    )

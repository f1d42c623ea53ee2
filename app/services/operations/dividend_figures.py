"""What a dividend run is made of: a year's income, expense and savings, and the runs there are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models import (
    Account,
    DividendAllocation,
    DividendRun,
    DividendStatus,
    JournalEntry,
    Member,
    Posting,
)
from app.receipts import receipt_number
from app.runtime import Runtime
from app.services.operations.named import Named
from app.services.operations.state import State

PROFIT = (
    Account.LOAN_INTEREST.value,
    Account.FINES.value,
    Account.REGISTRATION_FEES.value,
    Account.OTHER_INCOME.value,
    Account.OPERATING_EXPENSES.value,
    Account.LOAN_LOSSES.value,
)
"""Income and expense that make a year's profit."""
FEES = Account.APPRECIATION_FEES.value
SAVINGS = Account.MEMBER_SAVINGS.value


@dataclass(frozen=True, slots=True)
class YearFigures:
    """What a run is made of, in cents; `inputs` are postings by account (income positive)."""

    inputs: dict[str, int]
    savings: dict[UUID, int]

    @property
    def profit(self) -> int:
        return sum(self.inputs.get(account, 0) for account in PROFIT)

    @property
    def fees(self) -> int:
        return self.inputs.get(FEES, 0)


@dataclass(slots=True)
class Dividends:
    """Figures by group and year, runs by group and year, allocations by run."""

    wanted: set[tuple[UUID, int]] = field(default_factory=set)
    figures: dict[tuple[UUID, int], YearFigures] = field(default_factory=dict)
    runs: dict[tuple[UUID, int], DividendRun] = field(default_factory=dict)
    allocations: dict[UUID, list[DividendAllocation]] = field(default_factory=dict)
    entries: dict[UUID, list[tuple[JournalEntry, list[Posting]]]] = field(default_factory=dict)
    """The entries of runs that are to be reversed."""


async def load_figures(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    """Income, expense and savings of the years named, and the runs there are: a fixed number of
    statements for each year, however many groups."""
    found = state.section(Dividends)
    wanted = set(named.section(Dividends).wanted)
    runs = [row for row in state.subjects.values() if isinstance(row, DividendRun)]
    wanted.update((run.group_id, run.fiscal_year) for run in runs)
    if not wanted:
        return
    by_year: dict[int, set[UUID]] = defaultdict(set)
    for group_id, year in wanted:
        if group_id in state.books:
            by_year[year].add(group_id)
    for year, groups in by_year.items():
        await _load_year(session, state, year, groups)
    known = await session.execute(
        select(DividendRun).where(
            col(DividendRun.group_id).in_({group_id for group_id, _ in wanted}),
            col(DividendRun.fiscal_year).in_(list(by_year)),
            col(DividendRun.status) != DividendStatus.REVERSED.value,
        )
    )
    for run in known.scalars():
        session.expunge(run)
        kept = state.subjects.setdefault(run.id, run)
        if isinstance(kept, DividendRun):
            found.runs[run.group_id, run.fiscal_year] = kept
    ids = {run.id for run in found.runs.values()}
    allocations = await session.execute(
        select(DividendAllocation)
        .where(col(DividendAllocation.run_id).in_(ids))
        .order_by(col(DividendAllocation.run_id), col(DividendAllocation.member_id))
    )
    for row in allocations.scalars():
        session.expunge(row)
        found.allocations.setdefault(row.run_id, []).append(row)
        named.members.add(row.member_id)


async def _load_year(session: AsyncSession, state: State, year: int, groups: set[UUID]) -> None:
    first, last = date(year, 1, 1), min(date(year, 12, 31), state.today)
    same_entry = (col(JournalEntry.group_id) == col(Posting.group_id)) & (
        col(JournalEntry.sequence) == col(Posting.sequence)
    )
    income: dict[UUID, dict[str, int]] = defaultdict(dict)
    sums = await session.execute(
        select(col(Posting.group_id), col(Posting.account), func.sum(col(Posting.amount)))
        .join(JournalEntry, same_entry)
        .where(
            col(Posting.group_id).in_(groups),
            col(Posting.account).in_((*PROFIT, FEES)),
            col(JournalEntry.booking_date).between(first, last),
        )
        .group_by(col(Posting.group_id), col(Posting.account))
    )
    for group_id, account, cents in sums:
        income[group_id][account] = -int(cents)
    saved: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    savings = await session.execute(
        select(col(Posting.group_id), col(Posting.member_id), func.sum(col(Posting.amount)))
        .join(JournalEntry, same_entry)
        .join(Member, col(Member.id) == col(Posting.member_id))
        .where(
            col(Posting.group_id).in_(groups),
            col(Posting.account) == SAVINGS,
            col(JournalEntry.booking_date) <= last,
            col(Member.is_active).is_(True),
            col(Member.erased_at).is_(None),
        )
        .group_by(col(Posting.group_id), col(Posting.member_id))
    )
    for group_id, member_id, cents in savings:
        if member_id is not None and -int(cents) > 0:
            saved[group_id][member_id] = -int(cents)
    figures = state.section(Dividends).figures
    for group_id in groups:
        figures[group_id, year] = YearFigures(income[group_id], saved[group_id])


async def load_run_entries(
    runtime: Runtime, session: AsyncSession, named: Named, state: State
) -> None:
    """The entries of the runs named: their declarations, and payouts into savings."""
    found = state.section(Dividends)
    for run in found.runs.values():
        ids = {row.paid_entry_id for row in found.allocations.get(run.id, ())} - {None}
        rows = await session.execute(
            select(JournalEntry, Posting)
            .join(
                Posting,
                (col(Posting.group_id) == col(JournalEntry.group_id))
                & (col(Posting.sequence) == col(JournalEntry.sequence)),
            )
            .where(
                col(JournalEntry.group_id) == run.group_id,
                (col(JournalEntry.id).in_(ids))
                | (
                    (col(JournalEntry.kind) == "DIVIDEND")
                    & (col(JournalEntry.reference) == receipt_number(run.id))
                ),
            )
            .order_by(col(JournalEntry.sequence).desc(), col(Posting.line))
        )
        by_entry: dict[UUID, tuple[JournalEntry, list[Posting]]] = {}
        for entry, posting in rows:
            by_entry.setdefault(entry.id, (entry, []))[1].append(posting)
        found.entries[run.id] = list(by_entry.values())

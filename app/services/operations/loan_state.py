"""What the rules of loans read besides the loans themselves: instalments, histories, papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models import (
    OPEN_LOAN,
    Contribution,
    ContributionType,
    Document,
    DocumentKind,
    Instalment,
    Loan,
    LoanStatus,
)
from app.runtime import Runtime
from app.services.operations.charges import NamedCharges
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.savings import Month

REGULAR = ContributionType.REGULAR.value
PAPERS = (DocumentKind.ID_FRONT.value, DocumentKind.ID_BACK.value)


@dataclass(slots=True)
class NamedLoans:
    """What operations on loans want loaded."""

    applicants: set[UUID] = field(default_factory=set)
    since: date | None = None
    """The first day of the savings history that is needed."""
    late_in: set[UUID] = field(default_factory=set)
    """Groups whose late instalments are to be charged."""


@dataclass(slots=True)
class Loans:
    """Instalments by loan, loans by member, savings by month, and papers."""

    instalments: dict[UUID, list[Instalment]] = field(default_factory=dict)
    of_member: dict[UUID, dict[UUID, Loan]] = field(default_factory=lambda: defaultdict(dict))
    """Open loans of the members named, whatever their state."""
    paid: dict[UUID, dict[Month, int]] = field(default_factory=lambda: defaultdict(dict))
    papers: dict[UUID, dict[UUID, str]] = field(default_factory=lambda: defaultdict(dict))
    """Document to its kind, by member."""


async def load_loans(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    """Instalments and charges of the loans named, and the open loans of their members."""
    wanted = named.section(NamedLoans)
    if wanted.late_in:
        await _load_late(session, named, state, wanted.late_in)
    loans = [row for row in state.subjects.values() if isinstance(row, Loan)]
    found = state.section(Loans)
    members = {loan.member_id for loan in loans} | wanted.applicants
    if members:
        rows = await session.execute(
            select(Loan).where(col(Loan.member_id).in_(members), col(Loan.status).in_(OPEN_LOAN))
        )
        for row in rows.scalars():
            session.expunge(row)
            known = state.subjects.setdefault(row.id, row)
            if isinstance(known, Loan):
                found.of_member[row.member_id][row.id] = known
                named.owners.add(row.id)
    ids = {row.id for row in state.subjects.values() if isinstance(row, Loan)}
    named.section(NamedCharges).loans.update(ids)
    # A list may ask several times: one instalment is one object.
    ids -= found.instalments.keys()
    if not ids:
        return
    rows_due = await session.execute(
        select(Instalment)
        .where(col(Instalment.loan_id).in_(ids))
        .order_by(col(Instalment.loan_id), col(Instalment.number))
    )
    for instalment in rows_due.scalars():
        session.expunge(instalment)
        found.instalments.setdefault(instalment.loan_id, []).append(instalment)


async def _load_late(
    session: AsyncSession, named: Named, state: State, groups: Iterable[UUID]
) -> None:
    """The running loans of the groups that have an unpaid instalment before today."""
    rows = await session.execute(
        select(Loan).where(
            col(Loan.group_id).in_(list(groups)),
            col(Loan.status) == LoanStatus.DISBURSED.value,
            col(Loan.id).in_(
                select(col(Instalment.loan_id)).where(
                    col(Instalment.group_id).in_(list(groups)),
                    col(Instalment.settled_on).is_(None),
                    col(Instalment.due_date) < state.today,
                )
            ),
        )
    )
    for row in rows.scalars():
        session.expunge(row)
        state.subjects.setdefault(row.id, row)


async def load_applicants(
    runtime: Runtime, session: AsyncSession, named: Named, state: State
) -> None:
    """The savings by month and the papers of those who apply."""
    wanted = named.section(NamedLoans)
    if not wanted.applicants:
        return
    found = state.section(Loans)
    since = wanted.since or state.today
    amounts = await session.execute(
        select(
            col(Contribution.member_id),
            col(Contribution.contribution_date),
            func.sum(col(Contribution.amount)),
        )
        .where(
            col(Contribution.member_id).in_(wanted.applicants),
            col(Contribution.contribution_date) >= since,
            col(Contribution.contribution_type) == REGULAR,
            col(Contribution.reversed_by).is_(None),
        )
        .group_by(col(Contribution.member_id), col(Contribution.contribution_date))
    )
    for member_id, day, cents in amounts:
        month = (day.year, day.month)
        found.paid[member_id][month] = found.paid[member_id].get(month, 0) + int(cents)
    papers = await session.execute(
        select(col(Document.member_id), col(Document.id), col(Document.kind)).where(
            col(Document.member_id).in_(wanted.applicants), col(Document.kind).in_(PAPERS)
        )
    )
    for owner, document_id, kind in papers:
        if owner is not None:
            found.papers[owner][document_id] = kind


def paid_by_month(state: State, member_id: UUID) -> dict[Month, int]:
    """Regular savings by month: what was there, and what this list has recorded."""
    found = dict(state.section(Loans).paid.get(member_id, {}))
    for row in state.rows.contributions:
        # A ContributionRow: kept as a plain tuple for the bulk insert.
        if row[2] == member_id and row[5] == REGULAR:
            month = (row[7].year, row[7].month)
            found[month] = found.get(month, 0) + row[4]
    return found


def papers_of(state: State, member_id: UUID) -> dict[UUID, str]:
    """The member's documents of identity, by id: stored ones, and those of this list."""
    found = dict(state.section(Loans).papers.get(member_id, {}))
    for row in state.rows.documents:
        if row[2] == member_id:
            found[row[0]] = row[3]
    return found


def open_loans(state: State, member_id: UUID, besides: UUID | None = None) -> list[Loan]:
    """The member's loans that are pending, approved or paid out."""
    return [
        loan
        for loan in state.section(Loans).of_member[member_id].values()
        if loan.status in OPEN_LOAN and loan.id != besides
    ]


def instalments_of(state: State, loan_id: UUID) -> list[Instalment]:
    return state.section(Loans).instalments.setdefault(loan_id, [])

"""Rows by id, in batches, for records that the caller may already see (or filtered by reach)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel, col

from app.auth.access import reach
from app.auth.actor import Actor
from app.models import (
    MONEY_ACCOUNTS,
    AccountBalance,
    Approval,
    Attendance,
    BankingGroup,
    Contribution,
    ContributionType,
    DividendAllocation,
    DividendRun,
    Document,
    FieldOfficer,
    FineCharge,
    IdentityCheck,
    Instalment,
    JournalEntry,
    Loan,
    MeetingEntry,
    Member,
    OfficerAssignment,
    OfficerLocation,
    Posting,
    Repayment,
    Role,
    Signature,
    User,
)
from app.services.documents import MOST_LISTED
from app.services.group_settings import terms_of
from app.services.savings import Month, Savings, summarise

M = TypeVar("M", bound=SQLModel)


class MeetingTotal(NamedTuple):
    """What moved at a meeting of one kind; cents."""

    subcategory: str
    account: str
    category: str
    amount: int
    lines: int


async def _by_id(session: AsyncSession, model: type[M], ids: Sequence[UUID]) -> dict[UUID, M]:
    key: Any = model.__table__.primary_key.columns.values()[0]  # type: ignore[attr-defined]
    rows = (await session.execute(select(model).where(key.in_(ids)))).scalars()
    return {getattr(row, key.name): row for row in rows}


async def groups(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, BankingGroup]:
    return await _by_id(session, BankingGroup, ids)


async def members(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Member]:
    return await _by_id(session, Member, ids)


async def visible_members(
    session: AsyncSession, actor: Actor, ids: Sequence[UUID]
) -> dict[UUID, Member]:
    """Those of the members whose group the actor may see."""
    rows = await session.execute(
        select(Member)
        .join(BankingGroup, col(BankingGroup.id) == col(Member.group_id))
        .where(col(Member.id).in_(ids), reach(actor))
    )
    return {row.id: row for row in rows.scalars()}


async def users(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, User]:
    return await _by_id(session, User, ids)


async def officers(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, FieldOfficer]:
    return await _by_id(session, FieldOfficer, ids)


async def last_locations(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, OfficerLocation]:
    return await _by_id(session, OfficerLocation, ids)


async def groups_of_users(
    session: AsyncSession, actor: Actor, ids: Sequence[UUID]
) -> dict[UUID, list[BankingGroup]]:
    """Each user's groups, by name, as far as the actor may see them too.

    An administrator's own list is empty: they are assigned to none and see all.
    """
    found: dict[UUID, list[BankingGroup]] = defaultdict(list)
    assigned = await session.execute(
        select(col(OfficerAssignment.officer_id), BankingGroup)
        .join(BankingGroup, col(BankingGroup.id) == col(OfficerAssignment.group_id))
        .where(
            col(OfficerAssignment.officer_id).in_(ids),
            col(OfficerAssignment.removed_at).is_(None),
            reach(actor),
        )
        .order_by(col(BankingGroup.name), col(BankingGroup.id))
    )
    own = await session.execute(
        select(col(User.id), BankingGroup)
        .join(BankingGroup, col(BankingGroup.id) == col(User.group_id))
        .where(
            col(User.id).in_(ids),
            col(User.role).in_([Role.GROUP_CHAIR.value, Role.GROUP_COMMITTEE.value]),
            reach(actor),
        )
    )
    for user_id, group in [*assigned, *own]:
        found[user_id].append(group)
    return found


async def balances(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """Signed balances by account for each owner (group, member or loan)."""
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = await session.execute(
        select(
            col(AccountBalance.owner_id), col(AccountBalance.account), col(AccountBalance.balance)
        ).where(col(AccountBalance.owner_id).in_(ids))
    )
    for owner, account, cents in rows:
        found[owner][account] = cents
    return found


async def savings(session: AsyncSession, ids: Sequence[UUID], today: date) -> dict[UUID, Savings]:
    """Each member's summary: three queries whatever the number of members."""
    by_member = await balances(session, ids)
    paid: dict[UUID, dict[Month, int]] = defaultdict(lambda: defaultdict(int))
    rows = await session.execute(
        select(
            col(Contribution.member_id),
            col(Contribution.contribution_date),
            func.sum(col(Contribution.amount)),
        )
        .where(
            col(Contribution.member_id).in_(ids),
            col(Contribution.contribution_type) == ContributionType.REGULAR.value,
            col(Contribution.reversed_by).is_(None),
        )
        .group_by(col(Contribution.member_id), col(Contribution.contribution_date))
    )
    for member_id, day, cents in rows:
        paid[member_id][(day.year, day.month)] += int(cents)
    settings = await session.execute(
        select(col(Member.id), col(BankingGroup.settings))
        .join(BankingGroup, col(BankingGroup.id) == col(Member.group_id))
        .where(col(Member.id).in_(ids))
    )
    return {
        member_id: summarise(
            by_member.get(member_id, {}),
            paid.get(member_id, {}),
            terms_of(group_settings).minimum_saving,
            today,
        )
        for member_id, group_settings in settings
    }


async def member_counts(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, int]:
    """Active members of each group."""
    rows = await session.execute(
        select(col(Member.group_id), func.count())
        .where(col(Member.group_id).in_(ids), col(Member.is_active).is_(True))
        .group_by(col(Member.group_id))
    )
    return dict(rows.all())


async def reversals(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The entry that reversed each of these, where one did."""
    rows = await session.execute(
        select(col(JournalEntry.reverses_id), col(JournalEntry.id)).where(
            col(JournalEntry.reverses_id).in_(ids)
        )
    )
    return {reversed_id: by for reversed_id, by in rows if reversed_id is not None}


async def documents_of_members(
    session: AsyncSession, ids: Sequence[UUID]
) -> dict[UUID, dict[str, UUID]]:
    """The newest document of each kind, by member."""
    found: dict[UUID, dict[str, UUID]] = defaultdict(dict)
    rows = await session.execute(
        select(col(Document.member_id), col(Document.kind), col(Document.id))
        .where(col(Document.member_id).in_(ids))
        .order_by(col(Document.created_at), col(Document.id))
    )
    for member_id, kind, document_id in rows:
        if member_id is not None:
            found[member_id][kind] = document_id
    return found


async def loans(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Loan]:
    return await _by_id(session, Loan, ids)


async def loans_of_members(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Loan]]:
    """Each member's loans, the oldest application first."""
    rows = await session.execute(
        select(Loan)
        .where(col(Loan.member_id).in_(ids))
        .order_by(col(Loan.applied_at), col(Loan.id))
    )
    return _grouped(rows.scalars(), "member_id")


async def instalments(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Instalment]]:
    """Each loan's instalments in order."""
    rows = await session.execute(
        select(Instalment)
        .where(col(Instalment.loan_id).in_(ids))
        .order_by(col(Instalment.loan_id), col(Instalment.number))
    )
    return _grouped(rows.scalars(), "loan_id")


async def repayments(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Repayment]]:
    """Each loan's repayments, oldest first."""
    rows = await session.execute(
        select(Repayment)
        .where(col(Repayment.loan_id).in_(ids))
        .order_by(col(Repayment.recorded_at), col(Repayment.change_sequence))
    )
    return _grouped(rows.scalars(), "loan_id")


async def approvals(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Approval]]:
    """The approvals of loans or welfare requests, in the order they were given."""
    rows = await session.execute(
        select(Approval)
        .where(col(Approval.subject_id).in_(ids))
        .order_by(col(Approval.decided_at), col(Approval.id))
    )
    return _grouped(rows.scalars(), "subject_id")


async def charges_of_loans(
    session: AsyncSession, ids: Sequence[UUID]
) -> dict[UUID, list[FineCharge]]:
    """Each loan's charges, paid and waived ones too."""
    rows = await session.execute(
        select(FineCharge)
        .where(col(FineCharge.loan_id).in_(ids))
        .order_by(col(FineCharge.charged_on), col(FineCharge.id))
    )
    return _grouped(rows.scalars(), "loan_id")


async def documents_of(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Document]]:
    """Each member's documents, the newest first, MOST_LISTED at most."""
    newest = (col(Document.created_at).desc(), col(Document.id).desc())
    place = func.row_number().over(partition_by=col(Document.member_id), order_by=newest)
    numbered = (
        select(col(Document.id).label("id"), place.label("place"))
        .where(col(Document.member_id).in_(ids))
        .subquery()
    )
    rows = await session.execute(
        select(Document)
        .join(numbered, numbered.c.id == col(Document.id))
        .where(numbered.c.place <= MOST_LISTED)
        .order_by(*newest)
    )
    return _grouped(rows.scalars(), "member_id")


async def identity_checks(
    session: AsyncSession, ids: Sequence[UUID]
) -> dict[UUID, IdentityCheck | None]:
    """Each member's newest check."""
    rows = await session.execute(
        select(IdentityCheck)
        .where(col(IdentityCheck.member_id).in_(ids))
        .order_by(col(IdentityCheck.checked_at), col(IdentityCheck.id))
    )
    return {row.member_id: row for row in rows.scalars()}


async def attendance(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[Attendance]]:
    """Each meeting's attendance, in the order of the members' ids."""
    rows = await session.execute(
        select(Attendance)
        .where(col(Attendance.meeting_id).in_(ids))
        .order_by(col(Attendance.meeting_id), col(Attendance.member_id))
    )
    return _grouped(rows.scalars(), "meeting_id")


async def signatures(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, Signature]:
    return await _by_id(session, Signature, ids)


async def meeting_totals(
    session: AsyncSession, ids: Sequence[UUID]
) -> dict[UUID, list[MeetingTotal]]:
    """What moved at each meeting, by subcategory, account and direction."""
    comes_in = col(Posting.amount) > 0
    rows = await session.execute(
        select(
            col(MeetingEntry.meeting_id),
            col(Posting.subcategory),
            col(Posting.account),
            comes_in,
            func.sum(func.abs(col(Posting.amount))),
            func.count(),
        )
        .join(JournalEntry, col(JournalEntry.id) == col(MeetingEntry.entry_id))
        .join(
            Posting,
            (col(Posting.group_id) == col(JournalEntry.group_id))
            & (col(Posting.sequence) == col(JournalEntry.sequence)),
        )
        .where(col(MeetingEntry.meeting_id).in_(ids), col(Posting.account).in_(MONEY_ACCOUNTS))
        .group_by(
            col(MeetingEntry.meeting_id), col(Posting.subcategory), col(Posting.account), comes_in
        )
        .order_by(col(Posting.subcategory), col(Posting.account), comes_in)
    )
    found: dict[UUID, list[MeetingTotal]] = defaultdict(list)
    for meeting_id, subcategory, account, positive, amount, count in rows:
        category = "CASH_IN" if positive else "CASH_OUT"
        found[meeting_id].append(MeetingTotal(subcategory, account, category, int(amount), count))
    return found


async def dividend_runs(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, DividendRun]:
    return await _by_id(session, DividendRun, ids)


async def dividend_allocations(
    session: AsyncSession, ids: Sequence[UUID]
) -> dict[UUID, list[DividendAllocation]]:
    """Each run's shares, in the order of the members' ids."""
    rows = await session.execute(
        select(DividendAllocation)
        .where(col(DividendAllocation.run_id).in_(ids))
        .order_by(col(DividendAllocation.run_id), col(DividendAllocation.member_id))
    )
    return _grouped(rows.scalars(), "run_id")


def _grouped(rows: Iterable[Any], key: str) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found

"""From what happened to messages: receipts, decisions on loans, dividends, reminders.

Set-based: however many members a row of the outbox is about, the statements are the same few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.models import (
    Account,
    AccountBalance,
    BankingGroup,
    Contribution,
    DividendAllocation,
    DividendRun,
    DividendStatus,
    GroupStatus,
    Instalment,
    Loan,
    LoanStatus,
    Member,
    MessageTemplate,
    OutboxMessage,
    Repayment,
)
from app.receipts import code_of
from app.runtime import Runtime
from app.services.loan_position import owed_interest, owed_principal
from app.services.message_texts import short_group
from app.services.messages import Draft, to_member, wants_messages, write
from app.services.officer_day import WEEKDAYS
from app.services.operations.member_news import DIVIDEND, RECEIPTS

OLDEST_RECEIPT = timedelta(days=60)
"""Money that was paid longer ago is history that somebody types in, no news."""
STAGES: tuple[tuple[int, int, MessageTemplate], ...] = (
    (-3, -1, MessageTemplate.LOAN_DUE_SOON),
    (0, 0, MessageTemplate.LOAN_DUE_TODAY),
    (1, 6, MessageTemplate.LOAN_OVERDUE),
    (7, 29, MessageTemplate.LOAN_OVERDUE),
    (30, 36, MessageTemplate.LOAN_OVERDUE),
)
"""Days after the due date from which, and up to which, a reminder is sent: the day that it is
for and, where nobody worked on that day, the days up to the next reminder. Each goes once."""


async def compose(runtime: Runtime, session: AsyncSession, rows: Sequence[OutboxMessage]) -> None:
    """The messages that rows of the topic member_news make."""
    names = await _group_names(session, {UUID(row.payload["groupId"]) for row in rows})
    drafts: list[Draft] = []
    for row in rows:
        about = row.payload["about"]
        group = names[UUID(row.payload["groupId"])]
        if about == RECEIPTS:
            drafts += await _receipts(runtime, session, row, group)
        elif about == DIVIDEND:
            drafts += await _dividend(session, UUID(row.payload["runId"]), group)
        else:
            template = MessageTemplate(about)
            drafts += await _loan(session, UUID(row.payload["loanId"]), template, group)
    await write(runtime, session, drafts, clock.now())


async def _receipts(
    runtime: Runtime, session: AsyncSession, row: OutboxMessage, group: str
) -> list[Draft]:
    """One for each member, with all that they paid and what they have or owe now."""
    since = clock.today(runtime.settings.timezone) - OLDEST_RECEIPT
    made = row.payload
    contributions = await session.execute(
        select(Contribution).where(
            col(Contribution.id).in_([UUID(one) for one in made["contributions"]]),
            col(Contribution.reversed_by).is_(None),
            col(Contribution.contribution_date) >= since,
        )
    )
    repayments = await session.execute(
        select(Repayment).where(
            col(Repayment.id).in_([UUID(one) for one in made["repayments"]]),
            col(Repayment.reversed_by).is_(None),
            col(Repayment.payment_date) >= since,
        )
    )
    items: dict[UUID, list[tuple[str, int, str, str | None]]] = defaultdict(list)
    savers: set[UUID] = set()
    loans: dict[UUID, UUID] = {}
    for paid in sorted(contributions.scalars(), key=lambda one: one.change_sequence):
        items[paid.member_id].append((paid.contribution_type, paid.amount, *_receipt(paid)))
        savers.add(paid.member_id)
    for repaid in sorted(repayments.scalars(), key=lambda one: one.change_sequence):
        items[repaid.member_id].append(("REPAYMENT", repaid.amount, *_receipt(repaid)))
        loans[repaid.loan_id] = repaid.member_id
        if repaid.savings:
            savers.add(repaid.member_id)
    savings = await _savings(session, savers)
    owed = await _owed(session, loans)
    drafts = []
    for member in await _members(session, items):
        values: dict[str, Any] = {"items": items[member.id]}
        if member.id in savers:
            values["savings"] = savings.get(member.id, 0)
        if member.id in owed:
            values["owed"] = owed[member.id]
        cause = f"outbox:{row.id}"
        drafts.append(to_member(member, MessageTemplate.RECEIPT, cause, group, **values))
    return drafts


def _receipt(paid: Contribution | Repayment) -> tuple[str, str | None]:
    """Number and code: with both, anyone can check on /receipt that the books have it."""
    number = paid.receipt_number
    return number, code_of(number, paid.offline_sync_id, paid.id)


async def _savings(session: AsyncSession, members: Iterable[UUID]) -> dict[UUID, int]:
    rows = await session.execute(
        select(col(AccountBalance.owner_id), col(AccountBalance.balance)).where(
            col(AccountBalance.owner_id).in_(list(members)),
            col(AccountBalance.account) == Account.MEMBER_SAVINGS.value,
        )
    )
    return {row[0]: -row[1] for row in rows}


async def _owed(session: AsyncSession, loans: dict[UUID, UUID]) -> dict[UUID, int]:
    """Principal and interest that are left of the schedules, by member."""
    rows = await session.execute(select(Instalment).where(col(Instalment.loan_id).in_(loans)))
    found = dict.fromkeys(loans.values(), 0)
    for row in rows.scalars():
        if row.settled_on is None:
            found[loans[row.loan_id]] += max(0, owed_principal(row)) + max(0, owed_interest(row))
    return found


async def _dividend(session: AsyncSession, run_id: UUID, group: str) -> list[Draft]:
    run = await session.get(DividendRun, run_id)
    if run is None or run.status not in (DividendStatus.POSTED.value, DividendStatus.PAID.value):
        return []
    rows = await session.execute(
        select(col(DividendAllocation.member_id), col(DividendAllocation.amount)).where(
            col(DividendAllocation.run_id) == run_id, col(DividendAllocation.amount) > 0
        )
    )
    shares = {row[0]: row[1] for row in rows}
    return [
        to_member(
            member,
            MessageTemplate.DIVIDEND,
            f"dividend:{run_id}",
            group,
            year=run.fiscal_year,
            amount=shares[member.id],
        )
        for member in await _members(session, shares)
    ]


async def _loan(
    session: AsyncSession, loan_id: UUID, template: MessageTemplate, group: str
) -> list[Draft]:
    loan = await session.get(Loan, loan_id)
    if loan is None:
        return []
    values: dict[str, Any] = {"amount": loan.amount}
    cause = f"loan:{loan_id}"
    if template is MessageTemplate.LOAN_PAID_OUT:
        first = await session.execute(
            select(func.min(Instalment.due_date)).where(col(Instalment.loan_id) == loan_id)
        )
        due: date | None = first.scalar_one_or_none()
        if due is None:
            return []
        values |= {"total": loan.total_repayable, "date": due.isoformat()}
        # Taken back and paid out anew, it is another cause.
        cause = f"loan:{loan_id}:{loan.disbursement_entry_id}"
    return [
        to_member(member, template, cause, group, **values)
        for member in await _members(session, [loan.member_id])
    ]


async def remind_of_loans(
    runtime: Runtime, session: AsyncSession, groups: Sequence[UUID], today: date
) -> int:
    """Reminders of instalments that are due soon, today, or overdue; how many were new."""
    rows = await session.execute(
        select(Instalment, Loan)
        .join(Loan, col(Loan.id) == col(Instalment.loan_id))
        .where(
            col(Instalment.group_id).in_(groups),
            col(Instalment.settled_on).is_(None),
            col(Instalment.due_date) >= today - timedelta(days=STAGES[-1][1]),
            col(Instalment.due_date) <= today - timedelta(days=STAGES[0][0]),
            col(Loan.status) == LoanStatus.DISBURSED.value,
        )
    )
    found = [(row[0], row[1]) for row in rows]
    members = {
        one.id: one for one in await _members(session, {loan.member_id for _, loan in found})
    }
    names = await _group_names(session, groups)
    drafts = []
    for instalment, loan in found:
        member = members.get(loan.member_id)
        days = (today - instalment.due_date).days
        for begins, ends, template in STAGES:
            if member is not None and begins <= days <= ends:
                drafts.append(
                    to_member(
                        member,
                        template,
                        f"due:{loan.id}:{instalment.number}:{instalment.due_date}:{begins}",
                        names[loan.group_id],
                        amount=owed_principal(instalment) + owed_interest(instalment),
                        date=instalment.due_date.isoformat(),
                    )
                )
    return await write(runtime, session, drafts, clock.now())


async def remind_of_meetings(
    runtime: Runtime, session: AsyncSession, groups: Sequence[UUID], today: date
) -> int:
    """Reminders of the meetings that are tomorrow by the groups' days; how many were new."""
    tomorrow = today + timedelta(days=1)
    rows = await session.execute(
        select(Member, BankingGroup)
        .join(BankingGroup, col(BankingGroup.id) == col(Member.group_id))
        .where(
            col(BankingGroup.id).in_(groups),
            col(BankingGroup.status) == GroupStatus.ACTIVE.value,
            col(BankingGroup.meeting_day) == WEEKDAYS[tomorrow.weekday()],
            wants_messages(),
        )
    )
    drafts = [
        to_member(
            member,
            MessageTemplate.MEETING,
            f"meeting:{group.id}:{tomorrow}",
            short_group(group.name),
            date=tomorrow.isoformat(),
            venue=group.meeting_venue[:60],
        )
        for member, group in rows
    ]
    return await write(runtime, session, drafts, clock.now())


async def _members(session: AsyncSession, ids: Iterable[UUID]) -> list[Member]:
    """Those of them who may be written to."""
    rows = await session.execute(
        select(Member).where(col(Member.id).in_(list(ids)), wants_messages())
    )
    return list(rows.scalars())


async def _group_names(session: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, str]:
    rows = await session.execute(
        select(col(BankingGroup.id), col(BankingGroup.name)).where(
            col(BankingGroup.id).in_(list(ids))
        )
    )
    return {row[0]: short_group(row[1]) for row in rows}

"""A member's passbook: a year month by month, as the paper one has it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import load_member
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput
from app.models import BankingGroup, Contribution, ContributionType, Member
from app.services.group_settings import terms_of
from app.services.member_lines import LOANS, SAVINGS, MemberLine, lines_until, read_line
from app.services.savings import Month, months_in_a_row

FIRST_YEAR = 2000
SIMPLE = {"WELFARE_FUND": "welfare", "PROJECT_FUND": "project", "FINES": "fines"}
"""Funds that are one column of the passbook."""


@dataclass(slots=True)
class PassbookMonth:
    """A month of a passbook, in cents. `savings` less `withdrawn` is what `balance` grew by."""

    month: int
    savings: int = 0
    withdrawn: int = 0
    welfare: int = 0
    project: int = 0
    fines: int = 0
    welfare_payouts: int = 0
    loan_principal: int = 0
    """Paid out on loans."""
    repayments: int = 0
    """Principal and interest paid back."""
    balance: int = 0
    """Savings at the month's end."""
    loan_balance: int = 0
    """Principal owed at the month's end."""
    months_in_a_row: int = 0
    """With the group's minimum, up to this one."""


@dataclass(frozen=True)
class Passbook:
    """The months of a year up to the present one."""

    member: Member
    year: int
    opening_balance: int
    months: Sequence[PassbookMonth]


async def passbook(
    session: AsyncSession, actor: Actor, member_id: UUID, year: int, today: date
) -> Passbook:
    """The member's passbook of a year: four statements. BAD_INPUT for a year to come."""
    demand(actor, "transactions:read")
    if not FIRST_YEAR <= year <= today.year:
        raise BadInput("A year from 2000 to this one.", field="year")
    member = await load_member(session, actor, member_id)
    lines = lines_until(member_id, date(year, 12, 31))
    order = (lines.c.booked, lines.c.sequence, lines.c.line)
    rows = await session.execute(select(*lines.c).order_by(*order))
    found = [read_line(row) for row in rows]
    settings = await session.execute(
        select(col(BankingGroup.settings)).where(col(BankingGroup.id) == member.group_id)
    )
    minimum = terms_of(settings.scalar_one()).minimum_saving
    paid = await _paid_by_month(session, member_id)
    last = today if year == today.year else date(year, 12, 31)
    return Passbook(
        member,
        year,
        sum(one.value for one in found if one.fund == SAVINGS and one.date.year < year),
        months_of(found, paid, minimum, last, today),
    )


async def _paid_by_month(session: AsyncSession, member_id: UUID) -> dict[Month, int]:
    """Regular contributions by month, as they count for loans."""
    rows = await session.execute(
        select(col(Contribution.contribution_date), func.sum(col(Contribution.amount)))
        .where(
            col(Contribution.member_id) == member_id,
            col(Contribution.contribution_type) == ContributionType.REGULAR.value,
            col(Contribution.reversed_by).is_(None),
        )
        .group_by(col(Contribution.contribution_date))
    )
    paid: dict[Month, int] = {}
    for day, cents in rows:
        month = (day.year, day.month)
        paid[month] = paid.get(month, 0) + int(cents)
    return paid


def months_of(
    lines: Iterable[MemberLine], paid: Mapping[Month, int], minimum: int, last: date, today: date
) -> list[PassbookMonth]:
    """The months of the year of `last`, up to its month, from all lines up to it."""
    months = [PassbookMonth(number) for number in range(1, last.month + 1)]
    saved = owed = 0
    by_month: dict[int, list[MemberLine]] = {}
    for line in lines:
        if line.date.year == last.year and line.date.month <= last.month:
            by_month.setdefault(line.date.month, []).append(line)
        elif line.date.year < last.year:
            saved += line.value if line.fund == SAVINGS else 0
            owed -= line.value if line.fund in LOANS else 0
    for row in months:
        for line in by_month.get(row.month, ()):
            _enter(row, line)
            saved += line.value if line.fund == SAVINGS else 0
            owed -= line.value if line.fund in LOANS else 0
        row.balance, row.loan_balance = saved, owed
        end = date(last.year, row.month, calendar.monthrange(last.year, row.month)[1])
        reached = paid.get((end.year, end.month), 0) >= max(minimum, 1)
        # Only the running month breaks nothing before it has reached the minimum.
        if reached or end >= today:
            row.months_in_a_row = months_in_a_row(paid, minimum, end)
    return months


def _enter(row: PassbookMonth, line: MemberLine) -> None:
    """Adds one line to its column; a reversal takes off the column of what it reverses."""
    if line.fund == SAVINGS:
        if line.subcategory == "savings_withdrawal":
            row.withdrawn -= line.value
        else:
            row.savings += line.value
    elif line.fund in SIMPLE:
        name = SIMPLE[line.fund]
        setattr(row, name, getattr(row, name) + line.value)
    elif line.fund == "WELFARE_PAYOUT":
        row.welfare_payouts -= line.value
    elif line.fund in LOANS and line.kind in ("DISBURSEMENT", "OPENING"):
        row.loan_principal -= line.value
    elif line.kind != "WRITE_OFF" and (line.fund in LOANS or line.fund == "LOAN_INTEREST"):
        row.repayments += line.value

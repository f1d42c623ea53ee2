"""A member's statement: everything the books hold of them in a period, by fund."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import case, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import load_member
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput
from app.models import (
    ChargeStatus,
    DividendAllocation,
    DividendRun,
    DividendStatus,
    FineCharge,
    JournalEntry,
    Member,
    Posting,
)
from app.paging import Page, check_first, cut, decode_cursor
from app.runtime import Runtime
from app.services.dividends import MemberDividend
from app.services.member_lines import (
    LOANS,
    MemberLine,
    entries_of_postings,
    fund_of,
    lines_until,
    of_member,
    read_line,
    value_of,
)

MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class FundPart:
    """One fund of a statement, in cents. Of a loan account the balances are what is owed."""

    fund: str
    opening: int
    amount_in: int
    amount_out: int

    @property
    def closing(self) -> int:
        change = self.amount_in - self.amount_out
        return self.opening + (-change if self.fund in LOANS else change)


@dataclass(frozen=True)
class MemberStatement:
    """A page of lines, and the whole period's sums by fund."""

    member: Member
    first_day: date
    last_day: date
    funds: Sequence[FundPart]
    page: Page[MemberLine]


async def member_statement(
    runtime: Runtime,
    actor: Actor,
    member_id: UUID,
    *,
    since: date | None,
    until: date | None,
    first: int,
    after: str | None,
    today: date,
) -> MemberStatement:
    """The member's statement between two days, both included; by default this year's.

    Four statements whatever its length. NOT_FOUND outside reach, BAD_INPUT for a period that
    ends before it begins.
    """
    demand(actor, "transactions:read")
    check_first(first)
    until = until or today
    since = since or date(until.year, 1, 1)
    if since > until:
        raise BadInput("The period ends before it begins.", field="from")
    key = decode_cursor(after, date.fromisoformat, int, int)
    lines = lines_until(member_id, until)
    place = tuple_(lines.c.booked, lines.c.sequence, lines.c.line)
    wanted = select(*lines.c).where(lines.c.booked >= since)
    statement = wanted if key is None else wanted.where(place > tuple_(*key))
    order = (lines.c.booked, lines.c.sequence, lines.c.line)
    async with runtime.db.reading() as session:
        member = await load_member(session, actor, member_id)
        rows = (await session.execute(statement.order_by(*order).limit(first + 1))).all()
        funds = await funds_of(session, member_id, since, until)

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(wanted.subquery())
            return int((await counting.execute(total)).scalar_one())

    page = cut(
        [read_line(row) for row in rows],
        first,
        lambda line: (line.date.isoformat(), line.sequence, line.line),
        count,
    )
    return MemberStatement(member, since, until, funds, page)


async def funds_of(
    session: AsyncSession, member_id: UUID, since: date, until: date
) -> list[FundPart]:
    """Each fund's opening, movements and closing of the member between two days, by its name."""
    value = value_of()
    before = col(JournalEntry.booking_date) < since
    rows = await session.execute(
        select(
            col(Posting.account),
            func.sum(case((before, value), else_=0)),
            func.sum(case((~before & (value > 0), value), else_=0)),
            func.sum(case((~before & (value < 0), -value), else_=0)),
        )
        .join(JournalEntry, entries_of_postings())
        .where(of_member(member_id), col(JournalEntry.booking_date) <= until)
        .group_by(col(Posting.account))
    )
    sums: dict[str, tuple[int, int, int]] = {}
    for account, opening, into, out in rows:
        fund = fund_of(account)
        known = sums.get(fund, (0, 0, 0))
        sign = -1 if fund in LOANS else 1
        found = (sign * int(opening), int(into), int(out))
        sums[fund] = (known[0] + found[0], known[1] + found[1], known[2] + found[2])
    return [FundPart(fund, *sums[fund]) for fund in sorted(sums)]


async def fines_of(session: AsyncSession, found: MemberStatement) -> Sequence[FineCharge]:
    """The member's open fines and those charged in the period: the newest 100, oldest first."""
    rows = await session.execute(
        select(FineCharge)
        .where(
            col(FineCharge.member_id) == found.member.id,
            col(FineCharge.charged_on) <= found.last_day,
            or_(
                col(FineCharge.status) == ChargeStatus.OPEN.value,
                col(FineCharge.charged_on) >= found.first_day,
            ),
        )
        .order_by(col(FineCharge.charged_on).desc(), col(FineCharge.id).desc())
        .limit(MOST_ROWS)
    )
    return list(reversed(rows.scalars().all()))


async def dividends_of(session: AsyncSession, found: MemberStatement) -> Sequence[MemberDividend]:
    """The member's shares in runs that were posted, the newest year first."""
    rows = await session.execute(
        select(DividendRun, DividendAllocation)
        .join(DividendAllocation, col(DividendAllocation.run_id) == col(DividendRun.id))
        .where(
            col(DividendRun.group_id) == found.member.group_id,
            col(DividendRun.status).in_([DividendStatus.POSTED.value, DividendStatus.PAID.value]),
            col(DividendRun.fiscal_year) <= found.last_day.year,
            col(DividendAllocation.member_id) == found.member.id,
        )
        .order_by(col(DividendRun.fiscal_year).desc())
        .limit(MOST_ROWS)
    )
    return [MemberDividend(run, allocation) for run, allocation in rows]

"""All figures of a period together, by a fixed number of statements for any set of groups."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.access import scope
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.services.balances import Trf
from app.services.kpis.lending import LoanFigures, at_risk, loan_figures
from app.services.kpis.money import Books, MoneyFigures, load_books, money_figures
from app.services.kpis.people import (
    Activity,
    MemberFigures,
    SyncFigures,
    activity,
    member_figures,
    sync_figures,
)
from app.services.kpis.period import Month, Period, ratio


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A month of the period; what stands is at its end. Cents and heads."""

    first: date
    last: date
    money_in: int
    money_out: int
    trf: Trf
    members: int
    at_risk: int

    @property
    def out(self) -> int:
        """Principal of all loans."""
        trf = self.trf
        return trf.short_term_loans + trf.long_term_loans + trf.project_loans

    @property
    def share_at_risk(self) -> int | None:
        """Hundredths of a percent; None where no loan is out."""
        found = ratio(self.at_risk, self.out)
        return None if found is None else min(found, 100_00)


@dataclass(frozen=True, slots=True)
class Figures:
    """docs/kpis.md defines each of them."""

    first: date
    last: date
    groups: int
    members: MemberFigures
    loans: LoanFigures
    money: MoneyFigures
    officers: Activity
    sync: SyncFigures
    series: Sequence[MonthFigures]

    @property
    def end(self) -> MonthFigures:
        """The last month, whose end is the period's."""
        return self.series[-1]


async def figures(
    session: AsyncSession,
    actor: Actor,
    group_ids: Collection[UUID] | None,
    county: str | None,
    period: Period,
) -> Figures:
    """Needs a session in which all queries see the same instant. NotFound where a named group
    is out of reach; groups without anything give zeros."""
    demand(actor, "reports:read")
    groups: Any = await scope(session, actor, group_ids, county)
    number = await session.execute(select(func.count()).select_from(groups.subquery()))
    months = period.months()
    members = await member_figures(session, groups, period, months)
    books = await load_books(session, groups, period)
    risks = await at_risk(session, groups, period, months)
    return Figures(
        first=period.first,
        last=period.last,
        groups=number.scalar_one(),
        members=members,
        loans=await loan_figures(session, groups, period),
        money=money_figures(books, months),
        officers=await activity(session, groups, period),
        sync=await sync_figures(
            session, actor, groups, period, all_groups=group_ids is None and county is None
        ),
        series=_series(books, months, members, risks),
    )


def _series(
    books: Books, months: list[Month], members: MemberFigures, risks: dict[int, int]
) -> list[MonthFigures]:
    found = []
    for month, trf in zip(months, books.standings(months), strict=True):
        money_in, money_out = books.money(month)
        found.append(
            MonthFigures(
                first=month.first,
                last=month.last,
                money_in=money_in,
                money_out=money_out,
                trf=trf,
                members=members.by_month[month.number],
                at_risk=risks.get(month.number, 0),
            )
        )
    return found

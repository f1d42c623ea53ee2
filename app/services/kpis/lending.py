"""Figures of lending: the pipeline, how fast it is, what is paid of what fell due, and risk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Date, Integer, Select, and_, case, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.models import AuditLog, Instalment, Loan, LoanStatus, Repayment
from app.services.kpis.durations import Durations, durations
from app.services.kpis.period import Month, Period, ratio

RISK_DAYS = 30
STEPS: dict[str, Any] = {
    "applied": col(Loan.application_date),
    "approved": col(Loan.approved_date),
    "disbursed": col(Loan.disbursed_on),
    "completed": col(Loan.completed_on),
    "written_off": col(Loan.written_off_on),
}
"""What happened to a loan, and the day on which it did."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many loans, and the cents they were applied for."""

    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class LoanFigures:
    """Amounts in cents, rates in hundredths of a percent (None: nothing to divide by)."""

    applied: Tally
    approved: Tally
    rejected: Tally
    disbursed: Tally
    completed: Tally
    written_off: Tally
    approval: Durations
    disbursement: Durations
    due: int
    paid: int
    on_time: int
    arrears: int
    loans_in_arrears: int

    @property
    def repayment_rate(self) -> int | None:
        return ratio(self.paid, self.due)

    @property
    def on_time_rate(self) -> int | None:
        return ratio(self.on_time, self.due)


async def loan_figures(session: AsyncSession, groups: Select[Any], period: Period) -> LoanFigures:
    tallies = await _tallies(session, groups, period)
    approval, disbursement = await _speeds(session, groups, period)
    due, paid, on_time = await _due(session, groups, period)
    arrears, behind = await _arrears(session, groups, period)
    return LoanFigures(
        **tallies,
        rejected=await _rejected(session, groups, period),
        approval=approval,
        disbursement=disbursement,
        due=due,
        paid=paid,
        on_time=on_time,
        arrears=arrears,
        loans_in_arrears=behind,
    )


async def _tallies(session: AsyncSession, groups: Select[Any], period: Period) -> dict[str, Tally]:
    sums = []
    for day in STEPS.values():
        within = day.between(period.first, period.last)
        sums.append(func.sum(case((within, 1), else_=0)))
        sums.append(func.sum(case((within, col(Loan.amount)), else_=0)))
    rows = await session.execute(select(*sums).where(col(Loan.group_id).in_(groups)))
    found = [int(value or 0) for value in rows.one()]
    return {step: Tally(*found[2 * at : 2 * at + 2]) for at, step in enumerate(STEPS)}


async def _rejected(session: AsyncSession, groups: Select[Any], period: Period) -> Tally:
    """By the audit log, which says when."""
    rows = await session.execute(
        select(func.count(), func.sum(col(Loan.amount)))
        .select_from(AuditLog)
        .join(Loan, col(Loan.id) == col(AuditLog.entity_id))
        .where(
            col(AuditLog.group_id).in_(groups),
            col(AuditLog.at) >= period.start,
            col(AuditLog.at) < period.end,
            col(AuditLog.action) == "loan.rejected",
            col(Loan.status) == LoanStatus.REJECTED.value,
        )
    )
    count, amount = rows.one()
    return Tally(count, int(amount or 0))


async def _speeds(
    session: AsyncSession, groups: Select[Any], period: Period
) -> tuple[Durations, Durations]:
    """From the application to the last approval, and from there to the money."""

    def within(column: Any) -> Any:
        return and_(column >= period.start, column < period.end)

    approved, disbursed = col(Loan.approved_at), col(Loan.disbursed_at)
    rows = await session.execute(
        select(col(Loan.applied_at), approved, disbursed).where(
            col(Loan.group_id).in_(groups), or_(within(approved), within(disbursed))
        )
    )
    loans = rows.all()

    def holds(instant: Any) -> bool:
        return instant is not None and period.start <= instant < period.end

    return (
        durations((begin, end) for begin, end, _ in loans if holds(end)),
        durations((begin, end) for _, begin, end in loans if holds(end)),
    )


async def _due(session: AsyncSession, groups: Select[Any], period: Period) -> tuple[int, int, int]:
    """Principal and interest of the instalments whose day is over, what of it is paid by now,
    and what of it was settled by its day."""
    owed = col(Instalment.principal) + col(Instalment.interest)
    timely = col(Instalment.settled_on) <= col(Instalment.due_date)
    rows = await session.execute(
        select(
            func.sum(owed),
            func.sum(col(Instalment.paid_principal) + col(Instalment.paid_interest)),
            func.sum(case((timely, owed), else_=0)),
        ).where(
            col(Instalment.group_id).in_(groups),
            col(Instalment.due_date) >= period.first,
            col(Instalment.due_date) <= period.last,
            col(Instalment.due_date) < period.today,
        )
    )
    due, paid, on_time = (int(value or 0) for value in rows.one())
    return due, paid, on_time


async def _arrears(session: AsyncSession, groups: Select[Any], period: Period) -> tuple[int, int]:
    """Principal and interest that are overdue today, and on how many running loans."""
    left = (
        col(Instalment.principal)
        + col(Instalment.interest)
        - col(Instalment.paid_principal)
        - col(Instalment.paid_interest)
    )
    rows = await session.execute(
        select(func.sum(left), func.count(col(Loan.id).distinct()))
        .join(Loan, col(Loan.id) == col(Instalment.loan_id))
        .where(
            col(Instalment.group_id).in_(groups),
            col(Instalment.settled_on).is_(None),
            col(Instalment.due_date) < period.today,
            col(Loan.status) == LoanStatus.DISBURSED.value,
        )
    )
    cents, loans = rows.one()
    return int(cents or 0), loans


async def at_risk(
    session: AsyncSession, groups: Select[Any], period: Period, months: list[Month]
) -> dict[int, int]:
    """By month: the principal, at its last day (today at the latest), of loans with an
    instalment overdue by more than 30 days then. By one statement, from what is known now of
    when each instalment was settled and each payment made."""
    ends = [(month.number, min(month.last, period.today)) for month in months]
    dates = union_all(
        *(
            select(
                literal(number, Integer).label("number"),
                literal(day, Date).label("day"),
                literal(day - timedelta(days=RISK_DAYS), Date).label("limit"),
            )
            for number, day in ends
        )
    ).subquery()
    risky = (
        select(dates.c.number, dates.c.day, col(Loan.id).label("loan_id"), col(Loan.amount))
        .select_from(Instalment)
        .join(Loan, col(Loan.id) == col(Instalment.loan_id))
        .join(
            dates,
            and_(
                col(Instalment.due_date) < dates.c.limit,
                or_(
                    col(Instalment.settled_on).is_(None),
                    col(Instalment.settled_on) > dates.c.day,
                ),
            ),
        )
        .where(
            col(Instalment.group_id).in_(groups),
            col(Loan.disbursed_on) <= dates.c.day,
            or_(col(Loan.written_off_on).is_(None), col(Loan.written_off_on) > dates.c.day),
        )
        .distinct()
        .subquery()
    )
    paid = (
        select(func.coalesce(func.sum(col(Repayment.principal)), 0))
        .where(
            col(Repayment.loan_id) == risky.c.loan_id,
            col(Repayment.payment_date) <= risky.c.day,
            col(Repayment.reversed_by).is_(None),
        )
        .scalar_subquery()
    )
    each = select(risky.c.number, (risky.c.amount - paid).label("left")).subquery()
    rows = await session.execute(
        select(each.c.number, func.sum(each.c.left)).group_by(each.c.number)
    )
    return {int(number): int(cents) for number, cents in rows}

"""Fines for calendar months without the group's minimum saving (design.md, Savings).

A month is judged once, when its last day is more than the group's days of grace ago, by the
terms of that day. Savings of the month that arrive later from a phone take the fine back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.errors import NotFound
from app.models import (
    Contribution,
    ContributionType,
    FineCharge,
    FineReason,
    Member,
    SavingCheck,
)
from app.runtime import Runtime
from app.services.loan_schedule import months_after
from app.services.operations.charges import OPEN, Charges, charge, waive
from app.services.operations.kind import Kind, Values
from app.services.operations.money import ACTIVE
from app.services.operations.named import Named
from app.services.operations.state import State
from app.services.operations.types import APPLIED, Body, Operation, Outcome, rejected

REASON = FineReason.MISSED_SAVING.value
OLDEST = 12
"""Months back that are caught up with after a standstill."""
PAID_LATE = "The savings of the month came in."


@dataclass(frozen=True, slots=True)
class ChargeMissedSavings(Body):
    """Judges the months of a group that have ended and were not judged yet."""

    kind = "chargeMissedSavings"

    group_id: UUID


@dataclass(slots=True)
class SavingMonths:
    """Whose months are judged, what was judged before, and what was saved."""

    groups: set[UUID] = field(default_factory=set)
    checks: dict[UUID, dict[date, SavingCheck]] = field(default_factory=lambda: defaultdict(dict))
    since: dict[UUID, list[tuple[UUID, date]]] = field(default_factory=lambda: defaultdict(list))
    """Active members by group, with the day since which they are members here."""
    saved: dict[tuple[UUID, date], int] = field(default_factory=dict)
    """(member, first day of a month) to regular savings in cents."""


def read_missed(values: Values) -> ChargeMissedSavings:
    return ChargeMissedSavings(group_id=values["group_id"])


def gather_missed(named: Named, operation: Operation, body: ChargeMissedSavings) -> None:
    named.groups.add(body.group_id)
    named.section(SavingMonths).groups.add(body.group_id)
    named.terms = True


async def load_months(runtime: Runtime, session: AsyncSession, named: Named, state: State) -> None:
    """The last year of checks, charges and savings of the groups: four statements."""
    groups = [one for one in named.section(SavingMonths).groups if one in state.books]
    if not groups:
        return
    found = state.section(SavingMonths)
    since = months_after(state.today.replace(day=1), -OLDEST)
    checks = await session.execute(
        select(SavingCheck).where(
            col(SavingCheck.group_id).in_(groups), col(SavingCheck.month) >= since
        )
    )
    for check in checks.scalars():
        session.expunge(check)
        found.checks[check.group_id][check.month] = check
    members = await session.execute(
        select(
            col(Member.group_id),
            col(Member.id),
            col(Member.registration_date),
            col(Member.created_at),
        ).where(
            col(Member.group_id).in_(groups),
            col(Member.is_active),
            col(Member.erased_at).is_(None),
        )
    )
    for group_id, member_id, registered, created in members:
        # Before somebody was in the register, nobody could enter what they saved.
        known = created.astimezone(runtime.settings.timezone).date()
        found.since[group_id].append((member_id, max(registered, known)))
    charges = await session.execute(
        select(FineCharge).where(
            col(FineCharge.group_id).in_(groups), col(FineCharge.month) >= since
        )
    )
    rows = state.section(Charges).rows
    for row in charges.scalars():
        session.expunge(row)
        known_row = state.subjects.setdefault(row.id, row)
        if isinstance(known_row, FineCharge):
            rows[row.id] = known_row
    await _load_saved(session, groups, since, found)


async def _load_saved(
    session: AsyncSession, groups: list[UUID], since: date, found: SavingMonths
) -> None:
    amounts = await session.execute(
        select(
            col(Contribution.member_id),
            col(Contribution.contribution_date),
            func.sum(col(Contribution.amount)),
        )
        .where(
            col(Contribution.group_id).in_(groups),
            col(Contribution.contribution_date) >= since,
            col(Contribution.contribution_type) == ContributionType.REGULAR.value,
            col(Contribution.reversed_by).is_(None),
        )
        .group_by(col(Contribution.member_id), col(Contribution.contribution_date))
    )
    for member_id, day, cents in amounts:
        key = (member_id, day.replace(day=1))
        found.saved[key] = found.saved.get(key, 0) + int(cents)


def months_due(judged: Iterable[date], grace_days: int, today: date) -> list[date]:
    """The first days of the ended months that are to be judged, oldest first.

    Of a group of which none was judged in the last year: the newest one alone.
    """
    newest = months_after(today.replace(day=1), -1)
    if months_after(newest, 1) + timedelta(days=grace_days) > today:
        newest = months_after(newest, -1)
    last = max(judged, default=None)
    month = newest if last is None else months_after(last, 1)
    due = []
    while month <= newest:
        due.append(month)
        month = months_after(month, 1)
    return due


def charge_missed(state: State, operation: Operation, body: ChargeMissedSavings) -> Outcome:
    """Fines each member once for each month; `entity` is how many fines were charged now."""
    group_id = body.group_id
    if not state.may_write(operation.actor, group_id):
        return rejected(NotFound("There is no such group.", field="groupId"))
    taken_back = _take_back(state, operation, group_id)
    checks = state.section(SavingMonths).checks[group_id]
    charged = 0
    for month in months_due(checks, state.terms[group_id].grace_days, state.today):
        checks[month] = _judge_month(state, group_id, month)
        state.rows.add(checks[month])
        charged += checks[month].charged
    if charged or taken_back:
        detail = f'{{"charged":{charged},"takenBack":{taken_back}}}'
        state.audit(operation, "fines.missed_savings", group_id, None, detail)
    return Outcome(APPLIED, entity=charged, group_id=group_id)


def _judge_month(state: State, group_id: UUID, month: date) -> SavingCheck:
    """Fines who was a member the whole month and saved less than the minimum."""
    terms, found = state.terms[group_id], state.section(SavingMonths)
    fine = terms.missed_saving_fine if state.group_status[group_id] == ACTIVE else 0
    charged = 0
    for member_id, since in found.since[group_id]:
        saved = found.saved.get((member_id, month), 0)
        if fine and since <= month and saved < terms.minimum_saving:
            made = charge(state, group_id, member_id, REASON, fine, state.today, month=month)
            charged += made is not None
    return SavingCheck(
        group_id=group_id,
        month=month,
        minimum=terms.minimum_saving,
        fine=fine,
        charged=charged,
        checked_at=state.now,
    )


def _take_back(state: State, operation: Operation, group_id: UUID) -> int:
    """Waives fines of which nothing is paid, where the month's saving came in since."""
    found = state.section(SavingMonths)
    taken = 0
    for row in state.section(Charges).rows.values():
        if row.group_id != group_id or row.month is None or row.status != OPEN or row.paid:
            continue
        check = found.checks[group_id].get(row.month)
        saved = found.saved.get((row.member_id, row.month), 0)
        if check is not None and saved >= check.minimum:
            waive(state, row, operation.actor.user_id, PAID_LATE)
            taken += 1
    return taken


KINDS = (
    Kind(
        body=ChargeMissedSavings,
        verb="books:correct",
        parse=read_missed,
        gather=gather_missed,
        judge=charge_missed,
        loaders=(load_months,),
        synced=False,
    ),
)

"""The pipeline of loans: its stages, and what stands in each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import scope
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.models import Approval, Instalment, Loan, LoanStatus, Member, Role, User
from app.services.approvals import CHAIR, COMMITTEE, LARGE, SMALL

STAGES: dict[str, tuple[str, ...]] = {
    "PENDING": (LoanStatus.PENDING.value,),
    "ID_MISSING": (LoanStatus.PENDING.value,),
    "AWAITING_MY_APPROVAL": (LoanStatus.PENDING.value,),
    "AWAITING_OFFICER": (LoanStatus.PENDING.value,),
    "AWAITING_CHAIR": (LoanStatus.PENDING.value,),
    "AWAITING_COMMITTEE": (LoanStatus.PENDING.value,),
    "AWAITING_ADMIN": (LoanStatus.PENDING.value,),
    "READY_TO_DISBURSE": (LoanStatus.APPROVED.value,),
    "RUNNING": (LoanStatus.DISBURSED.value,),
    "OVERDUE": (LoanStatus.DISBURSED.value,),
    "CLOSED": (
        LoanStatus.COMPLETED.value,
        LoanStatus.REJECTED.value,
        LoanStatus.WRITTEN_OFF.value,
    ),
    "COMPLETED": (LoanStatus.COMPLETED.value,),
    "REJECTED": (LoanStatus.REJECTED.value,),
    "WRITTEN_OFF": (LoanStatus.WRITTEN_OFF.value,),
}
"""Stages of the pipeline to the states they hold."""
PLACES_OF = {
    "AWAITING_OFFICER": Role.FIELD_OFFICER.value,
    "AWAITING_CHAIR": CHAIR,
    "AWAITING_COMMITTEE": COMMITTEE,
    "AWAITING_ADMIN": Role.SYSTEM_ADMIN.value,
}
"""Stages that wait for an approval to the place that is open."""


@dataclass(frozen=True, slots=True)
class StageTotal:
    """What stands in a stage: how many loans, and cents as applied for and still out."""

    stage: str
    count: int
    amount: int
    outstanding: int


async def pipeline(
    session: AsyncSession,
    actor: Actor,
    group_ids: Collection[UUID] | None,
    county: str | None,
    today: date,
) -> list[StageTotal]:
    """Every stage of the pipeline with its totals, by one statement for any set of groups."""
    demand(actor, "loans:read")
    groups = await scope(session, actor, group_ids, county)
    out = (
        select(func.sum(col(Instalment.principal) - col(Instalment.paid_principal)))
        .where(
            col(Instalment.loan_id) == col(Loan.id),
            col(Loan.status) == LoanStatus.DISBURSED.value,
        )
        .scalar_subquery()
    )
    flags = {
        stage: case((and_(*in_stage(actor, stage, today)), 1), else_=0).label(stage)
        for stage in STAGES
    }
    each = (
        select(
            col(Loan.amount).label("amount"),
            func.coalesce(out, 0).label("left"),
            *flags.values(),
        )
        .where(col(Loan.group_id).in_(groups))
        .subquery()
    )
    sums = [
        func.coalesce(func.sum(each.c[stage] * factor), 0)
        for stage in STAGES
        for factor in (1, each.c.amount, each.c.left)
    ]
    found = [int(value) for value in (await session.execute(select(*sums))).one()]
    return [StageTotal(stage, *found[3 * at : 3 * at + 3]) for at, stage in enumerate(STAGES)]


def in_stage(actor: Actor, stage: str, today: date) -> list[ColumnElement[bool]]:
    """The conditions on Loan that hold for the loans of a stage."""
    conditions: list[ColumnElement[bool]] = [col(Loan.status).in_(STAGES[stage])]
    if stage == "OVERDUE":
        late = (
            select(col(Instalment.loan_id))
            .where(
                col(Instalment.loan_id) == col(Loan.id),
                col(Instalment.settled_on).is_(None),
                col(Instalment.due_date) < today,
            )
            .exists()
        )
        conditions.append(late)
    if stage == "ID_MISSING":
        conditions.append(~_is_verified())
    if stage in PLACES_OF:
        conditions.append(_has_open_place(PLACES_OF[stage]))
    if stage == "AWAITING_MY_APPROVAL":
        conditions.append(_waits_for(actor))
    return conditions


def _is_verified() -> ColumnElement[bool]:
    """Nothing is approved before somebody looked at the member's papers."""
    return exists().where(col(Member.id) == col(Loan.member_id), col(Member.id_verified).is_(True))


def _waits_for(actor: Actor) -> ColumnElement[bool]:
    """What the actor could approve now: not their own loan, not approved by them yet, of a
    member whose papers were looked at, and with an open place that the actor's role fills."""
    own = exists().where(col(User.id) == actor.user_id, col(User.member_id) == col(Loan.member_id))
    given = exists().where(
        col(Approval.subject_id) == col(Loan.id), col(Approval.user_id) == actor.user_id
    )
    roles = [CHAIR, COMMITTEE] if actor.role is Role.GROUP_CHAIR else [actor.role.value]
    return and_(~given, ~own, _is_verified(), or_(*(_has_open_place(role) for role in roles)))


def _has_open_place(role: str) -> ColumnElement[bool]:
    """More places of the role than approvals that fill them. The tiers are fixed, so the
    number of places follows from the amount (services/approvals.py)."""
    filled = (
        select(func.count())
        .where(col(Approval.subject_id) == col(Loan.id), col(Approval.role) == role)
        .scalar_subquery()
    )
    return cast(ColumnElement[bool], filled < _places(role))


def _places(role: str) -> Any:
    amount = col(Loan.amount)
    small, large = amount < SMALL, amount > LARGE
    if role == CHAIR:
        return case((small, 1), else_=0)
    if role == COMMITTEE:
        return case((small, 0), else_=2)
    if role == Role.SYSTEM_ADMIN.value:
        return case((large, 1), else_=0)
    return 1

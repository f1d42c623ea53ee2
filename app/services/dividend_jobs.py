"""Dividends of many groups at once: asking for a job, following it, trying failures again.

The rows are the job: they are written in the transaction of the request, and
services/dividend_work.py works them off whenever a worker looks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, insert, literal, or_, select, true, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.db import UniqueClash
from app.errors import BadInput, NotFound, RuleBroken
from app.models import (
    BankingGroup,
    DividendAction,
    DividendJob,
    DividendJobGroup,
    DividendRun,
    DividendStatus,
    GroupStatus,
    JobGroupStatus,
    JobStatus,
)
from app.paging import Page, check_first, cut, decode_cursor, instant
from app.places import match_county
from app.runtime import Runtime
from app.services.audit import record
from app.services.operations.dividends import check_year

VERB = "dividends:manage"
MOST_NAMED = 1000
"""Groups that one request may name; more are asked for by county, or all."""
UNDECIDED: dict[DividendAction, tuple[str, ...]] = {
    DividendAction.APPROVE: (DividendStatus.DRAFT.value,),
    DividendAction.POST: (DividendStatus.DRAFT.value, DividendStatus.APPROVED.value),
}
"""The runs that an action is about where no group is named."""


async def ask(
    runtime: Runtime, actor: Actor, action: DividendAction, values: Mapping[str, Any]
) -> DividendJob:
    """The new job, or the unfinished one that was asked for in the same words.

    `values` hold `fiscal_year` and one of `group_ids`, `county` and `all`. BAD_INPUT, NOT_FOUND
    of a group that is named, NO_GROUPS where there is nothing to do.
    """
    demand(actor, VERB)
    year = check_year(int(values["fiscal_year"]))
    if year > clock.today(runtime.settings.timezone).year:
        raise BadInput("The year has not begun.", field="fiscalYear")
    named, county = _scope(values)
    scope_key = _scope_key(action, year, named, county)

    async def work(session: AsyncSession) -> DividendJob:
        known = await _unfinished(session, scope_key)
        if known is not None:
            return known
        groups = await _condition(session, action, year, named, county)
        job = DividendJob(
            action=action.value,
            fiscal_year=year,
            county=county,
            scope_key=scope_key,
            total=0,
            asked_by=actor.user_id,
            asked_at=clock.now(),
        )
        session.add(job)
        try:
            await session.flush()
        except IntegrityError as error:
            raise UniqueClash from error
        job.total = await _write_groups(session, job.id, groups)
        if not job.total:
            raise RuleBroken("There is no group to do this for.", code="NO_GROUPS")
        record(
            session,
            "dividends.asked",
            actor_id=actor.user_id,
            entity_id=job.id,
            what=action.value,
            year=year,
            county=county,
            groups=job.total,
        )
        return job

    return await runtime.db.transact(work)


def _scope(values: Mapping[str, Any]) -> tuple[list[UUID] | None, str | None]:
    """The groups named, the county, or neither for all; BAD_INPUT unless it is one of them."""
    named, county = values.get("group_ids"), values.get("county")
    if (named is not None) + (county is not None) + bool(values.get("all")) != 1:
        raise BadInput("Name groups, or a county, or say all.", field="groupIds")
    if named is not None and not 1 <= len(named) <= MOST_NAMED:
        raise BadInput(f"Name 1 to {MOST_NAMED} groups.", field="groupIds")
    found = sorted(set(named)) if named is not None else None
    return found, match_county(county) if county is not None else None


def _scope_key(
    action: DividendAction, year: int, named: list[UUID] | None, county: str | None
) -> str:
    where = county or "*"
    if named is not None:
        where = hashlib.sha256(b"".join(one.bytes for one in named)).hexdigest()
    return f"{action.value}:{year}:{where}"


async def _unfinished(session: AsyncSession, scope_key: str) -> DividendJob | None:
    rows = await session.execute(
        select(DividendJob).where(
            col(DividendJob.scope_key) == scope_key,
            col(DividendJob.status) != JobStatus.DONE.value,
        )
    )
    found: DividendJob | None = rows.scalar_one_or_none()
    return found


async def _condition(
    session: AsyncSession,
    action: DividendAction,
    year: int,
    named: list[UUID] | None,
    county: str | None,
) -> ColumnElement[bool]:
    """Which groups the job is about. Groups that are named are tried whatever their state."""
    group_id = col(BankingGroup.id)
    if named is not None:
        known = await session.execute(select(group_id).where(group_id.in_(named)))
        if len(known.all()) < len(named):
            raise NotFound("There is no such group.", field="groupIds")
        return group_id.in_(named)
    inside = col(BankingGroup.county) == county if county is not None else true()
    if action is DividendAction.CALCULATE:
        return and_(inside, col(BankingGroup.status) == GroupStatus.ACTIVE.value)
    runs = select(col(DividendRun.group_id)).where(
        col(DividendRun.fiscal_year) == year, col(DividendRun.status).in_(UNDECIDED[action])
    )
    return and_(inside, group_id.in_(runs))


async def _write_groups(session: AsyncSession, job_id: UUID, groups: ColumnElement[bool]) -> int:
    """One row a group, in one statement; how many."""
    table: Any = DividendJobGroup.__table__  # type: ignore[attr-defined]
    chosen = select(
        literal(job_id, table.c.job_id.type),
        col(BankingGroup.id),
        literal(JobGroupStatus.WAITING.value, table.c.status.type),
    ).where(groups)
    await session.execute(insert(table).from_select(["job_id", "group_id", "status"], chosen))
    written = await session.execute(
        select(func.count()).select_from(table).where(table.c.job_id == job_id)
    )
    return int(written.scalar_one())


async def find_job(session: AsyncSession, actor: Actor, job_id: UUID) -> DividendJob | None:
    demand(actor, VERB)
    return await session.get(DividendJob, job_id)


async def list_jobs(
    runtime: Runtime, actor: Actor, *, first: int, after: str | None
) -> Page[DividendJob]:
    """A page of jobs, newest first."""
    demand(actor, VERB)
    check_first(first)
    key = decode_cursor(after, instant, UUID)
    at, job_id = col(DividendJob.asked_at), col(DividendJob.id)
    statement = select(DividendJob).order_by(at.desc(), job_id.desc()).limit(first + 1)
    if key:
        statement = statement.where(or_(at < key[0], and_(at == key[0], job_id < key[1])))
    async with runtime.db.reading() as session:
        rows = (await session.execute(statement)).scalars().all()

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(DividendJob)
            return int((await counting.execute(total)).scalar_one())

    return cut(rows, first, lambda row: (row.asked_at.isoformat(), row.id), count)


async def list_outcomes(
    runtime: Runtime, job_id: UUID, *, status: str | None, first: int, after: str | None
) -> Page[DividendJobGroup]:
    """A page of a job's groups, by id; whoever has the job may see them."""
    check_first(first)
    conditions = [col(DividendJobGroup.job_id) == job_id]
    if status is not None:
        conditions.append(col(DividendJobGroup.status) == status)
    key = decode_cursor(after, UUID)
    group_id = col(DividendJobGroup.group_id)
    statement = select(DividendJobGroup).where(*conditions).order_by(group_id).limit(first + 1)
    if key:
        statement = statement.where(group_id > key[0])
    async with runtime.db.reading() as session:
        rows = (await session.execute(statement)).scalars().all()

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(DividendJobGroup).where(*conditions)
            return int((await counting.execute(total)).scalar_one())

    return cut(rows, first, lambda row: (row.group_id,), count)


async def try_again(runtime: Runtime, actor: Actor, job_id: UUID) -> DividendJob:
    """Lets the groups that failed wait anew. NOT_FOUND; JOB_RUNNING where another unfinished
    job does the same."""
    demand(actor, VERB)

    async def work(session: AsyncSession) -> DividendJob:
        rows = await session.execute(
            select(DividendJob).where(col(DividendJob.id) == job_id).with_for_update()
        )
        job: DividendJob | None = rows.scalar_one_or_none()
        if job is None:
            raise NotFound("There is no such job.", field="id")
        if not job.failed:
            return job
        other = await _unfinished(session, job.scope_key)
        if other is not None and other.id != job.id:
            raise RuleBroken("Another job does the same now.", code="JOB_RUNNING", field="id")
        await _wait_anew(session, job, clock.now())
        record(session, "dividends.asked_again", actor_id=actor.user_id, entity_id=job.id)
        return job

    return await runtime.db.transact(work)


async def _wait_anew(session: AsyncSession, job: DividendJob, now: datetime) -> None:
    waiting = await session.execute(
        update(DividendJobGroup)
        .where(
            col(DividendJobGroup.job_id) == job.id,
            col(DividendJobGroup.status) == JobGroupStatus.FAILED.value,
        )
        .values(status=JobGroupStatus.WAITING.value, code=None, finished_at=None)
    )
    job.failed -= waiting.rowcount  # type: ignore[attr-defined]
    job.finished_at = None
    if job.status == JobStatus.DONE.value:
        job.status = JobStatus.WAITING.value
    try:
        await session.flush()
    except IntegrityError as error:
        raise UniqueClash from error

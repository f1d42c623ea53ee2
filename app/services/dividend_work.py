"""Works dividend jobs off, a chunk of groups at a time.

A chunk is one transaction: its groups are claimed by their locks, the operations applied as
one list, and the outcomes written. So a group is done exactly when its row says so: whoever
is killed leaves nothing half done, and two workers never take the same group.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import case, func, literal, null, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.actor import Actor
from app.bulk import upsert_rows
from app.db import driver_of
from app.models import (
    DividendAction,
    DividendJob,
    DividendJobGroup,
    DividendRun,
    DividendStatus,
    JobGroupStatus,
    JobStatus,
    Role,
)
from app.models.base import UtcDateTime
from app.runtime import Runtime
from app.services.operations.apply import apply_within, count_outcomes
from app.services.operations.dividends import CalculateDividends, DecideDividends
from app.services.operations.isolate import NOBODYS_FAULT
from app.services.operations.types import APPLIED, Body, Operation, Outcome

GROUPS_AT_ONCE = 50
"""So many groups are locked for a moment; officers who save meanwhile wait no longer than that."""
NO_RUN = "NO_RUN"
INTERNAL = "INTERNAL"
log = logging.getLogger(__name__)


class Result(NamedTuple):
    """A group's row after it was worked on."""

    group_id: UUID
    code: str | None
    run_id: UUID | None


class Chunk(NamedTuple):
    """What one transaction did."""

    results: Sequence[Result]
    operations: Sequence[Operation]
    outcomes: Sequence[Outcome]


async def unfinished_jobs(session: AsyncSession) -> list[UUID]:
    """Jobs that have work left, oldest first."""
    rows = await session.execute(
        select(col(DividendJob.id))
        .where(col(DividendJob.status) != JobStatus.DONE.value)
        .order_by(col(DividendJob.asked_at), col(DividendJob.id))
    )
    return list(rows.scalars())


async def work_off(runtime: Runtime, job_id: UUID) -> int:
    """Works until no group waits that nobody else works on; how many groups it finished.

    A fault of ours with one group fails that group alone (INTERNAL): the chunk is halved until
    it stands alone. When the database is away the error is raised, and the job goes on later.
    """
    finished, size = 0, GROUPS_AT_ONCE
    while True:
        claimed: list[UUID] = []
        try:
            chunk = await _one_chunk(runtime, job_id, size, claimed)
        except NOBODYS_FAULT:
            raise
        except Exception:
            log.exception("a chunk of dividends failed", extra={"groups": len(claimed)})
            if len(claimed) == 1:
                await _give_up(runtime, job_id, claimed[0])
                finished += 1
            elif not claimed:
                raise
            size = max(1, len(claimed) // 2)
            continue
        if not chunk.results:
            return finished
        finished += len(chunk.results)
        count_outcomes(chunk.operations, chunk.outcomes)
        size = min(GROUPS_AT_ONCE, size * 2)


async def _one_chunk(runtime: Runtime, job_id: UUID, size: int, claimed: list[UUID]) -> Chunk:
    """`claimed` tells the caller which groups it was about when it fails."""

    async def work(session: AsyncSession) -> Chunk:
        if runtime.db.is_postgresql:
            await driver_of(session)  # It sets how long we wait for a lock.
        claimed[:] = await _claim(session, job_id, size)
        job = await session.get(DividendJob, job_id)
        if job is None or not claimed:
            return Chunk((), (), ())
        chunk = await _apply(runtime, session, job, claimed)
        await _write(session, job_id, chunk.results)
        return chunk

    return await runtime.db.transact(work)


async def _claim(session: AsyncSession, job_id: UUID, size: int) -> list[UUID]:
    """Waiting groups that no other worker has claimed, locked until the end of the chunk.

    SQLite needs no locks: there a writer has the database for itself.
    """
    rows = await session.execute(
        select(col(DividendJobGroup.group_id))
        .where(
            col(DividendJobGroup.job_id) == job_id,
            col(DividendJobGroup.status) == JobGroupStatus.WAITING.value,
        )
        .order_by(col(DividendJobGroup.group_id))
        .limit(size)
        .with_for_update(skip_locked=True)
    )
    return list(rows.scalars())


async def _apply(
    runtime: Runtime, session: AsyncSession, job: DividendJob, groups: Sequence[UUID]
) -> Chunk:
    # Whoever asked was an administrator then; that is what counts.
    actor = Actor(job.asked_by, Role.SYSTEM_ADMIN)
    results: list[Result] = []
    bodies: dict[UUID, Body]
    if job.action == DividendAction.CALCULATE.value:
        bodies = {one: CalculateDividends(one, job.fiscal_year) for one in groups}
    else:
        runs = await _runs(session, job.fiscal_year, groups)
        post = job.action == DividendAction.POST.value
        bodies = {one: DecideDividends(runs[one], post) for one in groups if one in runs}
        results = [Result(one, NO_RUN, None) for one in groups if one not in runs]
    operations = [Operation(actor, body) for body in bodies.values()]
    outcomes = await apply_within(runtime, session, operations)
    for group_id, outcome in zip(bodies, outcomes, strict=True):
        code = None
        if outcome.outcome != APPLIED:
            code = outcome.error.code if outcome.error else outcome.outcome
        results.append(Result(group_id, code, outcome.entity_id))
    return Chunk(results, operations, outcomes)


async def _runs(session: AsyncSession, year: int, groups: Sequence[UUID]) -> dict[UUID, UUID]:
    """The year's run of each group that counts, by group."""
    rows = await session.execute(
        select(col(DividendRun.group_id), col(DividendRun.id)).where(
            col(DividendRun.group_id).in_(groups),
            col(DividendRun.fiscal_year) == year,
            col(DividendRun.status) != DividendStatus.REVERSED.value,
        )
    )
    return {row[0]: row[1] for row in rows}


async def _write(session: AsyncSession, job_id: UUID, results: Sequence[Result]) -> None:
    """The groups' rows and the job's counters. The job comes last: its row is locked until the
    commit, and another worker waits for it then."""
    now = clock.now()
    status = JobGroupStatus
    await upsert_rows(
        session,
        DividendJobGroup,
        ("job_id", "group_id", "status", "code", "run_id", "finished_at"),
        [
            (
                job_id,
                one.group_id,
                (status.FAILED if one.code else status.APPLIED).value,
                one.code,
                one.run_id,
                now,
            )
            for one in results
        ],
        key=("job_id", "group_id"),
    )
    failed = sum(1 for one in results if one.code)
    done = len(results) - failed
    over = col(DividendJob.done) + col(DividendJob.failed) + len(results) >= col(DividendJob.total)
    await session.execute(
        update(DividendJob)
        .where(col(DividendJob.id) == job_id)
        .values(
            done=col(DividendJob.done) + done,
            failed=col(DividendJob.failed) + failed,
            started_at=func.coalesce(col(DividendJob.started_at), literal(now, UtcDateTime)),
            finished_at=case((over, literal(now, UtcDateTime)), else_=null()),
            status=case((over, JobStatus.DONE.value), else_=JobStatus.RUNNING.value),
        )
        .execution_options(synchronize_session=False)
    )


async def _give_up(runtime: Runtime, job_id: UUID, group_id: UUID) -> None:
    async def work(session: AsyncSession) -> None:
        waits = await session.execute(
            select(col(DividendJobGroup.group_id))
            .where(
                col(DividendJobGroup.job_id) == job_id,
                col(DividendJobGroup.group_id) == group_id,
                col(DividendJobGroup.status) == JobGroupStatus.WAITING.value,
            )
            .with_for_update()
        )
        if waits.first() is not None:
            await _write(session, job_id, [Result(group_id, INTERNAL, None)])

    await runtime.db.transact(work)

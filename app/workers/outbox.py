"""The frame in which workers work off the outbox: one topic, one way to do it.

A topic is worked off in one of two ways. `Inside`: its effect is in the database alone, so it
and the row's end are one transaction. `Outside`: a provider is asked, which no transaction
covers. Then "begun" is recorded before, the answer after. A row that is begun and whose lease
has run out was left by a worker that died in between: where the provider knows our key
(`repeatable`) it is asked again with the same key, where it knows none the effect may have
happened, and the row becomes a dead letter for a person to decide.
"""

from __future__ import annotations

import asyncio
import enum
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.models import OutboxMessage
from app.runtime import Runtime
from app.services.outbox import due

QUICK = "quick"
LONG = "long"
QUEUES = (QUICK, LONG)
MAY_HAVE_HAPPENED = "MAY_HAVE_HAPPENED"
"""A worker died, or the line broke, after the provider was asked and before it answered."""
TRIED_OUT = "TRIED_OUT"
"""As often as the topic allows it was tried, in vain."""
LOOK_SECONDS = 30.0
"""A look begins nothing new after this; the next look goes on."""
GRACE_SECONDS = 20.0
"""What a worker that is told to stop waits for answers that are on their way."""
log = logging.getLogger(__name__)


class End(enum.Enum):
    """What became of a row."""

    DONE = "done"
    LATER = "later"
    """Nothing happened outside: it is tried again, which counts as an attempt."""
    PUT_OFF = "put off"
    """It waits until an hour, which is no attempt."""
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Result:
    """`wait` in seconds: the pause that was asked for; `at`: the hour that is waited for."""

    end: End
    error: str | None = None
    code: str | None = None
    wait: float = 0.0
    at: datetime | None = None
    about: Any = None
    """What the topic's own `note` needs to know."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """Doubling from `first` to `longest` seconds; after `attempts` it is a dead letter."""

    first: float = 15.0
    longest: float = 3600.0
    attempts: int = 10

    def after(self, attempts: int, asked: float = 0.0) -> float:
        """With some chance in it, so that what failed together does not come back together; a
        pause that was asked for is never cut short."""
        doubled = min(self.first * float(2 ** min(attempts - 1, 20)), self.longest)
        wanted = min(asked, self.longest)
        return max(doubled * random.uniform(0.75, 1.25), wanted * random.uniform(1, 1.25))


@dataclass(frozen=True, slots=True)
class Inside:
    """Rows whose effect is in the database. `work` gets them locked and must not end them."""

    name: str
    work: Callable[[Runtime, AsyncSession, Sequence[OutboxMessage]], Awaitable[None]]
    queue: str = QUICK
    at_once: int = 50
    pauses: Pauses = field(default_factory=Pauses)


@dataclass(frozen=True, slots=True)
class Outside:
    """Rows for which a provider is asked.

    `prepare` runs in the transaction that records "begun" and says for each row what is to be
    sent, or a Result where nothing is. `send` asks the provider; an exception of it counts as
    "may have happened". `note` keeps results in the topic's own tables, in the transaction that
    keeps them in the rows.
    """

    name: str
    prepare: Callable[
        [Runtime, AsyncSession, Sequence[OutboxMessage]], Awaitable[Mapping[UUID, Any]]
    ]
    send: Callable[[Runtime, dict[Any, Any], Any], Awaitable[Result]]
    note: Callable[[Runtime, AsyncSession, Mapping[UUID, Result]], Awaitable[None]]
    queue: str = QUICK
    repeatable: bool = False
    at_once: int = 10
    """All of them are asked for together: as many as a killed worker leaves in doubt."""
    lease: timedelta = timedelta(minutes=2)
    pauses: Pauses = field(default_factory=Pauses)


Topic = Inside | Outside


async def look_at_outbox(ctx: dict[Any, Any], *_args: Any, **_more: Any) -> int:
    """How many messages are due, logged with the age of the oldest: the worker's heartbeat."""
    runtime: Runtime = ctx["runtime"]
    now = clock.now()
    query = select(func.count(), func.min(col(OutboxMessage.available_at))).where(
        col(OutboxMessage.done_at).is_(None), col(OutboxMessage.available_at) <= now
    )
    async with runtime.db.reading() as session:
        waiting, oldest = (await session.execute(query)).one()
    age = round((now - oldest).total_seconds()) if waiting else 0
    log.info("outbox", extra={"waiting": waiting, "oldest_seconds": age})
    return int(waiting)


async def work_off(ctx: dict[Any, Any], topics: Sequence[Topic]) -> int:
    """Works on what is due; how many rows were dealt with. A topic that fails stops no other."""
    ends = asyncio.get_running_loop().time() + LOOK_SECONDS
    total = 0
    for topic in topics:
        try:
            total += await _work_on(ctx, topic, ends)
        except Exception:
            log.exception("a topic of the outbox failed", extra={"topic": topic.name})
    return total


async def _work_on(ctx: dict[Any, Any], topic: Topic, ends: float) -> int:
    total = 0
    while asyncio.get_running_loop().time() < ends:
        if isinstance(topic, Inside):
            dealt_with = await _inside(ctx["runtime"], topic)
        else:
            dealt_with = await _outside(ctx, topic)
        total += dealt_with
        if dealt_with < topic.at_once:
            break
    return total


async def _inside(runtime: Runtime, topic: Inside) -> int:
    async def work(session: AsyncSession) -> int:
        return await _work_inside(runtime, session, topic, topic.at_once)

    try:
        return await runtime.db.transact(work)
    except Exception:
        log.exception("a batch of the outbox failed; each row alone", extra={"topic": topic.name})
    return await _one_by_one(runtime, topic)


async def _work_inside(runtime: Runtime, session: AsyncSession, topic: Inside, at_most: int) -> int:
    now = clock.now()
    rows = await due(session, topic.name, now, at_most)
    if rows:
        await topic.work(runtime, session, rows)
    for row in rows:
        row.done_at, row.last_error = now, None
    return len(rows)


async def _one_by_one(runtime: Runtime, topic: Inside) -> int:
    """Each row in a transaction of its own, so that one which fails puts off itself alone."""
    for number in range(topic.at_once):
        try:
            done = await runtime.db.transact(
                lambda session: _work_inside(runtime, session, topic, 1)
            )
        except Exception as error:
            log.exception("a row of the outbox failed", extra={"topic": topic.name})
            done = await _put_off_first(runtime, topic, type(error).__name__)
        if not done:
            return number
    return topic.at_once


async def _put_off_first(runtime: Runtime, topic: Inside, error: str) -> int:
    async def work(session: AsyncSession) -> int:
        now = clock.now()
        rows = await due(session, topic.name, now, 1)
        for row in rows:
            row.attempts += 1
            _end(row, Result(End.LATER, error), topic.pauses, now)
        return len(rows)

    return await runtime.db.transact(work)


async def _outside(ctx: dict[Any, Any], topic: Outside) -> int:
    runtime: Runtime = ctx["runtime"]
    begun, jobs, dealt_with = await _begin(runtime, topic)
    if not jobs:
        return dealt_with
    sending = asyncio.create_task(_send_all(ctx, topic, begun, jobs))
    try:
        await asyncio.shield(sending)
    except asyncio.CancelledError:
        # Told to stop: what is on its way would be in doubt without its answer.
        await asyncio.wait({sending}, timeout=GRACE_SECONDS)
        raise
    return dealt_with


async def _begin(runtime: Runtime, topic: Outside) -> tuple[datetime, dict[UUID, Any], int]:
    """Records what is begun now. Rows that somebody began and never ended are in doubt."""

    async def work(session: AsyncSession) -> tuple[datetime, dict[UUID, Any], int]:
        now = clock.now()
        rows = await due(session, topic.name, now, topic.at_once)
        doubtful = [row for row in rows if row.begun_at is not None and not topic.repeatable]
        ends: dict[UUID, Result] = {
            row.id: Result(End.DEAD, "a worker died while it was sent", MAY_HAVE_HAPPENED)
            for row in doubtful
        }
        fresh = [row for row in rows if row.id not in ends]
        plans = await topic.prepare(runtime, session, fresh) if fresh else {}
        ends.update({key: plan for key, plan in plans.items() if isinstance(plan, Result)})
        if ends:
            await topic.note(runtime, session, ends)
        for row in rows:
            if row.id in ends:
                _end(row, ends[row.id], topic.pauses, now)
            else:
                row.attempts += 1
                row.begun_at, row.available_at = now, now + topic.lease
        jobs = {key: plan for key, plan in plans.items() if key not in ends}
        return now, jobs, len(rows)

    return await runtime.db.transact(work)


async def _send_all(
    ctx: dict[Any, Any], topic: Outside, begun: datetime, jobs: Mapping[UUID, Any]
) -> None:
    runtime: Runtime = ctx["runtime"]

    async def send(job: Any) -> Result:
        try:
            return await topic.send(runtime, ctx, job)
        except Exception as error:
            log.exception("a provider's adapter failed", extra={"topic": topic.name})
            if topic.repeatable:
                return Result(End.LATER, type(error).__name__)
            return Result(End.DEAD, type(error).__name__, MAY_HAVE_HAPPENED)

    answers = await asyncio.gather(*(send(job) for job in jobs.values()))
    results = dict(zip(jobs, answers, strict=True))

    async def work(session: AsyncSession) -> None:
        now = clock.now()
        found = await session.execute(
            select(OutboxMessage)
            .where(col(OutboxMessage.id).in_(results))
            .order_by(col(OutboxMessage.id))
            .with_for_update()
        )
        ours: dict[UUID, Result] = {}
        for row in found.scalars():
            result = results[row.id]
            # Beyond its lease the row may be another's, or dead: only a certain end counts then.
            if row.begun_at == begun or (row.dead_at is not None and result.end is End.DONE):
                ours[row.id] = _end(row, result, topic.pauses, now)
        await topic.note(runtime, session, ours)

    await runtime.db.transact(work)
    taken = sum(result.end is End.DONE for result in answers)
    log.info("outbox sent", extra={"topic": topic.name, "taken": taken, "tried": len(answers)})


def _end(row: OutboxMessage, result: Result, pauses: Pauses, now: datetime) -> Result:
    """Writes the result into the row; the result that counts, which may be that it is dead."""
    if result.end is End.LATER and row.attempts >= pauses.attempts:
        result = Result(End.DEAD, result.error, TRIED_OUT, about=result.about)
    row.begun_at = row.dead_at = row.dead_code = row.done_at = None
    row.last_error = result.error
    if result.end is End.DONE:
        row.done_at = now
    elif result.end is End.DEAD:
        row.done_at = row.dead_at = now
        row.dead_code = result.code or TRIED_OUT
    elif result.end is End.LATER:
        row.available_at = now + timedelta(seconds=pauses.after(row.attempts, result.wait))
    else:
        row.available_at = result.at or now
    return result

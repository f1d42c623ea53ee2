"""Papers: every worker looks for those that wait; old ones leave the store."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from anyio import to_thread
from sqlalchemy import select, update
from sqlmodel import col

from app import clock
from app.models import Paper, PaperStatus
from app.papers.work import work_off
from app.resolvers.root import build_schema
from app.runtime import Runtime
from app.services.papers import KEPT_DAYS, storage_key


async def make_papers(ctx: dict[Any, Any], *_args: Any, **_more: Any) -> int:
    """How many sheets this worker has made now. Nothing happens while its last look is still at
    work: the next one goes on."""
    runtime: Runtime = ctx["runtime"]
    busy: asyncio.Lock = ctx.setdefault("papers", asyncio.Lock())
    if busy.locked():
        return 0
    async with busy:
        async with runtime.db.reading() as session:
            waits = await session.execute(
                select(col(Paper.id)).where(col(Paper.status) == PaperStatus.WAITING.value).limit(1)
            )
            if waits.first() is None:
                return 0
        if "schema" not in ctx:
            # Made when it is needed, and beside the loop: it takes a second.
            ctx["schema"] = await to_thread.run_sync(build_schema)
        return await work_off(runtime, ctx["schema"])


async def remove_old_papers(ctx: dict[Any, Any], *_args: Any, **_more: Any) -> int:
    """How many contents were removed after KEPT_DAYS; their rows stay, to be checked by."""
    runtime: Runtime = ctx["runtime"]
    limit = clock.now() - timedelta(days=KEPT_DAYS)
    kept = (PaperStatus.DONE.value, PaperStatus.FAILED.value)
    async with runtime.db.reading() as session:
        rows = await session.execute(
            select(col(Paper.id)).where(col(Paper.status).in_(kept), col(Paper.finished_at) < limit)
        )
        ids = list(rows.scalars())
    for paper_id in ids:
        # First the content: a row that says "removed" must be true.
        await runtime.storage.delete(storage_key(paper_id))

        async def work(session: Any, paper_id: Any = paper_id) -> None:
            await session.execute(
                update(Paper)
                .where(col(Paper.id) == paper_id)
                .values(status=PaperStatus.REMOVED.value)
            )

        await runtime.db.transact(work)
    return len(ids)

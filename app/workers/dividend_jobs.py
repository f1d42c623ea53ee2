"""Dividends of many groups: every worker looks for unfinished jobs, and they share them."""

from __future__ import annotations

import asyncio
from typing import Any

from app.runtime import Runtime
from app.services.dividend_work import unfinished_jobs, work_off


async def work_dividend_jobs(ctx: dict[Any, Any], *_args: Any, **_more: Any) -> int:
    """How many groups this worker has finished now. Nothing happens while its last look is
    still at work: the next one goes on."""
    runtime: Runtime = ctx["runtime"]
    busy: asyncio.Lock = ctx.setdefault("dividend_jobs", asyncio.Lock())
    if busy.locked():
        return 0
    async with busy:
        async with runtime.db.reading() as session:
            jobs = await unfinished_jobs(session)
        return sum([await work_off(runtime, job_id) for job_id in jobs])

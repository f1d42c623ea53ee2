"""The topics of the outbox that workers work off, and the jobs that do it."""

from __future__ import annotations

import asyncio
from typing import Any

from app.services.member_news import compose
from app.services.operations.member_news import TOPIC as MEMBER_NEWS
from app.workers.messages import MESSAGES
from app.workers.outbox import LONG, QUICK, Inside, Topic, work_off

TOPICS: tuple[Topic, ...] = (Inside(MEMBER_NEWS, compose, at_once=10), MESSAGES)


async def work_quick(ctx: dict[Any, Any], *_args: Any, **_more: Any) -> int:
    """Works off what should not wait; how many rows."""
    return await _look(ctx, QUICK)


async def work_long(ctx: dict[Any, Any], *_args: Any, **_more: Any) -> int:
    """Works off what takes its time; how many rows."""
    return await _look(ctx, LONG)


async def _look(ctx: dict[Any, Any], queue: str) -> int:
    """Nothing while this worker's last look is at work: it goes on with what came since."""
    busy: asyncio.Lock = ctx.setdefault(f"outbox_{queue}", asyncio.Lock())
    if busy.locked():
        return 0
    async with busy:
        return await work_off(ctx, [topic for topic in TOPICS if topic.queue == queue])

"""Workers killed, Redis flushed, a provider that fails: every message is sent once, or a person
decides."""

from __future__ import annotations

import asyncio
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from redis import asyncio as redis
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.config import MessageSettings, Settings, SmsSettings
from app.models import Message, MessageTemplate, OutboxMessage
from app.runtime import Runtime
from app.services.messages import to_member, write
from app.workers.outbox import work_off
from app.workers.topics import TOPICS
from tests.simulators.africastalking import TAKES_AND_FAILS, AfricasTalkingSimulator
from tests.simulators.serving import served
from tests.support.databases import ROOT
from tests.support.messaging import SECRET
from tests.support.processes import Process
from tests.support.settings import process_environment
from tests.support.stage import Stage, rows_of, set_stage

MESSAGES = 1_000
RECEIPT = re.compile(r"\(TB-(\d+)\)")


def a_mood(rng: random.Random) -> int | str:
    """Nine times of ten it takes the message."""
    wild: list[int | str] = [TAKES_AND_FAILS, "http 503", "http 500", 405, 500, "garbage"]
    return rng.choice(wild) if rng.random() < 0.1 else 101


async def until(happened: Callable[[], Awaitable[bool]], seconds: float) -> bool:
    """Whether it happened in time."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if await happened():
            return True
        await asyncio.sleep(0.05)
    return False


async def waiting(runtime: Runtime) -> int:
    """Rows that nobody has in hand and that are not done."""
    query = select(func.count()).where(
        col(OutboxMessage.done_at).is_(None), col(OutboxMessage.begun_at).is_(None)
    )
    async with runtime.db.reading() as session:
        return int((await session.execute(query)).scalar_one())


async def let_time_pass(runtime: Runtime, *, leases: bool) -> None:
    """As if every pause was over, and with `leases` every lease too: when no worker lives."""

    async def work(session: AsyncSession) -> None:
        statement = update(OutboxMessage).where(col(OutboxMessage.done_at).is_(None))
        if not leases:
            statement = statement.where(col(OutboxMessage.begun_at).is_(None))
        await session.execute(statement.values(available_at=clock.now()))

    await runtime.db.transact(work)


async def write_all(runtime: Runtime, stage: Stage) -> None:
    drafts = [
        to_member(
            stage.jane,
            MessageTemplate.RECEIPT,
            f"test:{number}",
            stage.group.name,
            items=[("REGULAR", 100, f"TB-{number}", None)],
        )
        for number in range(MESSAGES)
    ]

    async def work(session: AsyncSession) -> int:
        # The same causes twice: nothing is written twice.
        return await write(runtime, session, drafts, clock.now()) + await write(
            runtime, session, drafts[:10], clock.now()
        )

    assert await runtime.db.transact(work) == MESSAGES


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_a_thousand_messages_survive_killed_workers_a_flushed_queue_and_a_moody_provider(
    runtime: Runtime, shared_settings: Settings, tmp_path: Path
) -> None:
    rng = random.Random(20261127)
    sms = AfricasTalkingSimulator(mood=lambda: a_mood(rng), seconds=0.01)
    async with served(sms.app()) as url:
        account = SmsSettings(sms.username, sms.api_key, SECRET, url)
        messages = MessageSettings(account, quiet_from=0, quiet_to=0, cost_limit=9_000_00)
        settings = replace(shared_settings, messages=messages)
        runtime = replace(runtime, settings=replace(settings, redis_url=None))
        stage = await set_stage(runtime)
        await write_all(runtime, stage)
        command = [sys.executable, "-m", "app.cli", "worker", "--queue", "quick"]
        env = process_environment(settings)
        workers = [
            Process(command, tmp_path / f"worker{number}.log", env=env, cwd=ROOT)
            for number in range(3)
        ]
        try:
            await kill_in_between(runtime, settings, sms, workers[:2], rng)
            await until(lambda: _all_tried(runtime), 12)
        finally:
            killed = [worker.kill() for worker in workers]
        assert killed == [-signal.SIGKILL] * 3
        await settle(runtime)
    await judge(runtime, sms)


async def kill_in_between(
    runtime: Runtime,
    settings: Settings,
    sms: AfricasTalkingSimulator,
    workers: list[Process],
    rng: random.Random,
) -> None:
    """One worker after the other in the midst of its work, and the queue with the first."""
    for number, worker in enumerate(workers, 1):
        enough = number * MESSAGES // 4

        async def so_many(enough: int = enough) -> bool:
            return len(sms.taken) >= enough

        assert await until(so_many, 60), worker.tail()
        await asyncio.sleep(rng.uniform(0, 0.05))
        worker.kill()
        if number == 1:
            assert settings.redis_url is not None
            queue = redis.Redis.from_url(settings.redis_url)
            await queue.flushall()
            await queue.aclose()
        await let_time_pass(runtime, leases=False)


async def _all_tried(runtime: Runtime) -> bool:
    left = await waiting(runtime)
    if left:
        await let_time_pass(runtime, leases=False)
    return not left


async def settle(runtime: Runtime) -> None:
    """What is left when every worker is dead, by one more; bounded by the attempts."""
    context: dict[Any, Any] = {"runtime": runtime}
    for _ in range(12):
        await let_time_pass(runtime, leases=True)
        if not await work_off(context, TOPICS):
            break
    if "sms_client" in context:
        await context["sms_client"].close()


async def judge(runtime: Runtime, sms: AfricasTalkingSimulator) -> None:
    sent: Counter[str] = Counter()
    for one in sms.taken:
        sent.update(RECEIPT.findall(one.text))
    outbox = {row.id: row for row in await rows_of(runtime, OutboxMessage)}
    found = await rows_of(runtime, Message)
    assert len(found) == MESSAGES
    states: Counter[str] = Counter()
    for message in found:
        row, times = outbox[message.id], sent[message.cause.removeprefix("test:")]
        states[message.state] += 1
        assert row.done_at is not None, "lost"
        assert times <= 1, "sent twice"
        if row.dead_at is None:
            assert (message.state, times) == ("SENT", 1)
        else:
            assert message.state in ("UNCERTAIN", "FAILED")
    # Doubt is the exception: what the provider left open, and a batch for each kill.
    assert states["SENT"] >= MESSAGES * 0.85, states
    assert states["UNCERTAIN"] > 0

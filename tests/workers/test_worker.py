"""The worker: embedded and over Redis, it works, is started again, and stops when told."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from arq.connections import ArqRedis
from arq.worker import Worker

from app import clock
from app.config import Settings
from app.models import OutboxMessage
from app.runtime import Runtime
from app.workers import main as workers
from app.workers.main import EmbeddedWorker
from app.workers.outbox import look_at_outbox
from tests.support.databases import ROOT
from tests.support.settings import process_environment


async def until(happened: Any, seconds: float = 10) -> None:
    for _ in range(int(seconds / 0.02)):
        if happened():
            return
        await asyncio.sleep(0.02)
    pytest.fail("it did not happen in time")


async def test_the_heartbeat_counts_what_is_due(runtime: Runtime) -> None:
    now = clock.now()

    def message(**changes: Any) -> OutboxMessage:
        values = {"topic": "sms", "created_at": now, "available_at": now - timedelta(seconds=5)}
        return OutboxMessage(**{**values, **changes})

    async def work(session: Any) -> None:
        session.add_all(
            [message(), message(done_at=now), message(available_at=now + timedelta(hours=1))]
        )

    assert await look_at_outbox({"runtime": runtime}) == 0
    await runtime.db.transact(work)
    assert await look_at_outbox({"runtime": runtime}) == 1


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_the_embedded_worker_beats_and_stops(
    runtime: Runtime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "app.workers.outbox")
    worker = EmbeddedWorker(runtime)
    worker.start()
    await until(lambda: "outbox" in caplog.messages)
    await worker.stop()


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_a_worker_that_misses_the_word_is_told_to_stop_again(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "TOLD_AGAIN_SECONDS", 0.05)
    heard: list[str] = []

    async def deaf(_worker: Worker) -> None:
        for _ in range(2):
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                heard.append("stop")
        await asyncio.Event().wait()

    monkeypatch.setattr(Worker, "async_run", deaf)
    worker = EmbeddedWorker(runtime, ["quick"])
    worker.start()
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await worker.stop()
    assert heard == ["stop", "stop"]


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_no_job_outlives_the_worker(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[str] = []
    began = asyncio.Event()

    async def slow(name: str, seconds: float) -> None:
        try:
            began.set()
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(seconds)
            ended.append(name)

    async def with_jobs(worker: Worker) -> None:
        worker.tasks = {
            name: asyncio.create_task(slow(name, seconds))
            for name, seconds in (("short", 0.0), ("long", 0.1))
        }
        await asyncio.Event().wait()

    monkeypatch.setattr(Worker, "async_run", with_jobs)
    worker = EmbeddedWorker(runtime, ["quick"])
    worker.start()
    await began.wait()
    await worker.stop()
    assert ended == ["short", "long"]


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_a_worker_that_fails_is_started_again(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Worker] = []
    make = workers.make_worker

    def failing_first(given: Runtime, pool: ArqRedis | None, queue: str) -> Worker:
        worker = make(given, pool, queue)
        made.append(worker)
        if len(made) == 1:

            async def fails() -> None:
                raise ConnectionError("Redis went away")

            monkeypatch.setattr(worker, "async_run", fails)
        return worker

    monkeypatch.setattr(workers, "make_worker", failing_first)
    worker = EmbeddedWorker(runtime, ["quick"])
    worker.start()
    await until(lambda: len(made) == 2)
    await worker.stop()


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_a_worker_process_beats_over_redis_and_ends_in_order(
    shared_settings: Settings, tmp_path: Path
) -> None:
    log = tmp_path / "worker.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: ASYNC220
            [sys.executable, "-m", "app.cli", "worker", "--queue", "quick", "--queue", "long"],
            cwd=ROOT,
            env=process_environment(shared_settings),
            stdout=output,
            stderr=output,
        )
    try:
        await until(lambda: '"outbox"' in log.read_text(), seconds=30)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 15) == 0
    finally:
        process.kill()
    assert "Traceback" not in log.read_text()

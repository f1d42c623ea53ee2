"""The worker: arq over Redis in a process of its own, or over an in-process Redis when embedded.

The queue is only the bell: what must happen is a row in the database first, so a lost or
doubled job loses and doubles nothing.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, cast

import arq.worker
from arq import cron, func
from arq.connections import ArqRedis, RedisSettings
from arq.cron import CronJob
from arq.worker import Worker
from fakeredis import FakeAsyncRedis
from redis.exceptions import RedisError

from app.config import Settings
from app.runtime import Runtime, close_runtime, make_runtime
from app.services.outbox import BELL
from app.workers.dividend_jobs import work_dividend_jobs
from app.workers.late_fines import charge_late_fines
from app.workers.missed_savings import charge_missed_savings
from app.workers.outbox import QUEUES, QUICK, look_at_outbox
from app.workers.papers import make_papers, remove_old_papers
from app.workers.push import push_notices
from app.workers.reminders import write_reminders
from app.workers.topics import work_long, work_quick
from app.workers.uploads import remove_expired_uploads

SECONDS = {0, 15, 30, 45}
OFTEN = set(range(0, 60, 5))
JOB_TIMEOUT = 120
NIGHT_TIMEOUT = 3600
LONGEST_WAIT = 30.0
TOLD_AGAIN_SECONDS = 25.0
"""Longer than a job waits for its answers (workers/outbox.py)."""
log = logging.getLogger(__name__)


class InProcessRedis(FakeAsyncRedis, ArqRedis):  # type: ignore[misc]
    """arq's queue without a server, for the embedded mode."""


def make_worker(runtime: Runtime, pool: ArqRedis | None, queue: str) -> Worker:
    """A worker of the job families of one queue. With `pool` None it connects to
    settings.redis_url."""
    redis_url = runtime.settings.redis_url
    work = work_quick if queue == QUICK else work_long
    return Worker(
        functions=[func(work, name=BELL, keep_result=0, timeout=JOB_TIMEOUT, max_tries=1)],
        queue_name=queue_name(queue),
        cron_jobs=_quick_jobs() if queue == QUICK else _long_jobs(),
        redis_settings=RedisSettings.from_dsn(redis_url) if redis_url else None,
        redis_pool=pool,
        ctx={"runtime": runtime},
        job_timeout=JOB_TIMEOUT,
        # Signals are ours to handle: arq would end the supervision along with the worker.
        handle_signals=False,
        timezone=cast(Any, runtime.settings.timezone),
    )


def queue_name(queue: str) -> str:
    """arq's key of a queue."""
    return f"arq:{queue}"


def _quick_jobs() -> list[CronJob]:
    """What someone waits for: it never stands behind a long job."""
    return [
        cron(look_at_outbox, second=SECONDS, run_at_startup=True, timeout=JOB_TIMEOUT),
        cron(work_quick, second=OFTEN, run_at_startup=True, timeout=JOB_TIMEOUT),
        cron(push_notices, second=OFTEN, run_at_startup=True, timeout=JOB_TIMEOUT),
    ]


def _long_jobs() -> list[CronJob]:
    return [
        # Whoever asked sees it begin soon, and what a killed worker left goes on.
        cron(work_dividend_jobs, second=OFTEN, run_at_startup=True, timeout=NIGHT_TIMEOUT),
        cron(work_long, second=OFTEN, run_at_startup=True, timeout=NIGHT_TIMEOUT),
        cron(make_papers, second=OFTEN, run_at_startup=True, timeout=NIGHT_TIMEOUT),
        cron(charge_late_fines, hour=0, minute=30, timeout=NIGHT_TIMEOUT),
        cron(charge_missed_savings, hour=0, minute=45, timeout=NIGHT_TIMEOUT),
        # Often enough that a morning without a worker is made good on the same day.
        cron(write_reminders, hour={7, 9, 12, 15, 18}, minute=5, timeout=NIGHT_TIMEOUT),
        cron(remove_expired_uploads, minute=17, timeout=NIGHT_TIMEOUT),
        cron(remove_old_papers, minute=37, timeout=NIGHT_TIMEOUT),
    ]


async def run_worker(settings: Settings, queues: Sequence[str] = QUEUES) -> None:
    """Works on these queues until the process is told to stop."""
    runtime = make_runtime(settings)
    await runtime.events.start()
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    kind = EmbeddedWorker if settings.redis_url is None else QueueWorker
    worker = kind(runtime, queues)
    worker.start()
    await stop.wait()
    await worker.stop()
    await close_runtime(runtime)


class QueueWorker:
    """Workers as supervised tasks, one a queue: a lost Redis ends arq's loop, and it is started
    again."""

    def __init__(self, runtime: Runtime, queues: Sequence[str] = QUEUES) -> None:
        self._runtime = runtime
        self._queues = tuple(queues)
        self._tasks: set[asyncio.Task[None]] = set()
        self._workers: dict[str, Worker] = {}
        self._unsubscribe: Callable[[], None] | None = None
        self._stopping = False

    def start(self) -> None:
        self._stopping = False
        self._tasks = {asyncio.create_task(self._supervise(queue)) for queue in self._queues}
        self._unsubscribe = self._runtime.events.on(BELL, self._rung)

    async def stop(self) -> None:
        """Comes back once the workers have ended, however often they have to be told."""
        self._stopping = True
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        while self._tasks:
            # Again and again: a cancellation that meets the end of a `wait_for` is lost
            # (Python below 3.12), and nobody would be told to stop a second time.
            for task in self._tasks:
                task.cancel()
            _, self._tasks = await asyncio.wait(self._tasks, timeout=TOLD_AGAIN_SECONDS)

    def pool(self) -> ArqRedis | None:
        """The queue; None where arq connects to the one of the settings."""
        return None

    async def _rung(self, _payload: Any) -> None:
        """A job of each queue, under a name of which the queue holds one: every worker hears the
        bell, and one of them looks. While Redis is away the bell is lost, which does no harm."""
        for queue, worker in list(self._workers.items()):
            with suppress(RedisError, OSError, TimeoutError):
                name = queue_name(queue)
                if worker._pool is not None:
                    await worker.pool.enqueue_job(BELL, _job_id=f"bell:{queue}", _queue_name=name)

    async def _supervise(self, queue: str) -> None:
        wait = 1.0
        while not self._stopping:
            started = asyncio.get_running_loop().time()
            worker = make_worker(self._runtime, self.pool(), queue)
            self._workers[queue] = worker
            try:
                await worker.async_run()
            except Exception:
                log.exception("the worker stopped; it starts again", extra={"queue": queue})
            finally:
                self._workers.pop(queue, None)
                await _end(worker)
            lived = asyncio.get_running_loop().time() - started
            wait = 1.0 if lived > LONGEST_WAIT else min(wait * 2, LONGEST_WAIT)
            await asyncio.sleep(wait)


async def _end(worker: Worker) -> None:
    """Closes the worker after its last job: arq's own `close` leaves at the first that is
    cancelled, and the others would go on, on a database that is being closed."""
    jobs = list(worker.tasks.values())
    for task in (worker.main_task, *jobs):
        if task is not None:
            task.cancel()
    await asyncio.gather(*jobs, return_exceptions=True)
    worker.tasks.clear()
    with suppress(Exception):
        await worker.close()


class EmbeddedWorker(QueueWorker):
    """The worker inside the server process, on a queue in memory, where there is no Redis."""

    def start(self) -> None:
        # fakeredis has no INFO, which arq logs at its start.
        vars(arq.worker)["log_redis_info"] = _nothing_to_log
        super().start()

    def pool(self) -> ArqRedis | None:
        return InProcessRedis()


async def _nothing_to_log(_pool: Any, _log: Any) -> None:
    return None

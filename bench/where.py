"""Processor time of a batch, part by part, without the noise of who waits for whom."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from graphql import parse
from sqlalchemy import text

from app.auth.actor import Actor
from app.graphql.flat import batch_data, compile_plain
from app.models import Role
from app.resolvers.root import build_schema
from app.runtime import Runtime, close_runtime, make_runtime
from app.schema.coercion import OperationReader
from app.services import sync
from app.services.operations.apply import apply_operations, normal_form
from app.services.operations.types import Operation
from bench import product
from bench.world import World

SIZE = 1000
ROUNDS = 10


def where_the_time_goes(world: World) -> str:
    """A table of microseconds of processor time for one operation of a batch of 1,000."""
    return asyncio.run(_measure(world))


async def _measure(world: World) -> str:
    runtime = make_runtime(world.settings)
    await runtime.events.start()
    try:
        return await _parts(world, runtime)
    finally:
        await close_runtime(runtime)


async def _parts(world: World, runtime: Runtime) -> str:
    officer = world.officers[0]
    actor = Actor(officer.id, Role.FIELD_OFFICER)
    schema = build_schema()._schema
    kind: Any = schema.type_map["SyncOperationInput"]
    reader = OperationReader(kind)
    bodies = [
        orjson.dumps([{"recordContribution": product.contribution(officer)} for _ in range(SIZE)])
        for _ in range(ROUNDS)
    ]
    raw = [orjson.loads(body) for body in bodies]
    read = [[reader.read(item) for item in batch] for batch in raw]
    typed: list[list[Operation]] = [
        [
            item
            for item in (sync.read_operation(actor, one) for one in batch)
            if isinstance(item, Operation)
        ]
        for batch in read
    ]
    times: dict[str, float] = {}
    times["parse the JSON"] = _clock(lambda: [orjson.loads(body) for body in bodies])
    times["coerce against the schema"] = _clock(
        lambda: [[reader.read(item) for item in batch] for batch in raw]
    )
    times["normalise"] = _clock(
        lambda: [[sync.read_operation(actor, one) for one in batch] for batch in read]
    )
    times["hash the payload (idempotency; part of the next)"] = _clock(
        lambda: [[runtime.keys.payload_hash(normal_form(one)) for one in batch] for batch in typed]
    )
    async with runtime.db.reading() as session:
        process = int((await session.execute(text("SELECT pg_backend_pid()"))).scalar_one())
    outcomes = []
    before, started = _server_time(process), time.process_time()
    for batch in typed:
        outcomes.append(await apply_operations(runtime, batch))
    times["load, judge, chain, encode, save"] = time.process_time() - started
    times["PostgreSQL"] = _server_time(process) - before
    plan = compile_plain(_document())
    times["project and encode the answer"] = _clock(
        lambda: [
            orjson.dumps(batch_data(plan, sent, found), default=str)
            for sent, found in zip(read, outcomes, strict=True)
        ]
    )
    lines = ["| part of a syncBatch of 1,000 | µs of processor time an operation |", "|---|---:|"]
    lines += [f"| {name} | {spent / SIZE / ROUNDS * 1e6:.0f} |" for name, spent in times.items()]
    return "\n".join(lines)


def _document() -> Any:

    return parse(product.SYNC)


def _clock(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _server_time(process: int) -> float:
    """Seconds of processor time that PostgreSQL's process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

"""The same work in plain SQL on the same PostgreSQL (bench/limit, from the team's yardsticks)."""

from __future__ import annotations

import asyncio
import random
import re
import subprocess
import time
import uuid
from datetime import date
from typing import Any

import asyncpg

from bench.world import LIMIT, World
from tests.support.postgresql import binaries


def pgbench(world: World, script: str, seconds: int, connections: int = 100) -> float:
    """Transactions a second of a script of bench/limit."""
    command = [
        str(binaries() / "pgbench"), "-n", "-M", "prepared", "-j", "2", "-c", str(connections),
        "-T", str(seconds), "-f", str(LIMIT / script), world.postgresql.url("yardstick"),
    ]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if not found:
        raise RuntimeError(done.stdout + done.stderr)
    return float(found[1])


def fair(world: World, size: int, batches: int, connections: int = 2) -> float:
    """Operations a second of limit/fair.sql: the product's guarantees in one SQL procedure."""
    return asyncio.run(_fair(world, size, batches, connections))


async def _fair(world: World, size: int, batches: int, connections: int) -> float:
    url = world.postgresql.url("yardstick")
    clients = [
        await asyncpg.connect(url, server_settings={"search_path": "fair,public"})
        for _ in range(connections)
    ]
    work = [
        [await _arguments(client, officer, size) for _ in range(batches)]
        for officer, client in enumerate(clients)
    ]
    before = await clients[0].fetchval("SELECT count(*) FROM contribution")
    started = time.perf_counter()
    await asyncio.gather(
        *(_call(client, calls) for client, calls in zip(clients, work, strict=True))
    )
    seconds = time.perf_counter() - started
    written = await clients[0].fetchval("SELECT count(*) FROM contribution") - before
    if written != size * batches * connections:
        raise RuntimeError(f"fair.sql wrote {written} contributions")
    for client in clients:
        await client.close()
    return float(written / seconds)


async def _arguments(client: Any, officer: int, size: int) -> list[Any]:
    actor = await client.fetchval("SELECT md5($1)::uuid", f"o{officer}")
    members = [
        row[0]
        for row in await client.fetch(
            "SELECT m.id FROM members m JOIN assignment s ON s.group_id = m.group_id "
            "WHERE s.user_id = $1",
            actor,
        )
    ]
    ids = [[uuid.uuid4() for _ in range(size)] for _ in range(3)]
    return [
        actor,
        ids[0],
        random.choices(members, k=size),
        [random.randrange(1, 100_000) for _ in range(size)],
        [date(2026, 11, 22)] * size,
        ids[1],
        ids[2],
        [random.randbytes(32) for _ in range(size)],
    ]


async def _call(client: Any, calls: list[list[Any]]) -> None:
    for arguments in calls:
        await client.execute("CALL apply($1, $2, $3, $4, $5, $6, $7, $8)", *arguments)

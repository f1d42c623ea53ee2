"""A page of members with their savings, as the SQL that must run at the least."""

from __future__ import annotations

import asyncio
import random
import time

import asyncpg

from bench.world import World

STATEMENTS = (
    "SELECT m.* FROM member m WHERE m.group_id = $1 ORDER BY m.name_key, m.id LIMIT 51",
    "SELECT b.* FROM account_balance b JOIN member m ON m.id = b.owner_id WHERE m.group_id = $1",
    "SELECT c.member_id, c.contribution_date, sum(c.amount) FROM contribution c "
    "JOIN member m ON m.id = c.member_id WHERE m.group_id = $1 "
    "AND c.contribution_type = 'REGULAR' GROUP BY 1, 2",
    "SELECT count(*) FROM member WHERE group_id = $1",
)


def plain_sql(world: World, count: int, connections: int = 8) -> float:
    """Pages a second: the four queries of a page, rows fetched, nothing done with them."""
    return asyncio.run(_run(world, count, connections))


async def _run(world: World, count: int, connections: int) -> float:
    url = world.postgresql.url("product")
    groups = iter([random.choice(world.officers[0].groups) for _ in range(count)])
    clients = [await asyncpg.connect(url) for _ in range(connections)]

    async def work(client: asyncpg.Connection) -> None:
        for group in groups:
            for statement in STATEMENTS:
                await client.fetch(statement, group)

    started = time.perf_counter()
    await asyncio.gather(*(work(client) for client in clients))
    seconds = time.perf_counter() - started
    for client in clients:
        await client.close()
    return count / seconds

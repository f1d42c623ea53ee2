"""Big books to measure on, in a database of their own that no server looks at."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import UUID

import asyncpg

from app import clock
from app.config import Settings
from app.runtime import Runtime, make_runtime
from tests.support.databases import migrate
from tests.support.postgresql import PostgreSQL
from tests.support.settings import settings_for

FEDERATION = 10_000
FEW, MANY = 10_000, 1_000_000
"""Postings of the small and of the large group."""
COUNTY = "Turkana"
SQL = Path(__file__).parent / "limit"


class BigBooks:
    """Made on construction, in about a minute."""

    def __init__(self, postgresql: PostgreSQL, folder: Path) -> None:
        self.url = postgresql.url("big")
        self._server = postgresql
        self.settings: Settings = settings_for(self.url, folder / "big")
        self.year = clock.today(self.settings.timezone).year - 1
        self.groups: dict[int, UUID] = {}
        asyncio.run(self._prepare())

    def runtime(self) -> Runtime:
        return make_runtime(self.settings)

    async def _prepare(self) -> None:
        server = await asyncpg.connect(self._server.url("postgres"))
        await server.execute("CREATE DATABASE big")
        await server.close()
        await migrate(self.settings)
        client = await asyncpg.connect(self.url)
        # Nothing here has to survive a power cut while it is being made.
        await client.execute("SET synchronous_commit = off")
        await client.execute((SQL / "big.sql").read_text())
        for number, postings in enumerate((FEW, MANY), 1):
            group = await client.fetchval("SELECT new_group($1, 'Nairobi')", number)
            self.groups[postings] = UUID(str(group))
            await client.execute("SELECT fill_ledger($1, $2)", group, postings // 2)
        await client.execute("SELECT fill_federation($1, $2)", FEDERATION, self.year)
        await client.execute("SELECT fill_totals()")
        await client.execute("VACUUM ANALYZE")
        await client.execute("CHECKPOINT")
        await client.close()

"""Dividends of a group of 30, and of a federation: the product beside one SQL statement that
makes the same rows (figures, largest remainder, run and shares)."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from app.auth.actor import Actor
from app.models import DividendAction, Role
from app.models.base import new_id
from app.runtime import Runtime, close_runtime
from app.services import dividend_jobs
from app.services.dividend_work import work_off
from app.services.operations.apply import apply_operations
from app.services.operations.dividends import CalculateDividends
from app.services.operations.types import Operation
from bench.big import COUNTY, FEDERATION, SQL, BigBooks

ADMIN = Actor(new_id(), Role.SYSTEM_ADMIN)
SINGLES = 60
ROUNDS = 3
FEDERATION_ROUNDS = 1
STATEMENT = (SQL / "dividends.sql").read_text()
DIFFERENT = """
SELECT count(*) FROM
  (SELECT member_id, savings, amount FROM dividend_allocation) AS ours
  FULL JOIN (SELECT member_id, savings, amount FROM plain_allocation) AS theirs
  USING (member_id, savings, amount)
WHERE ours IS NULL OR theirs IS NULL"""


@dataclass(frozen=True)
class Dividends:
    """Groups a second of both sides."""

    what: str
    ours: float
    theirs: float


def measure(big: BigBooks) -> list[Dividends]:
    return asyncio.run(_measure(big))


async def _measure(big: BigBooks) -> list[Dividends]:
    runtime = big.runtime()
    plain = await asyncpg.connect(big.url)
    try:
        rows = await plain.fetch(
            "SELECT id FROM banking_group WHERE county = $1 ORDER BY id", COUNTY
        )
        groups = [UUID(str(row["id"])) for row in rows]
        return [
            await _singles(runtime, plain, big.year, groups[:SINGLES]),
            await _federation(runtime, plain, big.year, groups),
        ]
    finally:
        await plain.close()
        await close_runtime(runtime)


async def _singles(runtime: Runtime, plain: Any, year: int, groups: list[UUID]) -> Dividends:
    """One group after the other, each on its own."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        await _wipe(plain)
        began = time.perf_counter()
        for group in groups:
            await apply_operations(runtime, [Operation(ADMIN, CalculateDividends(group, year))])
        ours.append(len(groups) / (time.perf_counter() - began))
        began = time.perf_counter()
        for group in groups:
            await plain.execute(STATEMENT, [group], *_days(year))
        theirs.append(len(groups) / (time.perf_counter() - began))
        await _same(plain, len(groups))
    return Dividends(
        "dividends of a group of 30", statistics.median(ours), statistics.median(theirs)
    )


async def _federation(runtime: Runtime, plain: Any, year: int, groups: list[UUID]) -> Dividends:
    """All groups by one job, worked off by one worker in chunks, beside one statement."""
    ours, theirs = [], []
    for _ in range(FEDERATION_ROUNDS):
        await _wipe(plain)
        values = {"fiscal_year": year, "county": COUNTY}
        began = time.perf_counter()
        job = await dividend_jobs.ask(runtime, ADMIN, DividendAction.CALCULATE, values)
        await work_off(runtime, job.id)
        ours.append(len(groups) / (time.perf_counter() - began))
        began = time.perf_counter()
        await plain.execute(STATEMENT, groups, *_days(year))
        theirs.append(len(groups) / (time.perf_counter() - began))
        await _same(plain, len(groups))
    return Dividends(
        f"dividends of {FEDERATION:,} groups of 30, as a job",
        statistics.median(ours),
        statistics.median(theirs),
    )


def _days(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


async def _wipe(plain: Any) -> None:
    await plain.execute("TRUNCATE dividend_allocation, dividend_run, plain_allocation, plain_run")


async def _same(plain: Any, groups: int) -> None:
    """Both sides made the same shares, and they sum to what was to be shared out."""
    if await plain.fetchval(DIFFERENT):
        raise RuntimeError("the product and plain SQL share out differently")
    for run, share in (("dividend_run", "dividend_allocation"), ("plain_run", "plain_allocation")):
        found = await plain.fetchrow(
            f"SELECT (SELECT count(*) FROM {run}), "
            f"(SELECT sum(distributable) FROM {run}), (SELECT sum(amount) FROM {share})"
        )
        if found[0] != groups or found[1] != found[2]:
            raise RuntimeError(f"{run}: {found}")

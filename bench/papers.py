"""Whether rendering the passbooks of a group of 30 slows the server's answers."""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from dataclasses import dataclass

from app.auth.actor import Actor
from app.models import Paper, PaperStatus, Role
from app.runtime import close_runtime, make_runtime
from app.services import papers
from bench import product
from bench.world import MEMBERS, World
from tests.support.databases import ROOT
from tests.support.processes import Process
from tests.support.settings import process_environment

REQUESTS = 60
LONGEST = 300.0
MOST = 1.5
"""The median may grow by half: the worker's queries are work, too, on the same two cores."""


@dataclass(frozen=True)
class Rendering:
    """Milliseconds of a page of members, one at a time; seconds of the batch."""

    alone: float
    meanwhile: float
    seconds: float

    @property
    def reached(self) -> bool:
        return self.meanwhile <= self.alone * MOST


def measure(world: World) -> Rendering:
    """The median of a query while a batch is rendered by a worker process, against without."""
    _medians(world)
    worker = Process(
        [sys.executable, "-m", "app.cli", "worker"],
        world.folder / "logs" / "worker.log",
        env=process_environment(world.settings),
        cwd=ROOT,
    )
    try:
        # The idle worker belongs to both sides; it is up before the first of them.
        time.sleep(5)
        alone = statistics.median(_medians(world) for _ in range(5))
        began = time.perf_counter()
        paper_id = asyncio.run(_ask(world))
        medians: list[float] = []
        while asyncio.run(_status(world, paper_id)) == PaperStatus.WAITING.value:
            if time.perf_counter() - began > LONGEST:
                raise RuntimeError("the batch was not rendered")
            medians.append(_medians(world))
        seconds = time.perf_counter() - began
        if asyncio.run(_status(world, paper_id)) != PaperStatus.DONE.value:
            raise RuntimeError("the batch could not be rendered")
        return Rendering(alone, statistics.median(medians), seconds)
    finally:
        worker.stop(20)


def _medians(world: World) -> float:
    return product.member_pages(world, REQUESTS, connections=1).percentile(0.5)


async def _ask(world: World) -> object:
    runtime = make_runtime(world.settings)
    officer = world.officers[0]
    actor = Actor(officer.id, Role.FIELD_OFFICER)
    values = {"kind": "PASSBOOK", "subject_id": officer.groups[0], "language": "en"}
    try:
        paper = await papers.ask(runtime, actor, {**values, "whole_group": True, "year": 2026})
        if paper.total != MEMBERS:
            raise RuntimeError(f"{paper.total} passbooks, not {MEMBERS}")
        return paper.id
    finally:
        await close_runtime(runtime)


async def _status(world: World, paper_id: object) -> str:
    runtime = make_runtime(world.settings)
    try:
        async with runtime.db.reading() as session:
            return (await session.get_one(Paper, paper_id)).status
    finally:
        await close_runtime(runtime)

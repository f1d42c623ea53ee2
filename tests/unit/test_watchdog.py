"""The watchdog of hanging tests names the test and what it waits for."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.live.waiting import until
from tests.support.watchdog import findings, watching


async def never_comes() -> None:
    await asyncio.Event().wait()


async def test_what_a_hanging_test_waits_for_is_written(tmp_path: Path) -> None:
    task = asyncio.create_task(never_comes(), name="the one that waits")
    with watching("the test's name", tmp_path, seconds=0.05):
        await until(lambda: "never_comes" in findings(tmp_path), "it is written")
    task.cancel()
    found = findings(tmp_path)
    assert found.startswith("the test's name\n--- thread MainThread\n")
    assert "--- task the one that waits\n" in found
    assert "asyncio/locks.py" in found


async def test_nothing_is_written_of_a_test_that_ends(tmp_path: Path) -> None:
    with watching("quick", tmp_path, seconds=0.05):
        pass
    await asyncio.sleep(0.1)
    assert findings(tmp_path) == ""

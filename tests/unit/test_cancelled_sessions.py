"""A task that is cancelled while it reads leaves nothing behind that waits for ever."""

from __future__ import annotations

import asyncio
import threading

import pytest
from sqlalchemy import text

from app.config import Settings
from app.db import Database

ROUNDS = 12
"""The first hung nearly always."""


async def cancelled_with_its_loop(settings: Settings, turns: int) -> None:
    """Readers that are cancelled now, and again by the loop that ends a few turns later."""
    database = Database(settings)

    async def read() -> None:
        while True:
            async with database.reading() as session:
                await session.execute(text("SELECT 1"))

    readers = [asyncio.create_task(read()) for _ in range(3)]
    await asyncio.sleep(0.002 * turns)
    for reader in readers:
        reader.cancel()
    for _ in range(turns % 6):
        await asyncio.sleep(0)
    await database.close()


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_loop_ends_though_its_readers_are_cancelled_twice(settings: Settings) -> None:
    rounds: list[int] = []

    def play() -> None:
        for number in range(ROUNDS):
            with asyncio.Runner() as runner:
                runner.run(cancelled_with_its_loop(settings, number))
            rounds.append(number)

    thread = threading.Thread(target=play, daemon=True)
    thread.start()
    thread.join(60)
    assert rounds == list(range(ROUNDS))

"""Positions as fast as a measurement needs them, by the server's own way.

A process that takes positions from phones keeps them by `store_pings` and rings the live bus. This
does the same in a loop of its own: a tenth of a second's positions are one transaction. Sent one by
one through HTTP, the senders and the servers shared two cores with the browser that was measured,
and got to 64 a second.
"""

from __future__ import annotations

import asyncio
import threading
import time
from itertools import count
from math import cos, sin

from sqlalchemy.ext.asyncio import AsyncSession

from app import clock
from app.config import Settings
from app.models.base import new_id
from app.runtime import Runtime, close_runtime, make_runtime
from app.services.tracking import Ping, store_pings
from tests.journeys.crowd import Crowd, round_nakuru

TURNS = 10
"""Transactions a second."""


def town_and_country(number: int, step: int) -> tuple[float, float]:
    """Every second officer in one town, the others all over the country."""
    if number % 2:
        return round_nakuru(number, step)
    latitude = 0.2 + 2.5 * sin(number) + 0.001 * step
    longitude = 37.2 + 2.5 * cos(number * 1.7) + 0.001 * step
    return round(latitude, 6), round(longitude, 6)


class Traffic(threading.Thread):
    """Moves `rate` officers of the crowd each second until told to stop."""

    def __init__(self, settings: Settings, crowd: Crowd, rate: int) -> None:
        super().__init__(daemon=True)
        self._settings = settings
        self._crowd = crowd
        self._each = rate // TURNS
        self._over = threading.Event()

    def run(self) -> None:
        asyncio.run(self._drive())

    def end(self) -> None:
        self._over.set()
        self.join()

    async def _drive(self) -> None:
        runtime = make_runtime(self._settings)
        await runtime.events.start()
        try:
            due = time.monotonic()
            for turn in count():
                if self._over.is_set():
                    return
                await self._turn(runtime, turn)
                due += 1 / TURNS
                await asyncio.sleep(max(0.0, due - time.monotonic()))
        finally:
            await close_runtime(runtime)

    async def _turn(self, runtime: Runtime, turn: int) -> None:
        officers = self._crowd.officers
        first = turn * self._each % len(officers)
        step = turn * self._each // len(officers) + 1
        pings = [self._ping(number, step) for number in range(first, first + self._each)]

        async def work(session: AsyncSession) -> None:
            await store_pings(session, runtime, pings)

        await runtime.db.transact(work)

    def _ping(self, number: int, step: int) -> Ping:
        latitude, longitude = self._crowd.place(number, step)
        return Ping(
            id=new_id(),
            officer_id=self._crowd.officers[number].user_id,
            latitude=latitude,
            longitude=longitude,
            accuracy=12.0,
            activity_type="TRAVEL",
            member_id=None,
            battery_level=64,
            recorded_at=clock.now(),
        )

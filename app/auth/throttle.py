"""Counts tries (to sign in, to check a receipt), in Redis when there is one so that every
process counts alike."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from dataclasses import dataclass

from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.errors import TooManyRequests

WINDOW = 900
MOST_KEYS = 20_000
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `tries` for `key` in a window of WINDOW seconds."""

    key: str
    tries: int


class Throttle:
    """A try counts before it is judged, so that many at once cannot slip through together."""

    def __init__(self, redis_url: str | None) -> None:
        self._redis: Redis | None = (
            Redis.from_url(redis_url, socket_timeout=1, socket_connect_timeout=1)
            if redis_url
            else None
        )
        self._local: OrderedDict[str, tuple[int, float]] = OrderedDict()

    async def count(self, limits: list[Limit], what: str = "to sign in") -> None:
        """Counts one try for each; TooManyRequests when any has had enough."""
        counts = await self._increase([limit.key for limit in limits])
        if any(count > limit.tries for count, limit in zip(counts, limits, strict=True)):
            raise TooManyRequests(
                f"There were too many tries {what}. Wait a quarter of an hour, then try again."
            )

    async def forgive(self, cleared: str, lessened: str) -> None:
        """After a success: no tries left against the one, one try less against the other."""
        if self._redis is not None:
            try:
                async with self._redis.pipeline(transaction=False) as pipe:
                    pipe.delete(_name(cleared))
                    pipe.decr(_name(lessened))
                    pipe.expire(_name(lessened), WINDOW)
                    await pipe.execute()
            except (RedisError, OSError):
                log.warning("the sign-in throttle cannot reach Redis")
        self._local.pop(cleared, None)
        if lessened in self._local:
            count, until = self._local[lessened]
            self._local[lessened] = (count - 1, until)

    async def ping(self) -> None:
        """Raises when there is a Redis and it does not answer."""
        if self._redis is not None:
            await self._redis.ping()

    async def close(self) -> None:
        if self._redis is not None:
            await self._redis.aclose()

    async def _increase(self, keys: list[str]) -> list[int]:
        if self._redis is not None:
            try:
                async with self._redis.pipeline(transaction=False) as pipe:
                    for key in keys:
                        pipe.incr(_name(key))
                        pipe.expire(_name(key), WINDOW, nx=True)
                    return [int(count) for count in (await pipe.execute())[::2]]
            except (RedisError, OSError):
                # Counting in this process alone is weaker, but nobody is locked out by it.
                log.warning("the sign-in throttle cannot reach Redis; counting in process")
        return [self._increase_local(key) for key in keys]

    def _increase_local(self, key: str) -> int:
        now = time.monotonic()
        count, until = self._local.pop(key, (0, 0.0))
        if until <= now:
            count, until = 0, now + WINDOW
        self._local[key] = (count + 1, until)
        while len(self._local) > MOST_KEYS:
            self._local.popitem(last=False)
        return count + 1


def _name(key: str) -> str:
    return f"tablebanking:throttle:{key}"

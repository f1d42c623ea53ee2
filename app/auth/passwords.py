"""Passwords: argon2id, which costs about 150 ms, in threads so that the loop goes on.

Few threads and a short queue: a flood of sign-ins waits or is turned away and does not take
the processor from the officers who are already working.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import BadInput, TooManyRequests

T = TypeVar("T")

SHORTEST = 10
LONGEST = 128
THREADS = 2
QUEUE = 40


def check_new_password(password: str) -> str:
    """The password; BAD_INPUT when it is too short, too long, or one letter repeated."""
    if len(password) < SHORTEST:
        raise BadInput(f"Use at least {SHORTEST} characters.", field="password")
    if len(password) > LONGEST:
        raise BadInput(f"Use at most {LONGEST} characters.", field="password")
    if len(set(password)) < 4:
        raise BadInput("Use more than a few different characters.", field="password")
    return password


class Passwords:
    """Hashes and checks passwords. `cheap` is for tests, which make users by the hundred."""

    def __init__(self, *, cheap: bool = False) -> None:
        self._hasher = (
            PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
            if cheap
            else PasswordHasher(time_cost=3, memory_cost=65536, parallelism=1)
        )
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="passwords")
        self._waiting = 0
        self._decoy = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        return await self._in_thread(lambda: self._hasher.hash(password))

    async def verify(self, stored: str | None, password: str) -> bool:
        """Whether the password fits; without a stored hash it takes as long and is False."""
        fits = await self._in_thread(lambda: self._fits(stored or self._decoy, password))
        return fits and stored is not None

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _fits(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False

    async def _in_thread(self, work: Callable[[], T]) -> T:
        if self._waiting >= QUEUE:
            raise TooManyRequests("Many people are signing in. Try again in a moment.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1

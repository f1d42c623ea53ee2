"""Engine, sessions and the unit of work: the only place that commits.

One command is one transaction. Services never commit; what must leave after the commit
(events, the bell of the queue) is handed to `after_commit` and dropped on rollback.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from asyncpg import PostgresError
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from app.config import Settings

T = TypeVar("T")
Hook = Callable[[], Awaitable[None]]

RETRIES = 5
RETRYABLE_SQLSTATES = frozenset({"40001", "40P01"})
LOCK_TIMEOUT = "15s"
"""Nobody waits longer for a group's lock; a phone sends its batch again."""
READ_ONLY = "tablebanking_read_only"
log = logging.getLogger(__name__)


class UniqueClash(Exception):
    """An id or a unique value was in flight in another transaction: judge everything anew."""


def make_engine(settings: Settings) -> AsyncEngine:
    """The engine for `settings.database_url`; SQLite gets WAL and enforced foreign keys."""
    if settings.is_sqlite:
        engine = create_async_engine(
            settings.database_url, hide_parameters=True, connect_args={"timeout": 30}
        )
        _prepare_sqlite(engine)
        return engine
    return create_async_engine(
        settings.database_url,
        pool_size=settings.database_pool_size,
        max_overflow=settings.database_pool_size,
        hide_parameters=True,
        pool_recycle=1800,
        connect_args={"server_settings": {"timezone": "UTC", "jit": "off"}},
    )


def _prepare_sqlite(engine: AsyncEngine) -> None:
    # SQLAlchemy ends the connection of a cancelled task by `terminate`, beside which its `close`
    # goes on in a task of its own. When the first is cancelled once more, as by a loop that ends,
    # it stops the driver's thread, and the second waits for that thread for ever. A plain close
    # is enough: the database is in this process.
    dialect: Any = engine.sync_engine.dialect
    dialect.do_terminate = dialect.do_close
    dialect.has_terminate = False

    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        # recursive_triggers: otherwise INSERT OR REPLACE slips past the DELETE triggers.
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "busy_timeout=30000",
            "recursive_triggers=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        read_only = connection.get_execution_options().get(READ_ONLY, False)
        # A writer takes the lock at once, or two of them fail when both upgrade.
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


class Database:
    """One process's way to the database."""

    def __init__(self, settings: Settings) -> None:
        self.engine = make_engine(settings)
        self.is_postgresql = self.engine.dialect.name == "postgresql"
        self._reading = self.engine.execution_options(**{READ_ONLY: True})

    async def close(self) -> None:
        await self.engine.dispose()

    async def ping(self) -> None:
        """Raises when the database does not answer."""
        async with self.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A short session that only reads; every query resolver opens its own."""
        async with AsyncSession(self._reading, expire_on_commit=False, autoflush=False) as session:
            yield session

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncSession]:
        """A reading session in which all queries see the same instant."""
        async with self.reading() as session:
            if self.is_postgresql:
                await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session

    async def transact(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Runs `work` in one transaction and commits it; then runs its after-commit hooks.

        A deadlock, a serialisation failure or a UniqueClash rolls back and runs `work` again,
        so `work` must keep no state of its own between runs.
        """
        for attempt in range(1, RETRIES + 1):
            try:
                async with AsyncSession(
                    self.engine, expire_on_commit=False, autoflush=False
                ) as session:
                    async with session.begin():
                        result = await work(session)
                    hooks: list[Hook] = session.info.get("after_commit", [])
            except (UniqueClash, DBAPIError, PostgresError) as error:
                if attempt == RETRIES or not _worth_another_try(error):
                    raise
                await asyncio.sleep(random.uniform(0, 0.02 * 2**attempt))
                continue
            for hook in hooks:
                try:
                    await hook()
                except Exception:
                    # The books are committed; a lost bell is caught up by whoever looks next.
                    log.exception("after-commit hook failed")
            return result
        raise AssertionError("unreachable")


async def driver_of(session: AsyncSession) -> Any:
    """asyncpg's own connection, inside the session's transaction (PostgreSQL only).

    SQLAlchemy begins the transaction with its first own statement: without one, whatever the
    driver is given would commit by itself, and locks would hold nothing.
    """
    connection = await session.connection()
    driver: Any = (await connection.get_raw_connection()).driver_connection
    if not driver.is_in_transaction():
        await connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
        if not driver.is_in_transaction():
            raise RuntimeError("No transaction was begun: nothing must be written.")
    return driver


def after_commit(session: AsyncSession, hook: Hook) -> None:
    """Runs `hook` once the session's transaction has committed, never when it rolls back."""
    session.info.setdefault("after_commit", []).append(hook)


def is_unique_violation(error: DBAPIError) -> bool:
    """Whether a unique or primary key was already taken."""
    if getattr(error.orig, "sqlstate", None) == "23505":
        return True
    return isinstance(error, IntegrityError) and "UNIQUE constraint failed" in str(error.orig)


def _worth_another_try(error: Exception) -> bool:
    if isinstance(error, UniqueClash):
        return True
    # Where the driver was used directly, its own errors come bare.
    cause = getattr(error, "orig", error)
    state = getattr(cause, "sqlstate", None)
    return state in RETRYABLE_SQLSTATES or "database is locked" in str(cause)

"""A fault of ours with one operation must not fail its neighbours.

The rules refuse what they foresee. What they do not (a value that the database will not take,
a bug) fails the whole transaction; then the list is halved until the culprit stands alone.
The order is kept. After an outage nothing is tried again here: it may have been committed.
"""

from __future__ import annotations

from collections.abc import Sequence

from asyncpg import (
    DeadlockDetectedError,
    LockNotAvailableError,
    PostgresConnectionError,
    SerializationError,
)
from sqlalchemy.exc import InterfaceError, OperationalError

from app.runtime import Runtime
from app.services.operations.apply import apply_operations
from app.services.operations.types import Operation, Outcome

NOBODYS_FAULT = (
    OperationalError,
    InterfaceError,
    PostgresConnectionError,
    LockNotAvailableError,
    DeadlockDetectedError,
    SerializationError,
    OSError,
    TimeoutError,
)
"""The database is away or busy: no operation is to blame, and all may be sent again."""


async def apply_isolated(
    runtime: Runtime, operations: Sequence[Operation]
) -> list[Outcome | Exception]:
    """As `apply_operations`; an operation that breaks has its exception as its result."""
    try:
        return [*await apply_operations(runtime, operations)]
    except NOBODYS_FAULT:
        raise
    except Exception as fault:
        if len(operations) == 1:
            return [fault]
    middle = len(operations) // 2
    return [
        *await apply_isolated(runtime, operations[:middle]),
        *await apply_isolated(runtime, operations[middle:]),
    ]

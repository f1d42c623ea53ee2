"""syncBatch: a phone's list of operations, each with its own result."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

import anyio.to_thread

from app.auth.actor import Actor
from app.auth.permissions import may
from app.errors import BadInput, DomainError, Forbidden, NotAvailable
from app.runtime import Runtime
from app.services.operations import parse
from app.services.operations.isolate import apply_isolated
from app.services.operations.kinds import BY_NAME
from app.services.operations.types import Operation, Outcome, rejected

MAX_OPERATIONS = 1000
log = logging.getLogger(__name__)


class Sent(Protocol):
    """An operation as it was read from the request, or why it could not be read."""

    @property
    def offline_sync_id(self) -> UUID: ...
    @property
    def kind(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Any] | None: ...
    @property
    def error(self) -> BadInput | None: ...


async def sync_batch(runtime: Runtime, actor: Actor, sent: Sequence[Sent]) -> list[Outcome]:
    """One outcome for each operation, in their order.

    BAD_INPUT for more than 1,000. What cannot be read is REJECTED alone; the rest goes
    through the one way in, in one transaction.
    """
    if len(sent) > MAX_OPERATIONS:
        raise BadInput(f"At most {MAX_OPERATIONS} operations at a time.", field="operations")
    read: list[Operation | DomainError] = []
    for item in sent:
        if item.values is not None and parse.has_images(item.values):
            read.append(await anyio.to_thread.run_sync(read_operation, actor, item))
        else:
            read.append(read_operation(actor, item))
    operations = [item for item in read if isinstance(item, Operation)]
    outcomes = iter(await apply_isolated(runtime, operations) if operations else [])
    return [
        _settled(next(outcomes)) if isinstance(item, Operation) else rejected(item) for item in read
    ]


def _settled(outcome: Outcome | Exception) -> Outcome:
    """A fault of ours becomes the result of its own operation: the phone keeps it, and says so."""
    if isinstance(outcome, Outcome):
        return outcome
    log.error("an operation failed", exc_info=outcome)
    return rejected(
        DomainError("Something went wrong on our side with this one. It was not applied.")
    )


def read_operation(actor: Actor, item: Sent) -> Operation | DomainError:
    if item.error is not None or item.values is None:
        return item.error or BadInput("The operation is empty.", field="operations")
    kind = BY_NAME.get(item.kind)
    if kind is None or not kind.synced:
        return NotAvailable(item.kind)
    if not may(actor, kind.verb):
        # Before the input is looked at, and before pictures are decoded for nothing.
        return Forbidden()
    try:
        return Operation(actor, kind.parse(item.values), item.offline_sync_id, synced=True)
    except DomainError as error:
        return error

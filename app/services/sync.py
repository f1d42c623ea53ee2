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
from app.services.operations.sheets import fold, unfold
from app.services.operations.types import Operation, Outcome, rejected

MAX_OPERATIONS = 1000
MAX_UNFOLDED = 5000
"""With the lines of collection sheets."""
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
    units = [unfold(item) if isinstance(item, Operation) else [item] for item in read]
    found = await apply_units(runtime, units)
    return [
        fold(item, outcomes) if isinstance(item, Operation) else outcomes[0]
        for item, outcomes in zip(read, found, strict=True)
    ]


async def apply_units(
    runtime: Runtime, units: Sequence[Sequence[Operation | DomainError]]
) -> list[list[Outcome]]:
    """The outcomes of every operation, in one transaction; BAD_INPUT for more than 5,000.

    What was refused already keeps its place.
    """
    operations = [one for unit in units for one in unit if isinstance(one, Operation)]
    if len(operations) > MAX_UNFOLDED:
        raise BadInput(
            f"At most {MAX_UNFOLDED} operations and lines of sheets at a time.", field="operations"
        )
    outcomes = iter(await apply_isolated(runtime, operations) if operations else [])
    return [
        [_settled(next(outcomes)) if isinstance(one, Operation) else rejected(one) for one in unit]
        for unit in units
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

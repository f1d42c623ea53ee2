"""What runs over many groups at night: a part of them at a time, each group for itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from uuid import UUID

from app.auth.actor import Actor
from app.models import Role
from app.runtime import Runtime
from app.services.operations.isolate import apply_isolated
from app.services.operations.types import Body, Operation, Outcome

GROUPS_AT_ONCE = 50
SYSTEM = Actor(UUID(int=0), Role.SYSTEM_ADMIN)
"""Nobody in person: what the system does by the group's own rules."""
log = logging.getLogger(__name__)


async def over_groups(
    runtime: Runtime, groups: Sequence[UUID], body: Callable[[UUID], Body]
) -> int:
    """Applies one operation to each group; the sum of what they count.

    A group that fails is logged and stops none of the others; the next night tries again.
    """
    total = 0
    for begin in range(0, len(groups), GROUPS_AT_ONCE):
        part = groups[begin : begin + GROUPS_AT_ONCE]
        operations = [Operation(SYSTEM, body(group_id)) for group_id in part]
        for operation, outcome in zip(
            operations, await apply_isolated(runtime, operations), strict=True
        ):
            if isinstance(outcome, Outcome):
                total += outcome.entity or 0
            else:
                log.error("%s of a group failed", operation.kind, exc_info=outcome)
    return total

"""Fines for late instalments, every night: each instalment once, however often this runs."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app import clock
from app.auth.actor import Actor
from app.models import Instalment, Role
from app.runtime import Runtime
from app.services.operations.isolate import apply_isolated
from app.services.operations.loan_bodies import ChargeLateFines
from app.services.operations.types import Operation, Outcome

GROUPS_AT_ONCE = 50
SYSTEM = Actor(UUID(int=0), Role.SYSTEM_ADMIN)
"""Nobody in person: what the system does by the group's own rules."""
log = logging.getLogger(__name__)


async def charge_late_fines(ctx: dict[str, Any]) -> int:
    """Fines what is late today in every group; how many instalments were fined now."""
    runtime: Runtime = ctx["runtime"]
    today = clock.today(runtime.settings.timezone)
    statement = (
        select(col(Instalment.group_id))
        .where(
            col(Instalment.settled_on).is_(None),
            col(Instalment.due_date) < today,
        )
        .distinct()
        .order_by(col(Instalment.group_id))
    )
    async with runtime.db.reading() as session:
        groups = list((await session.execute(statement)).scalars())
    charged = 0
    for begin in range(0, len(groups), GROUPS_AT_ONCE):
        part = groups[begin : begin + GROUPS_AT_ONCE]
        operations = [Operation(SYSTEM, ChargeLateFines(group_id)) for group_id in part]
        for outcome in await apply_isolated(runtime, operations):
            if isinstance(outcome, Outcome):
                charged += outcome.entity or 0
            else:
                log.error("late fines of a group failed", exc_info=outcome)
    return charged

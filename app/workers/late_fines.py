"""Fines for late instalments, every night: each instalment once, however often this runs."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app import clock
from app.models import Instalment
from app.runtime import Runtime
from app.services.operations.loan_bodies import ChargeLateFines
from app.workers.nightly import over_groups


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
    return await over_groups(runtime, groups, ChargeLateFines)

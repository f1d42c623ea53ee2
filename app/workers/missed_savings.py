"""Fines for months without the minimum saving, every night: each month once for each group."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select
from sqlmodel import col

from app import clock
from app.models import BankingGroup, FineCharge, SavingCheck
from app.runtime import Runtime
from app.services.loan_schedule import months_after
from app.services.operations.charges import OPEN
from app.services.operations.missed_savings import OLDEST, ChargeMissedSavings
from app.workers.nightly import over_groups


async def charge_missed_savings(ctx: dict[str, Any]) -> int:
    """Judges every group's months that have ended; how many fines were charged now.

    Looked at are the groups whose last month was not judged yet, and those with open fines
    that savings which came in late may take back.
    """
    runtime: Runtime = ctx["runtime"]
    month = months_after(clock.today(runtime.settings.timezone).replace(day=1), -1)
    judged = (
        select(col(SavingCheck.group_id))
        .where(col(SavingCheck.group_id) == col(BankingGroup.id), col(SavingCheck.month) == month)
        .exists()
    )
    fined = select(col(FineCharge.group_id)).where(
        col(FineCharge.month) >= months_after(month, 1 - OLDEST), col(FineCharge.status) == OPEN
    )
    statement = (
        select(col(BankingGroup.id))
        .where(or_(~judged, col(BankingGroup.id).in_(fined)))
        .order_by(col(BankingGroup.id))
    )
    async with runtime.db.reading() as session:
        groups = list((await session.execute(statement)).scalars())
    return await over_groups(runtime, groups, ChargeMissedSavings)

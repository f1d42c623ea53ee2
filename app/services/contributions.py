"""Recording one contribution, and showing again what a repeat made the first time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col

from app.auth.access import reach
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import NotFound
from app.models import BankingGroup, Contribution
from app.runtime import Runtime
from app.services.operations import parse
from app.services.operations.contributions import ContributionRow
from app.services.operations.single import carry_out
from app.services.operations.types import Operation


async def record_contribution(
    runtime: Runtime, actor: Actor, values: Mapping[str, Any]
) -> ContributionRow | Contribution:
    """Posts the contribution that the fields of RecordContributionInput describe.

    Raises the rule's own error; a repeat of an offlineSyncId gives the first one again, to
    those who may still see it.
    """
    demand(actor, "transactions:create")
    operation = Operation(actor, parse.contribution(values), parse.offline_sync_id(values))
    outcome = await carry_out(runtime, operation)
    if isinstance(outcome.entity, ContributionRow):
        return outcome.entity
    return await _earlier(runtime, actor, outcome.entity_id)


async def _earlier(runtime: Runtime, actor: Actor, contribution_id: UUID | None) -> Contribution:
    statement = (
        select(Contribution)
        .join(BankingGroup, col(BankingGroup.id) == col(Contribution.group_id))
        .where(col(Contribution.id) == contribution_id, reach(actor))
    )
    async with runtime.db.reading() as session:
        found: Contribution | None = (await session.execute(statement)).scalar_one_or_none()
    if found is None:
        raise NotFound("There is no such member.", field="memberId")
    return found

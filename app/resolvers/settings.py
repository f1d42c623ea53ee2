"""A group's settings."""

from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.groups import BankingGroup
from app.schema.scalars import Money, Percent
from app.services.settings import update_settings


@strawberry.input(description="What is left out stays as it is.")
class GroupSettingsInput:
    minimum_saving: Money | None = None
    short_term_rate: Percent | None = None
    long_term_rate: Percent | None = None
    project_rate: Percent | None = None
    profit_share: Percent | None = None
    late_fine: Money | None = None
    missed_meeting_fine: Money | None = None
    late_meeting_fine: Money | None = None
    missed_saving_fine: Money | None = None
    grace_days: int | None = None
    early_days: int | None = None
    appreciation_fee: Money | None = None
    appreciation_percent: Percent | None = None
    welfare_limit: Money | None = None
    welfare_months: int | None = None
    welfare_per_year: int | None = None
    quorum_percent: Percent | None = None


@strawberry.type
class SettingsMutation:
    @strawberry.mutation(
        description="Changes a group's terms; administrators only. Rates stay below the "
        "deployment's caps; loans keep the terms they were applied for under."
    )
    async def update_group_settings(
        self, info: Info, group_id: UUID, base_version: int, input: GroupSettingsInput
    ) -> BankingGroup:
        actor = info.context.require()
        changes = {name: value for name, value in vars(input).items() if value is not None}
        return cast(
            Any,
            await update_settings(info.context.runtime, actor, group_id, base_version, changes),
        )

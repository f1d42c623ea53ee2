"""Changing a group's terms. Each change is in the audit log; loans keep the terms they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.auth.access import lock_group
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput, RuleBroken, VersionConflict
from app.models import BankingGroup
from app.money import MAX_CENTS, format_money
from app.runtime import Runtime
from app.services import audit
from app.services.group_settings import GroupTerms, terms_of
from app.services.operations.loans import RATES

WHOLE_PERCENT = 100_00
RANGES: dict[str, tuple[int, int]] = {
    "minimum_saving": (0, MAX_CENTS),
    "short_term_rate": (0, WHOLE_PERCENT),
    "long_term_rate": (0, WHOLE_PERCENT),
    "project_rate": (0, WHOLE_PERCENT),
    "profit_share": (0, WHOLE_PERCENT),
    "late_fine": (0, MAX_CENTS),
    "missed_meeting_fine": (0, MAX_CENTS),
    "late_meeting_fine": (0, MAX_CENTS),
    "missed_saving_fine": (0, MAX_CENTS),
    "grace_days": (0, 90),
    "early_days": (0, 27),
    "appreciation_fee": (0, MAX_CENTS),
    "appreciation_percent": (0, WHOLE_PERCENT),
    "welfare_limit": (0, MAX_CENTS),
    "welfare_months": (0, 120),
    "welfare_per_year": (0, 100),
    "quorum_percent": (0, WHOLE_PERCENT),
}
"""The least and the most of each setting: cents, hundredths of a percent, or a number."""
COUNTED = frozenset({"grace_days", "early_days", "welfare_months", "welfare_per_year"})
"""Settings that are plain numbers, neither cents nor hundredths of a percent."""


def checked_terms(before: GroupTerms, changes: Mapping[str, int], runtime: Runtime) -> GroupTerms:
    """The terms with the changes; BAD_INPUT, ABOVE_CAP or FEE_BOTH names the field."""
    for name, value in changes.items():
        least, most = RANGES[name]
        if not least <= value <= most:
            raise BadInput("The value is out of its range.", field=camel(name))
    for (_, setting), cap in zip(RATES, runtime.settings.rate_caps, strict=True):
        if changes.get(setting, 0) > cap:
            raise RuleBroken(
                f"The rate may be at most {format_money(cap)} %.",
                code="ABOVE_CAP",
                field=camel(setting),
            )
    terms = replace(before, **changes)
    if terms.appreciation_fee and terms.appreciation_percent:
        raise RuleBroken(
            "The fee is flat or a percentage, not both.",
            code="FEE_BOTH",
            field="appreciationPercent",
        )
    return terms


async def update_settings(
    runtime: Runtime, actor: Actor, group_id: UUID, base_version: int, changes: Mapping[str, int]
) -> BankingGroup:
    """The group with its new terms; CONFLICT when it moved on since `base_version`."""
    demand(actor, "groups:manage")

    async def work(session: AsyncSession) -> BankingGroup:
        group = await lock_group(session, actor, group_id)
        if group.version != base_version:
            raise VersionConflict(
                "Somebody else changed the group in the meantime.", {"version": group.version}
            )
        before = terms_of(group.settings)
        checked_terms(before, changes, runtime)
        moved = {name: value for name, value in changes.items() if getattr(before, name) != value}
        for name, value in moved.items():
            audit.record(
                session,
                "settings.changed",
                actor_id=actor.user_id,
                entity_id=group_id,
                group_id=group_id,
                setting=name,
                before=getattr(before, name),
                after=value,
            )
        if moved:
            group.settings = {**group.settings, **moved}
            group.version += 1
            group.change_sequence += 1
            session.add(group)
        return group

    return await runtime.db.transact(work)


def camel(name: str) -> str:
    """The name that a setting has in the API."""
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)

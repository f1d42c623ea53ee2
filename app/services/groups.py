"""Groups: the list, one, and a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.access import reach
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.bulk import insert_rows
from app.db import UniqueClash, is_unique_violation
from app.errors import BadInput, RuleBroken
from app.models import BankingGroup, SearchToken
from app.models.base import new_id
from app.paging import Page, check_first
from app.places import match_place
from app.runtime import Runtime
from app.services import audit, search
from app.services.operations.parse import check_accuracy, clean_text
from app.services.sorting import GroupSort, group_order

DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")


@dataclass(frozen=True)
class NewGroup:
    """A group to be, as it was typed."""

    name: str
    group_code: str
    county: str
    constituency: str
    ward: str
    meeting_day: str
    meeting_venue: str
    id: UUID | None = None
    location: str | None = None
    village: str | None = None
    registration_date: date | None = None
    latitude: float | None = None
    longitude: float | None = None
    accuracy: float | None = None


async def create_group(
    runtime: Runtime, session: AsyncSession, actor: Actor, new: NewGroup
) -> BankingGroup:
    """Adds a group; BAD_INPUT names the field, GROUP_CODE_TAKEN a code in use."""
    demand(actor, "groups:create")
    group = _checked(new, clock.today(runtime.settings.timezone))
    group.created_by = actor.user_id
    taken = await session.execute(
        select(col(BankingGroup.id)).where(
            or_(
                col(BankingGroup.group_code) == group.group_code,
                col(BankingGroup.id) == group.id,
            )
        )
    )
    found = taken.scalars().first()
    if found == group.id:
        raise RuleBroken("This id names another group already.", code="ID_REUSED", field="id")
    if found is not None:
        raise RuleBroken("Another group has this code.", code="GROUP_CODE_TAKEN", field="groupCode")
    session.add(group)
    audit.record(
        session, "group.created", actor_id=actor.user_id, entity_id=group.id, group_id=group.id
    )
    try:
        await session.flush()
    except DBAPIError as error:
        if is_unique_violation(error):
            raise UniqueClash from error
        raise
    await insert_rows(
        session,
        SearchToken,
        ("entity_id", "token", "kind"),
        search.token_rows("group", group.id, group.name, group.group_code),
    )
    return group


def check_day(day: str) -> str:
    """The day of the week in capitals; BAD_INPUT when it is none."""
    found = day.strip().upper()
    if found not in DAYS:
        raise BadInput("A day of the week, Monday to Sunday.", field="meetingDay")
    return found


def check_point(latitude: float, longitude: float) -> None:
    """BAD_INPUT unless it is a place on the globe, in degrees."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise BadInput("No such place on the globe.", field="geo")


def _checked(new: NewGroup, today: date) -> BankingGroup:
    county, constituency, ward = match_place(new.county, new.constituency, new.ward)
    registered = new.registration_date or today
    if registered > today:
        raise BadInput("The date is in the future.", field="registrationDate")
    has_point = new.latitude is not None and new.longitude is not None
    if new.latitude is not None and new.longitude is not None:
        check_point(new.latitude, new.longitude)
    return BankingGroup(
        id=new.id or new_id(),
        name=clean_text(new.name, "name", 255),
        group_code=clean_text(new.group_code, "groupCode", 50),
        county=county,
        constituency=constituency,
        ward=ward,
        location=clean_text(new.location, "location", 100, required=False) or None,
        village=clean_text(new.village, "village", 100, required=False) or None,
        meeting_day=check_day(new.meeting_day),
        meeting_venue=clean_text(new.meeting_venue, "meetingVenue", 255),
        registration_date=registered,
        latitude=new.latitude,
        longitude=new.longitude,
        geo_accuracy=check_accuracy(new.accuracy),
        geo_recorded_at=clock.now() if has_point else None,
        change_sequence=1,
        created_at=clock.now(),
    )


async def list_groups(
    runtime: Runtime,
    actor: Actor,
    *,
    first: int,
    after: str | None,
    search_for: str | None,
    county: str | None,
    status: str | None,
    group_ids: Sequence[UUID] | None = None,
    sort: GroupSort | None = None,
) -> Page[BankingGroup]:
    """A page of the groups within reach; the search takes parts of name or code.

    Of `group_ids`, those that are within reach.
    """
    demand(actor, "groups:read")
    check_first(first)
    conditions: list[ColumnElement[bool]] = [reach(actor)]
    if search_for and search_for.strip():
        conditions.append(search.matches("group", col(BankingGroup.id), search_for))
    if county and county.strip():
        name = clean_text(county, "county", 100)
        conditions.append(func.lower(col(BankingGroup.county)) == name.lower())
    if status:
        conditions.append(col(BankingGroup.status) == status)
    if group_ids is not None:
        conditions.append(col(BankingGroup.id).in_(group_ids))
    statement = select(BankingGroup).where(*conditions)
    order = group_order(sort or GroupSort.NAME_ASC)
    ordered = order.page_of(statement, BankingGroup, first, after)
    async with runtime.db.reading() as session:
        rows = (await session.execute(ordered)).all()

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total: Any = select(func.count()).select_from(statement.subquery())
            return int((await counting.execute(total)).scalar_one())

    return order.cut(rows, first, count)


async def find_group(session: AsyncSession, actor: Actor, group_id: UUID) -> BankingGroup | None:
    """The group, or None outside the actor's reach."""
    demand(actor, "groups:read")
    rows = await session.execute(
        select(BankingGroup).where(col(BankingGroup.id) == group_id, reach(actor))
    )
    group: BankingGroup | None = rows.scalar_one_or_none()
    return group

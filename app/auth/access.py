"""Loading is authorising: a record comes only to those within whose reach it lies.

What lies outside does not exist for the caller: NOT_FOUND, never "forbidden".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped
from sqlmodel import col

from app.auth.actor import Actor
from app.errors import NotFound
from app.models import BankingGroup, Meeting, Member, OfficerAssignment, Role


def reach(actor: Actor) -> ColumnElement[bool]:
    """The condition on BankingGroup.id that holds for the groups the actor may see."""
    return _reach_of(actor, col(BankingGroup.id))


def _reach_of(actor: Actor, group_id: Mapped[UUID]) -> ColumnElement[bool]:
    if actor.role is Role.SYSTEM_ADMIN:
        return true()
    if actor.role is Role.FIELD_OFFICER:
        return group_id.in_(
            select(col(OfficerAssignment.group_id)).where(
                col(OfficerAssignment.officer_id) == actor.user_id,
                col(OfficerAssignment.removed_at).is_(None),
            )
        )
    return group_id == actor.group_id if actor.group_id is not None else false()


async def visible_group_ids(session: AsyncSession, actor: Actor) -> list[UUID]:
    """The ids of all groups within reach, in id order."""
    rows = await session.execute(
        select(col(BankingGroup.id)).where(reach(actor)).order_by(col(BankingGroup.id))
    )
    return list(rows.scalars())


async def groups_reach(session: AsyncSession, actor: Actor, group_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the ids that exist and lie within reach."""
    wanted = set(group_ids)
    if not wanted:
        return set()
    rows = await session.execute(
        select(col(BankingGroup.id)).where(col(BankingGroup.id).in_(wanted), reach(actor))
    )
    return set(rows.scalars())


async def scope(
    session: AsyncSession,
    actor: Actor,
    group_ids: Collection[UUID] | None,
    county: str | None,
) -> Select[UUID]:
    """A query for the ids of the groups that figures are asked of: those named (None: all) in
    the county (None: any), as far as they lie within reach. NotFound where a named one does not.
    """
    wanted = [reach(actor)]
    if group_ids is not None:
        await check_groups(session, actor, group_ids)
        wanted.append(col(BankingGroup.id).in_(set(group_ids)))
    if county is not None:
        wanted.append(col(BankingGroup.county) == county)
    return select(col(BankingGroup.id)).where(*wanted)


async def check_groups(session: AsyncSession, actor: Actor, group_ids: Collection[UUID]) -> None:
    """NotFound where one of the groups lies outside reach."""
    if await groups_reach(session, actor, group_ids) != set(group_ids):
        raise NotFound("There is no such group.", field="groupIds")


async def load_group(session: AsyncSession, actor: Actor, group_id: UUID) -> BankingGroup:
    """The group; NotFound outside reach."""
    rows = await session.execute(
        select(BankingGroup).where(col(BankingGroup.id) == group_id, reach(actor))
    )
    group: BankingGroup | None = rows.scalar_one_or_none()
    if group is None:
        raise NotFound("There is no such group.", field="groupId")
    return group


async def lock_group(session: AsyncSession, actor: Actor, group_id: UUID) -> BankingGroup:
    """The group, locked against others who change it; NotFound outside reach."""
    await load_group(session, actor, group_id)
    rows = await session.execute(
        select(BankingGroup)
        .where(col(BankingGroup.id) == group_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    group: BankingGroup = rows.scalar_one()
    return group


async def load_member(session: AsyncSession, actor: Actor, member_id: UUID) -> Member:
    """The member; NotFound when their group is outside reach."""
    rows = await session.execute(
        select(Member).where(col(Member.id) == member_id, _reach_of(actor, col(Member.group_id)))
    )
    member: Member | None = rows.scalar_one_or_none()
    if member is None:
        raise NotFound("There is no such member.", field="memberId")
    return member


async def load_meeting(session: AsyncSession, actor: Actor, meeting_id: UUID) -> Meeting:
    """The meeting; NotFound when its group is outside reach."""
    rows = await session.execute(
        select(Meeting).where(
            col(Meeting.id) == meeting_id, _reach_of(actor, col(Meeting.group_id))
        )
    )
    meeting: Meeting | None = rows.scalar_one_or_none()
    if meeting is None:
        raise NotFound("There is no such meeting.", field="meetingId")
    return meeting

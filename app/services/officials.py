"""Who holds which office in a group, and what they may do by it where they sign in.

An official is a member. One who signs in too (a user that is linked to the member) gets the
role of the office with it, and with its end they lose it: at once, in every process.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.auth.access import lock_group
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import NotFound, RuleBroken
from app.models import BankingGroup, GroupOfficial, Member, Office, Role, User
from app.runtime import Runtime
from app.services import audit
from app.services.people import OF_A_GROUP, end_sign_ins
from app.services.sessions import announce_access


async def assign_official(
    runtime: Runtime, actor: Actor, *, group_id: UUID, member_id: UUID, office: Office
) -> BankingGroup:
    """Puts the member into the office; one office a member, so another that they hold ends.

    NOT_FOUND for no such member of the group, MEMBER_LEFT for one who left, OFFICE_TAKEN
    where somebody else is chair, secretary or treasurer.
    """
    demand(actor, "groups:manage")

    async def work(session: AsyncSession) -> BankingGroup:
        # The group's lock keeps two from giving one office away at the same time.
        group = await lock_group(session, actor, group_id)
        await _check_member(session, group_id, member_id)
        held = await _open(session, group_id)
        own = next((row for row in held if row.member_id == member_id), None)
        if own is not None and own.office == office.value:
            return group
        if office is not Office.COMMITTEE and any(row.office == office.value for row in held):
            raise RuleBroken(
                "Somebody else holds this office. End it first.",
                code="OFFICE_TAKEN",
                field="office",
            )
        if own is not None:
            _end(session, actor, own)
            await session.flush()
        session.add(
            GroupOfficial(
                group_id=group_id,
                member_id=member_id,
                office=office.value,
                begun_at=clock.now(),
                appointed_by=actor.user_id,
            )
        )
        audit.record(
            session,
            "official.assigned",
            actor_id=actor.user_id,
            entity_id=member_id,
            group_id=group_id,
            office=office.value,
        )
        await _follow(session, runtime, member_id, _role_of(office))
        group.change_sequence += 1
        return group

    return await runtime.db.transact(work)


async def remove_official(
    runtime: Runtime, actor: Actor, *, group_id: UUID, member_id: UUID
) -> BankingGroup:
    """Ends the member's office; NOT_FOUND where they hold none. Their sign-in ends with it."""
    demand(actor, "groups:manage")

    async def work(session: AsyncSession) -> BankingGroup:
        group = await lock_group(session, actor, group_id)
        if not await end_office(session, runtime, actor, group_id, member_id):
            raise NotFound("This member holds no office.", field="memberId")
        group.change_sequence += 1
        return group

    return await runtime.db.transact(work)


async def end_office(
    session: AsyncSession, runtime: Runtime, actor: Actor, group_id: UUID, member_id: UUID
) -> bool:
    """Ends the office that the member holds, and the sign-in that they had by it."""
    held = await _open(session, group_id)
    own = next((row for row in held if row.member_id == member_id), None)
    if own is None:
        return False
    _end(session, actor, own)
    await _follow(session, runtime, member_id, None, actor)
    return True


def _role_of(office: Office) -> Role:
    return Role.GROUP_CHAIR if office is Office.CHAIR else Role.GROUP_COMMITTEE


def _end(session: AsyncSession, actor: Actor, row: GroupOfficial) -> None:
    row.ended_at, row.ended_by = clock.now(), actor.user_id
    audit.record(
        session,
        "official.removed",
        actor_id=actor.user_id,
        entity_id=row.member_id,
        group_id=row.group_id,
        office=row.office,
    )


async def _follow(
    session: AsyncSession,
    runtime: Runtime,
    member_id: UUID,
    role: Role | None,
    actor: Actor | None = None,
) -> None:
    """Gives the member's user the role of their office; None takes their sign-in away."""
    rows = await session.execute(
        select(User)
        .where(col(User.member_id) == member_id, col(User.role).in_(OF_A_GROUP))
        .with_for_update(key_share=True)
    )
    for user in rows.scalars().all():
        if role is not None:
            user.role = role.value
            announce_access(session, runtime, user.id)
        elif user.is_active:
            await end_sign_ins(session, runtime, user)
            audit.record(
                session,
                "user_deactivated",
                actor_id=actor.user_id if actor else None,
                entity_id=user.id,
                group_id=user.group_id,
            )


async def _check_member(session: AsyncSession, group_id: UUID, member_id: UUID) -> None:
    member = await session.get(Member, member_id)
    if member is None or member.group_id != group_id or member.erased_at is not None:
        raise NotFound("There is no such member.", field="memberId")
    if not member.is_active:
        raise RuleBroken("This member has left the group.", code="MEMBER_LEFT", field="memberId")


async def _open(session: AsyncSession, group_id: UUID) -> Sequence[GroupOfficial]:
    rows = await session.execute(
        select(GroupOfficial).where(
            col(GroupOfficial.group_id) == group_id, col(GroupOfficial.ended_at).is_(None)
        )
    )
    return rows.scalars().all()

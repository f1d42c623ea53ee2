"""Users while they work here and when they leave: changes, hand-over, coming back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import BadInput, NotFound, RuleBroken
from app.models import BankingGroup, FieldOfficer, OfficerAssignment, Role, UnsentWork, User
from app.phones import normalise_phone
from app.runtime import Runtime
from app.services import audit
from app.services.invitations import one_group
from app.services.member_privacy import seal_text
from app.services.people import (
    assign_officer,
    check_group,
    check_name,
    end_sign_ins,
    flush_or_again,
    free_phone,
    unassign_officer,
)
from app.services.sessions import announce_access
from app.services.users import is_invited


@dataclass(frozen=True, slots=True)
class HandOver:
    """A group of an officer who leaves, and who gets it."""

    group_id: UUID
    to_officer_id: UUID


async def update_user(
    runtime: Runtime, actor: Actor, user_id: UUID, wanted: Mapping[str, Any]
) -> User:
    """Changes what is `wanted`: name, phone, role, group_ids (all of them), member_id.

    BAD_INPUT names the field; PHONE_TAKEN; LAST_ADMINISTRATOR for the last one's role;
    HAND_OVER_NEEDED where an officer with groups gets another role.
    """
    demand(actor, "people:manage")

    async def work(session: AsyncSession) -> User:
        user, others = await _lock(session, user_id)
        changed: dict[str, Any] = {}
        if "name" in wanted and check_name(wanted["name"]) != user.name:
            user.name, changed["name"] = check_name(wanted["name"]), None
        if "phone" in wanted and await _set_phone(session, runtime, user, wanted["phone"]):
            changed["phone"] = None
        role = wanted.get("role", Role(user.role))
        if role.value != user.role:
            if user.role == Role.SYSTEM_ADMIN.value:
                _keep_an_administrator(user, others)
            changed["role"] = [user.role, role.value]
        await _set_groups(session, runtime, actor, user, role, wanted)
        user.role = role.value
        await flush_or_again(session)
        if changed or "group_ids" in wanted or "member_id" in wanted:
            audit.record(
                session,
                "user_changed",
                actor_id=actor.user_id,
                entity_id=user.id,
                group_id=user.group_id,
                fields=sorted({*changed, *(wanted.keys() & {"group_ids", "member_id"})}),
                role=changed.get("role"),
            )
            announce_access(session, runtime, user.id)
        return user

    return await runtime.db.transact(work)


async def deactivate(
    runtime: Runtime,
    actor: Actor,
    user_id: UUID,
    hand_over: Sequence[HandOver],
    *,
    acknowledge_unsent: bool,
) -> User:
    """Ends the user's sign-ins at once, and hands an officer's groups over.

    LAST_ADMINISTRATOR; UNSENT_WORK while their phones hold some, unless it is acknowledged;
    HAND_OVER_NEEDED, with each group as a failure, where a group would be left without officer.
    """
    demand(actor, "people:manage")

    async def work(session: AsyncSession) -> User:
        user, others = await _lock(session, user_id)
        if not user.is_active:
            return user
        if user.role == Role.SYSTEM_ADMIN.value:
            _keep_an_administrator(user, others)
        if not acknowledge_unsent:
            await _refuse_unsent(session, user_id)
        await _hand_over(session, runtime, actor, user_id, hand_over)
        await end_sign_ins(session, runtime, user)
        audit.record(
            session,
            "user_deactivated",
            actor_id=actor.user_id,
            entity_id=user_id,
            group_id=user.group_id,
            acknowledged=acknowledge_unsent,
        )
        return user

    return await runtime.db.transact(work)


async def reactivate(runtime: Runtime, actor: Actor, user_id: UUID) -> User:
    """Lets the user sign in again, with the password they had; groups are given anew."""
    demand(actor, "people:manage")

    async def work(session: AsyncSession) -> User:
        user, _ = await _lock(session, user_id)
        if user.is_active:
            return user
        user.is_active = True
        officer = await session.get(FieldOfficer, user_id)
        if officer is not None and user.role == Role.FIELD_OFFICER.value:
            officer.is_active = True
        audit.record(
            session,
            "user_reactivated",
            actor_id=actor.user_id,
            entity_id=user_id,
            group_id=user.group_id,
        )
        announce_access(session, runtime, user_id)
        return user

    return await runtime.db.transact(work)


async def _lock(session: AsyncSession, user_id: UUID) -> tuple[User, list[User]]:
    """The user and the administrators who can sign in, locked together and in one order, so
    that two administrators cannot end each other at the same time."""
    administers = and_(
        col(User.role) == Role.SYSTEM_ADMIN.value, col(User.is_active).is_(True), ~is_invited()
    )
    rows = await session.execute(
        select(User)
        .where(or_(col(User.id) == user_id, administers))
        .order_by(col(User.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    found = list(rows.scalars())
    user = next((row for row in found if row.id == user_id), None)
    if user is None:
        raise NotFound("There is no such user.", field="userId")
    return user, [row for row in found if row.id != user_id]


def _keep_an_administrator(user: User, others: Sequence[User]) -> None:
    if user.is_active and not others:
        raise RuleBroken(
            "This is the last administrator who can sign in.",
            code="LAST_ADMINISTRATOR",
            field="userId",
        )


async def _set_phone(session: AsyncSession, runtime: Runtime, user: User, phone: str) -> bool:
    number = normalise_phone(phone)
    if runtime.keys.blind_index("phone", number) == user.phone_index:
        return False
    user.phone_index = await free_phone(session, runtime, number)
    key = runtime.keys.unwrap(user.wrapped_key, user.id)
    user.phone_sealed = seal_text(key, user.id, "phone", number)
    return True


async def _set_groups(
    session: AsyncSession,
    runtime: Runtime,
    actor: Actor,
    user: User,
    role: Role,
    wanted: Mapping[str, Any],
) -> None:
    """What the role goes with: an officer's groups, the one group of a chair, or none."""
    given: Sequence[UUID] | None = wanted.get("group_ids")
    if "member_id" in wanted:
        user.member_id = wanted["member_id"]
    officer = await session.get(FieldOfficer, user.id)
    if role is Role.FIELD_OFFICER:
        user.group_id = None
        await check_group(session, role, None, user.member_id)
        if officer is None:
            officer = FieldOfficer(id=user.id)
            session.add(officer)
        officer.is_active = user.is_active
        await session.flush()
        if given is not None:
            await _serve(session, runtime, actor, user.id, set(given))
        return
    serves = await _served(session, user.id)
    if serves:
        raise RuleBroken(
            "This officer serves groups. Take them out of their hands first.",
            code="HAND_OVER_NEEDED",
            field="role",
        )
    if officer is not None:
        officer.is_active = False
    if given is None:
        given = [user.group_id] if user.group_id and role is not Role.SYSTEM_ADMIN else []
    user.group_id = one_group(role, given)
    await check_group(session, role, user.group_id, user.member_id)


async def _serve(
    session: AsyncSession, runtime: Runtime, actor: Actor, officer_id: UUID, wanted: set[UUID]
) -> None:
    """Exactly the wanted groups are in the officer's hands."""
    serves = await _served(session, officer_id)
    for group_id in sorted(serves - wanted):
        await unassign_officer(session, runtime, actor, officer_id=officer_id, group_id=group_id)
    for group_id in sorted(wanted - serves):
        await assign_officer(session, runtime, actor, officer_id=officer_id, group_id=group_id)


async def _served(session: AsyncSession, officer_id: UUID) -> set[UUID]:
    rows = await session.execute(
        select(col(OfficerAssignment.group_id)).where(
            col(OfficerAssignment.officer_id) == officer_id,
            col(OfficerAssignment.removed_at).is_(None),
        )
    )
    return set(rows.scalars())


async def _refuse_unsent(session: AsyncSession, user_id: UUID) -> None:
    rows = await session.execute(
        select(func.coalesce(func.sum(col(UnsentWork.waiting) + col(UnsentWork.failed)), 0)).where(
            col(UnsentWork.user_id) == user_id
        )
    )
    number = int(rows.scalar_one())
    if number:
        raise RuleBroken(
            f"This officer's phones hold {number} records that were not sent yet. Have them sent "
            "or exported first, or say that you know of it.",
            code="UNSENT_WORK",
            field="acknowledgeUnsent",
        )


async def _hand_over(
    session: AsyncSession,
    runtime: Runtime,
    actor: Actor,
    user_id: UUID,
    hand_over: Sequence[HandOver],
) -> None:
    serves = await _served(session, user_id)
    for one in hand_over:
        if one.group_id not in serves:
            raise NotFound("This officer does not serve this group.", field="handOver")
        if one.to_officer_id == user_id:
            raise BadInput("Give the groups to somebody else.", field="handOver")
    handed = {one.group_id for one in hand_over}
    orphans = await _without_another(session, user_id, serves - handed)
    if orphans:
        raise RuleBroken(
            "Some groups would be left without an officer.",
            code="HAND_OVER_NEEDED",
            field="handOver",
            details=[
                RuleBroken(group.name, code="HAND_OVER_NEEDED", field=str(group.id))
                for group in orphans
            ],
        )
    for one in sorted(hand_over, key=lambda each: each.group_id):
        await assign_officer(
            session, runtime, actor, officer_id=one.to_officer_id, group_id=one.group_id
        )
    for group_id in sorted(serves):
        await unassign_officer(session, runtime, actor, officer_id=user_id, group_id=group_id)


async def _without_another(
    session: AsyncSession, user_id: UUID, group_ids: set[UUID]
) -> list[BankingGroup]:
    """Those of the groups that no other officer who works here serves, by name."""
    another = (
        select(col(OfficerAssignment.id))
        .join(FieldOfficer, col(FieldOfficer.id) == col(OfficerAssignment.officer_id))
        .where(
            col(OfficerAssignment.group_id) == col(BankingGroup.id),
            col(OfficerAssignment.officer_id) != user_id,
            col(OfficerAssignment.removed_at).is_(None),
            col(FieldOfficer.is_active).is_(True),
        )
        .exists()
    )
    rows = await session.execute(
        select(BankingGroup)
        .where(col(BankingGroup.id).in_(group_ids), ~another)
        .order_by(col(BankingGroup.name), col(BankingGroup.id))
    )
    return list(rows.scalars())

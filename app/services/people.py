"""Users, officers and which groups they serve.

For the command line and the workers `actor` is None; everyone else needs `people:manage`.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock, crypto
from app.auth.actor import Actor
from app.auth.passwords import check_new_password
from app.auth.permissions import demand
from app.db import UniqueClash, is_unique_violation
from app.errors import BadInput, NotFound, RuleBroken
from app.models import BankingGroup, FieldOfficer, Member, OfficerAssignment, Role, User
from app.models.base import new_id
from app.phones import normalise_phone
from app.runtime import Runtime
from app.services.audit import record
from app.services.member_privacy import seal_text
from app.services.sessions import announce_access, revoke_family

OF_A_GROUP = frozenset({Role.GROUP_CHAIR, Role.GROUP_COMMITTEE})
LONGEST_NAME = 255


async def create_user(
    session: AsyncSession,
    runtime: Runtime,
    actor: Actor | None,
    *,
    name: str,
    phone: str,
    password: str,
    role: Role,
    group_id: UUID | None = None,
    member_id: UUID | None = None,
) -> User:
    """A new user who may sign in at once. Chairs and committee members need their group; a
    user who is a member too is linked by `member_id`, so that they approve no loan of theirs."""
    _demand(actor)
    check_new_password(password)
    user = await add_user(
        session,
        runtime,
        name=name,
        phone=phone,
        password_hash=await runtime.passwords.hash(password),
        role=role,
        group_id=group_id,
        member_id=member_id,
    )
    record(
        session,
        "user_created",
        actor_id=_id(actor),
        entity_id=user.id,
        group_id=group_id,
        role=role.value,
    )
    return user


async def add_user(
    session: AsyncSession,
    runtime: Runtime,
    *,
    name: str,
    phone: str,
    password_hash: str,
    role: Role,
    group_id: UUID | None,
    member_id: UUID | None,
) -> User:
    """The row of a new user. BAD_INPUT names the field, PHONE_TAKEN a phone in use."""
    plain_name = check_name(name)
    number = normalise_phone(phone)
    await check_group(session, role, group_id, member_id)
    phone_index = await free_phone(session, runtime, number)
    user_id, key, now = new_id(), crypto.new_key(), clock.now()
    user = User(
        id=user_id,
        name=plain_name,
        phone_sealed=seal_text(key, user_id, "phone", number),
        phone_index=phone_index,
        wrapped_key=runtime.keys.wrap(key, user_id),
        role=role.value,
        group_id=group_id,
        member_id=member_id,
        password_hash=password_hash,
        sessions_valid_from=now,
        created_at=now,
    )
    session.add(user)
    await flush_or_again(session)
    return user


def check_name(name: str) -> str:
    """The name with single spaces; BAD_INPUT when there is none or it is too long."""
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME:
        raise BadInput(f"Give a name of at most {LONGEST_NAME} characters.", field="name")
    return plain


async def free_phone(session: AsyncSession, runtime: Runtime, number: str) -> bytes:
    """The blind index of a phone in international form that nobody signs in with."""
    phone_index = runtime.keys.blind_index("phone", number)
    taken = await session.execute(select(col(User.id)).where(col(User.phone_index) == phone_index))
    if taken.first() is not None:
        raise RuleBroken(
            "Somebody already signs in with this phone number.", code="PHONE_TAKEN", field="phone"
        )
    return phone_index


async def flush_or_again(session: AsyncSession) -> None:
    """Writes what waits; what another has just taken makes `transact` judge anew."""
    try:
        await session.flush()
    except DBAPIError as error:
        if is_unique_violation(error):
            raise UniqueClash from error
        raise


async def create_officer(
    session: AsyncSession,
    runtime: Runtime,
    actor: Actor | None,
    *,
    name: str,
    phone: str,
    password: str,
) -> User:
    """A field officer: a user and what an officer is besides. Serves no group yet."""
    user = await create_user(
        session,
        runtime,
        actor,
        name=name,
        phone=phone,
        password=password,
        role=Role.FIELD_OFFICER,
    )
    session.add(FieldOfficer(id=user.id))
    await session.flush()
    return user


async def assign_officer(
    session: AsyncSession,
    runtime: Runtime,
    actor: Actor | None,
    *,
    officer_id: UUID,
    group_id: UUID,
    since: datetime | None = None,
) -> OfficerAssignment:
    """Puts a group into the officer's hands; the open assignment when there is one already."""
    _demand(actor)
    officer = await _load_officer(session, officer_id)
    await load_any_group(session, group_id)
    assignment = await open_assignment(session, officer_id, group_id)
    if assignment is not None:
        return assignment
    if not officer.is_active:
        raise RuleBroken(
            "This officer does not work here any more.", code="OFFICER_INACTIVE", field="officerId"
        )
    assignment = OfficerAssignment(
        officer_id=officer_id,
        group_id=group_id,
        assigned_at=since or clock.now(),
        assigned_by=_id(actor),
    )
    session.add(assignment)
    await flush_or_again(session)
    record(
        session, "officer_assigned", actor_id=_id(actor), entity_id=officer_id, group_id=group_id
    )
    announce_access(session, runtime, officer_id)
    return assignment


async def assign_to(
    session: AsyncSession, runtime: Runtime, actor: Actor, officer_id: UUID, group_id: UUID
) -> BankingGroup:
    """As `assign_officer`; the group."""
    await assign_officer(session, runtime, actor, officer_id=officer_id, group_id=group_id)
    return await load_any_group(session, group_id)


async def remove_from(
    session: AsyncSession, runtime: Runtime, actor: Actor, officer_id: UUID, group_id: UUID
) -> BankingGroup:
    """As `unassign_officer`; the group."""
    await unassign_officer(session, runtime, actor, officer_id=officer_id, group_id=group_id)
    return await load_any_group(session, group_id)


async def unassign_officer(
    session: AsyncSession,
    runtime: Runtime,
    actor: Actor | None,
    *,
    officer_id: UUID,
    group_id: UUID,
) -> None:
    """Takes the group away from now on; what the officer did before stays theirs."""
    _demand(actor)
    assignment = await open_assignment(session, officer_id, group_id)
    if assignment is None:
        raise NotFound("This officer does not serve this group.", field="groupId")
    assignment.removed_at = clock.now()
    await session.flush()
    record(
        session, "officer_unassigned", actor_id=_id(actor), entity_id=officer_id, group_id=group_id
    )
    announce_access(session, runtime, officer_id)


async def deactivate_user(
    session: AsyncSession, runtime: Runtime, actor: Actor | None, *, user_id: UUID
) -> None:
    """Ends every sign-in of the user at once and lets them start no new one."""
    _demand(actor)
    user = await lock_user(session, user_id)
    await end_sign_ins(session, runtime, user)
    record(session, "user_deactivated", actor_id=_id(actor), entity_id=user_id)


async def end_sign_ins(session: AsyncSession, runtime: Runtime, user: User) -> None:
    """The user, locked by the caller, is signed out everywhere and comes in no more."""
    user.is_active = False
    user.sessions_valid_from = clock.now()
    officer = await session.get(FieldOfficer, user.id)
    if officer is not None:
        officer.is_active = False
    await session.flush()
    await revoke_family(session, runtime, user.id, None)


async def set_password(
    session: AsyncSession, runtime: Runtime, actor: Actor | None, *, user_id: UUID, password: str
) -> None:
    """A new password; every sign-in made with the old one ends."""
    if actor is None or actor.user_id != user_id:
        _demand(actor)
    check_new_password(password)
    password_hash = await runtime.passwords.hash(password)
    user = await lock_user(session, user_id)
    user.password_hash = password_hash
    user.sessions_valid_from = clock.now()
    await session.flush()
    await revoke_family(session, runtime, user_id, None)
    record(session, "password_set", actor_id=_id(actor), entity_id=user_id)


def _demand(actor: Actor | None) -> None:
    if actor is not None:
        demand(actor, "people:manage")


def _id(actor: Actor | None) -> UUID | None:
    return actor.user_id if actor else None


async def check_group(
    session: AsyncSession, role: Role, group_id: UUID | None, member_id: UUID | None
) -> None:
    """Chairs and committees have their one group, and a member of it at most."""
    if (role in OF_A_GROUP) != (group_id is not None):
        raise BadInput(
            "Chairs and committee members, and only they, belong to one group.", field="groupId"
        )
    if group_id is not None:
        await load_any_group(session, group_id)
    if member_id is not None:
        member = await session.get(Member, member_id)
        if member is None or (group_id is not None and member.group_id != group_id):
            raise NotFound("There is no such member.", field="memberId")


async def load_any_group(session: AsyncSession, group_id: UUID) -> BankingGroup:
    """The group, for those who see all; NOT_FOUND where there is none."""
    group = await session.get(BankingGroup, group_id)
    if group is None:
        raise NotFound("There is no such group.", field="groupId")
    return group


async def _load_officer(session: AsyncSession, officer_id: UUID) -> FieldOfficer:
    officer = await session.get(FieldOfficer, officer_id)
    if officer is None:
        raise NotFound("There is no such officer.", field="officerId")
    return officer


async def lock_user(session: AsyncSession, user_id: UUID) -> User:
    """The user, locked against all that begins or ends sign-ins; NOT_FOUND where there is none."""
    rows = await session.execute(
        select(User).where(col(User.id) == user_id).with_for_update(key_share=True)
    )
    user: User | None = rows.scalar_one_or_none()
    if user is None:
        raise NotFound("There is no such user.", field="userId")
    return user


async def open_assignment(
    session: AsyncSession, officer_id: UUID, group_id: UUID
) -> OfficerAssignment | None:
    rows = await session.execute(
        select(OfficerAssignment)
        .where(
            col(OfficerAssignment.officer_id) == officer_id,
            col(OfficerAssignment.group_id) == group_id,
            col(OfficerAssignment.removed_at).is_(None),
        )
        .with_for_update()
    )
    assignment: OfficerAssignment | None = rows.scalar_one_or_none()
    return assignment

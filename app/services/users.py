"""The list of those who sign in, for administrators."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import load_group
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.errors import DomainError
from app.models import CodePurpose, OfficerAssignment, OneTimeCode, Role, User, UserStatus
from app.paging import Page, check_first
from app.phones import normalise_phone
from app.runtime import Runtime
from app.services.operations.parse import clean_text
from app.services.sorting import UserSort, user_order


async def list_users(
    runtime: Runtime,
    actor: Actor,
    *,
    search: str | None,
    role: Role | None,
    status: UserStatus | None,
    group_id: UUID | None,
    first: int,
    after: str | None,
    sort: UserSort | None = None,
) -> Page[User]:
    """A page of users; the search takes a part of a name or a whole phone number.

    With a group: its officers, chair and committee of now. NOT_FOUND for no such group.
    """
    demand(actor, "people:manage")
    check_first(first)
    conditions: list[ColumnElement[bool]] = []
    text = clean_text(search, "search", 100, required=False)
    if text:
        conditions.append(_found_by(runtime, text))
    if role is not None:
        conditions.append(col(User.role) == role.value)
    if status is not None:
        conditions.append(_has_status(status))
    if group_id is not None:
        conditions.append(_serves(group_id))
    statement = select(User).where(*conditions)
    order = user_order(sort or UserSort.NAME_ASC)
    ordered = order.page_of(statement, User, first, after)
    async with runtime.db.reading() as session:
        if group_id is not None:
            await load_group(session, actor, group_id)
        rows = (await session.execute(ordered)).all()

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(statement.subquery())
            return int((await counting.execute(total)).scalar_one())

    return order.cut(rows, first, count)


async def find_user(session: AsyncSession, actor: Actor, user_id: UUID) -> User | None:
    """The user, or None where there is none; administrators only."""
    demand(actor, "people:manage")
    return await session.get(User, user_id)


def is_invited() -> ColumnElement[bool]:
    """The condition that the user has not chosen their first password yet."""
    return exists().where(
        col(OneTimeCode.user_id) == col(User.id),
        col(OneTimeCode.purpose) == CodePurpose.INVITATION.value,
    )


def status_of(user: User, code: OneTimeCode | None) -> UserStatus:
    """As `_has_status`, of rows that are there."""
    if not user.is_active:
        return UserStatus.INACTIVE
    invited = code is not None and code.purpose == CodePurpose.INVITATION.value
    return UserStatus.INVITED if invited else UserStatus.ACTIVE


def _has_status(status: UserStatus) -> ColumnElement[bool]:
    active = col(User.is_active).is_(True)
    if status is UserStatus.INACTIVE:
        return ~active
    return and_(active, is_invited() if status is UserStatus.INVITED else ~is_invited())


def _found_by(runtime: Runtime, text: str) -> ColumnElement[bool]:
    found = [func.lower(col(User.name)).contains(text.lower(), autoescape=True)]
    try:
        index = runtime.keys.blind_index("phone", normalise_phone(text))
        found.append(col(User.phone_index) == index)
    except DomainError:
        pass
    return or_(*found)


def _serves(group_id: UUID) -> ColumnElement[bool]:
    assigned = select(col(OfficerAssignment.officer_id)).where(
        col(OfficerAssignment.group_id) == group_id, col(OfficerAssignment.removed_at).is_(None)
    )
    return or_(col(User.group_id) == group_id, col(User.id).in_(assigned))

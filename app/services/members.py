"""Reading the register of members."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import check_groups, load_group, reach
from app.auth.actor import Actor
from app.auth.permissions import demand
from app.crypto import KeyRing
from app.errors import DomainError
from app.models import BankingGroup, Member
from app.paging import Page, check_first
from app.phones import normalise_phone
from app.runtime import Runtime
from app.services.search import matches
from app.services.sorting import MemberSort, member_order


async def list_members(
    runtime: Runtime,
    actor: Actor,
    *,
    group_id: UUID | None,
    group_ids: Collection[UUID] | None = None,
    first: int,
    after: str | None,
    search: str | None,
    county: str | None = None,
    sort: MemberSort | None = None,
) -> Page[Member]:
    """A page of members, of one group, of several, of a county, or of all the actor may see.

    The search takes any part of a name, a whole phone number or national id, or the code of a
    group, alone or with a part of a name. Members have no code of their own.
    """
    demand(actor, "members:read")
    check_first(first)
    conditions: list[ColumnElement[bool]] = [reach(actor), col(Member.erased_at).is_(None)]
    if group_id is not None:
        conditions.append(col(Member.group_id) == group_id)
    if group_ids is not None:
        conditions.append(col(Member.group_id).in_(set(group_ids)))
    if county is not None:
        conditions.append(col(BankingGroup.county) == county)
    if search and search.strip():
        conditions.append(_found_by(runtime.keys, search.strip()))
    order = member_order(sort or MemberSort.NAME_ASC)
    statement = order.page_of(_visible(conditions), Member, first, after)
    async with runtime.db.reading() as session:
        if group_id is not None:
            await load_group(session, actor, group_id)
        if group_ids is not None:
            await check_groups(session, actor, group_ids)
        rows = (await session.execute(statement)).all()

    async def count() -> int:
        async with runtime.db.reading() as counting:
            total = select(func.count()).select_from(_visible(conditions).subquery())
            return int((await counting.execute(total)).scalar_one())

    return order.cut(rows, first, count)


def _visible(conditions: list[ColumnElement[bool]]) -> Any:
    return (
        select(Member)
        .join(BankingGroup, col(BankingGroup.id) == col(Member.group_id))
        .where(*conditions)
    )


def _found_by(keys: KeyRing, search: str) -> ColumnElement[bool]:
    """One list of ids, so that each way to find a member goes through its own index."""
    named = select(col(Member.id)).where(matches("member", col(Member.id), search))
    if not any(letter.isdigit() for letter in search):
        return col(Member.id).in_(named)
    number = "".join(search.split()).upper()
    by_number = select(col(Member.id)).where(
        col(Member.id_number_index) == keys.blind_index("id_number", number)
    )
    found = [named, by_number, _of_group(search)]
    try:
        index = keys.blind_index("phone", normalise_phone(search))
        found.append(select(col(Member.id)).where(col(Member.phone_index) == index))
    except DomainError:
        pass
    return col(Member.id).in_(union_all(*found))


def _of_group(search: str) -> Select[Any]:
    """Members of the groups with that code; a word with a digit in it is a part of a code, and
    the others may be parts of the member's name."""
    words = search.split()
    code = " ".join(word for word in words if any(letter.isdigit() for letter in word))
    name = " ".join(word for word in words if not any(letter.isdigit() for letter in word))
    members = select(col(Member.id)).where(col(Member.group_id).in_(_groups(search)))
    if not name:
        return members
    named = select(col(Member.id)).where(
        col(Member.group_id).in_(_groups(code)), matches("member", col(Member.id), name)
    )
    return select(union_all(members, named).subquery().c.id)


def _groups(code: str) -> Select[Any]:
    return select(col(BankingGroup.id)).where(matches("group", col(BankingGroup.id), code))


async def find_member(session: AsyncSession, actor: Actor, member_id: UUID) -> Member | None:
    """The member, or None where the actor may not see one."""
    demand(actor, "members:read")
    rows = await session.execute(_visible([reach(actor), col(Member.id) == member_id]))
    member: Member | None = rows.scalar_one_or_none()
    return member

"""Making users and officers, and putting groups into their hands."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app.auth.access import visible_group_ids
from app.auth.actor import Actor
from app.errors import DomainError, Forbidden, NotFound, RuleBroken
from app.models import AuditLog, Role, User
from app.models.base import new_id
from app.runtime import Runtime
from app.services import people
from app.services.member_privacy import open_user_phone
from tests.support.factories import Factory

T = TypeVar("T")
GOOD: dict[str, Any] = {
    "name": "  Grace   Wanjiru ",
    "phone": "0712 345 678",
    "password": "jua-kali-1974",
    "role": Role.SYSTEM_ADMIN,
}


async def transact(runtime: Runtime, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
    return await runtime.db.transact(work)


async def create(runtime: Runtime, actor: Actor | None = None, **changes: Any) -> User:
    values = {**GOOD, **changes}
    return await transact(runtime, lambda s: people.create_user(s, runtime, actor, **values))


async def test_a_user_is_kept_sealed_and_can_be_found_by_phone(runtime: Runtime) -> None:
    user = await create(runtime)
    assert (user.name, open_user_phone(runtime.keys, user)) == ("Grace Wanjiru", "+254712345678")
    assert b"712345678" not in user.phone_sealed
    assert user.phone_index == runtime.keys.blind_index("phone", "+254712345678")
    assert user.password_hash.startswith("$argon2id$")
    async with runtime.db.reading() as session:
        lines = await session.execute(
            select(AuditLog).where(col(AuditLog.action) == "user_created")
        )
        (line,) = lines.scalars()
    assert (line.entity_id, line.actor_id) == (user.id, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"phone": "12"}, "phone"),
        ({"password": "short"}, "password"),
        ({"password": "a" * 20}, "password"),
        ({"password": "long" * 50}, "password"),
        ({"role": Role.GROUP_CHAIR}, "groupId"),
        ({"role": Role.GROUP_CHAIR, "group_id": new_id()}, "groupId"),
        ({"group_id": new_id()}, "groupId"),
        ({"member_id": new_id()}, "memberId"),
    ],
)
async def test_what_is_wrong_is_named(
    runtime: Runtime, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        await create(runtime, **changes)
    assert refused.value.field == field


async def test_a_phone_signs_in_one_person(runtime: Runtime) -> None:
    await create(runtime)
    with pytest.raises(RuleBroken) as refused:
        await create(runtime, phone="+254712345678", name="Somebody else")
    assert (refused.value.code, refused.value.field) == ("PHONE_TAKEN", "phone")


async def test_only_administrators_manage_people(runtime: Runtime) -> None:
    make = Factory(runtime)
    group = await make.group()
    for person in (await make.officer(group), await make.chair(group)):
        with pytest.raises(Forbidden):
            await create(runtime, person.actor)
    assert (await create(runtime, (await make.admin()).actor)).id


async def test_an_assignment_gives_reach_and_its_end_takes_it(runtime: Runtime) -> None:
    make = Factory(runtime)
    group = await make.group()
    officer = await transact(
        runtime,
        lambda s: people.create_officer(
            s, runtime, None, name="Otieno", phone="0722000001", password="jua-kali-1974"
        ),
    )
    told: list[dict[str, Any]] = []
    runtime.events.on("access", told.append)
    actor = Actor(officer.id, Role.FIELD_OFFICER)
    both = {"officer_id": officer.id, "group_id": group.id}
    first = await transact(runtime, lambda s: people.assign_officer(s, runtime, None, **both))
    again = await transact(runtime, lambda s: people.assign_officer(s, runtime, None, **both))
    assert first.id == again.id
    async with runtime.db.reading() as session:
        assert await visible_group_ids(session, actor) == [group.id]
    await transact(runtime, lambda s: people.unassign_officer(s, runtime, None, **both))
    async with runtime.db.reading() as session:
        assert await visible_group_ids(session, actor) == []
    with pytest.raises(NotFound):
        await transact(runtime, lambda s: people.unassign_officer(s, runtime, None, **both))
    await asyncio.sleep(0.05)
    assert told == [{"user_id": str(officer.id)}] * 2


async def test_only_officers_are_assigned_and_only_to_groups_that_are(runtime: Runtime) -> None:
    make = Factory(runtime)
    group, admin, officer = await make.group(), await make.admin(), await make.officer()
    for officer_id, group_id in ((admin.user_id, group.id), (officer.user_id, new_id())):
        both = {"officer_id": officer_id, "group_id": group_id}
        with pytest.raises(NotFound):
            await transact(runtime, lambda s, b=both: people.assign_officer(s, runtime, None, **b))

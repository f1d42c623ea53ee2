"""Who reaches which group: loading is authorising."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.auth.access import groups_reach, load_group, load_member, visible_group_ids
from app.auth.actor import Actor
from app.auth.permissions import ROLES, VERBS, demand, may
from app.errors import Forbidden, NotFound
from app.models import Role
from app.models.base import new_id
from app.runtime import Runtime
from tests.support.factories import Factory


async def test_each_role_reaches_its_groups_and_no_other(runtime: Runtime) -> None:
    make = Factory(runtime)
    ours, theirs, former = [await make.group() for _ in range(3)]
    officer = await make.officer(ours)
    await make.assign(officer, former, until=datetime(2026, 1, 1, tzinfo=UTC))
    reached: dict[Actor, set[UUID]] = {
        (await make.admin()).actor: {ours.id, theirs.id, former.id},
        officer.actor: {ours.id},
        (await make.officer()).actor: set(),
        (await make.chair(ours)).actor: {ours.id},
        (await make.committee(theirs)).actor: {theirs.id},
        Actor(new_id(), Role.GROUP_CHAIR, None): set(),
        Actor(new_id(), Role.FIELD_OFFICER): set(),
    }
    members = {group.id: await make.member(group) for group in (ours, theirs, former)}
    for actor, expected in reached.items():
        async with runtime.db.reading() as session:
            assert set(await visible_group_ids(session, actor)) == expected
            assert await groups_reach(session, actor, [*members, new_id()]) == expected
        for group_id, member in members.items():
            await reaches(runtime, actor, group_id, member.id, group_id in expected)


async def reaches(
    runtime: Runtime, actor: Actor, group_id: UUID, member_id: UUID, expected: bool
) -> None:
    async with runtime.db.reading() as session:
        if expected:
            assert (await load_group(session, actor, group_id)).id == group_id
            assert (await load_member(session, actor, member_id)).id == member_id
            return
        with pytest.raises(NotFound):
            await load_group(session, actor, group_id)
        with pytest.raises(NotFound):
            await load_member(session, actor, member_id)


async def test_outside_reach_looks_like_not_there(runtime: Runtime) -> None:
    make = Factory(runtime)
    group = await make.group()
    stranger = (await make.officer()).actor
    said: list[tuple[str, str | None]] = []
    async with runtime.db.reading() as session:
        for group_id in (group.id, new_id()):
            with pytest.raises(NotFound) as refused:
                await load_group(session, stranger, group_id)
            said.append((refused.value.message, refused.value.field))
    assert said[0] == said[1]


async def test_asking_for_no_group_costs_no_query(runtime: Runtime) -> None:
    async with runtime.db.reading() as session:
        assert await groups_reach(session, Actor(new_id(), Role.SYSTEM_ADMIN), []) == set()
        assert not session.in_transaction()


def test_roles_have_the_verbs_of_the_specification() -> None:
    officer, chair = ROLES[Role.FIELD_OFFICER], ROLES[Role.GROUP_CHAIR]
    assert {"members:create", "members:read", "loans:create", "loans:read"} <= officer
    assert {"transactions:create", "transactions:read", "officer:track"} <= officer
    assert {"loans:approve", "members:read", "transactions:read", "reports:read"} <= chair
    assert chair == ROLES[Role.GROUP_COMMITTEE]
    assert not {"members:create", "transactions:create", "officer:track"} & chair
    assert "groups:create" not in officer
    assert ROLES.keys() == set(Role)


def test_an_administrator_may_do_everything_and_others_what_is_listed() -> None:
    for role in Role:
        actor = Actor(new_id(), role)
        for verb in VERBS:
            assert may(actor, verb) is (role is Role.SYSTEM_ADMIN or verb in ROLES[role])
    with pytest.raises(Forbidden):
        demand(Actor(new_id(), Role.GROUP_CHAIR), "transactions:create")


def test_a_verb_that_nobody_knows_is_a_fault_in_the_code() -> None:
    with pytest.raises(ValueError, match="transactions:craete"):
        demand(Actor(new_id(), Role.SYSTEM_ADMIN), "transactions:craete")

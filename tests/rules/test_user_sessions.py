"""Where somebody is signed in, and that what was ended is over everywhere."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from app.auth.authenticate import authenticate
from app.config import Settings
from app.errors import Unauthenticated
from app.models import AuditLog, Device
from app.models.base import new_id
from app.services import sessions
from tests.support.api import Answer
from tests.support.factories import PASSWORD, Person
from tests.support.http_api import running
from tests.support.stage import Stage, set_stage

LIST = """query S($userId: UUID, $first: Int) { sessions(userId: $userId, first: $first) {
  id deviceId deviceName begunAt lastUsedAt endsAt address isCurrent } }"""
REVOKE = "mutation R($id: UUID!) { revokeSession(id: $id) }"
REVOKE_ALL = "mutation A($userId: UUID!) { revokeAllSessions(userId: $userId) }"


async def sign_in(stage: Stage, who: Person, device: str = "Tecno") -> sessions.SignedIn:
    return await sessions.login(
        stage.runtime,
        phone=who.phone,
        password=PASSWORD,
        address="41.90.64.1",
        device_id=new_id(),
        device_name=device,
    )


async def listed(stage: Stage, who: Any, **wanted: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await stage.api.ask(who, LIST, **wanted))["sessions"]
    return found


async def revoke(stage: Stage, who: Any, session_id: UUID | str) -> Answer:
    return await stage.api.ask(who, REVOKE, id=str(session_id))


async def works(stage: Stage, token: str) -> bool:
    try:
        await authenticate(stage.runtime, token)
    except Unauthenticated:
        return False
    return True


async def test_each_sign_in_is_listed_once_with_its_device_and_beginning(stage: Stage) -> None:
    assert await listed(stage, stage.officer) == []
    first = await sign_in(stage, stage.officer, "Old phone")
    second = await sign_in(stage, stage.officer)
    renewed = await sessions.refresh(stage.runtime, first.refresh_token)
    found = await listed(stage, renewed.actor)
    assert [one["deviceName"] for one in found] == ["Old phone", "Tecno"]
    assert [one["isCurrent"] for one in found] == [True, False]
    assert found[0]["begunAt"] < found[0]["lastUsedAt"] < found[0]["endsAt"]
    assert found[1]["begunAt"] == found[1]["lastUsedAt"]
    # Kept with the first token, and known after a renewal.
    assert [one["address"] for one in found] == ["41.90.64.1"] * 2
    assert len(await listed(stage, stage.officer, first=1)) == 1
    assert await listed(stage, second.actor, userId=str(stage.officer.user_id)) != []
    assert len(await listed(stage, stage.admin, userId=str(stage.officer.user_id))) == 2


async def test_of_others_only_administrators_see_and_end_sign_ins(stage: Stage) -> None:
    signed_in = await sign_in(stage, stage.officer)
    (own,) = await listed(stage, stage.officer)
    values = {"userId": str(stage.officer.user_id)}
    for query in (LIST, REVOKE_ALL):
        assert (await stage.api.ask(stage.chair, query, **values)).code == "FORBIDDEN"
    # A sign-in of somebody else does not exist.
    assert (await revoke(stage, stage.chair, own["id"])).code == "NOT_FOUND"
    assert (await revoke(stage, stage.admin, new_id())).code == "NOT_FOUND"
    nobody = await stage.api.ask(stage.admin, LIST, userId=str(new_id()))
    assert (nobody.code, nobody.field) == ("NOT_FOUND", "userId")
    assert await works(stage, signed_in.access_token)


async def test_a_revoked_sign_in_is_over_at_once_and_the_others_are_not(stage: Stage) -> None:
    here, there = [await sign_in(stage, stage.officer) for _ in range(2)]
    assert await works(stage, here.access_token)
    first = here.actor.session_id
    assert first is not None
    assert (await revoke(stage, stage.admin, first))["revokeSession"] is True
    assert not await works(stage, here.access_token)
    assert await works(stage, there.access_token)
    with pytest.raises(Unauthenticated):
        await sessions.refresh(stage.runtime, here.refresh_token)
    assert (await revoke(stage, stage.officer, first))["revokeSession"] is False
    assert [one["id"] for one in await listed(stage, stage.officer)] == [
        str(there.actor.session_id)
    ]
    lines = [row for row in await stage.all_of(AuditLog) if row.action == "session_revoked"]
    assert [(row.actor_id, row.entity_id) for row in lines] == [(stage.admin.user_id, first)]


async def test_all_sign_ins_end_together_and_a_new_one_may_begin(stage: Stage) -> None:
    tokens = [(await sign_in(stage, stage.officer)).access_token for _ in range(2)]
    other = (await sign_in(stage, stage.chair)).access_token
    done = await stage.api.ask(stage.officer, REVOKE_ALL, userId=str(stage.officer.user_id))
    assert done["revokeAllSessions"] is True
    assert [await works(stage, token) for token in tokens] == [False, False]
    assert await works(stage, other)
    assert await works(stage, (await sign_in(stage, stage.officer)).access_token)
    assert len(await stage.all_of(Device)) == 4


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_other_processes_refuse_a_revoked_sign_in_within_seconds(
    shared_settings: Settings,
) -> None:
    async with running(shared_settings) as here, running(shared_settings) as there:
        stage = await set_stage(here.runtime)
        signed_in = await sign_in(stage, stage.officer)
        away = replace(stage, runtime=there.runtime)
        # The other process has found the token good and remembers it.
        assert await works(away, signed_in.access_token)
        session_id = signed_in.actor.session_id
        assert session_id is not None
        assert (await revoke(stage, stage.admin, session_id))["revokeSession"]
        # Two seconds: the cache alone would answer for five.
        for _ in range(100):
            if not await works(away, signed_in.access_token):
                return
            await asyncio.sleep(0.02)
    pytest.fail("the other process still lets the token in")

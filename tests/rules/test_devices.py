"""Devices: seen by administrators, shut out for everybody on them, and let in again."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from app.auth.authenticate import authenticate
from app.errors import DomainError, Unauthenticated
from app.models import AuditLog, Device, RefreshToken
from app.models.base import new_id
from app.runtime import Runtime, close_runtime, make_runtime
from app.services import sessions
from tests.support.api import Answer, Api
from tests.support.factories import PASSWORD, Person
from tests.support.stage import Stage

DEVICE = """id name signedIn createdAt lastSeenAt revokedAt user { id }
  unsent { waiting failed officer { id } }"""
LIST = f"""query D($userId: UUID, $revoked: Boolean, $first: Int, $after: String) {{
  devices(userId: $userId, revoked: $revoked, first: $first, after: $after) {{
    totalCount pageInfo {{ hasNextPage endCursor }} edges {{ node {{ {DEVICE} }} }} }} }}"""
REVOKE = f"""mutation R($id: UUID!, $known: Boolean! = false) {{
  revokeDevice(id: $id, acknowledgeUnsent: $known) {{ {DEVICE} }} }}"""
RESTORE = f"mutation R($id: UUID!) {{ restoreDevice(id: $id) {{ {DEVICE} }} }}"
REPORT = "mutation R($input: ReportUnsentInput!) { reportUnsentWork(input: $input) }"


async def sign_in(runtime: Runtime, who: Person, device: UUID, name: str = "Tecno") -> Any:
    return await sessions.login(
        runtime,
        phone=who.phone,
        password=PASSWORD,
        address="41.90.64.1",
        device_id=device,
        device_name=name,
    )


async def listed(stage: Stage, **asked: Any) -> list[dict[str, Any]]:
    found = (await stage.api.ask(stage.admin, LIST, **asked))["devices"]
    assert found["totalCount"] >= len(found["edges"])
    return [edge["node"] for edge in found["edges"]]


async def revoke(stage: Stage, device: UUID, **more: Any) -> Answer:
    return await stage.api.ask(stage.admin, REVOKE, id=str(device), **more)


async def works(runtime: Runtime, token: str) -> bool:
    try:
        await authenticate(runtime, token)
    except Unauthenticated:
        return False
    return True


async def test_devices_are_listed_with_whose_they_are_and_what_they_hold(stage: Stage) -> None:
    phone, browser = new_id(), new_id()
    await sign_in(stage.runtime, stage.officer, phone)
    await sign_in(stage.runtime, stage.admin, browser, "Firefox")
    report = {"deviceId": str(phone), "waiting": 3, "oldestAt": "2026-01-05T08:00:00Z"}
    await stage.api.ask(stage.officer, REPORT, input=report)
    first, second = await listed(stage)
    assert [one["name"] for one in (first, second)] == ["Firefox", "Tecno"]
    assert (second["user"], second["signedIn"], second["revokedAt"]) == (
        {"id": str(stage.officer.user_id)},
        1,
        None,
    )
    assert second["unsent"] == [
        {"waiting": 3, "failed": 0, "officer": {"id": str(stage.officer.user_id)}}
    ]
    assert first["unsent"] == []
    assert [one["name"] for one in await listed(stage, userId=str(stage.officer.user_id))] == [
        "Tecno"
    ]
    page = (await stage.api.ask(stage.admin, LIST, first=1))["devices"]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (2, True)
    (rest,) = await listed(stage, after=page["pageInfo"]["endCursor"])
    assert rest["name"] == "Tecno"


async def test_a_device_that_is_shut_out_lets_nobody_in_until_it_is_let_in_again(
    stage: Stage,
) -> None:
    phone = new_id()
    colleague = await stage.make.officer(stage.group)
    mine = await sign_in(stage.runtime, stage.officer, phone)
    theirs = await sign_in(stage.runtime, colleague, phone)
    elsewhere = await sign_in(stage.runtime, stage.officer, new_id())
    report = {"deviceId": str(phone), "waiting": 2, "oldestAt": "2026-01-05T08:00:00Z"}
    await stage.api.ask(stage.officer, REPORT, input=report)

    refused = await revoke(stage, phone)
    assert (refused.code, refused.field) == ("UNSENT_WORK", "acknowledgeUnsent")
    assert await works(stage.runtime, mine.access_token)
    for _ in range(2):
        done = (await revoke(stage, phone, known=True))["revokeDevice"]
        assert (done["signedIn"], len(done["unsent"])) == (0, 1)
        assert done["revokedAt"] is not None
    # What a phone sends is refused like any ended sign-in: it keeps its work and asks anew.
    for signed_in in (mine, theirs):
        assert not await works(stage.runtime, signed_in.access_token)
        with pytest.raises(Unauthenticated):
            await sessions.refresh(stage.runtime, signed_in.refresh_token)
    assert await works(stage.runtime, elsewhere.access_token)
    with pytest.raises(DomainError) as blocked:
        await sign_in(stage.runtime, stage.officer, phone)
    assert (blocked.value.code, blocked.value.field) == ("DEVICE_REVOKED", "deviceId")
    # Whoever does not know the password learns nothing of the device.
    with pytest.raises(Unauthenticated):
        await sessions.login(
            stage.runtime,
            phone=stage.officer.phone,
            password="wrong",
            address="41.90.64.1",
            device_id=phone,
        )
    assert [one["id"] for one in await listed(stage, revoked=True)] == [str(phone)]
    assert str(phone) not in [one["id"] for one in await listed(stage, revoked=False)]

    for _ in range(2):
        again = await stage.api.ask(stage.admin, RESTORE, id=str(phone))
        assert again["restoreDevice"]["revokedAt"] is None
    assert await works(
        stage.runtime, (await sign_in(stage.runtime, stage.officer, phone)).access_token
    )
    lines = [row for row in await stage.all_of(AuditLog) if row.entity_id == phone]
    actions = [row.action for row in lines if row.action.startswith("device_")]
    assert actions == ["device_revoked", "device_restored"]


async def test_only_administrators_see_and_shut_out_devices(stage: Stage) -> None:
    phone = new_id()
    await sign_in(stage.runtime, stage.officer, phone)
    for query in (LIST, REVOKE, RESTORE):
        asked = {} if query is LIST else {"id": str(phone)}
        assert (await stage.api.ask(stage.officer, query, **asked)).code == "FORBIDDEN"
    for query in (REVOKE, RESTORE):
        nobody = await stage.api.ask(stage.admin, query, id=str(new_id()))
        assert (nobody.code, nobody.field) == ("NOT_FOUND", "id")


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_no_sign_in_slips_in_behind_a_revocation(stage: Stage) -> None:
    other = make_runtime(stage.runtime.settings)
    try:
        for _ in range(4):
            phone = new_id()
            token = (await sign_in(stage.runtime, stage.officer, phone)).refresh_token
            await asyncio.gather(
                sign_in(stage.runtime, stage.officer, phone),
                sessions.refresh(stage.runtime, token),
                Api(other).ask(stage.admin, REVOKE, id=str(phone)),
                return_exceptions=True,
            )
            (device,) = [row for row in await stage.all_of(Device) if row.id == phone]
            assert device.revoked_at is not None
            tokens = [row for row in await stage.all_of(RefreshToken) if row.device_id == phone]
            assert all(row.revoked_at is not None for row in tokens)
    finally:
        await close_runtime(other)

"""Browsers that wish to be told: whose they are, what is kept of them, and what is refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from app.config import Settings
from app.models import PushSubscription, User
from app.models.base import new_id
from app.services.push_subscriptions import MOST, open_target
from app.services.sessions import logout
from tests.support.push import REMOVE, Pushing, with_push
from tests.support.push_service import PushService
from tests.support.stage import Stage


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return with_push(settings)


@pytest.fixture
async def pushing(stage: Stage) -> Pushing:
    return Pushing(stage, PushService(9), {})


async def kept(pushing: Pushing) -> list[Any]:
    return await pushing.stage.all_of(PushSubscription)


async def test_address_and_keys_are_sealed_under_the_users_key(pushing: Pushing) -> None:
    stage = pushing.stage
    browser = await pushing.phone_of(stage.officer)
    (row,) = await kept(pushing)
    assert browser.endpoint.encode() not in row.sealed
    async with stage.runtime.db.reading() as session:
        user = await session.get(User, stage.officer.user_id)
    assert user is not None
    target = open_target(stage.runtime.keys, user, row)
    assert target.endpoint == browser.endpoint


async def test_a_phone_tells_whoever_asked_last(pushing: Pushing) -> None:
    stage = pushing.stage
    device_id = await pushing.device(stage.officer)
    browser = pushing.service.subscribe("")
    assert not (await pushing.save(stage.officer, device_id, browser)).errors
    assert not (await pushing.save(stage.officer, device_id, browser, "sw")).errors
    assert [(one.device_id, one.language) for one in await kept(pushing)] == [(device_id, "sw")]
    answer = await stage.api.ask(stage.officer, REMOVE, id=str(device_id))
    assert answer["removePushSubscription"] is True
    assert await kept(pushing) == []
    assert not (await stage.api.ask(stage.officer, REMOVE, id=str(device_id))).errors


async def test_only_for_a_device_of_ones_own(pushing: Pushing) -> None:
    stage = pushing.stage
    device_id = await pushing.device(stage.officer)
    browser = pushing.service.subscribe("")
    for who, which in ((stage.chair, device_id), (stage.officer, new_id())):
        answer = await pushing.save(who, which, browser)
        assert (answer.code, answer.field) == ("NOT_FOUND", "deviceId")
        assert (await stage.api.ask(who, REMOVE, id=str(which))).code == "NOT_FOUND"
    assert await kept(pushing) == []


async def test_signing_out_ends_it(pushing: Pushing) -> None:
    stage = pushing.stage
    signed_in = await stage.make.sign_in(stage.officer)
    browser = pushing.service.subscribe("")
    assert not (await pushing.save(stage.officer, signed_in.device_id, browser)).errors
    await pushing.phone_of(stage.officer)
    await logout(stage.runtime, None, signed_in.refresh_token)
    assert [one.device_id == signed_in.device_id for one in await kept(pushing)] == [False]


async def test_the_oldest_of_too_many_browsers_gives_way(pushing: Pushing) -> None:
    stage = pushing.stage
    devices: list[UUID] = []
    for _ in range(MOST + 1):
        devices.append(await pushing.device(stage.officer))
        browser = pushing.service.subscribe("")
        assert not (await pushing.save(stage.officer, devices[-1], browser)).errors
    await pushing.phone_of(stage.chair)
    left = [one for one in await kept(pushing) if one.user_id == stage.officer.user_id]
    assert {one.device_id for one in left} == set(devices[1:])


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("endpoint", "taken"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
        ("https://web.push.apple.com/abc", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com:8443/fcm/send/abc", False),
        ("https://fcm.googleapis.com@10.0.0.1/abc", False),
        ("https://user:word@fcm.googleapis.com/abc", False),
        ("https://fcm.googleapis.com.example.org/abc", False),
        ("https://notfcm.googleapis.com/abc", False),
        ("https://10.0.0.1/abc", False),
        ("https://localhost/abc", False),
        ("https://[::1]/abc", False),
        ("https://[::1/abc", False),
        ("https://fcm.googleapis.com:port/abc", False),
        ("", False),
        ("https://fcm.googleapis.com/" + "a" * 1000, False),
    ],
)
async def test_only_addresses_of_known_push_services(
    pushing: Pushing, endpoint: str, taken: bool
) -> None:
    device_id = await pushing.device(pushing.stage.officer)
    browser = pushing.service.subscribe("")
    answer = await pushing.save(pushing.stage.officer, device_id, browser, endpoint=endpoint)
    assert (answer.code, answer.field) == ((None, None) if taken else ("BAD_INPUT", "endpoint"))
    assert len(await kept(pushing)) == int(taken)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_keys_that_are_none_and_unknown_languages_are_refused(pushing: Pushing) -> None:
    device_id = await pushing.device(pushing.stage.officer)
    browser = pushing.service.subscribe("")
    for field, value in (
        ("p256dh", "BB"),
        ("p256dh", "ä"),
        ("p256dh", "B" * 87),
        ("auth", "AA"),
        ("auth", "%%%"),
    ):
        answer = await pushing.save(pushing.stage.officer, device_id, browser, **{field: value})
        assert (answer.code, answer.field) == ("BAD_INPUT", "endpoint"), (field, value)
    answer = await pushing.save(pushing.stage.officer, device_id, browser, "fr")
    assert (answer.code, answer.field) == ("BAD_INPUT", "language")
    assert await kept(pushing) == []

"""Sign-in, renewal, sign-out, and that what has ended is over everywhere at once."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from app.config import Settings
from app.logs import ACCESS_SECONDS
from app.models import AuditLog, Device, RefreshToken
from app.models.base import new_id
from app.services import people
from app.services.sessions import TRIES_PER_PHONE
from tests.support.factories import Person
from tests.support.http_api import HttpAnswer, HttpApi, running

LOGIN = """mutation($input: LoginInput!) { login(input: $input) {
  accessToken refreshToken expiresIn
  user { id name phone role isActive assignedGroups { id } } } }"""
REFRESH = """mutation($token: String!) {
  refreshToken(refreshToken: $token) { accessToken refreshToken user { id } } }"""
LOGOUT = "mutation($token: String!) { logout(refreshToken: $token) }"
ME = "{ me { id } }"


async def sign_in(api: HttpApi, person: Person, **device: Any) -> dict[str, Any]:
    entered: dict[str, Any] = {"phone": person.phone, "password": person.password}
    answer = await api.execute(LOGIN, {"input": {**entered, **device}})
    assert not answer.errors, answer
    found: dict[str, Any] = answer.data["login"]
    return found


async def attempt(api: HttpApi, phone: str, password: str) -> HttpAnswer:
    return await api.execute(LOGIN, {"input": {"phone": phone, "password": password}})


async def refresh(api: HttpApi, token: str) -> HttpAnswer:
    return await api.execute(REFRESH, {"token": token})


async def audit_of(api: HttpApi, action: str) -> list[AuditLog]:
    async with api.runtime.db.reading() as session:
        rows = await session.execute(select(AuditLog).where(col(AuditLog.action) == action))
        return list(rows.scalars())


async def works(api: HttpApi, access_token: str) -> bool:
    answer = await api.execute(ME, token=access_token)
    assert not answer.errors or answer.code == "UNAUTHENTICATED", answer
    return not answer.errors


async def test_a_phone_in_any_usual_form_signs_in(api: HttpApi) -> None:
    group = await api.factory.group()
    officer = await api.factory.officer(group, phone="+254712345678")
    for form in ("254712345678", "0712 345 678", "+254 712-345-678", "712345678"):
        answer = await attempt(api, form, officer.password)
        assert not answer.errors
    found = answer.data["login"]
    assert found["expiresIn"] == 1800
    assert found["user"] == {
        "id": str(officer.user_id),
        "name": officer.name,
        "phone": "+254712345678",
        "role": "FIELD_OFFICER",
        "isActive": True,
        "assignedGroups": [{"id": str(group.id)}],
    }
    assert (await api.execute(ME, token=found["accessToken"])).data["me"]["id"] == str(
        officer.user_id
    )
    assert [row.actor_id for row in await audit_of(api, "login")] == [officer.user_id] * 4


async def test_a_device_is_kept_once_and_belongs_to_the_last_who_signed_in(api: HttpApi) -> None:
    first, second = await api.factory.admin(), await api.factory.admin()
    device_id = new_id()
    await sign_in(api, first, device={"id": str(device_id), "name": "Tecno"})
    await sign_in(api, second, device={"id": str(device_id)})
    async with api.runtime.db.reading() as session:
        devices = (await session.execute(select(Device))).scalars().all()
    assert [(row.id, row.user_id, row.name) for row in devices] == [
        (device_id, second.user_id, "Tecno")
    ]


async def test_nobody_learns_which_phones_are_known(
    api: HttpApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = await api.factory.admin()
    gone = await api.factory.admin(is_active=False)
    checked: list[bool] = []
    verify = api.runtime.passwords.verify

    async def counting(stored: str | None, password: str) -> bool:
        checked.append(stored is not None)
        return await verify(stored, password)

    monkeypatch.setattr(api.runtime.passwords, "verify", counting)
    wrong = await attempt(api, known.phone, "not the password")
    unknown = await attempt(api, "0799999999", "not the password")
    inactive = await attempt(api, gone.phone, gone.password)
    assert wrong.code == "UNAUTHENTICATED"
    assert wrong.errors == unknown.errors == inactive.errors
    # The costly part is done for all of them, so time tells nothing either.
    assert checked == [True, False, True]
    failed = await audit_of(api, "login_failed")
    assert len(failed) == 3
    assert not any(phone[4:] in row.detail for row in failed for phone in (known.phone, gone.phone))


@pytest.mark.parametrize("phone", ["12", "+255712345678", "0202222222", "", "x" * 5000])
async def test_what_is_no_kenyan_mobile_is_bad_input(api: HttpApi, phone: str) -> None:
    answer = await attempt(api, phone, "whatever it is")
    assert (answer.code, answer.field) == ("BAD_INPUT", "phone")


async def test_tries_are_counted_per_phone(api: HttpApi) -> None:
    person, other = await api.factory.admin(), await api.factory.admin()
    for _ in range(TRIES_PER_PHONE):
        assert (await attempt(api, person.phone, "wrong password")).code == "UNAUTHENTICATED"
    refused = await attempt(api, person.phone, person.password)
    assert refused.code == "TOO_MANY_REQUESTS"
    assert not (await attempt(api, other.phone, other.password)).errors


async def test_a_success_forgives_the_tries_before_it(api: HttpApi) -> None:
    person = await api.factory.admin()
    for _ in range(2):
        for _ in range(TRIES_PER_PHONE - 1):
            await attempt(api, person.phone, "wrong password")
        await sign_in(api, person)


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_processes_count_tries_together(shared_settings: Settings) -> None:
    async with running(shared_settings) as one, running(shared_settings) as two:
        person = await one.factory.admin(phone="0733000111")
        for number in range(TRIES_PER_PHONE):
            await attempt((one, two)[number % 2], person.phone, "wrong password")
        refused = [await attempt(api, person.phone, person.password) for api in (one, two)]
    assert [answer.code for answer in refused] == ["TOO_MANY_REQUESTS"] * 2


async def test_a_refresh_token_is_used_once(api: HttpApi) -> None:
    first = await sign_in(api, await api.factory.admin())
    second = (await refresh(api, first["refreshToken"])).data["refreshToken"]
    assert second["refreshToken"] != first["refreshToken"]
    assert await works(api, first["accessToken"])
    assert await works(api, second["accessToken"])
    assert not (await refresh(api, second["refreshToken"])).errors


async def test_reuse_ends_the_whole_sign_in(api: HttpApi) -> None:
    person = await api.factory.admin()
    first, elsewhere = await sign_in(api, person), await sign_in(api, person)
    second = (await refresh(api, first["refreshToken"])).data["refreshToken"]
    assert await works(api, second["accessToken"])
    assert (await refresh(api, first["refreshToken"])).code == "UNAUTHENTICATED"
    # The thief's tokens and the owner's are the same to us: both end, at once.
    assert (await refresh(api, second["refreshToken"])).code == "UNAUTHENTICATED"
    assert not await works(api, first["accessToken"])
    assert not await works(api, second["accessToken"])
    assert await works(api, elsewhere["accessToken"])
    assert len(await audit_of(api, "refresh_reused")) == 1


async def test_of_simultaneous_refreshes_exactly_one_wins(api: HttpApi) -> None:
    first = await sign_in(api, await api.factory.admin())
    answers = await asyncio.gather(*(refresh(api, first["refreshToken"]) for _ in range(6)))
    won = [answer for answer in answers if not answer.errors]
    assert len(won) == 1
    assert {answer.code for answer in answers if answer.errors} == {"UNAUTHENTICATED"}
    assert not await works(api, won[0].data["refreshToken"]["accessToken"])
    async with api.runtime.db.reading() as session:
        rows = (await session.execute(select(RefreshToken))).scalars().all()
    assert len(rows) == 2
    assert all(row.revoked_at is not None for row in rows)


async def test_only_hashes_of_refresh_tokens_are_kept(api: HttpApi) -> None:
    token = (await sign_in(api, await api.factory.admin()))["refreshToken"]
    async with api.runtime.db.reading() as session:
        rows = (await session.execute(select(RefreshToken))).scalars().all()
    assert all(token.encode() not in row.token_hash and len(row.token_hash) == 32 for row in rows)


async def test_an_ended_refresh_token_is_refused(settings: Settings) -> None:
    async with running(replace(settings, refresh_token_days=0)) as api:
        found = await sign_in(api, await api.factory.admin())
        assert (await refresh(api, found["refreshToken"])).code == "UNAUTHENTICATED"


async def test_signing_out_ends_access_at_once(api: HttpApi) -> None:
    person = await api.factory.admin()
    here, there = await sign_in(api, person), await sign_in(api, person)
    assert await works(api, here["accessToken"])
    assert (await api.execute(LOGOUT, {"token": here["refreshToken"]})).data == {"logout": True}
    assert not await works(api, here["accessToken"])
    assert (await refresh(api, here["refreshToken"])).code == "UNAUTHENTICATED"
    assert await works(api, there["accessToken"])
    again = await api.execute(LOGOUT, {"token": here["refreshToken"]})
    assert again.data == {"logout": True}
    assert len(await audit_of(api, "logout")) == 1


async def test_signing_out_needs_one_of_the_two_tokens(api: HttpApi) -> None:
    assert (await api.execute(LOGOUT, {"token": "unknown"})).code == "UNAUTHENTICATED"
    found = await sign_in(api, await api.factory.admin())
    answer = await api.execute(LOGOUT, {"token": "unknown"}, token=found["accessToken"])
    assert answer.data == {"logout": False}
    assert await works(api, found["accessToken"])


async def test_deactivation_ends_everything(api: HttpApi) -> None:
    officer = await api.factory.officer()
    found = await sign_in(api, officer)
    assert await works(api, found["accessToken"])
    await api.runtime.db.transact(
        lambda session: people.deactivate_user(session, api.runtime, None, user_id=officer.user_id)
    )
    assert not await works(api, found["accessToken"])
    assert (await refresh(api, found["refreshToken"])).code == "UNAUTHENTICATED"
    assert (await attempt(api, officer.phone, officer.password)).code == "UNAUTHENTICATED"


async def test_a_new_password_ends_what_the_old_one_opened(api: HttpApi) -> None:
    person = await api.factory.admin()
    found = await sign_in(api, person)
    await api.runtime.db.transact(
        lambda session: people.set_password(
            session, api.runtime, None, user_id=person.user_id, password="pya-kabisa-2026"
        )
    )
    assert not await works(api, found["accessToken"])
    assert (await attempt(api, person.phone, person.password)).code == "UNAUTHENTICATED"
    # Within the same second as the change, and good all the same.
    fresh = await sign_in(api, replace(person, password="pya-kabisa-2026"))
    assert await works(api, fresh["accessToken"])


async def test_an_ended_access_token_says_so(settings: Settings) -> None:
    async with running(replace(settings, access_token_minutes=0)) as api:
        found = await sign_in(api, await api.factory.admin())
        answer = await api.execute(ME, token=found["accessToken"])
        assert answer.code == "UNAUTHENTICATED"
        assert "ended" in answer.errors[0]["message"]
        # What needs no token is not kept from anyone by a bad one.
        again = await api.execute(REFRESH, {"token": found["refreshToken"]}, found["accessToken"])
        assert not again.errors
        assert (await api.execute("{ __typename }", token=found["accessToken"])).data


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_other_processes_hear_of_a_sign_out(shared_settings: Settings) -> None:
    async with running(shared_settings) as here, running(shared_settings) as there:
        found = await sign_in(here, await here.factory.admin())
        assert await works(there, found["accessToken"])
        await here.execute(LOGOUT, {"token": found["refreshToken"]})
        for _ in range(100):  # Two seconds; the cache alone would answer for five.
            if not await works(there, found["accessToken"]):
                return
            await asyncio.sleep(0.02)
    pytest.fail("the other process still lets the token in")


async def test_logs_hold_no_secrets(api: HttpApi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "tablebanking.access")
    person = await api.factory.admin()
    found = await sign_in(api, person)
    await works(api, found["accessToken"])
    await attempt(api, person.phone, "wrong password")
    await asyncio.sleep(2 * ACCESS_SECONDS)
    lines = [r.getMessage() for r in caplog.records if r.name == "tablebanking.access"]
    assert sum(text.count('"message":"request"') for text in lines) == 3
    secrets = (found["accessToken"], found["refreshToken"], person.password, person.phone[4:])
    assert not any(secret in line for line in lines for secret in secrets)

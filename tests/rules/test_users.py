"""Users from invitation to deactivation: who may come in, and what happens to their groups."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from app import clock
from app.auth.authenticate import authenticate
from app.errors import Unauthenticated
from app.models import (
    AuditLog,
    FieldOfficer,
    OfficerAssignment,
    OneTimeCode,
    Role,
    UnsentWork,
    User,
)
from app.models.base import new_id
from app.services import sessions
from app.services.invitations import MOST_ATTEMPTS
from tests.support.api import Answer
from tests.support.factories import PASSWORD, Person
from tests.support.stage import Stage, counts

SHOWN = """id name phone role status isActive lastSignInAt deviceCount
  assignedGroups { id } member { id } code { purpose expiresAt } unsentWork { waiting }"""
USERS = f"""query Users($search: String, $role: Role, $status: UserStatus, $groupId: UUID,
  $first: Int, $after: String) {{
  users(search: $search, role: $role, status: $status, groupId: $groupId, first: $first,
    after: $after) {{ totalCount pageInfo {{ endCursor hasNextPage }}
    edges {{ node {{ {SHOWN} }} }} }} }}"""
USER = f"query One($id: UUID!) {{ user(id: $id) {{ {SHOWN} }} }}"
INVITE = f"""mutation I($input: InviteUserInput!) {{
  inviteUser(input: $input) {{ code expiresAt user {{ {SHOWN} }} }} }}"""
ACCEPT = """mutation A($phone: String!, $code: String!, $password: String!) {
  acceptInvitation(phone: $phone, code: $code, password: $password) }"""
RESET = f"""mutation R($userId: UUID!) {{
  resetPassword(userId: $userId) {{ code user {{ {SHOWN} }} }} }}"""
UPDATE = f"""mutation U($id: UUID!, $input: UpdateUserInput!) {{
  updateUser(id: $id, input: $input) {{ {SHOWN} }} }}"""
DEACTIVATE = f"""mutation D($id: UUID!, $handOver: [HandOverInput!], $known: Boolean!) {{
  deactivateUser(id: $id, handOver: $handOver, acknowledgeUnsent: $known) {{ {SHOWN} }} }}"""
REACTIVATE = f"mutation Re($id: UUID!) {{ reactivateUser(id: $id) {{ {SHOWN} }} }}"
NEW = "kikundi-kipya-2026"
PHONE = "0712 000 999"


async def users(stage: Stage, **wanted: Any) -> list[str]:
    found = (await stage.api.ask(stage.admin, USERS, **wanted))["users"]
    return [edge["node"]["id"] for edge in found["edges"]]


async def invite(stage: Stage, **changes: Any) -> Answer:
    values = {"name": "Achieng Otieno", "phone": PHONE, "role": "FIELD_OFFICER", **changes}
    return await stage.api.ask(stage.admin, INVITE, input=values)


async def accept(stage: Stage, code: str, password: str = NEW, phone: str = PHONE) -> Answer:
    return await stage.api.ask(None, ACCEPT, phone=phone, code=code, password=password)


async def change(stage: Stage, user_id: UUID | str, **values: Any) -> Answer:
    return await stage.api.ask(stage.admin, UPDATE, id=str(user_id), input=values)


async def deactivate(
    stage: Stage, who: Person, *hand_over: tuple[UUID, UUID], known: bool = False, by: Any = None
) -> Answer:
    given = [{"groupId": str(group), "toOfficerId": str(to)} for group, to in hand_over]
    return await stage.api.ask(
        by or stage.admin, DEACTIVATE, id=str(who.user_id), handOver=given, known=known
    )


async def signs_in(stage: Stage, phone: str, password: str) -> bool:
    try:
        await sessions.login(stage.runtime, phone=phone, password=password, address="test")
    except Unauthenticated:
        return False
    return True


async def actions(stage: Stage) -> list[str]:
    return [row.action for row in await stage.all_of(AuditLog)]


async def test_the_list_finds_by_name_phone_role_status_and_group(stage: Stage) -> None:
    gone = await stage.make.officer(is_active=False, name="Zawadi Ali")
    await invite(stage)
    (invited,) = await users(stage, status="INVITED")
    officer, chair, admin = (str(one.user_id) for one in (stage.officer, stage.chair, stage.admin))
    assert set(await users(stage)) == {officer, chair, admin, invited, str(gone.user_id)}
    assert await users(stage, search="zawa") == [str(gone.user_id)]
    assert await users(stage, search="100%") == []
    assert await users(stage, search=stage.officer.phone) == [officer]
    assert await users(stage, role="GROUP_CHAIR") == [chair]
    assert await users(stage, status="INACTIVE") == [str(gone.user_id)]
    assert set(await users(stage, status="ACTIVE")) == {officer, chair, admin}
    assert set(await users(stage, groupId=str(stage.group.id))) == {officer, chair}
    whole: list[str] = []
    cursor = None
    for _ in range(3):
        page = (await stage.api.ask(stage.admin, USERS, first=2, after=cursor))["users"]
        assert page["totalCount"] == 5
        whole += [edge["node"]["id"] for edge in page["edges"]]
        cursor = page["pageInfo"]["endCursor"]
    assert len(set(whole)) == 5
    for wanted, field in (({"groupId": str(new_id())}, "groupId"), ({"first": 101}, "first")):
        assert (await stage.api.ask(stage.admin, USERS, **wanted)).field == field


async def test_an_account_shows_sign_in_devices_groups_and_unsent_work(stage: Stage) -> None:
    assert await signs_in(stage, stage.officer.phone, PASSWORD)
    phone = (await stage.make.sign_in(stage.officer)).device_id
    now = clock.now()
    await stage.make.save(
        UnsentWork(
            user_id=stage.officer.user_id,
            device_id=phone,
            waiting=3,
            failed=0,
            oldest_at=now,
            reported_at=now,
        )
    )
    found = (await stage.api.ask(stage.admin, USER, id=str(stage.officer.user_id)))["user"]
    assert found["lastSignInAt"] is not None
    assert (found["deviceCount"], found["status"]) == (1, "ACTIVE")
    assert found["assignedGroups"] == [{"id": str(stage.group.id)}]
    assert found["unsentWork"] == [{"waiting": 3}]
    assert (await stage.api.ask(stage.admin, USER, id=str(new_id())))["user"] is None


async def test_an_invited_officer_chooses_a_password_with_the_code_once(stage: Stage) -> None:
    issued = (await invite(stage, groupIds=[str(stage.group.id)]))["inviteUser"]
    assert len(issued["code"]) == 8
    assert issued["user"]["status"] == "INVITED"
    assert issued["user"]["code"]["purpose"] == "INVITATION"
    assert issued["user"]["assignedGroups"] == [{"id": str(stage.group.id)}]
    (kept,) = await stage.all_of(OneTimeCode)
    assert kept.code_hash.startswith("$argon2id$")
    assert all(issued["code"] not in row.detail for row in await stage.all_of(AuditLog))
    assert (await accept(stage, issued["code"], "short")).field == "password"
    # People type it in groups.
    shown = f"{issued['code'][:4]} {issued['code'][4:]}"
    assert (await accept(stage, shown))["acceptInvitation"] is True
    assert await signs_in(stage, PHONE, NEW)
    assert (await accept(stage, issued["code"])).code == "UNAUTHENTICATED"
    found = (await stage.api.ask(stage.admin, USER, id=issued["user"]["id"]))["user"]
    assert (found["status"], found["code"]) == ("ACTIVE", None)
    done = await actions(stage)
    assert "user_invited" in done
    assert "invitation_accepted" in done


async def test_a_code_is_worth_nothing_after_five_wrong_ones_or_when_it_has_ended(
    stage: Stage,
) -> None:
    issued = (await invite(stage))["inviteUser"]
    wrong = "00000000" if issued["code"] != "00000000" else "11111111"
    for _ in range(MOST_ATTEMPTS):
        assert (await accept(stage, wrong)).code == "UNAUTHENTICATED"
    assert (await accept(stage, issued["code"])).code == "UNAUTHENTICATED"
    assert (await actions(stage)).count("code_failed") == MOST_ATTEMPTS
    again = (await stage.api.ask(stage.admin, RESET, userId=issued["user"]["id"]))["resetPassword"]
    assert again["user"]["status"] == "INVITED"
    await stage.runtime.db.transact(
        lambda session: session.execute(update(OneTimeCode).values(expires_at=clock.now()))
    )
    assert (await accept(stage, again["code"])).code == "UNAUTHENTICATED"
    # Nobody else's phone is worth more than a wrong code.
    assert (await accept(stage, "12345678", phone="0799 999 999")).code == "UNAUTHENTICATED"
    assert (await accept(stage, "12345678", phone=stage.officer.phone)).code == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"phone": "12"}, "BAD_INPUT", "phone"),
        ({"name": " "}, "BAD_INPUT", "name"),
        ({"phone": "OFFICER"}, "PHONE_TAKEN", "phone"),
        ({"role": "GROUP_CHAIR"}, "BAD_INPUT", "groupIds"),
        ({"role": "SYSTEM_ADMIN", "groupIds": ["GROUP"]}, "BAD_INPUT", "groupIds"),
        ({"groupIds": ["d9428888-122b-11e1-b85c-61cd3cbb3210"]}, "NOT_FOUND", "groupId"),
        (
            {
                "role": "GROUP_CHAIR",
                "groupIds": ["GROUP"],
                "memberId": "d9428888-122b-11e1-b85c-61cd3cbb3210",
            },
            "NOT_FOUND",
            "memberId",
        ),
    ],
)
async def test_what_is_wrong_with_an_invitation_is_named(
    stage: Stage, values: dict[str, Any], code: str, field: str
) -> None:
    if values.get("phone") == "OFFICER":
        values = {**values, "phone": stage.officer.phone}
    if values.get("groupIds") == ["GROUP"]:
        values = {**values, "groupIds": [str(stage.group.id)]}
    before = await counts(stage.runtime)
    answer = await invite(stage, **values)
    assert (answer.code, answer.field) == (code, field)
    assert await counts(stage.runtime) == before


async def test_a_phone_is_given_once_when_two_invite_it_at_once(stage: Stage) -> None:
    answers = await asyncio.gather(*(invite(stage, name=name) for name in ("Moja", "Mbili")))
    assert sorted(str(answer.code) for answer in answers) == ["None", "PHONE_TAKEN"]


async def test_a_reset_ends_the_old_password_and_every_sign_in(stage: Stage) -> None:
    token = (await stage.make.sign_in(stage.officer)).access_token
    await authenticate(stage.runtime, token)
    answer = await stage.api.ask(stage.admin, RESET, userId=str(stage.officer.user_id))
    issued = answer["resetPassword"]
    assert issued["user"]["status"] == "ACTIVE"
    assert issued["user"]["code"]["purpose"] == "RESET"
    with pytest.raises(Unauthenticated):
        await authenticate(stage.runtime, token)
    assert not await signs_in(stage, stage.officer.phone, PASSWORD)
    assert not (await accept(stage, issued["code"], phone=stage.officer.phone)).errors
    assert await signs_in(stage, stage.officer.phone, NEW)
    assert "password_reset" in await actions(stage)
    gone = await stage.make.officer(is_active=False)
    answer = await stage.api.ask(stage.admin, RESET, userId=str(gone.user_id))
    assert (answer.code, answer.field) == ("USER_INACTIVE", "userId")


async def test_name_phone_and_groups_change_at_once(stage: Stage) -> None:
    other = await stage.make.group()
    answer = await change(
        stage, stage.officer.user_id, name="Jina Jipya", phone=PHONE, groupIds=[str(other.id)]
    )
    found = answer["updateUser"]
    assert (found["name"], found["phone"]) == ("Jina Jipya", "+254712000999")
    assert found["assignedGroups"] == [{"id": str(other.id)}]
    assert await signs_in(stage, PHONE, PASSWORD)
    answer = await change(stage, stage.officer.user_id, phone=stage.chair.phone)
    assert (answer.code, answer.field) == ("PHONE_TAKEN", "phone")
    (line,) = [row for row in await stage.all_of(AuditLog) if row.action == "user_changed"]
    # Who changed what, never the personal values.
    assert "Jipya" not in line.detail
    assert "712000999" not in line.detail
    assert (await change(stage, new_id(), name="X")).code == "NOT_FOUND"


async def test_another_role_is_felt_at_once_and_brings_its_groups(stage: Stage) -> None:
    token = (await stage.make.sign_in(stage.chair)).access_token
    assert (await authenticate(stage.runtime, token)).role is Role.GROUP_CHAIR
    changed = await change(stage, stage.chair.user_id, role="GROUP_COMMITTEE")
    assert changed["updateUser"]["assignedGroups"] == [{"id": str(stage.group.id)}]
    assert (await authenticate(stage.runtime, token)).role is Role.GROUP_COMMITTEE
    await change(stage, stage.chair.user_id, role="FIELD_OFFICER", groupIds=[str(stage.group.id)])
    actor = await authenticate(stage.runtime, token)
    assert (actor.role, actor.group_id) == (Role.FIELD_OFFICER, None)
    assert len([row for row in await stage.all_of(OfficerAssignment) if not row.removed_at]) == 2
    answer = await change(stage, stage.chair.user_id, role="SYSTEM_ADMIN")
    assert (answer.code, answer.field) == ("HAND_OVER_NEEDED", "role")
    answer = await change(stage, stage.admin.user_id, role="GROUP_CHAIR")
    assert answer.code == "LAST_ADMINISTRATOR"


async def test_the_last_administrator_stays_also_when_two_end_each_other(stage: Stage) -> None:
    answer = await deactivate(stage, stage.admin)
    assert (answer.code, answer.field) == ("LAST_ADMINISTRATOR", "userId")
    # One who never came in cannot take over.
    await invite(stage, role="SYSTEM_ADMIN")
    assert (await deactivate(stage, stage.admin)).code == "LAST_ADMINISTRATOR"
    second = await stage.make.admin()
    answers = await asyncio.gather(
        deactivate(stage, second), deactivate(stage, stage.admin, by=second)
    )
    assert sorted(str(answer.code) for answer in answers) == ["LAST_ADMINISTRATOR", "None"]


async def test_an_officer_who_leaves_hands_the_groups_over(stage: Stage) -> None:
    colleague = await stage.make.officer()
    token = (await stage.make.sign_in(stage.officer)).access_token
    await authenticate(stage.runtime, token)
    answer = await deactivate(stage, stage.officer)
    assert (answer.code, answer.field) == ("HAND_OVER_NEEDED", "handOver")
    (failure,) = answer.errors[0]["extensions"]["failures"]
    assert failure["message"] == stage.group.name
    home = stage.group.id
    for to, code in (
        (stage.officer.user_id, "BAD_INPUT"),
        (stage.chair.user_id, "NOT_FOUND"),
        ((await stage.make.officer(is_active=False)).user_id, None),
    ):
        if code is None:
            await _retire(stage, to)
            code = "OFFICER_INACTIVE"
        assert (await deactivate(stage, stage.officer, (home, to))).code == code
    other = await stage.make.group()
    refused = await deactivate(stage, stage.officer, (other.id, colleague.user_id))
    assert (refused.code, refused.field) == ("NOT_FOUND", "handOver")
    await authenticate(stage.runtime, token)
    done = await deactivate(stage, stage.officer, (home, colleague.user_id))
    assert done["deactivateUser"]["status"] == "INACTIVE"
    assert done["deactivateUser"]["assignedGroups"] == []
    assert await users(stage, groupId=str(home), role="FIELD_OFFICER") == [str(colleague.user_id)]
    with pytest.raises(Unauthenticated):
        await authenticate(stage.runtime, token)
    assert not await signs_in(stage, stage.officer.phone, PASSWORD)


async def _retire(stage: Stage, user_id: UUID) -> None:
    await stage.runtime.db.transact(
        lambda session: session.execute(
            update(FieldOfficer).where(FieldOfficer.id == user_id).values(is_active=False)  # type: ignore[arg-type]
        )
    )


async def test_a_group_with_another_officer_needs_no_hand_over(stage: Stage) -> None:
    await stage.make.officer(stage.group)
    assert not (await deactivate(stage, stage.officer)).errors
    open_ones = [row for row in await stage.all_of(OfficerAssignment) if row.removed_at is None]
    assert len(open_ones) == 1


async def test_unsent_work_must_be_acknowledged(stage: Stage) -> None:
    await stage.make.officer(stage.group)
    phone = (await stage.make.sign_in(stage.officer)).device_id
    now = clock.now()
    who = stage.officer.user_id
    row = UnsentWork(
        user_id=who, device_id=phone, waiting=2, failed=1, oldest_at=now, reported_at=now
    )
    await stage.make.save(row)
    answer = await deactivate(stage, stage.officer)
    assert (answer.code, answer.field) == ("UNSENT_WORK", "acknowledgeUnsent")
    assert "3" in answer.errors[0]["message"]
    done = (await deactivate(stage, stage.officer, known=True))["deactivateUser"]
    assert done["unsentWork"] == [{"waiting": 2}]


async def test_one_who_comes_back_signs_in_and_gets_no_group_by_it(stage: Stage) -> None:
    await stage.make.officer(stage.group)
    await deactivate(stage, stage.officer)
    found = await stage.api.ask(stage.admin, REACTIVATE, id=str(stage.officer.user_id))
    assert found["reactivateUser"]["status"] == "ACTIVE"
    assert found["reactivateUser"]["assignedGroups"] == []
    assert await signs_in(stage, stage.officer.phone, PASSWORD)
    done = await actions(stage)
    assert "user_deactivated" in done
    assert "user_reactivated" in done


async def test_a_right_code_does_not_wake_a_deactivated_user(stage: Stage) -> None:
    issued = (await invite(stage))["inviteUser"]
    (user,) = [row for row in await stage.all_of(User) if str(row.id) == issued["user"]["id"]]
    person = Person(user.id, user.name, PHONE, NEW, stage.officer.actor)
    assert not (await deactivate(stage, person)).errors
    assert (await accept(stage, issued["code"])).code == "UNAUTHENTICATED"
    assert not await signs_in(stage, PHONE, NEW)

"""Officers of a group and its officials: given, taken, and felt at once."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from app.auth.authenticate import authenticate
from app.errors import Unauthenticated
from app.models import AuditLog, FieldOfficer, GroupOfficial, Role, User
from tests.support.api import Answer, contribute
from tests.support.stage import Stage

SHOWN = """officers { officer { id } since } officials { office member { id memberName } }"""
ASSIGN = f"""mutation A($groupId: UUID!, $officerId: UUID!) {{
  assignGroupOfficer(groupId: $groupId, officerId: $officerId) {{ {SHOWN} }} }}"""
REMOVE = ASSIGN.replace("assignGroupOfficer", "removeGroupOfficer")
ELECT = f"""mutation E($groupId: UUID!, $memberId: UUID!, $office: Office!) {{
  assignGroupOfficial(groupId: $groupId, memberId: $memberId, office: $office) {{ {SHOWN} }} }}"""
END = f"""mutation R($groupId: UUID!, $memberId: UUID!) {{
  removeGroupOfficial(groupId: $groupId, memberId: $memberId) {{ {SHOWN} }} }}"""
CHANGES = """query All($since: String) {
  changes(since: $since) { cursor deletedIds groups { id officials { office } } } }"""


async def officer(stage: Stage, query: str, who: UUID, by: Any = None) -> Answer:
    return await stage.api.ask(
        by or stage.admin, query, groupId=str(stage.group.id), officerId=str(who)
    )


async def elect(stage: Stage, member_id: UUID, office: str, **changes: Any) -> Answer:
    values = {"groupId": str(stage.group.id), "memberId": str(member_id), "office": office}
    return await stage.api.ask(stage.admin, ELECT, **{**values, **changes})


async def end(stage: Stage, member_id: UUID) -> Answer:
    return await stage.api.ask(
        stage.admin, END, groupId=str(stage.group.id), memberId=str(member_id)
    )


def offices(answer: Answer) -> list[tuple[str, str]]:
    ((_, found),) = (answer.data or {}).items()
    return [(one["office"], one["member"]["id"]) for one in found["officials"]]


async def actions(stage: Stage) -> list[str]:
    return [row.action for row in await stage.all_of(AuditLog)]


async def test_an_officer_gets_the_group_at_once_and_loses_it_at_once(stage: Stage) -> None:
    colleague = await stage.make.officer()
    empty = (await stage.api.ask(colleague, CHANGES))["changes"]
    assert empty["groups"] == []
    found = (await officer(stage, ASSIGN, colleague.user_id))["assignGroupOfficer"]
    assert [one["officer"]["id"] for one in found["officers"]] == [
        str(stage.officer.user_id),
        str(colleague.user_id),
    ]
    given = (await stage.api.ask(colleague, CHANGES, since=empty["cursor"]))["changes"]
    assert [one["id"] for one in given["groups"]] == [str(stage.group.id)]
    (paid,) = await stage.api.sync(colleague, contribute(stage.jane.id))
    assert paid["outcome"] == "APPLIED"
    # Once is enough.
    again = (await officer(stage, ASSIGN, colleague.user_id))["assignGroupOfficer"]
    assert len(again["officers"]) == 2
    taken = (await officer(stage, REMOVE, colleague.user_id))["removeGroupOfficer"]
    assert len(taken["officers"]) == 1
    lost = (await stage.api.ask(colleague, CHANGES, since=given["cursor"]))["changes"]
    assert str(stage.group.id) in lost["deletedIds"]
    assert str(stage.jane.id) in lost["deletedIds"]
    assert (await actions(stage)).count("officer_assigned") == 1
    assert "officer_unassigned" in await actions(stage)


async def test_who_is_no_officer_or_serves_no_more_gets_no_group(stage: Stage) -> None:
    gone = await stage.make.officer()
    await stage.runtime.db.transact(lambda session: _deactivate(session, gone.user_id))
    answer = await officer(stage, ASSIGN, gone.user_id)
    assert (answer.code, answer.field) == ("OFFICER_INACTIVE", "officerId")
    answer = await officer(stage, ASSIGN, stage.chair.user_id)
    assert (answer.code, answer.field) == ("NOT_FOUND", "officerId")
    answer = await officer(stage, REMOVE, gone.user_id)
    assert answer.code == "NOT_FOUND"


async def _deactivate(session: Any, user_id: UUID) -> None:
    (await session.get(FieldOfficer, user_id)).is_active = False


async def test_an_office_is_held_by_one_and_a_member_holds_one(stage: Stage) -> None:
    jane, john = stage.jane.id, stage.john.id
    await elect(stage, jane, "TREASURER")
    answer = await elect(stage, john, "TREASURER")
    assert (answer.code, answer.field) == ("OFFICE_TAKEN", "office")
    assert offices(await elect(stage, jane, "CHAIR")) == [("CHAIR", str(jane))]
    both = await elect(stage, john, "TREASURER")
    assert offices(both) == [("CHAIR", str(jane)), ("TREASURER", str(john))]
    third = await stage.make.member(stage.group)
    await elect(stage, john, "COMMITTEE")
    assert len(offices(await elect(stage, third.id, "COMMITTEE"))) == 3
    # Nothing is forgotten of who held what.
    assert len(await stage.all_of(GroupOfficial)) == 5
    assert (await actions(stage)).count("official.assigned") == 5


async def test_who_is_no_active_member_of_the_group_holds_no_office(stage: Stage) -> None:
    other = await stage.make.member(await stage.make.group())
    answer = await elect(stage, other.id, "CHAIR")
    assert (answer.code, answer.field) == ("NOT_FOUND", "memberId")
    left = await stage.make.member(stage.group, is_active=False)
    answer = await elect(stage, left.id, "CHAIR")
    assert (answer.code, answer.field) == ("MEMBER_LEFT", "memberId")
    assert (await end(stage, stage.jane.id)).code == "NOT_FOUND"


async def test_an_office_is_given_once_when_two_give_it_at_once(stage: Stage) -> None:
    answers = await asyncio.gather(
        elect(stage, stage.jane.id, "CHAIR"), elect(stage, stage.john.id, "CHAIR")
    )
    assert sorted(str(answer.code) for answer in answers) == ["None", "OFFICE_TAKEN"]


async def test_the_role_of_an_official_who_signs_in_follows_the_office_at_once(
    stage: Stage,
) -> None:
    jane = await stage.make.committee(stage.group, member_id=stage.jane.id)
    token = (await stage.make.sign_in(jane)).access_token
    assert (await authenticate(stage.runtime, token)).role is Role.GROUP_COMMITTEE
    await elect(stage, stage.jane.id, "CHAIR")
    assert (await authenticate(stage.runtime, token)).role is Role.GROUP_CHAIR
    await elect(stage, stage.jane.id, "SECRETARY")
    assert (await authenticate(stage.runtime, token)).role is Role.GROUP_COMMITTEE
    await end(stage, stage.jane.id)
    with pytest.raises(Unauthenticated):
        await authenticate(stage.runtime, token)
    (user,) = [row for row in await stage.all_of(User) if row.id == jane.user_id]
    assert not user.is_active
    assert "user_deactivated" in await actions(stage)


async def test_phones_hear_of_officials(stage: Stage) -> None:
    cursor = (await stage.api.ask(stage.officer, CHANGES))["changes"]["cursor"]
    await elect(stage, stage.jane.id, "CHAIR")
    then = (await stage.api.ask(stage.officer, CHANGES, since=cursor))["changes"]
    assert [one["officials"] for one in then["groups"]] == [[{"office": "CHAIR"}]]
    await end(stage, stage.jane.id)
    last = (await stage.api.ask(stage.officer, CHANGES, since=then["cursor"]))["changes"]
    assert [one["officials"] for one in last["groups"]] == [[]]

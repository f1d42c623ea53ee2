"""Edits carry baseVersion: what nobody else touched merges, a real clash is CONFLICT."""

from __future__ import annotations

from typing import Any

import pytest

from app.models import AuditLog
from tests.support.api import contribute, edit, register
from tests.support.stage import Stage, erase

MEMBER = """
query Member($id: UUID!) { member(id: $id) {
  version memberName phone dateOfBirth isActive nextOfKin { name relationship phone idNumber }
} }
"""
UPDATE = "mutation U($input: UpdateMemberInput!) { updateMember(input: $input) { version phone } }"
KIN = {"name": "Mary Kamau", "relationship": "Sister", "phone": "0722 000 999", "idNumber": None}


async def member(stage: Stage) -> dict[str, Any]:
    answer = await stage.api.ask(stage.officer, MEMBER, id=str(stage.jane.id))
    found: dict[str, Any] = answer["member"]
    return found


def verdict(result: dict[str, Any]) -> str:
    found: str = result["error"]["code"] if result["error"] else result["outcome"]
    return found


async def change(stage: Stage, base_version: int, **changes: Any) -> dict[str, Any]:
    (result,) = await stage.api.sync(stage.officer, edit(stage.jane.id, base_version, **changes))
    return result


async def test_an_edit_changes_what_it_names_and_nothing_else(stage: Stage) -> None:
    before = await member(stage)
    assert verdict(await change(stage, 1, phone="0711 999 888")) == "APPLIED"
    assert await member(stage) == {**before, "version": 2, "phone": "+254711999888"}


async def test_every_field_can_be_edited(stage: Stage) -> None:
    changes = {
        "memberName": "Jane Njeri",
        "phone": "0711 999 888",
        "dateOfBirth": "1990-02-28",
        "nextOfKin": [KIN],
        "isActive": False,
    }
    assert verdict(await change(stage, 1, **changes)) == "APPLIED"
    assert await member(stage) == {
        **changes,
        "version": 2,
        "phone": "+254711999888",
        "nextOfKin": [{**KIN, "phone": "+254722000999"}],
    }


async def test_fields_that_nobody_else_touched_merge(stage: Stage) -> None:
    assert verdict(await change(stage, 1, phone="0711 999 888")) == "APPLIED"
    assert verdict(await change(stage, 1, memberName="Jane Njeri")) == "APPLIED"
    found = await member(stage)
    assert (found["version"], found["phone"], found["memberName"]) == (
        3,
        "+254711999888",
        "Jane Njeri",
    )


async def test_a_real_clash_comes_back_with_the_servers_copy(stage: Stage) -> None:
    await change(stage, 1, phone="0711 999 888", nextOfKin=[KIN])
    result = await change(stage, 1, phone="0711 777 666", memberName="Jane Njeri")
    assert (result["outcome"], verdict(result)) == ("CONFLICT", "CONFLICT")
    assert result["error"]["field"] == "phone"
    now = await member(stage)
    assert result["current"] == {"id": str(stage.jane.id), **now}
    assert (now["version"], now["phone"]) == (2, "+254711999888")


async def test_the_same_value_on_both_sides_is_no_clash(stage: Stage) -> None:
    await change(stage, 1, phone="0711 999 888", memberName="Jane Njeri")
    result = await change(stage, 1, phone="+254 711 999888", dateOfBirth="1990-01-01")
    assert result["outcome"] == "APPLIED"
    assert (await member(stage))["version"] == 3


async def test_an_edit_that_changes_nothing_makes_no_version(stage: Stage) -> None:
    await change(stage, 1, memberName="Jane Njeri")
    audits = len(await stage.all_of(AuditLog))
    assert verdict(await change(stage, 2, memberName=" Jane  Njeri ")) == "APPLIED"
    assert (await member(stage))["version"] == 2
    assert len(await stage.all_of(AuditLog)) == audits


async def test_an_edit_after_the_clash_was_seen_is_applied(stage: Stage) -> None:
    await change(stage, 1, phone="0711 999 888")
    result = await change(stage, 1, phone="0711 777 666")
    version = result["current"]["version"]
    assert verdict(await change(stage, version, phone="0711 777 666")) == "APPLIED"
    assert (await member(stage))["phone"] == "+254711777666"


async def test_a_clash_changes_none_of_the_fields(stage: Stage) -> None:
    before = await member(stage)
    await change(stage, 1, phone="0711 999 888")
    await change(stage, 1, phone="0711 777 666", memberName="Not taken", isActive=False)
    assert await member(stage) == {**before, "version": 2, "phone": "+254711999888"}


async def test_null_leaves_a_field_but_clears_the_date_of_birth(stage: Stage) -> None:
    before = await member(stage)
    result = await change(stage, 1, memberName=None, phone=None, nextOfKin=None, dateOfBirth=None)
    assert verdict(result) == "APPLIED"
    assert await member(stage) == {**before, "version": 2, "dateOfBirth": None}


async def test_kin_are_replaced_as_a_whole_and_can_be_cleared(stage: Stage) -> None:
    await change(stage, 1, nextOfKin=[KIN, {**KIN, "name": "Paul"}])
    await change(stage, 2, nextOfKin=[])
    assert (await member(stage))["nextOfKin"] == []


@pytest.mark.parametrize("version", [0, -1, 2, 2**31 - 1])
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_a_version_that_never_was_is_refused(stage: Stage, version: int) -> None:
    result = await change(stage, version, memberName="Jane Njeri")
    assert (verdict(result), result["error"]["field"]) == ("BAD_INPUT", "baseVersion")


async def test_a_member_who_came_back_pays_again(stage: Stage) -> None:
    await change(stage, 1, isActive=False)
    results = await stage.api.sync(
        stage.officer, edit(stage.jane.id, 2, isActive=True), contribute(stage.jane.id)
    )
    assert [verdict(result) for result in results] == ["APPLIED", "APPLIED"]


async def test_the_search_follows_the_name(stage: Stage) -> None:
    await change(stage, 1, memberName="Zipporah Chepkoech")
    query = "query S($s: String) { members(search: $s) { edges { node { id } } } }"
    found = await stage.api.ask(stage.officer, query, s="pkoe")
    assert [edge["node"]["id"] for edge in found["members"]["edges"]] == [str(stage.jane.id)]
    old = await stage.api.ask(stage.officer, query, s=stage.jane.member_name)
    assert old["members"]["edges"] == []


async def test_the_search_finds_a_changed_phone_and_not_the_old_one(stage: Stage) -> None:
    await stage.api.sync(
        stage.officer,
        register(stage.group.id, "31234567", phone="0700 000 001", memberName="Ann"),
    )
    query = "query S($s: String) { members(search: $s) { edges { node { memberName version } } } }"
    found = await stage.api.ask(stage.officer, query, s="0700000001")
    (edge,) = found["members"]["edges"]
    assert edge["node"] == {"memberName": "Ann", "version": 1}


async def test_two_edits_of_a_batch_build_on_each_other(stage: Stage) -> None:
    results = await stage.api.sync(
        stage.officer,
        edit(stage.jane.id, 1, memberName="First"),
        edit(stage.jane.id, 2, memberName="Second"),
        edit(stage.jane.id, 1, memberName="Late"),
    )
    assert [verdict(result) for result in results] == ["APPLIED", "APPLIED", "CONFLICT"]
    assert results[2]["current"]["memberName"] == "Second"


async def test_a_single_mutation_gives_the_servers_copy_with_the_conflict(stage: Stage) -> None:
    first = {"id": str(stage.jane.id), "baseVersion": 1, "phone": "0711 999 888"}
    answer = await stage.api.ask(stage.officer, UPDATE, input=first)
    assert answer["updateMember"] == {"version": 2, "phone": "+254711999888"}
    answer = await stage.api.ask(stage.officer, UPDATE, input={**first, "phone": "0711 777 666"})
    assert (answer.code, answer.field) == ("CONFLICT", "phone")
    current = answer.errors[0]["extensions"]["current"]
    assert (current["version"], current["phone"]) == (2, "+254711999888")


async def test_an_erased_member_cannot_be_edited(stage: Stage) -> None:
    await erase(stage.runtime, stage.jane.id)
    assert verdict(await change(stage, 1, memberName="Back")) == "NOT_FOUND"


async def test_money_for_an_erased_member_is_held_even_beside_an_edit(stage: Stage) -> None:
    await erase(stage.runtime, stage.jane.id)
    results = await stage.api.sync(
        stage.officer, edit(stage.jane.id, 1, memberName="Back"), contribute(stage.jane.id)
    )
    assert [verdict(result) for result in results] == ["NOT_FOUND", "MEMBER_LEFT"]

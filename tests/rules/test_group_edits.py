"""Changing a group: the places list, versions that merge or clash, the trail, the phones."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
import pytest

from app.models import AuditLog, SearchToken
from tests.support.api import Answer
from tests.support.stage import Stage, counts

UPDATE = """mutation Change($groupId: UUID!, $baseVersion: Int!, $input: UpdateGroupInput!) {
  updateGroup(groupId: $groupId, baseVersion: $baseVersion, input: $input) {
    version name county constituency ward location village meetingDay meetingVenue status
    geo { latitude longitude accuracy } } }"""
CHANGES = "query All($since: String) { changes(since: $since) { cursor groups { name } } }"
FIND = "query Find($text: String) { groups(search: $text) { totalCount } }"


async def change(stage: Stage, version: int = 1, who: Any = None, **values: Any) -> Answer:
    return await stage.api.ask(
        who or stage.admin,
        UPDATE,
        groupId=str(stage.group.id),
        baseVersion=version,
        input=values,
    )


async def test_what_is_left_out_stays_and_the_rest_is_cleaned(stage: Stage) -> None:
    first = await change(stage, location="Stage", village="Lanet")
    assert (first["updateGroup"]["location"], first["updateGroup"]["village"]) == ("Stage", "Lanet")
    found = (
        await change(
            stage,
            2,
            name="  Umoja   Mpya ",
            county="nairobi",
            constituency="westlands",
            ward="kitisuru",
            location="",
            meetingDay="friday",
            status="INACTIVE",
            geo={"latitude": -1.25, "longitude": 36.8, "accuracy": 12},
        )
    )["updateGroup"]
    assert found == {
        "version": 3,
        "name": "Umoja Mpya",
        "county": "Nairobi",
        "constituency": "Westlands",
        "ward": "Kitisuru",
        "location": None,
        "village": "Lanet",
        "meetingDay": "FRIDAY",
        "meetingVenue": "Menengai social hall",
        "status": "INACTIVE",
        "geo": {"latitude": -1.25, "longitude": 36.8, "accuracy": 12.0},
    }


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 256}, "name"),
        ({"meetingVenue": ""}, "meetingVenue"),
        ({"meetingDay": "SOMEDAY"}, "meetingDay"),
        ({"county": "Atlantis"}, "county"),
        # The ward of before does not lie in the other county.
        ({"county": "Kiambu"}, "constituency"),
        ({"ward": "Kitisuru"}, "ward"),
        ({"geo": {"latitude": 91, "longitude": 0}}, "geo"),
        ({"geo": {"latitude": 1, "longitude": 0, "accuracy": -1}}, "accuracy"),
    ],
)
async def test_bad_input_names_its_field_and_writes_nothing(
    stage: Stage, values: dict[str, Any], field: str
) -> None:
    before = await counts(stage.runtime)
    answer = await change(stage, **values)
    assert (answer.code, answer.field) == ("BAD_INPUT", field)
    assert await counts(stage.runtime) == before
    assert (await change(stage))["updateGroup"]["version"] == 1


async def test_edits_of_different_fields_merge_and_of_the_same_clash(stage: Stage) -> None:
    assert (await change(stage, name="Umoja A"))["updateGroup"]["version"] == 2
    merged = (await change(stage, meetingVenue="Church"))["updateGroup"]
    assert (merged["version"], merged["name"]) == (3, "Umoja A")
    # The same on both sides is no clash, and no new version.
    assert (await change(stage, name="Umoja A"))["updateGroup"]["version"] == 3
    answer = await change(stage, name="Umoja B", meetingDay="FRIDAY")
    assert (answer.code, answer.field) == ("CONFLICT", "name")
    found = answer.errors[0]["extensions"]
    assert (found["current"]["name"], found["current"]["version"]) == ("Umoja A", 3)
    assert found["yours"] == {"name": "Umoja B"}
    assert (await change(stage, 3))["updateGroup"]["meetingDay"] == "TUESDAY"
    for version in (0, 4):
        assert (await change(stage, version, name="C")).field == "baseVersion"


async def test_a_place_is_one_value(stage: Stage) -> None:
    await change(stage, county="Nairobi", constituency="Westlands", ward="Kitisuru")
    answer = await change(stage, ward="Parklands/Highridge")
    assert (answer.code, answer.field) == ("CONFLICT", "ward")


async def test_of_two_administrators_at_once_one_is_told_of_the_other(stage: Stage) -> None:
    answers = await asyncio.gather(*(change(stage, name=name) for name in ("Moja", "Mbili")))
    assert sorted(str(answer.code) for answer in answers) == ["CONFLICT", "None"]


async def test_the_trail_has_the_values_but_not_of_homes(stage: Stage) -> None:
    await change(stage, name="Mpya", meetingVenue="Kwa Mama Jane")
    (line,) = [row for row in await stage.all_of(AuditLog) if row.action == "group.changed"]
    assert orjson.loads(line.detail) == {
        "fields": ["meetingVenue", "name"],
        "changes": {"name": [stage.group.name, "Mpya"]},
    }
    assert (line.actor_id, line.entity_id) == (stage.admin.user_id, stage.group.id)


async def test_phones_hear_of_it_and_the_search_finds_the_new_name_alone(stage: Stage) -> None:
    cursor = (await stage.api.ask(stage.officer, CHANGES))["changes"]["cursor"]
    await change(stage, name="Tumaini")
    then = (await stage.api.ask(stage.officer, CHANGES, since=cursor))["changes"]
    assert then["groups"] == [{"name": "Tumaini"}]
    for text, number in (("tumai", 1), ("umoja", 0), ("NKR-001", 1)):
        found = (await stage.api.ask(stage.admin, FIND, text=text))["groups"]
        assert found["totalCount"] == number, text
    tokens = [row for row in await stage.all_of(SearchToken) if row.entity_id == stage.group.id]
    assert all("umoja" not in row.token for row in tokens)

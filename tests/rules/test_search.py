"""Names and codes are found by any part, in any spelling (issue 2: Server, 5)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.search import MAX_WORD, fold, tails
from tests.properties.budget import examples
from tests.support.factories import Person
from tests.support.stage import Stage

GROUPS = (
    "query S($s: String, $county: String, $status: GroupStatus) "
    "{ groups(search: $s, county: $county, status: $status) "
    "{ totalCount edges { node { name } } } }"
)
MEMBERS = "query S($s: String) { members(search: $s) { edges { node { memberName } } } }"


async def groups(stage: Stage, words: str | None = None, **more: Any) -> list[str]:
    answer = await stage.api.ask(stage.admin, GROUPS, s=words, **more)
    found = [edge["node"]["name"] for edge in answer["groups"]["edges"]]
    assert answer["groups"]["totalCount"] == len(found)
    return found


async def members(stage: Stage, words: str) -> list[str]:
    answer = await stage.api.ask(stage.officer, MEMBERS, s=words)
    return [edge["node"]["memberName"] for edge in answer["members"]["edges"]]


@pytest.mark.parametrize(
    "words",
    ["upendo", "UPEN", "pendo", "do", "moja upe", "upendo wa", "KSM-7", "sm", "777", "ûpéndo"],
)
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_a_group_is_found_by_any_part_of_name_and_code(stage: Stage, words: str) -> None:
    await stage.make.group(name="Upendo wa Moja", group_code="KSM-777")
    assert await groups(stage, words) == ["Upendo wa Moja"]


@pytest.mark.parametrize("words", ["upendo kisumu", "x", "upendoo", "!!", "-", "moja moja zaidi"])
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_every_word_must_be_in_it(stage: Stage, words: str) -> None:
    await stage.make.group(name="Upendo wa Moja", group_code="KSM-777")
    assert await groups(stage, words) == []


async def test_an_empty_search_is_none(stage: Stage) -> None:
    assert await groups(stage, "  ") == await groups(stage) == [stage.group.name]


async def test_groups_come_by_county_in_any_letter_case_and_by_status(stage: Stage) -> None:
    await stage.make.group(name="Mbali", county="Kisumu", status="INACTIVE")
    assert await groups(stage, county="kisumu ") == ["Mbali"]
    assert await groups(stage, county="KISUMU", status="ACTIVE") == []
    assert await groups(stage, status="ACTIVE") == [stage.group.name]


async def test_a_new_group_is_found_and_places_are_checked_in_any_letter_case(
    stage: Stage,
) -> None:
    answer = await stage.api.ask(
        stage.admin,
        "mutation M($input: CreateGroupInput!) { createGroup(input: $input) "
        "{ county constituency ward meetingDay version geo { latitude recordedAt } } }",
        input={
            "name": "  Jitegemee   Women ",
            "groupCode": "JTG-1",
            "county": "nakuru",
            "constituency": "NAKURU TOWN EAST",
            "ward": "menengai",
            "meetingDay": "friday",
            "meetingVenue": "Hall",
            "geo": {"latitude": -0.3, "longitude": 36.07, "accuracy": 12.5},
        },
    )
    made = answer["createGroup"]
    assert made.pop("geo")["latitude"] == -0.3
    assert made == {
        "county": "Nakuru",
        "constituency": "Nakuru Town East",
        "ward": "Menengai",
        "meetingDay": "FRIDAY",
        "version": 1,
    }
    assert await groups(stage, "gemee") == ["Jitegemee Women"]


async def test_a_member_is_found_by_a_whole_phone_or_national_id_and_not_by_parts(
    stage: Stage,
) -> None:
    await stage.make.member(
        stage.group, member_name="Zawadi Chebet", phone="0733 444 555", id_number="A1234567"
    )
    for words in ("0733444555", "+254 733 444 555", "254733444555", "a1234567", "A 1234567"):
        assert await members(stage, words) == ["Zawadi Chebet"], words
    for words in ("0733444", "1234567", "444555"):
        assert await members(stage, words) == [], words


async def test_members_are_found_by_their_groups_code_and_a_part_of_the_name(stage: Stage) -> None:
    group = await stage.make.group(group_code="KSM-777", name="Upendo wa Moja")
    await stage.make.assign(stage.officer, group)
    for name in ("Zawadi Chebet", "Zainabu Omar"):
        await stage.make.member(group, member_name=name)
    for words in ("KSM-777", "ksm 777", "777"):
        assert await members(stage, words) == ["Zainabu Omar", "Zawadi Chebet"], words
    for words in ("KSM-777 zawadi", "chebet ksm-777"):
        assert await members(stage, words) == ["Zawadi Chebet"], words
    for words in ("KSM-778", "KSM-777 jane", "kisumu-777", "upendo 777 zawadi"):
        assert await members(stage, words) == [], words


async def test_of_the_groups_that_are_named_those_within_reach_come(stage: Stage) -> None:
    other = await stage.make.group(name="Mbali")
    query = (
        "query G($ids: [UUID!]) { groups(groupIds: $ids) { totalCount edges { node { name } } } }"
    )

    async def named(who: Person, *ids: UUID) -> list[str]:
        answer = await stage.api.ask(who, query, ids=[str(one) for one in ids])
        return [edge["node"]["name"] for edge in answer["groups"]["edges"]]

    assert await named(stage.admin, other.id) == ["Mbali"]
    assert await named(stage.admin, other.id, stage.group.id) == sorted(["Mbali", stage.group.name])
    assert await named(stage.officer, other.id, stage.group.id) == [stage.group.name]
    assert await named(stage.admin) == []


async def test_the_search_of_an_officer_ends_at_their_groups(stage: Stage) -> None:
    await stage.make.member(await stage.make.group(), member_name="Zawadi Chebet")
    assert await members(stage, "zawadi") == []


@examples(200)
@given(st.text(max_size=60))
def test_every_part_of_a_word_begins_a_tail(text: str) -> None:
    known = tails(text)
    for word in fold(text).split():
        for start in range(min(len(word), MAX_WORD)):
            part = word[start : start + 3]
            assert any(tail.startswith(part[: MAX_WORD - start]) for tail in known)


@examples(200)
@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_letters_that_are_capitals_only_when_taken_apart_are_found() -> None:
    assert fold("\U0001d608nn") == "ann"

"""changes(since): all that the officer may see and that changed (design.md, Sync)."""

from __future__ import annotations

import base64
import zlib
from typing import Any
from uuid import UUID

import pytest

from app.models import BankingGroup, OfficerAssignment
from app.models.base import new_id
from app.services.changes import GROUPS_AT_ONCE, read_cursor, write_cursor
from app.services.people import assign_officer, unassign_officer
from tests.support.api import contribute, edit, register
from tests.support.factories import Person
from tests.support.stage import Stage

CHANGES = """
query Changes($since: String, $first: Int) { changes(since: $since, first: $first) {
  cursor hasMore deletedIds
  groups { id name version bookHead { sequence } }
  members { id memberName version group { id } }
  contributions { id amount member { id } }
  loans { id }
} }
"""


async def changes(
    stage: Stage, since: str | None = None, first: int = 500, who: Person | None = None
) -> dict[str, Any]:
    answer = await stage.api.ask(who or stage.officer, CHANGES, since=since, first=first)
    found: dict[str, Any] = answer["changes"]
    return found


def ids(found: list[dict[str, Any]]) -> set[str]:
    return {item["id"] for item in found}


async def move(stage: Stage, group: BankingGroup, *, on: bool) -> None:
    async def work(session: Any) -> OfficerAssignment | None:
        act: Any = assign_officer if on else unassign_officer
        moved: OfficerAssignment | None = await act(
            session, stage.runtime, None, officer_id=stage.officer.user_id, group_id=group.id
        )
        return moved

    await stage.runtime.db.transact(work)


async def test_without_a_cursor_everything_comes(stage: Stage) -> None:
    results = await stage.api.sync(stage.officer, contribute(stage.jane.id, "7"))
    found = await changes(stage)
    assert ids(found["groups"]) == {str(stage.group.id)}
    assert ids(found["members"]) == {str(stage.jane.id), str(stage.john.id)}
    assert [(item["id"], item["amount"]) for item in found["contributions"]] == [
        (results[0]["entityId"], "7.00")
    ]
    assert (found["hasMore"], found["deletedIds"], found["loans"]) == (False, [], [])


async def test_where_nothing_changed_nothing_comes_and_the_cursor_stays(stage: Stage) -> None:
    cursor = (await changes(stage))["cursor"]
    found = await changes(stage, cursor)
    assert (found["groups"], found["members"], found["contributions"]) == ([], [], [])
    assert found["cursor"] == cursor


async def test_each_kind_of_change_comes_once(stage: Stage) -> None:
    cursor = (await changes(stage))["cursor"]
    results = await stage.api.sync(
        stage.officer,
        register(stage.group.id, "31234567"),
        edit(stage.jane.id, 1, memberName="Jane Njeri"),
        contribute(stage.john.id),
    )
    found = await changes(stage, cursor)
    new, _, paid = (result["entityId"] for result in results)
    assert ids(found["members"]) == {new, str(stage.jane.id)}
    assert ids(found["contributions"]) == {paid}
    assert ids(found["groups"]) == {str(stage.group.id)}
    assert (await changes(stage, found["cursor"]))["members"] == []


async def test_held_money_shows_by_the_groups_new_head(stage: Stage) -> None:
    cursor = (await changes(stage))["cursor"]
    await stage.api.sync(stage.officer, contribute(stage.jane.id, contributionDate="2099-01-01"))
    found = await changes(stage, cursor)
    assert [group["bookHead"]["sequence"] for group in found["groups"]] == [1]
    assert found["contributions"] == []


async def test_a_refused_operation_is_no_change(stage: Stage) -> None:
    cursor = (await changes(stage))["cursor"]
    await stage.api.sync(stage.officer, contribute(stage.jane.id, "0"))
    assert (await changes(stage, cursor))["groups"] == []


async def test_pages_together_are_the_whole_whatever_their_size(stage: Stage) -> None:
    await stage.api.sync(
        stage.officer,
        *(register(stage.group.id, f"3123456{number}") for number in range(5)),
        *(contribute(stage.jane.id, str(number)) for number in range(1, 8)),
    )
    whole = await changes(stage)
    # Both members of the stage carry number 0, which the services never give twice.
    for size in (2, 3, 5, 13, 500):
        members: list[str] = []
        paid: list[str] = []
        cursor, more = None, True
        while more:
            page = await changes(stage, cursor, size)
            assert len(page["members"]) + len(page["contributions"]) <= size
            members += [item["id"] for item in page["members"]]
            paid += [item["id"] for item in page["contributions"]]
            cursor, more = page["cursor"], page["hasMore"]
        assert sorted(members) == sorted(ids(whole["members"]))
        assert sorted(paid) == sorted(ids(whole["contributions"]))


async def test_more_groups_than_come_at_once_come_in_pages(stage: Stage) -> None:
    for _ in range(GROUPS_AT_ONCE + 5):
        await stage.make.group(change_sequence=1)
    first = await changes(stage, who=stage.admin)
    assert (len(first["groups"]), first["hasMore"]) == (GROUPS_AT_ONCE, True)
    second = await changes(stage, first["cursor"], who=stage.admin)
    assert (len(second["groups"]), second["hasMore"]) == (6, False)


async def test_a_newly_assigned_group_comes_whole(stage: Stage) -> None:
    other = await stage.make.group()
    member = await stage.make.member(other)
    await stage.api.sync(stage.admin, contribute(member.id))
    cursor = (await changes(stage))["cursor"]
    await move(stage, other, on=True)
    found = await changes(stage, cursor)
    assert ids(found["groups"]) == {str(other.id)}
    assert ids(found["members"]) == {str(member.id)}
    assert len(found["contributions"]) == 1


async def test_a_removed_group_comes_as_deleted_ids_once(stage: Stage) -> None:
    cursor = (await changes(stage))["cursor"]
    await move(stage, stage.group, on=False)
    found = await changes(stage, cursor)
    assert set(found["deletedIds"]) == {
        str(stage.group.id),
        str(stage.jane.id),
        str(stage.john.id),
    }
    assert (found["groups"], found["members"]) == ([], [])
    assert (await changes(stage, found["cursor"]))["deletedIds"] == []


async def test_a_group_that_comes_back_comes_whole_again(stage: Stage) -> None:
    cursor = (await changes(stage))["cursor"]
    await move(stage, stage.group, on=False)
    cursor = (await changes(stage, cursor))["cursor"]
    await move(stage, stage.group, on=True)
    found = await changes(stage, cursor)
    assert ids(found["members"]) == {str(stage.jane.id), str(stage.john.id)}


async def test_a_forged_cursor_tells_nothing_of_a_foreign_group(stage: Stage) -> None:
    foreign = await stage.make.group()
    await stage.make.member(foreign)
    forged = write_cursor({foreign.id: 0})
    for who in (stage.officer, stage.chair):
        assert (await changes(stage, forged, who=who))["deletedIds"] == [str(foreign.id)]


async def test_a_cursor_ahead_of_the_group_gives_nothing(stage: Stage) -> None:
    ahead = write_cursor({stage.group.id: 2**63 - 1})
    assert (await changes(stage, ahead))["members"] == []


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "no cursor",
        "Ä" * 8,
        "\x00",
        base64.urlsafe_b64encode(b"plain").decode(),
        base64.urlsafe_b64encode(zlib.compress(b"too short")).decode(),
        base64.urlsafe_b64encode(zlib.compress(bytes(24))[:-1]).decode(),
        base64.urlsafe_b64encode(zlib.compress(bytes(24 * 1_000_000))).decode(),
        base64.urlsafe_b64encode(zlib.compress(bytes(16) + b"\xff" * 8)).decode(),
    ],
)
async def test_what_is_no_cursor_is_bad_input(stage: Stage, cursor: str) -> None:
    answer = await stage.api.ask(stage.officer, CHANGES, since=cursor)
    assert (answer.code, answer.field) == ("BAD_INPUT", "since")


@pytest.mark.parametrize("first", [0, -1, 501])
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_the_page_is_bounded(stage: Stage, first: int) -> None:
    answer = await stage.api.ask(stage.officer, CHANGES, first=first)
    assert (answer.code, answer.field) == ("BAD_INPUT", "first")


def test_a_cursor_is_what_it_was_made_from() -> None:
    reached = {UUID(int=number): number**9 for number in range(1, 100)}
    assert read_cursor(write_cursor(reached)) == reached
    assert read_cursor(write_cursor({})) == {}
    assert new_id() not in read_cursor(None)

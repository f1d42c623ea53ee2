"""The audit log is there to be read: by administrators all of it, by a group its own terms."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app import clock
from tests.rules.test_reviews import decide, held
from tests.rules.test_settings import change
from tests.support.api import contribute, edit
from tests.support.stage import Stage

LOG = """query Log($groupId: UUID, $entityId: UUID, $actorId: UUID, $action: String,
    $from: DateTime, $to: DateTime, $first: Int, $after: String) {
  auditLog(groupId: $groupId, entityId: $entityId, actorId: $actorId, action: $action,
      from: $from, to: $to, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { id at action entityId detail isSealed actor { id } group { id } } } } }"""
HISTORY = """query History($groupId: UUID!, $first: Int, $after: String) {
  settingsHistory(groupId: $groupId, first: $first, after: $after) {
    totalCount pageInfo { endCursor }
    edges { node { at setting from to changedBy { id } } } } }"""


async def lines(stage: Stage, **filters: Any) -> list[dict[str, Any]]:
    answer = await stage.api.ask(stage.admin, LOG, **filters)
    return [edge["node"] for edge in answer["auditLog"]["edges"]]


async def test_the_log_is_read_newest_first_and_by_what_it_is_about(stage: Stage) -> None:
    began = clock.now().isoformat()
    other = await stage.make.group()
    await stage.api.sync(
        stage.officer, contribute(stage.jane.id), edit(stage.jane.id, 1, phone="0733 111 222")
    )
    _, item_id = await held(stage)
    await decide(stage, item_id, "ACCEPT")
    actions = [line["action"] for line in await lines(stage, groupId=str(stage.group.id))]
    assert actions[-3:] == ["contribution.held", "member.changed", "contribution.recorded"]
    assert actions[0] == "review.decided"
    (decision,) = await lines(stage, action="review.decided")
    assert decision["actor"]["id"] == str(stage.admin.user_id)
    assert decision["group"]["id"] == str(stage.group.id)
    assert '"ACCEPT"' in decision["detail"]
    (edited,) = await lines(stage, entityId=str(stage.jane.id), actorId=str(stage.officer.user_id))
    assert (edited["action"], edited["detail"], edited["isSealed"]) == (
        "member.changed",
        '["phone"]',
        True,
    )
    assert await lines(stage, groupId=str(other.id)) == []
    assert await lines(stage, to=began) == []
    assert len(await lines(stage, **{"from": began})) == len(actions)
    later = (clock.now() + timedelta(minutes=1)).isoformat()
    assert await lines(stage, **{"from": later}) == []


async def test_the_log_comes_in_pages_with_a_total(stage: Stage) -> None:
    await stage.api.sync(stage.officer, *(contribute(stage.jane.id, n) for n in range(1, 6)))
    filters = {"groupId": str(stage.group.id)}
    first = (await stage.api.ask(stage.admin, LOG, first=2, **filters))["auditLog"]
    assert first["totalCount"] == 5
    after = first["pageInfo"]["endCursor"]
    rest = (await stage.api.ask(stage.admin, LOG, first=10, after=after, **filters))["auditLog"]
    pages = [edge["node"]["id"] for page in (first, rest) for edge in page["edges"]]
    assert pages == sorted(pages, reverse=True)
    assert len(set(pages)) == 5
    assert not rest["pageInfo"]["hasNextPage"]


async def test_only_administrators_read_the_whole_log(stage: Stage) -> None:
    for who in (stage.officer, stage.chair):
        assert (await stage.api.ask(who, LOG)).code == "FORBIDDEN"


async def test_what_cannot_be_asked_names_its_field(stage: Stage) -> None:
    for filters, field in (
        ({"from": "2026-01-01T00:00:00"}, "from"),
        ({"to": "2026-01-01T00:00:00"}, "to"),
        ({"action": "x" * 41}, "action"),
        ({"action": ""}, "action"),
        ({"first": 101}, "first"),
        ({"after": "none"}, "after"),
    ):
        answer = await stage.api.ask(stage.admin, LOG, **filters)
        assert (answer.code, answer.field) == ("BAD_INPUT", field), filters


async def test_each_changed_term_is_shown_with_who_and_from_what(stage: Stage) -> None:
    await change(stage, shortTermRate="12.50", graceDays=5)
    await change(stage, version=2, lateFine="75.00")
    values = {"groupId": str(stage.group.id)}
    for who in (stage.admin, stage.officer, stage.chair):
        page = (await stage.api.ask(who, HISTORY, **values))["settingsHistory"]
        nodes = [edge["node"] for edge in page["edges"]]
        assert [(one["setting"], one["from"], one["to"]) for one in nodes] == [
            ("lateFine", "50.00", "75.00"),
            ("graceDays", "3", "5"),
            ("shortTermRate", "10.00", "12.50"),
        ]
        assert {one["changedBy"]["id"] for one in nodes} == {str(stage.admin.user_id)}
    first = (await stage.api.ask(stage.chair, HISTORY, first=1, **values))["settingsHistory"]
    assert first["totalCount"] == 3
    after = first["pageInfo"]["endCursor"]
    rest = (await stage.api.ask(stage.chair, HISTORY, after=after, **values))["settingsHistory"]
    assert len(rest["edges"]) == 2

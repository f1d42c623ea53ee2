"""The review inbox: its decisions do something, are audited, and reach the officer's phone."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from app.models import AuditLog, Contribution, Movement, ReviewItem
from app.models.base import new_id
from app.runtime import close_runtime, make_runtime
from tests.support.api import Answer, Api, contribute, edit
from tests.support.stage import Stage, erase

ITEMS = """
query Items($groupId: UUID, $kind: ReviewKind, $status: ReviewStatus, $first: Int, $after: String) {
  reviewItems(groupId: $groupId, kind: $kind, status: $status, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { id kind status reason amount direction claim message decision decisionNote
      member { id } officer { name } decidedBy { name } entryId decisionEntryId operationId } }
  }
}
"""
DECIDE = """
mutation Decide($input: DecideReviewInput!) {
  decideReview(input: $input) { id status decision decisionEntryId decidedBy { id } }
}
"""
CHANGES = """
query Changes($since: String) {
  changes(since: $since) { cursor reviewItems { id status decision decisionNote operationId } }
}
"""
SUSPENSE = "SUSPENSE"


async def held(stage: Stage, **changes: Any) -> tuple[dict[str, Any], UUID]:
    """Money of Jane's that is held for its date; the operation and the item's id."""
    operation = contribute(stage.jane.id, contributionDate="2099-01-01", **changes)
    (result,) = await stage.api.sync(stage.officer, operation)
    assert result["outcome"] == "HELD"
    return operation, UUID(result["entityId"])


async def decide(stage: Stage, item_id: UUID, action: str, who: Any = None, **more: Any) -> Answer:
    values = {"itemId": str(item_id), "action": action, **more}
    if action != "ACCEPT":
        values.setdefault("note", "Asked the officer")
    return await stage.api.ask(who or stage.admin, DECIDE, input=values)


async def suspense(stage: Stage) -> int:
    return (await stage.balances(stage.group.id)).get(SUSPENSE, 0)


async def test_the_inbox_shows_what_waits_oldest_first(stage: Stage) -> None:
    ids = [(await held(stage))[1] for _ in range(3)]
    answer = await stage.api.ask(stage.admin, ITEMS, groupId=str(stage.group.id), first=2)
    page = answer["reviewItems"]
    assert page["totalCount"] == 3
    nodes = [edge["node"] for edge in page["edges"]]
    assert [node["id"] for node in nodes] == [str(one) for one in ids[:2]]
    first = nodes[0]
    assert (first["kind"], first["status"], first["reason"]) == (
        "HELD_CASH",
        "OPEN",
        "DATE_IN_FUTURE",
    )
    assert (first["amount"], first["direction"]) == ("500.00", "CASH_IN")
    assert first["member"]["id"] == str(stage.jane.id)
    assert "future" in first["message"]
    after = page["pageInfo"]["endCursor"]
    answer = await stage.api.ask(stage.admin, ITEMS, status="OPEN", after=after)
    assert [edge["node"]["id"] for edge in answer["reviewItems"]["edges"]] == [str(ids[2])]


async def test_held_money_is_placed_to_a_member(stage: Stage) -> None:
    _operation, item_id = await held(stage)
    answer = await decide(
        stage,
        item_id,
        "PLACE_TO_MEMBER",
        memberId=str(stage.john.id),
        contributionType="WELFARE",
    )
    assert answer["decideReview"]["status"] == "DECIDED"
    entry = (await stage.entries())[-1]
    assert entry.moves == [(SUSPENSE, 500_00), ("WELFARE_FUND", -500_00)]
    assert entry.row.kind == "PLACEMENT"
    assert str(entry.row.id) == answer["decideReview"]["decisionEntryId"]
    (row,) = await stage.all_of(Contribution)
    assert (row.member_id, row.amount, row.contribution_type) == (
        stage.john.id,
        500_00,
        "WELFARE",
    )
    assert await suspense(stage) == 0
    await stage.books_hold()


async def test_accepted_money_goes_where_it_was_claimed(stage: Stage) -> None:
    await stage.api.sync(stage.officer, edit(stage.jane.id, 1, isActive=False))
    (result,) = await stage.api.sync(
        stage.officer, contribute(stage.jane.id, contributionDate="2026-02-03")
    )
    assert result["error"]["code"] == "MEMBER_LEFT"
    await decide(stage, UUID(result["entityId"]), "ACCEPT")
    (row,) = await stage.all_of(Contribution)
    assert (row.member_id, row.contribution_date.isoformat()) == (stage.jane.id, "2026-02-03")
    assert row.receipt_number == result["receiptNumber"]
    assert (await stage.balances(stage.jane.id))["MEMBER_SAVINGS"] == -500_00
    await stage.books_hold()


async def test_a_claimed_day_that_cannot_be_counts_today(stage: Stage) -> None:
    _, item_id = await held(stage)
    await decide(stage, item_id, "ACCEPT")
    (row,) = await stage.all_of(Contribution)
    assert row.contribution_date.isoformat() == stage.api.today()


async def test_a_repeat_of_decided_money_is_an_ordinary_duplicate(stage: Stage) -> None:
    operation, item_id = await held(stage)
    assert (await stage.api.sync(stage.officer, operation))[0]["outcome"] == "HELD"
    await decide(stage, item_id, "ACCEPT")
    (row,) = await stage.all_of(Contribution)
    (result,) = await stage.api.sync(stage.officer, operation)
    assert (result["outcome"], result["entityId"]) == ("DUPLICATE", str(row.id))


async def test_held_money_is_placed_to_a_fund(stage: Stage) -> None:
    _, item_id = await held(stage)
    await decide(stage, item_id, "PLACE_TO_FUND", account="OTHER_INCOME", note="A gift")
    assert (await stage.entries())[-1].moves == [(SUSPENSE, 500_00), ("OTHER_INCOME", -500_00)]
    (movement,) = await stage.all_of(Movement)
    assert (movement.description, movement.amount) == ("A gift", 500_00)
    await stage.books_hold()


async def test_money_is_not_placed_to_what_is_no_fund(stage: Stage) -> None:
    _, item_id = await held(stage)
    for account in ("CASH", "MEMBER_SAVINGS", "OPERATING_EXPENSES", "LOAN_INTEREST", "x"):
        answer = await decide(stage, item_id, "PLACE_TO_FUND", account=account)
        assert (answer.code, answer.field) == ("BAD_INPUT", "account")


async def test_money_that_was_given_back_is_reversed(stage: Stage) -> None:
    _, item_id = await held(stage)
    await decide(stage, item_id, "REVERSE", note="Given back to her")
    entry = (await stage.entries())[-1]
    assert entry.moves == [("CASH", -500_00), (SUSPENSE, 500_00)]
    assert entry.row.reverses_id == (await stage.entries())[0].row.id
    assert (await stage.balances(stage.group.id))["CASH"] == 0
    await stage.books_hold()


async def test_an_item_is_sent_back_and_decided_later(stage: Stage) -> None:
    _, item_id = await held(stage)
    answer = await decide(stage, item_id, "SEND_BACK", note="Which Jane?")
    assert answer["decideReview"]["status"] == "SENT_BACK"
    assert len(await stage.entries()) == 1
    assert (await decide(stage, item_id, "ACCEPT"))["decideReview"]["status"] == "DECIDED"


async def test_an_item_is_decided_once(stage: Stage) -> None:
    _, item_id = await held(stage)
    await decide(stage, item_id, "ACCEPT")
    assert (await decide(stage, item_id, "ACCEPT")).code == "ALREADY_DECIDED"
    assert (await decide(stage, item_id, "SEND_BACK")).code == "ALREADY_DECIDED"


async def test_a_decision_needs_its_target_and_its_note(stage: Stage) -> None:
    _, item_id = await held(stage)
    answer = await decide(stage, item_id, "PLACE_TO_MEMBER", contributionType="REGULAR")
    assert (answer.code, answer.field) == ("NOT_FOUND", "memberId")
    stranger = await stage.make.member(await stage.make.group())
    answer = await decide(
        stage,
        item_id,
        "PLACE_TO_MEMBER",
        memberId=str(stranger.id),
        contributionType="REGULAR",
    )
    assert (answer.code, answer.field) == ("NOT_FOUND", "memberId")
    answer = await decide(stage, item_id, "PLACE_TO_MEMBER", memberId=str(stage.jane.id))
    assert (answer.code, answer.field) == ("BAD_INPUT", "contributionType")
    answer = await decide(stage, item_id, "SEND_BACK", note=" ")
    assert (answer.code, answer.field) == ("BAD_INPUT", "note")
    answer = await decide(stage, item_id, "DISMISS")
    assert (answer.code, answer.field) == ("BAD_INPUT", "action")
    assert (await stage.all_of(ReviewItem))[0].status == "OPEN"


async def test_only_administrators_decide(stage: Stage) -> None:
    _, item_id = await held(stage)
    for person in (stage.officer, stage.chair):
        assert (await decide(stage, item_id, "ACCEPT", person)).code == "FORBIDDEN"
    assert (await decide(stage, new_id(), "ACCEPT")).code == "NOT_FOUND"


async def test_an_officer_sees_what_they_sent_and_no_more(stage: Stage) -> None:
    await held(stage)
    colleague = await stage.make.officer(stage.group)
    for person, number in ((stage.officer, 1), (colleague, 0), (stage.chair, 1)):
        answer = await stage.api.ask(person, ITEMS)
        assert answer["reviewItems"]["totalCount"] == number


async def test_the_decision_is_in_the_audit_log(stage: Stage) -> None:
    _, item_id = await held(stage)
    await decide(stage, item_id, "ACCEPT")
    (line,) = [row for row in await stage.all_of(AuditLog) if row.action == "review.decided"]
    assert (line.entity_id, line.actor_id) == (item_id, stage.admin.user_id)
    assert '"action":"ACCEPT"' in line.detail


async def test_the_decision_reaches_the_phone(stage: Stage) -> None:
    operation, item_id = await held(stage)
    first = (await stage.api.ask(stage.officer, CHANGES))["changes"]
    assert [one["status"] for one in first["reviewItems"]] == ["OPEN"]
    await decide(stage, item_id, "SEND_BACK", note="Which Jane?")
    then = (await stage.api.ask(stage.officer, CHANGES, since=first["cursor"]))["changes"]
    assert then["reviewItems"] == [
        {
            "id": str(item_id),
            "status": "SENT_BACK",
            "decision": "SEND_BACK",
            "decisionNote": "Which Jane?",
            "operationId": operation["recordContribution"]["offlineSyncId"],
        }
    ]
    colleague = await stage.make.officer(stage.group)
    others = (await stage.api.ask(colleague, CHANGES))["changes"]
    assert others["reviewItems"] == []


async def clash(stage: Stage) -> dict[str, Any]:
    """An edit of Jane's name that came too late; the operation."""
    await stage.api.sync(stage.officer, edit(stage.jane.id, 1, memberName="Jane Achieng"))
    late = edit(stage.jane.id, 1, memberName="Jane Akinyi", phone="0711 222 333")
    (result,) = await stage.api.sync(stage.officer, late)
    assert result["outcome"] == "CONFLICT"
    return late


async def conflict(stage: Stage) -> ReviewItem:
    (item,) = [row for row in await stage.all_of(ReviewItem) if row.kind == "CONFLICT"]
    found: ReviewItem = item
    return found


async def test_a_clash_waits_in_the_inbox_once_and_without_personal_data(stage: Stage) -> None:
    late = await clash(stage)
    await stage.api.sync(stage.officer, late)
    item = await conflict(stage)
    assert (item.status, item.subject_id, item.amount) == ("OPEN", stage.jane.id, 0)
    assert "Akinyi" not in item.claim
    assert item.sealed is not None
    assert b"Akinyi" not in item.sealed


WANTED = """
query One($id: UUID!) { reviewItem(id: $id) {
  wanted { fields memberName phone dateOfBirth nextOfKin { name } isActive }
} }
"""


async def test_the_officers_values_are_shown_to_those_who_may_see_the_item(stage: Stage) -> None:
    await clash(stage)
    item_id = str((await conflict(stage)).id)
    wanted = {
        "fields": ["memberName", "phone"],
        "memberName": "Jane Akinyi",
        "phone": "+254711222333",
        "dateOfBirth": None,
        "nextOfKin": None,
        "isActive": None,
    }
    chair = await stage.make.chair(stage.group)
    for person in (stage.admin, stage.officer, chair):
        answer = await stage.api.ask(person, WANTED, id=item_id)
        assert answer["reviewItem"] == {"wanted": wanted}
    # Neither a colleague nor another group's chair: for them there is no such item.
    others = (
        await stage.make.officer(stage.group),
        await stage.make.chair(await stage.make.group()),
    )
    for person in others:
        assert (await stage.api.ask(person, WANTED, id=item_id))["reviewItem"] is None
    _, money = await held(stage)
    assert (await stage.api.ask(stage.admin, WANTED, id=str(money)))["reviewItem"] == {
        "wanted": None
    }
    await erase(stage.runtime, stage.jane.id)
    assert (await stage.api.ask(stage.admin, WANTED, id=item_id))["reviewItem"] == {"wanted": None}


async def test_the_office_takes_the_officers_version(stage: Stage) -> None:
    await clash(stage)
    await decide(stage, (await conflict(stage)).id, "ACCEPT")
    answer = await stage.api.ask(
        stage.officer,
        "query One($id: UUID!) { member(id: $id) { memberName phone version } }",
        id=str(stage.jane.id),
    )
    assert answer["member"] == {
        "memberName": "Jane Akinyi",
        "phone": "+254711222333",
        "version": 3,
    }


async def test_the_office_keeps_the_registers_version(stage: Stage) -> None:
    await clash(stage)
    answer = await decide(stage, (await conflict(stage)).id, "DISMISS")
    assert answer["decideReview"]["status"] == "DECIDED"
    answer = await stage.api.ask(
        stage.officer,
        "query One($id: UUID!) { member(id: $id) { memberName } }",
        id=str(stage.jane.id),
    )
    assert answer["member"]["memberName"] == "Jane Achieng"


async def test_a_clash_that_the_officer_settles_leaves_the_inbox(stage: Stage) -> None:
    late = await clash(stage)
    late["updateMember"]["baseVersion"] = 2
    assert (await stage.api.sync(stage.officer, late))[0]["outcome"] == "APPLIED"
    item = await conflict(stage)
    assert (item.status, item.decision) == ("DECIDED", "RESOLVED")


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_two_decisions_at_once_leave_one(stage: Stage) -> None:
    _, item_id = await held(stage)
    other = make_runtime(stage.runtime.settings)
    try:
        values = {"itemId": str(item_id), "action": "ACCEPT"}
        answers = await asyncio.gather(
            stage.api.ask(stage.admin, DECIDE, input=values),
            Api(other).ask(stage.admin, DECIDE, input=values),
        )
    finally:
        await close_runtime(other)
    assert sorted(str(answer.code) for answer in answers) == ["ALREADY_DECIDED", "None"]
    assert len(await stage.all_of(Contribution)) == 1
    await stage.books_hold()

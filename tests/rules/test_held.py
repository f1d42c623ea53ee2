"""Cash that was taken is a fact: where a rule stands against it, it is HELD (design.md, Sync)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest

from app.auth.actor import Actor
from app.models import AuditLog, ReviewItem, Role, SyncOperation
from app.models.base import new_id
from tests.support.api import again, contribute, edit
from tests.support.stage import Stage, unassign

RECORD = """
mutation Pay($input: RecordContributionInput!) { recordContribution(input: $input) { id } }
"""


async def held(stage: Stage, operation: dict[str, Any], reason: str) -> dict[str, Any]:
    """Sends the operation, which must be held for the reason; gives its result."""
    (result,) = await stage.api.sync(stage.officer, operation)
    assert (result["outcome"], result["error"]["code"]) == ("HELD", reason)
    await stage.books_hold()
    return result


async def review(stage: Stage) -> ReviewItem:
    (item,) = await stage.all_of(ReviewItem)
    found: ReviewItem = item
    return found


async def booked_to_suspense(stage: Stage, claimed: date | None = None) -> None:
    """One entry: today, in SUSPENSE, with the claimed value date, and with no member on it."""
    (entry,) = await stage.entries()
    today = date.fromisoformat(stage.api.today())
    assert entry.moves == [("CASH", 500_00), ("SUSPENSE", -500_00)]
    assert entry.lines[0].subcategory == "unplaced"
    assert (entry.row.booking_date, entry.row.value_date) == (today, claimed or today)
    assert entry.row.kind == "HELD"
    assert {line.member_id for line in entry.lines} == {None}


async def test_a_member_who_left(stage: Stage) -> None:
    await stage.api.sync(stage.officer, edit(stage.jane.id, 1, isActive=False))
    await held(stage, contribute(stage.jane.id), "MEMBER_LEFT")
    await booked_to_suspense(stage)


async def test_a_date_in_the_future_books_today(stage: Stage) -> None:
    await held(stage, contribute(stage.jane.id, contributionDate="2099-12-31"), "DATE_IN_FUTURE")
    await booked_to_suspense(stage, date(2099, 12, 31))


async def test_a_date_that_only_an_empty_clock_gives(stage: Stage) -> None:
    await held(stage, contribute(stage.jane.id, contributionDate="1970-01-01"), "DATE_UNLIKELY")
    await booked_to_suspense(stage, date(1970, 1, 1))


async def test_an_officer_unassigned_since_then(stage: Stage) -> None:
    await unassign(stage.runtime, stage.officer, stage.group.id)
    await held(stage, contribute(stage.jane.id), "OFFICER_UNASSIGNED")
    await booked_to_suspense(stage)


async def test_a_group_that_is_closed(stage: Stage) -> None:
    group = await stage.make.group(status="INACTIVE")
    await stage.make.assign(stage.officer, group)
    member = await stage.make.member(group)
    await held(stage, contribute(member.id), "GROUP_INACTIVE")


async def test_an_unknown_member_is_held_only_where_the_phone_says_it_is_final(
    stage: Stage,
) -> None:
    operation = contribute(new_id())
    (waiting,) = await stage.api.sync(stage.officer, operation)
    assert (waiting["outcome"], waiting["error"]["code"]) == ("REJECTED", "UNKNOWN_MEMBER")
    assert await stage.entries() == []
    await held(stage, again(operation, groupId=str(stage.group.id)), "UNKNOWN_MEMBER")
    await booked_to_suspense(stage)


async def test_a_member_of_a_foreign_group_is_as_unknown_as_any(stage: Stage) -> None:
    foreign = await stage.make.member(await stage.make.group())
    (result,) = await stage.api.sync(stage.officer, contribute(foreign.id))
    assert (result["outcome"], result["error"]["code"]) == ("REJECTED", "UNKNOWN_MEMBER")
    await held(stage, contribute(foreign.id, groupId=str(stage.group.id)), "UNKNOWN_MEMBER")


@pytest.mark.parametrize("group", ["foreign", "unknown"])
async def test_money_cannot_be_held_in_a_group_one_never_served(stage: Stage, group: str) -> None:
    group_id = (await stage.make.group()).id if group == "foreign" else new_id()
    (result,) = await stage.api.sync(stage.officer, contribute(new_id(), groupId=str(group_id)))
    assert (result["outcome"], result["error"]["code"]) == ("REJECTED", "UNKNOWN_GROUP")
    assert await stage.entries(group_id) == []


async def test_an_officer_who_was_never_assigned_is_refused(stage: Stage) -> None:
    stranger = await stage.make.officer()
    (result,) = await stage.api.sync(stranger, contribute(stage.jane.id))
    assert (result["outcome"], result["error"]["code"]) == ("REJECTED", "UNKNOWN_MEMBER")
    assert await stage.entries() == []


async def test_an_officer_of_the_past_may_have_taken_it_then(stage: Stage) -> None:
    old = await stage.make.officer()
    await stage.make.assign(old, stage.group, until=datetime(2026, 1, 31, tzinfo=UTC))
    (result,) = await stage.api.sync(old, contribute(stage.jane.id, contributionDate="2026-01-15"))
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "OFFICER_UNASSIGNED")


@pytest.mark.parametrize("amount", ["0", "-1", "-0.01", "0.001", "NaN", "10000000000", None])
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_amounts_that_are_no_amounts_are_never_held(stage: Stage, amount: Any) -> None:
    operation = contribute(stage.jane.id, amount, contributionDate="2099-12-31")
    (result,) = await stage.api.sync(stage.officer, operation)
    assert (result["outcome"], result["error"]["field"]) == ("REJECTED", "amount")
    assert await stage.entries() == []


async def test_a_repeat_answers_held_until_it_is_decided(stage: Stage) -> None:
    operation = contribute(stage.jane.id, contributionDate="2099-12-31")
    first = await held(stage, operation, "DATE_IN_FUTURE")
    assert await stage.api.sync(stage.officer, operation, operation) == [first, first]
    assert len(await stage.entries()) == 1


async def test_held_money_waits_in_the_review_inbox_with_its_claim(stage: Stage) -> None:
    operation = contribute(
        stage.jane.id,
        "12.50",
        contributionType="FINE",
        contributionDate="2099-12-31",
        paymentMethod="MPESA",
        transactionId="nlj7rt61sv",
    )
    result = await held(stage, operation, "DATE_IN_FUTURE")
    item = await review(stage)
    (entry,) = await stage.entries()
    assert item.id == UUID(result["entityId"])
    assert (item.status, item.reason, item.amount) == ("OPEN", "DATE_IN_FUTURE", 12_50)
    assert (item.group_id, item.entry_id) == (stage.group.id, entry.row.id)
    assert item.officer_id == stage.officer.user_id
    assert str(item.operation_id) == operation["recordContribution"]["offlineSyncId"]
    assert orjson.loads(item.claim) == {
        "operation": "recordContribution",
        "memberId": str(stage.jane.id),
        "amount": "12.50",
        "contributionType": "FINE",
        "paymentMethod": "MPESA",
        "contributionDate": "2099-12-31",
        "transactionId": "NLJ7RT61SV",
    }


async def test_held_money_shows_in_the_groups_suspense_and_not_in_savings(stage: Stage) -> None:
    await held(stage, contribute(stage.jane.id, contributionDate="2099-12-31"), "DATE_IN_FUTURE")
    answer = await stage.api.ask(
        stage.officer,
        "query Trf($group: UUID!) { trfBalance(groupId: $group) { total suspense memberSavings } }",
        group=str(stage.group.id),
    )
    assert answer["trfBalance"] == {
        "total": "500.00",
        "suspense": "500.00",
        "memberSavings": "0.00",
    }
    assert await stage.balances(stage.jane.id) == {}


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"contributionDate": "2099-12-31"}, "BAD_INPUT", "contributionDate"),
        ({"contributionDate": "1970-01-01"}, "BAD_INPUT", "contributionDate"),
        ({"memberId": "0191e4b2-7c3a-7def-8abc-1234567890ab"}, "NOT_FOUND", "memberId"),
    ],
)
async def test_a_single_mutation_refuses_where_a_phone_is_held(
    stage: Stage, changes: dict[str, str], code: str, field: str
) -> None:
    values = {**contribute(stage.jane.id)["recordContribution"], **changes}
    values["groupId"] = str(stage.group.id)
    answer = await stage.api.ask(stage.officer, RECORD, input=values)
    assert (answer.code, answer.field) == (code, field)
    assert await stage.entries() == []


async def test_a_single_mutation_refuses_for_a_member_who_left(stage: Stage) -> None:
    await stage.api.sync(stage.officer, edit(stage.jane.id, 1, isActive=False))
    answer = await stage.api.ask(
        stage.officer, RECORD, input=contribute(stage.jane.id)["recordContribution"]
    )
    assert (answer.code, answer.field) == ("MEMBER_LEFT", "memberId")


async def test_for_a_single_mutation_a_group_no_longer_served_does_not_exist(
    stage: Stage,
) -> None:
    await unassign(stage.runtime, stage.officer, stage.group.id)
    answer = await stage.api.ask(
        stage.officer, RECORD, input=contribute(stage.jane.id)["recordContribution"]
    )
    assert answer.code == "NOT_FOUND"


@pytest.mark.parametrize("role", [Role.GROUP_CHAIR, Role.GROUP_COMMITTEE])
async def test_a_role_without_the_verb_is_refused_even_from_a_phone(
    stage: Stage, role: Role
) -> None:
    actor = Actor(new_id(), role, stage.group.id)
    (result,) = await stage.api.sync(actor, contribute(stage.jane.id))
    assert (result["outcome"], result["error"]["code"]) == ("REJECTED", "FORBIDDEN")
    assert await stage.entries() == []


async def test_the_groups_own_day_decides_what_is_the_future(stage: Stage) -> None:
    (today,) = await stage.api.sync(
        stage.officer, contribute(stage.jane.id, contributionDate=stage.api.today())
    )
    assert today["outcome"] == "APPLIED"


async def test_money_held_for_a_foreign_member_is_kept_under_the_officers_own_group(
    stage: Stage,
) -> None:
    foreign = await stage.make.member(await stage.make.group())
    operation = contribute(foreign.id, groupId=str(stage.group.id))
    (result,) = await stage.api.sync(stage.officer, operation)
    assert result["outcome"] == "HELD"
    (known,) = await stage.all_of(SyncOperation)
    (audited,) = await stage.all_of(AuditLog)
    assert known.group_id == audited.group_id == stage.group.id

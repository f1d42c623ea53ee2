"""Each operation exactly once, however often it is sent (design.md, Sync)."""

from __future__ import annotations

from typing import Any

import pytest

from app import clock
from app.models import AuditLog, Contribution, SyncOperation
from app.models.base import new_id
from tests.support.api import again, contribute, edit, register
from tests.support.stage import Stage

RECORD = """
mutation Pay($input: RecordContributionInput!) {
  recordContribution(input: $input) { id amount receiptNumber offlineSyncId }
}
"""


def outcomes(results: list[dict[str, Any]]) -> list[str]:
    return [result["outcome"] for result in results]


def code(result: dict[str, Any]) -> str | None:
    return result["error"]["code"] if result["error"] else None


async def test_a_repeat_is_a_duplicate_with_the_first_result(stage: Stage) -> None:
    operation = contribute(stage.jane.id)
    (first,) = await stage.api.sync(stage.officer, operation)
    for _ in range(2):
        (repeat,) = await stage.api.sync(stage.officer, operation)
        assert repeat == {**first, "outcome": "DUPLICATE"}
    assert len(await stage.entries()) == 1


@pytest.mark.parametrize(
    ("sent", "same"),
    [("5", "5.00"), ("5.00", 5), (5, 5.0), ("5.10", 5.1), (" 5 ", "5.0")],
)
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_another_spelling_of_the_amount_is_the_same_payload(
    stage: Stage, sent: Any, same: Any
) -> None:
    operation = contribute(stage.jane.id, sent)
    repeat = again(operation, amount=same)
    assert outcomes(await stage.api.sync(stage.officer, operation, repeat)) == [
        "APPLIED",
        "DUPLICATE",
    ]


async def test_another_spelling_of_phone_name_and_id_is_the_same_payload(stage: Stage) -> None:
    operation = register(stage.group.id, "31234567", phone="0712 345 678", memberName="Ann Awuor")
    repeat = again(
        operation, idNumber=" 3123-4567", phone="+254712345678", memberName="  Ann   Awuor "
    )
    results = await stage.api.sync(stage.officer, operation, repeat)
    assert outcomes(results) == ["APPLIED", "DUPLICATE"]


@pytest.mark.parametrize(
    "change",
    [
        {"amount": "500.01"},
        {"contributionType": "WELFARE"},
        {"paymentMethod": "BANK"},
        {"contributionDate": "2026-01-02"},
        {"id": "0191e4b2-7c3a-7def-8abc-1234567890ab"},
    ],
)
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_another_payload_under_the_same_id_is_refused(
    stage: Stage, change: dict[str, Any]
) -> None:
    operation = contribute(stage.jane.id)
    (_, refused) = await stage.api.sync(stage.officer, operation, again(operation, **change))
    assert (refused["outcome"], code(refused)) == ("REJECTED", "ID_REUSED")
    assert refused["error"]["field"] == "offlineSyncId"
    assert refused["entityId"] is None
    assert len(await stage.entries()) == 1


async def test_another_kind_of_operation_under_the_same_id_is_refused(stage: Stage) -> None:
    operation = contribute(stage.jane.id)
    operation_id = operation["recordContribution"]["offlineSyncId"]
    await stage.api.sync(stage.officer, operation)
    (refused,) = await stage.api.sync(
        stage.officer, edit(stage.jane.id, 1, memberName="Other", offlineSyncId=operation_id)
    )
    assert code(refused) == "ID_REUSED"


async def test_one_who_may_not_see_the_group_learns_nothing_of_the_id(stage: Stage) -> None:
    operation = contribute(stage.jane.id)
    await stage.api.sync(stage.officer, operation)
    stranger = await stage.make.officer(await stage.make.group())
    (refused,) = await stage.api.sync(stranger, operation)
    assert (refused["outcome"], code(refused)) == ("REJECTED", "ID_REUSED")
    assert (refused["entityId"], refused["receiptNumber"]) == (None, None)


async def test_a_colleague_in_the_group_gets_the_first_result(stage: Stage) -> None:
    operation = contribute(stage.jane.id)
    (first,) = await stage.api.sync(stage.officer, operation)
    colleague = await stage.make.officer(stage.group)
    assert await stage.api.sync(colleague, operation) == [{**first, "outcome": "DUPLICATE"}]


async def test_a_rejected_operation_leaves_its_id_free(stage: Stage) -> None:
    wrong = contribute(stage.jane.id, "-5")
    right = again(wrong, amount="5")
    results = await stage.api.sync(stage.officer, wrong, wrong, right, right)
    assert outcomes(results) == ["REJECTED", "REJECTED", "APPLIED", "DUPLICATE"]


async def test_a_conflict_leaves_its_id_free(stage: Stage) -> None:
    stale = edit(stage.jane.id, 1, memberName="From the phone")
    await stage.api.sync(stage.officer, edit(stage.jane.id, 1, memberName="From the office"))
    (conflict,) = await stage.api.sync(stage.officer, stale)
    assert conflict["outcome"] == "CONFLICT"
    (decided,) = await stage.api.sync(
        stage.officer, again(stale, baseVersion=conflict["current"]["version"])
    )
    assert decided["outcome"] == "APPLIED"


async def test_the_same_id_twice_in_one_batch_is_applied_once(stage: Stage) -> None:
    operation = contribute(stage.jane.id)
    results = await stage.api.sync(stage.officer, operation, operation, operation)
    assert outcomes(results) == ["APPLIED", "DUPLICATE", "DUPLICATE"]
    assert len({result["entityId"] for result in results}) == 1
    assert await stage.balances(stage.jane.id) == {"MEMBER_SAVINGS": -500_00}


async def test_a_repeat_leaves_no_second_trace(stage: Stage) -> None:
    operation = contribute(stage.jane.id)
    await stage.api.sync(stage.officer, operation)
    before = [len(await stage.all_of(kind)) for kind in (Contribution, SyncOperation, AuditLog)]
    await stage.api.sync(stage.officer, operation, operation)
    after = [len(await stage.all_of(kind)) for kind in (Contribution, SyncOperation, AuditLog)]
    assert before == after == [1, 1, 1]


async def test_edits_and_registrations_are_applied_once_too(stage: Stage) -> None:
    operations = [
        register(stage.group.id, "31234567"),
        edit(stage.jane.id, 1, phone="0700 111 222"),
    ]
    assert outcomes(await stage.api.sync(stage.officer, *operations)) == ["APPLIED", "APPLIED"]
    assert outcomes(await stage.api.sync(stage.officer, *operations)) == ["DUPLICATE", "DUPLICATE"]


async def test_a_position_is_kept_once(stage: Stage) -> None:
    position = {
        "trackOfficer": {
            "offlineSyncId": str(new_id()),
            "latitude": -0.3,
            "longitude": 36.07,
            "activityType": "COLLECTION",
            "recordedAt": clock.now().isoformat(),
        }
    }
    results = await stage.api.sync(stage.officer, position, position)
    assert outcomes(results) == ["APPLIED", "DUPLICATE"]


def single(stage: Stage, **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = contribute(stage.jane.id, **changes)["recordContribution"]
    return values


async def test_a_single_mutation_is_safe_to_repeat(stage: Stage) -> None:
    values = single(stage)
    first = (await stage.api.ask(stage.officer, RECORD, input=values))["recordContribution"]
    second = (await stage.api.ask(stage.officer, RECORD, input=values))["recordContribution"]
    assert first == second
    (repeat,) = await stage.api.sync(stage.officer, {"recordContribution": values})
    assert (repeat["outcome"], repeat["entityId"]) == ("DUPLICATE", first["id"])


async def test_a_single_mutation_under_a_used_id_is_refused(stage: Stage) -> None:
    values = single(stage)
    await stage.api.ask(stage.officer, RECORD, input=values)
    answer = await stage.api.ask(stage.officer, RECORD, input={**values, "amount": "1"})
    assert (answer.code, answer.field) == ("ID_REUSED", "offlineSyncId")


async def test_a_single_mutation_that_repeats_held_money_says_why_it_is_held(
    stage: Stage,
) -> None:
    values = single(stage, contributionDate="2099-01-01")
    await stage.api.sync(stage.officer, {"recordContribution": values})
    answer = await stage.api.ask(stage.officer, RECORD, input=values)
    assert answer.code == "DATE_IN_FUTURE"
    assert len(await stage.entries()) == 1

"""Operations run in order and each stands or falls alone (design.md, Sync)."""

from __future__ import annotations

from typing import Any

from app.models.base import new_id
from tests.support.api import again, contribute, edit, register
from tests.support.stage import Stage


def verdicts(results: list[dict[str, Any]]) -> list[str]:
    """The outcome, or the code where there is one."""
    return [result["error"]["code"] if result["error"] else result["outcome"] for result in results]


async def test_results_come_in_the_order_of_the_operations(stage: Stage) -> None:
    operations = [contribute(stage.jane.id, str(number)) for number in (1, 0, 2)]
    results = await stage.api.sync(stage.officer, *operations)
    assert [result["offlineSyncId"] for result in results] == [
        operation["recordContribution"]["offlineSyncId"] for operation in operations
    ]
    assert verdicts(results) == ["APPLIED", "BAD_INPUT", "APPLIED"]


async def test_a_batch_may_name_records_made_earlier_in_it(stage: Stage) -> None:
    member_id = str(new_id())
    results = await stage.api.sync(
        stage.officer,
        register(stage.group.id, "31234567", id=member_id, memberName="Ann Awuor"),
        contribute(member_id, "20"),
        edit(member_id, 1, memberName="Ann Atieno"),
        edit(member_id, 2, isActive=False),
        contribute(member_id, "30"),
    )
    assert verdicts(results) == ["APPLIED", "APPLIED", "APPLIED", "APPLIED", "MEMBER_LEFT"]
    answer = await stage.api.ask(
        stage.officer,
        "query M($id: UUID!) { member(id: $id) { memberName isActive version "
        'savingsSummary { regular } } members(search: "atieno") { totalCount } }',
        id=member_id,
    )
    assert answer["member"] == {
        "memberName": "Ann Atieno",
        "isActive": False,
        "version": 3,
        "savingsSummary": {"regular": "20.00"},
    }
    assert answer["members"]["totalCount"] == 1
    await stage.books_hold()


async def test_what_stands_before_its_registration_is_sent_again_after_it(stage: Stage) -> None:
    member_id = str(new_id())
    payment = contribute(member_id, "20")
    registration = register(stage.group.id, "31234567", id=member_id)
    results = await stage.api.sync(stage.officer, payment, registration)
    assert verdicts(results) == ["UNKNOWN_MEMBER", "APPLIED"]
    assert results[0]["error"]["field"] == "memberId"
    assert verdicts(await stage.api.sync(stage.officer, payment)) == ["APPLIED"]


async def test_a_refused_registration_does_not_make_its_member_known(stage: Stage) -> None:
    member_id = str(new_id())
    results = await stage.api.sync(
        stage.officer,
        register(stage.group.id, "3", id=member_id),
        contribute(member_id, "20"),
        edit(member_id, 1, memberName="Ann"),
    )
    assert verdicts(results) == ["BAD_INPUT", "UNKNOWN_MEMBER", "UNKNOWN_MEMBER"]


async def test_one_batch_may_write_to_several_groups(stage: Stage) -> None:
    other = await stage.make.group()
    await stage.make.assign(stage.officer, other)
    peter = await stage.make.member(other)
    results = await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "1"),
        contribute(peter.id, "2"),
        contribute(stage.jane.id, "3"),
    )
    assert verdicts(results) == ["APPLIED"] * 3
    assert [entry.row.sequence for entry in await stage.entries()] == [1, 2]
    assert [entry.row.sequence for entry in await stage.entries(other.id)] == [1]
    await stage.books_hold()


async def test_a_bad_neighbour_of_any_kind_blocks_nobody(stage: Stage) -> None:
    results = await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "1"),
        contribute(stage.jane.id, "NaN"),
        contribute(str(new_id()), "1"),
        register(new_id(), "31234567"),
        register(stage.group.id, "31234567", idPhoto="data:image/png;base64,AAAA"),
        edit(stage.john.id, 7, memberName="John"),
        {"applyForLoan": {"offlineSyncId": str(new_id())}},
        contribute(stage.jane.id, "2"),
    )
    assert verdicts(results) == [
        "APPLIED",
        "BAD_INPUT",
        "UNKNOWN_MEMBER",
        "UNKNOWN_GROUP",
        "BAD_INPUT",
        "BAD_INPUT",
        "BAD_INPUT",
        "APPLIED",
    ]
    assert len(await stage.entries()) == 2
    await stage.books_hold()


async def test_a_refused_application_is_refused_alone_and_leaves_its_id_free(
    stage: Stage,
) -> None:
    loan = {
        "applyForLoan": {
            "offlineSyncId": str(new_id()),
            "memberId": str(stage.jane.id),
            "loanType": "SHORT_TERM",
            "amount": "1000",
            "durationMonths": 3,
            "purpose": "Seeds",
            "witnesses": [],
        }
    }
    results = await stage.api.sync(stage.officer, loan, contribute(stage.jane.id), loan)
    assert verdicts(results) == ["NOT_ENOUGH_MONTHS", "APPLIED", "NOT_ENOUGH_MONTHS"]


async def test_an_empty_batch_is_answered(stage: Stage) -> None:
    assert await stage.api.sync(stage.officer) == []


async def test_operations_written_into_the_query_text_are_read_alike(stage: Stage) -> None:
    query = """
    mutation Inline($member: UUID!, $one: UUID!, $two: UUID!) { syncBatch(operations: [
      {recordContribution: {memberId: $member, amount: 5.10, contributionType: REGULAR,
                            paymentMethod: CASH, offlineSyncId: $one}}
      {recordContribution: {memberId: $member, amount: "0.001", contributionType: REGULAR,
                            paymentMethod: CASH, offlineSyncId: $two}}
    ]) { results { outcome } } }
    """
    answer = await stage.api.ask(
        stage.officer,
        query.replace('"0.001"', '"7"'),
        member=str(stage.jane.id),
        one=str(new_id()),
        two=str(new_id()),
    )
    assert [result["outcome"] for result in answer["syncBatch"]["results"]] == ["APPLIED"] * 2
    assert await stage.balances(stage.jane.id) == {"MEMBER_SAVINGS": -12_10}


async def test_operations_given_as_the_default_of_a_variable_are_read_alike(stage: Stage) -> None:
    query = f"""
    mutation Default($operations: [SyncOperationInput!]! = [
      {{recordContribution: {{memberId: "{stage.jane.id}", amount: 5, contributionType: REGULAR,
                              paymentMethod: CASH, offlineSyncId: "{new_id()}"}}}}
    ]) {{ syncBatch(operations: $operations) {{ results {{ outcome }} }} }}
    """
    answer = await stage.api.ask(stage.officer, query)
    assert [result["outcome"] for result in answer["syncBatch"]["results"]] == ["APPLIED"]


async def test_one_operation_without_a_list_is_a_list_of_one(stage: Stage) -> None:
    answer = await stage.api.ask(
        stage.officer,
        "mutation One($operations: [SyncOperationInput!]!) "
        "{ syncBatch(operations: $operations) { results { outcome } } }",
        operations=contribute(stage.jane.id),
    )
    assert [result["outcome"] for result in answer["syncBatch"]["results"]] == ["APPLIED"]


async def test_a_whole_thousand_goes_at_once(stage: Stage) -> None:
    operations = [contribute(stage.jane.id, "1") for _ in range(1000)]
    results = await stage.api.sync(stage.officer, *operations)
    assert {result["outcome"] for result in results} == {"APPLIED"}
    results = await stage.api.sync(stage.officer, *(again(one) for one in reversed(operations)))
    assert {result["outcome"] for result in results} == {"DUPLICATE"}
    assert await stage.balances(stage.jane.id) == {"MEMBER_SAVINGS": -1000_00}
    await stage.books_hold()

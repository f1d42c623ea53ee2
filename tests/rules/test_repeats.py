"""Suspicious repeats: booked like any cash, and put before a person (design.md, Sync)."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from app.models import Contribution, ReviewItem
from app.runtime import close_runtime, make_runtime
from tests.rules.test_reviews import CHANGES, decide
from tests.support.api import Api, again, contribute
from tests.support.loans import lending
from tests.support.stage import Stage

ITEMS = """query Items { reviewItems(kind: REPEAT) { totalCount edges { node {
  id status reason message amount direction entryId repeatsEntryId operationId subjectId claim
  member { id } officer { id } } } } }"""


async def send(stage: Stage, *operations: dict[str, Any]) -> None:
    results = await stage.api.sync(stage.officer, *operations)
    assert {one["outcome"] for one in results} == {"APPLIED"}, results


async def repeats(stage: Stage) -> list[dict[str, Any]]:
    answer = await stage.api.ask(stage.admin, ITEMS)
    return [edge["node"] for edge in answer["reviewItems"]["edges"]]


async def test_a_second_payment_like_the_first_is_booked_and_asked_about(stage: Stage) -> None:
    await send(stage, contribute(stage.jane.id))
    second = contribute(stage.jane.id)
    await send(stage, second)
    first_entry, second_entry = await stage.entries()
    (item,) = await repeats(stage)
    assert (item["entryId"], item["repeatsEntryId"]) == (
        str(second_entry.row.id),
        str(first_entry.row.id),
    )
    assert item["operationId"] == second["recordContribution"]["offlineSyncId"]
    assert (item["status"], item["reason"]) == ("OPEN", "REPEAT")
    assert "already" in item["message"]
    assert (item["amount"], item["direction"]) == ("500.00", "CASH_IN")
    assert item["member"]["id"] == str(stage.jane.id)
    assert item["officer"]["id"] == str(stage.officer.user_id)
    assert item["claim"]["contributionDate"] == stage.api.today()
    assert (await stage.balances(stage.jane.id))["MEMBER_SAVINGS"] == -1000_00
    await stage.books_hold()


async def test_two_in_one_batch_are_a_repeat_and_the_same_id_is_none(stage: Stage) -> None:
    one = contribute(stage.jane.id)
    results = await stage.api.sync(stage.officer, one, one, again(one), contribute(stage.jane.id))
    assert [item["outcome"] for item in results] == [
        "APPLIED",
        "DUPLICATE",
        "DUPLICATE",
        "APPLIED",
    ]
    assert len(await repeats(stage)) == 1
    # The third names the first, as the second does: each is decided for itself.
    await send(stage, contribute(stage.jane.id))
    entries = await stage.entries()
    assert {item["repeatsEntryId"] for item in await repeats(stage)} == {str(entries[0].row.id)}
    assert len(await repeats(stage)) == 2


@pytest.mark.parametrize(
    ("first", "second", "suspicious"),
    [
        ({}, {"amount": "500.01"}, False),
        ({}, {"contributionType": "WELFARE"}, False),
        ({}, {"contributionDate": "2026-02-03"}, False),
        ({}, {"paymentMethod": "BANK"}, False),
        ({"transactionId": "QGH7AAAA01"}, {"transactionId": "QGH7AAAA02"}, False),
        ({"transactionId": "QGH7AAAA01"}, {}, True),
        (
            {"transactionId": "QGH7AAAA01"},
            {"transactionId": "QGH7AAAA01", "contributionType": "WELFARE"},
            False,
        ),
    ],
    ids=["amount", "type", "day", "method", "two codes", "one code", "parts of one payment"],
)
async def test_what_makes_two_payments_look_like_one(
    stage: Stage, first: dict[str, Any], second: dict[str, Any], suspicious: bool
) -> None:
    if "transactionId" in first:
        first = {**first, "paymentMethod": "MPESA"}
        second = {"paymentMethod": "MPESA", **second}
    await send(stage, contribute(stage.jane.id, **first))
    await send(stage, contribute(stage.jane.id, **second))
    assert bool(await repeats(stage)) is suspicious


async def test_another_member_repeats_nothing(stage: Stage) -> None:
    await send(stage, contribute(stage.jane.id), contribute(stage.john.id))
    assert await repeats(stage) == []


async def test_what_was_reversed_is_not_repeated(stage: Stage) -> None:
    await send(stage, contribute(stage.jane.id))
    await send(stage, contribute(stage.jane.id))
    (item,) = await repeats(stage)
    answer = await decide(stage, UUID(item["id"]), "REVERSE")
    assert answer["decideReview"]["status"] == "DECIDED"
    reversal = (await stage.entries())[-1]
    assert reversal.row.reverses_id == UUID(item["entryId"])
    kept, undone = sorted(await stage.all_of(Contribution), key=lambda row: row.change_sequence)
    assert (kept.reversed_by, undone.reversed_by) == (None, reversal.row.id)
    assert (await stage.balances(stage.jane.id))["MEMBER_SAVINGS"] == -500_00
    first_entry = (await stage.entries())[0].row.id
    reverse = "mutation Undo($input: ReverseEntryInput!) { reverseEntry(input: $input) { id } }"
    values = {"entryId": str(first_entry), "reason": "Never paid"}
    assert not (await stage.api.ask(stage.admin, reverse, input=values)).errors
    await send(stage, contribute(stage.jane.id))
    assert len(await repeats(stage)) == 1
    await stage.books_hold()


async def test_a_repeat_is_accepted_or_sent_back_to_the_officers_phone(stage: Stage) -> None:
    start = (await stage.api.ask(stage.officer, CHANGES))["changes"]["cursor"]
    await send(stage, contribute(stage.jane.id), contribute(stage.jane.id))
    (item,) = await repeats(stage)
    page = (await stage.api.ask(stage.officer, CHANGES, since=start))["changes"]
    assert [one["status"] for one in page["reviewItems"]] == ["OPEN"]
    await decide(stage, UUID(item["id"]), "SEND_BACK", note="Did she pay twice?")
    page = (await stage.api.ask(stage.officer, CHANGES, since=page["cursor"]))["changes"]
    (sent,) = page["reviewItems"]
    assert (sent["status"], sent["decisionNote"]) == ("SENT_BACK", "Did she pay twice?")
    before = len(await stage.entries())
    assert not (await decide(stage, UUID(item["id"]), "ACCEPT")).errors
    assert len(await stage.entries()) == before
    answer = await decide(stage, UUID(item["id"]), "REVERSE")
    assert answer.code == "ALREADY_DECIDED"
    answer = await decide(stage, UUID(item["id"]), "PLACE_TO_MEMBER", memberId=str(stage.john.id))
    assert answer.code == "ALREADY_DECIDED"
    await stage.books_hold()


async def test_a_second_repayment_like_the_first_is_asked_about(stage: Stage) -> None:
    lender = await lending(stage)
    loan_id = await lender.running()
    await lender.repay(loan_id, "100.00")
    await lender.repay(loan_id, "100.01")
    assert await repeats(stage) == []
    assert not (await lender.repay(loan_id, "100.00", transactionId="QGH7AAAA03")).errors
    (item,) = await repeats(stage)
    assert item["claim"]["loanId"] == str(loan_id)
    assert item["member"]["id"] == str(lender.jane.id)
    assert (await decide(stage, UUID(item["id"]), "REVERSE"))["decideReview"]["status"] == "DECIDED"
    assert [one["isReversed"] for one in (await lender.loan(loan_id))["repayments"]] == [
        False,
        False,
        True,
    ]
    await stage.books_hold()


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_of_two_sent_at_once_one_is_the_repeat(stage: Stage) -> None:
    other = make_runtime(stage.runtime.settings)
    try:
        results = await asyncio.gather(
            stage.api.sync(stage.officer, contribute(stage.jane.id)),
            Api(other).sync(stage.officer, contribute(stage.jane.id)),
        )
    finally:
        await close_runtime(other)
    assert [one["outcome"] for (one,) in results] == ["APPLIED", "APPLIED"]
    (item,) = await stage.all_of(ReviewItem)
    entries = await stage.entries()
    assert item.entry_id == entries[1].row.id
    await stage.books_hold()

"""A mistake is mended by a reversing entry that names the one it reverses (design.md)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import ChargeStatus, Contribution, FineCharge, Movement
from app.models.base import new_id
from app.runtime import close_runtime, make_runtime
from app.services import loading
from tests.support.api import Answer, Api, contribute
from tests.support.stage import Stage

REVERSE = """
mutation Reverse($input: ReverseEntryInput!) {
  reverseEntry(input: $input) {
    id kind reference reversesId reversedById sequence
    lines { account amount subcategory member { id } }
  }
}
"""
JOURNAL = """
query Journal($groupId: UUID!, $first: Int, $after: String) {
  journal(groupId: $groupId, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    edges { node { sequence kind reversesId reversedById recordedBy { name } } }
  }
}
"""
LEDGER = """
query Ledger($groupId: UUID!) { cashLedger(groupId: $groupId, first: 50) {
  edges { node { sequence entryId canReverse reversedById } } } }
"""
SUMMARY = """
query One($id: UUID!) { member(id: $id) { savingsSummary { regular consecutiveMonths fines } } }
"""


async def reverse(stage: Stage, entry_id: Any, who: Any = None) -> Answer:
    values = {"entryId": str(entry_id), "reason": "Entered for the wrong member"}
    return await stage.api.ask(who or stage.admin, REVERSE, input=values)


async def paid(stage: Stage, **changes: Any) -> UUID:
    """One contribution of Jane's; its entry's id."""
    (result,) = await stage.api.sync(stage.officer, contribute(stage.jane.id, **changes))
    assert result["outcome"] == "APPLIED", result
    return (await stage.entries())[-1].row.id


async def test_the_lines_stand_the_other_way_round_and_name_what_they_reverse(
    stage: Stage,
) -> None:
    entry_id = await paid(stage)
    found = (await reverse(stage, entry_id))["reverseEntry"]
    assert found["kind"] == "REVERSAL"
    assert found["reversesId"] == str(entry_id)
    jane = {"id": str(stage.jane.id)}
    assert found["lines"] == [
        {"account": "CASH", "amount": "-500.00", "subcategory": "savings", "member": jane},
        {"account": "MEMBER_SAVINGS", "amount": "500.00", "subcategory": None, "member": jane},
    ]
    assert (await stage.balances(stage.jane.id))["MEMBER_SAVINGS"] == 0
    await stage.books_hold()


async def ledger(stage: Stage, who: Any) -> list[dict[str, Any]]:
    answer = await stage.api.ask(who, LEDGER, groupId=str(stage.group.id))
    return [edge["node"] for edge in answer["cashLedger"]["edges"]]


async def test_each_line_of_the_ledger_names_its_entry_and_whether_it_may_be_reversed(
    stage: Stage,
) -> None:
    entry_id = await paid(stage)
    unknown = contribute(new_id(), groupId=str(stage.group.id))
    (held,) = await stage.api.sync(stage.officer, unknown)
    assert held["outcome"] == "HELD"
    lines = await ledger(stage, stage.admin)
    assert lines[0]["entryId"] == str(entry_id)
    # Held money is decided in the review inbox.
    assert [line["canReverse"] for line in lines] == [True, False]
    for who in (stage.officer, stage.chair):
        assert {line["canReverse"] for line in await ledger(stage, who)} == {False}
    done = (await reverse(stage, lines[0]["entryId"]))["reverseEntry"]
    lines = await ledger(stage, stage.admin)
    assert [line["canReverse"] for line in lines] == [False, False, False]
    assert [line["reversedById"] for line in lines] == [done["id"], None, None]


async def test_the_ledger_asks_once_for_all_its_reversals(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        await paid(stage)
    asked: list[int] = []
    load = loading.reversals

    async def counted(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, UUID]:
        asked.append(len(ids))
        return await load(session, ids)

    monkeypatch.setattr(loading, "reversals", counted)
    assert len(await ledger(stage, stage.admin)) == 3
    assert asked == [3]


async def test_a_reversed_contribution_no_longer_counts_as_savings(stage: Stage) -> None:
    await reverse(stage, await paid(stage))
    answer = await stage.api.ask(stage.officer, SUMMARY, id=str(stage.jane.id))
    summary = answer["member"]["savingsSummary"]
    assert (summary["regular"], summary["consecutiveMonths"]) == ("0.00", 0)
    (row,) = await stage.all_of(Contribution)
    assert row.reversed_by is not None


async def test_the_reason_is_kept_beside_the_books_and_not_in_them(stage: Stage) -> None:
    await reverse(stage, await paid(stage))
    (movement,) = await stage.all_of(Movement)
    assert (movement.kind, movement.description) == ("REVERSAL", "Entered for the wrong member")


async def test_an_entry_is_reversed_once(stage: Stage) -> None:
    entry_id = await paid(stage)
    await reverse(stage, entry_id)
    assert (await reverse(stage, entry_id)).code == "ALREADY_REVERSED"


async def test_a_reversal_is_not_reversed_and_held_money_is_decided_in_the_inbox(
    stage: Stage,
) -> None:
    reversal = (await reverse(stage, await paid(stage)))["reverseEntry"]["id"]
    assert (await reverse(stage, reversal)).code == "NOT_REVERSIBLE"
    held = contribute(new_id(), groupId=str(stage.group.id))
    await stage.api.sync(stage.officer, held)
    assert (await reverse(stage, (await stage.entries())[-1].row.id)).code == "NOT_REVERSIBLE"


async def test_only_administrators_reverse(stage: Stage) -> None:
    entry_id = await paid(stage)
    for person in (stage.officer, stage.chair):
        assert (await reverse(stage, entry_id, person)).code == "FORBIDDEN"


async def test_an_unknown_entry_is_not_found_and_a_reason_is_needed(stage: Stage) -> None:
    assert (await reverse(stage, new_id())).code == "NOT_FOUND"
    values = {"entryId": str(await paid(stage)), "reason": "  "}
    answer = await stage.api.ask(stage.admin, REVERSE, input=values)
    assert (answer.code, answer.field) == ("BAD_INPUT", "reason")


async def test_a_reversed_fine_is_owed_again(stage: Stage) -> None:
    await charge_jane(stage, 50_00)
    entry_id = await paid(stage, contributionType="FINE", amount="70.00")
    (charge,) = await stage.all_of(FineCharge)
    assert (charge.status, charge.paid) == (ChargeStatus.SETTLED.value, 50_00)
    await reverse(stage, entry_id)
    (charge,) = await stage.all_of(FineCharge)
    assert (charge.status, charge.paid) == (ChargeStatus.OPEN.value, 0)


async def charge_jane(stage: Stage, cents: int) -> None:
    async def work(session: AsyncSession) -> None:
        session.add(
            FineCharge(
                group_id=stage.group.id,
                member_id=stage.jane.id,
                reason="OTHER",
                amount=cents,
                charged_on=date(2026, 1, 5),
            )
        )

    await stage.runtime.db.transact(work)


async def test_a_fine_settles_the_oldest_open_charge_first(stage: Stage) -> None:
    await charge_jane(stage, 50_00)
    await charge_jane(stage, 30_00)
    await paid(stage, contributionType="FINE", amount="60.00")
    charges = sorted(await stage.all_of(FineCharge), key=lambda row: row.id)
    assert [(row.status, row.paid) for row in charges] == [("SETTLED", 50_00), ("OPEN", 10_00)]


async def test_the_mpesa_code_of_a_reversed_entry_may_be_entered_again(stage: Stage) -> None:
    code = {"paymentMethod": "MPESA", "transactionId": "NLJ7RT61SV"}
    entry_id = await paid(stage, **code)
    (known,) = await stage.api.sync(stage.officer, contribute(stage.john.id, **code))
    assert known["error"]["code"] == "TRANSACTION_KNOWN"
    await reverse(stage, entry_id)
    (result,) = await stage.api.sync(stage.officer, contribute(stage.john.id, **code))
    assert result["outcome"] == "APPLIED"


async def test_one_part_of_a_payment_reversed_leaves_the_other(stage: Stage) -> None:
    code = {"paymentMethod": "MPESA", "transactionId": "NLJ7RT61SV"}
    entry_id = await paid(stage, **code)
    await paid(stage, **code, contributionType="WELFARE")
    await reverse(stage, entry_id)
    await paid(stage, **code, contributionType="PROJECT")
    await stage.books_hold()


async def test_the_journal_shows_both_entries_newest_first(stage: Stage) -> None:
    entry_id = await paid(stage)
    reversal = (await reverse(stage, entry_id))["reverseEntry"]["id"]
    answer = await stage.api.ask(stage.chair, JOURNAL, groupId=str(stage.group.id), first=1)
    page = answer["journal"]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (2, True)
    assert page["edges"][0]["node"]["reversesId"] == str(entry_id)
    after = page["pageInfo"]["endCursor"]
    answer = await stage.api.ask(
        stage.chair, JOURNAL, groupId=str(stage.group.id), first=1, after=after
    )
    (edge,) = answer["journal"]["edges"]
    assert edge["node"]["reversedById"] == reversal
    assert edge["node"]["recordedBy"]["name"]


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_two_reversals_at_once_leave_one(stage: Stage) -> None:
    entry_id = await paid(stage)
    other = make_runtime(stage.runtime.settings)
    try:
        values = {"entryId": str(entry_id), "reason": "Twice"}
        answers = await asyncio.gather(
            stage.api.ask(stage.admin, REVERSE, input=values),
            Api(other).ask(stage.admin, REVERSE, input=values),
        )
    finally:
        await close_runtime(other)
    assert sorted(str(answer.code) for answer in answers) == ["ALREADY_REVERSED", "None"]
    await stage.books_hold()

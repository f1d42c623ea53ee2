"""Single mutations that arrive together share a commit, and none pays for a neighbour's fault."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.errors import BadInput
from app.models.base import new_id
from app.services.operations import isolate
from app.services.operations.single import carry_out
from app.services.operations.types import Operation, Outcome, RecordContribution
from tests.support.api import contribute
from tests.support.stage import Stage

RECORD = """
mutation($input: RecordContributionInput!) { recordContribution(input: $input) { id } }
"""


def pay(stage: Stage, amount: int = 500, **changes: Any) -> Operation:
    body = RecordContribution(stage.jane.id, amount, "REGULAR", "CASH", id=new_id(), **changes)
    return Operation(stage.officer.actor, body, new_id())


async def test_many_at_once_get_their_own_results_in_one_unbroken_chain(stage: Stage) -> None:
    operations = [pay(stage, 100 * number) for number in range(1, 61)]
    outcomes = await asyncio.gather(*(carry_out(stage.runtime, one) for one in operations))
    ids = [one.body.id for one in operations if isinstance(one.body, RecordContribution)]
    assert [outcome.entity_id for outcome in outcomes] == ids
    entries = await stage.entries()
    assert [entry.row.sequence for entry in entries] == list(range(1, 61))
    await stage.books_hold()


async def test_a_refusal_is_raised_to_its_own_caller_only(stage: Stage) -> None:
    found = await asyncio.gather(
        carry_out(stage.runtime, pay(stage)),
        carry_out(stage.runtime, pay(stage, 0)),
        carry_out(stage.runtime, pay(stage)),
        return_exceptions=True,
    )
    assert isinstance(found[1], BadInput)
    assert all(isinstance(found[number], Outcome) for number in (0, 2))
    assert len(await stage.entries()) == 2


async def test_repeating_a_held_operation_alone_says_why_it_is_held(stage: Stage) -> None:
    held = contribute(stage.jane.id, contributionDate="2099-01-01")
    (result,) = await stage.api.sync(stage.officer, held)
    assert result["outcome"] == "HELD"
    answer = await stage.api.ask(stage.officer, RECORD, input=held["recordContribution"])
    assert answer.code == "DATE_IN_FUTURE"
    assert len(await stage.entries()) == 1


async def test_a_fault_of_ours_with_one_fails_that_one_alone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = pay(stage)
    real = isolate.apply_operations

    async def faulty(runtime: Any, operations: Any) -> list[Outcome]:
        if bad in operations:
            raise RuntimeError("a fault of ours")
        return await real(runtime, operations)

    monkeypatch.setattr(isolate, "apply_operations", faulty)
    good = [pay(stage) for _ in range(5)]
    found = await asyncio.gather(
        *(carry_out(stage.runtime, one) for one in [*good[:2], bad, *good[2:]]),
        return_exceptions=True,
    )
    assert isinstance(found[2], RuntimeError)
    assert sum(isinstance(one, Outcome) for one in found) == 5
    assert len(await stage.entries()) == 5
    await stage.books_hold()


async def test_a_lone_fault_reaches_its_caller(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def faulty(_runtime: Any, _operations: Any) -> list[Outcome]:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(isolate, "apply_operations", faulty)
    with pytest.raises(RuntimeError):
        await carry_out(stage.runtime, pay(stage))


async def test_a_fault_of_ours_fails_its_own_operation_of_a_batch(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = contribute(stage.jane.id, "13.13")
    real = isolate.apply_operations

    async def faulty(runtime: Any, operations: Any) -> list[Outcome]:
        if any(one.body.amount == 1313 for one in operations):
            raise RuntimeError("a fault of ours")
        return await real(runtime, operations)

    monkeypatch.setattr(isolate, "apply_operations", faulty)
    sent = [contribute(stage.jane.id, f"{shillings}.00") for shillings in range(1, 8)]
    results = await stage.api.sync(stage.officer, *sent[:3], bad, *sent[3:])
    assert [result["outcome"] for result in results] == ["APPLIED"] * 3 + ["REJECTED"] + [
        "APPLIED"
    ] * 4
    assert results[3]["error"]["code"] == "INTERNAL"
    lines = [entry.lines[0].amount for entry in await stage.entries()]
    assert lines == [100 * shillings for shillings in range(1, 8)]


@pytest.mark.parametrize("outage", [OSError("gone"), TimeoutError("slow")])
async def test_an_outage_is_nobodys_fault_and_is_not_tried_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, outage: Exception
) -> None:
    """It may have been committed: trying again by ourselves could book money twice."""
    calls = 0

    async def away(_runtime: Any, _operations: Any) -> list[Outcome]:
        nonlocal calls
        calls += 1
        raise outage

    monkeypatch.setattr(isolate, "apply_operations", away)
    found = await asyncio.gather(
        carry_out(stage.runtime, pay(stage)),
        carry_out(stage.runtime, pay(stage)),
        return_exceptions=True,
    )
    assert found == [outage, outage]
    assert calls == 1

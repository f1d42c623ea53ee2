"""A member's statement and passbook agree with the books, whatever happened to the member."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.money import parse_money
from app.runtime import Runtime
from tests.properties.budget import examples
from tests.rules.test_member_statements import passbook, statement
from tests.rules.test_movements import WITHDRAW
from tests.support.api import contribute
from tests.support.factories import own_numbers
from tests.support.loans import REVERSE
from tests.support.stage import Stage, set_stage

SUMMARY = """query M($id: UUID!) { member(id: $id) { savingsSummary {
  regular welfare project fines consecutiveMonths } } }"""
CENTS = st.integers(1, 200_000)
KINDS = ("REGULAR", "REGULAR", "REGULAR", "WELFARE", "PROJECT", "FINE", "REGISTRATION")
STEP = st.one_of(
    st.tuples(st.just("pay"), st.sampled_from(KINDS), CENTS, st.integers(0, 400)),
    st.tuples(st.just("withdraw"), CENTS),
    st.tuples(st.just("reverse"), st.integers(0, 9)),
)


async def do(stage: Stage, today: date, kind: str, *values: Any) -> None:
    if kind == "pay":
        purpose, cents, days = values
        day = (today - timedelta(days=days)).isoformat()
        operation = contribute(
            stage.jane.id, cents / 100, contributionType=purpose, contributionDate=day
        )
        await stage.api.sync(stage.officer, operation)
    elif kind == "withdraw":
        wish = {"memberId": str(stage.jane.id), "amount": values[0] / 100, "reason": "Fees"}
        await stage.api.ask(stage.officer, WITHDRAW, input={**wish, "paymentMethod": "CASH"})
    else:
        entries = await stage.entries()
        if entries:
            entry = entries[values[0] % len(entries)].row
            wish = {"entryId": str(entry.id), "reason": "A mistake"}
            await stage.api.ask(stage.admin, REVERSE, input=wish)


@examples(12)
@given(steps=st.lists(STEP, min_size=1, max_size=12), middle=st.integers(0, 400))
async def test_statement_and_passbook_sum_to_the_summary(
    runtime: Runtime, steps: list[tuple[Any, ...]], middle: int
) -> None:
    stage = await set_stage(runtime, start=own_numbers())
    today = date.fromisoformat(stage.api.today())
    for step in steps:
        await do(stage, today, *step)
    answer = await stage.api.ask(stage.officer, SUMMARY, id=str(stage.jane.id))
    summary = answer["member"]["savingsSummary"]
    since = (today - timedelta(days=middle)).isoformat()
    found = await statement(stage, stage.jane, first=100, **{"from": since})
    funds = {one["fund"]: one for one in found["funds"]}
    for fund, name in {
        "MEMBER_SAVINGS": "regular",
        "WELFARE_FUND": "welfare",
        "PROJECT_FUND": "project",
        "FINES": "fines",
    }.items():
        row = funds.get(fund, {"closing": "0.00", "amountIn": "0.00", "amountOut": "0.00"})
        assert row["closing"] == summary[name]
        lines = [one["node"] for one in found["edges"] if one["node"]["fund"] == fund]
        for part in ("amountIn", "amountOut"):
            assert sum(parse_money(one[part]) for one in lines) == parse_money(row[part])
    if found["edges"]:
        assert found["edges"][-1]["node"]["savings"] == summary["regular"]
    book = await passbook(stage, stage.jane)
    last = book["months"][-1]
    assert last["balance"] == summary["regular"]
    assert last["monthsInARow"] == summary["consecutiveMonths"]
    grown = sum(
        parse_money(one["savings"]) - parse_money(one["withdrawn"]) for one in book["months"]
    )
    assert parse_money(book["openingBalance"]) + grown == parse_money(summary["regular"])

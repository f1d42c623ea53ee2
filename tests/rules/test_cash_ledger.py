"""The cash ledger as a view of the journal (design.md, "Money and the books")."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from app import clock
from app.models.base import new_id
from app.services.ledger import Draft, Line
from tests.support.api import contribute
from tests.support.books import post_directly
from tests.support.stage import Stage

LEDGER = """
query Ledger(
  $group: UUID!, $from: Date, $to: Date, $account: MoneyAccount, $first: Int, $after: String
) {
  cashLedger(
    groupId: $group, from: $from, to: $to, account: $account, first: $first, after: $after
  ) {
    edges { cursor node {
      id transactionDate account category subcategory amount referenceDoc balanceAfter
      description group { id }
    } }
    pageInfo { hasNextPage endCursor }
    totalCount cashIn cashOut openingBalance closingBalance
  }
}
"""


async def ledger(stage: Stage, **variables: Any) -> dict[str, Any]:
    answer = await stage.api.ask(stage.officer, LEDGER, group=str(stage.group.id), **variables)
    found: dict[str, Any] = answer["cashLedger"]
    return found


def lines(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [edge["node"] for edge in found["edges"]]


def totals(found: dict[str, Any]) -> tuple[str, str, str, str]:
    return (
        found["openingBalance"],
        found["cashIn"],
        found["cashOut"],
        found["closingBalance"],
    )


async def post(stage: Stage, day: str, *postings: Line, kind: str = "TEST") -> UUID:
    """An entry of a kind that no operation makes yet, through the one writer."""
    when = date.fromisoformat(day)
    draft = Draft(new_id(), when, when, kind, "REF", stage.admin.user_id, clock.now(), postings)
    await post_directly(stage.runtime, stage.group.id, draft)
    return draft.id


async def test_a_line_says_what_moved_where_and_for_whom(stage: Stage) -> None:
    (result,) = await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "250.5", contributionType="FINE", contributionDate="2026-05-04"),
    )
    (line,) = lines(await ledger(stage))
    (entry,) = await stage.entries()
    assert line == {
        "id": str(entry.row.id),
        "transactionDate": "2026-05-04",
        "account": "CASH",
        "category": "CASH_IN",
        "subcategory": "fine",
        "amount": "250.50",
        "referenceDoc": result["receiptNumber"],
        "balanceAfter": "250.50",
        "description": f"Fine · {stage.jane.member_name}",
        "group": {"id": str(stage.group.id)},
    }


async def test_an_entry_shows_one_line_for_each_account_and_subcategory(stage: Stage) -> None:
    entry_id = await post(
        stage,
        "2026-04-01",
        Line("CASH", 100_00, "short_term_loan", stage.jane.id),
        Line("CASH", 10_00, "loan_interest", stage.jane.id),
        Line("LOANS_SHORT_TERM", -100_00, None, stage.jane.id),
        Line("LOAN_INTEREST", -10_00),
    )
    found = lines(await ledger(stage))
    assert [(line["subcategory"], line["amount"]) for line in found] == [
        ("short_term_loan", "100.00"),
        ("loan_interest", "10.00"),
    ]
    assert [line["id"] for line in found] == [str(entry_id), str(uuid.uuid5(entry_id, "1"))]


async def test_money_out_is_positive_and_says_out(stage: Stage) -> None:
    await stage.api.sync(stage.officer, contribute(stage.jane.id, "100"))
    await post(
        stage, "2026-04-01", Line("CASH", -30_00, "expense"), Line("OPERATING_EXPENSES", 30_00)
    )
    _, out = lines(await ledger(stage))
    assert (out["category"], out["amount"], out["balanceAfter"]) == ("CASH_OUT", "30.00", "70.00")
    assert totals(await ledger(stage)) == ("0.00", "100.00", "30.00", "70.00")


async def test_a_reversal_says_so(stage: Stage) -> None:
    await post(
        stage,
        "2026-04-01",
        Line("CASH", -5_00, "savings", stage.jane.id),
        Line("MEMBER_SAVINGS", 5_00, None, stage.jane.id),
        kind="REVERSAL",
    )
    (line,) = lines(await ledger(stage))
    assert line["description"] == f"Reversal: savings · {stage.jane.member_name}"


async def _banked(stage: Stage) -> None:
    await stage.api.sync(
        stage.officer, contribute(stage.jane.id, "100", contributionDate="2026-03-01")
    )
    await post(stage, "2026-03-02", Line("BANK", 60_00, "banking"), Line("CASH", -60_00, "banking"))


async def test_banking_counts_in_the_totals_only_of_one_account(stage: Stage) -> None:
    await _banked(stage)
    assert totals(await ledger(stage)) == ("0.00", "100.00", "0.00", "100.00")
    assert totals(await ledger(stage, account="CASH")) == ("0.00", "100.00", "60.00", "40.00")
    assert totals(await ledger(stage, account="BANK")) == ("0.00", "60.00", "0.00", "60.00")


async def test_banking_stands_in_the_list_and_leaves_all_money_as_it_was(stage: Stage) -> None:
    await _banked(stage)
    found = lines(await ledger(stage))
    assert [line["description"] for line in found][1:] == [
        "Banking to bank",
        "Banking from cash",
    ]
    assert found[-1]["balanceAfter"] == "100.00"


async def test_balance_after_is_of_the_account_where_one_is_looked_at(stage: Stage) -> None:
    await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "10"),
        contribute(stage.jane.id, "20", paymentMethod="MPESA", transactionId="NLJ7RT61SV"),
        contribute(stage.jane.id, "5"),
    )
    everything = lines(await ledger(stage))
    assert [line["balanceAfter"] for line in everything] == ["10.00", "30.00", "35.00"]
    cash = lines(await ledger(stage, account="CASH"))
    assert [line["balanceAfter"] for line in cash] == ["10.00", "15.00"]


async def test_opening_and_closing_go_by_date_whatever_the_order_of_recording(
    stage: Stage,
) -> None:
    await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "1", contributionDate="2026-03-05"),
        contribute(stage.jane.id, "10", contributionDate="2026-01-05"),
        contribute(stage.jane.id, "100", contributionDate="2026-02-05"),
        contribute(stage.jane.id, "1000", contributionDate="2026-04-05", paymentMethod="BANK"),
    )
    march = {"from": "2026-02-05", "to": "2026-03-05"}
    assert totals(await ledger(stage, **march)) == ("10.00", "101.00", "0.00", "111.00")
    april = {"from": "2026-04-01", "to": "2026-04-30"}
    assert totals(await ledger(stage, **april)) == ("111.00", "1000.00", "0.00", "1111.00")
    assert totals(await ledger(stage, account="CASH", **april)) == (
        "111.00",
        "0.00",
        "0.00",
        "111.00",
    )
    until = await ledger(stage, to="2026-01-31")
    assert totals(until) == ("0.00", "10.00", "0.00", "10.00")


async def test_lines_come_in_recording_order(stage: Stage) -> None:
    days = ["2026-03-05", "2026-01-05", "2026-02-05"]
    await stage.api.sync(
        stage.officer, *(contribute(stage.jane.id, contributionDate=day) for day in days)
    )
    assert [line["transactionDate"] for line in lines(await ledger(stage))] == days


async def test_pages_follow_each_other_and_totals_are_of_the_whole(stage: Stage) -> None:
    await stage.api.sync(
        stage.officer, *(contribute(stage.jane.id, str(number)) for number in range(1, 8))
    )
    seen: list[str] = []
    after = None
    for _ in range(3):
        page = await ledger(stage, first=3, after=after)
        assert (page["totalCount"], page["cashIn"]) == (7, "28.00")
        seen += [line["amount"] for line in lines(page)]
        after = page["pageInfo"]["endCursor"]
    assert not page["pageInfo"]["hasNextPage"]
    assert seen == [f"{number}.00" for number in range(1, 8)]


@pytest.mark.parametrize(
    ("variables", "field"),
    [
        ({"first": 0}, "first"),
        ({"first": 101}, "first"),
        ({"first": -1}, "first"),
        ({"from": "2026-03-02", "to": "2026-03-01"}, "to"),
        ({"after": "none"}, "after"),
    ],
)
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_what_is_no_page_is_refused(
    stage: Stage, variables: dict[str, Any], field: str
) -> None:
    answer = await stage.api.ask(stage.officer, LEDGER, group=str(stage.group.id), **variables)
    assert (answer.code, answer.field) == ("BAD_INPUT", field)

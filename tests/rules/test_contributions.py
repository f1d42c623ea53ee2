"""What a group's members paid in over a period: page by page, and its sum over all pages."""

from __future__ import annotations

from typing import Any

from tests.support.api import contribute
from tests.support.stage import Stage

LIST = """
query Paid($group: UUID!, $from: Date, $to: Date, $after: String) {
  contributions(groupId: $group, from: $from, to: $to, after: $after, first: 2) {
    edges { node { amount contributionDate isReversed member { memberName } } }
    pageInfo { hasNextPage endCursor }
    totalCount total
  }
}
"""
REVERSE = "mutation R($input: ReverseEntryInput!) { reverseEntry(input: $input) { id } }"
JOURNAL = "query J($group: UUID!) { journal(groupId: $group) { edges { node { id } } } }"


async def asked(stage: Stage, **period: str) -> dict[str, Any]:
    answer = await stage.api.ask(stage.chair, LIST, group=str(stage.group.id), **period)
    found: dict[str, Any] = answer["contributions"]
    return found


def amounts(page: dict[str, Any]) -> list[str]:
    return [edge["node"]["amount"] for edge in page["edges"]]


async def test_a_period_page_by_page_with_the_sum_of_all(stage: Stage) -> None:
    days = ("2026-01-31", "2026-02-01", "2026-02-14", "2026-02-28", "2026-03-01")
    paid = [
        contribute(stage.jane.id, f"{number}00.50", contributionDate=day)
        for number, day in enumerate(days, start=1)
    ]
    await stage.api.sync(stage.officer, *paid)

    february = {"from": "2026-02-01", "to": "2026-02-28"}
    first = await asked(stage, **february)
    assert (amounts(first), first["totalCount"], first["total"]) == (
        ["200.50", "300.50"],
        3,
        "901.50",
    )
    assert first["pageInfo"]["hasNextPage"]
    rest = await asked(stage, **february, after=first["pageInfo"]["endCursor"])
    assert (amounts(rest), rest["total"]) == (["400.50"], "901.50")
    assert (await asked(stage))["totalCount"] == 5


async def test_what_was_reversed_is_shown_and_counts_nothing(stage: Stage) -> None:
    await stage.api.sync(stage.officer, contribute(stage.jane.id, "500.00"))
    journal = await stage.api.ask(stage.admin, JOURNAL, group=str(stage.group.id))
    (entry,) = journal["journal"]["edges"]
    mended = {"entryId": entry["node"]["id"], "reason": "Typed twice"}
    await stage.api.ask(stage.admin, REVERSE, input=mended)
    found = await asked(stage)
    assert (amounts(found), found["total"]) == (["500.00"], "0.00")
    assert [edge["node"]["isReversed"] for edge in found["edges"]] == [True]


async def test_a_period_that_ends_before_it_begins_is_refused(stage: Stage) -> None:
    period = {"from": "2026-02-02", "to": "2026-02-01"}
    answer = await stage.api.ask(stage.chair, LIST, group=str(stage.group.id), **period)
    assert (answer.code, answer.field) == ("BAD_INPUT", "to")

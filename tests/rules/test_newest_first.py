"""A long ledger read from its end: the same lines as from its beginning, backwards."""

from __future__ import annotations

from typing import Any

from tests.support.api import contribute
from tests.support.stage import Stage

LEDGER = """
query Ledger($group: UUID!, $newest: Boolean, $after: String) {
  cashLedger(groupId: $group, newestFirst: $newest, after: $after, first: 2) {
    edges { node { id sequence amount } }
    pageInfo { hasNextPage endCursor }
    totalCount closingBalance
  }
}
"""


async def all_pages(stage: Stage, newest: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = None
    while True:
        answer = await stage.api.ask(
            stage.officer, LEDGER, group=str(stage.group.id), newest=newest, after=after
        )
        page = answer["cashLedger"]
        found += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def test_newest_first_is_the_same_ledger_backwards(stage: Stage) -> None:
    paid = [contribute(stage.jane.id, f"{shillings}.00") for shillings in range(1, 6)]
    await stage.api.sync(stage.officer, *paid)
    forwards = await all_pages(stage, newest=False)
    assert [line["sequence"] for line in forwards] == [1, 2, 3, 4, 5]
    assert await all_pages(stage, newest=True) == forwards[::-1]

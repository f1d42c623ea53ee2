"""A plain syncBatch takes a short way; it must say what the ordinary way says."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from graphql import parse

from app.graphql.flat import NotPlain, compile_batch
from app.models.base import new_id
from tests.support.http_api import HttpApi

PLAIN = """
mutation Sync($operations: [SyncOperationInput!]!) {
  __NAME__: syncBatch(operations: $operations) {
    __typename
    results {
      __typename offlineSyncId state: outcome entityId current receiptNumber
      error { __typename code message field details { code } }
    }
  }
}
"""
# A fragment makes the same document one that is not plain.
ORDINARY = PLAIN.replace("entityId current", "...Rest") + (
    "fragment Rest on SyncResult { entityId current }"
)


async def operations(api: HttpApi) -> tuple[str, list[dict[str, Any]]]:
    """One of each outcome: applied, held, rejected by a rule, malformed, in conflict."""
    group = await api.factory.group()
    jane, gone = await api.factory.member(group), await api.factory.member(group, is_active=False)
    officer = await api.factory.officer(group)
    token = (await api.factory.sign_in(officer)).access_token

    def pay(**changes: Any) -> dict[str, Any]:
        paid = {
            "memberId": str(jane.id),
            "amount": "5.00",
            "contributionType": "REGULAR",
            "paymentMethod": "CASH",
            "offlineSyncId": str(new_id()),
        }
        return {"recordContribution": {**paid, **changes}}

    def edit(name: str) -> dict[str, Any]:
        changes = {"id": str(jane.id), "baseVersion": 1, "memberName": name}
        return {"updateMember": {**changes, "offlineSyncId": str(new_id())}}

    return token, [
        pay(),
        pay(memberId=str(gone.id)),
        pay(memberId=str(uuid4())),
        pay(amount="1.234"),
        edit("Jane Kamau"),
        edit("Jane Otieno"),
        {"trackOfficer": {}},
    ]


async def test_both_ways_give_the_same_answer(api: HttpApi) -> None:
    token, sent = await operations(api)
    plain = await api.execute(PLAIN.replace("__NAME__", "batch"), {"operations": sent}, token)
    again = await api.execute(PLAIN.replace("__NAME__", "batch"), {"operations": sent}, token)
    ordinary = await api.execute(ORDINARY.replace("__NAME__", "batch"), {"operations": sent}, token)
    outcomes = [result["state"] for result in plain.data["batch"]["results"]]
    assert outcomes == [
        "APPLIED", "HELD", "REJECTED", "REJECTED", "APPLIED", "CONFLICT", "REJECTED",
    ]  # fmt: skip
    assert again.data == ordinary.data
    assert again.data["batch"]["results"][0]["state"] == "DUPLICATE"


async def test_both_ways_refuse_alike(api: HttpApi) -> None:
    token, sent = await operations(api)
    for variables, who, code in (
        ({"operations": sent}, None, "UNAUTHENTICATED"),
        ({"operations": [sent[0]] * 1001}, token, "BAD_INPUT"),
        ({"operations": "none"}, token, None),
    ):
        plain = await api.execute(PLAIN.replace("__NAME__", "batch"), variables, who)
        ordinary = await api.execute(ORDINARY.replace("__NAME__", "batch"), variables, who)
        assert plain.data == ordinary.data
        assert [e["extensions"] for e in plain.errors] == [e["extensions"] for e in ordinary.errors]
        if code:
            assert plain.code == code


@pytest.mark.parametrize(
    "document",
    [
        "query { syncBatch }",
        "mutation($o: [SyncOperationInput!]!) { a: syncBatch(operations: $o) { serverTime } b: x }",
        "mutation($o: [SyncOperationInput!]!) { syncBatch(operations: $o) @skip(if: false) { x } }",
        "mutation($o: SyncOperationInput!) { syncBatch(operations: [$o]) { serverTime } }",
        ORDINARY.replace("__NAME__", "batch"),
    ],
)
def test_anything_else_takes_the_ordinary_way(document: str) -> None:
    with pytest.raises(NotPlain):
        compile_batch(parse(document))

"""Plain hot mutations take a short way; it must say what the ordinary way says."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from graphql import parse

from app.graphql.flat import NotPlain, compile_plain
from app.models.base import new_id
from tests.support.http_api import HttpApi

PLAIN = """
mutation Sync($operations: [SyncOperationInput!]!) {
  __NAME__: syncBatch(operations: $operations) {
    __typename
    results {
      __typename offlineSyncId state: outcome entityId current receiptNumber
      error { __typename code message field details { code } }
      lines { __typename offlineSyncId outcome entityId receiptNumber error { code field } }
      totals { __typename kind paymentMethod count amount held }
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
        sheet(str(jane.id), str(gone.id)),
    ]


def sheet(*members: str) -> dict[str, Any]:
    """A collection sheet; its meeting is on the way, so that its money is booked without one."""
    lines = [
        {"kind": "WELFARE", "memberId": member, "amount": amount, "paymentMethod": "CASH"}
        for member in members
        for amount in ("3.00", "x")
    ]
    values = {"meetingId": str(uuid4()), "collectionDate": "2026-01-05", "lines": lines}
    return {"submitCollectionSheet": {**values, "offlineSyncId": str(new_id())}}


async def test_both_ways_give_the_same_answer(api: HttpApi) -> None:
    token, sent = await operations(api)
    plain = await api.execute(PLAIN.replace("__NAME__", "batch"), {"operations": sent}, token)
    again = await api.execute(PLAIN.replace("__NAME__", "batch"), {"operations": sent}, token)
    ordinary = await api.execute(ORDINARY.replace("__NAME__", "batch"), {"operations": sent}, token)
    outcomes = [result["state"] for result in plain.data["batch"]["results"]]
    assert outcomes == [
        "APPLIED", "HELD", "REJECTED", "REJECTED", "APPLIED", "CONFLICT", "REJECTED",
        "REJECTED",
    ]  # fmt: skip
    assert again.data == ordinary.data
    assert again.data["batch"]["results"][0]["state"] == "DUPLICATE"
    lines = again.data["batch"]["results"][-1]["lines"]
    assert [one["outcome"] for one in lines] == ["DUPLICATE", "REJECTED", "HELD", "REJECTED"]


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


RECORD = """
mutation Pay($input: RecordContributionInput!) {
  paid: recordContribution(input: $input) {
    __typename id amount contributionType kind: contributionType contributionDate
    paymentMethod offlineSyncId receiptNumber
  }
}
"""
# What a member field needs is not plain; it is left out of the comparison.
ORDINARY_RECORD = RECORD.replace("receiptNumber\n", "receiptNumber member { id }\n")


async def test_plain_documents_really_take_the_short_way(
    api: HttpApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, sent = await operations(api)

    async def never(*_args: Any) -> None:
        raise AssertionError("the ordinary way was taken")

    monkeypatch.setattr(api.app.state.schema, "run", never)
    batch = await api.execute(PLAIN.replace("__NAME__", "batch"), {"operations": sent[:1]}, token)
    assert batch.data["batch"]["results"][0]["state"] == "APPLIED"
    single = {**sent[0]["recordContribution"], "offlineSyncId": str(new_id())}
    paid = await api.execute(RECORD, {"input": single}, token)
    assert paid.data["paid"]["amount"] == "5.00"
    ordinary = await api.execute(ORDINARY_RECORD, {"input": single}, token)
    assert ordinary.code == "INTERNAL"


async def test_a_contribution_is_the_same_both_ways(api: HttpApi) -> None:
    token, sent = await operations(api)
    values = {**sent[0]["recordContribution"], "amount": 7.5, "contributionDate": "2026-01-05"}
    plain = await api.execute(RECORD, {"input": values}, token)
    ordinary = await api.execute(ORDINARY_RECORD, {"input": values}, token)
    ordinary.data["paid"].pop("member")
    assert plain.data == ordinary.data
    assert plain.data["paid"]["amount"] == "7.50"
    again = await api.execute(RECORD, {"input": values}, token)
    assert again.data == plain.data


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": "0"},
        {"amount": "1.234"},
        {"amount": "NaN"},
        {"memberId": str(uuid4())},
        {"memberId": "none"},
        {"contributionDate": "2099-01-01"},
        {"contributionType": "GIFT"},
        {"colour": "red"},
        {"amount": None},
    ],
)
async def test_a_refused_contribution_is_refused_alike(
    api: HttpApi, changes: dict[str, Any]
) -> None:
    token, sent = await operations(api)
    values = {**sent[0]["recordContribution"], **changes}
    plain = await api.execute(RECORD, {"input": values}, token)
    ordinary = await api.execute(ORDINARY_RECORD, {"input": values}, token)
    assert plain.status == ordinary.status
    assert plain.data is None
    assert [(e["message"], e["extensions"], e.get("path")) for e in plain.errors] == [
        (e["message"], e["extensions"], e.get("path")) for e in ordinary.errors
    ]


async def test_nobody_records_without_a_token_either_way(api: HttpApi) -> None:
    _, sent = await operations(api)
    for document in (RECORD, ORDINARY_RECORD):
        answer = await api.execute(document, {"input": sent[0]["recordContribution"]})
        assert answer.code == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    "document",
    [
        "query { syncBatch }",
        "mutation($o: [SyncOperationInput!]!) { a: syncBatch(operations: $o) { serverTime } b: x }",
        "mutation($o: [SyncOperationInput!]!) { syncBatch(operations: $o) @skip(if: false) { x } }",
        "mutation($o: SyncOperationInput!) { syncBatch(operations: [$o]) { serverTime } }",
        ORDINARY.replace("__NAME__", "batch"),
        ORDINARY_RECORD,
        "mutation($i: RecordContributionInput!, $b: ID) { recordContribution(input: $i) { id } }",
        "mutation { recordContribution(input: {amount: 5}) { id } }",
        "mutation($i: ApplyForLoanInput!) { applyForLoan(input: $i) { id } }",
    ],
)
def test_anything_else_takes_the_ordinary_way(document: str) -> None:
    with pytest.raises(NotPlain):
        compile_plain(parse(document))

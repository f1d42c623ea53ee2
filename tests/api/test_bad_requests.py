"""Requests that cannot be read, whole or in part: what can be read of them is done."""

from __future__ import annotations

from typing import Any

import pytest

from app.models.base import new_id
from tests.api.desk import BAD_INPUT, ON_ONE, Desk, refused
from tests.support.api import SYNC
from tests.support.stage import counts


def malformed(desk: Desk, own: str, good: dict[str, Any]) -> list[tuple[Any, str]]:
    """Operations that are none, each with the field that is at fault."""
    return [
        (None, "operations"),
        (5, "operations"),
        ("recordContribution", "operations"),
        ([], "operations"),
        ({}, "operations"),
        ({"recordContribution": None}, "operations"),
        ({"recordContribution": []}, "recordContribution"),
        ({"recordContribution": "x"}, "recordContribution"),
        ({"recordContribution": {}}, "memberId"),
        ({"unknown": {"offlineSyncId": own}}, "operations"),
        ({**good, "trackOfficer": {}}, "operations"),
        ({"recordContribution": desk.payment(offlineSyncId=None)}, "offlineSyncId"),
        ({"recordContribution": desk.payment(offlineSyncId="none")}, "offlineSyncId"),
        ({"recordContribution": desk.payment(offlineSyncId=5)}, "offlineSyncId"),
        ({"recordContribution": desk.payment(memberId=[])}, "memberId"),
        ({"recordContribution": desk.payment(paymentMethod={})}, "paymentMethod"),
        ({"recordContribution": desk.payment(transactionId="ß" * 50)}, "transactionId"),
        ({"recordContribution": desk.payment(transactionId=5)}, "transactionId"),
        ({"recordContribution": desk.payment(contributionDate="never")}, "contributionDate"),
        ({"recordContribution": desk.payment(contributionDate={})}, "contributionDate"),
        ({"recordContribution": desk.payment(extra=1)}, "extra"),
        ({"registerMember": desk.person(nextOfKin="Mary")}, "nextOfKin"),
        ({"registerMember": desk.person(nextOfKin=[None])}, "nextOfKin"),
        ({"registerMember": desk.person(geo=[])}, "geo"),
        ({"registerMember": desk.person(geo={"latitude": True, "longitude": 1})}, "latitude"),
        ({"registerMember": desk.person(signature=5)}, "signature"),
        ({"registerMember": desk.person(idPhoto="data:image/png;base64,iVBORw0KGgo=")}, "idPhoto"),
        ({"registerMember": desk.person(memberName={"a": 1})}, "memberName"),
        ({"updateMember": desk.change(baseVersion=1e99)}, "baseVersion"),
        ({"updateMember": desk.change(isActive="no")}, "isActive"),
        (
            {
                "trackOfficer": {
                    "offlineSyncId": str(new_id()),
                    "latitude": 1,
                    "longitude": 1,
                    "activityType": "TRAVEL",
                    "recordedAt": "now",
                }
            },
            "recordedAt",
        ),
    ]


@ON_ONE
async def test_malformed_operations_do_not_block_the_others(desk: Desk) -> None:
    # Different amounts: the same again would go into the review inbox, as a repeat.
    good = [
        {"recordContribution": desk.payment(offlineSyncId=str(new_id()), amount=amount)}
        for amount in ("5", "6")
    ]
    own = str(new_id())
    garbage = malformed(desk, own, good[0])
    before = await counts(desk.api.runtime)
    results = await desk.sync(good[0], *(bad for bad, _ in garbage), good[1])
    assert [results[0]["outcome"], results[-1]["outcome"]] == ["APPLIED", "APPLIED"]
    wrong = [
        (bad, result)
        for (bad, field), result in zip(garbage, results[1:-1], strict=True)
        if (result["outcome"], result["error"]["code"], result["error"]["field"])
        != ("REJECTED", BAD_INPUT, field)
    ]
    assert wrong == []
    assert results[10]["offlineSyncId"] == own
    after = await counts(desk.api.runtime)
    changed = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert changed == {
        "sync_operation": 2,
        "contribution": 2,
        "journal_entry": 2,
        "posting": 4,
        "audit_log": 2,
        "account_balance": 3,
        "ledger_total": 4,
        "outbox": 1,
    }


@ON_ONE
async def test_a_thousand_and_one_operations(desk: Desk) -> None:
    operations = [{"recordContribution": desk.payment(offlineSyncId=str(new_id()))}] * 1001
    await refused(desk, [(desk.ask(SYNC, operations=operations), BAD_INPUT, "operations", "")])


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        (b'{"query": "{ __typename }", "x": "\xff\xfe"}', 400, "body"),
        (b'{"query": "mutation { login(input: {phone: \\"\xc3\x28\\"}) }"}', 400, "body"),
        (b'{"query": "{ __typename }", "variables": {"x": "\\ud800"}}', 400, "body"),
        (b'{"query": "{ __typename }", "variables": {"x": NaN}}', 400, "body"),
        (b'{"query": "{ __typename }", "variables": {"x": Infinity}}', 400, "body"),
        (b'{"query": "{ __typename }", "variables": {"x": "\\u0000"}}', 400, "body"),
        (b'{"query": "' + b"x" * (20 * 1024 * 1024) + b'"}', 413, "body"),
    ],
    ids=["utf-8", "utf-8 in a query", "surrogate", "NaN", "Infinity", "NUL", "20 MB"],
)
@ON_ONE
async def test_bodies_that_cannot_be_read(desk: Desk, body: bytes, status: int, field: str) -> None:
    before = await counts(desk.api.runtime)
    response = await desk.api.http.post(
        "/graphql",
        content=body,
        headers={"Authorization": f"Bearer {desk.officer}", "Content-Type": "application/json"},
    )
    (error,) = response.json()["errors"]
    assert response.status_code == status
    assert (error["extensions"]["code"], error["extensions"]["field"]) == (BAD_INPUT, field)
    assert await counts(desk.api.runtime) == before

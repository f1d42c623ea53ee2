"""Bad input: each fault has its code and its field, and nothing else is written."""

from __future__ import annotations

import base64
from typing import Any

import orjson
import pytest

from app.models.base import new_id
from tests.api.desk import BAD_INPUT, ON_ONE, Desk, refused
from tests.support.stage import counts

AMOUNTS: list[Any] = [
    "0",
    0,
    "-1",
    -1,
    -0.01,
    "0.001",
    0.001,
    "5.005",
    "NaN",
    "-NaN",
    "sNaN",
    "Infinity",
    "-Infinity",
    "1e999999",
    "10000000000.00",
    10000000000,
    1e300,
    9007199254740993,
    "9" * 100_000,
    "",
    " ",
    "ten",
    "1,000",
    "1_000",
    "١٢",
    "0x10",
    True,
    [],
    {},
    ["5"],
    {"cents": 5},
]
LONG = "x" * 100_000
CONTROL = "Jane\x07Wanjiku"


@ON_ONE
async def test_amounts_that_are_none(desk: Desk) -> None:
    """As text and as numbers, alone and in a batch."""
    await refused(
        desk,
        [
            (
                desk.mutate("recordContribution", **desk.payment(amount=amount)),
                BAD_INPUT,
                "amount",
                amount,
            )
            for amount in [*AMOUNTS, None]
        ],
    )
    before = await counts(desk.api.runtime)
    results = await desk.sync(
        *(
            {"recordContribution": desk.payment(amount=amount, offlineSyncId=str(new_id()))}
            for amount in [*AMOUNTS, None]
        )
    )
    for amount, result in zip([*AMOUNTS, None], results, strict=True):
        assert result["outcome"] == "REJECTED", amount
        assert (result["error"]["code"], result["error"]["field"]) == (BAD_INPUT, "amount"), amount
    assert await counts(desk.api.runtime) == before


@ON_ONE
@pytest.mark.parametrize(
    "literal", ["1e999", "NaN", "9" * 5000, "0.001", '"NaN"', "true", "0", "-5"]
)
async def test_amounts_written_into_the_query_text(desk: Desk, literal: str) -> None:
    query = (
        f'mutation {{ recordContribution(input: {{memberId: "{desk.member.id}", amount: {literal}, '
        "contributionType: REGULAR, paymentMethod: CASH}) { id } }"
    )
    await refused(desk, [(desk.ask(query), BAD_INPUT, "amount", literal)])
    batch = (
        "mutation { syncBatch(operations: [{recordContribution: {"
        f'memberId: "{desk.member.id}", offlineSyncId: "{new_id()}", amount: {literal}, '
        "contributionType: REGULAR, paymentMethod: CASH}}]) { results { outcome } } }"
    )
    before = await counts(desk.api.runtime)
    answer = await desk.ask(batch)
    if answer.errors:
        assert answer.code == BAD_INPUT
    else:
        assert answer.data["syncBatch"]["results"] == [{"outcome": "REJECTED"}]
    assert await counts(desk.api.runtime) == before


@ON_ONE
async def test_contributions_that_cannot_be(desk: Desk) -> None:
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"contributionDate": "2099-01-01"}, BAD_INPUT, "contributionDate"),
        ({"contributionDate": "1969-12-31"}, BAD_INPUT, "contributionDate"),
        ({"contributionDate": "0001-01-01"}, BAD_INPUT, "contributionDate"),
        ({"contributionDate": "2026-02-30"}, BAD_INPUT, "contributionDate"),
        ({"contributionDate": "yesterday"}, BAD_INPUT, "contributionDate"),
        ({"contributionDate": 20260101}, BAD_INPUT, "contributionDate"),
        ({"memberId": str(new_id())}, "NOT_FOUND", "memberId"),
        ({"memberId": desk.foreign_member}, "NOT_FOUND", "memberId"),
        ({"memberId": "no id"}, BAD_INPUT, "memberId"),
        ({"memberId": 5}, BAD_INPUT, "memberId"),
        ({"memberId": None}, BAD_INPUT, "memberId"),
        ({"memberId": {}}, BAD_INPUT, "memberId"),
        ({"groupId": desk.foreign_group}, BAD_INPUT, "groupId"),
        ({"id": "no id"}, BAD_INPUT, "id"),
        ({"offlineSyncId": "00000000"}, BAD_INPUT, "offlineSyncId"),
        ({"contributionType": "BRIBE"}, BAD_INPUT, "contributionType"),
        ({"paymentMethod": 7}, BAD_INPUT, "paymentMethod"),
        ({"transactionId": LONG}, BAD_INPUT, "transactionId"),
        ({"transactionId": "ß" * 50}, BAD_INPUT, "transactionId"),
        ({"transactionId": CONTROL}, BAD_INPUT, "transactionId"),
        ({"paymentMethod": "MPESA", "transactionId": "no code!"}, BAD_INPUT, "transactionId"),
        ({"surprise": 1}, BAD_INPUT, "surprise"),
    ]
    await refused(
        desk,
        [
            (desk.mutate("recordContribution", **desk.payment(**changes)), code, field, changes)
            for changes, code, field in cases
        ],
    )


@ON_ONE
async def test_members_who_cannot_be(desk: Desk) -> None:
    kin = {"name": "Mary", "relationship": "Sister"}
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"memberName": ""}, BAD_INPUT, "memberName"),
        ({"memberName": " \t\n"}, BAD_INPUT, "memberName"),
        ({"memberName": LONG}, BAD_INPUT, "memberName"),
        ({"memberName": CONTROL}, BAD_INPUT, "memberName"),
        ({"memberName": "Jane\u202eWanjiku"}, BAD_INPUT, "memberName"),
        ({"memberName": None}, BAD_INPUT, "memberName"),
        ({"idNumber": "1"}, BAD_INPUT, "idNumber"),
        ({"idNumber": "12345678; DROP"}, BAD_INPUT, "idNumber"),
        ({"idNumber": "٣١٢٣٤٥٦٧"}, BAD_INPUT, "idNumber"),
        ({"idNumber": LONG}, BAD_INPUT, "idNumber"),
        ({"phone": "0812 345 678"}, BAD_INPUT, "phone"),
        ({"phone": "+1 212 555 0100"}, BAD_INPUT, "phone"),
        ({"phone": LONG}, BAD_INPUT, "phone"),
        ({"phone": ""}, BAD_INPUT, "phone"),
        ({"groupId": str(new_id())}, "NOT_FOUND", "groupId"),
        ({"groupId": desk.foreign_group}, "NOT_FOUND", "groupId"),
        ({"dateOfBirth": "2099-01-01"}, BAD_INPUT, "dateOfBirth"),
        ({"registrationDate": "2099-01-01"}, BAD_INPUT, "registrationDate"),
        ({"id": str(desk.member.id)}, "ID_REUSED", "id"),
        ({"nextOfKin": [kin] * 11}, BAD_INPUT, "nextOfKin"),
        ({"nextOfKin": [kin, {**kin, "phone": "999"}]}, BAD_INPUT, "nextOfKin.1.phone"),
        ({"nextOfKin": [{**kin, "name": LONG}]}, BAD_INPUT, "nextOfKin.0.name"),
        ({"nextOfKin": [{"name": "Mary"}]}, BAD_INPUT, "relationship"),
        ({"geo": {"latitude": 91, "longitude": 36}}, BAD_INPUT, "latitude"),
        ({"geo": {"latitude": 0, "longitude": -181}}, BAD_INPUT, "longitude"),
        ({"geo": {"latitude": 0, "longitude": 0, "accuracy": -1}}, BAD_INPUT, "accuracy"),
        ({"geo": {"latitude": "north", "longitude": 0}}, BAD_INPUT, "latitude"),
    ]
    await refused(
        desk,
        [
            (desk.mutate("registerMember", **desk.person(**changes)), code, field, changes)
            for changes, code, field in cases
        ],
    )


@ON_ONE
async def test_edits_that_cannot_be(desk: Desk) -> None:
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"memberName": ""}, BAD_INPUT, "memberName"),
        ({"memberName": LONG}, BAD_INPUT, "memberName"),
        ({"phone": "none"}, BAD_INPUT, "phone"),
        ({"dateOfBirth": "2099-01-01"}, BAD_INPUT, "dateOfBirth"),
        ({"baseVersion": 0}, BAD_INPUT, "baseVersion"),
        ({"baseVersion": 2}, BAD_INPUT, "baseVersion"),
        ({"baseVersion": 2**31}, BAD_INPUT, "baseVersion"),
        ({"baseVersion": 1.5}, BAD_INPUT, "baseVersion"),
        ({"isActive": "yes"}, BAD_INPUT, "isActive"),
        ({"id": str(new_id())}, "NOT_FOUND", "id"),
        ({"id": desk.foreign_member}, "NOT_FOUND", "id"),
    ]
    await refused(
        desk,
        [
            (desk.mutate("updateMember", **desk.change(**changes)), code, field, changes)
            for changes, code, field in cases
        ],
    )


@ON_ONE
async def test_groups_that_cannot_be(desk: Desk) -> None:
    good = {
        "name": "Nasaba",
        "groupCode": "NAS-001",
        "county": "Nakuru",
        "constituency": "Nakuru Town East",
        "ward": "Menengai",
        "meetingDay": "Monday",
        "meetingVenue": "Hall",
    }
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"name": ""}, BAD_INPUT, "name"),
        ({"name": LONG}, BAD_INPUT, "name"),
        ({"groupCode": CONTROL}, BAD_INPUT, "groupCode"),
        ({"groupCode": LONG}, BAD_INPUT, "groupCode"),
        ({"county": "Wakanda"}, BAD_INPUT, "county"),
        ({"constituency": "Westlands"}, BAD_INPUT, "constituency"),
        ({"ward": "Karen"}, BAD_INPUT, "ward"),
        ({"meetingDay": "SOMEDAY"}, BAD_INPUT, "meetingDay"),
        ({"meetingVenue": LONG}, BAD_INPUT, "meetingVenue"),
        ({"location": LONG}, BAD_INPUT, "location"),
        ({"village": CONTROL}, BAD_INPUT, "village"),
        ({"registrationDate": "2099-01-01"}, BAD_INPUT, "registrationDate"),
        ({"geo": {"latitude": 91, "longitude": 0}}, BAD_INPUT, "geo"),
        ({"id": desk.group_id}, "ID_REUSED", "id"),
        ({"groupCode": "NKR-001"}, "GROUP_CODE_TAKEN", "groupCode"),
    ]
    await refused(
        desk,
        [
            (desk.mutate("createGroup", **{**good, **changes}), code, field, changes)
            for changes, code, field in cases
        ],
    )
    assert not (await desk.mutate("createGroup", **good)).errors


@ON_ONE
async def test_positions_that_cannot_be(desk: Desk) -> None:
    good = {"latitude": -0.3, "longitude": 36.07, "activityType": "TRAVEL"}
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"latitude": 90.1}, BAD_INPUT, "latitude"),
        ({"longitude": -180.1}, BAD_INPUT, "longitude"),
        ({"accuracy": -1}, BAD_INPUT, "accuracy"),
        ({"batteryLevel": 101}, BAD_INPUT, "batteryLevel"),
        ({"activityType": "SLEEP"}, BAD_INPUT, "activityType"),
        ({"recordedAt": "2099-01-01T00:00:00Z"}, BAD_INPUT, "recordedAt"),
        ({"recordedAt": "1970-01-01T00:00:00Z"}, BAD_INPUT, "recordedAt"),
        ({"recordedAt": "2026-11-01T00:00:00"}, BAD_INPUT, "recordedAt"),
        ({"recordedAt": "0001-01-01T00:00:00+14:00"}, BAD_INPUT, "recordedAt"),
        ({"recordedAt": "9999-12-31T23:59:59-14:00"}, BAD_INPUT, "recordedAt"),
        ({"memberId": desk.foreign_member}, "NOT_FOUND", "memberId"),
    ]
    await refused(
        desk,
        [
            (desk.mutate("trackOfficer", **{**good, **changes}), code, field, changes)
            for changes, code, field in cases
        ],
    )


def forged(key: list[Any]) -> str:
    """A cursor that no page gave out."""
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode()


@ON_ONE
async def test_questions_that_cannot_be_answered(desk: Desk) -> None:
    group = desk.group_id
    nul, numbers = forged([chr(0), group]), forged(["a", "b"])
    ledger = f'{{ cashLedger(groupId: "{group}", after: "%s") {{ totalCount }} }}'
    cases = [
        ("{ members(first: 101) { totalCount } }", "first"),
        ("{ groups(first: 0) { totalCount } }", "first"),
        (f"{{ groups(first: {'9' * 5000}) {{ totalCount }} }}", "query"),
        (f'{{ members(search: "{"x" * 101}") {{ totalCount }} }}', "search"),
        ('{ groups(county: "\\u{0}") { totalCount } }', "county"),
        ('{ groups(after: "none") { totalCount } }', "after"),
        (f'{{ groups(after: "{nul}") {{ totalCount }} }}', "after"),
        (f'{{ members(after: "{numbers}") {{ totalCount }} }}', "after"),
        (ledger % forged([2**63, 1]), "after"),
        (ledger % forged([1e308, 1]), "after"),
        ('{ group(id: "none") { id } }', "id"),
        (f'{{ trfBalance(groupId: "{group}", asOf: "2026-13-01") {{ total }} }}', "asOf"),
        (
            f'{{ officerTrack(officerId: "{desk.officer_id}", from: "0001-01-01T00:00:00+14:00", '
            'to: "0001-01-02T00:00:00+14:00") { latitude } }',
            "from",
        ),
    ]
    await refused(desk, [(desk.ask(query), BAD_INPUT, field, query[:80]) for query, field in cases])


@ON_ONE
async def test_a_search_may_hold_anything(desk: Desk) -> None:
    query = (
        "query S($s: String) "
        "{ members(search: $s) { totalCount } groups(search: $s) { totalCount } }"
    )
    for words in [
        "%",
        "_",
        "'",
        "\\",
        "(",
        "💰",
        "\U0010ffff",
        "ß" * 100,
        "''; DROP",
        "a b c d e f g h",
    ]:
        answer = await desk.ask(query, s=words)
        assert not answer.errors, (words, answer)
    assert not (await desk.ask('{ members(search: "a\\u{0}b") { totalCount } }')).errors

"""Bad input: each fault has its code and its field, and nothing else is written."""

from __future__ import annotations

import base64
import io
import struct
import warnings
import zlib
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.config import Settings
from app.errors import BadInput
from app.models import Member
from app.models.base import new_id
from app.services.documents import MAX_PIXELS, clean_image
from tests.properties.budget import examples
from tests.support.api import SYNC, contribute, edit, register
from tests.support.http_api import HttpAnswer, HttpApi, running
from tests.support.stage import counts

ON_ONE = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
BAD_INPUT = "BAD_INPUT"
MUTATIONS = {
    name: f"mutation M($input: {name[0].upper()}{name[1:]}Input!) "
    f"{{ {name}(input: $input) {{ {got} }} }}"
    for name, got in {
        "recordContribution": "id",
        "registerMember": "id",
        "updateMember": "id",
        "createGroup": "id",
        "trackOfficer": "recordedAt",
    }.items()
}
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


@dataclass
class Desk:
    """An officer's and an administrator's requests over HTTP."""

    api: HttpApi
    officer: str
    admin: str
    group_id: str
    member: Member
    foreign_member: str
    foreign_group: str
    officer_id: str

    async def ask(self, query: str, token: str | None = None, **variables: Any) -> HttpAnswer:
        return await self.api.execute(query, variables, token or self.officer)

    async def mutate(self, name: str, /, **values: Any) -> HttpAnswer:
        token = self.admin if name == "createGroup" else self.officer
        return await self.ask(MUTATIONS[name], token, input=values)

    async def sync(self, *operations: Any) -> list[dict[str, Any]]:
        answer = await self.ask(SYNC, operations=list(operations))
        assert not answer.errors, answer
        found: list[dict[str, Any]] = answer.data["syncBatch"]["results"]
        return found

    def payment(self, **changes: Any) -> dict[str, Any]:
        values: dict[str, Any] = contribute(self.member.id, "5")["recordContribution"]
        return {**values, **changes}

    def person(self, **changes: Any) -> dict[str, Any]:
        values: dict[str, Any] = register(self.group_id, "31234567")["registerMember"]
        return {**values, **changes}

    def change(self, **changes: Any) -> dict[str, Any]:
        values: dict[str, Any] = edit(self.member.id, 1)["updateMember"]
        return {**values, **changes}


@pytest.fixture
async def desk(settings: Settings) -> AsyncIterator[Desk]:
    async with running(settings) as api:
        make = api.factory
        group, foreign = await make.group(), await make.group()
        officer, admin = await make.officer(group), await make.admin()
        yield Desk(
            api,
            (await make.sign_in(officer)).access_token,
            (await make.sign_in(admin)).access_token,
            str(group.id),
            await make.member(group),
            str((await make.member(foreign)).id),
            str(foreign.id),
            str(officer.user_id),
        )


def data_uri(raw: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(raw).decode()}"


def picture(kind: str = "PNG", size: tuple[int, int] = (12, 8)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (120, 30, 60)).save(out, kind)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A small PNG whose header promises an enormous picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


PICTURES: dict[str, str] = {
    "no data URI": "https://example.org/picture.png",
    "no base64": "data:image/png;base64,@@@@",
    "half a group": "data:image/png;base64,AAAAA",
    "not encoded": "data:image/png,plain",
    "nothing in it": "data:image/png;base64,",
    "another kind": data_uri(b"%PDF-1.7", "application/pdf"),
    "text that says png": data_uri(b"hello"),
    "an SVG": data_uri(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    "an SVG that says png": data_uri(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "a GIF": data_uri(picture("GIF"), "image/gif"),
    "half a PNG": data_uri(picture()[:40]),
    "a bomb": data_uri(bomb(30_000, 30_000)),
    "a larger bomb": data_uri(bomb(2**31 - 1, 2**31 - 1)),
    "more pixels than allowed": data_uri(bomb(MAX_PIXELS // 1000 + 1, 1000)),
}


async def refused(desk: Desk, cases: list[tuple[Any, str, str | None, Any]]) -> None:
    """Each case's answer has the code and the field, and no table has changed."""
    before = await counts(desk.api.runtime)
    wrong = []
    for answer_of, code, field, label in cases:
        answer = await answer_of
        if len(answer.errors) != 1 or (answer.code, answer.field) != (code, field):
            wrong.append((label, answer.errors))
    assert wrong == []
    assert await counts(desk.api.runtime) == before


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
        ({"nextOfKin": [{**kin, "phone": "999"}]}, BAD_INPUT, "phone"),
        ({"nextOfKin": [{**kin, "name": LONG}]}, BAD_INPUT, "nextOfKin"),
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


@ON_ONE
async def test_pictures_that_are_none(desk: Desk) -> None:
    cases = [
        (
            desk.mutate("registerMember", **desk.person(**{name: uri})),
            BAD_INPUT,
            name,
            (name, label),
        )
        for label, uri in PICTURES.items()
        for name in ("idPhoto", "signature")
    ]
    with warnings.catch_warnings():
        # As in a server, where a warning is a line on stderr and no error.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        await refused(desk, cases)
    assert await _stored(desk) == []


@ON_ONE
async def test_a_picture_beyond_five_megabytes(desk: Desk) -> None:
    """In a batch: the whole request stays within the limit of a body."""
    large = "data:image/jpeg;base64," + "A" * (3 * 1024 * 1024)
    values = desk.person(idPhoto=large + "=")
    await refused(desk, [(desk.mutate("registerMember", **values), BAD_INPUT, "idPhoto", "")])


async def _stored(desk: Desk) -> list[str]:
    folder = desk.api.runtime.settings.data_dir
    return [path.name for path in folder.rglob("documents/*") if path.is_file()]


@ON_ONE
async def test_a_refused_registration_leaves_no_picture_behind(desk: Desk) -> None:
    good = data_uri(picture("JPEG"), "image/jpeg")
    taken = desk.person(idPhoto=good, id=str(desk.member.id))
    await refused(desk, [(desk.mutate("registerMember", **taken), "ID_REUSED", "id", "")])
    assert await _stored(desk) == []
    results = await desk.sync({"registerMember": desk.person(idPhoto=good, signature=good)})
    assert results[0]["outcome"] == "APPLIED"
    assert len(await _stored(desk)) == 2


@examples(60)
@given(
    kind=st.sampled_from(["PNG", "JPEG", "WEBP"]),
    cuts=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8),
    end=st.integers(0, 400),
)
def test_a_broken_picture_fails_in_one_way_only(
    kind: str, cuts: list[tuple[int, int]], end: int
) -> None:
    raw = bytearray(picture(kind, (24, 24)))
    for at, value in cuts:
        raw[at % len(raw)] = value
    with suppress(BadInput):
        found = clean_image(bytes(raw[: end or len(raw)]), "PHOTO", "idPhoto")
        assert found.content_type in {"image/png", "image/jpeg"}


@ON_ONE
async def test_malformed_operations_do_not_block_the_others(desk: Desk) -> None:
    good = [{"recordContribution": desk.payment(offlineSyncId=str(new_id()))} for _ in range(2)]
    own = str(new_id())
    garbage: list[tuple[Any, str]] = [
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
        ({**good[0], "trackOfficer": {}}, "operations"),
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
        ({"registerMember": desk.person(idPhoto=PICTURES["half a PNG"])}, "idPhoto"),
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

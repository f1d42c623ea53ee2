"""GraphQL over HTTP: the specification's audit, and what a careless or hostile client sends."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.config import Settings
from app.graphql.wire import LARGEST_BODY, RESPONSE_JSON
from tests.support.databases import ROOT
from tests.support.http_api import HttpApi, running
from tests.support.servers import ServerProcess

RECORD = "mutation($input: RecordContributionInput!) { recordContribution(input: $input) { id } }"
GOOD = {
    "memberId": "01890a5d-ac96-774b-bcce-b302099a8057",
    "amount": "5.00",
    "contributionType": "REGULAR",
    "paymentMethod": "CASH",
}
UPLOAD = """mutation($file: Upload!) { uploadDocument(
  memberId: "01890a5d-ac96-774b-bcce-b302099a8057", kind: PHOTO, file: $file) { id } }"""


@pytest.fixture(params=["sqlite"])
def databases(request: pytest.FixtureRequest) -> Any:
    """Nothing here depends on the database: one kind is enough."""
    return request.getfixturevalue("sqlite_databases")


async def post(api: HttpApi, content: bytes, **headers: str) -> httpx.Response:
    return await api.http.post(
        "/graphql", content=content, headers={"Content-Type": "application/json", **headers}
    )


def error_of(response: httpx.Response) -> tuple[str, str | None]:
    """The code and the field of the one error of a request that never ran."""
    body = response.json()
    assert "data" not in body
    (error,) = body["errors"]
    return error["extensions"]["code"], error["extensions"].get("field")


def test_the_audit_finds_no_fault(settings: Settings, tmp_path: Path) -> None:
    node = shutil.which("node")
    assert node, "the audit needs Node"
    server = ServerProcess(settings, tmp_path)
    try:
        script = ROOT / "tests" / "api" / "graphql_http_audit.mjs"
        done = subprocess.run(
            [node, str(script), f"{server.url}/graphql"],
            cwd=ROOT,
            capture_output=True,
            check=True,
            timeout=60,
        )
    finally:
        server.stop()
    found = json.loads(done.stdout)
    assert len(found) >= 61
    assert [item for item in found if item["status"] != "ok"] == []


async def test_typename_and_introspection_need_no_token(api: HttpApi) -> None:
    assert (await api.execute("{ __typename }")).data == {"__typename": "Query"}
    assert (await api.execute("{ __schema { queryType { name } } }")).data
    assert (await api.execute("{ me { id } }")).code == "UNAUTHENTICATED"


async def test_introspection_can_be_off(settings: Settings) -> None:
    async with running(replace(settings, introspection=False)) as api:
        assert (await api.execute("{ __schema { __typename } }")).code == "BAD_INPUT"
        assert (await api.execute("{ __typename }")).data


async def test_queries_go_by_get_and_mutations_do_not(api: HttpApi) -> None:
    got = await api.http.get("/graphql", params={"query": "{ __typename }"})
    assert got.json() == {"data": {"__typename": "Query"}}
    refused = await api.http.get("/graphql", params={"query": "mutation { __typename }"})
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert error_of(refused) == ("BAD_INPUT", "query")
    assert (await api.http.put("/graphql")).status_code == 405


async def test_subscriptions_are_sent_to_the_socket(api: HttpApi) -> None:
    refused = await post(api, b'{"query": "subscription { notices { kind } }"}')
    assert refused.status_code == 400
    assert "WebSocket" in refused.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b'{"query": "\xff\xfe"}', "body"),
        (b'{"query": "{ __typename }", "variables": {"a": NaN}}', "body"),
        (b'{"query": "{ __typename }", "variables": {"a": "\\u0000"}}', "body"),
        (b'[{"query": "{ __typename }"}]', "body"),
        (b'"{ __typename }"', "body"),
        (b"null", "body"),
        (b'{"query": 1}', "query"),
        (b'{"query": ""}', "query"),
        (b'{"query": "{ __typename }", "variables": []}', "variables"),
        (b'{"query": "{ __typename }", "extensions": 1}', "extensions"),
        (b'{"query": "{ __typename }", "operationName": 1}', "operationName"),
        (b'{"query": "query A { __typename }", "operationName": "B"}', "operationName"),
        (b"[" * 100_000, "body"),
    ],
)
async def test_a_malformed_request_is_refused(api: HttpApi, content: bytes, field: str) -> None:
    refused = await post(api, content)
    assert refused.status_code == 400
    assert error_of(refused) == ("BAD_INPUT", field)


@pytest.mark.parametrize("media", [None, "text/plain", "application/x-www-form-urlencoded"])
async def test_only_content_types_that_no_form_can_send(api: HttpApi, media: str | None) -> None:
    headers = {"Content-Type": media} if media else {}
    body = b'{"query": "{ __typename }"}'
    refused = await api.http.post("/graphql", content=body, headers=headers)
    assert refused.status_code == 415
    assert error_of(refused) == ("BAD_INPUT", "body")


async def test_the_media_type_is_what_the_client_takes(api: HttpApi) -> None:
    query = b'{"query": "{ __typename }"}'
    for accept, media in [
        (RESPONSE_JSON, RESPONSE_JSON),
        (f"{RESPONSE_JSON}, application/json;q=0.9", RESPONSE_JSON),
        (f"application/json, {RESPONSE_JSON};q=0.5", "application/json"),
        ("*/*", "application/json"),
    ]:
        answer = await post(api, query, Accept=accept)
        assert answer.headers["content-type"] == f"{media}; charset=utf-8"
    assert (await post(api, query, Accept="image/png")).status_code == 406


async def test_what_never_ran_has_no_data(api: HttpApi) -> None:
    for query in ("{", "{ zork }", "query($a: Int!) { __typename }"):
        content = json.dumps({"query": query}).encode()
        newer = await post(api, content, Accept=RESPONSE_JSON)
        assert (newer.status_code, error_of(newer)[0]) == (400, "BAD_INPUT")
        older = await post(api, content, Accept="application/json")
        assert (older.status_code, error_of(older)[0]) == (200, "BAD_INPUT")
    ran = await post(api, b'{"query": "{ me { id } }"}', Accept=RESPONSE_JSON)
    assert (ran.status_code, ran.json()["data"]) == (200, None)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"amount": "NaN"}, "amount", None),
        ({"amount": "1.001"}, "amount", None),
        ({"amount": "1" * 14}, "amount", None),
        ({"amount": {}}, "amount", None),
        ({"amount": None}, "amount", "This is required."),
        ({"memberId": "x"}, "memberId", "This is not an id."),
        ({"contributionDate": "2026-13-01"}, "contributionDate", None),
        ({"paymentMethod": "SHELLS"}, "paymentMethod", "This is not one of the choices."),
        ({"transactionId": 5}, "transactionId", "This is not text."),
        ({"zork": 1}, "zork", "There is no field of this name here."),
    ],
)
async def test_a_wrong_value_names_its_field(
    api: HttpApi, changes: dict[str, Any], field: str, message: str | None
) -> None:
    values = {**GOOD, **changes}
    by_variable = await api.execute(RECORD, {"input": values})
    assert (by_variable.code, by_variable.field) == ("BAD_INPUT", field)
    by_literal = await api.execute(f"mutation {{ recordContribution({literal(values)}) {{ id }} }}")
    assert (by_literal.code, by_literal.field) == ("BAD_INPUT", field)
    for answer in (by_variable, by_literal):
        assert message is None or answer.errors[0]["message"] == message
        assert not any(word in answer.errors[0]["message"] for word in ("Variable", "Expected"))


def literal(values: dict[str, Any]) -> str:
    enums = ("contributionType", "paymentMethod")
    fields = (
        f"{name}: {value if name in enums else json.dumps(value)}" for name, value in values.items()
    )
    return f"input: {{ {', '.join(fields)} }}"


async def test_a_missing_argument_is_named(api: HttpApi) -> None:
    assert (await api.execute("{ member { id } }")).field == "id"
    assert (await api.execute("query($id: UUID!) { member(id: $id) { id } }")).field == "id"


async def test_a_fault_of_ours_shows_a_reference_and_no_cause(
    api: HttpApi, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: object) -> bytes:
        raise RuntimeError("a detail of the inside")

    monkeypatch.setattr(type(api.runtime.keys), "blind_index", broken)
    answer = await api.execute(
        'mutation { login(input: { phone: "0712345678", password: "x" }) { expiresIn } }'
    )
    assert answer.code == "INTERNAL"
    assert "inside" not in str(answer.errors)
    reference = answer.errors[0]["extensions"]["reference"]
    (record,) = [r for r in caplog.records if getattr(r, "reference", None) == reference]
    assert record.exc_info
    assert "a detail of the inside" in str(record.exc_info[1])


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 200),
        ("http://testserver", 200),
        ("https://office.example", 200),
        ("https://evil.example", 403),
        ("https://testserver.evil.example", 403),
        ("null", 403),
        ("", 403),
    ],
)
async def test_a_page_from_elsewhere_may_not_call(
    settings: Settings, origin: str | None, status: int
) -> None:
    async with running(replace(settings, allowed_origins=("https://office.example",))) as api:
        headers = {} if origin is None else {"Origin": origin}
        answer = await post(api, b'{"query": "{ __typename }"}', **headers)
        assert answer.status_code == status
        allowed = answer.headers.get("access-control-allow-origin")
        assert allowed == (origin if origin == "https://office.example" else None)


async def test_a_body_that_says_it_is_too_large_is_not_read(api: HttpApi) -> None:
    refused = await post(api, b"{}", **{"Content-Length": str(20 * 1024 * 1024)})
    assert refused.status_code == 413
    assert error_of(refused) == ("BAD_INPUT", "body")


async def test_a_body_that_does_not_say_its_size_is_not_read_whole(api: HttpApi) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(20 * 16):
            sent += 65_536
            yield b" " * 65_536

    refused = await api.http.post(
        "/graphql", content=endless(), headers={"Content-Type": "application/json"}
    )
    assert refused.status_code == 413
    assert error_of(refused) == ("BAD_INPUT", "body")
    assert sent <= LARGEST_BODY + 2 * 65_536


async def test_uploads_come_as_multipart(api: HttpApi) -> None:
    operations = json.dumps({"query": UPLOAD, "variables": {"file": None}})
    files = {
        "operations": (None, operations),
        "map": (None, '{"0": ["variables.file"]}'),
        "0": ("id.jpg", b"\xff\xd8\xff", "image/jpeg"),
    }
    answer = await api.http.post("/graphql", files=files)
    # It came through to the resolver, which asks who this is.
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    for broken in (
        {**files, "map": (None, '{"1": ["variables.file"]}')},
        {**files, "map": (None, '{"0": ["variables.file.deeper"]}')},
        {**files, "map": (None, "[]")},
        {"map": files["map"]},
    ):
        refused = await api.http.post("/graphql", files=broken)
        assert (refused.status_code, error_of(refused)[0]) == (400, "BAD_INPUT")


async def test_an_answer_carries_security_headers_and_an_id(api: HttpApi) -> None:
    answer = await post(api, b'{"query": "{ __typename }"}', **{"X-Request-ID": "from-the-proxy"})
    assert answer.headers["x-request-id"] == "from-the-proxy"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    other = await post(api, b"{}", **{"X-Request-ID": "bad id\r"})
    assert "bad" not in other.headers["x-request-id"]

"""The specification's REST paths: its bodies, its answers, its errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import jsonschema_rs
import pytest

from app.config import Settings
from tests.api.test_documents import data_uri, picture
from tests.support.factories import Person
from tests.support.http_api import HttpApi, running
from tests.support.loans import Lending, lending
from tests.support.stage import set_stage

SPECIFICATION = (
    ("POST", "/api/auth/login"),
    ("POST", "/api/members"),
    ("GET", "/api/groups/{group_id}/members"),
    ("GET", "/api/members/{member_id}/savings-summary"),
    ("POST", "/api/loans"),
    ("POST", "/api/loans/{loan_id}/approve"),
    ("POST", "/api/loans/{loan_id}/repayment"),
    ("POST", "/api/transactions"),
    ("GET", "/api/groups/{group_id}/cash-ledger"),
    ("GET", "/api/groups/{group_id}/trf-balance"),
    ("POST", "/api/officers/{officer_id}/track"),
    ("GET", "/api/officers/active-locations"),
)
"""spec.md, "API Specification"."""


@dataclass
class Client:
    """Somebody's program: signed in, and every answer held against the description."""

    http: httpx.AsyncClient
    described: dict[str, Any]
    token: str | None = None

    async def call(
        self, method: str, path: str, body: Any = None, status: int = 200, **more: Any
    ) -> Any:
        headers = {**more.pop("headers", {})}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        answer = await self.http.request(method, path, json=body, headers=headers, **more)
        assert answer.status_code == status, answer.text
        found = answer.json()
        self._holds(method, path, answer.status_code, found)
        return found

    async def refused(self, method: str, path: str, body: Any, status: int) -> dict[str, Any]:
        """The extensions of the one error."""
        found = await self.call(method, path, body, status)
        assert found["success"] is False
        (error,) = found["errors"]
        extensions: dict[str, Any] = error["extensions"]
        return extensions

    def _holds(self, method: str, path: str, status: int, found: Any) -> None:
        for template, operations in self.described["paths"].items():
            parts, own = template.split("/"), path.split("/")
            if len(parts) == len(own) and all(
                a == b or a.startswith("{") for a, b in zip(parts, own, strict=True)
            ):
                shape = operations[method.lower()]["responses"][str(status)]["content"]
                schema = shape["application/json"]["schema"]
                whole = {**schema, "components": self.described["components"]}
                jsonschema_rs.validate(whole, found)
                return


@dataclass
class Bench:
    """A group whose Jane may borrow, and the officer's program."""

    api: HttpApi
    lent: Lending
    officer: Client

    async def sign_in(self, person: Person) -> Client:
        client = Client(self.api.http, self.officer.described)
        body = {"phone": person.phone, "password": person.password}
        found = await client.call("POST", "/api/auth/login", body)
        client.token = found["access_token"]
        return client


@pytest.fixture
async def bench(settings: Settings) -> AsyncIterator[Bench]:
    async with running(settings) as api:
        lent = await lending(await set_stage(api.runtime))
        described = (await api.http.get("/api/openapi.json")).json()
        made = Bench(api, lent, Client(api.http, described))
        made.officer = await made.sign_in(lent.stage.officer)
        yield made


async def test_every_path_of_the_specification_is_described(bench: Bench) -> None:
    described = bench.officer.described
    missing = [
        (method, path)
        for method, path in SPECIFICATION
        if method.lower() not in described["paths"].get(path, {})
    ]
    assert not missing
    assert described["openapi"].startswith("3.1")


async def test_signing_in_answers_as_the_specification_says(bench: Bench) -> None:
    officer = bench.lent.stage.officer
    client = Client(bench.api.http, bench.officer.described)
    body = {"phone": officer.phone, "password": officer.password}
    found = await client.call("POST", "/api/auth/login", body)
    assert found["success"] is True
    assert found["user"] == {
        "id": str(officer.user_id),
        "name": officer.name,
        "role": "FIELD_OFFICER",
        "assigned_groups": [str(bench.lent.stage.group.id)],
    }
    again = {"refresh_token": found["refresh_token"]}
    assert (await client.call("POST", "/api/auth/refresh", again))["access_token"]
    wrong = {**body, "password": "not-this"}
    assert (await client.refused("POST", "/api/auth/login", wrong, 401))["code"]


async def test_a_member_is_registered_listed_and_saves(bench: Bench) -> None:
    group = str(bench.lent.stage.group.id)
    member = await bench.officer.call(
        "POST",
        "/api/members",
        {
            "group_id": group,
            "member_name": "Mary Chebet",
            "id_number": "31622776",
            "phone": "254733271828",
            "date_of_birth": "1985-05-15",
            "next_of_kin": [
                {
                    "name": "John Kamau",
                    "relationship": "Spouse",
                    "phone": "254723456789",
                    "id_number": "87654321",
                }
            ],
            "id_photo": data_uri(picture()),
            "signature": data_uri(picture("blue")),
        },
        201,
    )
    assert member["group"] == group
    assert member["next_of_kin"][0]["id_number"] == "87654321"
    assert member["id_document_url"].startswith("/documents/")
    page = await bench.officer.call("GET", f"/api/groups/{group}/members?first=2")
    assert len(page["items"]) == 2
    rest = await bench.officer.call(
        "GET", f"/api/groups/{group}/members?first=100&after={page['next']}"
    )
    assert rest["next"] is None
    assert len(rest["items"]) == page["total_count"] - 2

    paid = {
        "member_id": member["id"],
        "amount": 1500,
        "transaction_type": "DEPOSIT",
        "contribution_type": "REGULAR",
        "payment_method": "CASH",
        "offline_sync_id": "offline_123456",
    }
    first = await bench.officer.call("POST", "/api/transactions", paid, 201)
    assert first["amount"] == "1500.00"
    assert await bench.officer.call("POST", "/api/transactions", paid, 201) == first
    saved = await bench.officer.call("GET", f"/api/members/{member['id']}/savings-summary")
    assert (saved["regular"], saved["total"]) == ("1500.00", "1500.00")
    out = {
        "member_id": member["id"],
        "amount": "20.50",
        "transaction_type": "WITHDRAWAL",
        "contribution_type": "REGULAR",
        "payment_method": "CASH",
        "reason": "Hospital",
    }
    assert (await bench.officer.call("POST", "/api/transactions", out, 201))["amount"] == "20.50"
    saved = await bench.officer.call("GET", f"/api/members/{member['id']}/savings-summary")
    assert saved["regular"] == "1479.50"
    await bench.lent.stage.books_hold()


async def test_a_loan_is_applied_for_approved_and_repaid(bench: Bench) -> None:
    lent, group = bench.lent, str(bench.lent.stage.group.id)
    loan = await bench.officer.call(
        "POST",
        "/api/loans",
        {
            "member_id": str(lent.jane.id),
            "loan_type": "SHORT_TERM",
            "amount": 9000,
            "duration_months": 3,
            "purpose": "Business expansion",
            "witnesses": [str(one.id) for one in lent.witnesses],
        },
        201,
    )
    assert loan["status"] == "PENDING"
    assert [row["month"] for row in loan["repayment_schedule"]] == [1, 2, 3]
    chair = await bench.sign_in(lent.stage.chair)
    path = f"/api/loans/{loan['id']}/approve"
    notes = {"approval_notes": "Meeting minutes reference XYZ"}
    mine = {"approved_by": str(lent.stage.officer.user_id), **notes}
    assert (await bench.officer.call("POST", path, mine))["approvals_missing"] == ["GROUP_CHAIR"]
    assert (await chair.refused("POST", path, mine, 403))["code"] == "FORBIDDEN"
    approved = await chair.call("POST", path, notes)
    assert approved["status"] == "APPROVED"
    assert approved["approvals"][0]["approved_by"] == str(lent.stage.officer.user_id)

    assert not (await lent.disburse(loan["id"])).errors
    paid = await bench.officer.call(
        "POST",
        f"/api/loans/{loan['id']}/repayment",
        {
            "amount": 3300,
            "payment_date": bench.lent.stage.api.today(),
            "payment_method": "MPESA",
            "transaction_id": "NLJ7RT61SV",
        },
        201,
    )
    assert (paid["principal"], paid["interest"]) == ("3000.00", "300.00")
    ledger = await bench.officer.call(
        "GET", f"/api/groups/{group}/cash-ledger?from=2020-01-01&newest_first=true&first=2"
    )
    assert {line["subcategory"] for line in ledger["items"]} == {"short_term_loan", "loan_interest"}
    trf = await bench.officer.call("GET", f"/api/groups/{group}/trf-balance")
    assert trf["short_term_loans"] == "6000.00"
    assert trf["mpesa"] == "3300.00"
    await lent.stage.books_hold()


async def test_an_officer_sends_where_they_are_in_their_own_name_only(bench: Bench) -> None:
    body = {
        "latitude": -1.2921,
        "longitude": 36.8219,
        "accuracy": 15.5,
        "activity_type": "MEMBER_VISIT",
        "member_id": str(bench.lent.jane.id),
        "battery_level": 85,
    }
    own = f"/api/officers/{bench.lent.stage.officer.user_id}/track"
    assert (await bench.officer.call("POST", own, body, 201))["battery_level"] == 85
    found = await bench.officer.refused("POST", f"/api/officers/{uuid4()}/track", body, 403)
    assert found["code"] == "FORBIDDEN"
    admin = await bench.sign_in(bench.lent.stage.admin)
    (place,) = await admin.call("GET", "/api/officers/active-locations")
    assert place["officer"]["id"] == str(bench.lent.stage.officer.user_id)
    assert place["member"] == str(bench.lent.jane.id)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_errors_name_the_field_as_it_was_sent(bench: Bench) -> None:
    officer, group = bench.officer, bench.lent.stage.group.id
    pay = {
        "member_id": str(bench.lent.jane.id),
        "amount": "1.00",
        "transaction_type": "DEPOSIT",
        "contribution_type": "REGULAR",
        "payment_method": "CASH",
    }

    async def field_of(body: dict[str, Any]) -> Any:
        found = await officer.refused("POST", "/api/transactions", body, 400)
        assert found["code"] == "BAD_INPUT"
        return found["field"]

    assert await field_of({**pay, "member_id": "member_123"}) == "member_id"
    assert await field_of({**pay, "payment_method": "SHELLS"}) == "payment_method"
    assert await field_of({**pay, "amount": 1.005}) == "amount"
    assert await field_of({**pay, "transaction_type": "GIFT"}) == "transaction_type"
    assert await field_of({**pay, "colour": "red"}) == "colour"
    assert await field_of({**pay, "offline_sync_id": 7}) == "offline_sync_id"
    members = f"/api/groups/{group}/members"
    assert (await officer.refused("GET", f"{members}?first=many", None, 400))["field"] == "first"
    assert (await officer.refused("GET", f"{members}?page=2", None, 400))["field"] == "page"
    gone = f"/api/groups/{uuid4()}/members"
    assert (await officer.refused("GET", gone, None, 404))["code"] == "NOT_FOUND"
    away = f"/api/members/{uuid4()}/savings-summary"
    assert (await officer.refused("GET", away, None, 404))["code"] == "NOT_FOUND"
    loan = {
        "member_id": str(bench.lent.stage.john.id),
        "loan_type": "SHORT_TERM",
        "amount": 9000,
        "duration_months": 3,
        "purpose": "Seeds",
        "witnesses": [],
    }
    failed = await officer.refused("POST", "/api/loans", loan, 422)
    assert {"NOT_ENOUGH_MONTHS", "WITNESS_INVALID"} <= {one["code"] for one in failed["failures"]}


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_what_is_no_request_is_refused_in_words(bench: Bench) -> None:
    http, token = bench.api.http, bench.officer.token
    signed = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    path = "/api/transactions"
    assert (await http.post(path, content=b"{}")).status_code == 401
    assert (await http.post(path, content=b"not json", headers=signed)).status_code == 400
    assert (await http.post(path, content=b"[]", headers=signed)).status_code == 400
    form = {**signed, "Content-Type": "text/plain"}
    assert (await http.post(path, content=b"{}", headers=form)).status_code == 415
    large = b'{"a": "' + b"x" * (5 * 1024 * 1024) + b'"}'
    assert (await http.post(path, content=large, headers=signed)).status_code == 413
    unknown = await http.get("/api/nothing/here")
    assert (unknown.status_code, unknown.json()["errors"][0]["extensions"]["code"]) == (
        404,
        "NOT_FOUND",
    )
    other = await http.put("/api/loans", headers=signed)
    assert (other.status_code, other.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_a_key_in_the_header_makes_a_repeat_safe_and_is_each_ones_own(bench: Bench) -> None:
    body = {
        "member_id": str(bench.lent.jane.id),
        "amount": 100,
        "transaction_type": "DEPOSIT",
        "contribution_type": "REGULAR",
        "payment_method": "CASH",
    }
    key = {"Idempotency-Key": "1"}
    first = await bench.officer.call("POST", "/api/transactions", body, 201, headers=key)
    again = await bench.officer.call("POST", "/api/transactions", body, 201, headers=key)
    assert again["id"] == first["id"]
    admin = await bench.sign_in(bench.lent.stage.admin)
    other = await admin.call("POST", "/api/transactions", body, 201, headers=key)
    assert other["id"] != first["id"]
    changed = {**body, "amount": 200}
    found = await bench.officer.call("POST", "/api/transactions", changed, 409, headers=key)
    assert found["errors"][0]["extensions"]["code"] == "ID_REUSED"


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
async def test_the_page_of_the_paths_loads_nothing_from_elsewhere(bench: Bench) -> None:
    page = await bench.api.http.get("/api/docs", follow_redirects=True)
    assert page.status_code == 200
    assert "/api/docs/assets/" in page.text
    assert "http" not in page.text.replace(' charset="utf-8"', "")
    assert "script-src 'self';" in page.headers["content-security-policy"]

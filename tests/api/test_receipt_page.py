"""/receipt: a page for everybody, that tells of a receipt and of nobody."""

from __future__ import annotations

from html import escape
from typing import Any

import pytest

from app.models.base import new_id
from app.receipt_page import POLICY
from app.receipts import receipt_code, receipt_number
from app.services import receipts
from tests.support.api import Api, contribute
from tests.support.http_api import HttpApi
from tests.support.stage import set_stage


@pytest.fixture(params=["sqlite"])
def databases(request: pytest.FixtureRequest) -> Any:
    """The rules are tested on both (tests/rules/test_receipt_check.py): one is enough."""
    return request.getfixturevalue("sqlite_databases")


async def test_number_and_code_show_amount_day_and_group_and_no_person(
    api: HttpApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await set_stage(api.runtime)
    paid = new_id()
    operation = contribute(
        stage.jane.id, "12500.00", offlineSyncId=str(paid), contributionDate="2026-11-02"
    )
    await Api(api.runtime).sync(stage.officer, operation)
    asked = {"number": receipt_number(paid), "code": receipt_code(paid)}

    empty = await api.http.get("/receipt")
    assert empty.status_code == 200
    assert "<form" in empty.text
    assert "<script" not in empty.text
    assert empty.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY

    found = await api.http.get("/receipt", params=asked)
    assert found.status_code == 200
    for words in (
        "KES 12,500.00",
        "2 November 2026",
        escape(stage.group.name),
        "In the group's books",
    ):
        assert words in found.text
    for person in (stage.jane.member_name, str(stage.jane.id), stage.officer.phone):
        assert person not in found.text
    swahili = await api.http.get("/receipt", params=asked, headers={"Accept-Language": "sw-KE"})
    assert 'lang="sw"' in swahili.text
    assert "2 Novemba 2026" in swahili.text

    wrong = await api.http.get("/receipt", params=asked | {"code": receipt_code(new_id())})
    assert wrong.status_code == 404
    assert "Not found" in wrong.text
    assert "12,500" not in wrong.text
    odd = await api.http.get("/receipt", params={"number": '"><script>x', "code": "1"})
    assert "<script" not in odd.text

    for_programs = await api.http.get(
        f"/api/receipts/{asked['number']}", params={"code": asked["code"]}
    )
    assert for_programs.json()["state"] == "IN_BOOKS"
    assert for_programs.json()["amount"] == "12500.00"
    missing = await api.http.get(f"/api/receipts/{asked['number']}", params={"code": "0"})
    assert missing.status_code == 404

    monkeypatch.setattr(receipts, "TRIES_PER_ADDRESS", 0)
    often = await api.http.get("/receipt", params=asked)
    assert often.status_code == 429
    assert "Too many tries" in often.text

"""A group's terms: within the caps, audited, and never changed under a running loan."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from app.models import AuditLog
from tests.support.api import Answer
from tests.support.loans import lending
from tests.support.stage import Stage

UPDATE = """mutation Change($groupId: UUID!, $baseVersion: Int!, $input: GroupSettingsInput!) {
  updateGroupSettings(groupId: $groupId, baseVersion: $baseVersion, input: $input) {
    version settings { shortTermRate lateFine graceDays appreciationPercent } } }"""


async def change(stage: Stage, version: int = 1, who: Any = None, **values: Any) -> Answer:
    return await stage.api.ask(
        who or stage.admin,
        UPDATE,
        groupId=str(stage.group.id),
        baseVersion=version,
        input=values,
    )


async def test_what_is_left_out_stays_as_it_is(stage: Stage) -> None:
    found = (await change(stage, shortTermRate="12.50", graceDays=5))["updateGroupSettings"]
    assert found["version"] == 2
    assert found["settings"] == {
        "shortTermRate": "12.50",
        "lateFine": "50.00",
        "graceDays": 5,
        "appreciationPercent": "0.00",
    }


async def test_each_change_is_a_line_of_the_audit_log(stage: Stage) -> None:
    await change(stage, shortTermRate="12.50", lateFine="50.00")
    lines = [row for row in await stage.all_of(AuditLog) if row.action == "settings.changed"]
    assert [orjson.loads(row.detail) for row in lines] == [
        {"setting": "short_term_rate", "before": 1000, "after": 1250}
    ]


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"shortTermRate": "20.01"}, "ABOVE_CAP", "shortTermRate"),
        ({"projectRate": "24.01"}, "ABOVE_CAP", "projectRate"),
        ({"lateFine": "-1"}, "BAD_INPUT", "lateFine"),
        ({"graceDays": 91}, "BAD_INPUT", "graceDays"),
        ({"profitShare": "100.01"}, "BAD_INPUT", "profitShare"),
        (
            {"appreciationFee": "10", "appreciationPercent": "1"},
            "FEE_BOTH",
            "appreciationPercent",
        ),
    ],
)
async def test_what_cannot_be_names_its_field(
    stage: Stage, values: dict[str, Any], code: str, field: str
) -> None:
    answer = await change(stage, **values)
    assert (answer.code, answer.field) == (code, field)


async def test_an_old_version_is_a_conflict(stage: Stage) -> None:
    await change(stage, graceDays=5)
    assert (await change(stage, graceDays=6)).code == "CONFLICT"


async def test_only_administrators_change_settings(stage: Stage) -> None:
    for person in (stage.officer, stage.chair):
        assert (await change(stage, who=person, graceDays=5)).code == "FORBIDDEN"


async def test_a_loan_keeps_the_terms_it_was_made_under(stage: Stage) -> None:
    lender = await lending(stage)
    loan_id = await lender.applied()
    await change(stage, shortTermRate="15.00", appreciationPercent="1.00")
    loan = await lender.loan(loan_id)
    assert (loan["interestRate"], loan["fee"]) == ("10.00", "0.00")


async def test_the_phone_hears_of_it(stage: Stage) -> None:
    query = "query All($since: String) { changes(since: $since) { cursor groups { version } } }"
    first = (await stage.api.ask(stage.officer, query))["changes"]
    await change(stage, graceDays=5)
    then = (await stage.api.ask(stage.officer, query, since=first["cursor"]))["changes"]
    assert then["groups"] == [{"version": 2}]

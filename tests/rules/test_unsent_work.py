"""The office sees which officer's phone holds unsent work, and since when (design.md, Sync)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from app import clock
from app.models import UnsentWork
from app.models.base import new_id
from tests.support.api import Answer
from tests.support.factories import Person
from tests.support.stage import Stage

REPORT = """mutation Report($input: ReportUnsentInput!) { reportUnsentWork(input: $input) }"""
UNSENT = """query Unsent($first: Int) { unsentWork(first: $first) {
  deviceId deviceName waiting failed oldestAt reportedAt officer { id user { name } } } }"""
MARCH = "2026-03-02T09:00:00Z"


async def report(stage: Stage, who: Person, device_id: UUID, **changes: Any) -> Answer:
    values = {"deviceId": str(device_id), "waiting": 3, "oldestAt": MARCH, **changes}
    return await stage.api.ask(who, REPORT, input=values)


async def unsent(stage: Stage, who: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await stage.api.ask(who, UNSENT))["unsentWork"]
    return found


async def test_the_office_sees_whose_phone_holds_what_and_since_when(stage: Stage) -> None:
    phone = (await stage.make.sign_in(stage.officer)).device_id
    colleague = await stage.make.officer()
    other = (await stage.make.sign_in(colleague)).device_id
    assert (await report(stage, stage.officer, phone, failed=1))["reportUnsentWork"] is True
    await report(stage, colleague, other, oldestAt="2026-02-28T09:00:00Z")
    first, second = await unsent(stage, stage.admin)
    assert first["officer"]["id"] == str(colleague.user_id)
    assert (second["deviceId"], second["deviceName"]) == (str(phone), "tests")
    assert (second["waiting"], second["failed"]) == (3, 1)
    assert datetime.fromisoformat(second["oldestAt"]) == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert len((await stage.api.ask(stage.admin, UNSENT, first=1))["unsentWork"]) == 1
    # An officer sees their own phones, a chair those of the group's officers.
    for who in (stage.officer, stage.chair):
        assert [one["deviceId"] for one in await unsent(stage, who)] == [str(phone)]


async def test_a_report_replaces_the_one_before_and_nothing_left_is_not_listed(
    stage: Stage,
) -> None:
    phone = (await stage.make.sign_in(stage.officer)).device_id
    await report(stage, stage.officer, phone)
    await report(stage, stage.officer, phone, waiting=1)
    assert [one["waiting"] for one in await unsent(stage, stage.admin)] == [1]
    assert not (await report(stage, stage.officer, phone, waiting=0)).errors
    assert await unsent(stage, stage.admin) == []
    (row,) = await stage.all_of(UnsentWork)
    assert (row.waiting, row.oldest_at) == (0, None)


async def test_a_clock_that_runs_ahead_counts_as_now(stage: Stage) -> None:
    phone = (await stage.make.sign_in(stage.officer)).device_id
    ahead = clock.now() + timedelta(days=9)
    await report(stage, stage.officer, phone, oldestAt=ahead.isoformat())
    (row,) = await stage.all_of(UnsentWork)
    assert row.oldest_at == row.reported_at < ahead


async def test_a_shared_phone_speaks_for_each_of_its_officers(stage: Stage) -> None:
    phone = (await stage.make.sign_in(stage.officer)).device_id
    colleague = await stage.make.officer()
    await stage.make.sign_in(colleague, shared=phone)
    for who, waiting in ((stage.officer, 3), (colleague, 1)):
        assert not (await report(stage, who, phone, waiting=waiting)).errors
    rows = await stage.all_of(UnsentWork)
    assert {row.user_id: row.waiting for row in rows} == {
        stage.officer.user_id: 3,
        colleague.user_id: 1,
    }


async def test_only_the_officers_own_phone_is_reported(stage: Stage) -> None:
    phone = (await stage.make.sign_in(stage.officer)).device_id
    stranger = await stage.make.officer()
    for who, device in ((stranger, phone), (stage.officer, new_id())):
        answer = await report(stage, who, device)
        assert (answer.code, answer.field) == ("NOT_FOUND", "deviceId")
    assert (await report(stage, stage.chair, phone)).code == "FORBIDDEN"
    for changes, field in (
        ({"waiting": -1}, "waiting"),
        ({"failed": -1}, "failed"),
        ({"oldestAt": None}, "oldestAt"),
        ({"oldestAt": "2026-03-02T09:00:00"}, "oldestAt"),
    ):
        answer = await report(stage, stage.officer, phone, **changes)
        assert (answer.code, answer.field) == ("BAD_INPUT", field)
    assert await stage.all_of(UnsentWork) == []

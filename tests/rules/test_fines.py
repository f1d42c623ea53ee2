"""Fines charged by hand, waived, and those for months without the minimum saving."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from app import clock
from app.models import AuditLog, BankingGroup, FineCharge, Loan, Meeting, SavingCheck
from app.models.base import new_id
from app.runtime import close_runtime, make_runtime
from app.services.operations.missed_savings import months_due
from app.workers import missed_savings
from app.workers.missed_savings import charge_missed_savings
from tests.support.api import Answer, Api, contribute
from tests.support.stage import Stage

FIELDS = "id reason amount paid outstanding chargedOn status note month member { id }"
CHARGE = f"mutation Charge($input: ChargeFineInput!) {{ chargeFine(input: $input) {{ {FIELDS} }} }}"
WAIVE = f"""mutation Waive($id: UUID!, $reason: String!) {{
  waiveFine(chargeId: $id, reason: $reason) {{ {FIELDS} waivedBy {{ id }} }} }}"""
LIST = f"""query All($memberId: UUID, $status: ChargeStatus, $first: Int, $after: String) {{
  fineCharges(memberId: $memberId, status: $status, first: $first, after: $after) {{
    totalCount pageInfo {{ endCursor }} edges {{ node {{ {FIELDS} }} }} }} }}"""
CHANGES = "query C($since: String) { changes(since: $since) { cursor fineCharges { id status } } }"


def fine(stage: Stage, amount: Any = "50.00", **changes: Any) -> dict[str, Any]:
    return {
        "memberId": str(stage.jane.id),
        "reason": "OTHER",
        "amount": amount,
        "note": "A telephone rang",
        **changes,
    }


async def charged(stage: Stage, amount: Any = "50.00", **changes: Any) -> dict[str, Any]:
    answer = await stage.api.ask(stage.officer, CHARGE, input=fine(stage, amount, **changes))
    found: dict[str, Any] = answer["chargeFine"]
    return found


async def waive(
    stage: Stage, charge_id: Any, reason: str = "She was ill", who: Any = None
) -> Answer:
    return await stage.api.ask(who or stage.admin, WAIVE, id=str(charge_id), reason=reason)


async def pay_fine(stage: Stage, amount: Any) -> None:
    operation = contribute(stage.jane.id, amount, contributionType="FINE")
    (result,) = await stage.api.sync(stage.officer, operation)
    assert result["outcome"] == "APPLIED"


async def test_a_fine_is_owed_until_it_is_paid_and_is_no_entry_before(stage: Stage) -> None:
    made = await charged(stage)
    assert (made["status"], made["outstanding"], made["chargedOn"]) == (
        "OPEN",
        "50.00",
        stage.api.today(),
    )
    assert await stage.entries() == []
    await pay_fine(stage, "50.00")
    (node,) = (await stage.api.ask(stage.chair, LIST))["fineCharges"]["edges"]
    assert (node["node"]["status"], node["node"]["outstanding"]) == ("SETTLED", "0.00")
    await stage.books_hold()


async def test_the_system_charges_what_has_a_cause_of_its_own(stage: Stage) -> None:
    for changes, field in (
        ({"reason": "LATE_INSTALMENT"}, "reason"),
        ({"reason": "MISSED_SAVING"}, "reason"),
        ({"note": " "}, "note"),
        ({"amount": "0"}, "amount"),
        ({"chargedOn": "2099-01-01"}, "chargedOn"),
    ):
        answer = await stage.api.ask(stage.officer, CHARGE, input=fine(stage, **changes))
        assert (answer.code, answer.field) == ("BAD_INPUT", field)
    assert await stage.all_of(FineCharge) == []


async def test_at_one_meeting_the_same_is_charged_once(stage: Stage) -> None:
    meeting = Meeting(
        group_id=stage.group.id,
        meeting_date=date.fromisoformat(stage.api.today()),
        opened_by=stage.officer.user_id,
        opened_at=clock.now(),
    )
    meeting_id = str(meeting.id)
    await stage.make.save(meeting)
    values = fine(stage, reason="LATE_AT_MEETING", meetingId=meeting_id)
    assert not (await stage.api.ask(stage.officer, CHARGE, input=values)).errors
    assert (await stage.api.ask(stage.officer, CHARGE, input=values)).code == "ALREADY_CHARGED"
    values["meetingId"] = str(new_id())
    assert (await stage.api.ask(stage.officer, CHARGE, input=values)).code == "NOT_FOUND"


async def test_a_phone_charges_once_whatever_is_repeated_and_gets_its_copy(stage: Stage) -> None:
    made = str(new_id())
    operation = {"chargeFine": fine(stage, id=made, offlineSyncId=str(new_id()))}
    results = [*await stage.api.sync(stage.officer, operation, operation)]
    results += await stage.api.sync(stage.officer, operation)
    assert [one["outcome"] for one in results] == ["APPLIED", "DUPLICATE", "DUPLICATE"]
    assert {one["entityId"] for one in results} == {made}
    copy = (await stage.api.ask(stage.officer, CHANGES))["changes"]
    assert copy["fineCharges"] == [{"id": made, "status": "OPEN"}]
    await waive(stage, made)
    later = (await stage.api.ask(stage.officer, CHANGES, since=copy["cursor"]))["changes"]
    assert later["fineCharges"] == [{"id": made, "status": "WAIVED"}]


async def test_a_waiver_ends_what_is_left_and_is_for_administrators(stage: Stage) -> None:
    charge_id = (await charged(stage))["id"]
    await pay_fine(stage, "20.00")
    assert (await waive(stage, charge_id, who=stage.officer)).code == "FORBIDDEN"
    answer = await waive(stage, charge_id, " ")
    assert (answer.code, answer.field) == ("BAD_INPUT", "reason")
    found = (await waive(stage, charge_id))["waiveFine"]
    assert (found["status"], found["paid"], found["outstanding"]) == ("WAIVED", "20.00", "0.00")
    assert (found["note"], found["waivedBy"]["id"]) == ("She was ill", str(stage.admin.user_id))
    assert (await waive(stage, charge_id)).code == "NOT_OPEN"
    assert (await waive(stage, new_id())).code == "NOT_FOUND"
    actions = {row.action for row in await stage.all_of(AuditLog)}
    assert {"fine.charged", "fine.waived"} <= actions


async def test_a_payment_and_a_waiver_of_one_batch_see_each_other(stage: Stage) -> None:
    charge_id = (await charged(stage))["id"]
    payment = contribute(stage.jane.id, "20.00", contributionType="FINE")
    waiver = {"chargeId": charge_id, "reason": "Poor", "offlineSyncId": str(new_id())}
    results = await stage.api.sync(stage.admin, payment, {"waiveFine": waiver})
    assert [one["outcome"] for one in results] == ["APPLIED", "APPLIED"]
    (row,) = await stage.all_of(FineCharge)
    assert (row.paid, row.status) == (20_00, "WAIVED")


async def test_the_loan_whose_fine_is_waived_changes_with_it(stage: Stage) -> None:
    loan = Loan(
        group_id=stage.group.id,
        member_id=stage.jane.id,
        loan_type="SHORT_TERM",
        amount=1000_00,
        duration_months=1,
        interest_rate=10_00,
        purpose="Seeds",
        application_date=date(2026, 1, 1),
        applied_by=stage.officer.user_id,
        applied_at=clock.now(),
        total_interest=0,
        total_repayable=0,
        annual_percentage_rate=0,
    )
    loan_id = loan.id
    row = FineCharge(
        group_id=stage.group.id,
        member_id=stage.jane.id,
        reason="LATE_INSTALMENT",
        amount=50_00,
        charged_on=date(2026, 2, 1),
        loan_id=loan_id,
        instalment=1,
    )
    charge_id = row.id
    await stage.make.save(loan)
    await stage.make.save(row)
    assert not (await waive(stage, charge_id)).errors
    (found,) = await stage.all_of(Loan)
    assert found.change_sequence > 0


async def test_fines_are_listed_oldest_first(stage: Stage) -> None:
    days = ("2026-03-02", "2026-01-05")
    ids = [(await charged(stage, chargedOn=day))["id"] for day in days]
    other = await charged(stage, memberId=str(stage.john.id))
    values: dict[str, Any] = {"memberId": str(stage.jane.id), "first": 1}
    found = (await stage.api.ask(stage.chair, LIST, **values))["fineCharges"]
    assert (found["totalCount"], found["edges"][0]["node"]["id"]) == (2, ids[1])
    values["after"] = found["pageInfo"]["endCursor"]
    found = (await stage.api.ask(stage.chair, LIST, **values))["fineCharges"]
    assert [edge["node"]["id"] for edge in found["edges"]] == ids[:1]
    await waive(stage, other["id"])
    found = (await stage.api.ask(stage.chair, LIST, status="WAIVED"))["fineCharges"]
    assert [edge["node"]["id"] for edge in found["edges"]] == [other["id"]]


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_of_two_waivers_at_once_one_wins(stage: Stage) -> None:
    charge_id = (await charged(stage))["id"]
    other = make_runtime(stage.runtime.settings)
    try:
        answers = await asyncio.gather(
            waive(stage, charge_id),
            Api(other).ask(stage.admin, WAIVE, id=charge_id, reason="Twice"),
        )
    finally:
        await close_runtime(other)
    assert sorted(str(answer.code) for answer in answers) == ["NOT_OPEN", "None"]


def test_a_month_is_judged_after_its_days_of_grace_and_what_was_missed_is_caught_up_with() -> None:
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    assert months_due([], 3, date(2026, 12, 3)) == [october]
    assert months_due([], 3, date(2026, 12, 4)) == [november]
    assert months_due([october], 3, date(2026, 12, 3)) == []
    assert months_due([date(2026, 8, 1)], 0, date(2026, 12, 1)) == [
        date(2026, 9, 1),
        october,
        november,
    ]


async def set_terms(stage: Stage, group_id: UUID, **terms: int) -> None:
    async def work(session: AsyncSession) -> None:
        await session.execute(
            update(BankingGroup).where(col(BankingGroup.id) == group_id).values(settings=terms)
        )

    await stage.runtime.db.transact(work)


class TestMissedSavings:
    """The night of 10 December 2026, in a group that fines a missed month with 20.00."""

    @pytest.fixture(autouse=True)
    async def december(self, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
        self.stage = stage
        self.monkeypatch = monkeypatch
        self.travel(2026, 12, 10)
        await set_terms(stage, stage.group.id, missed_saving_fine=20_00)

    def travel(self, year: int, month: int, day: int) -> None:
        at = datetime(year, month, day, 9, tzinfo=UTC)
        self.monkeypatch.setattr(clock, "now", lambda: at)
        self.monkeypatch.setattr(clock, "today", lambda zone: at.date())

    async def run(self) -> int:
        return await charge_missed_savings({"runtime": self.stage.runtime})

    async def save(self, member: Any, amount: Any, day: str) -> None:
        operation = contribute(member.id, amount, contributionDate=day)
        (result,) = await self.stage.api.sync(self.stage.officer, operation)
        assert result["outcome"] == "APPLIED", result

    async def fines(self) -> list[tuple[UUID, date, str]]:
        rows = await self.stage.all_of(FineCharge)
        return sorted((row.member_id, row.month, row.status) for row in rows)

    async def test_who_missed_the_minimum_is_fined_once_however_often_it_runs(self) -> None:
        stage = self.stage
        await self.save(stage.jane, "300.00", "2026-11-02")
        await self.save(stage.jane, "200.00", "2026-11-30")
        await self.save(stage.john, "499.99", "2026-11-30")
        assert [await self.run(), await self.run()] == [1, 0]
        (row,) = await stage.all_of(FineCharge)
        assert (row.member_id, row.month, row.amount) == (stage.john.id, date(2026, 11, 1), 20_00)
        assert (row.reason, row.charged_on) == ("MISSED_SAVING", date(2026, 12, 10))
        (check,) = await stage.all_of(SavingCheck)
        assert (check.charged, check.fine, check.minimum) == (1, 20_00, 500_00)

    async def test_only_active_members_of_the_whole_month_are_fined(self) -> None:
        stage, make = self.stage, self.stage.make
        for changes in (
            {"registration_date": date(2026, 11, 2)},
            {"created_at": datetime(2026, 11, 2, tzinfo=UTC)},
            {"is_active": False},
        ):
            await make.member(stage.group, **changes)
        first = await make.member(stage.group, registration_date=date(2026, 11, 1))
        await self.run()
        fined = {member_id for member_id, _, _ in await self.fines()}
        assert fined == {stage.jane.id, stage.john.id, first.id}

    async def test_groups_without_the_fine_or_not_active_are_skipped_for_good(self) -> None:
        stage = self.stage
        free = await stage.make.group()
        asleep = await stage.make.group(status="INACTIVE", settings={"missed_saving_fine": 20_00})
        for group in (free, asleep):
            await stage.make.member(group)
        assert await self.run() == 2
        # Who introduces the fine now does not fine what is past.
        await set_terms(stage, free.id, missed_saving_fine=20_00)
        assert await self.run() == 0

    async def test_after_a_standstill_each_month_is_caught_up_with(self) -> None:
        await self.run()
        self.travel(2027, 3, 4)
        await self.save(self.stage.jane, "500.00", "2027-01-05")
        assert await self.run() == 5
        jane = self.stage.jane.id
        months = [month for member, month, _ in await self.fines() if member == jane]
        assert months == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 2, 1)]
        assert await self.run() == 0

    async def test_savings_that_come_in_late_take_the_fine_back(self) -> None:
        stage = self.stage
        await self.run()
        await self.save(stage.jane, "500.00", "2026-11-20")
        await self.save(stage.john, "499.99", "2026-11-20")
        assert await self.run() == 0
        assert {member: status for member, _, status in await self.fines()} == {
            stage.jane.id: "WAIVED",
            stage.john.id: "OPEN",
        }
        assert "fines.missed_savings" in {row.action for row in await stage.all_of(AuditLog)}

    async def test_a_group_that_fails_stops_none_of_the_others(self) -> None:
        stage = self.stage
        broken = await stage.make.group(settings={"missed_saving_fine": "many"})
        await stage.make.member(broken)
        assert await self.run() == 2
        judged = {row.group_id for row in await stage.all_of(SavingCheck)}
        assert judged == {stage.group.id}

    async def test_two_workers_at_once_fine_once(self) -> None:
        runtime = make_runtime(self.stage.runtime.settings)
        try:
            counts = await asyncio.gather(
                self.run(), missed_savings.charge_missed_savings({"runtime": runtime})
            )
        finally:
            await close_runtime(runtime)
        assert sorted(counts) == [0, 2]

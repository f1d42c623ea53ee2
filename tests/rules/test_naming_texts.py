"""Before an erasure: texts about something else that name the member, redacted by a person."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from app import clock
from app.models import AuditLog, BankingGroup, FineCharge, Loan, Meeting, Movement, Reconciliation
from app.models.base import new_id
from tests.rules.test_erasure import a_fine, a_loan, erase
from tests.support.stage import Stage

LIST = """query T($memberId: UUID!) {
  textsNaming(memberId: $memberId) { kind id field text date canRedact } }"""
REDACT = """mutation R($memberId: UUID!, $kind: TextKind!, $id: UUID!) {
  redactText(memberId: $memberId, kind: $kind, id: $id) }"""


async def listed(stage: Stage, member_id: UUID) -> list[tuple[str, str, bool]]:
    found = await stage.api.ask(stage.admin, LIST, memberId=str(member_id))
    return [(one["kind"], one["text"], one["canRedact"]) for one in found["textsNaming"]]


async def redact(stage: Stage, member_id: UUID, kind: str, row_id: UUID) -> Any:
    values = {"memberId": str(member_id), "kind": kind, "id": str(row_id)}
    return await stage.api.ask(stage.admin, REDACT, **values)


def a_movement(stage: Stage, group: BankingGroup, description: str) -> Movement:
    return Movement(
        group_id=group.id,
        entry_id=new_id(),
        kind="EXPENSE",
        amount=1,
        account="CASH",
        movement_date=clock.now().date(),
        description=description,
        receipt_number="TB-1",
        recorded_by=stage.officer.user_id,
        recorded_at=clock.now(),
        change_sequence=0,
    )


async def test_a_person_redacts_what_the_search_for_the_name_finds(stage: Stage) -> None:
    member = await stage.make.member(stage.group, member_name="Nekesa Wamalwa O")
    fare = a_movement(stage, stage.group, "Fare for NEKESA  Wamalwa and wamalwa's son, O 50%")
    foreign = a_movement(stage, await stage.make.group(), "Fare for Nekesa")
    part = a_movement(stage, stage.group, "Nekesabora market, o")
    loan = a_loan(stage, stage.jane.id, purpose="A shop with Nekesa", status="REJECTED")
    own = a_fine(stage, member.id, status="WAIVED", note="Nekesa was loud")
    meeting = Meeting(
        group_id=stage.group.id,
        meeting_date=clock.now().date(),
        opened_by=stage.officer.user_id,
        opened_at=clock.now(),
        resolutions="Nekesa is thanked",
    )
    await stage.make.save(fare, foreign, part, loan, own, meeting)
    assert await listed(stage, member.id) == [
        ("LOAN", "A shop with Nekesa", True),
        ("MEETING", "Nekesa is thanked", False),
        ("MOVEMENT", fare.description, True),
    ]
    answer = await redact(stage, member.id, "MOVEMENT", fare.id)
    assert answer["redactText"] == 1
    left = {row.id: row for row in await stage.all_of(Movement)}
    assert left[fare.id].description == "Fare for […] and […]'s son, O 50%"
    assert left[fare.id].change_sequence == 1, "phones fetch it anew"
    for kind, row_id, code in (
        ("MOVEMENT", fare.id, "NOT_NAMED"),
        ("MOVEMENT", part.id, "NOT_NAMED"),
        ("MOVEMENT", foreign.id, "NOT_FOUND"),
        ("LOAN", fare.id, "NOT_FOUND"),
        ("MEETING", meeting.id, "TEXT_SIGNED"),
    ):
        assert (await redact(stage, member.id, kind, row_id)).code == code, kind
    assert left[foreign.id].description == "Fare for Nekesa"
    (line,) = [row for row in await stage.all_of(AuditLog) if row.action == "text.redacted"]
    assert (line.entity_id, line.group_id) == (fare.id, stage.group.id)
    assert json.loads(line.detail) == {"kind": "MOVEMENT", "member": str(member.id)}
    assert not (await redact(stage, member.id, "LOAN", loan.id)).errors
    # The member's own is left to the erasure; afterwards nobody knows the name any more.
    assert not (await erase(stage, member.id)).errors
    assert [row.note for row in await stage.all_of(FineCharge)] == [None]
    assert [row.purpose for row in await stage.all_of(Loan)] == ["A shop with […]"]
    answer = await stage.api.ask(stage.admin, LIST, memberId=str(member.id))
    assert answer.code == "MEMBER_ERASED"
    assert (await redact(stage, member.id, "LOAN", loan.id)).code == "MEMBER_ERASED"


async def test_each_text_has_the_day_by_which_people_find_it(stage: Stage) -> None:
    member = await stage.make.member(stage.group, member_name="Nekesa Wamalwa")
    fare = a_movement(stage, stage.group, "Fare for Nekesa")
    fare.movement_date = date(2026, 3, 8)
    month = Reconciliation(
        group_id=stage.group.id,
        year=2026,
        month=3,
        note="Nekesa counted",
        signed_by=stage.admin.user_id,
        signed_at=datetime(2026, 3, 31, 22, 30, tzinfo=UTC),
        book_sequence=1,
        chain_head=b"",
    )
    await stage.make.save(fare, month)
    found = await stage.api.ask(stage.admin, LIST, memberId=str(member.id))
    assert {one["kind"]: one["date"] for one in found["textsNaming"]} == {
        "MONTH": "2026-04-01",  # In Nairobi it was the next day.
        "MOVEMENT": "2026-03-08",
    }

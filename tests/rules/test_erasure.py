"""Erasing a member: what stands against it, and that nothing of the person is left."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest

from app import clock, crypto
from app.models import (
    Approval,
    AuditLog,
    Device,
    DividendAllocation,
    DividendRun,
    Document,
    FineCharge,
    GroupOfficial,
    IdentityCheck,
    Loan,
    Meeting,
    Member,
    Movement,
    OfficerPing,
    OutboxMessage,
    ReviewItem,
    SyncOperation,
    Upload,
    User,
    WelfareRequest,
)
from app.models.base import new_id
from app.services.documents import storage_key
from app.services.member_privacy import ERASED_NAME, place
from app.services.upload_pieces import FOLDER
from app.storage import ObjectMissing
from tests.rules.test_privacy import everything_stored
from tests.support.api import Answer, contribute, edit, register
from tests.support.stage import Stage, counts

ERASE = """mutation E($memberId: UUID!, $reason: EraseReason!) {
  eraseMember(memberId: $memberId, reason: $reason) { id memberName phone isActive } }"""
EXPORT = "mutation X($memberId: UUID!) { exportMember(memberId: $memberId) { fileName content } }"
DECIDE = "mutation D($input: DecideReviewInput!) { decideReview(input: $input) { id } }"
REVERSE = "mutation R($input: ReverseEntryInput!) { reverseEntry(input: $input) { id } }"
LEDGER = """query L($groupId: UUID!) {
  cashLedger(groupId: $groupId) { edges { node { description } } } }"""
CHANGES = """query All($since: String) { changes(since: $since) {
  cursor deletedIds members { id } loans { id purpose } movements { id description } } }"""
KIN = {
    "name": "Barasa Wamalwa",
    "relationship": "Brother",
    "phone": "+254744555666",
    "idNumber": "28765432",
}
WORD = "Nekesa"
"""Her name, which whoever wrote about her used."""
PERSON = (WORD, "nekesa", "Wamalwa", "39876543", "733111222", "733999888", "744555666", "28765432")


async def erase(stage: Stage, member_id: UUID | str, who: Any = None) -> Answer:
    values = {"memberId": str(member_id), "reason": "MEMBER_ASKED"}
    return await stage.api.ask(who or stage.admin, ERASE, **values)


def failures(answer: Answer) -> list[str]:
    assert answer.code == "CANNOT_ERASE", answer
    return [one["code"] for one in answer.errors[0]["extensions"]["failures"]]


async def registered(stage: Stage) -> UUID:
    values = {"memberName": "Nekesa Wamalwa", "phone": "+254733111222", "nextOfKin": [KIN]}
    operation = register(stage.group.id, "39876543", dateOfBirth="1991-07-23", **values)
    (result,) = await stage.api.sync(stage.officer, operation)
    return UUID(result["entityId"])


async def lead_a_life(stage: Stage, member_id: UUID) -> None:
    """Pays, is held, clashes, is corrected: through the API, each with words that name her."""
    await stage.api.sync(
        stage.officer,
        contribute(member_id, "500.00"),
        contribute(member_id, "200.00", contributionType="WELFARE"),
        contribute(member_id, "300.00", contributionDate="2099-01-01"),
        edit(member_id, 1, phone="+254733999888"),
        edit(member_id, 1, phone="+254733999777"),
    )
    saved = (await stage.entries())[0]
    assert not (
        await stage.api.ask(
            stage.admin,
            REVERSE,
            input={"entryId": str(saved.row.id), "reason": f"{WORD} paid it elsewhere"},
        )
    ).errors
    for item in await stage.all_of(ReviewItem):
        action = "DISMISS" if item.kind == "CONFLICT" else "REVERSE"
        given = {"itemId": str(item.id), "action": action, "note": f"{WORD} was asked"}
        assert not (await stage.api.ask(stage.admin, DECIDE, input=given)).errors, item


def a_loan(stage: Stage, member_id: UUID, **changes: Any) -> Loan:
    now = clock.now()
    values: dict[str, Any] = {
        "group_id": stage.group.id,
        "member_id": member_id,
        "loan_type": "SHORT_TERM",
        "amount": 1000_00,
        "duration_months": 1,
        "interest_rate": 10_00,
        "purpose": "",
        "application_date": now.date(),
        "applied_by": stage.officer.user_id,
        "applied_at": now,
        "total_interest": 0,
        "total_repayable": 0,
        "annual_percentage_rate": 0,
        **changes,
    }
    return Loan(**values)


def a_request(stage: Stage, member_id: UUID, **changes: Any) -> WelfareRequest:
    now = clock.now()
    values: dict[str, Any] = {
        "group_id": stage.group.id,
        "member_id": member_id,
        "amount": 100_00,
        "reason": "",
        "requested_on": now.date(),
        "requested_by": stage.officer.user_id,
        "requested_at": now,
        **changes,
    }
    return WelfareRequest(**values)


def a_fine(stage: Stage, member_id: UUID, **changes: Any) -> FineCharge:
    values: dict[str, Any] = {
        "group_id": stage.group.id,
        "member_id": member_id,
        "reason": "OTHER",
        "amount": 10_00,
        "charged_on": clock.now().date(),
        **changes,
    }
    return FineCharge(**values)


async def leave_words(stage: Stage, member_id: UUID) -> dict[str, UUID]:
    """What other operations leave of words about her, with the loan's id and the user's."""
    now = clock.now()
    loan = a_loan(
        stage,
        member_id,
        purpose=f"{WORD}'s shop",
        status="REJECTED",
        rejected_reason=f"{WORD} has no witnesses",
        write_off_reason=f"{WORD} moved",
    )
    request = a_request(
        stage,
        member_id,
        reason=f"{WORD}'s house burnt",
        status="REJECTED",
        rejected_reason=f"{WORD} is new",
    )
    fine = a_fine(stage, member_id, status="WAIVED", note=f"{WORD} was loud")
    approvals = [
        Approval(
            group_id=stage.group.id,
            subject=subject,
            subject_id=subject_id,
            user_id=stage.officer.user_id,
            role="FIELD_OFFICER",
            notes=f"I know {WORD}",
            decided_at=now,
        )
        for subject, subject_id in (("LOAN", loan.id), ("WELFARE", request.id))
    ]
    message = OutboxMessage(
        topic="sms",
        payload={"text": f"Dear {WORD}"},
        member_id=member_id,
        created_at=now,
        available_at=now,
    )
    await stage.make.save(loan, request, fine, message, *approvals)
    user = await stage.make.committee(
        stage.group, name="Nekesa Wamalwa", phone="0733999888", member_id=member_id, is_active=False
    )
    await stage.make.save(
        Device(user_id=user.user_id, name="Nekesa's phone", created_at=now, last_seen_at=now)
    )
    return {"loan": loan.id, **await leave_papers(stage, member_id)}


async def leave_papers(stage: Stage, member_id: UUID) -> dict[str, UUID]:
    """A document and a piece of another, a check of the identity, a visit and an office."""
    now, officer = clock.now(), stage.officer.user_id
    of_her: dict[str, Any] = {"group_id": stage.group.id, "member_id": member_id}
    member = next(row for row in await stage.all_of(Member) if row.id == member_id)
    key = stage.runtime.keys.unwrap(member.wrapped_key, member_id)
    document = Document(
        **of_her,
        kind="ID_FRONT",
        content_type="image/png",
        size=1,
        sha256="5" * 64,
        created_at=now,
        created_by=officer,
    )
    upload = Upload(
        **of_her,
        user_id=officer,
        kind="ID_BACK",
        size=1,
        wrapped_key=b"x",
        parts=[["piece", 1]],
        created_at=now,
        expires_at=now,
    )
    check_id = new_id()
    check = IdentityCheck(
        **of_her,
        id=check_id,
        checked_by=officer,
        checked_at=now,
        documents=[str(document.id)],
        notes_sealed=crypto.seal(key, f"{WORD} herself".encode(), place(check_id, "notes")),
    )
    visit = OfficerPing(
        officer_id=officer,
        latitude=0,
        longitude=36,
        activity_type="MEMBER_VISIT",
        member_id=member_id,
        recorded_at=now,
        received_at=now,
    )
    office = GroupOfficial(**of_her, office="TREASURER", begun_at=now)
    await stage.make.save(document, upload, check, visit, office)
    await stage.runtime.storage.put(storage_key(document.id), b"sealed")
    await stage.runtime.storage.put(f"{FOLDER}/{upload.id}/piece", b"sealed")
    return {"document": document.id, "upload": upload.id}


async def test_nothing_of_the_person_is_left_and_the_books_are_whole(stage: Stage) -> None:
    member_id = await registered(stage)
    await lead_a_life(stage, member_id)
    made = await leave_words(stage, member_id)
    before = {where for where, text in await everything_stored(stage.runtime) if WORD in text}
    # The attempt is worth something: her name stood in all these places.
    assert {
        "member.member_name",
        "loan.purpose",
        "loan.rejected_reason",
        "loan.write_off_reason",
        "welfare_request.reason",
        "welfare_request.rejected_reason",
        "fine_charge.note",
        "movement.description",
        "review_item.decision_note",
        "approval.notes",
        "outbox.payload",
        "app_user.name",
        "device.name",
    } <= before
    entries = [entry.row.hash for entry in await stage.entries()]
    cursor = (await stage.api.ask(stage.officer, CHANGES))["changes"]["cursor"]
    answer = await erase(stage, member_id)
    assert answer["eraseMember"] == {
        "id": str(member_id),
        "memberName": ERASED_NAME,
        "phone": "",
        "isActive": False,
    }
    index = stage.runtime.keys.blind_index
    traces = [
        index("id_number", "39876543").decode("latin-1"),
        index("phone", "+254733999888").decode("latin-1"),
        index("phone", "+254733111222").decode("latin-1"),
    ]
    for where, text in await everything_stored(stage.runtime):
        for secret in (*PERSON, *traces):
            assert secret not in text, where
    for name in (storage_key(made["document"]), f"{FOLDER}/{made['upload']}/piece"):
        with pytest.raises(ObjectMissing):
            await stage.runtime.storage.get(name)
    await _key_and_links_are_gone(stage, member_id)
    assert [entry.row.hash for entry in await stage.entries()] == entries
    await stage.books_hold()
    then = (await stage.api.ask(stage.officer, CHANGES, since=cursor))["changes"]
    assert then["deletedIds"] == [str(member_id)]
    assert then["members"] == []
    assert then["loans"] == [{"id": str(made["loan"]), "purpose": ""}]
    assert {one["description"] for one in then["movements"]} == {""}


async def _key_and_links_are_gone(stage: Stage, member_id: UUID) -> None:
    member = next(row for row in await stage.all_of(Member) if row.id == member_id)
    assert member.wrapped_key is None
    assert member.erased_at is not None
    assert await stage.all_of(Document) == []
    assert await stage.all_of(Upload) == []
    assert [row.member_id for row in await stage.all_of(OfficerPing)] == [None]
    assert all(row.ended_at for row in await stage.all_of(GroupOfficial))
    assert all(row.member_id != member_id for row in await stage.all_of(User))
    numbers = [
        row.change_sequence
        for model in (Member, Loan, WelfareRequest, FineCharge, Movement, ReviewItem, Meeting)
        for row in await stage.all_of(model)
        if row.change_sequence
    ]
    # Each change has a number of its own, or a page of `changes` could end within one.
    assert len(numbers) == len(set(numbers))


async def test_later_listings_show_an_erased_member(stage: Stage) -> None:
    member_id = await registered(stage)
    await stage.api.sync(stage.officer, contribute(member_id, "200", contributionType="WELFARE"))
    await erase(stage, member_id)
    found = await stage.api.ask(stage.officer, LEDGER, groupId=str(stage.group.id))
    (edge,) = found["cashLedger"]["edges"]
    assert ERASED_NAME in edge["node"]["description"]


async def test_a_repeat_of_the_registration_brings_nobody_back(stage: Stage) -> None:
    operation = register(stage.group.id, "39876543")
    (made,) = await stage.api.sync(stage.officer, operation)
    assert not (await erase(stage, made["entityId"])).errors
    before = await counts(stage.runtime)
    (again,) = await stage.api.sync(stage.officer, operation)
    assert (again["outcome"], again["error"]["code"]) == ("REJECTED", "ID_REUSED")
    assert await counts(stage.runtime) == before
    # The person may register anew, as somebody new.
    (anew,) = await stage.api.sync(stage.officer, register(stage.group.id, "39876543"))
    assert anew["outcome"] == "APPLIED"
    assert anew["entityId"] != made["entityId"]
    assert len(await stage.all_of(SyncOperation)) == 2


async def test_what_stands_against_it_is_told_together(stage: Stage) -> None:
    member_id = await registered(stage)
    await stage.api.sync(
        stage.officer,
        contribute(member_id, "500.00"),
        contribute(member_id, "300.00", contributionDate="2099-01-01"),
        edit(member_id, 1, phone="+254733999888"),
        edit(member_id, 1, phone="+254733999777"),
    )
    made = [make(stage, member_id) for make in (a_loan, a_request, a_fine)]
    await stage.make.save(*made)
    await stage.make.committee(stage.group, member_id=member_id)
    before = await counts(stage.runtime)
    assert failures(await erase(stage, member_id)) == [
        "HAS_LOAN",
        "HAS_SAVINGS",
        "HAS_FINES",
        "HELD_MONEY",
        "OPEN_REVIEW",
        "OPEN_REQUEST",
        "SIGNS_IN",
    ]
    assert await counts(stage.runtime) == before


async def test_a_dividend_that_is_being_calculated_stands_against_it(stage: Stage) -> None:
    run = DividendRun(
        group_id=stage.group.id,
        fiscal_year=2025,
        status="DRAFT",
        total_profit=0,
        appreciation_fees=0,
        profit_share=70_00,
        distributable=0,
        total_savings=0,
        savings_on=clock.now().date(),
        calculated_at=clock.now(),
        calculated_by=stage.admin.user_id,
    )
    await stage.make.save(run)
    await stage.make.save(
        DividendAllocation(
            run_id=run.id, member_id=stage.jane.id, group_id=stage.group.id, savings=1, amount=1
        )
    )
    assert failures(await erase(stage, stage.jane.id)) == ["HAS_DIVIDENDS"]


async def test_erasing_twice_is_the_same_and_money_beside_it_is_one_or_the_other(
    stage: Stage,
) -> None:
    first, paid = await asyncio.gather(
        erase(stage, stage.jane.id), stage.api.sync(stage.officer, contribute(stage.jane.id))
    )
    # Either the savings came first and stand against it, or the money is held.
    assert (first.code, paid[0]["outcome"]) in (("CANNOT_ERASE", "APPLIED"), (None, "HELD"))
    assert not (await erase(stage, stage.john.id)).errors
    assert (await erase(stage, stage.john.id))["eraseMember"]["memberName"] == ERASED_NAME
    lines = [row for row in await stage.all_of(AuditLog) if row.action == "member.erased"]
    assert [row.entity_id for row in lines].count(stage.john.id) == 1
    assert lines[-1].detail == '{"reason":"MEMBER_ASKED"}'
    await stage.books_hold()


async def test_only_administrators_export_and_erase(stage: Stage) -> None:
    for who in (stage.officer, stage.chair):
        assert (await erase(stage, stage.jane.id, who)).code == "FORBIDDEN"
        answer = await stage.api.ask(who, EXPORT, memberId=str(stage.jane.id))
        assert answer.code == "FORBIDDEN"
    for query in (ERASE, EXPORT):
        values = {"memberId": str(new_id())}
        extra = {"reason": "MEMBER_ASKED"} if query == ERASE else {}
        answer = await stage.api.ask(stage.admin, query, **values, **extra)
        assert (answer.code, answer.field) == ("NOT_FOUND", "memberId")

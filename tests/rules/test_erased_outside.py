"""Erasure of what others hold of a person: a bank's words, and a backup from before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from app import clock
from app.errors import BadInput, Forbidden
from app.models import (
    AuditLog,
    Contribution,
    Member,
    Paper,
    ReviewItem,
    Statement,
    StatementLine,
    StatementMatch,
)
from app.models.base import new_id
from app.services.erased_list import erase_again, list_erased, read_erased
from app.services.erasure import EraseReason
from app.services.member_privacy import ERASED_NAME
from app.services.papers import storage_key as paper_key
from app.storage import ObjectMissing
from tests.rules.test_erasure import DECIDE, WORD, erase, registered
from tests.support.api import contribute
from tests.support.stage import Stage


async def test_what_the_bank_said_of_their_payments_goes_too(stage: Stage) -> None:
    """Of lines that are their payments, matched, booked or held; another's line keeps its words,
    and an M-Pesa code names nobody."""
    member_id = await registered(stage)
    by_bank = {"paymentMethod": "BANK", "contributionType": "WELFARE"}
    unknown = contribute(
        new_id(), "100", **by_bank, groupId=str(stage.group.id), transactionId="HELD NEKESA"
    )
    results = await stage.api.sync(
        stage.officer,
        contribute(member_id, "200", **by_bank, transactionId="RENT NEKESA"),
        contribute(stage.jane.id, "300", **by_bank, transactionId="JANE"),
        unknown,
    )
    assert [one["outcome"] for one in results] == ["APPLIED", "APPLIED", "HELD"], results
    (item,) = await stage.all_of(ReviewItem)
    placed = {
        "itemId": str(item.id),
        "action": "PLACE_TO_MEMBER",
        "memberId": str(member_id),
        "contributionType": "WELFARE",
        "note": f"{WORD} sent it",
    }
    assert not (await stage.api.ask(stage.admin, DECIDE, input=placed)).errors
    entries = [entry.row for entry in await stage.entries()]
    statements = [a_statement(stage, account) for account in ("BANK", "MPESA")]
    bank, mpesa = [one.id for one in statements]
    lines = [
        a_line(stage, bank, 1, "RENT NEKESA"),
        a_line(stage, bank, 2, "JANE"),
        a_line(stage, bank, 3, "HELD NEKESA"),
        a_line(stage, bank, 4, "BOOKED NEKESA", booked_entry_id=entries[0].id),
        a_line(stage, mpesa, 5, "SKE52PAWR9", booked_entry_id=entries[0].id),
    ]
    await stage.make.save(*statements)
    await stage.make.save(*lines)
    await stage.make.save(*(a_match(stage, number, lines[number - 1].id) for number in (1, 2, 3)))
    assert not (await erase(stage, member_id)).errors
    left = {
        row.number: (row.reference, row.details_sealed) for row in await stage.all_of(StatementLine)
    }
    assert left == {
        1: ("", None),
        2: ("JANE", b"NEKESA 0733"),
        3: ("", None),
        4: ("", None),
        5: ("SKE52PAWR9", None),
    }
    (item,) = await stage.all_of(ReviewItem)
    assert (item.decision_note, "HELD NEKESA" in item.claim) == (None, False)
    kept = {row.transaction_id for row in await stage.all_of(Contribution)}
    assert kept == {None, "JANE"}
    await stage.books_hold()


def a_statement(stage: Stage, account: str) -> Statement:
    return Statement(
        group_id=stage.group.id,
        year=2026,
        month=1,
        account=account,
        closing=0,
        source="IMPORTED",
        entered_by=stage.admin.user_id,
        entered_at=clock.now(),
    )


def a_line(
    stage: Stage, statement_id: UUID, number: int, reference: str, **changes: Any
) -> StatementLine:
    return StatementLine(
        statement_id=statement_id,
        group_id=stage.group.id,
        number=number,
        line_date=clock.now().date(),
        amount=1,
        reference=reference,
        details_sealed=b"NEKESA 0733",
        **changes,
    )


def a_match(stage: Stage, sequence: int, line_id: UUID) -> StatementMatch:
    return StatementMatch(
        group_id=stage.group.id,
        sequence=sequence,
        line=0,
        statement_line_id=line_id,
        matched_by=stage.admin.user_id,
        matched_at=clock.now(),
        automatic=False,
    )


async def test_after_a_restore_the_list_erases_again(stage: Stage) -> None:
    """A backup from before holds them still: here the members that nobody has erased yet."""
    erased = await registered(stage)
    assert not (await erase(stage, erased)).errors
    async with stage.runtime.db.reading() as session:
        text = await list_erased(session)
    assert text.splitlines()[0] == "member_id,reason,erased_at"
    assert read_erased(text) == [(erased, EraseReason.MEMBER_ASKED)]
    saver = await stage.make.member(stage.group)
    await stage.api.sync(stage.officer, contribute(saver.id, "100.00"))
    ordered = EraseReason.AUTHORITY_ORDERED
    more = [stage.john.id, saver.id, new_id()]
    wanted = read_erased(text + text + "".join(f"{one},{ordered},x\n" for one in more))
    assert len(wanted) == 4
    found = await erase_again(stage.runtime, stage.admin.user_id, wanted)
    assert (found.erased, found.already, found.unknown) == (1, 1, 1)
    assert found.refused == {saver.id: ["HAS_SAVINGS"]}
    left = {row.id: row.member_name for row in await stage.all_of(Member)}
    assert left[stage.john.id] == ERASED_NAME
    assert left[saver.id] == saver.member_name
    lines = [row for row in await stage.all_of(AuditLog) if row.action == "member.erased"]
    assert {row.actor_id for row in lines} == {stage.admin.user_id}
    assert "AUTHORITY_ORDERED" in lines[-1].detail
    again = await erase_again(stage.runtime, stage.admin.user_id, wanted)
    assert (again.erased, again.already) == (0, 2)
    with pytest.raises(Forbidden):
        await erase_again(stage.runtime, stage.officer.user_id, wanted)
    with pytest.raises(BadInput, match="Line 2"):
        read_erased("member_id,reason,erased_at\nJane,MEMBER_ASKED,x\n")


async def test_papers_that_wait_to_be_fetched_go_with_their_keys(stage: Stage) -> None:
    member_id = await registered(stage)
    other = await stage.make.group()
    papers = [a_paper(stage, group_id) for group_id in (stage.group.id, other.id)]
    names = [paper_key(paper.id) for paper in papers]
    await stage.make.save(*papers)
    for name in names:
        await stage.runtime.storage.put(name, b"sealed")
    assert not (await erase(stage, member_id)).errors
    left = {row.group_id: (row.status, row.wrapped_key) for row in await stage.all_of(Paper)}
    assert left == {stage.group.id: ("REMOVED", b""), other.id: ("DONE", b"key")}
    assert await stage.runtime.storage.get(names[1]) == b"sealed"
    with pytest.raises(ObjectMissing):
        await stage.runtime.storage.get(names[0])


def a_paper(stage: Stage, group_id: UUID) -> Paper:
    return Paper(
        kind="GROUP_STATEMENT",
        group_id=group_id,
        subject_id=group_id,
        language="en",
        status="DONE",
        total=1,
        asked_by=stage.admin.user_id,
        asked_at=clock.now(),
        wrapped_key=b"key",
    )

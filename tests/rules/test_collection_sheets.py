"""The collection sheet, and a whole meeting in one batch (docs/meetings.md)."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID, uuid5

import orjson
import pytest

from app.models import CollectionKind, Contribution, ContributionType, Meeting, ReviewItem
from app.models.base import new_id
from app.receipts import receipt_number
from app.services import sync as sync_service
from tests.support import meetings as at
from tests.support.api import SYNC, register
from tests.support.loans import lending
from tests.support.stage import Stage, counts
from tests.support.statements import statements_of


def test_a_line_is_a_kind_of_contribution_or_a_repayment() -> None:
    kinds = {kind.value for kind in CollectionKind}
    assert kinds == {*(kind.value for kind in ContributionType), "REPAYMENT"}


async def test_every_line_goes_by_the_rules_of_its_kind(stage: Stage) -> None:
    lender = await lending(stage)
    loan_id = await lender.running("3000.00")
    meeting_id = await at.opened(stage)
    own = str(new_id())
    page = at.sheet(
        stage,
        meeting_id,
        at.line("REGULAR", stage.jane.id, "500.00"),
        at.line("REGULAR", stage.john.id, "300.00", offlineSyncId=own),
        at.line("WELFARE", stage.jane.id, "50.00", paymentMethod="MPESA", transactionId="qx12ab"),
        at.line("REPAYMENT", loan_id, "200.00"),
    )
    (result,) = await at.sync(stage, page)
    assert (result["outcome"], result["entityId"]) == ("APPLIED", meeting_id)
    assert [one["outcome"] for one in result["lines"]] == ["APPLIED"] * 4
    sheet_id = UUID(at.values_of(page)["offlineSyncId"])
    ids = [one["offlineSyncId"] for one in result["lines"]]
    assert ids == [
        str(uuid5(sheet_id, "0")),
        own,
        str(uuid5(sheet_id, "2")),
        str(uuid5(sheet_id, "3")),
    ]
    assert [one["receiptNumber"] for one in result["lines"]] == [
        receipt_number(UUID(one)) for one in ids
    ]
    totals = {(one["kind"], one["paymentMethod"]): one for one in result["totals"]}
    assert totals["REGULAR", "CASH"]["amount"] == "800.00"
    assert totals["REGULAR", "CASH"]["count"] == 2
    assert totals["REPAYMENT", "CASH"]["amount"] == "200.00"
    assert (await lender.loan(loan_id))["repayments"][0]["amount"] == "200.00"
    await stage.books_hold()


async def test_a_sheet_may_be_sent_again_whole_in_part_or_with_more(stage: Stage) -> None:
    meeting_id = await at.opened(stage)
    lines = [
        at.line("REGULAR", stage.jane.id, f"{number}.00", offlineSyncId=str(new_id()))
        for number in range(1, 4)
    ]
    page = at.sheet(stage, meeting_id, *lines)
    await at.sync(stage, page)
    before = await counts(stage.runtime)
    (result,) = await at.sync(stage, page)
    assert result["outcome"] == "DUPLICATE"
    assert result["totals"][0]["amount"] == "6.00"
    (result,) = await at.sync(stage, at.sheet(stage, meeting_id, *lines[1:]))
    assert [one["outcome"] for one in result["lines"]] == ["DUPLICATE"] * 2
    assert await counts(stage.runtime) == before
    fourth = at.line("REGULAR", stage.john.id, "4.00")
    (result,) = await at.sync(stage, at.sheet(stage, meeting_id, *lines, fourth))
    assert result["outcome"] == "APPLIED"
    assert [one["outcome"] for one in result["lines"]] == ["DUPLICATE"] * 3 + ["APPLIED"]


async def test_a_line_that_is_refused_or_held_stops_no_other(stage: Stage) -> None:
    meeting_id = await at.opened(stage)
    nobody = new_id()
    page = at.sheet(
        stage,
        meeting_id,
        at.line("REGULAR", stage.jane.id, "abc"),
        at.line("REGULAR", stage.jane.id, "0.00"),
        at.line("TAX", stage.jane.id, "5.00"),
        at.line("REPAYMENT", stage.jane.id, "5.00", loanId=None),
        {"kind": "REGULAR", "amount": "5.00", "paymentMethod": "CASH"},
        at.line("REGULAR", stage.jane.id, "5.00"),
        at.line("REGULAR", nobody, "7.00"),
        groupId=str(stage.group.id),
    )
    (result,) = await at.sync(stage, page)
    assert (result["outcome"], result["error"]["code"]) == ("REJECTED", "LINES_REFUSED")
    assert [one["outcome"] for one in result["lines"]] == ["REJECTED"] * 5 + ["APPLIED", "HELD"]
    fields = [one["error"]["field"] for one in result["lines"][:5]]
    assert fields == ["amount", "amount", "kind", "loanId", "memberId"]
    assert result["totals"] == [
        {"kind": "REGULAR", "paymentMethod": "CASH", "count": 2, "amount": "5.00", "held": "7.00"}
    ]
    (held,) = await stage.all_of(ReviewItem)
    assert (held.reason, held.amount) == ("UNKNOWN_MEMBER", 7_00)
    await stage.books_hold()


async def test_a_sheet_of_nothing_but_held_lines_is_held(stage: Stage) -> None:
    meeting_id = await at.opened(stage)
    page = at.sheet(
        stage, meeting_id, at.line("FINE", new_id(), "7.00"), groupId=str(stage.group.id)
    )
    for _ in range(2):
        (result,) = await at.sync(stage, page)
        assert (result["outcome"], result["error"]["code"]) == ("HELD", "LINES_HELD")


async def test_a_sheet_has_lines_and_not_too_many(stage: Stage, monkeypatch: Any) -> None:
    meeting_id = await at.opened(stage)
    (result,) = await at.sync(stage, at.sheet(stage, meeting_id))
    assert (result["error"]["code"], result["error"]["field"]) == ("BAD_INPUT", "lines")
    many = [at.line("REGULAR", stage.jane.id, "1.00")] * 501
    (result,) = await at.sync(stage, at.sheet(stage, meeting_id, *many))
    assert (result["error"]["code"], result["error"]["field"]) == ("BAD_INPUT", "lines")
    monkeypatch.setattr(sync_service, "MAX_UNFOLDED", 3)
    answer = await stage.api.ask(
        stage.officer, SYNC, operations=[at.sheet(stage, meeting_id, *many[:4])]
    )
    assert (answer.code, answer.field) == ("BAD_INPUT", "operations")
    assert await stage.all_of(Contribution) == []


async def test_the_mutation_answers_for_each_line_too(stage: Stage) -> None:
    meeting_id = await at.opened(stage)
    values = at.values_of(
        at.sheet(
            stage,
            meeting_id,
            at.line("REGULAR", stage.jane.id, "5.00"),
            at.line("REGULAR", new_id(), "5.00"),
        )
    )
    answer = (await stage.api.ask(stage.officer, at.SHEET, input=values))["submitCollectionSheet"]
    assert (answer["outcome"], answer["error"]["code"]) == ("REJECTED", "LINES_REFUSED")
    assert [one["outcome"] for one in answer["lines"]] == ["APPLIED", "REJECTED"]
    assert answer["lines"][1]["error"]["code"] == "NOT_FOUND"
    assert answer["totals"][0]["amount"] == "5.00"
    assert answer["meeting"] == {"id": meeting_id}
    values["meetingId"] = str(new_id())
    assert (await stage.api.ask(stage.officer, at.SHEET, input=values)).code == "NOT_FOUND"
    assert (await stage.api.ask(stage.chair, at.SHEET, input=values)).code == "FORBIDDEN"


async def a_meeting(
    stage: Stage, signer: at.Signer, members: int, id_number: str = "31234567"
) -> list[dict[str, Any]]:
    """A whole meeting as a phone without signal kept it, with a member who joined at it."""
    meeting_id, joined = str(new_id()), str(new_id())
    people = [(await stage.make.member(stage.group)).id for _ in range(members)]
    statuses: dict[Any, str] = dict.fromkeys([*people[:-2], joined], "PRESENT")
    statuses[people[-2]], statuses[people[-1]] = "LATE", "ABSENT"
    there = [one for one, status in statuses.items() if status != "ABSENT"]
    lines = [
        at.line(kind, one, amount, offlineSyncId=str(new_id()))
        for one in there
        for kind, amount in (("REGULAR", "500.00"), ("WELFARE", "50.00"))
    ]
    counted = await at.cash(stage) + 550_00 * len(there) - 200_00 - 100_00
    rows = sorted([str(key), status] for key, status in statuses.items())
    form = [
        "meeting",
        meeting_id,
        str(stage.group.id),
        stage.api.today(),
        "0.00",
        "100.00",
        f"{counted // 100}.00",
        f"{counted // 100}.00",
        "0.00",
        [[one["value"], one["pieces"]] for one in at.pieces(counted)],
        rows,
        [
            ["REGULAR", "CASH", f"{500 * len(there)}.00"],
            ["WELFARE", "CASH", f"{50 * len(there)}.00"],
        ],
        "",
        "Tunanunua hema.",
    ]
    digest = hashlib.sha256(orjson.dumps(form)).digest()
    claim = {
        "expected": form[6],
        "attendance": [{"memberId": key, "status": status} for key, status in rows],
        "totals": [
            {"label": label, "paymentMethod": method, "amount": amount}
            for label, method, amount in form[11]
        ],
    }
    expense = {
        "groupId": str(stage.group.id),
        "meetingId": meeting_id,
        "movement": "EXPENSE",
        "amount": "200.00",
        "paymentMethod": "CASH",
        "description": "Tea",
    }
    return [
        register(stage.group.id, id_number, id=joined),
        at.opening(stage, meeting_id),
        at.attendance(meeting_id, statuses),
        at.sheet(stage, meeting_id, *lines),
        at.synced("recordMovement", expense),
        at.closing(
            meeting_id, counted, banked="100.00", resolutions="Tunanunua hema.", claim=claim
        ),
        at.synced("confirmMeeting", {"meetingId": meeting_id, "signature": signer.sign(digest)}),
    ]


@pytest.mark.parametrize("cut", [0, 3, 5], ids=["one batch", "two", "two, later"])
async def test_a_whole_meeting_lands_in_one_batch_and_again_in_any_split(
    stage: Stage, cut: int
) -> None:
    signer = await at.Signer().enrol(stage)
    operations = await a_meeting(stage, signer, 24)
    for part in (operations[:cut], operations[cut:]):
        results = await at.sync(stage, *part)
        assert {one["outcome"] for one in results} <= {"APPLIED"}, results
    (row,) = await stage.all_of(Meeting)
    meeting = await at.look(stage, str(row.id))
    assert (meeting["status"], meeting["variance"]) == ("CONFIRMED", "0.00")
    assert meeting["quorum"] == 14
    assert meeting["minutes"]["quorumReached"] is True
    assert meeting["minutes"]["cashIn"] == f"{550 * 24}.00"
    assert await at.cash(stage) == row.counted
    assert await stage.all_of(ReviewItem) == []
    before = await counts(stage.runtime)
    for split in (0, 2, 4, 6):
        for part in (operations[:split], operations[split:]):
            results = await at.sync(stage, *part)
            assert {one["outcome"] for one in results} <= {"DUPLICATE"}, results
            for one in results:
                assert {line["outcome"] for line in one["lines"] or ()} <= {"DUPLICATE"}
    assert await counts(stage.runtime) == before
    await stage.books_hold()


async def test_a_longer_meeting_costs_no_more_statements(stage: Stage) -> None:
    signer = await at.Signer().enrol(stage)
    costs = []
    for members in (3, 30):
        operations = await a_meeting(stage, signer, members, f"312345{members:02d}")
        with statements_of(stage.runtime) as seen:
            results = await at.sync(stage, *operations)
        assert {one["outcome"] for one in results} == {"APPLIED"}, results
        costs.append(len(seen))
    assert costs[0] == costs[1]

"""The close of a meeting: cash, variance, fines, minutes, the lock (docs/meetings.md)."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.models import FineCharge, MeetingEntry, Movement, ReviewItem
from app.models.base import new_id
from app.runtime import close_runtime, make_runtime
from tests.support import meetings as at
from tests.support.api import Api, contribute
from tests.support.loans import lending
from tests.support.stage import Stage
from tests.support.welfare import with_fund

SETTINGS = """mutation Set($groupId: UUID!, $input: GroupSettingsInput!) {
  updateGroupSettings(groupId: $groupId, baseVersion: 1, input: $input) { id } }"""


async def test_who_is_absent_or_late_is_fined_once_at_the_close(stage: Stage) -> None:
    await stage.api.ask(
        stage.admin,
        SETTINGS,
        groupId=str(stage.group.id),
        input={"missedMeetingFine": "50.00", "lateMeetingFine": "20.00"},
    )
    excused, silent = await stage.make.member(stage.group), await stage.make.member(stage.group)
    meeting_id = await at.opened(stage)
    statuses = {stage.jane.id: "ABSENT", stage.john.id: "LATE", excused.id: "EXCUSED"}
    # John pays on the spot, before he is charged.
    close = at.closing(meeting_id, 20_00)
    results = await at.sync(
        stage,
        at.attendance(meeting_id, statuses),
        at.sheet(stage, meeting_id, at.line("FINE", stage.john.id, "20.00")),
        close,
    )
    assert [one["outcome"] for one in results] == ["APPLIED"] * 3
    assert (await at.sync(stage, close))[0]["outcome"] == "DUPLICATE"
    charges = {row.member_id: row for row in await stage.all_of(FineCharge)}
    assert silent.id not in charges
    assert {key: (row.reason, row.amount, row.status) for key, row in charges.items()} == {
        stage.jane.id: ("MISSED_MEETING", 50_00, "OPEN"),
        stage.john.id: ("LATE_AT_MEETING", 20_00, "SETTLED"),
    }
    minutes = (await at.look(stage, meeting_id))["minutes"]
    assert (minutes["absent"], minutes["late"], minutes["excused"]) == (1, 1, 1)
    assert (minutes["notRecorded"], minutes["quorumReached"]) == (1, False)
    assert (minutes["finedMembers"], minutes["finesCharged"]) == (2, "70.00")
    await stage.books_hold()


async def test_a_fine_paid_online_before_the_close_counts_too(stage: Stage) -> None:
    meeting_id = await at.opened(stage)
    fine = contribute(stage.jane.id, "30.00", contributionType="FINE", meetingId=meeting_id)
    await stage.api.sync(stage.officer, fine)
    await at.sync(stage, at.attendance(meeting_id, {stage.jane.id: "ABSENT"}))
    await at.do(stage, "closeMeeting", at.values_of(at.closing(meeting_id, 30_00)))
    (charge,) = await stage.all_of(FineCharge)
    assert (charge.amount, charge.paid, charge.status) == (50_00, 30_00, "OPEN")
    await stage.books_hold()


async def test_closing_counts_the_cash_and_writes_the_minutes(stage: Stage) -> None:
    await at.save_up(stage, "1000.00", bank="600.00")
    meeting_id = await at.opened(stage, broughtFromBank="100.00")
    await at.sync(
        stage,
        at.attendance(meeting_id, {stage.jane.id: "PRESENT", stage.john.id: "LATE"}),
        at.sheet(
            stage,
            meeting_id,
            at.line("REGULAR", stage.jane.id, "500.00"),
            at.line("WELFARE", stage.john.id, "50.00", paymentMethod="MPESA"),
        ),
    )
    values = at.values_of(
        at.closing(
            meeting_id, 800_00, banked="200.00", resolutions="Buy a tent.\n  Ask the chief. "
        )
    )
    meeting = (await at.do(stage, "closeMeeting", values))["closeMeeting"]
    assert (meeting["status"], meeting["variance"]) == ("CLOSED", "0.00")
    assert (meeting["counted"], meeting["expected"]) == ("800.00", "800.00")
    assert meeting["resolutions"] == "Buy a tent.\nAsk the chief."
    assert meeting["denominations"][0] == {"value": 500, "pieces": 1}
    minutes = meeting["minutes"]
    assert (minutes["present"], minutes["late"], minutes["quorumReached"]) == (1, 1, True)
    assert (minutes["brought"], minutes["banked"]) == ("100.00", "200.00")
    assert (minutes["cashIn"], minutes["cashOut"]) == ("500.00", "0.00")
    assert minutes["elsewhere"] == "0.00"
    assert minutes["totals"] == meeting["totals"]
    assert {"subcategory": "welfare", "account": "MPESA", "category": "CASH_IN"}.items() <= (
        meeting["totals"][-1].items()
    )
    last = (await stage.entries())[-1]
    assert (meeting["bookSequence"], meeting["chainHead"]) == (
        last.row.sequence,
        last.row.hash.hex(),
    )
    lines = (await stage.api.ask(stage.chair, at.LEDGER, id=meeting_id, first=4))["meetingLedger"]
    assert (lines["totalCount"], lines["pageInfo"]["hasNextPage"]) == (6, True)
    after = lines["pageInfo"]["endCursor"]
    rest = await stage.api.ask(stage.chair, at.LEDGER, id=meeting_id, after=after)
    assert len(rest["meetingLedger"]["edges"]) == 2
    assert await stage.all_of(ReviewItem) == []
    await stage.books_hold()


@pytest.mark.parametrize(("counted", "sign"), [(900_00, -1), (1100_00, 1)], ids=["short", "over"])
async def test_a_variance_needs_a_reason_and_waits_in_suspense_for_the_office(
    stage: Stage, counted: int, sign: int
) -> None:
    await at.save_up(stage)
    meeting_id = await at.opened(stage)
    values = at.values_of(at.closing(meeting_id, counted))
    answer = await at.do(stage, "closeMeeting", values)
    assert (answer.code, answer.field) == ("VARIANCE_UNEXPLAINED", "varianceNote")
    values["varianceNote"] = "Change was given twice"
    meeting = (await at.do(stage, "closeMeeting", values))["closeMeeting"]
    assert (meeting["expected"], meeting["variance"]) == ("1000.00", f"{sign * 100}.00")
    entry = (await stage.entries())[-1]
    assert entry.moves == [("CASH", sign * 100_00), ("SUSPENSE", -sign * 100_00)]
    assert (entry.lines[0].subcategory, str(entry.row.id)) == (
        "adjustment",
        meeting["varianceEntryId"],
    )
    assert await at.cash(stage) == counted
    (item,) = await at.items(stage, "VARIANCE")
    assert (item.reason, item.amount) == ("VARIANCE_EXPLAINED", sign * 100_00)
    assert not (await at.decide(stage, item, "ACCEPT")).errors
    assert (await stage.balances(stage.group.id))["SUSPENSE"] == 0
    assert await at.cash(stage) == counted
    await stage.books_hold()


async def test_an_unexplained_variance_of_a_phone_is_booked_and_may_be_found_again(
    stage: Stage,
) -> None:
    await at.save_up(stage)
    meeting_id = await at.opened(stage)
    (result,) = await at.sync(stage, at.closing(meeting_id, 990_00))
    assert result["outcome"] == "APPLIED"
    (item,) = await at.items(stage, "VARIANCE")
    assert (item.reason, item.amount) == ("VARIANCE_UNEXPLAINED", -10_00)
    assert not (await at.decide(stage, item, "REVERSE")).errors
    assert await at.cash(stage) == 1000_00
    await stage.books_hold()


async def test_what_the_phone_expected_is_kept_beside_what_the_books_hold(stage: Stage) -> None:
    await at.save_up(stage)
    meeting_id = await at.opened(stage)
    claim = {
        "expected": "950.00",
        "attendance": [{"memberId": str(stage.jane.id), "status": "PRESENT"}],
    }
    (result,) = await at.sync(stage, at.closing(meeting_id, 1000_00, claim=claim))
    assert result["outcome"] == "APPLIED"
    meeting = await at.look(stage, meeting_id)
    assert (meeting["expected"], meeting["claimedExpected"]) == ("1000.00", "950.00")
    assert (meeting["variance"], meeting["minutes"]["attendanceDiffers"]) == ("0.00", True)
    # The form that is signed is the phone's.
    assert meeting["minutesForm"][6:9] == ["950.00", "1000.00", "50.00"]
    (item,) = await at.items(stage, "VARIANCE")
    assert (item.reason, item.amount, item.entry_id) == ("CLAIM_DIFFERS", 0, None)
    answer = await at.decide(stage, item, "PLACE_TO_FUND", account="OTHER_INCOME")
    assert (answer.code, answer.field) == ("BAD_INPUT", "action")
    assert not (await at.decide(stage, item, "ACCEPT")).errors


async def test_money_banked_beyond_the_books_is_held_and_the_meeting_closes(stage: Stage) -> None:
    await at.save_up(stage)
    meeting_id = await at.opened(stage)
    values = at.values_of(at.closing(meeting_id, 0, banked="1000.01"))
    answer = await at.do(stage, "closeMeeting", values)
    assert (answer.code, answer.field) == ("NOT_ENOUGH_MONEY", "banked")
    (result,) = await at.sync(stage, at.closing(meeting_id, 0, banked="1200.00"))
    assert result["outcome"] == "APPLIED"
    (held,) = await at.items(stage, "HELD_CASH")
    assert held.amount == -1200_00
    (item,) = await at.items(stage, "VARIANCE")
    assert item.amount == 200_00
    assert not (await at.decide(stage, held, "ACCEPT")).errors
    assert (await stage.balances(stage.group.id))["BANK"] == 1200_00
    assert await at.cash(stage) == 0
    await stage.books_hold()


@pytest.mark.parametrize(
    "denominations",
    [
        [{"value": 30, "pieces": 1}],
        [{"value": 50, "pieces": -1}],
        [{"value": 50, "pieces": 1}, {"value": 50, "pieces": 2}],
        [{"value": 1000, "pieces": 100_001}],
    ],
)
async def test_only_whole_notes_and_coins_are_counted(stage: Stage, denominations: Any) -> None:
    values = {"meetingId": str(new_id()), "denominations": denominations}
    answer = await at.do(stage, "closeMeeting", values)
    assert (answer.code, answer.field) == ("BAD_INPUT", "denominations")


async def test_a_closed_meeting_is_locked_for_every_kind_of_money(stage: Stage) -> None:
    lender = await lending(stage)
    running = await lender.running("3000.00")
    meeting_id = await at.opened(stage)
    expected = await at.cash(stage)
    await at.do(stage, "closeMeeting", at.values_of(at.closing(meeting_id, expected)))
    there = {"meetingId": meeting_id, "paymentMethod": "CASH"}
    jane = str(lender.jane.id)
    late = [
        contribute(jane, "10.00", meetingId=meeting_id),
        at.synced("recordRepayment", {**there, "loanId": str(running), "amount": "10.00"}),
        at.synced(
            "withdrawSavings", {**there, "memberId": jane, "amount": "10.00", "reason": "Fees"}
        ),
        at.synced(
            "recordMovement",
            {
                **there,
                "groupId": str(stage.group.id),
                "movement": "EXPENSE",
                "amount": "10.00",
                "description": "Tea",
            },
        ),
        at.sheet(stage, meeting_id, at.line("PROJECT", jane, "10.00")),
    ]
    results = await at.sync(stage, *late)
    assert [one["outcome"] for one in results] == ["HELD"] * 5, results
    assert [one["error"]["code"] for one in results[:4]] == ["MEETING_CLOSED"] * 4
    assert results[4]["lines"][0]["error"]["code"] == "MEETING_CLOSED"
    assert {str(one.subject_id) for one in await at.items(stage, "HELD_CASH")} == {meeting_id}
    # The minutes stand: what came late is none of the meeting's.
    assert await stage.all_of(MeetingEntry) == []
    values = {k: v for k, v in at.values_of(late[3]).items() if k != "offlineSyncId"}
    answer = await stage.api.ask(stage.officer, at.MOVE, input=values)
    assert (answer.code, answer.field) == ("MEETING_CLOSED", "meetingId")
    await stage.books_hold()


async def test_loans_and_welfare_paid_out_at_a_meeting_are_its_own_until_it_closes(
    stage: Stage,
) -> None:
    welfare = await with_fund(stage)
    lender = await lending(stage)
    loan_id = await lender.approved("3000.00")
    first, second = await welfare.approved("500.00"), await welfare.approved("600.00")
    meeting_id = await at.opened(stage)
    there = {"meetingId": meeting_id, "paymentMethod": "CASH"}
    result = await welfare.pay_offline(first, meetingId=meeting_id)
    assert result["outcome"] == "APPLIED", result
    assert len(await stage.all_of(MeetingEntry)) == 1
    cents = await at.cash(stage)
    closed = await at.do(stage, "closeMeeting", at.values_of(at.closing(meeting_id, cents)))
    (total,) = closed["closeMeeting"]["minutes"]["totals"]
    assert (total["subcategory"], total["amount"]) == ("welfare_payout", "500.00")
    result = await welfare.pay_offline(second, meetingId=meeting_id)
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "MEETING_CLOSED")
    late = at.synced("disburseLoan", {**there, "loanId": str(loan_id)})
    (result,) = await at.sync(stage, late)
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "MEETING_CLOSED")
    assert len(await stage.all_of(MeetingEntry)) == 1
    await stage.books_hold()


async def test_a_loan_paid_out_at_a_meeting_stands_in_its_minutes(stage: Stage) -> None:
    lender = await lending(stage)
    loan_id = await lender.approved("3000.00")
    meeting_id = await at.opened(stage)
    there = {"meetingId": meeting_id, "paymentMethod": "CASH", "loanId": str(loan_id)}
    results = await at.sync(
        stage,
        at.synced("disburseLoan", there),
        at.synced("recordRepayment", {**there, "amount": "300.00"}),
    )
    assert [one["outcome"] for one in results] == ["APPLIED", "APPLIED"], results
    expected = await at.cash(stage)
    values = at.values_of(at.closing(meeting_id, expected))
    minutes = (await at.do(stage, "closeMeeting", values))["closeMeeting"]["minutes"]
    assert (minutes["loansPaidOut"], minutes["lent"]) == (1, "3000.00")
    assert (minutes["repayments"], minutes["repaid"]) == (1, "300.00")
    assert minutes["elsewhere"] == "0.00"


async def test_a_reversal_during_the_meeting_belongs_to_it(stage: Stage) -> None:
    meeting_id = await at.opened(stage)
    await at.sync(stage, at.sheet(stage, meeting_id, at.line("FINE", stage.jane.id, "500.00")))
    entry_id = str((await stage.entries())[-1].row.id)
    undo = "mutation Undo($input: ReverseEntryInput!) { reverseEntry(input: $input) { id } }"
    await stage.api.ask(stage.admin, undo, input={"entryId": entry_id, "reason": "Twice"})
    await at.sync(stage, at.attendance(meeting_id, {stage.jane.id: "ABSENT"}))
    values = at.values_of(at.closing(meeting_id, 0))
    minutes = (await at.do(stage, "closeMeeting", values))["closeMeeting"]["minutes"]
    assert (minutes["cashIn"], minutes["cashOut"], minutes["elsewhere"]) == (
        "500.00",
        "500.00",
        "0.00",
    )
    # What was paid back pays no fine.
    assert [row.paid for row in await stage.all_of(FineCharge)] == [0]


async def test_cash_that_moves_without_naming_the_meeting_shows_as_elsewhere(stage: Stage) -> None:
    meeting_id = await at.opened(stage)
    await at.save_up(stage, "70.00")
    values = at.values_of(at.closing(meeting_id, 70_00))
    minutes = (await at.do(stage, "closeMeeting", values))["closeMeeting"]["minutes"]
    assert (minutes["cashIn"], minutes["elsewhere"]) == ("0.00", "70.00")


async def test_a_second_phone_that_closes_too_keeps_what_it_banked_as_a_fact(stage: Stage) -> None:
    await at.save_up(stage)
    meeting_id = await at.opened(stage)
    await at.sync(stage, at.closing(meeting_id, 1000_00))
    (result,) = await at.sync(stage, at.closing(meeting_id, 1000_00))
    assert (result["outcome"], result["error"]["code"]) == ("REJECTED", "MEETING_CLOSED")
    (result,) = await at.sync(stage, at.closing(meeting_id, 0, banked="300.00"))
    assert (result["outcome"], result["error"]["code"]) == ("HELD", "MEETING_CLOSED")
    assert await stage.all_of(Movement) == []
    await stage.books_hold()


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
async def test_two_officers_close_at_once_and_one_wins(stage: Stage) -> None:
    await at.save_up(stage)
    meeting_id = await at.opened(stage)
    colleague = await stage.make.officer(stage.group)
    other = make_runtime(stage.runtime.settings)
    document = "mutation M($input: CloseMeetingInput!) { closeMeeting(input: $input) { id } }"
    try:
        answers = await asyncio.gather(
            stage.api.ask(
                stage.officer,
                document,
                input=at.values_of(at.closing(meeting_id, 900_00, varianceNote="Lost")),
            ),
            Api(other).ask(
                colleague, document, input=at.values_of(at.closing(meeting_id, 1000_00))
            ),
        )
    finally:
        await close_runtime(other)
    assert sorted(str(answer.code) for answer in answers) == ["MEETING_CLOSED", "None"]
    meeting = await at.look(stage, meeting_id)
    assert await at.cash(stage) == {"900.00": 900_00, "1000.00": 1000_00}[meeting["counted"]]
    await stage.books_hold()

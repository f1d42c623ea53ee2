"""A meeting: opened, attended, closed by its cash, confirmed (docs/meetings.md)."""

from __future__ import annotations

from app.models import Meeting, MeetingEntry, ReviewItem, Signature
from app.models.base import new_id
from tests.support import meetings as at
from tests.support.stage import Stage, unassign

CHANGES = """query New { changes { meetings { id status attendance { memberId status }
  totals { subcategory amount } } } }"""


async def test_a_meeting_opens_with_the_cash_the_money_brought_and_the_quorum(
    stage: Stage,
) -> None:
    await stage.make.member(stage.group)
    await at.save_up(stage, "1000.00", bank="700.00")
    values = {
        "groupId": str(stage.group.id),
        "meetingDate": stage.api.today(),
        "venue": " Under  the tree ",
        "broughtFromBank": "200.00",
    }
    meeting = (await at.do(stage, "openMeeting", values))["openMeeting"]
    assert (meeting["status"], meeting["venue"]) == ("OPEN", "Under the tree")
    assert (meeting["openingCash"], meeting["broughtFromBank"]) == ("300.00", "200.00")
    # Half of three members, rounded up.
    assert meeting["quorum"] == 2
    assert (await stage.entries())[-1].moves == [("BANK", -200_00), ("CASH", 200_00)]
    (linked,) = await stage.all_of(MeetingEntry)
    assert str(linked.meeting_id) == meeting["id"]
    assert meeting["minutes"] is None
    await stage.books_hold()


async def test_online_a_group_has_one_open_meeting(stage: Stage) -> None:
    await at.opened(stage)
    values = {"groupId": str(stage.group.id), "meetingDate": stage.api.today()}
    assert (await at.do(stage, "openMeeting", values)).code == "MEETING_OPEN"
    assert await stage.all_of(ReviewItem) == []


async def test_an_opening_online_is_refused_by_its_rules(stage: Stage) -> None:
    values = {"groupId": str(stage.group.id), "meetingDate": "2099-01-01"}
    answer = await at.do(stage, "openMeeting", values)
    assert (answer.code, answer.field) == ("BAD_INPUT", "meetingDate")
    values["meetingDate"] = stage.api.today()
    answer = await at.do(stage, "openMeeting", {**values, "broughtFromBank": "0.01"})
    assert (answer.code, answer.field) == ("NOT_ENOUGH_MONEY", "broughtFromBank")
    answer = await at.do(stage, "openMeeting", {**values, "broughtFromBank": "-1.00"})
    assert (answer.code, answer.field) == ("BAD_INPUT", "broughtFromBank")
    assert (await at.do(stage, "openMeeting", values, stage.chair)).code == "FORBIDDEN"
    stranger = await stage.make.officer(await stage.make.group())
    assert (await at.do(stage, "openMeeting", values, stranger)).code == "NOT_FOUND"
    assert await stage.all_of(Meeting) == []


async def test_a_phone_lands_its_meeting_beside_a_forgotten_one_and_the_office_is_told(
    stage: Stage,
) -> None:
    forgotten = await at.opened(stage)
    meeting_id = str(new_id())
    results = await at.sync(
        stage,
        at.opening(stage, meeting_id),
        at.attendance(meeting_id, {stage.jane.id: "PRESENT"}),
        at.sheet(stage, meeting_id, at.line("REGULAR", stage.jane.id, "500.00")),
        at.closing(meeting_id, 500_00),
    )
    assert [one["outcome"] for one in results] == ["APPLIED"] * 4, results
    (item,) = await at.items(stage, "MEETING")
    assert (item.reason, str(item.subject_id)) == ("MEETING_OPEN", meeting_id)
    assert not (await at.decide(stage, item, "ACCEPT")).errors
    assert (await at.look(stage, forgotten))["status"] == "OPEN"
    # With the first closed by its cash, the group may open another one online.
    await at.do(stage, "closeMeeting", at.values_of(at.closing(forgotten, 500_00)))
    await at.opened(stage)
    await stage.books_hold()


async def test_a_meeting_held_before_the_officer_was_unassigned_still_lands(stage: Stage) -> None:
    await unassign(stage.runtime, stage.officer, stage.group.id)
    meeting_id = str(new_id())
    results = await at.sync(
        stage,
        at.opening(stage, meeting_id),
        at.attendance(meeting_id, {stage.jane.id: "PRESENT"}),
        at.closing(meeting_id, 0),
    )
    assert [one["outcome"] for one in results] == ["APPLIED"] * 3
    assert [one.reason for one in await at.items(stage, "MEETING")] == ["OFFICER_UNASSIGNED"]
    stranger = await stage.make.officer(await stage.make.group())
    (result,) = await at.sync(stage, at.opening(stage, str(new_id())), who=stranger)
    assert result["error"]["code"] == "UNKNOWN_GROUP"


async def test_money_brought_that_the_bank_does_not_hold_is_held_and_placed_later(
    stage: Stage,
) -> None:
    await at.save_up(stage)
    meeting_id = str(new_id())
    (result,) = await at.sync(stage, at.opening(stage, meeting_id, broughtFromBank="400.00"))
    assert (result["outcome"], result["entityId"]) == ("APPLIED", meeting_id)
    assert (await stage.entries())[-1].moves == [("CASH", 400_00), ("SUSPENSE", -400_00)]
    (item,) = await at.items(stage, "HELD_CASH")
    assert (item.reason, str(item.subject_id)) == ("NOT_ENOUGH_MONEY", meeting_id)
    assert (await at.decide(stage, item, "ACCEPT")).code == "NOT_ENOUGH_MONEY"
    await at.save_up(stage, "500.00", bank="450.00")
    assert not (await at.decide(stage, item, "ACCEPT")).errors
    assert (await stage.entries())[-1].moves == [("SUSPENSE", 400_00), ("BANK", -400_00)]
    assert (await stage.balances(stage.group.id))["BANK"] == 50_00
    await stage.books_hold()


async def test_attendance_may_be_sent_again_while_open_and_the_last_counts(stage: Stage) -> None:
    meeting_id = await at.opened(stage)
    first = at.attendance(meeting_id, {stage.jane.id: "ABSENT", stage.john.id: "PRESENT"})
    second = at.attendance(meeting_id, {stage.jane.id: "LATE"})
    results = await at.sync(stage, first, second)
    assert [one["outcome"] for one in results] == ["APPLIED", "APPLIED"]
    third = at.values_of(at.attendance(meeting_id, {stage.john.id: "EXCUSED"}))
    meeting = (await at.do(stage, "recordAttendance", third))["recordAttendance"]
    found = {one["memberId"]: one["status"] for one in meeting["attendance"]}
    assert found == {str(stage.jane.id): "LATE", str(stage.john.id): "EXCUSED"}
    await at.do(stage, "closeMeeting", at.values_of(at.closing(meeting_id, 0)))
    answer = await at.do(
        stage, "recordAttendance", at.values_of(at.attendance(meeting_id, {stage.jane.id: "LATE"}))
    )
    assert answer.code == "MEETING_CLOSED"


async def test_unknown_members_are_reported_and_stop_none_of_the_others(stage: Stage) -> None:
    meeting_id = await at.opened(stage)
    stranger = await stage.make.member(await stage.make.group())
    nobody = new_id()
    operation = at.attendance(
        meeting_id, {stage.jane.id: "PRESENT", nobody: "PRESENT", stranger.id: "LATE"}
    )
    (result,) = await at.sync(stage, operation)
    assert (result["outcome"], result["error"]["code"]) == ("APPLIED", "UNKNOWN_MEMBER")
    named = {one["field"] for one in result["error"]["details"]}
    assert named == {f"attendance.{nobody}", f"attendance.{stranger.id}"}
    (only,) = (await at.look(stage, meeting_id))["attendance"]
    assert only["memberId"] == str(stage.jane.id)
    answer = await at.do(
        stage, "recordAttendance", {k: v for k, v in at.values_of(operation).items() if k[0] != "o"}
    )
    assert answer.code == "NOT_FOUND"
    (result,) = await at.sync(stage, at.attendance(str(new_id()), {}))
    assert result["error"]["code"] == "UNKNOWN_MEETING"


async def test_the_chair_confirms_signed_in_and_only_once(stage: Stage) -> None:
    meeting_id = await at.opened(stage)
    values = {"meetingId": meeting_id}
    assert (await at.do(stage, "confirmMeeting", values, stage.chair)).code == "MEETING_NOT_CLOSED"
    await at.do(stage, "closeMeeting", at.values_of(at.closing(meeting_id, 0)))
    assert (await at.do(stage, "confirmMeeting", values)).code == "NOT_A_SIGNATORY"
    assert (await at.do(stage, "confirmMeeting", values, stage.admin)).code == "NOT_A_SIGNATORY"
    stranger = await stage.make.chair(await stage.make.group())
    assert (await at.do(stage, "confirmMeeting", values, stranger)).code == "NOT_FOUND"
    meeting = (await at.do(stage, "confirmMeeting", values, stage.chair))["confirmMeeting"]
    assert (meeting["status"], meeting["onOfficersDevice"]) == ("CONFIRMED", False)
    assert meeting["confirmedBy"]["id"] == str(stage.chair.user_id)
    assert (await at.do(stage, "confirmMeeting", values, stage.chair)).code == "ALREADY_CONFIRMED"


async def test_who_closed_the_meeting_does_not_confirm_it(stage: Stage) -> None:
    meeting_id = await at.opened(stage)
    await at.do(stage, "closeMeeting", at.values_of(at.closing(meeting_id, 0)))
    (row,) = await stage.all_of(Meeting)
    row.closed_by = stage.chair.user_id
    await stage.make.save(row)
    answer = await at.do(stage, "confirmMeeting", {"meetingId": meeting_id}, stage.chair)
    assert answer.code == "OWN_MEETING"


async def test_a_signature_on_the_officers_phone_confirms_what_it_signed(stage: Stage) -> None:
    signer = await at.Signer().enrol(stage)
    meeting_id = await at.opened(stage)
    await at.do(stage, "closeMeeting", at.values_of(at.closing(meeting_id, 0)))
    wrong = at.synced(
        "confirmMeeting", {"meetingId": meeting_id, "signature": signer.sign(bytes(32))}
    )
    (result,) = await at.sync(stage, wrong)
    assert (result["outcome"], result["error"]["code"]) == ("REJECTED", "SIGNATURE_INVALID")
    assert (await at.look(stage, meeting_id))["status"] == "CLOSED"
    digest = bytes.fromhex((await at.look(stage, meeting_id))["minutesHash"])
    right = at.synced("confirmMeeting", {"meetingId": meeting_id, "signature": signer.sign(digest)})
    (result,) = await at.sync(stage, right)
    assert result["outcome"] == "APPLIED", result
    meeting = await at.look(stage, meeting_id)
    assert (meeting["status"], meeting["onOfficersDevice"]) == ("CONFIRMED", True)
    assert meeting["confirmedBy"]["id"] == str(stage.chair.user_id)
    assert meeting["signature"] == {"subject": "MEETING", "subjectId": meeting_id}
    assert len(await stage.all_of(Signature)) == 1


async def test_meetings_are_listed_newest_first_and_travel_in_changes(stage: Stage) -> None:
    old, new = str(new_id()), str(new_id())
    await at.sync(
        stage,
        at.opening(stage, old, meetingDate="2026-01-05"),
        at.attendance(old, {stage.jane.id: "LATE"}),
        at.sheet(stage, old, at.line("REGULAR", stage.jane.id, "5.00")),
        at.closing(old, 5_00),
        at.opening(stage, new),
    )
    group = {"groupId": str(stage.group.id)}
    page = (await stage.api.ask(stage.chair, at.LIST, **group, first=1))["meetings"]
    assert (page["totalCount"], page["edges"][0]["node"]["id"]) == (2, new)
    after = page["pageInfo"]["endCursor"]
    page = (await stage.api.ask(stage.chair, at.LIST, **group, after=after))["meetings"]
    assert [one["node"]["id"] for one in page["edges"]] == [old]
    page = (await stage.api.ask(stage.chair, at.LIST, status="OPEN", **group))["meetings"]
    assert [one["node"]["id"] for one in page["edges"]] == [new]
    page = (await stage.api.ask(stage.chair, at.LIST, to="2026-02-01", **group))["meetings"]
    assert [one["node"]["id"] for one in page["edges"]] == [old]
    other = await stage.make.group(county="Kisumu")
    colleague = await stage.make.officer(other)
    (result,) = await stage.api.sync(
        colleague,
        {
            "openMeeting": {
                "groupId": str(other.id),
                "meetingDate": stage.api.today(),
                "offlineSyncId": str(new_id()),
            }
        },
    )
    assert result["outcome"] == "APPLIED"
    for asked, count in (
        ({}, 3),
        ({"groupIds": [str(other.id)]}, 1),
        ({"groupIds": [str(other.id), str(stage.group.id)]}, 3),
        ({"county": "Kisumu"}, 1),
        ({"officerId": str(stage.officer.user_id)}, 2),
    ):
        found = (await stage.api.ask(stage.admin, at.LIST, **asked))["meetings"]
        assert (found["totalCount"], len(found["edges"])) == (count, count), asked
    answer = await stage.api.ask(stage.officer, at.LIST, groupIds=[str(other.id)])
    assert (answer.code, answer.field) == ("NOT_FOUND", "groupIds")
    answer = await stage.api.ask(stage.chair, at.LIST, **{"from": "2026-02-02", "to": "2026-02-01"})
    assert (answer.code, answer.field) == ("BAD_INPUT", "to")
    found = (await stage.api.ask(stage.officer, CHANGES))["changes"]["meetings"]
    assert {one["id"]: one["status"] for one in found} == {old: "CLOSED", new: "OPEN"}
    kept = next(one for one in found if one["id"] == old)
    assert kept["attendance"] == [{"memberId": str(stage.jane.id), "status": "LATE"}]
    assert kept["totals"] == [{"subcategory": "savings", "amount": "5.00"}]

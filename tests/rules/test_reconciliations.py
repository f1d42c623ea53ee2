"""A month of all groups: a line each, the same numbers as for one (docs/reconciliation.md)."""

from __future__ import annotations

from typing import Any

from app.models import Meeting
from tests.support.api import Answer, contribute
from tests.support.reconciling import EVERY, READ, Desk, desk_of
from tests.support.stage import Stage
from tests.support.statements import statements_of


async def every(desk: Desk, who: Any = None, **more: Any) -> Answer:
    year, month = desk.first.year, desk.first.month
    return await desk.ask(EVERY, who, year=year, month=month, **more)


def nodes(answer: Answer) -> list[dict[str, Any]]:
    return [edge["node"] for edge in answer["reconciliations"]["edges"]]


async def test_every_group_in_reach_has_its_line_and_the_totals_their_sums(stage: Stage) -> None:
    desk = desk_of(stage)
    stranger = await stage.make.group(name="Zawadi", county="Kisumu")
    member = await stage.make.member(stranger)
    paid = contribute(member.id, "70.00", contributionDate=desk.day(3), paymentMethod="BANK")
    await stage.api.sync(stage.admin, paid)
    gone = await stage.make.member(stage.group, is_active=False)
    await desk.paid("500.00", 3)
    await desk.paid("20.00", 4, "BANK")
    held = contribute(gone.id, "7.00", contributionDate=desk.day(4))
    await stage.api.sync(stage.officer, held)
    await stage.make.save(
        Meeting(
            group_id=stage.group.id,
            meeting_date=desk.last,
            opened_by=stage.officer.user_id,
            opened_at=stage.jane.created_at,
        )
    )
    await desk.enter("CASH", "490.00")
    await desk.load(desk.csv((5, "D1", "21.00"), (6, "D2", "1.00")), closing="22.00")
    line = {
        "status": "OPEN",
        "cash": "500.00",
        "bank": "20.00",
        "mpesa": "0.00",
        "differences": "12.00",
        "missing": 0,
        "unmatchedLines": 2,
        "unmatchedPostings": 1,
        "held": 1,
        "openMeetings": 1,
        "signedAt": None,
        "signedBy": None,
        "group": {"id": str(stage.group.id), "name": stage.group.name},
    }
    answer = await every(desk)
    assert nodes(answer)[0] == line
    assert (nodes(answer)[1]["bank"], nodes(answer)[1]["missing"]) == ("70.00", 1)
    assert answer["reconciliations"]["totals"] == {
        "groups": 2,
        "open": 2,
        "ready": 0,
        "signed": 0,
        "cash": "500.00",
        "bank": "90.00",
        "mpesa": "0.00",
        "differences": "12.00",
        "unmatchedLines": 2,
        "unmatchedPostings": 1,
    }
    assert nodes(await every(desk, stage.officer)) == [line]
    assert nodes(await every(desk, stage.chair)) == [line]
    assert [one["bank"] for one in nodes(await every(desk, county="kisumu"))] == ["70.00"]
    assert nodes(await every(desk, groupIds=[str(stage.group.id)])) == [line]
    answer = await every(desk, stage.officer, groupIds=[str(stranger.id)])
    assert (answer.code, answer.field) == ("NOT_FOUND", "groupIds")
    assert nodes(await every(desk, groupIds=[])) == []
    assert (await every(desk, first=101)).field == "first"
    assert (await every(desk, after="x")).field == "after"


async def test_months_are_found_by_their_status_page_by_page(stage: Stage) -> None:
    desk = desk_of(stage)
    for number in range(4):
        await stage.make.group(name=f"Group {number}")
    await desk.paid("500.00", 3)
    assert [one["cash"] for one in nodes(await every(desk, status="OPEN"))] == ["500.00"]
    await desk.enter("CASH", "500.00")
    assert nodes(await every(desk, status="OPEN")) == []
    await desk.sign()
    (signed,) = nodes(await every(desk, status="SIGNED"))
    assert signed["signedBy"] == {"id": str(stage.admin.user_id)}
    for status in (None, "READY"):
        seen: list[str] = []
        after = None
        while True:
            answer = await every(desk, status=status, first=2, after=after)
            seen += [one["group"]["name"] for one in nodes(answer)]
            assert answer["reconciliations"]["totalCount"] == (4 if status else 5)
            after = answer["reconciliations"]["pageInfo"]["endCursor"]
            if not answer["reconciliations"]["pageInfo"]["hasNextPage"]:
                break
        assert seen == sorted(seen)
        assert len(seen) == (4 if status else 5)
    # The running month is never ready.
    today = stage.api.today()
    answer = await desk.ask(EVERY, year=int(today[:4]), month=int(today[5:7]), status="READY")
    assert nodes(answer) == []


async def test_a_month_costs_the_same_few_statements_whatever_is_in_it(stage: Stage) -> None:
    desk = desk_of(stage)

    async def cost() -> tuple[int, int]:
        with statements_of(stage.runtime) as one:
            assert not (await desk.ask(READ, **desk.key())).errors
        with statements_of(stage.runtime) as all_of_them:
            assert not (await every(desk)).errors
        return len(one), len(all_of_them)

    first = await cost()
    rows = [(day, f"D{day}", "10.00") for day in range(2, 28)]
    for day, code, amount in rows:
        await desk.paid(amount, day, "BANK", transactionId=code)
        await stage.make.group()
    await desk.load(desk.csv(*rows), closing="260.00")
    await desk.enter("CASH", "1.00")
    many = await cost()
    assert many[0] <= 14, many
    assert many[1] <= 10, many
    # Who entered the statements is one look-up more.
    assert many[0] - first[0] <= 1
    assert many[1] == first[1]

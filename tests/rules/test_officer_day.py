"""An officer's day on the map: stops, visits, money by where it was taken, what was planned."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from app import clock
from app.demo.ids import id_at
from app.models import BankingGroup, Member
from app.models.base import new_id
from app.services import replay
from app.services.officer_day import WEEKDAYS
from app.services.tracking import Ping, store_pings
from tests.support.api import contribute
from tests.support.factories import Person
from tests.support.stage import Stage
from tests.support.statements import statements_of

METRE = 1 / 111_195
VENUE = (-0.3031, 36.08)
RNG = random.Random(7)

DAY = """query Day($officer: UUID!, $date: Date!) {
  officerDay(officerId: $officer, date: $date) {
    date from to metres positions thinned officer { user { name } }
    stops { from to seconds latitude longitude distance group { id } member { id }
      meeting { id } work { operations moneyIn moneyOut held } }
    planned { group { id } stop meeting { id } }
    elsewhere { operations moneyIn moneyOut held } } }"""
WAYS = """query Ways($from: DateTime!, $to: DateTime!, $groups: [UUID!]) {
  officerWays(from: $from, to: $to, groupIds: $groups) {
    officerId seconds latitudes longitudes activities officer { user { name } } } }"""


@dataclass(frozen=True)
class Yesterday:
    """Yesterday in the deployment's zone: a day that is over, so that all of it may be recorded."""

    stage: Stage
    day: date

    def at(self, hours: float) -> datetime:
        zone = self.stage.runtime.settings.timezone
        return datetime.combine(self.day, time.min, zone) + timedelta(hours=hours)

    async def walk(
        self, officer: Person, *steps: tuple[float, float, float], member: UUID | None = None
    ) -> None:
        """Positions: hour of the day, metres north and east of the venue."""
        pings = [
            Ping(
                id=new_id(),
                officer_id=officer.user_id,
                latitude=VENUE[0] + north * METRE,
                longitude=VENUE[1] + east * METRE,
                accuracy=9.0,
                activity_type="COLLECTION",
                member_id=member,
                battery_level=60,
                recorded_at=self.at(hours),
            )
            for hours, north, east in steps
        ]

        async def work(session: AsyncSession) -> None:
            await store_pings(session, self.stage.runtime, pings)

        await self.stage.runtime.db.transact(work)

    async def stay(self, officer: Person, since: float, until: float, north: float) -> None:
        times = [since + number * (until - since) / 4 for number in range(5)]
        await self.walk(officer, *((hours, north, 0.0) for hours in times))

    def made(self, hours: float) -> str:
        return str(id_at(RNG, self.at(hours)))

    async def of(self, viewer: Person, officer: Person) -> dict[str, Any]:
        answer = await self.stage.api.ask(
            viewer, DAY, officer=str(officer.user_id), date=self.day.isoformat()
        )
        found: dict[str, Any] = answer["officerDay"]
        return found


@pytest.fixture
async def yesterday(stage: Stage) -> Yesterday:
    day = clock.today(stage.runtime.settings.timezone) - timedelta(days=1)
    return Yesterday(stage, day)


async def place(stage: Stage, row: BankingGroup | Member, north: float, **changes: Any) -> None:
    """Puts a venue or a home so many metres north of the first venue."""

    async def work(session: AsyncSession) -> None:
        kept = await session.get(type(row), row.id)
        assert kept is not None
        kept.latitude, kept.longitude = VENUE[0] + north * METRE, VENUE[1]
        for name, value in changes.items():
            setattr(kept, name, value)

    await stage.runtime.db.transact(work)


async def test_a_stop_knows_the_venue_the_home_and_what_was_recorded_there(
    stage: Stage, yesterday: Yesterday
) -> None:
    await place(stage, stage.group, 0)
    await place(stage, stage.jane, 3_000)
    await yesterday.stay(stage.officer, 8, 10, 30)
    await yesterday.stay(stage.officer, 11, 11.5, 3_040)
    await yesterday.stay(stage.officer, 13, 14, 9_000)
    results = await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "500.00", offlineSyncId=yesterday.made(9)),
        contribute(stage.john.id, "250.50", offlineSyncId=yesterday.made(9.5)),
        contribute(stage.jane.id, "100.00", offlineSyncId=yesterday.made(11.2)),
        contribute(stage.jane.id, "75.00", offlineSyncId=yesterday.made(12.4)),
        contribute(
            new_id(), "40.00", groupId=str(stage.group.id), offlineSyncId=yesterday.made(9.6)
        ),
    )
    assert [one["outcome"] for one in results] == ["APPLIED"] * 4 + ["HELD"]

    found = await yesterday.of(stage.admin, stage.officer)
    venue, home, road = found["stops"]
    assert (venue["group"], venue["member"], venue["distance"]) == (
        {"id": str(stage.group.id)},
        None,
        30,
    )
    assert venue["work"] == {"operations": 3, "moneyIn": "790.50", "moneyOut": "0.00", "held": 1}
    assert (home["group"], home["member"], home["distance"], home["seconds"]) == (
        None,
        {"id": str(stage.jane.id)},
        40,
        1800,
    )
    assert home["work"] == {"operations": 1, "moneyIn": "100.00", "moneyOut": "0.00", "held": 0}
    assert (road["group"], road["member"], road["distance"]) == (None, None, None)
    assert found["elsewhere"]["moneyIn"] == "75.00"
    assert found["positions"] == 15
    assert found["metres"] == pytest.approx(8_970, abs=30)
    assert found["from"].startswith(yesterday.day.isoformat())
    assert found["officer"]["user"]["name"] == stage.officer.name


async def test_what_was_made_without_signal_counts_where_the_officer_was_then(
    stage: Stage, yesterday: Yesterday
) -> None:
    # All of these reach the server today; their ids say yesterday, and the day before.
    await yesterday.stay(stage.officer, 8, 10, 0)
    await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "10.00", offlineSyncId=yesterday.made(8.5)),
        contribute(stage.jane.id, "20.00", offlineSyncId=yesterday.made(-0.5)),
        contribute(stage.jane.id, "40.00", offlineSyncId=yesterday.made(24.0)),
    )
    found = await yesterday.of(stage.admin, stage.officer)
    assert found["stops"][0]["work"]["moneyIn"] == "10.00"
    assert found["elsewhere"]["operations"] == 0


async def test_money_handed_out_counts_apart(stage: Stage, yesterday: Yesterday) -> None:
    await yesterday.stay(stage.officer, 8, 10, 0)
    results = await stage.api.sync(
        stage.officer,
        contribute(stage.jane.id, "900.00", offlineSyncId=yesterday.made(8.2)),
        {
            "withdrawSavings": {
                "memberId": str(stage.jane.id),
                "amount": "300.00",
                "reason": "School fees",
                "paymentMethod": "CASH",
                "offlineSyncId": yesterday.made(8.6),
            }
        },
        {
            "recordMovement": {
                "groupId": str(stage.group.id),
                "movement": "EXPENSE",
                "amount": "50.00",
                "paymentMethod": "CASH",
                "description": "Chairs",
                "offlineSyncId": yesterday.made(8.7),
            }
        },
    )
    assert [one["outcome"] for one in results] == ["APPLIED"] * 3, results
    (stop,) = (await yesterday.of(stage.admin, stage.officer))["stops"]
    assert stop["work"] == {
        "operations": 3,
        "moneyIn": "900.00",
        "moneyOut": "350.00",
        "held": 0,
    }


async def test_whom_the_officer_said_to_visit_comes_before_who_lives_nearer(
    stage: Stage, yesterday: Yesterday
) -> None:
    await place(stage, stage.john, 0)
    steps = [(8 + number / 10, 10.0, 0.0) for number in range(4)]
    await yesterday.walk(stage.officer, *steps, member=stage.jane.id)
    (stop,) = (await yesterday.of(stage.admin, stage.officer))["stops"]
    assert stop["member"] == {"id": str(stage.jane.id)}


async def test_meetings_of_the_day_are_planned_and_visited_or_not(
    stage: Stage, yesterday: Yesterday
) -> None:
    weekday = WEEKDAYS[yesterday.day.weekday()]
    other = WEEKDAYS[(yesterday.day.weekday() + 1) % 7]
    await place(stage, stage.group, 0, meeting_day=weekday)
    missed = await stage.make.group(meeting_day=weekday)
    met = await stage.make.group(meeting_day=other)
    not_due = await stage.make.group(meeting_day=other)
    for group in (missed, met, not_due):
        await stage.make.assign(stage.officer, group)
    await yesterday.stay(stage.officer, 8, 10, 50)
    await yesterday.stay(stage.officer, 12, 13, 4_000)
    meeting = new_id()
    (result,) = await stage.api.sync(
        stage.officer,
        {
            "openMeeting": {
                "id": str(meeting),
                "groupId": str(met.id),
                "meetingDate": yesterday.day.isoformat(),
                "offlineSyncId": yesterday.made(12.5),
            }
        },
    )
    assert result["outcome"] == "APPLIED"
    found = await yesterday.of(stage.admin, stage.officer)
    planned = {UUID(one["group"]["id"]): (one["stop"], one["meeting"]) for one in found["planned"]}
    assert planned == {
        stage.group.id: (0, None),
        missed.id: (None, None),
        met.id: (1, {"id": str(meeting)}),
    }
    assert found["stops"][1]["meeting"] == {"id": str(meeting)}


DAY_MEETINGS = """query Planned($date: Date!, $groups: [UUID!], $county: String, $officer: UUID,
    $held: Boolean, $first: Int, $after: String) {
  dayMeetings(date: $date, groupIds: $groups, county: $county, officerId: $officer, held: $held,
    first: $first, after: $after) {
    totalCount thinned pageInfo { hasNextPage endCursor }
    edges { node { group { id } officers { id } meeting { id }
      visit { from to officer { id } } } } } }"""


async def planned_of_all(yesterday: Yesterday, viewer: Person, **asked: Any) -> dict[str, Any]:
    answer = await yesterday.stage.api.ask(
        viewer, DAY_MEETINGS, **{"date": yesterday.day.isoformat(), **asked}
    )
    found: dict[str, Any] = answer["dayMeetings"]
    return found


def ids_of(found: dict[str, Any]) -> list[UUID]:
    return [UUID(edge["node"]["group"]["id"]) for edge in found["edges"]]


@dataclass(frozen=True)
class Planned:
    """Yesterday's meetings: nobody at the stage's group, a visit to another, a third held."""

    visited: BankingGroup
    met: BankingGroup
    meeting: UUID
    colleague: Person
    """Of these two."""


@pytest.fixture
async def planned(stage: Stage, yesterday: Yesterday) -> Planned:
    today_is = WEEKDAYS[yesterday.day.weekday()]
    other_day = WEEKDAYS[(yesterday.day.weekday() + 1) % 7]
    await place(stage, stage.group, 0, meeting_day=today_is, name="A")
    visited = await stage.make.group(
        meeting_day=today_is, name="B", latitude=VENUE[0] + 5_000 * METRE, longitude=VENUE[1]
    )
    met = await stage.make.group(meeting_day=other_day, name="C", county="Kisumu")
    await stage.make.group(meeting_day=other_day, name="D")
    await stage.make.group(meeting_day=today_is, name="E", status="INACTIVE")
    await stage.make.group(meeting_day=today_is, name="F", registration_date=date(2090, 1, 1))
    colleague = await stage.make.officer(visited, met)
    await yesterday.stay(stage.officer, 8, 10, 4_000)
    await yesterday.stay(colleague, 9, 9.5, 5_050)
    await yesterday.walk(colleague, (12, 9_000, 0))
    await yesterday.stay(colleague, 15, 16, 5_000)
    meeting = new_id()
    (result,) = await stage.api.sync(
        colleague,
        {
            "openMeeting": {
                "id": str(meeting),
                "groupId": str(met.id),
                "meetingDate": yesterday.day.isoformat(),
                "offlineSyncId": yesterday.made(12.5),
            }
        },
    )
    assert result["outcome"] == "APPLIED"
    return Planned(visited, met, meeting, colleague)


async def test_the_days_meetings_of_all_officers_stand_in_one_list(
    stage: Stage, yesterday: Yesterday, planned: Planned
) -> None:
    visited, met, colleague = planned.visited, planned.met, planned.colleague
    everything = await planned_of_all(yesterday, stage.admin)
    assert (ids_of(everything), everything["totalCount"]) == (
        [stage.group.id, visited.id, met.id],
        3,
    )
    nobody, seen, held = (edge["node"] for edge in everything["edges"])
    assert (nobody["officers"], nobody["meeting"], nobody["visit"]) == (
        [{"id": str(stage.officer.user_id)}],
        None,
        None,
    )
    there = {"id": str(colleague.user_id)}
    assert seen["visit"]["officer"] == there
    assert datetime.fromisoformat(seen["visit"]["from"]) == yesterday.at(9)
    assert datetime.fromisoformat(seen["visit"]["to"]) == yesterday.at(9.5)
    assert (held["meeting"], held["visit"]) == ({"id": str(planned.meeting)}, None)

    for asked, expected in (
        ({"held": True}, [met.id]),
        ({"held": False}, [stage.group.id, visited.id]),
        ({"county": "Kisumu"}, [met.id]),
        ({"groups": [str(visited.id)]}, [visited.id]),
        ({"officer": str(stage.officer.user_id)}, [stage.group.id]),
    ):
        assert ids_of(await planned_of_all(yesterday, stage.admin, **asked)) == expected, asked
    page = await planned_of_all(yesterday, stage.admin, first=2)
    assert (ids_of(page), page["pageInfo"]["hasNextPage"]) == ([stage.group.id, visited.id], True)
    after = page["pageInfo"]["endCursor"]
    assert ids_of(await planned_of_all(yesterday, stage.admin, after=after)) == [met.id]
    # An officer sees the own groups, a chair the own one.
    assert ids_of(await planned_of_all(yesterday, colleague)) == [visited.id, met.id]
    assert ids_of(await planned_of_all(yesterday, stage.chair)) == [stage.group.id]
    refused = await stage.api.ask(stage.admin, DAY_MEETINGS, date="0001-01-01")
    assert (refused.code, refused.field) == ("BAD_INPUT", "date")

    with statements_of(stage.runtime) as of_one:
        await planned_of_all(yesterday, stage.admin, groups=[str(visited.id)])
    with statements_of(stage.runtime) as of_two:
        await planned_of_all(yesterday, colleague)
    with statements_of(stage.runtime) as of_all:
        await planned_of_all(yesterday, stage.admin)
    # Naming groups costs one more, to see whether they are within reach.
    assert len(of_one) - 1 == len(of_two) == len(of_all)


async def test_the_chair_sees_the_own_groups_part_of_the_day(
    stage: Stage, yesterday: Yesterday
) -> None:
    foreign = await stage.make.group(latitude=VENUE[0], longitude=VENUE[1])
    stranger = await stage.make.member(foreign, latitude=VENUE[0], longitude=VENUE[1])
    await stage.make.assign(stage.officer, foreign)
    await yesterday.stay(stage.officer, 8, 10, 0)
    await stage.api.sync(
        stage.officer,
        contribute(stranger.id, "70.00", offlineSyncId=yesterday.made(9)),
        contribute(stage.jane.id, "30.00", offlineSyncId=yesterday.made(9.1)),
    )
    seen = await yesterday.of(stage.chair, stage.officer)
    (stop,) = seen["stops"]
    assert (stop["group"], stop["member"]) == (None, None)
    assert stop["work"] == {"operations": 1, "moneyIn": "30.00", "moneyOut": "0.00", "held": 0}
    (stop,) = (await yesterday.of(stage.admin, stage.officer))["stops"]
    assert (stop["group"], stop["work"]["operations"]) == ({"id": str(foreign.id)}, 2)


async def test_a_day_outside_the_calendar_or_of_a_stranger_is_refused(
    stage: Stage, yesterday: Yesterday
) -> None:
    stranger = await stage.make.officer(await stage.make.group())
    for officer, day, code, field in (
        (stage.officer, "0001-01-01", "BAD_INPUT", "date"),
        (stage.officer, "9999-12-31", "BAD_INPUT", "date"),
        (stranger, yesterday.day.isoformat(), "NOT_FOUND", "officerId"),
    ):
        viewer = stage.chair if officer is stranger else stage.admin
        answer = await stage.api.ask(viewer, DAY, officer=str(officer.user_id), date=day)
        assert (answer.code, answer.field) == (code, field)


async def test_a_day_without_positions_is_empty_and_still_shows_what_was_planned(
    stage: Stage, yesterday: Yesterday
) -> None:
    await place(stage, stage.group, 0, meeting_day=WEEKDAYS[yesterday.day.weekday()])
    found = await yesterday.of(stage.chair, stage.officer)
    assert (found["from"], found["to"], found["metres"], found["stops"]) == (None, None, 0, [])
    assert found["planned"] == [
        {"group": {"id": str(stage.group.id)}, "stop": None, "meeting": None}
    ]


async def ways(yesterday: Yesterday, viewer: Person, *groups: UUID) -> list[dict[str, Any]]:
    named = {"groups": [str(group) for group in groups]} if groups else {}
    answer = await yesterday.stage.api.ask(
        viewer,
        WAYS,
        **{"from": yesterday.at(0).isoformat(), "to": yesterday.at(24).isoformat()},
        **named,
    )
    found: list[dict[str, Any]] = answer["officerWays"]
    return found


async def test_the_ways_of_all_visible_officers_can_be_played_back(
    stage: Stage, yesterday: Yesterday
) -> None:
    group = await stage.make.group()
    second = await stage.make.officer(group)
    await yesterday.walk(stage.officer, (9, 0, 0), (8, 100, 0))
    await yesterday.walk(second, (10, 0, 50))
    both = await ways(yesterday, stage.admin)
    assert {one["officerId"] for one in both} == {
        str(stage.officer.user_id),
        str(second.user_id),
    }
    first = next(one for one in both if one["officerId"] == str(stage.officer.user_id))
    assert first["seconds"] == [8 * 3600, 9 * 3600]
    assert first["latitudes"][1] == pytest.approx(VENUE[0])
    assert first["activities"] == ["COLLECTION", "COLLECTION"]
    assert [one["officerId"] for one in await ways(yesterday, stage.admin, group.id)] == [
        str(second.user_id)
    ]
    assert [one["officerId"] for one in await ways(yesterday, stage.chair)] == [
        str(stage.officer.user_id)
    ]


async def test_long_ways_are_thinned_evenly_and_end_where_the_officer_was_last(
    stage: Stage, yesterday: Yesterday, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "MOST_OF_ONE", 10)
    second = await stage.make.officer(stage.group)
    await yesterday.walk(stage.officer, *((8 + step / 100, step, 0) for step in range(95)))
    await yesterday.walk(second, (8, 0, 0), (9, 5, 0))
    found = {one["officerId"]: one for one in await ways(yesterday, stage.admin)}
    north = [
        round((latitude - VENUE[0]) / METRE)
        for latitude in found[str(stage.officer.user_id)]["latitudes"]
    ]
    assert north == [4, 14, 24, 34, 44, 54, 64, 74, 84, 94]
    assert len(found[str(second.user_id)]["seconds"]) == 2


async def test_more_than_a_day_is_not_played_back(stage: Stage, yesterday: Yesterday) -> None:
    answer = await stage.api.ask(
        stage.admin,
        WAYS,
        **{"from": yesterday.at(-1).isoformat(), "to": yesterday.at(23.5).isoformat()},
    )
    assert (answer.code, answer.field) == ("BAD_INPUT", "to")

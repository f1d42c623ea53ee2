"""An officer's day on the map, and the ways of all officers to play back."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.schema.enums import ActivityType
from app.schema.groups import BankingGroup
from app.schema.meetings import Meeting
from app.schema.members import GroupMember
from app.schema.paging import Connection, edges_of
from app.schema.scalars import Money
from app.schema.users import FieldOfficer
from app.services import day_meetings, officer_day, replay
from app.services.officer_acts import Act


@strawberry.type(description="What was recorded during a stretch of the day.")
class RecordedWork:
    operations: int = strawberry.field(description="Everything recorded but positions.")
    money_in: Money = strawberry.field(description="Into cash, bank and M-Pesa together.")
    money_out: Money
    held: int = strawberry.field(description="Of the operations, those that wait in the inbox.")


@strawberry.type(description="At least five minutes within 100 metres.")
class OfficerStop:
    since: datetime = strawberry.field(name="from")
    until: datetime = strawberry.field(name="to")
    seconds: int
    latitude: float
    longitude: float
    group: BankingGroup | None = strawberry.field(description="Whose venue it is (200 metres).")
    member: GroupMember | None = strawberry.field(
        description="Whom the officer said to visit, else whose home it is (120 metres)."
    )
    distance: int | None = strawberry.field(
        description="Metres to the venue, else to the home; null where neither is near."
    )
    meeting: Meeting | None = strawberry.field(description="The one the officer opened there.")
    work: RecordedWork


@strawberry.type(description="A meeting that was due on the day, or was held on it.")
class PlannedMeeting:
    group: BankingGroup
    stop: int | None = strawberry.field(
        description="The number of the stop at its venue, from 0; null where there was none."
    )
    meeting: Meeting | None = strawberry.field(description="The one that was opened on the day.")


@strawberry.type(
    description="Stops of the day with what was recorded at each, by the phone's clock. Groups "
    "and members outside the caller's reach, and their money, are left out."
)
class OfficerDay:
    officer_id: strawberry.Private[UUID]
    day: date = strawberry.field(name="date")
    since: datetime | None = strawberry.field(name="from", description="The first position.")
    until: datetime | None = strawberry.field(name="to", description="The last position.")
    metres: int = strawberry.field(description="The way from position to position.")
    positions: int
    thinned: bool = strawberry.field(description="There were more positions than were read.")
    stops: list[OfficerStop]
    planned: list[PlannedMeeting]
    elsewhere: RecordedWork = strawberry.field(description="Recorded outside of any stop.")

    @strawberry.field
    async def officer(self, info: Info) -> FieldOfficer:
        return cast(FieldOfficer, await info.context.officers.load(self.officer_id))


@strawberry.type(
    description="One officer's positions as columns of equal length, oldest first, thinned."
)
class OfficerWay:
    officer_id: UUID
    seconds: list[int] = strawberry.field(description="Since `from`.")
    latitudes: list[float]
    longitudes: list[float]
    activities: list[ActivityType]

    @strawberry.field
    async def officer(self, info: Info) -> FieldOfficer:
        return cast(FieldOfficer, await info.context.officers.load(self.officer_id))


@strawberry.type(description="An officer's stay at the venue: five minutes within 200 metres.")
class VenueVisit:
    officer_id: strawberry.Private[UUID]
    since: datetime = strawberry.field(name="from")
    until: datetime = strawberry.field(name="to")

    @strawberry.field
    async def officer(self, info: Info) -> FieldOfficer:
        return cast(FieldOfficer, await info.context.officers.load(self.officer_id))


@strawberry.type(description="A group whose day it is, or that met although it was not.")
class DayMeeting:
    """Resolves from a day_meetings.DayMeeting."""

    group: BankingGroup
    meeting: Meeting | None = strawberry.field(
        description="The first that was opened for the day, by whomever."
    )

    @strawberry.field(description="In whose hands the group was on the day.")
    async def officers(self, info: Info) -> list[FieldOfficer]:
        ids = cast(day_meetings.DayMeeting, self).officer_ids
        return cast(list[FieldOfficer], await info.context.officers.load_many(ids))

    @strawberry.field(description="The first stay of one of these officers at the venue.")
    def visit(self) -> VenueVisit | None:
        found = cast(day_meetings.DayMeeting, self).visit
        if found is None:
            return None
        return VenueVisit(officer_id=found.officer_id, since=found.since, until=found.until)


@strawberry.type
class DayMeetingEdge:
    cursor: str
    node: DayMeeting


@strawberry.type
class DayMeetingConnection(Connection):
    thinned: bool = strawberry.field(
        description="There were more positions than were looked at: a visit may be missed."
    )

    @strawberry.field
    def edges(self) -> list[DayMeetingEdge]:
        return cast(list[DayMeetingEdge], edges_of(self.page, DayMeetingEdge))


def day_from(found: officer_day.OfficerDay) -> OfficerDay:
    return OfficerDay(
        officer_id=found.officer_id,
        day=found.day,
        since=found.since,
        until=found.until,
        metres=found.metres,
        positions=found.positions,
        thinned=found.thinned,
        stops=[_stop_from(one) for one in found.stops],
        planned=[PlannedMeeting(**_fields(one)) for one in found.planned],
        elsewhere=_work_from(found.elsewhere),
    )


def way_from(way: replay.OfficerWay) -> OfficerWay:
    return OfficerWay(
        officer_id=way.officer_id,
        seconds=way.seconds,
        latitudes=way.latitudes,
        longitudes=way.longitudes,
        activities=[ActivityType(one) for one in way.activities],
    )


def _stop_from(one: officer_day.DayStop) -> OfficerStop:
    return OfficerStop(
        since=one.stop.since,
        until=one.stop.until,
        seconds=one.stop.seconds,
        latitude=one.stop.latitude,
        longitude=one.stop.longitude,
        group=cast(Any, one.group),
        member=cast(Any, one.member),
        distance=one.distance,
        meeting=cast(Any, one.meeting),
        work=_work_from(one.acts),
    )


def _fields(one: officer_day.PlannedMeeting) -> dict[str, Any]:
    return {"group": one.group, "stop": one.stop, "meeting": one.meeting}


def _work_from(acts: tuple[Act, ...]) -> RecordedWork:
    return RecordedWork(
        operations=len(acts),
        money_in=cast(Any, sum(act.money_in for act in acts)),
        money_out=cast(Any, sum(act.money_out for act in acts)),
        held=sum(act.held for act in acts),
    )

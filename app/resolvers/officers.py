"""Officers' positions: sending them, and seeing where officers are and were."""

from datetime import date, datetime
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry
from sqlalchemy.ext.asyncio import AsyncSession

from app.context import Info
from app.schema.officer_days import (
    DayMeetingConnection,
    OfficerDay,
    OfficerWay,
    day_from,
    way_from,
)
from app.schema.officers import (
    OfficerLocation,
    ReportUnsentInput,
    TrackOfficerInput,
    UnsentWork,
)
from app.services import day_meetings, replay, tracking
from app.services.officer_day import day_of
from app.services.unsent_work import list_unsent, report_unsent


@strawberry.type
class OfficerQuery:
    @strawberry.field(
        description="The last location of each visible officer who sent one within a day."
    )
    async def active_officer_locations(self, info: Info) -> list[OfficerLocation]:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(list[OfficerLocation], await tracking.active_locations(session, actor))

    @strawberry.field(
        description="An officer's way, oldest first: 31 days and 5,000 points at most."
    )
    async def officer_track(
        self,
        info: Info,
        officer_id: UUID,
        since: Annotated[datetime, strawberry.argument(name="from")],
        until: Annotated[datetime, strawberry.argument(name="to")],
    ) -> list[OfficerLocation]:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            points = await tracking.track(session, actor, officer_id, since, until)
            return cast(list[OfficerLocation], points)

    @strawberry.field(
        description="An officer's day: stops, visits, what was recorded at each, what was planned."
    )
    async def officer_day(
        self,
        info: Info,
        officer_id: UUID,
        day: Annotated[date, strawberry.argument(name="date")],
    ) -> OfficerDay:
        actor, zone = info.context.require(), info.context.runtime.settings.timezone
        async with info.context.runtime.db.reading() as session:
            return day_from(await day_of(session, actor, officer_id, day, zone))

    @strawberry.field(
        description="The meetings that the day asks for, by the group's name: who was to be "
        "there, who was, and the meeting that was held. `held` chooses those with or without one."
    )
    async def day_meetings(
        self,
        info: Info,
        day: Annotated[date, strawberry.argument(name="date")],
        group_ids: list[UUID] | None = None,
        county: str | None = None,
        officer_id: UUID | None = None,
        held: bool | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> DayMeetingConnection:
        found = await day_meetings.day_meetings(
            info.context.runtime,
            info.context.require(),
            day_meetings.Asked(day, group_ids, county, officer_id, held),
            first=50 if first is None else first,
            after=after,
        )
        return DayMeetingConnection(page=found.page, thinned=found.thinned)

    @strawberry.field(
        description="Where all visible officers were over at most 24 hours, to play back: "
        "480 points of each and 60,000 together at most."
    )
    async def officer_ways(
        self,
        info: Info,
        since: Annotated[datetime, strawberry.argument(name="from")],
        until: Annotated[datetime, strawberry.argument(name="to")],
        group_ids: list[UUID] | None = None,
    ) -> list[OfficerWay]:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            found = await replay.ways(session, actor, since, until, group_ids)
        return [way_from(way) for way in found]

    @strawberry.field(
        description="Which officers' phones hold work that was not sent yet, and since when; "
        "the oldest first."
    )
    async def unsent_work(self, info: Info, first: int | None = 50) -> list[UnsentWork]:
        number = 50 if first is None else first
        rows = await list_unsent(info.context.runtime, info.context.require(), number)
        return [UnsentWork.of(row, name) for row, name in rows]


@strawberry.type
class OfficerMutation:
    @strawberry.mutation(
        description="What the phone has not sent yet; only field officers report it, after "
        "each sync and when work is added. Zero and zero when all is sent."
    )
    async def report_unsent_work(self, info: Info, input: ReportUnsentInput) -> bool:
        await report_unsent(info.context.runtime, info.context.require(), **vars(input))
        return True

    @strawberry.mutation(description="Where the officer is; only field officers send it.")
    async def track_officer(self, info: Info, input: TrackOfficerInput) -> OfficerLocation:
        runtime, actor = info.context.runtime, info.context.require()

        async def work(session: AsyncSession) -> tracking.Ping:
            return await tracking.record_position(session, runtime, actor, cast(Any, input))

        return cast(OfficerLocation, await runtime.db.transact(work))

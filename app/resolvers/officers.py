"""Officers' positions: sending them, and seeing where officers are and were."""

from datetime import datetime
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry
from sqlalchemy.ext.asyncio import AsyncSession

from app.context import Info
from app.schema.officers import (
    OfficerLocation,
    ReportUnsentInput,
    TrackOfficerInput,
    UnsentWork,
)
from app.services import tracking
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
        description="Which officers' phones hold work that was not sent yet, and since when; "
        "the oldest first."
    )
    async def unsent_work(self, info: Info, first: int | None = 50) -> list[UnsentWork]:
        number = 50 if first is None else first
        rows = await list_unsent(info.context.runtime, info.context.require(), number)
        return [
            UnsentWork(
                officer_id=row.user_id,
                device_id=row.device_id,
                device_name=name,
                waiting=row.waiting,
                failed=row.failed,
                oldest_at=row.oldest_at,
                reported_at=row.reported_at,
            )
            for row, name in rows
        ]


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

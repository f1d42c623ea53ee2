"""Meetings: opened, attended, collected at, closed and confirmed."""

from datetime import date
from typing import Annotated, Any, cast
from uuid import UUID

import strawberry

from app.context import Info
from app.resolvers.sync import error_of, line_results, sheet_totals
from app.schema.enums import MeetingStatus
from app.schema.meetings import (
    CloseMeetingInput,
    ConfirmMeetingInput,
    Meeting,
    MeetingConnection,
    MeetingLedgerConnection,
    OpenMeetingInput,
    RecordAttendanceInput,
    SubmitCollectionSheetInput,
)
from app.schema.sync import CollectionSheetPayload
from app.services import meetings


@strawberry.type
class MeetingQuery:
    @strawberry.field
    async def meeting(self, info: Info, id: UUID) -> Meeting | None:
        actor = info.context.require()
        async with info.context.runtime.db.reading() as session:
            return cast(Any, await meetings.find_meeting(session, actor, id))

    @strawberry.field(
        description="Meetings, the newest date first; `officerId` is who opened them."
    )
    async def meetings(
        self,
        info: Info,
        group_id: UUID | None = None,
        status: MeetingStatus | None = None,
        from_: Annotated[date | None, strawberry.argument(name="from")] = None,
        to: date | None = None,
        group_ids: list[UUID] | None = None,
        county: str | None = None,
        officer_id: UUID | None = None,
        first: int | None = 50,
        after: str | None = None,
    ) -> MeetingConnection:
        page = await meetings.list_meetings(
            info.context.runtime,
            info.context.require(),
            chosen=meetings.Chosen(
                group_id=group_id,
                group_ids=group_ids,
                county=county,
                officer_id=officer_id,
                status=status.value if status else None,
                since=from_,
                until=to,
            ),
            first=50 if first is None else first,
            after=after,
        )
        return MeetingConnection(page=page)

    @strawberry.field(
        description="The lines of the cash ledger that were made at a meeting, in recording order."
    )
    async def meeting_ledger(
        self, info: Info, meeting_id: UUID, first: int | None = 50, after: str | None = None
    ) -> MeetingLedgerConnection:
        page = await meetings.meeting_ledger(
            info.context.runtime,
            info.context.require(),
            meeting_id,
            first=50 if first is None else first,
            after=after,
        )
        return MeetingLedgerConnection(page=page)


@strawberry.type
class MeetingMutation:
    @strawberry.mutation(
        description="A meeting begins. Online a group has one open meeting at a time; what a "
        "phone held without signal is opened all the same."
    )
    async def open_meeting(self, info: Info, input: OpenMeetingInput) -> Meeting:
        actor = info.context.require()
        return cast(Any, await meetings.open_meeting(info.context.runtime, actor, vars(input)))

    @strawberry.mutation(
        description="Who was there. May be sent again while the meeting is open: the last counts."
    )
    async def record_attendance(self, info: Info, input: RecordAttendanceInput) -> Meeting:
        actor = info.context.require()
        return cast(Any, await meetings.record_attendance(info.context.runtime, actor, vars(input)))

    @strawberry.mutation(
        description="The payments taken at a meeting. Each line stands or falls alone, and has "
        "its own result and receipt."
    )
    async def submit_collection_sheet(
        self, info: Info, input: SubmitCollectionSheetInput
    ) -> CollectionSheetPayload:
        actor = info.context.require()
        outcome, meeting = await meetings.submit_sheet(info.context.runtime, actor, vars(input))
        return CollectionSheetPayload(
            outcome=cast(Any, outcome.outcome),
            error=error_of(outcome),
            lines=line_results(outcome) or [],
            totals=sheet_totals(outcome) or [],
            meeting=cast(Any, meeting),
        )

    @strawberry.mutation(
        description="The cash is counted and compared with the books; from now on the meeting "
        "is locked."
    )
    async def close_meeting(self, info: Info, input: CloseMeetingInput) -> Meeting:
        actor = info.context.require()
        return cast(Any, await meetings.close_meeting(info.context.runtime, actor, vars(input)))

    @strawberry.mutation(
        description="The chair or a committee member stands for the minutes, signed in or by "
        "their signature on the officer's phone."
    )
    async def confirm_meeting(self, info: Info, input: ConfirmMeetingInput) -> Meeting:
        actor = info.context.require()
        return cast(Any, await meetings.confirm_meeting(info.context.runtime, actor, vars(input)))

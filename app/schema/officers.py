"""Officers' positions, for the live map."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

import strawberry

from app import models
from app.context import Info
from app.schema.enums import ActivityType, NoticeKind
from app.schema.users import FieldOfficer

if TYPE_CHECKING:
    from app.schema.members import GroupMember

MemberType = Annotated["GroupMember", strawberry.lazy("app.schema.members")]


@strawberry.type(description="Degrees on WGS 84; accuracy in metres.")
class GeoPoint:
    latitude: float
    longitude: float
    accuracy: float | None = None
    recorded_at: datetime | None = None


@strawberry.input(description="Degrees on WGS 84; accuracy in metres.")
class GeoPointInput:
    latitude: float
    longitude: float
    accuracy: float | None = None


@strawberry.type
class OfficerLocation:
    """Resolves from a models.OfficerLocation or models.OfficerPing row."""

    latitude: float
    longitude: float
    accuracy: float | None
    activity_type: ActivityType
    battery_level: int | None
    recorded_at: datetime

    @strawberry.field
    async def officer(self, info: Info) -> FieldOfficer:
        row = cast(models.OfficerLocation, self)
        return cast(FieldOfficer, await info.context.officers.load(row.officer_id))

    @strawberry.field(description="The member visited; null where the caller may not see them.")
    async def member(self, info: Info) -> MemberType | None:
        member_id = cast(models.OfficerLocation, self).member_id
        return cast(Any, await info.context.visible_members.load(member_id) if member_id else None)


@strawberry.input
class TrackOfficerInput:
    latitude: float
    longitude: float
    activity_type: ActivityType
    accuracy: float | None = None
    member_id: UUID | None = None
    battery_level: int | None = None
    recorded_at: datetime | None = None


@strawberry.input
class TrackOfficerSyncInput:
    offline_sync_id: UUID
    latitude: float
    longitude: float
    activity_type: ActivityType
    recorded_at: datetime
    accuracy: float | None = None
    member_id: UUID | None = None
    battery_level: int | None = None


@strawberry.type(description="What an officer's phone has not sent yet.")
class UnsentWork:
    officer_id: strawberry.Private[UUID]
    device_id: UUID
    device_name: str
    waiting: int = strawberry.field(description="Operations that are still to be sent.")
    failed: int = strawberry.field(description="Operations that need the officer.")
    oldest_at: datetime | None = strawberry.field(
        description="When the oldest was made; null where nothing is left."
    )
    reported_at: datetime = strawberry.field(description="When the phone was last heard.")

    @strawberry.field
    async def officer(self, info: Info) -> FieldOfficer:
        return cast(FieldOfficer, await info.context.officers.load(self.officer_id))

    @classmethod
    def of(cls, row: models.UnsentWork, device_name: str) -> "UnsentWork":
        return cls(
            officer_id=row.user_id,
            device_id=row.device_id,
            device_name=device_name,
            waiting=row.waiting,
            failed=row.failed,
            oldest_at=row.oldest_at,
            reported_at=row.reported_at,
        )


@strawberry.input
class ReportUnsentInput:
    device_id: UUID = strawberry.field(description="The one that the phone signed in with.")
    waiting: int
    failed: int = 0
    oldest_at: datetime | None = strawberry.field(
        default=None, description="Needed unless nothing is left."
    )


@strawberry.type
class Notice:
    kind: NoticeKind
    at: datetime
